"""The cells that effects rest on, of all subjects at once (step 14, source cells)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints
from starrating.engine.kernel.part import SheetRows
from starrating.records.model import Row

Cells = tuple[str, ...]
"""Places as they are printed, in the order in which they were read."""


class CellColumn:
    """Some cells of every subject; made when they are first asked for."""

    def __init__(self, make: Callable[[], Sequence[Cells]]) -> None:
        self._make = make

    @cached_property
    def cells(self) -> Sequence[Cells]:
        """The cells, one element a subject."""
        return self._make()

    @cached_property
    def joined(self) -> Sequence[str | None]:
        """The cells as findings.csv lists them, each once; None where there is none."""
        return ["; ".join(dict.fromkeys(each)) or None for each in self.cells]


def together(columns: Sequence[CellColumn], n: int) -> CellColumn:
    """All cells of several columns, one after the other."""
    if len(columns) == 1:
        return columns[0]
    if not columns:
        return CellColumn(lambda: [()] * n)
    return CellColumn(
        lambda: [
            tuple(chain.from_iterable(each))
            for each in zip(*(column.cells for column in columns), strict=True)
        ]
    )


def where(mask: Bools, column: CellColumn) -> CellColumn:
    """The cells where the mask holds."""
    return CellColumn(
        lambda: [
            cells if kept else () for kept, cells in zip(mask.tolist(), column.cells, strict=True)
        ]
    )


class SheetCells:
    """Where the rows of a sheet stand, as text; each place is written once."""

    def __init__(self, rows: SheetRows, written: Sequence[Row]) -> None:
        self._rows, self._written = rows, written
        self._places: dict[str | None, list[str]] = {}

    def places(self, column: str | None) -> list[str]:
        """The cell of a column of each row, or (None) the row's own place."""
        if column not in self._places:
            rows = (self._written[place] for place in self._rows.place.tolist())
            self._places[column] = list(_places(rows, column))
        return self._places[column]

    def one(self, row: Ints, column: str) -> CellColumn:
        """The cell of one row a subject (-1: none)."""
        return CellColumn(lambda: list(self._one(row, column)))

    def _one(self, row: Ints, column: str) -> Iterator[Cells]:
        written, place = self._written, self._rows.place
        for each in row.tolist():
            yield () if each < 0 else (str(written[place[each]].place(column)),)

    def many(self, index: Ints, bounds: Ints, columns: Sequence[str]) -> CellColumn:
        """The cells of these rows, which stand in order of their subject; without columns the rows'
        own places."""
        return CellColumn(lambda: self._many(index.tolist(), bounds.tolist(), columns or (None,)))

    def _many(
        self, index: list[int], bounds: list[int], columns: Sequence[str | None]
    ) -> Sequence[Cells]:
        read = [self.places(column) for column in columns]
        told = [places[row] for row in index for places in read]
        ends = [end * len(read) for end in bounds]
        return [tuple(told[begin:end]) for begin, end in pairwise(ends)]


def _places(rows: Iterable[Row], column: str | None) -> Iterator[str]:
    for row in rows:
        yield str(row.origin if column is None else row.place(column))


def nowhere(rows: SheetRows, n: int) -> Bools:
    """The subjects that have no row of a sheet."""
    return np.asarray(np.bincount(rows.subject, minlength=n) == 0)
