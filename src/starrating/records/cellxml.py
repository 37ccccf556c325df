"""The cells of one worksheet part, read in one pass whatever its `<dimension>` says."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from starrating.limits import MAX_COLUMNS, MAX_ROWS
from starrating.records.package import Package, Part, unescape
from starrating.records.raw import Broken, Grid, Raw, Span, letters
from starrating.records.xmltext import Attributes, is_true, parse

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - dates of workbooks have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_PHANTOM = 60
"""The serial of 29 February 1900, a day that never was; earlier serials are one off."""
_LAST = 2_950_000
"""A serial late in the ten-thousandth year; no later day is a date."""
_MILLISECONDS = 86_400_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_DIGITS = "0123456789"


def read_part(file: str, package: Package, part: Part) -> Grid:
    """The grid of one worksheet. Raises what Package raises, and ValueError for odd contents."""
    reader = _Reader(package)
    with package.open(part.member) as stream:
        parse(stream, reader.start, reader.end, reader.text)
    return Grid(
        file,
        part.name,
        reader.rows,
        spans=tuple(sorted(reader.spans, key=lambda span: (span.first_row, span.first_column))),
        hidden=part.hidden,
        hidden_rows=tuple(sorted(reader.hidden & reader.rows.keys())),
        beyond=reader.beyond,
    )


class _Reader:
    """Takes the events of a worksheet part."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.rows: dict[int, dict[int, Raw]] = {}
        self.spans: list[Span] = []
        self.hidden: set[int] = set()
        self.beyond = ""
        self.columns: dict[str, int] = {}
        self.row = self.column = 0
        self.cells: dict[int, Raw] = {}
        self.cell: Attributes | None = None
        self.value: list[str] = []
        self.taking = self.has_value = self.has_formula = self.in_hint = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the start of an element."""
        if tag == "c":
            self._cell_start(attributes)
        elif self.cell is not None:
            self._inside(tag)
        elif tag == "row":
            self._row_start(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _inside(self, tag: str) -> None:
        if tag == "v":
            self.taking = self.has_value = True
        elif tag == "f":
            self.has_formula = True
        elif tag == "t":
            self.taking = not self.in_hint
        elif tag == "rPh":
            self.in_hint = True

    def _row_start(self, attributes: Attributes) -> None:
        self.row = int(attributes.get("r") or self.row + 1)
        self.column = 0
        self.cells = self.rows.get(self.row, {})
        if is_true(attributes.get("hidden")):
            self.hidden.add(self.row)

    def _cell_start(self, attributes: Attributes) -> None:
        self.cell = attributes
        self.value = []
        self.has_value = self.has_formula = False
        name = attributes.get("r", "").rstrip(_DIGITS)
        self.column = self._number(name) if name else self.column + 1

    def _number(self, name: str) -> int:
        number = self.columns.get(name)
        if number is None:
            number = 0
            for letter in name:
                number = number * 26 + ord(letter) - 64
            self.columns[name] = number
        return number

    def _merge(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match and match[3]:
            self.spans.append(
                Span(int(match[2]), self._number(match[1]), int(match[4]), self._number(match[3]))
            )

    def text(self, data: str) -> None:
        """Take characters."""
        if self.taking:
            self.value.append(data)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in {"v", "t"}:
            self.taking = False
        elif tag == "rPh":
            self.in_hint = False
        elif tag == "c" and self.cell is not None:
            raw = self._raw(self.cell)
            self.cell = None
            if raw is not None:
                self._keep(raw)

    def _keep(self, raw: Raw) -> None:
        if self.column > MAX_COLUMNS or self.row > MAX_ROWS:
            self.beyond = self.beyond or f"{letters(self.column)}{self.row}"
            return
        if not self.cells:
            self.rows[self.row] = self.cells
        self.cells[self.column] = raw

    def _raw(self, cell: Attributes) -> Raw:
        """The value of the cell just read; a formula without a result is broken, not blank."""
        kind = cell.get("t", "n")
        text = "".join(self.value)
        if not text:
            empty_result = kind == "str" and self.has_value
            return Broken("") if self.has_formula and not empty_result else None
        if kind == "s":
            return self.package.strings[int(text)] or None
        if kind == "n":
            return self._number_cell(text, int(cell.get("s") or 0))
        if kind == "b":
            return is_true(text)
        if kind == "e":
            return Broken(text)
        if kind == "d":
            return _iso(text)
        return unescape(text)

    def _number_cell(self, text: str, style: int) -> Raw:
        number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        if style in self.package.dates:
            return from_serial(number, epoch_1904=self.package.epoch_1904)
        if style in self.package.elapsed:
            return timedelta(days=number)
        return number


def from_serial(number: float, *, epoch_1904: bool) -> Raw:
    """The date or time of day of a serial number; one outside the calendar stays a number."""
    if not 0 <= number < _LAST:
        return number
    days, rest = divmod(round(number * _MILLISECONDS), _MILLISECONDS)
    if days == 0 and not epoch_1904:
        return (_EPOCH + timedelta(milliseconds=rest)).time() if rest else number
    base = _EPOCH_1904 if epoch_1904 else _EPOCH
    if not epoch_1904 and days < _PHANTOM:
        days += 1
    moment = base + timedelta(days=days, milliseconds=rest)
    return moment if rest else moment.date()


def _iso(text: str) -> Raw:
    """An ISO 8601 cell: a date, a moment or a time; any other text stays text."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text.removesuffix("Z"))
        except ValueError:
            continue
    return text
