"""Shapley values in exact fractions: what each of several changes brings, whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

Ends = tuple[Fraction, Fraction]
"""A figure with facts low and with facts high."""

NOTHING: Ends = (Fraction(0), Fraction(0))


def plus(one: Ends, two: Ends) -> Ends:
    """The sum, end by end."""
    return one[0] + two[0], one[1] + two[1]


def minus(one: Ends, two: Ends) -> Ends:
    """The difference, end by end."""
    return one[0] - two[0], one[1] - two[1]


def shapley(players: Sequence[int], value: Callable[[frozenset[int]], Ends]) -> dict[int, Ends]:
    """player → its part; the parts add up exactly to value(all) − value(none).

    `value` is asked once for each of the 2ⁿ sets of players.
    """
    known = {
        frozenset(chosen): value(frozenset(chosen))
        for size in range(len(players) + 1)
        for chosen in combinations(players, size)
    }
    orders = factorial(len(players))
    found = {}
    for player in players:
        part = NOTHING
        for chosen, before in known.items():
            if player not in chosen:
                size = len(chosen)
                weight = Fraction(factorial(size) * factorial(len(players) - size - 1), orders)
                low, high = minus(known[chosen | {player}], before)
                part = part[0] + weight * low, part[1] + weight * high
        found[player] = part
    return found
