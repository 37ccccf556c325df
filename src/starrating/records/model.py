"""Inspection data as values: cells, rows, tables and the whole of a review's records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from starrating.faults import Fault
from starrating.records.coded import Coded
from starrating.records.rows import Row, Rows
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


@dataclass(frozen=True, slots=True)
class Table:
    """All rows supplied for one sheet (from any number of files), and the columns they have."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]

    def column(self, name: str) -> Coded[Cell]:
        """The cells of a column, one a row."""
        if isinstance(self.rows, Rows):
            return self.rows.column(name)
        return Coded.of([row.value(name) for row in self.rows])

    @property
    def owners(self) -> Coded[str]:
        """The code of the organisation of each row."""
        if isinstance(self.rows, Rows):
            return self.rows.owners
        return Coded.of([row.organisation for row in self.rows])


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

    def rows(self, sheet: str) -> Sequence[Row]:
        """The rows of a sheet; none if it was not supplied."""
        table = self.tables.get(sheet)
        return table.rows if table else ()

    def supplied(self, sheet: str) -> bool:
        """Whether the sheet was supplied, with or without rows."""
        return sheet in self.tables


__all__ = [
    "UNREADABLE",
    "Answer",
    "AnswerCell",
    "Cell",
    "Organisation",
    "Records",
    "Row",
    "Table",
    "Unreadable",
    "Unused",
]
