"""A look at the XML of a worksheet, for what calamine would not tell or should not meet.

calamine gives error values and formulas without a result as blank cells, and dates before the
calendar as midnight; it lays out the whole rectangle between the first and the last cell.

Rows are scanned once. One expression passes over a row of ordinary cells as office programs write
it; where it stops, the row is looked at cell by cell. If it is spelled in another way still, the
sheet is written anew in the one that is known here (`plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from starrating.limits import MAX_COLUMNS, MAX_ROWS
from starrating.records.plain import column_number, is_plain, is_plain_cell, sheet_anew
from starrating.records.raw import Broken, Span
from starrating.records.xmltext import Attributes, parse

Place = tuple[int, int]
"""Row and column, from 1."""

_BAND = 5_000
"""Rows that calamine lays out together."""
_END_OF_CALENDAR = 2_958_466
"""The first serial number behind 31 December 9999."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_BEGIN = re.compile(rb"<sheetData(?:\s[^<>]*?)?(/?)>\s*")
_END = re.compile(rb"</sheetData\s*>")

_RESULT = rb"(?:<f[^<>]*(?:(?<!/)>[^<]*</f)?>)?"
_DATED = rb"<v>(?!-|\d{7}|[.\d]++[eE])[^<]++</v>"  # a number that a date may have
_ORDINARY = re.compile(
    rb'<row r="([1-9]\d{0,9})"((?:\s[\w:]++="[^<>"]*+")*)\s*(?:>\s*'
    rb'(?:<c r="[A-Z]{1,2}+(?!\d{7})\1"(?: s="\d++")?(?:'
    rb'(?: t="n")?>' + _RESULT + _DATED + rb"</c>"
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>[^<]*+</t></is></c>'
    rb'| t="(?:s|b|str)">' + _RESULT + rb"<v>[^<]++</v></c>"
    rb'|(?: t="n")?(?: ?/>|></c>)'
    rb"))*)?((?:/>|</row>)\s*)?"
)
"""A row, its number and attributes, as far as its cells are ordinary: to its end (the last group)
unless a cell of it tells something."""
_CELL = re.compile(
    rb'<c r="([A-Z]{1,9}([1-9]\d{0,9}))"((?:\s+[\w:]+\s*=\s*"[^<>"]*")*)\s*'
    rb"(?:/>|>(.*?)</c\s*>)\s*", re.DOTALL
)  # fmt: skip
_ROW_END = re.compile(rb"</row\s*>\s*")
_KIND = re.compile(rb'\st\s*=\s*"([^"]*)"')
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v\s*>)")
_FORMULA = re.compile(rb"<f[\s/>]")
_NUMBER = re.compile(rb"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?")
_HIDDEN = re.compile(rb'\shidden\s*=\s*"(?:1|true|on)"')


class Odd(Exception):
    """A part holds what no office program writes."""


class _Unknown(Exception):
    """A part is spelled in a way that is not known here."""


@dataclass(slots=True)
class Look:
    """What one look at a worksheet part tells.

    `broken` are the cells with an error value or a formula without a result, `outside` those
    whose number no date has; in the `bands` 1 stands in their place. `beyond` is the first cell
    outside the limits ("" for none). `bands` are the rows in parts that may be laid out, each row
    once and in order, with all their cells but those beyond.
    """

    broken: dict[Place, Broken] = field(default_factory=dict)
    outside: dict[Place, int | float] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    hidden_rows: list[int] = field(default_factory=list)
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
    try:
        return _looked(data)
    except _Unknown:
        written = sheet_anew(data)
    try:
        return _looked(written)
    except _Unknown as error:
        raise Odd(*error.args) from None


def _looked(data: bytes) -> Look:
    begin = _BEGIN.search(data)
    if begin is None:
        raise _Unknown("no rows")
    first = last = after = begin.end()
    if not begin[1]:
        end = _END.match(data, data.rfind(b"</sheetData"))
        if end is None:
            raise _Unknown("no end of rows")
        last, after = end.span()
    around = data[: begin.start()] + data[after:]
    if b"\0" in data or b"sheetData" in around or not is_plain(around):
        raise _Unknown("around the rows")
    found = Look()
    found.spans = _spans(around)
    found.bands = tuple(_bands(data, first, last, found))
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


# --- rows -------------------------------------------------------------------------------------


def _bands(data: bytes, at: int, end: int, found: Look) -> Iterator[bytes]:
    """The rows between two places in parts of not more than `_BAND` successive numbers."""
    band: list[bytes] = []
    first = 1 - _BAND
    for number, row in _rows(data, at, end, found):
        if number >= first + _BAND:
            if band:
                yield b"".join(band)
            band, first = [], number
        band.append(row)
    if band:
        yield b"".join(band)


def _rows(data: bytes, at: int, end: int, found: Look) -> Iterator[tuple[int, bytes]]:
    """The rows within the limits as calamine may have them; what they tell is noted."""
    before = 0
    while at < end:
        match = _ORDINARY.match(data, at, end)
        number = int(match[1]) if match else 0
        if match is None or number <= before:
            raise _Unknown("row")
        before, at, row = number, match.end(), match[0]
        if match[2] and _HIDDEN.search(match[2]):
            found.hidden_rows.append(number)
        if match[3] is None:
            at, rest = _rest(data, at, number, found)
            row += rest
        if number <= MAX_ROWS:
            yield number, row


def _rest(data: bytes, at: int, number: int, found: Look) -> tuple[int, bytes]:
    """Where a row ends, and the rest of it without the cells that calamine should not meet."""
    kept: list[bytes] = []
    while (end := _ROW_END.match(data, at)) is None:
        cell = _CELL.match(data, at)
        if cell is None or int(cell[2]) != number or not is_plain_cell(cell[4] or b""):
            raise _Unknown("cell")
        kept.append(_instead(cell, number, found))
        at = cell.end()
    return end.end(), b"".join((*kept, end[0]))


def _instead(cell: re.Match[bytes], number: int, found: Look) -> bytes:
    """What calamine is given instead of a cell."""
    name, attributes, body = cell[1], cell[3], cell[4] or b""
    place = number, column_number(name.rstrip(b"0123456789").decode())
    kind = match[1] if (match := _KIND.search(attributes)) else b"n"
    value = _VALUE.search(body)
    text = value[1] if value else None
    if number > MAX_ROWS or place[1] > MAX_COLUMNS:
        if body and (text or kind == b"inlineStr" or _FORMULA.search(body)):
            found.beyond = found.beyond or name.decode()
        return b""
    if kind == b"e" and text:
        found.broken[place] = Broken(text.decode())
        return _one(cell)
    if not text:
        if _FORMULA.search(body) and not (kind == b"str" and value):  # an empty text is a result
            found.broken[place] = Broken("")
            return _one(cell)
        return cell[0]
    return _dated(cell, text, place, found) if kind == b"n" else cell[0]


def _dated(cell: re.Match[bytes], text: bytes, place: Place, found: Look) -> bytes:
    """A number; 1 in place of one that no date has, which is noted."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return cell[0]
    number = float(text) if match[1] or match[2] else int(text)
    if 0 <= number < _END_OF_CALENDAR:
        return cell[0]
    found.outside[place] = number
    return _one(cell)


def _one(cell: re.Match[bytes]) -> bytes:
    """The number 1 in a cell's place and format."""
    return b'<c r="%b"%b><v>1</v></c>' % (cell[1], _KIND.sub(b"", cell[3]))
