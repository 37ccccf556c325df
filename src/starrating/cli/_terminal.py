"""What goes to stdout and what to stderr, aligned for texts of Chinese width."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

from starrating.cli._progress import BAR

if TYPE_CHECKING:
    from starrating.archive.canonical import Json


def steady_streams() -> None:
    """Let a console that lacks a character (GBK lacks many) print a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def leave(code: int) -> NoReturn:
    """Exit, whether or not anybody still reads what was written."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            drop(stream)
    gc.freeze()  # a last search for cycles among all that a review made took a tenth of its time
    sys.exit(code)


def drop(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: its reader has left (`| head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show(text: str = "") -> None:
    """Print a line (or lines) of what was asked for: to stdout."""
    BAR.clear()
    print(text)


def say(text: str) -> None:
    """Print a message: to stderr."""
    BAR.clear()
    print(text, file=sys.stderr)


def show_document(document: Json) -> None:
    """Print one canonical JSON document on stdout, UTF-8 whatever the console's encoding."""
    from starrating.archive.canonical import canonical_json

    sys.stdout.flush()
    data = canonical_json(document) + b"\n"
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(data.decode())
    else:
        raw.write(data)
        raw.flush()


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Fill `text` with spaces up to `width` columns of the screen."""
    from rich.cells import cell_len

    space = " " * max(0, width - cell_len(text))
    return space + text if right else text + space


def columns(lines: Iterable[Sequence[str]], *, indent: str = "  ", right: str = "") -> list[str]:
    """Align lines of cells; `right` names the columns (0, 1 …) that stand right."""
    from rich.cells import cell_len

    rows = [tuple(line) for line in lines]
    count = max((len(row) for row in rows), default=0)
    widths = [max(cell_len(row[n]) for row in rows if n < len(row)) for n in range(count)]
    return [
        (
            indent
            + "  ".join(
                padded(cell, widths[n], right=str(n) in right) for n, cell in enumerate(row)
            )
        ).rstrip()
        for row in rows
    ]
