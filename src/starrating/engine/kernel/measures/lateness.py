"""`late` over arrays: begun units between a limit and the day it was done (step 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.measures.measured import Measured, RowMeasure, where_absent
from starrating.engine.kernel.rows import days
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Ints
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import BLANK, HELD, NONE, UNKNOWN, Dates, has, some
from starrating.engine.kernel.values.numbers import Numbers, Value, select
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Late

if TYPE_CHECKING:
    from starrating.engine.kernel.subjects import SubjectFacts

_DEFAULT_NOT_BEFORE = Span(12, "month")


def late_subject(subjects: SubjectFacts, rule: Late) -> Numbers:
    """How late each subject itself is, by its own dates."""
    due, done = evaluate(rule.due, subjects), evaluate(rule.done, subjects)
    return late(rule, due, done, subjects.part.when.cut_off.toordinal())


def late_rows(of: RowMeasure) -> Measured:
    """`late` of each row: the sum, the largest, or how many rows are late."""
    rule = of.rule.late
    assert rule is not None
    due, done = of.operand(rule.due), of.operand(rule.done)
    number = late(rule, due, done, of.part.when.cut_off.toordinal())
    rows = of.reach.segments
    if rule.take == "rows":
        number = _whether(number)
    if not of.reach.all_sure:
        nil = Numbers.at(0, len(number))
        number = select(of.reach.sure, number, number.hull(nil))
    gone = None if number.no_high is None else some(rows.any(number.no_high))
    take = _largest if rule.take == "max" else Segments.sum
    found = Numbers(take(rows, number.low), take(rows, number.high), None, gone)
    return Measured(where_absent(of, found, Numbers.unlimited(of.n)))


def _whether(number: Numbers) -> Numbers:
    """How late as whether late at all, 1 or 0."""
    high = number.high.num != 0
    if number.no_high is not None:
        high = high | number.no_high
    return Numbers(Exact.whole(number.low.num != 0, 1), Exact.whole(high, 1))


def _largest(rows: Segments, number: Exact) -> Exact:
    """The largest number of each subject's rows, and never less than 0."""
    assert isinstance(number.den, int)
    return Exact.whole(np.maximum(rows.largest(number.num, 0), 0), den=number.den)


def late(rule: Late, due: Value, done: Value, cut_off: int) -> Numbers:
    """Begun units after the limit for each pair of dates; 0 up to and on it.

    Done blank: not done, counted to the cut-off; done earlier than `not_before` belongs to an
    earlier round and counts as not done. Due blank: unknown unless `if_blank`.
    """
    n = len(due)
    if isinstance(due, Dates):
        there = np.ones(n, np.bool_) if due.state is None else due.state == HELD
        day = np.where(there, np.asarray(due.days, np.int64), cut_off)
    else:
        there, day = np.zeros(n, np.bool_), np.full(n, cut_off, np.int64)
    last = np.full(n, cut_off, np.int64)
    at_cut_off = Exact.whole(_begun(rule, day, last))
    counted = Exact.whole(_begun(rule, day, _done_on(rule, day, done, last)))
    found = Numbers.known(counted)
    open_ = has(done.state, UNKNOWN, n)
    if open_.any():
        found = select(open_, Numbers(Exact.at(0, n), at_cut_off), found)
    if there.all():
        return found
    blank = has(due.state, NONE, n) | has(due.state, BLANK, n)
    otherwise = Numbers.unlimited(n)
    if rule.if_blank is not None:
        otherwise = select(blank, Numbers.at(rule.if_blank, n), otherwise)
    return select(there, found, otherwise)


def _done_on(rule: Late, due: Ints, done: Value, cut_off: Ints) -> Ints:
    if not isinstance(done, Dates):
        return cut_off
    span = rule.not_before or _DEFAULT_NOT_BEFORE
    day = np.asarray(done.days, np.int64)
    counts = (day <= cut_off) & (day >= days.add(due, -span.count, span.unit))
    if done.state is not None:
        counts &= done.state == HELD
    return np.where(counts, day, cut_off)


def _begun(rule: Late, due: Ints, day: Ints) -> Ints:
    grace = rule.grace or Span(0, rule.unit)
    months, of_unit = days.parts(grace.unit), days.parts(rule.unit)
    if months is not None and of_unit is not None:
        return days.begun(due, day, rule.unit, due=due, grace=grace.count * months)
    return days.begun(days.add(due, grace.count, grace.unit), day, rule.unit)
