"""The rows of a table as sheet XML, a row at a time: what a sheet of many rows is mostly made of.

XlsxWriter keeps an object a cell until the end; a county's workbook has ten million cells. Here a
row is written once, in the bytes that XlsxWriter would give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from starrating.report.workbook import styles
from starrating.report.workbook.layout import (
    Column,
    Marked,
    Shown,
    clipped,
    height_of,
    lines_needed,
)
from starrating.report.workbook.styles import Styles, number_of

_EPOCH = date(1899, 12, 31)
_LEAP = 59
_BLOCK = 16
"""Rows that share one `spans` in a sheet's XML."""


class TableWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet of which some rows below each other stand as XML already."""

    dim_rowmin: int
    dim_rowmax: int

    def __init__(self) -> None:
        """Begin without such rows."""
        super().__init__()
        self._first, self._body = 0, list[str]()
        self._spanned = False

    def shared(self, text: str) -> int:
        """The number of a text among those of the workbook."""
        table = self.str_table
        number: int = table._get_shared_string_index(text)  # noqa: SLF001 - nothing public tells it
        return number

    def place(self, first: int, width: int, rows: list[str]) -> None:
        """Put rows of `width` cells, each from its `spans` on, at row `first`."""
        self._first, self._body = first, rows
        self._check_dimensions(first, 0)
        self._check_dimensions(first + len(rows) - 1, width - 1)

    def _calculate_spans(self) -> None:
        if self._spanned:
            return
        super()._calculate_spans()
        last = self._first + len(self._body) - 1
        for block in range(self._first // _BLOCK, last // _BLOCK + 1):
            self.row_spans[block] = f"{self.dim_colmin + 1}:{self.dim_colmax + 1}"
        self._spanned = True

    def _write_rows(self) -> None:
        if not self._body:
            super()._write_rows()
            return
        self._calculate_spans()
        begin, end = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self._first - 1
        super()._write_rows()
        for row, cells in enumerate(self._body, self._first):
            self.fh.write(f'<row r="{row + 1}" spans="{self.row_spans[row // _BLOCK]}"{cells}')
        self.dim_rowmin, self.dim_rowmax = self._first + len(self._body), end
        super()._write_rows()
        self.dim_rowmin = begin


class Body:
    """Writes the rows of one table; `sizes` are the widths of its columns."""

    def __init__(
        self, sheet: Any, look: Styles, columns: Sequence[Column], sizes: Sequence[float], top: int
    ) -> None:
        self._sheet, self._top = sheet, top
        self._cells = [
            _Cells(sheet, look, column, number, size)
            for number, (column, size) in enumerate(zip(columns, sizes, strict=True))
        ]

    def draw(self, rows: Iterable[Sequence[Shown]], *, total: bool) -> int:
        """Draw the rows, the last of which sums up the others where `total`; the row after them."""
        rows = list(rows)
        last = len(rows) - 1 if total else -1
        texts = [self._row(row, at, total=at == last) for at, row in enumerate(rows)]
        self._sheet.place(self._top, len(self._cells), texts)
        return self._top + len(rows)

    def _row(self, row: Sequence[Shown], at: int, *, total: bool) -> str:
        number = self._top + at + 1
        lines = 1
        texts = []
        for cells, value in zip(self._cells, row, strict=True):
            texts.append(cells.cell(value, number, total=total))
            if isinstance(value, str) and value:
                lines = max(lines, cells.lines(value))
        height = int(height_of(lines) * 4.0 / 3.0 + 0.5) * 0.75
        return f' ht="{height:.16g}" customHeight="1">{"".join(texts)}</row>'


class _Cells:
    """The cells of one column."""

    def __init__(self, sheet: Any, look: Styles, column: Column, number: int, size: float) -> None:
        self._look, self._style, self._size = look, look_of(column), size
        self._letters = xl_col_to_name(number)
        self._shared: Callable[[str], int] = sheet.shared
        self._formats: dict[tuple[str, bool], int] = {}
        self._lines: dict[str, int] = {}

    def cell(self, value: Shown, row: int, *, total: bool) -> str:
        """The XML of one cell."""
        if isinstance(value, str) and value:
            guard = "guard" if value.startswith(styles.RUNNABLE) else ""
            place = self._at(row, guard, total=total)
            return f'{place} t="s"><v>{self._shared(clipped(value))}</v></c>'
        if value is None or value == "":
            return f"{self._at(row, '', total=total)}/>"
        if isinstance(value, Marked):
            place = self._at(row, f"sign{value.sign}", total=total)
            return f"{place}><v>{value.number:.16G}</v></c>"
        if isinstance(value, Decimal | int):
            return f"{self._at(row, '', total=total)}><v>{value:.16G}</v></c>"
        assert isinstance(value, date)
        return f"{self._at(row, 'date', total=total)}><v>{_serial(value)}</v></c>"

    def lines(self, text: str) -> int:
        """How many lines a text takes."""
        found = self._lines.get(text)
        if found is None:
            found = self._lines[text] = lines_needed(text, self._size)
        return found

    def _at(self, row: int, kind: str, *, total: bool) -> str:
        key = (kind, total)
        if key not in self._formats:
            self._formats[key] = number_of(self._format(kind, total=total))
        return f'<c r="{self._letters}{row}" s="{self._formats[key]}"'

    def _format(self, kind: str, *, total: bool) -> Any:
        parts = (self._style, styles.TOTAL if total else styles.PLAIN)
        if kind == "guard":
            return self._look.of(*parts, styles.GUARD)
        if kind == "date":
            return self._look.of(*parts, styles.DATE)
        if kind:
            return self._look.of(*parts, num_format=f'General"{kind.removeprefix("sign")}"')
        return self._look.of(*parts)


def _serial(day: date) -> int:
    """A day as a spreadsheet counts days; it has a 29 February 1900."""
    days = (day - _EPOCH).days
    return days + 1 if days > _LEAP else days


def look_of(column: Column) -> dict[str, Any]:
    """How the cells of a column look."""
    style: dict[str, Any] = {**styles.CELL, "align": column.align}
    if column.decimals is not None:
        style["num_format"] = f"0.{'0' * column.decimals}" if column.decimals else "0"
    if column.shaded:
        style["bg_color"] = styles.TOTAL["bg_color"]
    return style
