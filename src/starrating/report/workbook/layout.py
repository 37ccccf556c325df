"""A sheet as data, before it is drawn: columns, rows, widths and heights that fit Chinese text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PAGE_WIDTH = 160.0
"""Width of A4 landscape in digits of the default font; it prints at some nine tenths."""
SHORT = 12.0
"""Columns up to this width are never made narrower."""
LINE_HEIGHT = 14.5
PIXEL = 0.75
"""Points of a pixel on a screen."""
MAX_HEIGHT = 400.0
MAX_TEXT = 32_000
"""Units of UTF-16 that a cell holds, with room for a word that more follows."""
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

    @property
    def body(self) -> Sequence[Sequence[Shown]]:
        """The rows as drawn: 无 where there are none."""
        return self.rows or [["无", *[None] * (len(self.columns) - 1)]]

    @property
    def sums_at(self) -> int | None:
        """The place of the row that sums up the others, if there is one."""
        return len(self.rows) - 1 if self.total and self.rows else None


class _Widths(dict[str, int]):
    """The width of each sign met so far."""

    def __missing__(self, sign: str) -> int:
        self[sign] = width = 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def display_width(text: str) -> int:
    """The width of one line in digits: a Chinese sign takes two."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def clipped(text: str) -> str:
    """`text`, or as much of it as a cell holds."""
    if len(text) <= MAX_TEXT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * MAX_TEXT].decode("utf-16-le", "ignore") + "……（过长，全文见 csv 文件）"


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
    asked = [_Asked.of(sheet, number) for number in range(len(sheet.columns))]
    natural = [
        max(each.whole, min(column.widest, max(column.narrowest, each.longest)))
        for column, each in zip(sheet.columns, asked, strict=True)
    ]
    if sum(natural) <= PAGE_WIDTH:
        stretch = min(1.35, PAGE_WIDTH / max(sum(natural), 1.0))
        return [round(width * stretch, 1) for width in natural]
    least = [
        width if width <= SHORT else min(width, max(column.narrowest, SHORT, each.whole))
        for column, each, width in zip(sheet.columns, asked, natural, strict=True)
    ]
    room = max(0.0, PAGE_WIDTH - sum(least)) / max(sum(natural) - sum(least), 1.0)
    return [
        round(low + (width - low) * min(1.0, room), 1)
        for width, low in zip(natural, least, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The width of the longest cell of a column, and that of its longest number or date, which can
    not break. Of texts nothing is asked beyond the widest that the column may be."""

    longest: float
    whole: float

    @classmethod
    def of(cls, sheet: TableSheet, number: int) -> _Asked:
        """What the cells of one column ask."""
        column = sheet.columns[number]
        values = [row[number] for row in sheet.rows]
        firm = (each for each in values if each is not None and not isinstance(each, str))
        shown = (shown_text(each, column.decimals) for each in firm)
        whole = max(map(display_width, shown), default=0)
        head = max(map(display_width, column.head.split("\n")))
        longest = max((head + 1) // 2 if head > 8 else head, whole)
        for text in {each for each in values if isinstance(each, str)}:
            if longest >= column.widest:
                break
            if len(text) * 2 > longest:  # no sign takes more than two
                longest = max(longest, *map(display_width, text.split("\n")))
        return cls(longest + _PADDING, whole + _PADDING)


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    room = int(max(width * 1.03 - 0.1, 2.0))
    if 2 * len(text) <= room and "\n" not in text:  # no sign takes more than two
        return 1
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))


def row_height(texts: Sequence[tuple[str, float]], line: float = LINE_HEIGHT) -> float:
    """The height of a row whose cells have those (text, width)."""
    return height_of(max((lines_needed(text, width) for text, width in texts), default=1), line)


def height_of(lines: int, line: float = LINE_HEIGHT) -> float:
    """The height of a row of so many lines: whole pixels, as a spreadsheet keeps it."""
    return int(min(MAX_HEIGHT, max(19.0, lines * line + 4.5)) / PIXEL + 0.5) * PIXEL
