"""Workbooks as grids of raw cells: calamine reads them, after a look at what it would not tell.

calamine goes by the cells and not by a `<dimension>`, which WPS writes wrong, and knows the date
formats that Chinese Excel and WPS number without a code. What it does not tell is added here:
error values, formulas without a result, numbers that no date has (`look`). What it should not
meet stays out of its sight (`container`, `package`). The tests hold the whole equal to openpyxl.
"""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from starrating.faults import Fault
from starrating.limits import MAX_MERGED_CELLS, MAX_SHEETS
from starrating.origin import Origin
from starrating.progress import tell
from starrating.records.codes import CODES
from starrating.records.container import OLD_WORKBOOKS, refuse
from starrating.records.look import Look, Odd, look
from starrating.records.package import Package, Part
from starrating.records.raw import Broken, Grid, Raw
from starrating.records.xmltext import Declared

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_NO_CALENDAR = Broken("########")
"""A date outside the calendar, as office programs show it."""
_MIDNIGHT = time()
_AS_THEY_ARE = frozenset((str, date, bool))


def read_workbook(file: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """The sheets of a workbook in its order; a book that can not be read gives one fatal fault."""
    origin = Origin(file)
    fault = refuse(file, data)
    if fault:
        return [], [fault]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive)
            if len(package.sheets) > MAX_SHEETS:
                what = f"{len(package.sheets)} 张工作表"
                return [], [CODES.fault("D107", origin, what=what, limit=MAX_SHEETS)]
            looks = [look(package.read(part.member)) for part in package.sheets]
            merged = sum(one.merged for one in looks)
            if merged > MAX_MERGED_CELLS:
                what = f"合并了 {merged} 个单元格"
                return [], [CODES.fault("D107", origin, what=what, limit=MAX_MERGED_CELLS)]
            copy = package.copy(band for one in looks for band in one.bands)
        grids = list(_grids(file, copy, package.sheets, looks))
    except Declared:
        return [], [CODES.fault("D108", origin)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - files may be broken in any way; a panic of calamine is no Exception
        return [], [CODES.fault("D106", origin, reason=type(error).__name__)]
    suffix = PurePosixPath(file).suffix.lower()
    told = suffix in OLD_WORKBOOKS
    return grids, [CODES.fault("D114", origin, suffix=suffix)] if told else []


def _grids(
    file: str, copy: io.BytesIO, parts: Sequence[Part], looks: Sequence[Look]
) -> Iterator[Grid]:
    every, taken = sum(len(one.bands) for one in looks), 0
    sheets = _sheets(copy) if every else iter(())
    for part, one in zip(parts, looks, strict=True):
        rows: dict[int, dict[int, Raw]] = {}
        with _without_collection():
            for _ in one.bands:
                _take(rows, next(sheets))
                taken += 1
                tell(f"读取 {file}", taken, every, "段")
        _correct(rows, one)
        yield Grid(
            file,
            part.name,
            dict(sorted(rows.items())),
            spans=one.spans,
            hidden=part.hidden,
            hidden_rows=tuple(row for row in one.hidden_rows if row in rows),
            beyond=one.beyond,
        )


def _sheets(copy: io.BytesIO) -> Iterator[CalamineSheet]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(copy)
    for number in range(len(book.sheet_names)):
        yield book.get_sheet_by_index(number)


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


def _take(rows: dict[int, dict[int, Raw]], sheet: CalamineSheet) -> None:
    """Add the cells of a sheet to the rows."""
    if sheet.start is None:
        return
    top, left = sheet.start
    for number, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
        cells = {
            column: value if value.__class__ in _AS_THEY_ARE else _raw(value)
            for column, value in enumerate(values, left + 1)
            if value != ""
        }
        if cells:
            rows.setdefault(number, {}).update(cells)


def _raw(value: float | str | date | time | timedelta) -> Raw:
    """A value of calamine, whose numbers are all floats."""
    if value.__class__ is float:
        if value.is_integer():
            return int(value)
        if not isfinite(value):
            raise Odd(value)
    if isinstance(value, datetime) and value.time() == _MIDNIGHT:
        return value.date()
    return value


def _correct(rows: dict[int, dict[int, Raw]], look: Look) -> None:
    """Put into the rows what the look tells, in the order of columns."""
    for (row, column), broken in look.broken.items():
        rows.setdefault(row, {})[column] = broken
    for (row, column), number in look.outside.items():
        rows[row][column] = _outside(number, rows[row][column])
    for row, _ in look.broken:
        rows[row] = dict(sorted(rows[row].items()))
    for span in look.spans:
        for row in range(span.first_row, span.last_row + 1):
            cells = rows.get(row, {})
            for column in range(span.first_column, span.last_column + 1):
                if (row, column) != (span.first_row, span.first_column):
                    cells.pop(column, None)
            if not cells:
                rows.pop(row, None)


def _outside(number: float, one: Raw) -> Raw:
    """A number outside the calendar, by what 1 is in its cell: a number, a date or a duration."""
    if isinstance(one, timedelta):
        try:
            return timedelta(days=number)
        except OverflowError:
            return _NO_CALENDAR
    return _NO_CALENDAR if isinstance(one, (date, time)) else number
