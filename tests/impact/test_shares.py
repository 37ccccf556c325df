"""Shapley values."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from starrating.impact.shares import shapley

NUMBERS = st.fractions(min_value=-10, max_value=10, max_denominator=100)


@st.composite
def games(draw):
    """A game of up to five players: a pair of numbers for each set of them."""
    count = draw(st.integers(1, 5))
    sets = [frozenset(n for n in range(count) if mask >> n & 1) for mask in range(2**count)]
    values = {each: (draw(NUMBERS), draw(NUMBERS)) for each in sets}
    return tuple(range(count)), values


@given(games())
def test_parts_add_up(game):
    """The parts come exactly to what all bring together."""
    players, values = game
    parts = shapley(players, values.__getitem__)
    for end in (0, 1):
        whole = values[frozenset(players)][end] - values[frozenset()][end]
        assert sum(part[end] for part in parts.values()) == whole


@given(games(), NUMBERS)
def test_who_adds_the_same_to_every_set_gets_that(game, alone):
    """A player that only adds his own brings his own."""
    players, values = game
    stranger = len(players)

    def value(chosen):
        low, high = values[chosen - {stranger}]
        own = alone if stranger in chosen else 0
        return low + own, high + own

    assert shapley((*players, stranger), value)[stranger] == (alone, alone)


@given(games())
def test_equals_share_equally(game):
    """Where only the number of players counts, all get the same."""
    players, values = game
    by_size = {len(each): value for each, value in values.items()}
    parts = shapley(players, lambda chosen: by_size[len(chosen)])
    assert len(set(parts.values())) == 1


def test_two_that_overlap():
    """Two that each take all alone share it by halves."""
    parts = shapley((0, 1), lambda chosen: (Fraction(-3 if chosen else 0),) * 2)
    assert parts == {0: (Fraction(-3, 2),) * 2, 1: (Fraction(-3, 2),) * 2}
