"""How often a clause's amount counts: `per`, and steps beyond a base (steps 4 and 6)."""

from __future__ import annotations

from fractions import Fraction

from starrating.engine.kernel.arrays import NONE, Bools, Exact, Numbers, as_numbers, select
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.scoring.ground import Ground
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Clause


def quantity(ground: Ground, clause: Clause) -> Numbers | None:
    """How often the amount counts, never less than 0; None where it counts once."""
    if clause.every is not None:
        return _steps(ground, clause, clause.every)
    if clause.per is None:
        return None
    if isinstance(clause.per, ex.Found):
        point = ground.point(clause.per.point)
        if clause.form != "add":
            return point.quantity
        return select(point.not_applicable, Numbers.at(1, ground.n), point.quantity)
    return _from_zero(as_numbers(evaluate(clause.per, ground)))


def _from_zero(value: Numbers) -> Numbers:
    """The value from 0 on; 0 where there is none."""
    bare = Numbers(value.low, value.high, value.no_low, value.no_high)
    return without(none_of(value), bare.clamp(Numbers.at(0, len(value)), None))


def none_of(value: Numbers) -> Bools | None:
    """Where there is no number at all."""
    return None if value.state is None else value.state == NONE


def without(gone: Bools | None, value: Numbers) -> Numbers:
    """The value, and 0 where the mask holds."""
    return value if gone is None else select(gone, Numbers.at(0, len(value)), value)


def _steps(ground: Ground, clause: Clause, every: Fraction) -> Numbers:
    """Whole steps beyond the base; `partial: counts` counts begun ones."""
    edge = clause.below if clause.below is not None else clause.above
    assert clause.of is not None
    assert edge is not None
    value, base = as_numbers(evaluate(clause.of, ground)), as_numbers(evaluate(edge, ground))
    beyond = base - value if clause.below is not None else value - base
    bare = _from_zero(beyond)
    scale = Exact.at(1 / every, ground.n)
    begun = clause.partial == "counts"

    def whole(end: Exact) -> Exact:
        steps = end * scale
        return steps.ceiling() if begun else steps.floor()

    low = whole(bare.low)
    high = low if bare.low is bare.high else whole(bare.high)
    return Numbers(low, high, bare.no_low, bare.no_high)
