"""Measures over calendar units: units missed, events short, the longest gap (steps 2 to 4)."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.measures.measured import Measured, RowMeasure
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.rows.units import (
    Before,
    DueUnits,
    at_best,
    count_before,
    due_units,
    lacking,
    settled,
)
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.numbers import Numbers
from starrating.rulebook.model import Units


def missing(of: RowMeasure) -> Measured:
    """How many due units stay below what they ask for."""
    return _settled(of, 1)


def short(of: RowMeasure) -> Measured:
    """How many events lack, summed over the due units."""
    assert of.rule.short is not None
    return _settled(of, of.rule.short.at_least)


def _settled(of: RowMeasure, most: int) -> Measured:
    """The tally over the due units, `most` a unit; a row without a readable day may serve any."""
    asked = of.rule.missing or of.rule.short
    assert asked is not None
    due = due_units(of.part, of.book, asked.every)
    worst = best = np.zeros(of.n, np.int64)
    if len(due.units):
        reach, subject = of.reach, of.reach.segments.subject
        sure = reach.dated & reach.sure
        before = count_before(due.units, asked.grace, subject[sure], reach.day[sure], of.n)
        worst = best = lacking(due, before, asked.at_least, most)
        if not sure.all():
            dated = reach.dated
            after = count_before(due.units, asked.grace, subject[dated], reach.day[dated], of.n)
            unsure, undated = reach.segments.count(~sure), reach.segments.count(~dated)
            best, worst = extremes(due, (before, after), asked, (unsure, undated), most)
    return between(due, best, worst, of.reach.absent, most)


def extremes(
    due: DueUnits, before: tuple[Before, Before], asked: Units, rows: tuple[Ints, Ints], most: int
) -> tuple[Ints, Ints]:
    """The least and the greatest tally.

    `before` counts the certain events and all that are possible; `rows` are how many are not
    certain, and how many of these may lie on any day. From three events a unit on, one more may
    let a unit borrow what the next one then cannot make up for: the two are then bounds.
    """
    (sure, possible), (unsure, undated) = before, rows
    worst = lacking(due, sure, asked.at_least, most)
    bounded = asked.grace is not None and most >= 3 and not due.alone
    best = at_best(due, possible, asked.at_least, undated, most=most, freely=bounded)
    if not bounded:
        return np.minimum(best, worst), worst
    greatest = settled(due, sure, asked.at_least, all_gone=True).sum(axis=0)
    return np.where(unsure > 0, best, worst), np.where(unsure > 0, greatest, worst)


def between(due: DueUnits, best: Ints, worst: Ints, absent: Bools, most: int) -> Measured:
    """The measure from its least and its greatest tally; where no row tells nothing, anything
    that the due units can come to."""
    count = due.count
    applies = count > 0
    low, high = best, worst
    if absent.any():
        low, high = np.where(absent, 0, best), np.where(absent, count * most, worst)
    same = Exact.whole(high)
    value = Numbers(same if low is high or (low == high).all() else Exact.whole(low), same)
    return Measured(value, None if applies.all() else applies)


def longest_gap(of: RowMeasure) -> Measured:
    """The longest stretch of the active window without an event, in days."""
    part, reach = of.part, of.reach
    length = np.where(part.open, part.end - part.start, 0)
    gaps = _gaps(of, reach.dated & reach.sure)
    worst = gaps.segments.largest(gaps.days, 0)
    best = worst
    if not (reach.dated & reach.sure).all():
        undated = reach.segments.count(~reach.dated)
        best = _closed(_gaps(of, reach.dated), undated)
    absent = reach.absent & part.open
    low, high = np.where(absent, 0, best), np.where(absent, length, worst)
    same = Exact.whole(high)
    value = Numbers(same if (low == high).all() else Exact.whole(low), same)
    return Measured(value, None if part.open.all() else part.open)


class _Gaps:
    """The days between neighbouring events of each subject; the edges count as events."""

    def __init__(self, segments: Segments, days: Ints) -> None:
        self.segments, self.days = segments, days


def _gaps(of: RowMeasure, mask: Bools) -> _Gaps:
    part = of.part
    subject, day = of.reach.segments.subject[mask], of.reach.day[mask]
    inside = part.open[subject] & (part.start[subject] <= day) & (day <= part.end[subject])
    edges = np.flatnonzero(part.open)
    owner = np.concatenate([subject[inside], edges, edges])
    marks = np.concatenate([day[inside], part.start[edges], part.end[edges]])
    order = np.lexsort((marks, owner))
    owner, marks = owner[order], marks[order]
    gap = np.diff(marks)
    real = (np.diff(owner) == 0) & (gap > 0)
    return _Gaps(Segments(owner[1:][real], of.n), gap[real])


def _closed(gaps: _Gaps, undated: Ints) -> Ints:
    """The longest gap where `undated` further events lie where they help most: the smallest
    length to which all gaps can be cut with so many events."""
    low = np.ones(len(undated), np.int64)
    high = np.maximum(gaps.segments.largest(gaps.days, 0), 1)
    while (low < high).any():
        middle = (low + high) // 2
        cuts = -(-gaps.days // middle[gaps.segments.subject]) - 1
        enough = gaps.segments.sum(Exact.whole(cuts)).num <= undated
        high, low = np.where(enough, middle, high), np.where(enough, low, middle + 1)
        high = np.maximum(high, low)
    return np.where(gaps.segments.lengths > 0, low, 0)
