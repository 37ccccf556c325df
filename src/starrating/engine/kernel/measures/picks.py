"""The least, greatest and latest of the rows of all subjects (step 4)."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.expressions.formulas import hull_of
from starrating.engine.kernel.expressions.operations import choose_value
from starrating.engine.kernel.measures.measured import Measured, RowMeasure
from starrating.engine.kernel.rows import days
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import order_keys
from starrating.engine.kernel.values.identity import identity, ordered
from starrating.engine.kernel.values.marks import HELD, NONE, UNKNOWN, Dates, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value, restated


def least(of: RowMeasure) -> Measured:
    """min: the least of an expression; of no row there is none."""
    assert of.rule.min_ is not None
    return _extreme(of, of.operand(of.rule.min_), -1)


def greatest(of: RowMeasure) -> Measured:
    """max: the greatest of an expression; of no row there is none."""
    assert of.rule.max_ is not None
    return _extreme(of, of.operand(of.rule.max_), 1)


def _extreme(of: RowMeasure, value: Value, side: int) -> Measured:
    segments, sure = of.reach.segments, of.reach.sure
    keys, known = ordered(value)
    keys = side * keys
    first = _first_of(segments, keys, known & sure)
    rival = _first_of(segments, keys, known & ~sure)
    best = _picked(value, first)
    better = (first >= 0) & (rival >= 0)
    better[better] = keys[rival[better]] > keys[first[better]]
    found = best
    if better.any():
        found = choose_value(better, hull_of(best, _picked(value, rival)), best)
    none = first < 0
    state = np.where(none, np.where(rival >= 0, UNKNOWN, NONE), _state_of(found)).astype(np.int8)
    if not of.rule.skip_missing:
        state[segments.any(~known)] = UNKNOWN
    state[of.reach.absent] = UNKNOWN
    return Measured(with_state(found, state))


def _first_of(segments: Segments, keys: Ints, mask: Bools) -> Ints:
    """A row of the largest key among each subject's rows where the mask holds; -1 without any."""
    at = np.flatnonzero(mask)
    own = segments.where(mask)
    lowest = np.iinfo(np.int64).min
    best = own.largest(keys[at], lowest)
    hits = at[keys[at] == best[own.subject]]
    found = np.full(segments.n, -1, np.int64)
    found[segments.subject[hits][::-1]] = hits[::-1]
    return found


def _picked(value: Value, row: Ints) -> Value:
    """The value of a row for each subject; of no row at all nothing is said."""
    if not len(value):
        return _nothing_like(value, len(row))
    return value.take(np.maximum(row, 0))


def _nothing_like(value: Value, n: int) -> Value:
    if isinstance(value, Numbers):
        return Numbers.at(0, n)
    if isinstance(value, Texts):
        return Texts(np.zeros(n, np.int64), value.vocabulary or ("",))
    if isinstance(value, Dates):
        return Dates(np.ones(n, np.int64))
    return Truths.at(False, n)


def _state_of(value: Value) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    return np.zeros(len(value), np.int8) if value.state is None else value.state


def with_state(value: Value, state: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> Value:
    """The values with these states in place of their own."""
    if isinstance(value, Numbers):
        return restated(value, state)
    kept = state if state.any() else None
    if isinstance(value, Truths):
        there = state == HELD
        sure = value.sure & there
        return Truths(sure, (value.may & there) | (state >= UNKNOWN), kept)
    if isinstance(value, Dates):
        return Dates(value.days, kept)
    return Texts(value.codes, value.vocabulary, kept, value.meanings)


# --- the latest -----------------------------------------------------------------------------


def latest(of: RowMeasure) -> Measured:
    """latest: an expression of the row of the latest date; of no row there is none."""
    assert of.rule.latest is not None
    segments, sure, reach = of.reach.segments, of.reach.sure, of.reach
    newest = segments.where(sure).largest(np.where(reach.dated, reach.day, days.FIRST)[sure], 0)
    # A row without a readable date may be the last of all.
    undated = np.where(sure, days.FIRST, days.LAST)
    may_be = np.where(reach.dated, reach.day, undated) >= newest[segments.subject]
    last = segments.where(may_be)
    value = of.operand(of.rule.latest).take(np.flatnonzero(may_be))
    found = hull_over(last, value)
    state = _state_of(found).copy()
    state[newest == 0] = UNKNOWN
    state[segments.lengths == 0] = NONE
    state[reach.absent] = UNKNOWN
    return Measured(with_state(found, state))


def hull_over(segments: Segments, value: Value) -> Value:
    """The smallest value that holds those of each subject's rows; of no row nothing is said."""
    codes = identity(value)
    alike = segments.largest(codes, 0) == segments.smallest(codes, 0)
    first = _picked(value, segments.first())
    if alike.all() or not len(value):
        return first
    held = ~segments.any(_state_of(value) != HELD)
    if isinstance(value, Truths):
        wide: Value = Truths(np.zeros(segments.n, np.bool_), np.ones(segments.n, np.bool_))
    elif isinstance(value, Numbers):
        wide = _wide(segments, value)
    else:
        wide, held = first, np.zeros(segments.n, np.bool_)
    found = choose_value(alike, first, wide)
    state = np.where(alike, _state_of(first), np.where(held, HELD, UNKNOWN)).astype(np.int8)
    return with_state(found, state)


def _wide(segments: Segments, value: Numbers) -> Numbers:
    every = np.ones(len(value), np.bool_)
    low = value.low.take(np.maximum(_first_of(segments, -order_keys(value.low), every), 0))
    high = value.high.take(np.maximum(_first_of(segments, order_keys(value.high), every), 0))
    no_low = None if value.no_low is None else segments.any(value.no_low)
    no_high = None if value.no_high is None else segments.any(value.no_high)
    return Numbers(low, high, no_low, no_high)
