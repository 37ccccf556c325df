"""Where each character of a YAML scalar stands in its file."""

from __future__ import annotations

import re

Piece = tuple[int, int, int]
"""From this offset of the value on: line and column (both from 1) of the file."""

_ESCAPE = {
    "'": re.compile(r"''"),
    '"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.)"),
}


def pieces(
    value: str, style: str, start: tuple[int, int], end: tuple[int, int], lines: list[str]
) -> tuple[Piece, ...]:
    """The runs of characters of `value` that stand side by side in the file.

    `start` and `end` are line and column from 0 of the scalar with its quotes; `lines` are
    the lines of the file. The first piece begins at offset 0.
    """
    line, column = start
    if line != end[0] or style in ("|", ">"):
        return _folded(value, style, start, end, lines)
    if not style:
        return ((0, line + 1, column + 1),)
    first = (0, line + 1, column + 2)
    raw = lines[line][column + 1 : end[1] - 1]
    if len(raw) == len(value):
        return (first,)
    return (first, *_escaped(raw, style, line, column + 1))


def _escaped(raw: str, style: str, line: int, column: int) -> list[Piece]:
    """The pieces that begin behind each escape of a quoted text on one line."""
    found = []
    gone = 0
    for escape in _ESCAPE[style].finditer(raw):
        gone += escape.end() - escape.start() - 1
        found.append((escape.end() - gone, line + 1, column + escape.end() + 1))
    return found


def _folded(
    value: str, style: str, start: tuple[int, int], end: tuple[int, int], lines: list[str]
) -> tuple[Piece, ...]:
    """The pieces of a text over several lines: one a line, found by its own words."""
    found: list[Piece] = []
    offset = 0
    for number in range(start[0], min(end[0] + 1, len(lines))):
        begin = start[1] + (style in ("'", '"')) if number == start[0] else 0
        stop = end[1] - (style in ("'", '"')) if number == end[0] else None
        words = lines[number][begin:stop].strip()
        if not words or (style in ("|", ">") and number == start[0]):
            continue
        here = value.find(words, offset)
        if here >= 0:
            found.append((here, number + 1, lines[number].index(words, begin) + 1))
            offset = here + len(words)
    if not found or found[0][0] > 0:
        found.insert(0, (0, start[0] + 1, start[1] + 1))
    return tuple(found)
