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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from starrating.faults import Fault
from starrating.limits import MAX_LAID_OUT, MAX_MERGED_CELLS, MAX_SHEETS
from starrating.origin import Origin
from starrating.progress import tell
from starrating.records.coded import Coded
from starrating.records.codes import CODES
from starrating.records.container import OLD_WORKBOOKS, refuse
from starrating.records.look import Look, Odd, look
from starrating.records.package import Package, Part
from starrating.records.raw import Broken, Grid, Raw, Span
from starrating.records.xmltext import Declared

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_NO_CALENDAR = Broken("########")
"""A date outside the calendar, as office programs show it."""
_MIDNIGHT = time()


class _TooLarge(Exception):
    """A sheet has more rows and columns than are laid out; says how many."""


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
    except _TooLarge as error:
        return [], [CODES.fault("D107", origin, what=str(error), limit=MAX_LAID_OUT)]
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
        laid = _Laid()
        with _without_collection():
            for _ in one.bands:
                laid.take(next(sheets))
                taken += 1
                tell(f"读取 {file}", taken, every, "段")
        columns = laid.columns(one)
        grid = Grid(file, part.name, laid.numbers, columns, one.spans, part.hidden).without_blanks()
        rows = frozenset(grid.numbers) if one.hidden_rows else ()
        grid.hidden_rows = tuple(row for row in one.hidden_rows if row in rows)
        grid.beyond = one.beyond
        yield grid


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


class _Laid:
    """The cells of a sheet as calamine gives them, column by column."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._cells: dict[int, list[Any]] = {}

    def take(self, sheet: CalamineSheet) -> None:
        """Add the rows of a band, but for those that hold nothing."""
        if sheet.start is None:
            return
        top, left = sheet.start
        lines = sheet.to_python(skip_empty_area=True)
        nothing: list[Any] = [""] * len(lines[0])
        filled = [(number, line) for number, line in enumerate(lines, top + 1) if line != nothing]
        before = len(self.numbers)
        self.numbers.extend(number for number, _ in filled)
        for index, cells in enumerate(zip(*(line for _, line in filled), strict=True), left + 1):
            if cells != ("",) * len(cells):
                own = self._cells.setdefault(index, [])
                own.extend([""] * (before - len(own)))
                own.extend(cells)
        if len(self.numbers) * len(self._cells) > MAX_LAID_OUT:
            raise _TooLarge(f"{len(self.numbers)} 行 × {len(self._cells)} 列")

    def columns(self, look: Look) -> dict[int, Coded[Raw]]:
        """The columns, with what the look tells put into them."""
        n = len(self.numbers)
        rows = {number: row for row, number in enumerate(self.numbers)}
        columns = {
            index: Coded.of([*cells, *[""] * (n - len(cells))]).turned(_raw)
            for index, cells in self._cells.items()
        }
        told: dict[int, dict[int, Raw]] = {}
        for (row, index), broken in look.broken.items():
            told.setdefault(index, {})[rows[row]] = broken
        for (row, index), number in look.outside.items():
            place = rows[row]
            told.setdefault(index, {})[place] = _outside(number, columns[index][place])
        for row, index in _covered(look.spans):
            if index in columns and row in rows:
                told.setdefault(index, {})[rows[row]] = None
        return columns | {index: columns[index].replaced(cells) for index, cells in told.items()}


def _covered(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """The cells of merged ranges, but for the first of each, which alone shows."""
    for span in spans:
        for row in range(span.first_row, span.last_row + 1):
            for column in range(span.first_column, span.last_column + 1):
                if (row, column) != (span.first_row, span.first_column):
                    yield row, column


def _raw(value: float | str | date | time | timedelta) -> Raw:
    """A value of calamine, whose numbers are all floats; an empty text is a blank cell."""
    if value == "":
        return None
    if value.__class__ is float:
        if value.is_integer():
            return int(value)
        if not isfinite(value):
            raise Odd(value)
    if isinstance(value, datetime) and value.time() == _MIDNIGHT:
        return value.date()
    return value


def _outside(number: float, one: Raw) -> Raw:
    """A number outside the calendar, by what 1 is in its cell: a number, a date or a duration."""
    if isinstance(one, timedelta):
        try:
            return timedelta(days=number)
        except OverflowError:
            return _NO_CALENDAR
    return _NO_CALENDAR if isinstance(one, (date, time)) else number
