"""How often a clause's amount counts: `per`, and steps beyond a base (steps 4 and 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.formulas import evaluate
from starrating.engine.values import NIL, ZERO, End, Interval, Value, as_interval
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Clause

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

ONCE = Interval.at(1)


def quantity(subject: SubjectFacts, clause: Clause) -> Interval | None:
    """How often the amount counts, never less than 0; None where it counts once."""
    if clause.every is not None:
        return _steps(subject, clause, clause.every)
    if clause.per is None:
        return None
    if isinstance(clause.per, ex.Found):
        state = subject.point(clause.per.point)
        given = state.not_applicable and clause.form == "add"
        return ONCE if given else state.quantity
    return _not_negative(evaluate(clause.per, subject))


def _not_negative(value: Value) -> Interval:
    number = as_interval(value)
    return number.clamp(ZERO, None) if isinstance(number, Interval) else NIL


def _steps(subject: SubjectFacts, clause: Clause, every: Fraction) -> Interval:
    """Whole steps beyond the base; `partial: counts` counts begun ones."""
    assert clause.of is not None
    edge = clause.below if clause.below is not None else clause.above
    assert edge is not None
    value, base = as_interval(evaluate(clause.of, subject)), as_interval(evaluate(edge, subject))
    if not isinstance(value, Interval) or not isinstance(base, Interval):
        return NIL
    beyond = (base - value if clause.below is not None else value - base).clamp(ZERO, None)
    begun = clause.partial == "counts"
    return Interval(
        _whole_steps(beyond.low, every, begun=begun), _whole_steps(beyond.high, every, begun=begun)
    )


def _whole_steps(distance: End, every: Fraction, *, begun: bool) -> End:
    if distance is None:
        return None
    steps = distance / every
    return Fraction(-(-steps // 1) if begun else steps // 1)
