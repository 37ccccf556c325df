"""The exact range of a quotient of sums of which some terms may or may not count (step 4, 7).

A row that may count brings its numerator and its denominator together or not at all: inside
one measure the two are correlated. The same range serves sections from which items may be
left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from starrating.engine.values import Interval
from starrating.number import added

Pair = tuple[Fraction, Fraction]


def quotient_range(sure: Sequence[Pair], possible: Sequence[Pair]) -> Interval | None:
    """[lowest, highest] of Σ numerators / Σ denominators over all choices of the possible pairs.

    None if some choice may leave the denominator 0, or turn its sign: the quotient is then
    unknown.
    """
    top, bottom = added(pair[0] for pair in sure), added(pair[1] for pair in sure)
    if bottom == 0 or any(pair[1] * bottom < 0 for pair in possible):
        return None
    if not possible:
        return Interval.at(top / bottom)
    if bottom < 0:
        top, bottom = -top, -bottom
        possible = [(-pair[0], -pair[1]) for pair in possible]
    low = _best(-top, bottom, [(-pair[0], pair[1]) for pair in possible])
    return Interval(-low, _best(top, bottom, possible))


def _best(top: Fraction, bottom: Fraction, possible: Sequence[Pair]) -> Fraction:
    """The highest quotient: a possible pair counts while it lies above the quotient so far.

    Taking pairs by falling ratio is exact, because a mediant lies between its two fractions.
    """
    top += added(pair[0] for pair in possible if pair[1] == 0 and pair[0] > 0)
    rest = sorted((pair for pair in possible if pair[1] > 0), key=lambda p: -(p[0] / p[1]))
    for numerator, denominator in rest:
        if numerator * bottom <= top * denominator:
            break
        top, bottom = top + numerator, bottom + denominator
    return top / bottom
