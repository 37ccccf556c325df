"""Clauses: what each one takes, gives or sets for one subject (step 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine import amounts
from starrating.engine.effect import Effect
from starrating.engine.formulas import compare, evaluate, judge
from starrating.engine.values import (
    NIL,
    NO,
    NONE,
    OPEN,
    YES,
    Interval,
    Truth,
    Value,
    as_interval,
    rounded,
)
from starrating.number import exact
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount
from starrating.rulebook.model import Bands, Clause, Item

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

ONE = Interval.at(1)
UNLIMITED = Interval(Fraction(0), None)


def effects(subject: SubjectFacts, item: Item, span: Fraction | None) -> tuple[Effect, ...]:
    """The effects of an item's clauses in the order written; `span` is the most an unbounded
    quantity can take or give (step 0)."""
    found: list[Effect] = []
    for number, clause in enumerate(item.clauses, start=1):
        found.extend(_clause(subject, item, clause, str(number), span))
    return tuple(found)


def _clause(
    subject: SubjectFacts, item: Item, clause: Clause, number: str, span: Fraction | None
) -> Iterator[Effect]:
    inner = clause.inner()
    if inner:
        parts = tuple(
            part
            for place, each in enumerate(inner, start=1)
            for part in _clause(subject, item, each, f"{number}.{place}", span)
        )
        yield Effect(number, clause.origin, clause.form, inner=parts, applies=any(p.applies for p in parts))
        return
    facts = subject.as_credit() if clause.form == "add" else subject
    for effect in _simple(facts, item, clause, number):
        yield _set_aside(subject, item, _settle(facts, clause, effect, span))


def _set_aside(subject: SubjectFacts, item: Item, effect: Effect) -> Effect:
    """A finding that 异议复核 set aside takes and gives nothing (step 16)."""
    reason = subject.setting.aside.get(subject.code, {}).get((item.id, effect.number))
    if reason is None:
        return effect
    return replace(
        effect, gain=NIL, sets=None, final=False, when=NO, awaits=False, lacks_facts=False,
        unknown=(), set_aside=reason,
    )  # fmt: skip


def _simple(subject: SubjectFacts, item: Item, clause: Clause, number: str) -> Iterator[Effect]:
    amount = clause.amount
    if clause.bands is not None:
        yield _bands(subject, clause, clause.bands, number)
    elif isinstance(amount, dict) and (clause.by is not None or clause.form == "score"):
        yield amounts.chosen(subject, item, clause, amount, number)
    elif isinstance(amount, dict):
        for place, (name, value) in enumerate(amount.items(), start=1):
            yield _found(subject, item, clause, name, value, f"{number}.{place}")
    else:
        assert amount is not None
        yield _plain(subject, item, clause, amount, number)


# --- the forms ------------------------------------------------------------------------------------


def _plain(
    subject: SubjectFacts, item: Item, clause: Clause, amount: Amount, number: str
) -> Effect:
    quantity, applies = _quantity(subject, clause)
    exprs = (clause.per, clause.of, clause.below, clause.above)
    point = clause.per.point if isinstance(clause.per, ex.Found) else None
    each, awaits, sources = amounts.person_or_printed(subject, item, clause.form, amount, point)
    effect = Effect(
        number,
        clause.origin,
        clause.form,
        applies=applies,
        quantity=quantity,
        amount=amount,
        label=ex.show(clause.per) if clause.per else "",
        awaits=awaits,
        lacks_facts=quantity is not None and not quantity.known,
        sources=(*subject.sources_of(*exprs), *sources),
        lacking=subject.lacking_of(*exprs),
        not_counted=subject.not_counted_of(*exprs),
        unknown=subject.unknown_of(*exprs),
    )
    if clause.form == "score":
        return replace(effect, sets=each, final=amount == 0)
    gain = _signed(clause, _times(quantity, each))
    return replace(effect, gain=rounded(gain) if subject.divided(clause.per) else gain)


def _found(
    subject: SubjectFacts, item: Item, clause: Clause, name: str, amount: Amount, number: str
) -> Effect:
    """One entry of a map: taken (or given) once if the check point is found."""
    credit = clause.form == "add"
    state = subject.point(name, credit=credit)
    given = credit and state.not_applicable
    found = YES if given else state.found
    each, awaits, sources = amounts.person_or_printed(
        subject, item, clause.form, amount, name if found is not NO else None, asked=found is YES
    )
    return Effect(
        number,
        clause.origin,
        clause.form,
        applies=credit or not state.not_applicable,
        gain=_gated(found, _signed(clause, each)),
        quantity=as_number(found),
        amount=amount,
        label=name,
        point=name,
        awaits=awaits and found is YES,
        lacks_facts=found is OPEN,
        sources=(*state.sources, *(sources if found is not NO else ())),
        unknown=(f"检查项目“{name}”没有结果",) if found is OPEN else (),
    )


def as_number(truth: Truth) -> Interval:
    """Yes as 1, no as 0."""
    number = as_interval(truth)
    assert isinstance(number, Interval)
    return number


def _bands(subject: SubjectFacts, clause: Clause, bands: Bands, number: str) -> Effect:
    value = evaluate(bands.of, subject)
    return Effect(
        number,
        clause.origin,
        "bands",
        applies=subject.applies(bands.of),
        sets=band_points(bands, value),
        quantity=value if isinstance(value, Interval) else None,
        label=ex.show(bands.of),
        lacks_facts=not isinstance(value, Interval) and value is not NONE,
        sources=subject.sources_of(bands.of),
        not_counted=subject.not_counted_of(bands.of),
        unknown=subject.unknown_of(bands.of),
    )


def band_points(bands: Bands, value: Value) -> Interval:
    """The points of the band a value falls in; the hull over all bands it may fall in."""
    op, edges = next(
        (op, edges)
        for op, edges in ((">=", bands.from_), (">", bands.over), ("<=", bands.upto))
        if edges is not None
    )
    ordered = sorted(
        ((_edge(text), points) for text, points in edges.items()), reverse=op != "<="
    )
    possible: list[Fraction] = []
    for edge, points in ordered:
        reached = compare(op, value, Interval.at(edge))
        if reached is not NO:
            possible.append(points)
        if reached is YES:
            break
    else:
        possible.append(bands.otherwise if bands.otherwise is not None else ordered[-1][1])
    return Interval(min(possible), max(possible))


def _edge(text: str) -> Fraction:
    edge = exact(text)
    if edge is None:
        raise ValueError(f"{text} is not an edge")
    return edge


# --- quantities -----------------------------------------------------------------------------------


def _quantity(subject: SubjectFacts, clause: Clause) -> tuple[Interval | None, bool]:
    """How often the amount counts (None: once), and whether the clause applies."""
    exprs = (clause.per, clause.of, clause.below, clause.above, clause.if_)
    applies = subject.applies(*exprs) and not _excused(subject, clause)
    if clause.every is not None:
        return _steps(subject, clause), applies
    if clause.per is None:
        return None, applies
    if isinstance(clause.per, ex.Found):
        state = subject.point(clause.per.point, credit=clause.form == "add")
        given = state.not_applicable and clause.form == "add"
        return (ONE if given else state.quantity), applies
    return _not_negative(evaluate(clause.per, subject)), applies


def _excused(subject: SubjectFacts, clause: Clause) -> bool:
    """不适用 to a deduction: the clause does not apply (step 4)."""
    if clause.form == "add":
        return False
    return any(
        isinstance(leaf, ex.Found) and subject.point(leaf.point).not_applicable
        for expr in (clause.per, clause.if_)
        if expr is not None
        for leaf in ex.walk(expr)
    )


def _not_negative(value: Value) -> Interval:
    number = as_interval(value)
    if not isinstance(number, Interval):
        return NIL
    return number.clamp(Fraction(0), None)


def _steps(subject: SubjectFacts, clause: Clause) -> Interval:
    """Whole steps beyond the base; `partial: counts` counts begun ones (step 4)."""
    assert clause.of is not None
    assert clause.every is not None
    edge = clause.below if clause.below is not None else clause.above
    assert edge is not None
    value, base = as_interval(evaluate(clause.of, subject)), as_interval(evaluate(edge, subject))
    if not isinstance(value, Interval) or not isinstance(base, Interval):
        return NIL
    beyond = base - value if clause.below is not None else value - base
    beyond = beyond.clamp(Fraction(0), None)

    def steps(distance: Fraction | None) -> Fraction | None:
        if distance is None or clause.every is None:
            return None
        ratio = distance / clause.every
        whole = ratio.numerator // ratio.denominator
        return Fraction(whole + (clause.partial == "counts" and ratio.denominator != 1))

    return Interval(steps(beyond.low), steps(beyond.high))


def _times(quantity: Interval | None, each: Interval) -> Interval:
    return each if quantity is None else quantity * each


def _signed(clause: Clause, amount: Interval) -> Interval:
    return -amount if clause.form == "deduct" else amount


# --- condition, up_to, if_unknown -----------------------------------------------------------------


def _gated(when: Truth, gain: Interval) -> Interval:
    if when is YES:
        return gain
    return NIL if when is NO else gain.hull(NIL)


def _settle(
    subject: SubjectFacts, clause: Clause, effect: Effect, span: Fraction | None
) -> Effect:
    """The condition, `up_to`, the limit of the unbounded, and `if_unknown` on one effect."""
    when = judge(clause.if_, subject) if clause.if_ is not None else YES
    excused = _excused(subject, clause)
    effect = replace(
        effect,
        applies=effect.applies and subject.applies(clause.if_) and not excused,
        when=when,
        condition=ex.show(clause.if_) if clause.if_ is not None else "",
        gain=_gated(when, _limited(clause, effect.gain, span)),
        sources=tuple(dict.fromkeys((*effect.sources, *subject.sources_of(clause.if_)))),
        unknown=(*effect.unknown, *(subject.unknown_of(clause.if_) if when is OPEN else ())),
        lacks_facts=(effect.lacks_facts and when is not NO) or when is OPEN,
        awaits=effect.awaits and when is not NO,
    )
    return _if_unknown(clause, effect)


def _limited(clause: Clause, gain: Interval, span: Fraction | None) -> Interval:
    most = clause.up_to
    if most is not None:
        return gain.clamp(-most, most)
    if span is None:
        return gain
    # Only what has no end of its own ends at what the clause can take.
    low = min(-span, gain.high or Fraction(0)) if gain.low is None else gain.low
    high = max(span, gain.low or Fraction(0)) if gain.high is None else gain.high
    return Interval(low, high)


def _if_unknown(clause: Clause, effect: Effect) -> Effect:
    if clause.if_unknown == "unassessed" or effect.settled:
        return effect
    met = clause.if_unknown == "as_met"

    def end(interval: Interval) -> Interval:
        chosen = interval.high if met else interval.low
        return interval if chosen is None else Interval.at(chosen)

    settled = replace(effect, gain=end(effect.gain), lacks_facts=False, awaits=False)
    if effect.sets is None:
        return settled
    when = effect.when if effect.when is not OPEN else Truth.of(not met)
    return replace(settled, sets=end(effect.sets), when=when)

