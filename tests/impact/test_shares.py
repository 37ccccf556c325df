"""Shapley values."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.kernel.arrays import Exact
from starrating.impact import shares
from starrating.impact.shares import NOTHING, ends_of

ALONE = st.integers(-40, 40).map(lambda number: Fraction(number, 7))


COUNT = st.integers(1, 4)
FIGURES = st.lists(st.integers(-40, 40), min_size=16, max_size=16)


def shapley(players, value):
    """player → his part, of the second of three organisations; the others bring nothing."""

    def column(chosen):
        low, high = value(chosen)
        return Exact.of([0, low, 0]), Exact.of([0, high, 0])

    found = shares.shapley(players, lambda sets: map(column, sets))
    assert all(part.keys() <= {1} for part in found.values())
    return {player: part.get(1, NOTHING) for player, part in found.items()}


def game(count, figures):
    """A game of a few players: two numbers for each set of them."""
    sets = [frozenset(n for n in range(count) if mask >> n & 1) for mask in range(2**count)]
    return tuple(range(count)), {
        each: (Fraction(low, 4), Fraction(low + 1, 3))
        for each, low in zip(sets, figures, strict=False)
    }


GAMES = st.builds(game, COUNT, FIGURES)


@given(GAMES)
def test_parts_add_up(made):
    """The parts come exactly to what all bring together."""
    players, values = made
    parts = shapley(players, values.__getitem__)
    for end in (0, 1):
        whole = values[frozenset(players)][end] - values[frozenset()][end]
        assert sum(part[end] for part in parts.values()) == whole


@given(GAMES, ALONE)
def test_who_adds_the_same_to_every_set_gets_that(made, alone):
    """A player that only adds his own brings his own."""
    players, values = made
    stranger = len(players)

    def value(chosen):
        low, high = values[chosen - {stranger}]
        own = alone if stranger in chosen else 0
        return low + own, high + own

    assert shapley((*players, stranger), value)[stranger] == (alone, alone)


@given(GAMES)
def test_equals_share_equally(made):
    """Where only the number of players counts, all get the same."""
    players, values = made
    by_size = {len(each): value for each, value in values.items()}
    parts = shapley(players, lambda chosen: by_size[len(chosen)])
    assert len(set(parts.values())) == 1


def test_two_that_overlap():
    """Two that each take all alone share it by halves."""
    parts = shapley((0, 1), lambda chosen: (Fraction(-3 if chosen else 0),) * 2)
    assert parts == {0: (Fraction(-3, 2),) * 2, 1: (Fraction(-3, 2),) * 2}


@pytest.mark.parametrize("made", [Exact.of, Exact.each])
def test_figures_of_any_size(made):
    """Numerators that 64 bits can not hold together, over one scale or each over its own."""
    large, small = Fraction(2**61, 3), Fraction(1, 7)

    def value(chosen):
        column = made([large * len(chosen), small * len(chosen) ** 2])
        return column, column

    found = shares.shapley(range(3), lambda sets: map(value, sets))
    assert {part[0] for part in found.values()} == {(large, large)}
    assert {part[1] for part in found.values()} == {(3 * small, 3 * small)}


def test_what_is_nothing_is_left_out():
    """Only figures that are not 0 have a place."""
    low, high = Exact.of([0, 1, 0]), Exact.of([0, 1, Fraction(1, 2)])
    assert ends_of((low, high)) == {1: (1, 1), 2: (0, Fraction(1, 2))}
