"""Intervals of exact numbers over arrays: what is known of n quantities (semantics.md step 0).

The rules are those of intervals: ends are combined step by step, an end may have no limit, and
arithmetic with none is none. Where everything is known, low and high are one array and every
operation runs once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.values.alike import Bools, Ints, all_of, any_of
from starrating.engine.kernel.values.exact import Exact, choose
from starrating.engine.kernel.values.marks import (
    HELD,
    UNKNOWN,
    Dates,
    Index,
    States,
    Texts,
    Truths,
    either,
    nones,
    some,
    taken,
)

_Move = Callable[[Exact], Exact]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """n intervals [low, high], both ends included.

    `no_low` and `no_high` tell where an end has no limit (its number there says nothing); None
    is nowhere. Where `state` is unknown both ends are without limit; where it is none the ends
    say nothing. `low is high` and no masks: every number is known.
    """

    low: Exact
    high: Exact
    no_low: Bools | None = None
    no_high: Bools | None = None
    state: States | None = None

    # --- making ----------------------------------------------------------------------------

    @staticmethod
    def known(numbers: Exact, state: States | None = None) -> Numbers:
        """Known numbers; where `state` says unknown, anything."""
        gone = some(state >= UNKNOWN) if state is not None else None
        return Numbers(numbers, numbers, gone, gone, state)

    @staticmethod
    def at(number: Fraction | int, n: int) -> Numbers:
        """The same known number n times."""
        return Numbers.known(Exact.at(number, n))

    @staticmethod
    def between(low: Exact, high: Exact) -> Numbers:
        """Intervals with both ends."""
        return Numbers(low, high)

    @staticmethod
    def anything(n: int, state: States | None = None) -> Numbers:
        """n times all numbers."""
        every, nil = np.ones(n, np.bool_), Exact.at(0, n)
        return Numbers(nil, nil, every, every, state)

    @staticmethod
    def unlimited(n: int) -> Numbers:
        """n quantities of which nothing is known: from 0 on."""
        nil = Exact.at(0, n)
        return Numbers(nil, nil, None, np.ones(n, np.bool_))

    # --- reading ---------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.low)

    @property
    def sharp(self) -> bool:
        """Whether every element is a known number or none, told without looking at them."""
        return self.low is self.high and self.no_low is None and self.no_high is None

    @property
    def certain(self) -> Bools:
        """Where the ends meet; none is no number."""
        n = len(self)
        found = np.ones(n, np.bool_) if self.low is self.high else self.low.same(self.high)
        for mask in (self.no_low, self.no_high):
            if mask is not None:
                found &= ~mask
        return found if self.state is None else found & (self.state == HELD)

    def take(self, index: Index) -> Numbers:
        """The intervals at these places."""
        low = self.low.take(index)
        return Numbers(
            low,
            low if self.low is self.high else self.high.take(index),
            None if self.no_low is None else self.no_low[index],
            None if self.no_high is None else self.no_high[index],
            taken(self.state, index),
        )

    # --- arithmetic ------------------------------------------------------------------------

    def __add__(self, other: Numbers) -> Numbers:
        low = self.low + other.low
        sharp = self.low is self.high and other.low is other.high
        return Numbers(
            low,
            low if sharp else self.high + other.high,
            either(self.no_low, other.no_low),
            either(self.no_high, other.no_high),
            nones(self.state, other.state),
        )

    def __neg__(self) -> Numbers:
        high = -self.low
        low = high if self.low is self.high else -self.high
        return Numbers(low, high, self.no_high, self.no_low, nones(self.state))

    def __sub__(self, other: Numbers) -> Numbers:
        return self + -other

    def __mul__(self, other: Numbers) -> Numbers:
        state = nones(self.state, other.state)
        if self.sharp and other.sharp:
            return Numbers.known(self.low * other.low, state)
        return _product(self, other, state)

    def __truediv__(self, other: Numbers) -> Numbers:
        """The quotient; a divisor that may be 0 leaves everything open."""
        return _quotient(self, other)

    def rounded(self, decimals: int) -> Numbers:
        """Both ends rounded half away from zero: an explicit rounding node (step 8)."""
        low = self.low.rounded(decimals)
        high = low if self.low is self.high else self.high.rounded(decimals)
        return Numbers(low, high, self.no_low, self.no_high, self.state)

    # --- bounds ----------------------------------------------------------------------------

    def clamp(self, floor: Numbers | None, cap: Numbers | None) -> Numbers:
        """Both ends moved inside [floor, cap] (known numbers); None does not bind."""
        low, high, no_low, no_high = self.low, self.high, self.no_low, self.no_high
        if cap is not None:
            low, high = _both(low, high, lambda end: end.minimum(cap.low))
            if no_high is not None:
                high, no_high = choose(no_high, cap.low, high), None
        if floor is not None:
            low, high = _both(low, high, lambda end: end.maximum(floor.low))
            if no_low is not None:
                low, no_low = choose(no_low, floor.low, low), None
        return Numbers(low, high, no_low, no_high, self.state)

    def hull(self, other: Numbers) -> Numbers:
        """The smallest interval that holds both."""
        return Numbers(
            self.low.minimum(other.low),
            self.high.maximum(other.high),
            either(self.no_low, other.no_low),
            either(self.no_high, other.no_high),
            nones(self.state, other.state),
        )

    def larger(self, other: Numbers) -> Numbers:
        """The larger of two quantities."""
        low = self.low.maximum(other.low)
        no_low: Bools | None = None
        if self.no_low is not None:
            low = choose(self.no_low, other.low, low)
        if other.no_low is not None:
            low = choose(other.no_low, self.low, low)
            no_low = None if self.no_low is None else some(self.no_low & other.no_low)
        sharp = self.sharp and other.sharp
        return Numbers(
            low,
            low if sharp else self.high.maximum(other.high),
            no_low,
            either(self.no_high, other.no_high),
            nones(self.state, other.state),
        )

    def smaller(self, other: Numbers) -> Numbers:
        """The smaller of two quantities."""
        return -(-self).larger(-other)

    # --- order -----------------------------------------------------------------------------

    def less(self, other: Numbers, *, equal: bool = False) -> Truths:
        """Whether self < other (or <=)."""
        if self.sharp and other.sharp:
            return Truths.known(self.low.less(other.low, equal=equal))
        sure = _below(self, other, equal=equal)
        return Truths(sure, ~_below(other, self, equal=not equal))

    def same(self, other: Numbers) -> Truths:
        """Whether self = other."""
        if self.sharp and other.sharp:
            return Truths.known(self.low.same(other.low))
        both = self.certain & other.certain
        equal = self.low.same(other.low)
        apart = _below(self, other, equal=False) | _below(other, self, equal=False)
        return Truths(both & equal, np.where(both, equal, ~apart))


Value = Numbers | Truths | Texts | Dates
"""n values of one kind."""


def select(mask: Bools, one: Numbers, two: Numbers) -> Numbers:
    """`one` where the mask holds, else `two`."""
    if one is two or all_of(mask):
        return one
    if not any_of(mask):
        return two
    low = choose(mask, one.low, two.low)
    sharp = one.low is one.high and two.low is two.high
    return Numbers(
        low,
        low if sharp else choose(mask, one.high, two.high),
        _picked(mask, one.no_low, two.no_low),
        _picked(mask, one.no_high, two.no_high),
        pick_state(mask, one.state, two.state),
    )


def restated(numbers: Numbers, state: States) -> Numbers:
    """The numbers with other states: unknown ones are without limit."""
    gone = some(state >= UNKNOWN)
    return Numbers(
        numbers.low,
        numbers.high,
        either(numbers.no_low, gone),
        either(numbers.no_high, gone),
        state if state.any() else None,
    )


def pick_state(mask: Bools, one: States | None, two: States | None) -> States | None:
    """The states of `one` where the mask holds, else of `two`."""
    if one is None and two is None:
        return None
    held = np.int8(HELD)
    return np.where(mask, held if one is None else one, held if two is None else two)


def as_numbers(value: Value) -> Numbers:
    """The values as numbers: yes is 1, no is 0, the unknown is anything, none stays none."""
    n, state = len(value), nones(value.state)
    if isinstance(value, Numbers):
        if value.state is None:
            return value
        return Numbers(value.low, value.high, value.no_low, value.no_high, state)
    if not isinstance(value, Truths):
        return Numbers.anything(n, state)
    low = Exact.whole(value.sure, 1)
    high = low if value.closed else Exact.whole(value.may, 1)
    gone = some(value.state >= UNKNOWN) if value.state is not None else None
    return Numbers(low, high, gone, gone, state)


# --- inside ---------------------------------------------------------------------------------


def _picked(mask: Bools, one: Bools | None, two: Bools | None) -> Bools | None:
    if one is None and two is None:
        return None
    return some(np.where(mask, False if one is None else one, False if two is None else two))


def _both(low: Exact, high: Exact, move: _Move) -> tuple[Exact, Exact]:
    moved = move(low)
    return moved, moved if low is high else move(high)


def _below(one: Numbers, two: Numbers, *, equal: bool) -> Bools:
    """Whether all numbers up to the high end of one are less than (or equal) all of two."""
    found = one.high.less(two.low, equal=equal)
    for mask in (one.no_high, two.no_low):
        if mask is not None:
            found = found & ~mask
    return found


def _product(one: Numbers, two: Numbers, state: States | None) -> Numbers:
    """The hull of the four corners; one without limit has the sign of its factors."""
    corners = [
        _corner(*left, *right)
        for left in ((one.low, one.no_low, -1), (one.high, one.no_high, 1))
        for right in ((two.low, two.no_low, -1), (two.high, two.no_high, 1))
    ]
    low = _outermost(corners, -1)
    high = _outermost(corners, 1)
    return Numbers(low[0], high[0], low[1], high[1], state)


_Corner = tuple[Exact, Ints | None]
"""A product of two ends, and where it is without limit: -1 or 1, else 0."""


def _corner(
    one: Exact, open_one: Bools | None, up: int, two: Exact, open_two: Bools | None, on: int
) -> _Corner:
    product = one * two
    gone = either(open_one, open_two)
    if gone is None:
        return product, None
    first = one.sign() if open_one is None else np.where(open_one, up, one.sign())
    second = two.sign() if open_two is None else np.where(open_two, on, two.sign())
    endless = np.where(gone, first * second, 0)
    return choose(gone, Exact.at(0, len(one)), product), endless


def _outermost(corners: list[_Corner], side: int) -> tuple[Exact, Bools | None]:
    """The lowest (-1) or highest (1) of the finite corners, and where there is no limit."""
    found, endless = corners[0]
    gone = None if endless is None else endless != 0
    beyond = None if endless is None else endless == side
    for number, unlimited in corners[1:]:
        better = number.less(found) if side < 0 else found.less(number)
        if gone is not None:
            better |= gone
        if unlimited is not None:
            better &= unlimited == 0
            beyond = either(beyond, unlimited == side)
        found = choose(better, number, found)
        if gone is not None:
            gone = gone & ~better
    return found, some(beyond)


def _quotient(one: Numbers, two: Numbers) -> Numbers:
    state, n = nones(one.state, two.state), len(one)
    above, below = two.low.sign() > 0, two.high.sign() < 0
    if two.no_low is not None:
        above &= ~two.no_low
    if two.no_high is not None:
        below &= ~two.no_high
    fit = above | below
    divisor = select(below, -two, two) if below.any() else two
    if not fit.all():
        divisor = select(fit, divisor, Numbers.at(1, n))
    unit, nil = Exact.at(1, n), Exact.at(0, n)
    greatest = unit.over(divisor.low)
    if divisor.sharp:
        least = greatest
    else:
        no_high = divisor.no_high
        end = divisor.high if no_high is None else choose(no_high, unit, divisor.high)
        least = unit.over(end) if no_high is None else choose(no_high, nil, unit.over(end))
    found = one * Numbers(least, greatest)
    found = select(below, -found, found) if below.any() else found
    found = found if fit.all() else select(fit, found, Numbers.anything(n))
    return Numbers(found.low, found.high, found.no_low, found.no_high, state)
