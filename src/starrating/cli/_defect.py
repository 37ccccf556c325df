"""The report of a defect of ours: what maintainers need, and nothing else of the user's."""

from __future__ import annotations

import hashlib
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def write_report(error: BaseException, words: Sequence[str], folder: Path) -> Path | None:
    """Write the report into `folder`, else the current or the temporary one; None if nowhere.

    The name comes from the content, so that the same defect makes the same file again.
    """
    text = report_text(error, words)
    name = f"starrating-report-{hashlib.sha256(text.encode()).hexdigest()[:8]}.txt"
    for place in (folder, Path(), Path(tempfile.gettempdir())):
        with suppress(OSError):
            path = place / name
            path.write_text(text, encoding="utf-8")
            return path
    return None


def report_text(error: BaseException, words: Sequence[str]) -> str:
    """Tell versions, the command without its values, the traceback."""
    lines = [
        "starrating 错误报告",
        "",
        f"starrating {_version()}",
        f"Python {platform.python_version()} ({platform.python_implementation()}, {sys.platform})",
        f"命令：{_command(words)}",
        "",
    ]
    return "\n".join(lines) + "".join(traceback.format_exception(error))


def _version() -> str:
    try:
        return version("starrating")
    except PackageNotFoundError:
        return "（未安装）"


def _command(words: Sequence[str]) -> str:
    """Keep the words that are not a user's own: command names and names of options."""
    from starrating.cli.app import app

    kept: list[str] = []
    group: object = app
    for word in words:
        if word.startswith("--"):
            kept.append(word.partition("=")[0])
            continue
        command = getattr(group, "commands", {}).get(word)
        if command is not None:
            kept.append(word)
            group = command
        else:
            kept.append("…")
    return " ".join(kept)
