"""Lines for screens on which a Chinese character is two columns wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 88
"""Columns of a line of a story."""
_PIECES = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：？！）》」』】”’…")


def columns(text: str) -> int:
    """The columns that `text` takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, indent: str = "", hang: str | None = None) -> list[str]:
    """`text` in lines of at most WIDTH columns; the lines after the first begin with `hang`.

    Words of ASCII stay whole where a line can hold them; no line begins with a closing mark.
    """
    hang = indent if hang is None else hang
    lines, line, start = [], indent, indent
    for piece in _pieces(text, WIDTH - max(columns(indent), columns(hang))):
        full = columns(line) + columns(piece) > WIDTH
        if full and line != start and piece not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = start = hang
        line += "" if piece == " " and line == start else piece
    return [*lines, line.rstrip()]


def _pieces(text: str, room: int) -> Iterator[str]:
    for found in _PIECES.finditer(" ".join(text.split())):
        piece = found[0]
        for at in range(0, len(piece), room):
            yield piece[at : at + room]


def padded(text: str, width: int, *, right: bool = False) -> str:
    """`text` with spaces up to `width` columns."""
    space = " " * max(0, width - columns(text))
    return space + text if right else text + space
