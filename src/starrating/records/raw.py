"""What files hold before it is read as anything: raw cells in grids."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property

from starrating.records.coded import Coded


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: an Excel error (`#N/A`), or "" for a formula not computed."""

    error: str


Raw = str | int | float | Decimal | bool | date | time | timedelta | Broken | None
"""A cell as the file gives it (a datetime is a date here)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range: first and last row and column, from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        """`A3:A7`."""
        first = f"{letters(self.first_column)}{self.first_row}"
        return f"{first}:{letters(self.last_column)}{self.last_row}"


@dataclass
class Grid:
    """One sheet of a file as supplied, column by column.

    `numbers` are the numbers of the rows that hold something (from 1), ascending; `columns` are
    the columns that do, by their number (from 1), with a cell for each of these rows, None where
    it is blank. `spans` are merged ranges, whose value stands in their first cell; `hidden` says
    that the sheet is hidden and `hidden_rows` which rows are; `beyond` is the first cell outside
    the limits ("" for none). `header_row` is the row of the header where that is known (else 0);
    a `minimal` grid need not have all required columns.
    """

    file: str
    sheet: str
    numbers: Sequence[int]
    columns: Mapping[int, Coded[Raw]]
    spans: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    beyond: str = ""
    header_row: int = 0
    minimal: bool = False

    def without_blanks(self) -> Grid:
        """The grid without the rows and columns that hold nothing."""
        columns = {
            index: column
            for index, column in sorted(self.columns.items())
            if any(word is not None for word in column.words)
        }
        blank: Sequence[int] = range(len(self.numbers))
        for column in columns.values():
            if not blank:
                break
            nothing = column.where(lambda raw: raw is None)
            blank = nothing if len(blank) == len(self.numbers) else sorted({*blank} & {*nothing})
        if blank:
            gone = frozenset(blank)
            kept = [row for row in range(len(self.numbers)) if row not in gone]
            columns = {index: column.take(kept) for index, column in columns.items()}
            return replace(self, numbers=[self.numbers[row] for row in kept], columns=columns)
        return replace(self, columns=columns)

    @cached_property
    def rows(self) -> dict[int, dict[int, Raw]]:
        """The filled cells row by row, by row and column number, for sheets of few rows."""
        return self.top(self.numbers[-1]) if self.numbers else {}

    def top(self, last: int) -> dict[int, dict[int, Raw]]:
        """The filled cells of the rows down to one, by row and column number."""
        return {
            number: self.cells(row)
            for row, number in enumerate(self.numbers[: bisect_right(self.numbers, last)])
        }

    def cells(self, row: int) -> dict[int, Raw]:
        """The filled cells of the row in that place, by column number."""
        cells = {index: column[row] for index, column in self.columns.items()}
        return {index: raw for index, raw in cells.items() if raw is not None}


class Places(Mapping[str, str]):
    """Where the cells of one row stand, by column name (`C7`; a merged range as `A3:A7`).

    Made of the columns of the grid and the number of the row, for a row of a large sheet should
    not hold a text for each of its cells; `other` holds those that stand elsewhere.
    """

    __slots__ = ("_columns", "_other", "_row")

    def __init__(self, columns: Mapping[str, str], row: int, other: Mapping[str, str]) -> None:
        self._columns, self._row, self._other = columns, row, other

    def __getitem__(self, name: str) -> str:
        return self._other.get(name) or f"{self._columns[name]}{self._row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def regular(self) -> Mapping[str, str] | None:
        """The letters of its columns, where every cell stands in the row and under its column.

        It is one object for all such rows of a grid; None where some cell stands elsewhere.
        """
        return None if self._other else self._columns


_LETTERS: dict[int, str] = {}


def letters(column: int) -> str:
    """The letters of a column number: 1 is A, 27 is AA."""
    known = _LETTERS.get(column)
    if known is None:
        known, rest = "", column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            known = chr(65 + digit) + known
        _LETTERS[column] = known
    return known
