"""Workbooks as grids of raw cells: openpyxl reads them, after a look at what it would not tell.

openpyxl's normal mode is the reader, since its read-only mode believes a wrong `<dimension>` (as
WPS writes it) and loses rows. What it does not tell is added here: formulas without a result
(`look`), dates in the formats that Chinese Excel and WPS number without a code, and escaped
characters in texts. What it should not meet stays out of its sight (`container`, `package`).
"""

from __future__ import annotations

import gc
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from starrating.faults import Fault
from starrating.limits import MAX_COLUMNS, MAX_MERGED_CELLS, MAX_ROWS, MAX_SHEETS
from starrating.origin import Origin
from starrating.records.codes import CODES
from starrating.records.container import OLD_WORKBOOKS, refuse
from starrating.records.look import Look, look
from starrating.records.package import Package
from starrating.records.raw import Broken, Grid, Raw, Span, letters
from starrating.records.xmltext import Declared

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_LOCAL_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of date formats that Chinese Excel and WPS write without a code (57 is 2023年3月)."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_CALENDAR = Broken("########")
"""A date outside the calendar, as office programs show it."""


def read_workbook(file: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """The sheets of a workbook in its order; a book that can not be read gives one fatal fault."""
    origin = Origin(file)
    fault = refuse(file, data)
    if fault:
        return [], [fault]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive)
            looks = [look(package.read(part.member)) for part in package.sheets[: MAX_SHEETS + 1]]
            if fault := _too_much(origin, package, looks):
                return [], [fault]
            copy = package.copy(one.kept for one in looks)
        names = [part.name for part in package.sheets]
        sheets = _sheets(copy)
        grids = [_grid(file, *one) for one in zip(names, sheets, looks, strict=True)]
    except Declared:
        return [], [CODES.fault("D108", origin)]
    except Exception as error:  # noqa: BLE001 - zip, XML and contents may be broken in any way
        return [], [CODES.fault("D106", origin, reason=type(error).__name__)]
    suffix = PurePosixPath(file).suffix.lower()
    told = suffix in OLD_WORKBOOKS
    return grids, [CODES.fault("D114", origin, suffix=suffix)] if told else []


def _too_much(origin: Origin, package: Package, looks: list[Look]) -> Fault | None:
    if len(package.sheets) > MAX_SHEETS:
        what = f"{len(package.sheets)} 张工作表"
        return CODES.fault("D107", origin, what=what, limit=MAX_SHEETS)
    merged = sum(one.merged for one in looks)
    if merged > MAX_MERGED_CELLS:
        what = f"合并了 {merged} 个单元格"
        return CODES.fault("D107", origin, what=what, limit=MAX_MERGED_CELLS)
    return None


def _sheets(copy: io.BytesIO) -> list[Worksheet]:
    """The worksheets as openpyxl reads them; its remarks about styles are of no use to anyone."""
    from openpyxl import load_workbook

    with warnings.catch_warnings(), _without_collection():
        warnings.simplefilter("ignore")
        return list(load_workbook(copy, data_only=True, keep_links=False).worksheets)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for cycles while many objects are made that stay: it took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _grid(file: str, name: str, sheet: Worksheet, look: Look) -> Grid:
    rows: dict[int, dict[int, Raw]] = {}
    beyond = ""
    reader = _Cells(sheet, look)
    # iter_rows would make a cell for every blank of the rectangle, however far one cell lies
    for place, cell in sheet._cells.items():  # noqa: SLF001
        raw = reader.read(place, cell)
        if raw is None:
            continue
        row, column = place
        if column > MAX_COLUMNS or row > MAX_ROWS:
            beyond = beyond or f"{letters(column)}{row}"
            continue
        rows.setdefault(row, {})[column] = raw
    hidden = [row for row, one in sheet.row_dimensions.items() if one.hidden and row in rows]
    return Grid(
        file,
        name,
        rows,
        spans=_spans(sheet),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=tuple(sorted(hidden)),
        beyond=beyond,
    )


def _spans(sheet: Worksheet) -> tuple[Span, ...]:
    spans = [Span(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges]
    return tuple(sorted(spans, key=lambda span: (span.first_row, span.first_column)))


class _Cells:
    """Raw values of a sheet's cells as openpyxl read them."""

    def __init__(self, sheet: Worksheet, look: Look) -> None:
        self.epoch = sheet.parent.epoch
        self.look = look

    def read(self, place: tuple[int, int], cell: Cell) -> Raw:
        """The value of a cell; a formula without a result is broken, not blank."""
        value: Raw = cell.value
        kind = cell.data_type
        if value is None or value == "":
            return Broken("") if place in self.look.formulas else None
        if isinstance(value, str):
            if kind == "e":
                return Broken(value) if place in self.look.errors else _NO_CALENDAR
            return unescape(value)
        # the public number_format says General for formats without a code
        if kind == "n" and cell._style.numFmtId in _LOCAL_DATES:  # noqa: SLF001
            value = self._date(cell.value)
        if isinstance(value, datetime):
            return self._moment(value)
        return value

    def _moment(self, value: datetime) -> Raw:
        if value < self.epoch:
            return _NO_CALENDAR
        return value.date() if value.time() == time() else value

    def _date(self, serial: float) -> Raw:
        from openpyxl.utils.datetime import from_excel

        try:
            moment: Raw = from_excel(serial, self.epoch)
        except (OverflowError, ValueError):
            return _NO_CALENDAR
        return moment


def unescape(text: str) -> str:
    """`text` with `_x000D_` and its like as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
