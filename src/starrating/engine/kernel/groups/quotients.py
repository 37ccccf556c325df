"""The exact range of quotients of sums of which some terms may or may not count (step 4).

A row that may count brings its numerator and its denominator together or not at all.
"""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import Exact, choose
from starrating.engine.kernel.values.numbers import Numbers


def quotient_range(
    rows: Segments, top: Exact, bottom: Exact, sure: Bools, maybe: Bools
) -> tuple[Numbers, Bools]:
    """[lowest, highest] of Σ top / Σ bottom over all choices of the rows that may count.

    The mask tells the subjects where some choice may leave the denominator 0, or turn its sign:
    their quotient is unknown, and what stands for it says nothing.
    """
    above, below = rows.sum(top, sure), rows.sum(bottom, sure)
    if not maybe.any():
        return of_sums(above, below)
    turned = below.num < 0
    if turned.any():
        above, below = choose(turned, -above, above), choose(turned, -below, below)
        by_row = turned[rows.subject]
        top, bottom = choose(by_row, -top, top), choose(by_row, -bottom, bottom)
    gone = below.num == 0
    below = choose(gone, Exact.at(1, rows.n), below)
    gone |= rows.any(maybe & (bottom.num < 0))
    part = rows.where(maybe & ~gone[rows.subject])
    at = np.flatnonzero(maybe & ~gone[rows.subject])
    top, bottom = top.take(at), bottom.take(at)
    low = -_highest(part, -above, below, -top, bottom)
    return Numbers(low, _highest(part, above, below, top, bottom)), gone


def of_sums(above: Exact, below: Exact) -> tuple[Numbers, Bools]:
    """The quotient of two sums, and where there is none because the second is 0."""
    turned = below.num < 0
    if turned.any():
        above, below = choose(turned, -above, above), choose(turned, -below, below)
    gone = below.num == 0
    below = choose(gone, Exact.at(1, len(below)), below)
    return Numbers.known(above.over(below)), gone


def _highest(rows: Segments, above: Exact, below: Exact, top: Exact, bottom: Exact) -> Exact:
    """The highest quotient over all choices of rows (Dinkelbach): a row counts while it lifts the
    quotient so far; each round lifts it until none does."""
    best = above.over(below)
    while True:
        lifts = (best.take(rows.subject) * bottom).less(top)
        next_ = (above + rows.sum(top, lifts)).over(below + rows.sum(bottom, lifts))
        if bool(next_.same(best).all()):
            return best
        best = next_
