"""How a command ends that can not do what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starrating.cli import _faults
from starrating.cli._terminal import say, show_document

if TYPE_CHECKING:
    from starrating.faults import Fault

NOTHING_WRITTEN = "没有完成评定，没有写入任何文件。"


def refused(faults: Sequence[Fault], code: int, *, as_json: bool, end: str = "") -> int:
    """Say why there is no result, and last of all `end`; the exit code."""
    for line in _faults.message_lines(faults):
        say(line)
    if end:
        say(end)
    if as_json:
        show_document({"exit_code": int(code), "faults": _faults.fault_documents(faults)})
    return code
