"""Conditions and expressions over arrays of facts of which not everything is known (step 0).

Everything is computed once as if no fact stood in two places; only the elements whose twice-read
facts are not known are computed again, cell by cell (`cells`).
"""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.expressions.cells import cell_passes
from starrating.engine.kernel.expressions.compare import differs_nowhere
from starrating.engine.kernel.expressions.operations import (
    Overflow,
    as_truth,
    choose_value,
    value_of,
)
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import TooLarge
from starrating.engine.kernel.values.marks import HELD, UNKNOWN, Dates, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers, select
from starrating.rulebook import expressions as ex


def judge(expr: ex.Expr, facts: Facts) -> Truths:
    """The truth of a condition over all ways its unknown facts could turn out."""
    try:
        return _judged(expr, facts)
    except TooLarge:
        raise Overflow(expr.origin) from None


def evaluate(expr: ex.Expr, facts: Facts) -> Value:
    """The values of an expression; arithmetic ones as the hull over the cells."""
    try:
        return _evaluated(expr, facts)
    except TooLarge:
        raise Overflow(expr.origin) from None


def _judged(expr: ex.Expr, facts: Facts) -> Truths:
    whole = as_truth(value_of(expr, facts))
    never = np.zeros(facts.n, np.bool_)
    yes, no = never.copy(), never.copy()
    split = never
    for part in cell_passes(expr, facts):
        found = as_truth(value_of(expr, part.facts, part.split))
        split = part.of
        yes[part.at] |= found.may
        no[part.at] |= ~found.sure
    if split is never:
        return whole
    sure, may = np.where(split, ~no, whole.sure), np.where(split, yes, whole.may)
    return Truths(sure, may)


def _evaluated(expr: ex.Expr, facts: Facts) -> Value:
    whole = value_of(expr, facts)
    hull: _Hull | None = None
    for part in cell_passes(expr, facts):
        found = value_of(expr, part.facts, part.split)
        if hull is None:
            hull = _Hull(part.of)
        hull.take_in(found, part.at)
    return whole if hull is None else hull.over(whole)


class _Hull:
    """The smallest value that holds all values met, for each element of `of`."""

    def __init__(self, of: Bools) -> None:
        self.of = of
        self.value: Value | None = None
        self.met = np.zeros(len(of), np.bool_)

    def take_in(self, found: Value, at: Ints) -> None:
        """Widen by the values found at these places."""
        spread = _spread(found, at, len(self.of))
        here = np.zeros(len(self.of), np.bool_)
        here[at] = True
        if self.value is None:
            self.value, self.met = spread, here
            return
        both = here & self.met
        widened = hull_of(self.value, spread)
        self.value = choose_value(here & ~self.met, spread, choose_value(both, widened, self.value))
        self.met = self.met | here

    def over(self, whole: Value) -> Value:
        """The hulls, and `whole` where nothing was split."""
        assert self.value is not None
        return choose_value(self.of, self.value, whole)


def _spread(found: Value, at: Ints, n: int) -> Value:
    """The values at their places among n; what stands elsewhere says nothing."""
    index = np.zeros(n, np.int64)
    index[at] = np.arange(len(at))
    return found.take(index)


def hull_of(one: Value, two: Value) -> Value:
    """The smallest value that holds each pair: unequal texts, dates or states are unknown."""
    alike = differs_nowhere(one, two)
    if alike.all():
        return one
    if isinstance(one, (Texts, Dates)) or type(one) is not type(two):
        return choose_value(alike, one, _unknown_like(one))
    stateless = _held(one) & _held(two)
    if isinstance(one, Truths) and isinstance(two, Truths):
        wider: Value = Truths(one.sure & two.sure, one.may | two.may)
    else:
        first, second = as_numbers(one), as_numbers(two)
        hull = first.hull(second)
        wider = Numbers(hull.low, hull.high, hull.no_low, hull.no_high)
    return choose_value(alike, one, choose_value(stateless, wider, _unknown_like(one)))


def _held(value: Value) -> Bools:
    return np.ones(len(value), np.bool_) if value.state is None else np.asarray(value.state == HELD)


def _unknown_like(value: Value) -> Value:
    """n unknown facts of the kind of `value`."""
    n = len(value)
    state = np.full(n, UNKNOWN, np.int8)
    if isinstance(value, Numbers):
        return Numbers.anything(n, state)
    if isinstance(value, Truths):
        return Truths.held(np.zeros(n, np.bool_), state)
    if isinstance(value, Dates):
        return Dates(np.ones(n, np.int64), state)
    return Texts(np.zeros(n, np.int64), value.vocabulary or ("",), state)


__all__ = ["evaluate", "hull_of", "judge", "select"]
