"""A look at the XML of a worksheet, for what calamine would not tell or should not meet.

calamine gives error values and formulas without a result as blank cells, and dates before the
calendar as midnight; it lays out the whole rectangle between the first and the last cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from starrating.limits import MAX_COLUMNS, MAX_ROWS
from starrating.records.plain import NO_ROWS, ROWS, column_number, place_of, plain_sheet
from starrating.records.raw import Broken, Span
from starrating.records.xmltext import Attributes, parse

Place = tuple[int, int]
"""Row and column, from 1."""

_BAND = 5_000
"""Rows that calamine lays out together."""
_MAX_BANDS = 2_000
"""No sheet has more whose rows stand in order."""
_MAX_LAID_OUT = 30_000_000
"""Cells that calamine may lay out at a time, whatever the cells' names claim."""
_END_OF_CALENDAR = 2_958_466
"""The first serial number behind 31 December 9999."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_TELLING = (
    re.compile(rb"<f[\s/>]"),
    re.compile(rb'"e"'),
    re.compile(rb"<v>(?=-|\d{7}|[.\d]+[eE][-+\d])"),
    re.compile(rb'<c r="(?=[A-Z]{3})'),
)
"""Formulas, error values, numbers that no date has, cells far to the right."""
_FAR_DOWN = re.compile(rb'<c r="(?=[A-Z]+\d{7})')
_CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^<>]*?)(?:/>|>(.*?)</c\s*>)', re.DOTALL)
_KIND = re.compile(rb'\st\s*=\s*"([^"]*)"')
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v\s*>)")
_FORMULA = re.compile(rb"<f[\s/>]")
_NUMBER = re.compile(rb"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?")
_ROW = re.compile(rb'<row r="(\d+)"')
_ROW_FAR_DOWN = re.compile(rb'<row r="\d{7}')
_HIDDEN = re.compile(rb'<row r="(\d+)"[^<>]*\shidden\s*=\s*"(?:1|true|on)"')
_COLUMNS = re.compile(rb'<c r="([A-Z]+)')
_NUMBERS = re.compile(rb'<c r="[A-Z]+(\d+)')


class Odd(Exception):
    """A part holds what no office program writes."""


@dataclass(slots=True)
class Look:
    """What one look at a worksheet part tells.

    `broken` are the cells with an error value or a formula without a result; `outside` those
    whose number no date has, with 1 in their place in the `bands`; `beyond` is the first cell
    outside the limits ("" for none). `bands` are the rows in parts that may be laid out; all
    cells of the rows but error values and those beyond stand in them.
    """

    broken: dict[Place, Broken] = field(default_factory=dict)
    outside: dict[Place, int | float] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    beyond: str = ""
    bands: tuple[bytes, ...] = ()

    @property
    def merged(self) -> int:
        """How many cells all merged ranges hold."""
        return sum(
            (span.last_row - span.first_row + 1) * (span.last_column - span.first_column + 1)
            for span in self.spans
        )


def look(data: bytes) -> Look:
    """One look at a worksheet part. Raises Odd, and what `guarded_parser` says."""
    data = plain_sheet(data)
    found = Look()
    match = ROWS.search(data)
    rows = match[1] if match else b""
    whole = match or NO_ROWS.search(data)
    begin, end = whole.span() if whole else (0, 0)
    found.spans = _spans(data[:begin] + data[end:])
    if b"hidden" in rows:
        found.hidden_rows = tuple(int(row[1]) for row in _HIDDEN.finditer(rows))
    found.bands = tuple(_bands(_without_telling(rows, found)))
    return found


# --- around the rows --------------------------------------------------------------------------


def _spans(data: bytes) -> tuple[Span, ...]:
    """The merged ranges, in the order of their first cells."""
    spans: dict[Span, None] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "mergeCell":
            spans[_span(attributes.get("ref", ""))] = None

    parse(data, start)
    return tuple(sorted(spans, key=lambda span: (span.first_row, span.first_column)))


def _span(reference: str) -> Span:
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise Odd(reference)
    first = int(match[2]), column_number(match[1])
    last = (int(match[4]), column_number(match[3])) if match[3] else first
    if first > last or first[1] > last[1] or not first[0]:
        raise Odd(reference)
    return Span(*first, *last)


# --- telling cells ----------------------------------------------------------------------------


def _without_telling(rows: bytes, found: Look) -> bytes:
    """The rows without the cells that calamine should not meet; what they tell is noted."""
    telling = (*_TELLING, _FAR_DOWN) if _ROW_FAR_DOWN.search(rows) else _TELLING
    starts = {
        rows.rfind(b"<c ", 0, match.end()) for each in telling for match in each.finditer(rows)
    }
    kept: list[bytes] = []
    kept_to = 0
    for start in sorted(starts):
        cell = _CELL.match(rows, max(start, 0))
        if cell is None:
            continue
        instead = _instead(cell, found)
        if instead is not None:
            kept += (rows[kept_to : cell.start()], instead)
            kept_to = cell.end()
    return b"".join((*kept, rows[kept_to:])) if kept else rows


def _instead(cell: re.Match[bytes], found: Look) -> bytes | None:
    """What calamine is given instead of a cell; None for the cell as it is."""
    name, attributes, body = cell[1], cell[2], cell[3] or b""
    place = place_of(name.decode())
    kind = match[1] if (match := _KIND.search(attributes)) else b"n"
    value = _VALUE.search(body)
    text = value[1] if value else None
    if place[0] > MAX_ROWS or place[1] > MAX_COLUMNS:
        if body and (text or kind == b"inlineStr" or _FORMULA.search(body)):
            found.beyond = found.beyond or name.decode()
        return b""
    if kind == b"e" and text:
        found.broken[place] = Broken(text.decode())
        return b""
    if not text:
        if _FORMULA.search(body) and not (kind == b"str" and value):  # an empty text is a result
            found.broken[place] = Broken("")
        return None
    return _number_outside(cell, text, found) if kind == b"n" else None


def _number_outside(cell: re.Match[bytes], text: bytes, found: Look) -> bytes | None:
    """1 in place of a number that no date has, which is noted."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = float(text) if match[1] or match[2] else int(text)
    if 0 <= number < _END_OF_CALENDAR:
        return None
    found.outside[place_of(cell[1].decode())] = number
    return b'<c r="' + cell[1] + b'"' + cell[2] + b"><v>1</v></c>"


# --- bands ------------------------------------------------------------------------------------


def _bands(rows: bytes) -> Iterator[bytes]:
    """The rows in parts of not more than `_BAND` successive numbers."""
    begin = first = last = bands = 0
    for match in _ROW.finditer(rows):
        number = int(match[1])
        if not (first and first <= number < first + _BAND):
            if first:
                yield _checked(rows[begin : match.start()], last)
            begin, first, last = match.start(), number, number
            bands += 1
            if bands > _MAX_BANDS:
                raise Odd("rows")
        last = max(last, number)
    if first:
        yield _checked(rows[begin:], last)


def _checked(band: bytes, last: int) -> bytes:
    """The band, unless names of its cells claim that they lie far from their rows."""
    digits = len(str(last))
    if re.search(rb'<c r="[A-Z]+\d{%d}' % (digits + 1), band):
        raise Odd("row of a cell")
    columns = 26 if not re.search(rb'<c r="[A-Z]{2}', band) else max(
        map(column_number, {name.decode() for name in _COLUMNS.findall(band)}), default=0
    )  # fmt: skip
    if columns * 10**digits > _MAX_LAID_OUT:
        numbers = {int(number) for number in _NUMBERS.findall(band)}
        if numbers and max(numbers) - min(numbers) >= _BAND:
            raise Odd("row of a cell")
    return band
