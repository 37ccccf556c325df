"""Scores in proportion to what applies, held to trying every choice of what may apply."""

from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.kernel.scoring.proportions import Share, proportion
from starrating.engine.kernel.values.exact import Exact
from starrating.number import round_half_up

pairs = st.tuples(st.integers(-3, 9), st.integers(1, 9), st.sampled_from(["sure", "maybe", "out"]))


def tried(rows, printed, pick):
    """The extreme over all choices of the open pairs; at least one applies if any may."""
    sure = [row for row in rows if row[2] == "sure"]
    maybe = [row for row in rows if row[2] == "maybe"]
    shares = []
    for size in range(len(maybe) + 1):
        for more in combinations(maybe, size):
            chosen = [*sure, *more]
            if chosen:
                top, bottom = sum(row[0] for row in chosen), sum(row[1] for row in chosen)
                shares.append(Fraction(top, bottom))
    return round_half_up(pick(shares, default=Fraction(0)) * printed, 4)


@given(st.lists(pairs, min_size=1, max_size=6), st.integers(1, 100), st.booleans())
def test_the_best_choice_is_found(rows, printed, high):
    """The rounds end at the least or the most of all choices."""
    shares = [
        Share(
            Exact.at(score, 1),
            Exact.at(points, 1),
            np.array([how == "sure"]),
            np.array([how == "maybe"]),
        )
        for score, points, how in rows
    ]
    found = proportion(shares, Exact.at(printed, 1), high=high).fraction(0)
    assert found == tried(rows, printed, max if high else min)
