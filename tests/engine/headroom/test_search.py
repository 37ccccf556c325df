"""The search finds what trying every choice finds."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.headroom.search import MAX_WAYS, NOTHING, TooMany, Way, fewest, joined


@st.composite
def parts(draw):
    """Some parts with some ways each; picks ascend over the parts, worths may be anything."""
    found, place = [], 0
    for _ in range(draw(st.integers(0, 4))):
        ways = [NOTHING]
        size = draw(st.integers(0, 3))
        for _ in range(size):
            count = draw(st.integers(1, 2))
            picks = tuple(range(place + 1, place + 1 + count))
            place += count
            worth = Fraction(draw(st.integers(0, 6)), 2)
            ways.append(Way(count, draw(st.integers(0, 3)), picks, worth))
        found.append(ways)
    return found


def by_trying(all_parts, need):
    """Every choice of one way a part; the best of those that gain enough."""
    found = []
    for chosen in product(*all_parts):
        way = NOTHING
        for one in chosen:
            way = way + one
        if way.worth >= need:
            found.append(way)
    return min(found, key=lambda way: (way.count, way.days, way.picks), default=None)


@given(parts(), st.integers(1, 16).map(lambda half: Fraction(half, 2)))
def test_as_good_as_trying_everything(all_parts, need):
    """Fewest findings, then fewest days, then the order of the items."""
    assert fewest(all_parts, need) == by_trying(all_parts, need)


def test_too_many_ways_are_told_before_any_is_put_together():
    """What can not be answered costs nothing: no way is added to another."""

    class Untouched(Way):
        def __add__(self, other):
            raise AssertionError

    one = Untouched(1, 0, (1,), Fraction(1))
    with pytest.raises(TooMany):
        joined([[NOTHING, one]] * MAX_WAYS.bit_length())
