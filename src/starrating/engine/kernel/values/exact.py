"""Exact numbers over arrays: whole numerators over a denominator, overflow refused.

The denominator is one integer for the whole array (its scale) as long as nothing was divided; a
quotient has a denominator of its own for each element. `bound` and `top` are proven bounds of
numerator and denominator: most operations prove from them that 64 bits hold the result without
looking at the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.values.alike import (
    Bools,
    Ints,
    all_of,
    any_of,
    constant,
    gathered,
    nowhere,
    of_constants,
    repeated,
)

LIMIT = 2**63 - 1
_T = TypeVar("_T")
_DIGIT = 31
"""Bits of one binary digit of a fraction's ordering key."""


class TooLarge(ArithmeticError):
    """Exact integers could pass 2⁶³: the plan is refused with the place (semantics.md step 8)."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """n exact numbers `num / den`; every denominator is positive.

    `num` has the shape (n,). `den` is an int, or an array of the same shape. |num| ≤ bound and
    den ≤ top hold for every element.
    """

    num: Ints
    den: int | Ints
    bound: int
    top: int

    # --- making ----------------------------------------------------------------------------

    @staticmethod
    def whole(num: NDArray[np.integer] | Bools, bound: int | None = None, den: int = 1) -> Exact:
        """Whole numbers over one scale; the bound is looked up where it is not given."""
        wide = np.asarray(num, np.int64)
        return Exact(wide, den, _most(wide) if bound is None else bound, den)

    @staticmethod
    def ratio(num: Ints, den: Ints) -> Exact:
        """Quotients with denominators of their own, all positive."""
        return Exact(num, den, _most(num), _most(den))

    @staticmethod
    def at(number: Fraction | int, n: int) -> Exact:
        """The same number n times (a view: nothing is stored n times)."""
        return _at(number.numerator, number.denominator, n)

    @staticmethod
    def of(numbers: Sequence[Fraction | int]) -> Exact:
        """These numbers, over the least scale that writes them all, if 64 bits hold it."""
        scale = lcm(*{number.denominator for number in numbers})
        scaled = [number.numerator * (scale // number.denominator) for number in numbers]
        bound = max(map(abs, scaled), default=0)
        if bound > LIMIT or scale > LIMIT:
            return Exact.each([Fraction(number) for number in numbers])
        return Exact(np.array(scaled, np.int64), scale, bound, scale)

    @staticmethod
    def each(numbers: Sequence[Fraction]) -> Exact:
        """These numbers, with denominators of their own."""
        num = [number.numerator for number in numbers]
        den = [number.denominator for number in numbers]
        if max((*map(abs, num), *den), default=0) > LIMIT:
            raise TooLarge
        return Exact.ratio(np.array(num, np.int64), np.array(den, np.int64))

    # --- reading ---------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.num)

    def fraction(self, index: int) -> Fraction:
        """One of the numbers."""
        den = self.den if isinstance(self.den, int) else int(self.den[index])
        return Fraction(int(self.num[index]), den)

    def take(self, index: NDArray[np.integer] | Bools) -> Exact:
        """The numbers at these places (or where the mask holds)."""
        den = self.den if isinstance(self.den, int) else gathered(self.den, index)
        return Exact(gathered(self.num, index), den, self.bound, self.top)

    def reduced(self) -> Exact:
        """The same numbers over the smallest scale (or denominators), with bounds looked up."""
        if not isinstance(self.den, int):
            return self.apart()
        common = gcd(self.den, int(np.gcd.reduce(self.num)) if len(self.num) else self.den)
        return Exact.whole(self.num // common, den=self.den // common)

    def apart(self) -> Exact:
        """The same numbers, each over its own smallest denominator."""
        common = np.gcd(self.num, self.den)
        return Exact.ratio(self.num // common, self.den // common)

    # --- arithmetic ------------------------------------------------------------------------

    def __neg__(self) -> Exact:
        return Exact(of_constants(np.negative, self.num), self.den, self.bound, self.top)

    def __add__(self, other: Exact) -> Exact:
        return _narrowly(_add, self, other)

    def __sub__(self, other: Exact) -> Exact:
        return self + -other

    def __mul__(self, other: Exact) -> Exact:
        return _narrowly(_multiply, self, other)

    def over(self, other: Exact) -> Exact:
        """The quotient; every divisor is positive (where it is not, the caller masks it)."""
        upside = Exact(_full(other.den, len(other)), other.num, other.top, other.bound)
        return self * upside

    def rounded(self, decimals: int) -> Exact:
        """Rounded half away from zero to `decimals` places: a scale of 10**decimals."""
        scale = 10**decimals
        if isinstance(self.den, int) and self.writes(decimals):
            num, bound = _scaled(self.num, self.bound, scale // self.den)
            return Exact(num, scale, bound, scale)
        return _rounded(self, scale)

    def writes(self, decimals: int) -> bool:
        """Whether so many decimals write every number, told without looking: none is rounded."""
        return isinstance(self.den, int) and 10**decimals % self.den == 0

    def floor(self) -> Exact:
        """The largest whole numbers not above."""
        return Exact(self.num // self.den, 1, self.bound, 1)

    def ceiling(self) -> Exact:
        """The smallest whole numbers not below."""
        return Exact(-(-self.num // self.den), 1, self.bound, 1)

    # --- order -----------------------------------------------------------------------------

    def less(self, other: Exact, *, equal: bool = False) -> Bools:
        """self < other (or <=)."""
        one, two = _narrowly(_sides, self, other)
        return np.asarray(one <= two if equal else one < two)

    def same(self, other: Exact) -> Bools:
        """self = other."""
        one, two = _narrowly(_sides, self, other)
        return np.asarray(one == two)

    def sign(self) -> Ints:
        """-1, 0 or 1."""
        return of_constants(np.sign, self.num)

    def anywhere(self) -> Bools:
        """Where it is not 0."""
        return nowhere(len(self)) if self.bound == 0 else np.asarray(self.num != 0)

    def minimum(self, other: Exact) -> Exact:
        """The smaller of each pair."""
        return self if self is other else choose(self.less(other, equal=True), self, other)

    def maximum(self, other: Exact) -> Exact:
        """The larger of each pair."""
        return self if self is other else choose(other.less(self, equal=True), self, other)


@lru_cache(maxsize=1024)
def _at(numerator: int, denominator: int, n: int) -> Exact:
    if abs(numerator) > LIMIT or denominator > LIMIT:
        raise TooLarge
    num = repeated(np.int64(numerator), n)
    return Exact(num, denominator, abs(numerator), denominator)


def choose(mask: Bools, one: Exact, two: Exact) -> Exact:
    """`one` where the mask holds, else `two`."""
    if one is two or all_of(mask):
        return one
    if not any_of(mask):
        return two
    if isinstance(one.den, int) and isinstance(two.den, int):
        try:
            left, right, den, bound = aligned(one, two)
        except TooLarge:
            pass
        else:
            return Exact(np.where(mask, left, right), den, bound, _top(den, max(one.top, two.top)))
    num = np.where(mask, one.num, two.num)
    return Exact(
        num,
        np.where(mask, one.den, two.den),
        max(one.bound, two.bound),
        max(one.top, two.top),
    )


def joined(parts: Sequence[Exact]) -> Exact:
    """The numbers of all parts, one after the other."""
    if all(isinstance(part.den, int) for part in parts):
        scale = lcm(*(part.top for part in parts))
        try:
            scaled = [_scaled(part.num, part.bound, scale // part.top) for part in parts]
        except TooLarge:
            pass
        else:
            num = np.concatenate([each for each, _ in scaled])
            return Exact(num, scale, max(bound for _, bound in scaled), scale)
    num = np.concatenate([part.num for part in parts])
    den = np.concatenate([_full(part.den, len(part)) for part in parts])
    return Exact(num, den, max(p.bound for p in parts), max(p.top for p in parts))


def order_keys(numbers: Exact) -> Ints:
    """Dense codes from 0 on that order and equal as the numbers do."""
    if isinstance(numbers.den, int):
        return np.unique(numbers.num, return_inverse=True)[1].astype(np.int64)
    least = numbers.reduced()
    den = _full(least.den, len(least))
    if least.top >= 1 << _DIGIT:
        exact = [least.fraction(index) for index in range(len(least))]
        rank = {number: place for place, number in enumerate(sorted(set(exact)))}
        return np.array([rank[number] for number in exact], np.int64)
    whole, rest = np.divmod(least.num, den)
    # Two fractions of denominators below 2³¹ are more than 2⁻⁶² apart: 62 binary places tell them.
    first, rest = np.divmod(rest << _DIGIT, den)
    second = (rest << _DIGIT) // den
    digits = (first << _DIGIT) | second
    order = np.lexsort((digits, whole))
    differs = np.zeros(len(order), np.int64)
    differs[1:] = (np.diff(whole[order]) != 0) | (np.diff(digits[order]) != 0)
    keys = np.empty(len(order), np.int64)
    keys[order] = np.cumsum(differs)
    return keys


def aligned(one: Exact, two: Exact) -> tuple[Ints, Ints, int | Ints, int]:
    """Both numerators over one common denominator, that denominator, and a bound of both."""
    whole = isinstance(one.den, int) and isinstance(two.den, int)
    if one.den is two.den or (whole and one.den == two.den):
        return one.num, two.num, one.den, max(one.bound, two.bound)
    if isinstance(one.den, int) and isinstance(two.den, int):
        scale = lcm(one.den, two.den)
        left, high = _scaled(one.num, one.bound, scale // one.den)
        right, wide = _scaled(two.num, two.bound, scale // two.den)
        return left, right, scale, max(high, wide)
    common = np.gcd(one.den, two.den)
    by_one, by_two = np.asarray(two.den // common), np.asarray(one.den // common)
    left, high = _times(one.num, one.bound, by_one, two.top)
    right, wide = _times(two.num, two.bound, by_two, one.top)
    den, _ = _times(np.asarray(one.den), one.top, by_one, two.top)
    return left, right, den, max(high, wide)


# --- inside ---------------------------------------------------------------------------------


def _sides(one: Exact, two: Exact) -> tuple[Ints, Ints]:
    """Integers that compare as the numbers do: multiplied crosswise where bounds prove that it
    fits, for the least common denominators cost more."""
    if isinstance(one.den, int) and isinstance(two.den, int):
        return aligned(one, two)[:2]
    if one.den is two.den or max(one.bound * two.top, two.bound * one.top) > LIMIT:
        return aligned(one, two)[:2]
    return one.num * two.den, two.num * one.den


def _add(one: Exact, two: Exact) -> Exact:
    if one.bound == 0 or two.bound == 0:
        return two if one.bound == 0 else one
    left, right, den, bound = aligned(one, two)
    if 2 * bound > LIMIT and _most(left) + _most(right) > LIMIT:
        raise TooLarge
    return Exact(
        of_constants(np.add, left, right), den, min(2 * bound, LIMIT), _top(den, one.top * two.top)
    )


def _multiply(one: Exact, two: Exact) -> Exact:
    num, bound = _times(one.num, one.bound, two.num, two.bound)
    if isinstance(one.den, int) and isinstance(two.den, int):
        den = one.den * two.den
        if den > LIMIT:
            raise TooLarge
        return Exact(num, den, bound, den)
    dens, top = _times(np.asarray(one.den), one.top, np.asarray(two.den), two.top)
    return Exact(num, np.broadcast_to(dens, num.shape), bound, top)


def _rounded(numbers: Exact, scale: int) -> Exact:
    """Half-up: the whole part and the rounded remainder, each over the scale."""
    if numbers.top * (2 * scale + 1) > LIMIT:
        numbers = numbers.apart()
    if numbers.top * (2 * scale + 1) > LIMIT:
        raise TooLarge
    size = np.abs(numbers.num)
    whole, rest = np.divmod(size, numbers.den)
    part = (2 * scale * rest + numbers.den) // (2 * np.asarray(numbers.den))
    base, bound = _scaled(whole, _most(whole), scale)
    if bound + scale > LIMIT:
        raise TooLarge
    return Exact(np.sign(numbers.num) * (base + part), scale, bound + scale, scale)


def _narrowly(operation: Callable[[Exact, Exact], _T], one: Exact, two: Exact) -> _T:
    """The operation, on numbers over their own smallest denominators where it would not fit."""
    try:
        return operation(one, two)
    except TooLarge:
        return operation(one.apart(), two.apart())


def _scaled(num: Ints, bound: int, factor: int) -> tuple[Ints, int]:
    if factor == 1:
        return num, bound
    if bound * factor > LIMIT:
        bound = _most(num)
        if bound * factor > LIMIT:
            raise TooLarge
    return of_constants(np.multiply, num, repeated(np.int64(factor), len(num))), bound * factor


def _times(one: Ints, bound: int, two: Ints, other: int) -> tuple[Ints, int]:
    if bound * other > LIMIT:
        bound, other = _most(one), _most(two)
        if bound * other > LIMIT:
            raise TooLarge
    return of_constants(np.multiply, one, two), bound * other


def _most(num: Ints) -> int:
    """The largest size of an element, 0 of none."""
    if constant(num):
        return abs(int(num[0]))
    return max(int(num.max()), -int(num.min())) if num.size else 0


def _top(den: int | Ints, most: int) -> int:
    return den if isinstance(den, int) else min(most, LIMIT)


def _full(den: int | Ints, n: int) -> Ints:
    return repeated(np.int64(den), n) if isinstance(den, int) else den
