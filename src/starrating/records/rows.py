"""The rows of a table, kept as columns: a row is made when somebody asks for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from starrating.origin import Origin
from starrating.records.coded import Coded
from starrating.records.raw import Places

if TYPE_CHECKING:
    from starrating.records.model import Cell

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


@dataclass(frozen=True)
class Block:
    """The rows that one grid gave, as columns.

    `owners` are the codes of their organisations, `columns` their cells by column, `firsts` the
    first cell of each. A cell stands in the row of that number (`numbers`) and under the
    `letters` of its column, but for those of a row that stand `elsewhere`.
    """

    file: str
    sheet: str
    numbers: Sequence[int]
    firsts: Sequence[str]
    owners: Coded[str]
    columns: Mapping[str, Coded[Cell]]
    letters: Mapping[str, str]
    elsewhere: Mapping[int, Mapping[str, str]]

    def __len__(self) -> int:
        """How many rows."""
        return len(self.numbers)

    def origin(self, row: int) -> Origin:
        """File, sheet and the first cell of a row."""
        return Origin(self.file, sheet=self.sheet, cell=self.firsts[row])

    def places(self, row: int) -> Places:
        """Where the cells of a row stand."""
        return Places(self.letters, self.numbers[row], self.elsewhere.get(row, NOTHING))

    def row(self, row: int) -> Row:
        """The row in that place."""
        cells = {name: column[row] for name, column in self.columns.items()}
        values = {name: cell for name, cell in cells.items() if cell is not None}
        return Row(self.owners[row], values, self.origin(row), self.places(row))

    def rows(self) -> Iterator[Row]:
        """All rows."""
        names = tuple(self.columns)
        lines = zip(*(column.cells() for column in self.columns.values()), strict=True)
        for row, (owner, line) in enumerate(zip(self.owners.cells(), lines, strict=True)):
            values = {
                name: cell for name, cell in zip(names, line, strict=True) if cell is not None
            }
            yield Row(owner, values, self.origin(row), self.places(row))


class Rows(Sequence[Row]):
    """The rows of a table that was read, as blocks of columns one under the other."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = tuple(blocks)
        self._begins = list(accumulate(map(len, self.blocks), initial=0))

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        return tuple(chain.from_iterable(block.rows() for block in self.blocks))

    @cached_property
    def owners(self) -> Coded[str]:
        """The codes of the organisations of the rows."""
        return Coded.joined(block.owners for block in self.blocks)

    def column(self, name: str) -> Coded[Cell]:
        """The cells of a column; where a block lacks it they are blank."""
        return Coded.joined(
            block.columns.get(name) or Coded([None], [0] * len(block)) for block in self.blocks
        )

    def __len__(self) -> int:
        """How many rows."""
        return self._begins[-1]

    def __iter__(self) -> Iterator[Row]:
        """The rows, all made at once."""
        return iter(self._rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        """The row in that place, which alone is made."""
        if isinstance(place, slice) or "_rows" in self.__dict__:
            return self._rows[place]
        whole = range(len(self))[place]
        block = bisect_right(self._begins, whole) - 1
        return self.blocks[block].row(whole - self._begins[block])

    def __eq__(self, other: object) -> bool:
        """Whether the rows are equal."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Equal rows are equally many."""
        return len(self)
