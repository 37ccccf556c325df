"""Intervals hold every number that the parts could turn out to be (semantics.md step 0)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.values import (
    ANY,
    BLANK,
    NIL,
    NO,
    NONE,
    OPEN,
    UNKNOWN,
    YES,
    Interval,
    Truth,
    as_interval,
    as_truth,
    known,
    larger,
    rounded,
)

numbers = st.integers(-12, 12).map(lambda whole: Fraction(whole, 3))


@st.composite
def drawn(draw):
    """An interval, often without a limit, and a number inside it."""
    number = draw(numbers)
    low = draw(st.none() | st.integers(0, 6).map(lambda by: number - Fraction(by, 2)))
    high = draw(st.none() | st.integers(0, 6).map(lambda by: number + Fraction(by, 2)))
    return Interval(low, high), number


def holds(interval, number):
    return (interval.low is None or interval.low <= number) and (
        interval.high is None or number <= interval.high
    )


@given(drawn(), drawn())
def test_sums_differences_products_hold_the_results(one, two):
    """+, − and × hold the result of every pair of numbers inside."""
    (left, a), (right, b) = one, two
    assert holds(left + right, a + b)
    assert holds(left - right, a - b)
    assert holds(left * right, a * b)


@given(drawn(), drawn())
def test_quotients_hold_the_results(one, two):
    """÷ holds the quotient wherever there is one."""
    (left, a), (right, b) = one, two
    if b != 0:
        assert holds(left / right, a / b)


@given(drawn(), drawn())
def test_hull_larger_and_clamp_hold_the_results(one, two):
    """The hull holds both, `larger` the larger, a clamp the clamped number."""
    (left, a), (right, b) = one, two
    assert holds(left.hull(right), a)
    assert holds(left.hull(right), b)
    assert holds(larger(left, right), max(a, b))
    assert holds(left.clamp(Fraction(-1), Fraction(1)), min(max(a, -1), 1))


@given(drawn(), drawn())
def test_comparisons_are_sure_only_of_what_is_so(one, two):
    """A comparison that is yes (no) is so of every pair of numbers inside."""
    (left, a), (right, b) = one, two
    for truth, fact in (
        (left.less(right), a < b),
        (left.less(right, equal=True), a <= b),
        (left.same(right), a == b),
    ):
        assert truth is OPEN or truth is Truth.of(fact)


@given(numbers, numbers, numbers)
def test_products_of_known_numbers_are_exact(a, b, c):
    """Arithmetic on known numbers is arithmetic."""
    assert Interval.at(a) * Interval.at(b) + Interval.at(c) == Interval.at(a * b + c)


@given(drawn())
def test_rounding_keeps_the_order_of_the_ends(one):
    """Rounding moves both ends by less than a step and keeps the number inside."""
    interval, number = one
    assert holds(rounded(interval), rounded(Interval.at(number)).number)


@pytest.mark.parametrize("one", [NO, OPEN, YES])
@pytest.mark.parametrize("two", [NO, OPEN, YES])
def test_three_valued_logic(one, two):
    """and, or and not give what all ways to settle the open parts agree on."""
    ways = {NO: (False,), OPEN: (False, True), YES: (True,)}

    def agreed(results):
        return Truth.of(results.pop()) if len(results) == 1 else OPEN

    assert one & two is agreed({a and b for a in ways[one] for b in ways[two]})
    assert one | two is agreed({a or b for a in ways[one] for b in ways[two]})
    assert ~one is agreed({not a for a in ways[one]})


@pytest.mark.parametrize(
    ("value", "number", "truth"),
    [
        (YES, Interval.at(1), YES),
        (OPEN, Interval(Fraction(0), Fraction(1)), OPEN),
        (NONE, NONE, NO),
        (UNKNOWN, ANY, OPEN),
        (NIL, NIL, NO),
        (Interval(Fraction(1), None), Interval(Fraction(1), None), YES),
        ("", ANY, NO),
    ],
)
def test_values_as_numbers_and_as_conditions(value, number, truth):
    """Yes is 1, the unknown anything; a number is yes when it is not 0, none is no."""
    assert (as_interval(value), as_truth(value)) == (number, truth)


@pytest.mark.parametrize(
    ("value", "sure"), [(BLANK, False), (OPEN, False), (ANY, False), (NONE, True), ("甲", True)]
)
def test_known(value, sure):
    """Known is what nothing is open about; that a fact does not exist is known."""
    assert known(value) is sure


def test_the_number_of_an_open_interval_is_not_asked():
    """Asking an open interval for its number is a programming error."""
    with pytest.raises(ValueError, match="not known"):
        _ = ANY.number
