"""What files hold before it is read as anything: raw cells in grids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal


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


@dataclass(slots=True)
class Grid:
    """One sheet of a file as supplied: cells by row and column number (from 1), blanks left out.

    `spans` are merged ranges, whose value stands in their first cell; `hidden` says that the
    sheet is hidden and `hidden_rows` which rows are; `beyond` is the first cell outside the
    limits ("" for none). `header_row` is the row of the header where that is known (else 0);
    a `minimal` grid need not have all required columns.
    """

    file: str
    sheet: str
    rows: dict[int, dict[int, Raw]]
    spans: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    beyond: str = ""
    header_row: int = 0
    minimal: bool = False


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
