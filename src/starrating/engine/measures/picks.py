"""The least, greatest and latest of the rows (step 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from starrating.engine.expressions.formulas import hull_of
from starrating.engine.expressions.operations import compare
from starrating.engine.measures.figures import LACKS
from starrating.engine.measures.measured import Measured, RowMeasure
from starrating.engine.rows.reach import Reached
from starrating.engine.values import NONE, OPEN, UNKNOWN, YES, Value, known
from starrating.rulebook.expressions import Expr


def least(of: RowMeasure) -> Measured:
    """min: the least of an expression; of no row there is none."""
    assert of.rule.min_ is not None
    return _extreme(of, of.rule.min_, "<")


def greatest(of: RowMeasure) -> Measured:
    """max: the greatest of an expression; of no row there is none."""
    assert of.rule.max_ is not None
    return _extreme(of, of.rule.max_, ">")


def _extreme(of: RowMeasure, expr: Expr, before: str) -> Measured:
    if of.reach.absent:
        return Measured(UNKNOWN)
    sure: list[Value] = []
    maybe: list[Value] = []
    lacks: list[str] = []
    operand = of.operand(expr)
    for each in of.reach.rows:
        value = operand(each.row)
        if value is not NONE and known(value):
            (sure if each.truth is YES else maybe).append(value)
        else:
            lacks.append(f"{each.row.origin} {LACKS}")
    if lacks and not of.rule.skip_missing:
        return Measured(UNKNOWN, unknown=tuple(lacks))
    best = _first(sure, before)
    if best is None:
        return Measured(UNKNOWN if maybe else NONE, not_counted=tuple(lacks))
    better = [value for value in maybe if compare(before, value, best) is YES]
    return Measured(hull_of([best, *better]), not_counted=tuple(lacks))


def _first(values: Iterable[Value], before: str) -> Value | None:
    best: Value | None = None
    for value in values:
        if best is None or compare(before, value, best) is YES:
            best = value
    return best


def latest(of: RowMeasure) -> Measured:
    """latest: an expression of the row of the latest date; of no row there is none."""
    if of.reach.absent:
        return Measured(UNKNOWN)
    assert of.rule.latest is not None
    if not of.reach.rows:
        return Measured(NONE)
    newest = max((each.day or date.min for each in of.reach.sure), default=None)
    if newest is None:
        return Measured(UNKNOWN)
    last = [each.row for each in of.reach.rows if _latest_day(each) >= newest]
    return Measured(hull_of([*map(of.operand(of.rule.latest), last)]))


def _latest_day(row: Reached) -> date:
    """The latest day that a row may have: one without a readable date may be the last of all."""
    return row.day or (date.max if row.truth is OPEN else date.min)
