"""What every clause may hold beside its action: `if`, `up_to`, `if_unknown` (step 6)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.expressions.evidence import Evidence
from starrating.engine.expressions.formulas import FactsOver, judge
from starrating.engine.scoring.effect import Effect, Story
from starrating.engine.values import NIL, NO, OPEN, YES, ZERO, Interval, Truth
from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import say
from starrating.rulebook.model import Clause
from starrating.rulebook.once import once

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def settled(subject: SubjectFacts, clause: Clause, effect: Effect, span: Fraction | None) -> Effect:
    """One effect under the clause's limit, the limit of the unbounded (`span`), its condition,
    and what it says of the unknown."""
    gain = _limited(clause, effect.gain, span)
    if gain is not effect.gain:
        effect = replace(effect, gain=gain)
    if clause.if_ is not None:
        effect = _under(subject, clause, clause.if_, effect)
    if effect.applies and _excused(subject, clause):
        effect = replace(effect, applies=False)
    return _if_unknown(clause, effect)


def _under(subject: SubjectFacts, clause: Clause, if_: ex.Expr, effect: Effect) -> Effect:
    """An effect that acts only where the clause's condition holds."""
    evidence = Evidence(subject, if_)
    condition = _condition(subject, clause, if_)

    def story() -> Story:
        told, open_ = effect.story(), condition is OPEN
        return replace(
            told,
            sources=tuple(dict.fromkeys((*told.sources, *evidence.sources()))),
            unknown=(*told.unknown, *(evidence.unknown() if open_ else ())),
            condition="，且".join(filter(None, (told.condition, say(if_)))),
        )

    return replace(
        effect,
        applies=effect.applies and evidence.applies(),
        when=effect.when & condition,
        gain=gated(condition, effect.gain),
        lacks_facts=(effect.lacks_facts and condition is not NO) or condition is OPEN,
        awaits=effect.awaits and condition is not NO,
        story=story,
    )


def _condition(subject: SubjectFacts, clause: Clause, if_: ex.Expr) -> Truth:
    """How surely the clause's condition holds; 不适用 to a credit holds for it (step 4)."""
    plain = judge(if_, subject)
    return plain | judge(if_, _Given(subject)) if gives(clause) else plain


class _Given(FactsOver):
    """The facts as a credit sees them: 不适用 is as good as found."""

    def __init__(self, subject: SubjectFacts) -> None:
        super().__init__(subject)
        self._subject = subject

    def found(self, point: str) -> Truth:
        """Whether a check point is there."""
        return self._subject.point(point).present


def gated(when: Truth, gain: Interval) -> Interval:
    """What a clause comes to that acts so surely."""
    if when is YES:
        return gain
    return NIL if when is NO else gain.hull(NIL)


@once
def gives(clause: Clause) -> bool:
    """Whether the clause is a credit."""
    inner = clause.inner()
    return all(gives(each) for each in inner) if inner else clause.form == "add"


def _excused(subject: SubjectFacts, clause: Clause) -> bool:
    """不适用 to what is no credit: the clause does not apply (step 4)."""
    if gives(clause):
        return False
    return any(
        isinstance(leaf, ex.Found) and subject.point(leaf.point).not_applicable
        for expr in (clause.per, clause.if_)
        if expr is not None
        for leaf in ex.walk(expr)
    )


def _limited(clause: Clause, gain: Interval, span: Fraction | None) -> Interval:
    """At most `up_to`; what has no end of its own ends at what the clause can take or give."""
    if clause.up_to is not None:
        return gain.clamp(-clause.up_to, clause.up_to)
    if span is None or (gain.low is not None and gain.high is not None):
        return gain
    low = min(-span, gain.high or ZERO) if gain.low is None else gain.low
    high = max(span, gain.low or ZERO) if gain.high is None else gain.high
    return Interval(low, high)


def _if_unknown(clause: Clause, effect: Effect) -> Effect:
    """`as_met` takes nothing or gives in full, `as_lost` the other way round."""
    if clause.if_unknown == "unassessed" or effect.settled:
        return effect
    met = clause.if_unknown == "as_met"
    known = replace(effect, gain=_end(effect.gain, high=met), lacks_facts=False, awaits=False)
    if effect.sets is None:
        return known
    when = effect.when if effect.when is not OPEN else Truth.of(not met)
    return replace(known, sets=_end(effect.sets, high=met), when=when)


def _end(interval: Interval, *, high: bool) -> Interval:
    end = interval.high if high else interval.low
    return interval if end is None else Interval.at(end)
