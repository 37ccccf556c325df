"""What every clause may hold beside its action: `if`, `up_to`, `if_unknown` (step 6)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Numbers, Truths, choose, select
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.scoring.effect import Effect, or_
from starrating.engine.kernel.scoring.ground import Ground
from starrating.engine.kernel.scoring.overlay import FactsOver
from starrating.engine.kernel.scoring.plan import ClausePlan
from starrating.engine.kernel.values.marks import both
from starrating.rulebook import expressions as ex


def settled(ground: Ground, plan: ClausePlan, effect: Effect) -> Effect:
    """One effect under the clause's condition, its limit, the limit of the unbounded, and what it
    says of the unknown."""
    clause = plan.clause
    applies = effect.applies
    for measure in plan.conditions:
        applies = both(applies, ground.due(measure))
    for point in plan.excusing:
        applies = both(applies, ~ground.point(point).not_applicable)
    gain = _limited(effect.gain, clause.up_to, plan.span)
    lacks, awaits, when = effect.lacks, effect.awaits, effect.when
    if clause.if_ is not None:
        condition = condition_of(ground, plan)
        when = when & condition
        gain = gated(condition, gain)
        lacks = or_(None if lacks is None else lacks & condition.may, _open(condition))
        awaits = None if awaits is None else awaits & condition.may
    found = effect
    if not (applies is effect.applies and when is effect.when and gain is effect.gain):
        found = replace(effect, applies=applies, when=when, gain=gain, lacks=lacks, awaits=awaits)
    return found if clause.if_unknown == "unassessed" else _decided(found, clause.if_unknown)


def condition_of(ground: Ground, plan: ClausePlan) -> Truths:
    """How surely a clause's condition holds; 不适用 to a credit holds for it (step 4)."""
    assert plan.clause.if_ is not None
    plain = judge(plan.clause.if_, ground)
    asked = [node.point for node in ex.walk(plan.clause.if_) if isinstance(node, ex.Found)]
    if not plan.credit or not any(ground.point(each).not_applicable.any() for each in asked):
        return plain
    return plain | judge(plan.clause.if_, _Given(ground))


class _Given(FactsOver):
    """The facts as a credit sees them: 不适用 is as good as found."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, {}, {})
        self._ground = ground

    def found(self, point: str) -> Truths:
        """Whether a check point is there."""
        return self._ground.found(point) | Truths.known(self._ground.point(point).not_applicable)


def _open(condition: Truths) -> Bools | None:
    return None if condition.closed else condition.open


def gated(when: Truths, gain: Numbers) -> Numbers:
    """What a clause comes to that acts so surely: itself, nothing, or anything between."""
    nil = Numbers.at(0, len(gain))
    shut = select(when.may, gain, nil)
    if when.closed or not when.open.any():
        return shut
    return select(when.open, gain.hull(nil), shut)


def _limited(gain: Numbers, up_to: Fraction | None, span: Fraction | None) -> Numbers:
    """At most `up_to`; what has no end of its own ends at what the clause can take or give."""
    n = len(gain)
    if up_to is not None:
        return gain.clamp(Numbers.at(-up_to, n), Numbers.at(up_to, n))
    if span is None or (gain.no_low is None and gain.no_high is None):
        return gain
    nil = Exact.at(0, n)
    low, high = gain.low, gain.high
    if gain.no_low is not None:
        sure = high if gain.no_high is None else choose(gain.no_high, nil, high)
        low = choose(gain.no_low, Exact.at(-span, n).minimum(sure), low)
    if gain.no_high is not None:
        sure = gain.low if gain.no_low is None else choose(gain.no_low, nil, gain.low)
        high = choose(gain.no_high, Exact.at(span, n).maximum(sure), high)
    return Numbers(low, high)


def _decided(effect: Effect, word: str) -> Effect:
    """`as_met` takes nothing or gives in full, `as_lost` the other way round."""
    unsettled = ~effect.settled()
    if not unsettled.any():
        return effect
    met = word == "as_met"
    known = replace(
        effect,
        gain=select(unsettled, _end(effect.gain, met), effect.gain),
        lacks=None if effect.lacks is None else effect.lacks & ~unsettled,
        awaits=None if effect.awaits is None else effect.awaits & ~unsettled,
    )
    if effect.sets is None:
        return known
    sure = np.where(unsettled & effect.when.open, not met, effect.when.sure)
    may = np.where(unsettled & effect.when.open, not met, effect.when.may)
    sets = select(unsettled, _end(effect.sets, met), effect.sets)
    return replace(known, sets=sets, when=Truths(sure, may))


def _end(interval: Numbers, high: bool) -> Numbers:
    """The known number at one end; an interval without that end stays."""
    end, gone = (interval.high, interval.no_high) if high else (interval.low, interval.no_low)
    known = Numbers.known(end)
    return known if gone is None else select(gone, interval, known)
