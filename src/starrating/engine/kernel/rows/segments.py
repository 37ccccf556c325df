"""Sums, counts and extremes over the rows of each subject; rows stand in order of their subject."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import LIMIT, Exact, TooLarge


@dataclass(frozen=True, eq=False)
class Segments:
    """The rows of n subjects: `subject` is each row's, ascending."""

    subject: Ints
    n: int

    @cached_property
    def bounds(self) -> Ints:
        """Where each subject's rows begin; one more for the end (shape n + 1)."""
        found = np.zeros(self.n + 1, np.int64)
        np.cumsum(self.lengths, out=found[1:])
        return found

    @cached_property
    def lengths(self) -> Ints:
        """How many rows each subject has."""
        return np.bincount(self.subject, minlength=self.n)

    @cached_property
    def single(self) -> bool:
        """Whether no subject has two rows."""
        return rising(self.subject)

    def count(self, mask: Bools | None = None) -> Ints:
        """How many rows each subject has, where the mask holds."""
        if mask is None:
            return self.lengths
        return np.bincount(self.subject[mask], minlength=self.n)

    def any(self, mask: Bools) -> Bools:
        """Whether the mask holds on some row of each subject."""
        found = np.zeros(self.n, np.bool_)
        found[self.subject[mask]] = True
        return found

    def sum(self, numbers: Exact, mask: Bools | None = None) -> Exact:
        """The sum over each subject's rows where the mask holds."""
        if not isinstance(numbers.den, int):
            return self._sum_of_fractions(numbers, mask)
        num = numbers.num if mask is None else np.where(mask, numbers.num, 0)
        if self.single:
            return Exact(self._spread(num, 0), numbers.den, numbers.bound, numbers.den)
        bound = numbers.bound * int(self.lengths.max(initial=0))
        if bound > LIMIT:
            bound = int(np.abs(num).max(initial=0)) * int(self.lengths.max(initial=0))
            if bound > LIMIT:
                raise TooLarge
        # Running sums may wrap around 2⁶⁴; their differences are exact all the same.
        running = np.zeros(len(num) + 1, np.int64)
        np.cumsum(num, out=running[1:])
        return Exact(np.diff(running[self.bounds]), numbers.den, bound, numbers.den)

    def _sum_of_fractions(self, numbers: Exact, mask: Bools | None) -> Exact:
        """Quotients of rows have denominators of their own: subject by subject."""
        sums = [Fraction(0)] * self.n
        for row, subject in enumerate(self.subject):
            if mask is None or mask[row]:
                sums[subject] += numbers.fraction(row)
        return Exact.each(sums)

    def largest(self, values: Ints, empty: int) -> Ints:
        """The largest value of each subject's rows; `empty` where it has none."""
        if self.single:
            return self._spread(values, empty)
        found = np.full(self.n, empty, np.int64)
        filled = self.lengths > 0
        if filled.any():
            found[filled] = np.maximum.reduceat(values, self.bounds[:-1][filled])
        return found

    def smallest(self, values: Ints, empty: int) -> Ints:
        """The smallest value of each subject's rows; `empty` where it has none."""
        return -self.largest(-values, -empty)

    def _spread(self, values: Ints, empty: int) -> Ints:
        """The value of the only row of each subject; `empty` where it has none."""
        found = np.full(self.n, empty, np.int64)
        found[self.subject] = values
        return found

    def first(self) -> Ints:
        """The first row of each subject; 0 where it has none."""
        return np.where(self.lengths > 0, self.bounds[:-1], 0)

    def where(self, mask: Bools) -> Segments:
        """Only the rows where the mask holds."""
        return Segments(self.subject[mask], self.n)


def rising(subject: Ints) -> bool:
    """Whether each is greater than the one before: rows in order of which no two share one."""
    return bool((subject[1:] > subject[:-1]).all())
