"""The range of a quotient of sums against every choice of its possible terms (steps 4 and 7)."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.groups.quotients import quotient_range
from starrating.engine.values import Interval

tops = st.integers(-6, 6).map(Fraction)
pairs = st.tuples(tops, st.integers(0, 6).map(Fraction))


def choices(possible):
    sizes = range(len(possible) + 1)
    return chain.from_iterable(combinations(possible, size) for size in sizes)


def by_brute_force(sure, possible):
    found = []
    for choice in choices(possible):
        rows = [*sure, *choice]
        bottom = sum(pair[1] for pair in rows)
        if bottom == 0:
            return None
        found.append(sum(pair[0] for pair in rows) / Fraction(bottom))
    return Interval(min(found), max(found))


@given(st.lists(pairs, max_size=3), st.lists(pairs, max_size=5))
def test_the_range_is_that_of_all_choices(sure, possible):
    """A possible row brings numerator and denominator together, or not at all."""
    assert quotient_range(sure, possible) == by_brute_force(sure, possible)


@given(st.lists(pairs, min_size=1, max_size=3), st.lists(pairs, max_size=4))
def test_signs_of_all_denominators_may_turn(sure, possible):
    """Negative denominators throughout give the range of the turned quotient."""
    turned = [(-top, -bottom) for top, bottom in sure], [(-t, -b) for t, b in possible]
    assert quotient_range(*turned) == quotient_range(sure, possible)


@pytest.mark.parametrize(
    ("sure", "possible"),
    [([], []), ([], [(1, 2)]), ([(3, 0)], [(1, 2)]), ([(3, 4)], [(1, -4)])],
)
def test_an_empty_denominator_is_unknown(sure, possible):
    """Where some choice may leave the denominator 0 the quotient is unknown."""
    sure, possible = ([tuple(map(Fraction, pair)) for pair in each] for each in (sure, possible))
    assert quotient_range(sure, possible) is None
