"""Rows in classes: two rows are of one class where no condition tells them apart.

However many measures a sheet serves, what most of them ask of a row is which few conditions it
meets. Rows are put into classes once, and one counting of (subject, class) answers for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.values.marks import Truths

Codes = NDArray[np.integer]
CROWDED = 64
"""From so many classes on those that no row is in are dropped."""


@dataclass(frozen=True, eq=False)
class RowClasses:
    """The class of each row, and what its rows meet: `levels` has a row a class and a column a
    condition (0 no, 1 open, 2 yes), in the order in which the conditions were added."""

    code: Codes
    levels: NDArray[np.uint8]

    @staticmethod
    def one(n: int) -> RowClasses:
        """All n rows in one class, under no condition."""
        return RowClasses(np.zeros(n, np.uint8), np.zeros((1, 0), np.uint8))

    @property
    def count(self) -> int:
        """How many classes."""
        return len(self.levels)

    def by_entry(self, place: Codes, conditions: Sequence[Truths]) -> RowClasses:
        """The classes told apart by conditions on the entries of a column; `place` is the entry
        of each row."""
        own, table = np.unique(_levels(conditions), axis=0, return_inverse=True)
        return self._split(own, table.reshape(-1).astype(narrow(len(own))).take(place))

    def by_row(self, condition: Truths) -> RowClasses:
        """The classes told apart by a condition on the rows themselves."""
        own = np.arange(3, dtype=np.uint8).reshape(3, 1)
        level = condition.sure.view(np.uint8) + condition.may.view(np.uint8)
        return self._split(own, level)

    def _split(self, own: NDArray[np.uint8], code: Codes) -> RowClasses:
        if len(own) == 1:
            return RowClasses(self.code, _beside(self.levels, own))
        if self.count == 1:
            return RowClasses(code, _beside(self.levels, own)).used()
        kind = narrow(self.count * len(own))
        joined = self.code.astype(kind)
        joined *= kind.type(len(own))
        joined += code.astype(kind, copy=False)
        return RowClasses(joined, _beside(self.levels, own)).used()

    def used(self) -> RowClasses:
        """Only the classes that some row is in."""
        if self.count < CROWDED:
            return self
        used = np.bincount(self.code, minlength=self.count) > 0
        if used.all():
            return self
        kept = np.flatnonzero(used)
        table = np.zeros(self.count, narrow(len(kept)))
        table[kept] = np.arange(len(kept))
        return RowClasses(table.take(self.code), self.levels[kept])


def _levels(conditions: Sequence[Truths]) -> NDArray[np.uint8]:
    found = [each.sure.astype(np.uint8) + each.may for each in conditions]
    return np.stack(found, axis=1)


def _beside(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Every row of the first with every row of the second."""
    return np.concatenate([np.repeat(one, len(two), axis=0), np.tile(two, (len(one), 1))], axis=1)


def narrow(count: int) -> np.dtype[np.integer]:
    """The narrowest type that holds the codes of so many classes."""
    return np.dtype(np.uint8 if count <= 1 << 8 else np.uint16 if count <= 1 << 16 else np.int64)
