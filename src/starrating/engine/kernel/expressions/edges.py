"""Stretches of numbers between the edges that a condition compares with (cells of numbers)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import Exact, choose, joined, order_keys
from starrating.engine.kernel.values.numbers import Numbers

_LAST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class NumberCell:
    """One stretch or point for n elements, where it is `valid`."""

    valid: Bools
    hull: Numbers
    sample: Numbers


def number_cells(edges: Sequence[tuple[Exact, Bools]], bounds: Numbers) -> Iterator[NumberCell]:
    """The points at the edges and the stretches between, below and above them.

    Each edge is a number an element, where its mask holds; equal ones are one. A cell is valid
    where some number inside the bounds lies in it; the ends of a stretch are not in it.
    """
    n = len(bounds)
    keys = order_keys(joined([edge for edge, _ in edges])).reshape(len(edges), n)
    keys[~np.array([valid for _, valid in edges])] = _LAST
    order = np.argsort(keys, axis=0, kind="stable")
    ranked = np.take_along_axis(keys, order, axis=0)
    ranked[1:][ranked[1:] == ranked[:-1]] = _LAST
    again = np.argsort(ranked, axis=0, kind="stable")
    order, ranked = np.take_along_axis(order, again, axis=0), np.sort(ranked, axis=0)
    every = joined([edge for edge, _ in edges])
    points = [every.take(place * n + np.arange(n)) for place in order]
    there = [ranks != _LAST for ranks in ranked]
    yield _stretch(None, None, points[0], there[0], bounds)
    for place, point in enumerate(points):
        known = Numbers.known(point)
        valid = there[place] & _touching(known, bounds, known=True)
        yield NumberCell(valid, known, known)
        last = place + 1 == len(points)
        after = None if last else points[place + 1]
        beyond = np.zeros(n, np.bool_) if last else there[place + 1]
        yield _stretch(point, there[place], after, beyond, bounds)


def _stretch(
    low: Exact | None, has_low: Bools | None, high: Exact | None, has_high: Bools, bounds: Numbers
) -> NumberCell:
    """From `low` (without limit where there is none) up to `high` where there is one."""
    n = len(bounds)
    one, half = Exact.at(1, n), Exact.at(Fraction(1, 2), n)
    nil = Exact.at(0, n)
    top = nil if high is None else high
    if low is None:
        sample, bottom, no_low = top - one, nil, np.ones(n, np.bool_)
        valid = has_high
    else:
        middle = (low + top) * half
        sample, bottom, no_low = choose(has_high, middle, low + one), low, None
        assert has_low is not None
        valid = has_low
    hull = Numbers(bottom, top, no_low, ~has_high)
    return NumberCell(valid & _touching(hull, bounds, known=False), hull, Numbers.known(sample))


def _touching(hull: Numbers, bounds: Numbers, *, known: bool) -> Bools:
    apart = bounds.less(hull, equal=not known).sure | hull.less(bounds, equal=not known).sure
    return ~apart
