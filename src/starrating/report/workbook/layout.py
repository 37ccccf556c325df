"""A sheet as data, before it is drawn: columns, rows, widths and heights that fit Chinese text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

PAGE_WIDTH = 160.0
"""Width of A4 landscape in digits of the default font; it prints at some nine tenths."""
SHORT = 12.0
"""Columns up to this width are never made narrower."""
LINE_HEIGHT = 14.5
MAX_HEIGHT = 400.0
_PADDING = 1.6


@dataclass(frozen=True, slots=True)
class Marked:
    """A number with a sign after it (△ 不适用 …): it stays a number, the sign is its format."""

    number: Decimal
    sign: str


Shown = str | int | Decimal | Marked | date | None
"""What a cell shows."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the group it stands under, where text stands, and its widths.

    Widths are in digits; between `narrowest` and `widest` the content decides.
    """

    head: str
    group: str | None = None
    align: str = "left"
    narrowest: float = 5.0
    widest: float = 42.0
    decimals: int | None = None
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet with one table. `notes` stand under the title, `tail` under the table.

    `frozen` counts the columns that stay when one scrolls; `total` says that the last row
    sums up the others.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Shown]]
    notes: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    frozen: int = 0
    total: bool = False
    filtered: bool = False

    @property
    def grouped(self) -> bool:
        """Whether the head has a second row above it, with groups of columns."""
        return any(column.group for column in self.columns)


@lru_cache(maxsize=50_000)
def display_width(text: str) -> int:
    """The width of one line in digits: a Chinese sign takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def shown_text(value: Shown, decimals: int | None = None) -> str:
    """A cell's text as a spreadsheet will show it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Marked):
        return f"{value.number:f}{value.sign}"
    if isinstance(value, Decimal):
        return f"{value:f}" if decimals is None else f"{value:.{decimals}f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def widths(sheet: TableSheet) -> list[float]:
    """The column widths: what the content asks for, made narrower where the page is too small."""
    asked = [_asked(sheet, number) for number in range(len(sheet.columns))]
    natural = [
        max(one.whole, min(column.widest, max(column.narrowest, one.longest)))
        for one, column in zip(asked, sheet.columns, strict=True)
    ]
    if sum(natural) <= PAGE_WIDTH:
        stretch = min(1.35, PAGE_WIDTH / max(sum(natural), 1.0))
        return [round(width * stretch, 1) for width in natural]
    least = [
        width if width <= SHORT else min(width, max(column.narrowest, SHORT, one.whole))
        for one, column, width in zip(asked, sheet.columns, natural, strict=True)
    ]
    room = max(0.0, PAGE_WIDTH - sum(least)) / max(sum(natural) - sum(least), 1.0)
    return [
        round(low + (width - low) * min(1.0, room), 1)
        for width, low in zip(natural, least, strict=True)
    ]


class _Asked(NamedTuple):
    """The widths that a column asks for: of its longest line, and of its numbers and dates, which
    can not break."""

    longest: float
    whole: float


def _asked(sheet: TableSheet, number: int) -> _Asked:
    """What a column asks for; a head may break in two lines."""
    column = sheet.columns[number]
    head = max(map(display_width, column.head.split("\n")))
    values = [row[number] for row in sheet.rows]
    texts = {value for value in values if isinstance(value, str)}
    whole = max(
        (
            display_width(shown_text(value, column.decimals))
            for value in values
            if not isinstance(value, str)
        ),
        default=0,
    )
    longest = max([(head + 1) // 2 if head > 8 else head, whole, *map(_longest, texts)])
    return _Asked(longest + _PADDING, whole + _PADDING)


@lru_cache(maxsize=50_000)
def _longest(text: str) -> int:
    return max((display_width(line) for line in text.split("\n")), default=0)


@lru_cache(maxsize=50_000)
def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    room = max(width * 1.03 - 0.1, 2.0)
    return sum(max(1, -(-display_width(line) // int(room))) for line in text.split("\n"))


def row_height(texts: Sequence[tuple[str, float]], line: float = LINE_HEIGHT) -> float:
    """The height of a row whose cells have those (text, width)."""
    needed = max((lines_needed(text, width) for text, width in texts), default=1)
    return min(MAX_HEIGHT, max(19.0, needed * line + 4.5))
