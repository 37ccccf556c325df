"""What a sheet is: its columns, their types, and what a blank or an absent row means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ColumnType(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    CODE = "code"
    """Text made of digits, whose leading zeros matter; a number cell is a fault."""
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    ANSWER = "answer"
    """An inspector's answer: yes, no, not applicable, or a level word."""


class Blank(StrEnum):
    """What a blank cell means: the fact does not exist, or it is not known (step 4)."""

    NONE = "none"
    UNKNOWN = "unknown"


class DateKind(StrEnum):
    """How a date column stands to the cut-off (step 1)."""

    EVENT = "event"
    DEADLINE = "deadline"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; `unit` is the unit its numbers are converted to."""

    name: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    blank: Blank = Blank.UNKNOWN
    date_kind: DateKind | None = None
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    choices: tuple[str, ...] = ()
    free_text: bool = False
    blank_means: str | None = None
    """The word that an empty cell stands for (an empty 状态 is 按期, step 3)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns in order, its date column(s), and what no row means.

    `date` names no column, one, or two (in force from, until) that say when a row counts.
    `no_rows` is `none` where no row means that nothing happened, else `unknown`.
    """

    name: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    no_rows: Blank = Blank.UNKNOWN
    _by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    def column(self, name: str) -> Column | None:
        """The column of that canonical name, or None."""
        return self._by_name.get(name)
