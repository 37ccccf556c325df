"""Inspection data as values: cells, rows, tables and the whole of a review's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.schema import Schema


class Unreadable(Enum):
    """The value of a cell that holds something, but nothing that can be read (a fault tells)."""

    UNREADABLE = "unreadable"


UNREADABLE = Unreadable.UNREADABLE


class Answer(Enum):
    """An inspector's answer that is not a level word (step 4, check points)."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """An answer as read and as written: 无 is NO, and also the level word 无 of a map."""

    meaning: Answer | None
    word: str


Cell = Fraction | str | date | bool | AnswerCell | Unreadable | None
"""A normalised cell: number, text (also codes), date, truth, answer; None is blank."""

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    `organisation` is the code of the organisation the row belongs to ("" on sheets without
    one or where it is not known: such a row is never counted). `origin` names file, sheet and
    the row's first cell; `cells` maps a column to its cell (`C7`). `places` counts are stable:
    rows of a table are in canonical order (file, sheet, row).
    """

    organisation: str
    values: Mapping[str, Cell]
    origin: Origin
    cells: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def value(self, column: str) -> Cell:
        """The cell of a column; a column the file lacks is blank."""
        return self.values.get(column)

    def place(self, column: str) -> Origin:
        """Where the cell of a column stands."""
        cell = self.cells.get(column)
        return Origin(self.origin.file, sheet=self.origin.sheet, cell=cell or self.origin.cell)

    @property
    def sheet(self) -> str:
        """File and sheet, as the places of its cells begin with them."""
        return "!".join(filter(None, (self.origin.file, self.origin.sheet)))

    def standing(self) -> set[str]:
        """Where its cells stand in the sheet."""
        cells = (self.cells[column] or self.origin.cell for column in self.cells)
        return {cell for cell in cells if cell}


@dataclass(frozen=True, slots=True)
class Table:
    """All rows supplied for one sheet (from any number of files), and the columns they have."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of the 党组织 sheet: its code, name and row."""

    code: str
    name: str
    row: Row


@dataclass(frozen=True, slots=True)
class Unused:
    """A column (or sheet) that was supplied and that no rulebook of the review reads."""

    file: str
    sheet: str
    column: str
    filled: int


@dataclass(frozen=True, slots=True)
class Records:
    """What was inspected: normalised tables, the organisations, faults, and the files as supplied.

    A sheet that is not in `tables` was not supplied at all. `inputs` maps a relative path to
    the bytes as supplied (empty for records made from frames). `named` says that the book had
    no codes and names stand for codes. `unmatched` holds (file, sheet, header) of extra columns.
    """

    schema: Schema
    tables: Mapping[str, Table]
    organisations: tuple[Organisation, ...]
    faults: tuple[Fault, ...] = ()
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    named: bool = False
    unused: tuple[Unused, ...] = ()

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet; none if it was not supplied."""
        table = self.tables.get(sheet)
        return table.rows if table else ()

    def supplied(self, sheet: str) -> bool:
        """Whether the sheet was supplied, with or without rows."""
        return sheet in self.tables
