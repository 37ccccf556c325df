"""A column as its different cells and which of them stands in each row.

Columns repeat themselves: what is asked of a cell is asked once for all that are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
U = TypeVar("U", bound=Hashable)

_NUMBERS = frozenset((bool, int, float, Decimal, Fraction))
"""Kinds of which some are equal to some of another: True, 1 and 1.0."""
_WRITTEN = frozenset((Decimal, datetime, time))
"""Kinds of which equal ones may be written differently: 1.0 and 1.00."""


@dataclass(frozen=True, slots=True)
class Coded(Generic[T]):
    """A column: `words` are its different cells, `codes` tells for each row which one stands there.

    Words of different kinds are different, though they be equal. Some may stand in no row, and
    what is not made by `of` or `turned` may hold one twice.
    """

    words: Sequence[T]
    codes: Sequence[int]

    @classmethod
    def of(cls, cells: Sequence[T]) -> Coded[T]:
        """The column of these cells; its words are in the order in which they come first."""
        kinds = set(map(type, cells))
        if len(kinds & _NUMBERS) > 1 or kinds & _WRITTEN:
            keys: Sequence[Hashable] = list(map(_key, cells))
        else:
            keys = cells
        words = dict(zip(keys, cells, strict=True))
        places = {key: place for place, key in enumerate(words)}
        return cls(list(words.values()), list(map(places.__getitem__, keys)))

    @classmethod
    def joined(cls, columns: Iterable[Coded[T]]) -> Coded[T]:
        """Columns one under the other."""
        parts = tuple(columns)
        if len(parts) == 1:
            return parts[0]
        words = list(chain.from_iterable(part.words for part in parts))
        codes: list[int] = []
        begin = 0
        for part in parts:
            codes.extend(code + begin for code in part.codes)
            begin += len(part.words)
        return cls(words, codes).turned(lambda word: word)

    @staticmethod
    def beside(columns: Sequence[Coded[U]]) -> Coded[tuple[U, ...]]:
        """Columns of the same rows as one column: the cells of a row together."""
        lines = Coded.of(list(zip(*(column.codes for column in columns), strict=True)))
        words = [column.words for column in columns]
        return Coded(
            [
                tuple(own[code] for own, code in zip(words, line, strict=True))
                for line in lines.words
            ],
            lines.codes,
        )

    def __len__(self) -> int:
        """How many rows."""
        return len(self.codes)

    def __getitem__(self, row: int) -> T:
        """The cell of a row."""
        return self.words[self.codes[row]]

    def cells(self) -> Iterator[T]:
        """The cells from the first row to the last."""
        return map(self.words.__getitem__, self.codes)

    def take(self, rows: Sequence[int]) -> Coded[T]:
        """The column of these rows, in their order."""
        return Coded(self.words, list(map(self.codes.__getitem__, rows)))

    def replaced(self, cells: Mapping[int, T]) -> Coded[T]:
        """The column with other cells in some rows."""
        if not cells:
            return self
        codes = list(self.codes)
        for code, row in enumerate(cells, len(self.words)):
            codes[row] = code
        return Coded([*self.words, *cells.values()], codes)

    def recoded(self, words: Iterable[U]) -> Coded[U]:
        """The column with other words in place of its own, in their order; equal ones become one."""
        own = Coded.of(list(words))
        return Coded(own.words, list(map(own.codes.__getitem__, self.codes)))

    def turned(self, read: Callable[[T], U]) -> Coded[U]:
        """The column of what `read` makes of its cells; it is asked once for each word."""
        return self.recoded(map(read, self.words))

    def repeated(self) -> Iterator[tuple[int, int]]:
        """The rows whose cell stands in one above, each with the first such row."""
        if len(set(self.codes)) < len(self.codes):
            first: dict[int, int] = {}
            for row, code in enumerate(self.codes):
                above = first.setdefault(code, row)
                if above != row:
                    yield row, above

    def where(self, holds: Callable[[T], bool]) -> list[int]:
        """The rows in whose cell something holds; it is asked once for each word."""
        true = {code for code, word in enumerate(self.words) if holds(word)}
        return [row for row, code in enumerate(self.codes) if code in true] if true else []


def _key(cell: Hashable) -> Hashable:
    """What tells a cell from all that differ from it."""
    return type(cell), str(cell) if type(cell) in _WRITTEN else cell
