"""Workbooks as grids of raw cells, read by openpyxl in its normal mode.

Read-only mode and other readers trust the sheet's `<dimension>` (which WPS writes wrong) or turn
error cells into blanks. A book with formulas is loaded a second time for their cached values;
a formula without one is `Broken`, never blank.
"""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any

from starrating.faults import Fault
from starrating.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from starrating.origin import Origin
from starrating.records.codes import CODES
from starrating.records.container import OLD_WORKBOOKS, refuse
from starrating.records.raw import Broken, Grid, Raw, Span, letters

_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in number formats of Chinese Excel and WPS that show dates, unknown to openpyxl."""


def read_workbook(file: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """The sheets of a workbook in its order; a book that can not be read gives one fatal fault."""
    fault = refuse(file, data)
    if fault:
        return [], [fault]
    try:
        grids = _grids(file, data)
    except Exception as error:  # noqa: BLE001 - a broken book can raise anything in openpyxl
        return [], [CODES.fault("D106", Origin(file), reason=type(error).__name__)]
    if len(grids) > MAX_SHEETS:
        what = f"{len(grids)} 张工作表"
        return [], [CODES.fault("D107", Origin(file), what=what, limit=MAX_SHEETS)]
    suffix = PurePosixPath(file).suffix.lower()
    if suffix in OLD_WORKBOOKS:
        return grids, [CODES.fault("D114", Origin(file), suffix=suffix)]
    return grids, []


def _grids(file: str, data: bytes) -> list[Grid]:
    book = _load(data, data_only=False)
    values = _load(data, data_only=True) if _has_formula(book) else book
    return [_grid(file, sheet, values[sheet.title], book) for sheet in book.worksheets]


def _load(data: bytes, *, data_only: bool) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions openpyxl drops are none of our cells
        return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)


def _cells(sheet: Any) -> dict[tuple[int, int], Any]:
    """The cells present in a sheet: iterating over its area would make the absent ones."""
    return sheet._cells  # type: ignore[no-any-return]  # noqa: SLF001 - see above


def _has_formula(book: Any) -> bool:
    return any(
        cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet).values()
    )


def _grid(file: str, sheet: Any, values: Any, book: Any) -> Grid:
    rows: dict[int, dict[int, Raw]] = {}
    beyond = ""
    asian = any(style.numFmtId in _ASIAN_DATES for style in book._cell_styles)  # noqa: SLF001
    for (row, column), cell in sorted(_cells(values).items()):
        raw = _raw(cell, book.epoch, asian=asian)
        if raw is None and not _is_uncomputed(sheet, row, column, cell):
            continue
        if column > MAX_COLUMNS or row > MAX_ROWS:
            beyond = beyond or f"{letters(column)}{row}"
            continue
        rows.setdefault(row, {})[column] = Broken("") if raw is None else raw
    return Grid(
        file,
        sheet.title,
        rows,
        spans=tuple(sorted(map(_span, sheet.merged_cells.ranges), key=_top_left)),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=tuple(
            sorted(row for row, size in sheet.row_dimensions.items() if size.hidden and row in rows)
        ),
        beyond=beyond,
    )


def _is_uncomputed(sheet: Any, row: int, column: int, cell: Any) -> bool:
    """Whether a valueless cell holds a formula without result; a cached empty text is one."""
    formula = _cells(sheet).get((row, column))
    return formula is not None and formula.data_type == "f" and cell.data_type != "str"


def _raw(cell: Any, epoch: datetime, *, asian: bool) -> Raw:
    value = cell.value
    kind = cell.data_type
    if value is None or value == "":
        return None
    if kind == "e":
        return Broken(str(value))
    if asian and kind == "n" and cell._style.numFmtId in _ASIAN_DATES:  # noqa: SLF001
        return _from_serial(value, epoch)
    if isinstance(value, str | int | float | date | time | timedelta):
        return value
    return str(value)


def _from_serial(value: float, epoch: datetime) -> Raw:
    from openpyxl.utils.datetime import from_excel

    try:
        day: Raw = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return Broken("#VALUE!")
    return day


def _span(merged: Any) -> Span:
    return Span(merged.min_row, merged.min_col, merged.max_row, merged.max_col)


def _top_left(span: Span) -> tuple[int, int]:
    return span.first_row, span.first_column
