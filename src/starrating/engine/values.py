"""Values of which not everything is known: intervals, three-valued truth, none (step 0).

A known fact is an interval whose ends meet, a text, a date, or yes/no. `NONE` says that the
fact does not exist (the secretary's post is not vacant); `Unknown` that it exists but is not
known here. Ends that are None are without limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from starrating.number import DIVIDED, round_half_up

End = Fraction | None
ZERO = Fraction(0)


class Truth(Enum):
    """Yes, no, or open: what is known of a condition."""

    NO = 0
    OPEN = 1
    YES = 2

    def __and__(self, other: Truth) -> Truth:
        return self if self._value_ <= other._value_ else other

    def __or__(self, other: Truth) -> Truth:
        return self if self._value_ >= other._value_ else other

    def __invert__(self) -> Truth:
        if self is Truth.OPEN:
            return self
        return Truth.NO if self is Truth.YES else Truth.YES

    @staticmethod
    def of(known: bool) -> Truth:
        """Yes or no."""
        return Truth.YES if known else Truth.NO


NO, OPEN, YES = Truth.NO, Truth.OPEN, Truth.YES


class Nothing(Enum):
    """The fact does not exist."""

    NONE = "none"


NONE = Nothing.NONE


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that is not known; `blank` where its cell is simply empty."""

    blank: bool = False


UNKNOWN = Unknown()
BLANK = Unknown(blank=True)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; an end of None has no limit."""

    low: End
    high: End

    @staticmethod
    def at(number: Fraction | int) -> Interval:
        """The known number."""
        exact = number if type(number) is Fraction else Fraction(number)
        return Interval(exact, exact)

    @property
    def known(self) -> bool:
        """Whether the ends meet."""
        return self.low is not None and (self.low is self.high or self.low == self.high)

    @property
    def number(self) -> Fraction:
        """The known number; asking it of an open interval is a programming error."""
        if self.low is None or not (self.low is self.high or self.low == self.high):
            raise ValueError(f"{self} is not known")
        return self.low

    def __add__(self, other: Interval) -> Interval:
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(_minus(self.high), _minus(self.low))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if self.known and other.known:
            return Interval.at(self.number * other.number)
        corners = [
            _times(one, one_up, two, two_up)
            for one, one_up in ((self.low, False), (self.high, True))
            for two, two_up in ((other.low, False), (other.high, True))
        ]
        ends = [corner for corner in corners if not isinstance(corner, str)]
        return Interval(
            None if "-" in corners else min(ends),
            None if "+" in corners else max(ends),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; a divisor that may be 0 leaves everything open."""
        if other.low is not None and other.low > 0:
            high = Fraction(0) if other.high is None else 1 / other.high
            return self * Interval(high, 1 / other.low)
        if other.high is not None and other.high < 0:
            return -(self / -other)
        return ANY

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def clamp(self, floor: End, cap: End) -> Interval:
        """Both ends moved inside [floor, cap]; a limit of None does not bind."""
        return Interval(_inside(self.low, floor, cap, floor), _inside(self.high, floor, cap, cap))

    def less(self, other: Interval, *, equal: bool = False) -> Truth:
        """Whether self < other (or <=)."""
        if _below(self.high, other.low, equal=equal):
            return YES
        return NO if _below(other.high, self.low, equal=not equal) else OPEN

    def same(self, other: Interval) -> Truth:
        """Whether self = other."""
        if self.known and other.known:
            return Truth.of(self.low == other.low)
        apart = self.less(other) is YES or other.less(self) is YES
        return NO if apart else OPEN


NIL = Interval(ZERO, ZERO)
ANY = Interval(None, None)
UNLIMITED = Interval(ZERO, None)
"""A quantity of which nothing is known: from 0 on."""

Value = Interval | str | date | Truth | Nothing | Unknown


def rounded(interval: Interval) -> Interval:
    """Both ends as points that something divided became: half-up, 4 decimals, at once (step 8)."""
    return Interval(_round(interval.low), _round(interval.high))


def larger(one: Interval, two: Interval) -> Interval:
    """The larger of two quantities."""
    lows = [low for low in (one.low, two.low) if low is not None]
    high = None if one.high is None or two.high is None else max(one.high, two.high)
    return Interval(max(lows, default=None), high)


def known(value: Value) -> bool:
    """Whether nothing about the value is open."""
    if isinstance(value, Interval):
        return value.known
    return not isinstance(value, Unknown) and value is not OPEN


def as_number(truth: Truth) -> Interval:
    """Yes as 1, no as 0."""
    return Interval(Fraction(truth is YES), Fraction(truth is not NO))


def as_interval(value: Value) -> Interval | Nothing:
    """The value as a number: yes is 1, no is 0, the unknown is anything."""
    if isinstance(value, Interval):
        return value
    if isinstance(value, Truth):
        return as_number(value)
    if value is NONE:
        return NONE
    return ANY


def as_truth(value: Value) -> Truth:
    """The value as a condition: a number is yes when it is not 0, none is no."""
    if isinstance(value, Truth):
        return value
    if isinstance(value, Unknown):
        return OPEN
    if isinstance(value, Interval):
        return ~value.same(NIL)
    return Truth.of(value is not NONE and value != "")


def _plus(one: End, two: End) -> End:
    return None if one is None or two is None else one + two


def _minus(end: End) -> End:
    return None if end is None else -end


def _round(end: End) -> End:
    return None if end is None else round_half_up(end, DIVIDED)


def _below(high: End, low: End, *, equal: bool) -> bool:
    """Whether all numbers up to `high` are less than (or equal to) all from `low` on."""
    return high is not None and low is not None and (high < low or (equal and high == low))


def _sign(end: End, up: bool) -> int:
    if end is None:
        return 1 if up else -1
    return (end > 0) - (end < 0)


def _times(one: End, one_up: bool, two: End, two_up: bool) -> Fraction | str:
    if one is not None and two is not None:
        return one * two
    sign = _sign(one, one_up) * _sign(two, two_up)
    return ZERO if sign == 0 else ("+" if sign > 0 else "-")


def _inside(end: End, floor: End, cap: End, open_end: End) -> End:
    if end is None:
        return open_end
    if cap is not None and end > cap:
        end = cap
    if floor is not None and end < floor:
        end = floor
    return end
