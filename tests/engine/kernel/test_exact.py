"""Exact arrays compute what fractions compute, and refuse what 64 bits do not hold."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from starrating.engine.kernel.values.exact import LIMIT, Exact, TooLarge, choose, joined, order_keys
from starrating.number import round_half_up

NUMBER = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)
PAIRS = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=6)


def forms(numbers):
    """The numbers over one scale, and with denominators of their own."""
    return Exact.of(numbers), Exact.each(numbers)


def told(exact):
    return [exact.fraction(place) for place in range(len(exact))]


@settings(max_examples=30, deadline=None)
@given(PAIRS)
def test_arithmetic(pairs):
    """Sums, products and quotients in both forms."""
    lefts, rights = zip(*pairs, strict=True)
    for left in forms(list(lefts)):
        for right in forms([abs(each) + 1 for each in rights]):
            wanted = [(a, abs(b) + 1) for a, b in pairs]
            assert told(left + right) == [a + b for a, b in wanted]
            assert told(left - right) == [a - b for a, b in wanted]
            assert told(left * right) == [a * b for a, b in wanted]
            assert told(left.over(right)) == [a / b for a, b in wanted]


@settings(max_examples=30, deadline=None)
@given(PAIRS)
def test_order(pairs):
    """Comparisons cross-multiply; the smaller, the larger and a choice keep the numbers."""
    lefts, rights = (list(each) for each in zip(*pairs, strict=True))
    for left in forms(lefts):
        for right in forms(rights):
            assert left.less(right).tolist() == [a < b for a, b in pairs]
            assert left.less(right, equal=True).tolist() == [a <= b for a, b in pairs]
            assert left.same(right).tolist() == [a == b for a, b in pairs]
            assert told(left.minimum(right)) == [min(pair) for pair in pairs]
            assert told(left.maximum(right)) == [max(pair) for pair in pairs]
            mask = np.arange(len(pairs)) % 2 == 0
            picked = [b if place % 2 else a for place, (a, b) in enumerate(pairs)]
            assert told(choose(mask, left, right)) == picked
            assert told(joined([left, right])) == [*lefts, *rights]


@settings(max_examples=30, deadline=None)
@given(st.lists(NUMBER, min_size=1, max_size=8), st.integers(0, 4))
def test_rounding(numbers, decimals):
    """Half away from zero, and whole numbers below and above."""
    for exact in forms(numbers):
        rounded = exact.rounded(decimals)
        assert told(rounded) == [round_half_up(each, decimals) for each in numbers]
        assert told(exact.floor()) == [each // 1 for each in numbers]
        assert told(exact.ceiling()) == [-(-each // 1) for each in numbers]
        assert told(exact.reduced()) == numbers


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(NUMBER, st.fractions(0, 1, max_denominator=2**33)), min_size=1, max_size=8)
)
def test_order_keys(numbers):
    """Keys order and equal as the numbers do, whatever their denominators."""
    for exact in forms(numbers):
        keys = order_keys(exact).tolist()
        order = sorted(set(numbers))
        assert keys == [order.index(each) for each in numbers]


@pytest.mark.parametrize(
    "compute",
    [
        lambda big: big * big,
        lambda big: big + big,
        lambda big: (big + Exact.at(Fraction(1, 3), 1)).rounded(4),
        lambda _big: Exact.of([Fraction(LIMIT + 1)]),
        lambda _big: Exact.at(LIMIT + 1, 1),
    ],
)
def test_refused(compute):
    """What could pass 2⁶³ is refused, never wrapped around."""
    with pytest.raises(TooLarge):
        compute(Exact.whole(np.array([LIMIT - 1])))


def test_loose_bounds_are_looked_at_again():
    """A bound that only could be too large does not refuse numbers that fit."""
    loose = Exact(np.array([2, 3]), 1, LIMIT, 1)
    assert told(loose * loose) == [4, 9]
    assert told(loose + loose) == [4, 6]
