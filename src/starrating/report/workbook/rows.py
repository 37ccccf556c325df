"""The rows of a table as the XML of a sheet, one after the other: what a large workbook is mostly
made of.

A cell is told once for all rows of its column that show the same, so nothing is kept of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from starrating.report.words import number_word
from starrating.report.workbook.layout import Marked, Shown, clipped, height_of, lines_needed
from starrating.report.workbook.styles import nature

Look = Mapping[str, str]
"""The numbers of the styles of one column's cells, by nature."""

_KEPT = 2_000
"""Cells of one column that are kept for rows to come."""
_PART = 500
"""Rows that are handed on together."""
_FIRST_DAY, _LEAP = date(1899, 12, 31), 59
_UNSAFE = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def rows_xml(
    rows: Iterable[Sequence[Shown]], first: int, sizes: Sequence[float], looks: Sequence[Look]
) -> Iterator[bytes]:
    """`<row>` elements from row number `first` on; `sizes` are the widths of the columns."""
    heads = [f'<c r="{letters(column)}' for column in range(len(sizes))]
    ends = [*heads[1:], "</row>"]
    columns = [_Cells(*each) for each in zip(sizes, looks, ends, strict=True)]
    opened = _Openings(heads[0])
    texts: list[str] = []
    for number, row in enumerate(rows, first):
        cells = [told[value] for told, value in zip(columns, row, strict=True)]
        opening = opened[max([lines for _, lines in cells])]
        texts.append(str(number).join(['<row r="', opening, *[text for text, _ in cells]]))
        if len(texts) == _PART:
            yield "".join(texts).encode()
            texts.clear()
    yield "".join(texts).encode()


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B … Z, AA …"""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


class _Openings(dict[int, str]):
    """What stands between a row's number and that of its first cell, by the lines it takes."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self._head = head

    def __missing__(self, lines: int) -> str:
        self[lines] = text = f'" ht="{height_of(lines):g}" customHeight="1">{self._head}'
        return text


class _Cells(dict[Shown, tuple[str, int]]):
    """The cells of one column by what they show: from behind the row's number up to the next
    (`end` begins what follows the cell), and the lines they take."""

    def __init__(self, size: float, look: Look, end: str) -> None:
        super().__init__()
        self._size, self._look, self._end = size, look, end

    def __missing__(self, value: Shown) -> tuple[str, int]:
        if len(self) >= _KEPT:
            self.clear()
        lines = lines_needed(value, self._size) if isinstance(value, str) else 1
        text = f'" s="{self._look[nature(value)]}"{_content(value)}{self._end}'
        self[value] = text, lines
        return text, lines


def _content(value: Shown) -> str:
    """A cell from behind its style on; text is text whatever it begins with."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        return f' t="inlineStr"><is>{_text(clipped(value))}</is></c>'
    if isinstance(value, date):
        return f"><v>{_serial(value)}</v></c>"
    number = value.number if isinstance(value, Marked) else value
    return f"><v>{number_word(number)}</v></c>"


def _text(text: str) -> str:
    """The `<t>` element of a text; what XML can not hold stands as _xHHHH_ (ECMA-376, ST_Xstring)."""
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<t{space}>{_UNSAFE.sub(_safe, text)}</t>"


def _safe(found: re.Match[str]) -> str:
    sign = found[0]
    return _ENTITIES.get(sign) or f"_x{ord(sign):04X}_"


def _serial(day: date) -> int:
    """A day as a spreadsheet counts days; it has a 29 February 1900."""
    days = (day - _FIRST_DAY).days
    return days + 1 if days > _LEAP else days
