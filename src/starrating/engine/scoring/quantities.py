"""How often a clause's amount counts: `per`, and steps beyond a base (steps 4 and 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.expressions.formulas import evaluate
from starrating.engine.values import NIL, ZERO, End, Interval, Value, as_interval
from starrating.number import plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import say
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


def counted(clause: Clause) -> str:
    """What the amount counts by, in words: 缺主题党日月, 群众满意率比90每低1; empty where it counts once."""
    if clause.every is None:
        return say(clause.per) if clause.per is not None else ""
    edge, way = (clause.below, "低") if clause.below is not None else (clause.above, "高")
    assert clause.of is not None
    assert edge is not None
    return f"{say(clause.of)}比{say(edge)}每{way}{plain(clause.every)}"


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
