"""Scores in proportion to what applies, over all ways the open could turn out (steps 7 and 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, choose
from starrating.number import DIVIDED


@dataclass(frozen=True, eq=False)
class Share:
    """Scores and points of one item or section, where they surely and where they may count."""

    score: Exact
    points: Exact
    sure: Bools
    maybe: Bools


def proportion(shares: Sequence[Share], printed: Exact, *, high: bool) -> Exact:
    """Σ scores × printed / Σ points, 0 where nothing applies, rounded to 4 decimals at once.

    What may count brings its score and its points together or not at all. Where only such ones
    are left, any one of them may be the one that applies.
    """
    n = len(printed)
    nil = Exact.at(0, n)
    top, bottom = nil, nil
    for each in shares:
        top = top + choose(each.sure, each.score, nil)
        bottom = bottom + choose(each.sure, each.points, nil)
    some = bottom.sign() > 0
    top, bottom = _widened(shares, top, bottom, some, high=high)
    top, bottom = _alone(shares, top, bottom, ~some, high=high)
    empty = bottom.sign() == 0
    share = choose(empty, nil, top).over(choose(empty, Exact.at(1, n), bottom))
    return (share * printed).rounded(DIVIDED)


def _widened(
    shares: Sequence[Share], top: Exact, bottom: Exact, some: Bools, *, high: bool
) -> tuple[Exact, Exact]:
    """The sums with those of the open that better the quotient.

    The best choice holds exactly those whose own quotient betters the best; the quotient rises
    (falls) from round to round until the choice stands.
    """
    first = (top, bottom)
    for _ in range(len(shares) + 1):
        before = (top, bottom)
        top, bottom = first
        changed = np.zeros(len(some), bool)
        for each in shares:
            betters = some & each.maybe & _better(each, before, high=high)
            top = choose(betters, top + each.score, top)
            bottom = choose(betters, bottom + each.points, bottom)
            changed |= betters
        one, two = top * before[1], before[0] * bottom
        risen = two.less(one) if high else one.less(two)
        top, bottom = choose(risen, top, before[0]), choose(risen, bottom, before[1])
        if not risen.any():
            break
    return top, bottom


def _better(each: Share, before: tuple[Exact, Exact], *, high: bool) -> Bools:
    one, two = each.score * before[1], before[0] * each.points
    return two.less(one) if high else one.less(two)


def _alone(
    shares: Sequence[Share], top: Exact, bottom: Exact, lone: Bools, *, high: bool
) -> tuple[Exact, Exact]:
    """Where nothing surely counts: the best of the open ones by itself."""
    met = np.zeros(len(lone), bool)
    for each in shares:
        here = lone & each.maybe & (each.points.sign() > 0)
        take = here & (~met | _better(each, (top, bottom), high=high))
        top, bottom = choose(take, each.score, top), choose(take, each.points, bottom)
        met |= here
    return top, bottom
