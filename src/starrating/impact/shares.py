"""Shapley values in exact fractions: what each of several changes brings, whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.arrays import Exact
from starrating.impact.sides import Column

Ends = tuple[Fraction, Fraction]
"""A figure with facts low and with facts high."""

NOTHING: Ends = (Fraction(0), Fraction(0))
_LIMIT = 2**63 - 1


def plus(one: Ends, two: Ends) -> Ends:
    """The sum, end by end."""
    return one[0] + two[0], one[1] + two[1]


def minus(one: Ends, two: Ends) -> Ends:
    """The difference, end by end."""
    return one[0] - two[0], one[1] - two[1]


def ends_of(column: Column) -> dict[int, Ends]:
    """place → the figure of one organisation, where it is not 0."""
    return _ends(_summed([(1, column[0])], 1), _summed([(1, column[1])], 1))


def shapley(
    players: Sequence[int], values: Callable[[Sequence[frozenset[int]]], Iterable[Column]]
) -> dict[int, dict[int, Ends]]:
    """player → place → its part where it is not 0; at each place the parts add up exactly to
    value(all) − value(none).

    `values` is asked once, for all 2ⁿ sets of players, and gives what each brings to all
    organisations.
    """
    sets = [
        frozenset(chosen)
        for size in range(len(players) + 1)
        for chosen in combinations(players, size)
    ]
    known = dict(zip(sets, values(sets), strict=True))
    orders = factorial(len(players))
    found = {}
    for player in players:
        weights = _weights(player, known, len(players))
        low = _summed([(weight, known[chosen][0]) for chosen, weight in weights.items()], orders)
        if all(column[0] is column[1] for column in known.values()):
            found[player] = _ends(low, low)
            continue
        high = _summed([(weight, known[chosen][1]) for chosen, weight in weights.items()], orders)
        found[player] = _ends(low, high)
    return found


def _weights(
    player: int, known: Mapping[frozenset[int], Column], count: int
) -> dict[frozenset[int], int]:
    """How often each set counts for a player, of count! orders: those that he has joined as the
    last one, less those that he is about to join."""
    found = {}
    for chosen in known:
        size = len(chosen)
        if player in chosen:
            found[chosen] = factorial(size - 1) * factorial(count - size)
        else:
            found[chosen] = -factorial(size) * factorial(count - size - 1)
    return found


@dataclass(frozen=True, eq=False)
class _Sum:
    """Numerators of any size over one denominator."""

    num: NDArray[Any]
    den: int

    def at(self, place: int) -> Fraction:
        """The figure of one organisation."""
        num = self.num[place]
        return Fraction(num if isinstance(num, Fraction) else int(num), self.den)


def _summed(parts: Sequence[tuple[int, Exact]], over: int) -> _Sum:
    """Σ weight × figures / over: in 64 bits where that is proven to hold it, else in integers of
    any size; figures with denominators of their own as fractions."""
    if not all(isinstance(figures.den, int) for _, figures in parts):
        each = [_fractions(figures) * weight for weight, figures in parts]
        return _Sum(np.sum(each, axis=0), over)
    scale = lcm(*(figures.top for _, figures in parts))
    factors = [weight * (scale // figures.top) for weight, figures in parts]
    most = sum(
        abs(factor) * figures.bound for factor, (_, figures) in zip(factors, parts, strict=True)
    )
    kind = np.int64 if most <= _LIMIT else object
    total: NDArray[Any] = np.zeros(len(parts[0][1]), kind)
    for factor, (_, figures) in zip(factors, parts, strict=True):
        total = total + figures.num.astype(kind) * factor
    return _Sum(total, scale * over)


def _fractions(figures: Exact) -> NDArray[Any]:
    return np.array([figures.fraction(place) for place in range(len(figures))], object)


def _ends(low: _Sum, high: _Sum) -> dict[int, Ends]:
    there = np.flatnonzero((low.num != 0) | (high.num != 0)).tolist()
    if low is high:
        return {place: (figure, figure) for place in there for figure in [low.at(place)]}
    return {place: (low.at(place), high.at(place)) for place in there}
