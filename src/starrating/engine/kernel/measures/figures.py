"""Counts, sums, ratios, averages and shares over the rows of all subjects (step 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.groups.quotients import quotient_range
from starrating.engine.kernel.measures.measured import Measured, RowMeasure, where_absent
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.identity import ordered
from starrating.engine.kernel.values.marks import HELD, NONE, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, as_numbers, select


def count(of: RowMeasure) -> Measured:
    """The number of rows: those that surely count, and those that may."""
    segments = of.reach.segments
    high = Exact.whole(segments.count())
    low = high if of.reach.all_sure else Exact.whole(segments.count(of.reach.sure))
    return Measured(where_absent(of, Numbers(low, high), Numbers.unlimited(of.n)))


def distinct(of: RowMeasure) -> Measured:
    """The number of different values; one that is not known may be new or one of the others."""
    assert of.rule.distinct is not None
    value = of.operand(of.rule.distinct)
    codes, known = ordered(value)
    open_ = ~known if value.state is None else ~known & (value.state != NONE)
    segments, sure = of.reach.segments, of.reach.sure
    least = segments.any(open_ & sure).astype(np.int64)
    low = np.maximum(_different(segments, codes, known & sure), least)
    high = _different(segments, codes, known) + segments.count(open_)
    found = Numbers(Exact.whole(low), Exact.whole(high))
    return Measured(where_absent(of, found, Numbers.unlimited(of.n)))


def _different(segments: Segments, codes: Ints, mask: Bools) -> Ints:
    """How many different codes each subject's rows have, where the mask holds."""
    width = int(codes.max(initial=0)) + 1
    pairs = np.unique(segments.subject[mask] * width + codes[mask])
    return np.bincount(pairs // width, minlength=segments.n)


# --- sums and quotients ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """The operands of the counted rows: `kept` rows have all of them, and `lacks` tells the
    subjects of which a counted row lacks one."""

    operands: tuple[Numbers, ...]
    kept: Bools
    lacks: Bools


def _figures(of: RowMeasure, operands: tuple[Numbers, ...], counted: Bools | None) -> _Figures:
    """`skip_missing` leaves out the rows that lack an operand instead of asking for it."""
    kept = np.ones(len(of.reach.index), np.bool_)
    for each in operands:
        kept &= each.certain
    lacking = ~kept
    if counted is not None:
        kept &= counted
        lacking &= counted
    none = np.zeros(of.n, np.bool_)
    lacks = none if of.rule.skip_missing else of.reach.segments.any(lacking)
    return _Figures(operands, kept, lacks)


def total(of: RowMeasure) -> Measured:
    """The sum of an expression, or of what words are worth times their weights."""
    assert of.rule.sum_ is not None
    if of.rule.values is not None:
        valued = _valued(of)
        # Nothing times an unknown weight is nothing: only the product is asked for.
        figures = _figures(of, (valued.product,), valued.counted)
    else:
        figures = _figures(of, (as_numbers(of.operand(of.rule.sum_)),), None)
    segments, number, sure = of.reach.segments, figures.operands[0].low, of.reach.sure
    if of.reach.all_sure:
        found = Numbers.known(segments.sum(number, figures.kept))
    else:
        base = segments.sum(number, figures.kept & sure)
        maybe = figures.kept & ~sure
        down, up = maybe & (number.num < 0), maybe & (number.num > 0)
        found = Numbers(base + segments.sum(number, down), base + segments.sum(number, up))
    found = _unless(figures.lacks, found)
    return Measured(where_absent(of, found, Numbers.anything(of.n)))


def _unless(lacks: Bools, found: Numbers) -> Numbers:
    return select(lacks, Numbers.anything(len(found)), found) if lacks.any() else found


def _quotient(of: RowMeasure, figures: _Figures) -> Measured:
    """Sum over sum, exact; an empty denominator is unknown."""
    top, bottom = (each.low for each in figures.operands)
    sure, maybe = figures.kept & of.reach.sure, figures.kept & ~of.reach.sure
    value, gone = quotient_range(of.reach.segments, top, bottom, sure, maybe)
    return Measured(_unless(figures.lacks | gone, value))


def ratio(of: RowMeasure) -> Measured:
    """The sum of one expression over the sum of another."""
    assert of.rule.ratio is not None
    top, bottom = (as_numbers(of.operand(expr)) for expr in of.rule.ratio)
    return _quotient(of, _figures(of, (top, bottom), None))


def average(of: RowMeasure) -> Measured:
    """The mean of an expression, or of the values of a word (`values`), weighted if so said."""
    if of.rule.values is not None:
        valued = _valued(of)
        return _quotient(of, _figures(of, (valued.product, valued.weight), valued.counted))
    assert of.rule.average is not None
    one = Numbers.at(1, len(of.reach.index))
    return _quotient(of, _figures(of, (as_numbers(of.operand(of.rule.average)), one), None))


@dataclass(frozen=True, slots=True, eq=False)
class _Valued:
    """value × weight and weight of each row's word; words left out are not counted."""

    product: Numbers
    weight: Numbers
    counted: Bools


def _valued(of: RowMeasure) -> _Valued:
    rule, rows, index = of.rule, of.reach.rows, of.reach.index
    assert rule.values is not None
    assert rule.of is not None
    cells = rows.raw(rule.of).take(index)
    n = len(index)
    state = np.full(n, NONE, np.int8)
    worth, counted = Exact.at(0, n), np.ones(n, np.bool_)
    if isinstance(cells, Texts):
        there = np.ones(n, np.bool_) if cells.state is None else cells.state == HELD
        words = cells.vocabulary
        counted = ~(cells.where_entry([word in rule.leave_out for word in words]) & there)
        listed = cells.where_entry([word in rule.values for word in words]) & there
        state[listed] = HELD
        table = Exact.of([*(rule.values.get(word, 0) for word in words), 0])
        worth = table.take(cells.codes)
    weight = Numbers.at(1, n)
    if rule.weighted_by is not None:
        weight = as_numbers(rows.value(rule.weighted_by).take(index))
    return _Valued(Numbers.known(worth, state) * weight, weight, counted)


def share(of: RowMeasure) -> Measured:
    """The share of the rows of which the condition holds."""
    assert of.rule.share is not None
    held = of.holds(of.rule.share)
    sure, one = of.reach.sure, Exact.at(1, len(of.reach.index))
    low, gone = quotient_range(of.reach.segments, _ones(held.sure), one, sure, ~sure)
    high = low
    if not (held.closed and low.sharp):
        high, _ = quotient_range(of.reach.segments, _ones(held.may), one, sure, ~sure)
    found = Numbers(low.low, low.low if high is low and low.sharp else high.high)
    whole = Numbers(Exact.at(0, of.n), Exact.at(1, of.n))
    return Measured(select(gone, whole, found) if gone.any() else found)


def _ones(mask: Bools) -> Exact:
    return Exact.whole(mask, 1)


__all__ = ["Truths", "average", "count", "distinct", "ratio", "share", "total"]
