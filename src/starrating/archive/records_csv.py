"""records/ of an archive: the normalised tables as csv, with the place of every cell.

One file a sheet. Four columns of ours come first: the file, the sheet and the first cell of a
row, and where each of its other cells stands; then the organisation's code, then the sheet's
own columns. Values are normalised texts: ISO dates, plain numbers (or `a/b` where no plain
number writes it), 是 and 否; a cell that could not be read is #读不出.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from starrating.number import to_decimal
from starrating.records.cells import answer
from starrating.records.model import UNREADABLE, AnswerCell, Cell, Records, Row, Table
from starrating.records.raw import Places
from starrating.results.cells import Guard
from starrating.results.tables import table_bytes, table_lines
from starrating.schema import EVIDENCE, Column, ColumnType

PLACE_COLUMNS = ("来源文件", "来源工作表", "来源单元格", "各列位置", "所属党组织")
UNREADABLE_TEXT = "#读不出"

_GUARD = Guard("#")
"""No text of the user's reads as UNREADABLE_TEXT."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%]')
_CELL = re.compile(r"([A-Z]+)(\d+)")


def records_csv(
    records: Records,
    *,
    only: frozenset[str] | None = None,
    used: Mapping[str, frozenset[str]] | None = None,
) -> dict[str, bytes]:
    """The tables of `records` as csv files by name, in the schema's order of sheets.

    `only` names the sheets that are wanted (people/ holds the people's sheets alone). `used`
    names the columns of each sheet that the rulebooks read: others are left out, but for those
    that name a proof (schema.EVIDENCE).
    """
    wanted = [sheet for sheet in records.schema.sheets if sheet in records.tables]
    return {
        file_name(sheet): table_csv(_narrowed(records.tables[sheet], used))
        for sheet in wanted
        if only is None or sheet in only
    }


def _narrowed(table: Table, used: Mapping[str, frozenset[str]] | None) -> Table:
    """The table without the columns that no rulebook reads."""
    if used is None:
        return table
    kept = used.get(table.name, frozenset()).union(EVIDENCE)
    return replace(table, columns=tuple(name for name in table.columns if name in kept))


def file_name(sheet: str) -> str:
    """The file name of a sheet: its own name, with signs no file name may hold as %XX."""
    return _FORBIDDEN.sub(lambda sign: f"%{ord(sign[0]):02X}", sheet) + ".csv"


def table_csv(table: Table) -> bytes:
    """One normalised table as csv."""
    return table_bytes(_lines(table))


def table_texts(data: bytes) -> tuple[dict[str, str | None], ...]:
    """The rows of a csv that `table_csv` wrote, as texts by column, places included."""
    lines = table_lines(data)
    heads = next(lines, [])
    return tuple(
        {head: unguarded(cell) or None for head, cell in zip(heads, line, strict=True)}
        for line in lines
    )


def cell_of(column: Column, text: str) -> Cell:
    """The cell of a column that `table_csv` wrote as this text; ValueError where it writes none."""
    if not text:
        return None
    if text == UNREADABLE_TEXT:
        return UNREADABLE
    if column.type is ColumnType.NUMBER:
        return Fraction(text)
    if column.type is ColumnType.DATE:
        return date.fromisoformat(text)
    if column.type is ColumnType.TRUTH:
        return text == "是"
    word = unguarded(text)
    return answer(word) if column.type is ColumnType.ANSWER else word


def _lines(table: Table) -> Iterator[list[str]]:
    yield [*PLACE_COLUMNS, *(_GUARD.put(column) for column in table.columns)]
    places = _Places(table.columns)
    for row in table.rows:
        yield [
            _GUARD.put(row.origin.file),
            _GUARD.put(row.origin.sheet or ""),
            row.origin.cell or "",
            places.of(row),
            _GUARD.put(row.organisation),
            *(_text(row.value(column)) for column in table.columns),
        ]


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _GUARD.put(str(value))
    if value is UNREADABLE:
        return UNREADABLE_TEXT
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return _GUARD.put(value.word) if isinstance(value, AnswerCell) else _number(value)


def _number(value: Fraction) -> str:
    try:
        return f"{to_decimal(value):f}"
    except ValueError:
        return f"{value.numerator}/{value.denominator}"


class _Places:
    """Where the cells of a table's rows stand, told once for all rows of a grid that are alike."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._grid: Mapping[str, str] | None = None
        self._alike = ""

    def of(self, row: Row) -> str:
        """The cells of a row: letters alone where they stand in its own line, `-` where none is
        known."""
        grid = row.cells.regular if isinstance(row.cells, Places) else None
        if grid is None:
            return self._told(row)
        if grid is not self._grid:
            self._grid, self._alike = grid, self._told(row)
        return self._alike

    def _told(self, row: Row) -> str:
        first = _CELL.fullmatch(row.origin.cell or "")
        line = first[2] if first else None
        return " ".join(_place(row.cells, column, line) for column in self._columns)


def _place(cells: Mapping[str, str], column: str, line: str | None) -> str:
    cell = cells.get(column)
    if cell is None:
        return "-"
    letters = cell.removesuffix(line) if line else cell
    own = letters != cell and letters.isalpha() and letters.isupper()
    return letters if own else cell


def unguarded(text: str) -> str:
    """A head, code or text as it was before it was kept from being run as a formula."""
    return _GUARD.off(text)
