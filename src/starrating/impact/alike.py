"""Where effects and items of two versions differ in what they do to a score."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Numbers, Truths
from starrating.engine.kernel.scoring.clauses import final_where, sets_where
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns


def effects_differ(one: Effect | None, two: Effect | None, n: int) -> Bools:
    """Where two clauses do something else to an item, whatever they are called."""
    if one is None or two is None:
        return np.full(n, one is not two)
    if one is two:
        return np.zeros(n, bool)
    other_shape = (
        one.form != two.form
        or len(one.inner) != len(two.inner)
        or (bool(one.inner) and one.plan.clause.up_to != two.plan.clause.up_to)
    )
    if other_shape:
        return np.asarray((one.applies | two.applies) | (one.applies != two.applies))
    differ = _truths(one.when, two.when) | _numbers(one.gain, two.gain)
    differ |= final_where(one) != final_where(two)
    differ |= sets_where(one) != sets_where(two)
    if one.sets is not None and two.sets is not None:
        differ |= _numbers(one.sets, two.sets)
    for left, right in zip(one.inner, two.inner, strict=True):
        differ |= effects_differ(left, right, n)
    return np.asarray((differ & one.applies & two.applies) | (one.applies != two.applies))


def columns_differ(one: ItemColumns, two: ItemColumns) -> Bools:
    """Where two scores count differently in their section."""
    if one is two:
        return np.zeros(len(one.gone), bool)
    return np.asarray(
        (one.base != two.base)
        | (one.on_section != two.on_section)
        | (one.gone != two.gone)
        | ~one.points.same(two.points)
        | _truths(one.applies, two.applies)
        | _numbers(one.inside, two.inside)
        | _numbers(one.score, two.score)
    )


def truths_equal(one: Truths | None, two: Truths | None) -> bool:
    """Whether two answers are the same everywhere; None is nowhere."""
    if one is None or two is None:
        rest = two if one is None else one
        return rest is None or not rest.may.any()
    return not _truths(one, two).any()


def _truths(one: Truths, two: Truths) -> Bools:
    return np.asarray((one.sure != two.sure) | (one.may != two.may))


def _numbers(one: Numbers, two: Numbers) -> Bools:
    low = _ends(one.low, one.no_low, two.low, two.no_low)
    if one.sharp and two.sharp:
        return low
    return low | _ends(one.high, one.no_high, two.high, two.no_high)


def _ends(one: Exact, no_one: Bools | None, two: Exact, no_two: Bools | None) -> Bools:
    apart = ~one.same(two)
    if no_one is None and no_two is None:
        return apart
    nowhere = np.zeros(len(one), bool)
    gone, lost = (nowhere if each is None else each for each in (no_one, no_two))
    return np.asarray((gone != lost) | (apart & ~gone & ~lost))
