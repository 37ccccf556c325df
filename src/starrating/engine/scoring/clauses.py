"""Clauses: what each one takes, gives or sets for one subject (step 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from starrating.engine.expressions.evidence import Evidence
from starrating.engine.scoring.bands import banded
from starrating.engine.scoring.choices import Choice
from starrating.engine.scoring.effect import Effect, Story
from starrating.engine.scoring.persons import given
from starrating.engine.scoring.quantities import counted, quantity
from starrating.engine.scoring.settling import gated, gives, settled
from starrating.engine.scoring.tabled import tabled
from starrating.engine.values import NIL, NO, OPEN, YES, Interval, as_number, rounded
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount
from starrating.rulebook.model import Clause, Item

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def effects(subject: SubjectFacts, item: Item, span: Fraction | None) -> tuple[Effect, ...]:
    """The effects of an item's clauses in the order written, one a clause; `span` is the most an
    unbounded quantity can take or give (step 0)."""
    found = tuple(
        _whole(str(number), clause, tuple(_effects(subject, item, clause, str(number), span)))
        for number, clause in enumerate(item.clauses, start=1)
    )
    aside = subject.setting.aside.get(subject.code)
    if not aside:
        return found
    return tuple(
        effect.each(lambda part: _set_aside(part, aside.get((item.id, part.number))))
        for effect in found
    )


def _whole(number: str, clause: Clause, entries: tuple[Effect, ...]) -> Effect:
    """The one effect of a clause; the entries of its map count together."""
    if len(entries) == 1:
        return entries[0]
    return Effect.group(number, clause, entries, clause.up_to)


def _effects(
    subject: SubjectFacts, item: Item, clause: Clause, number: str, span: Fraction | None
) -> Iterator[Effect]:
    """The effects of one clause: a map without `by` has one for each of its check points."""
    facts = subject.as_credit() if gives(clause) else subject
    for effect in _acting(facts, item, clause, number, span):
        yield effect.each(lambda part: settled(facts, clause, part, span))


def _acting(
    subject: SubjectFacts, item: Item, clause: Clause, number: str, span: Fraction | None
) -> Iterator[Effect]:
    """What the clause does, whatever it says of when and how much at most."""
    amount = clause.amount
    if inner := clause.inner():
        parts = (
            _effects(subject, item, each, f"{number}.{place}", span)
            for place, each in enumerate(inner, start=1)
        )
        yield Effect.group(number, clause, chain.from_iterable(parts))
    elif clause.bands is not None:
        yield banded(subject, clause, clause.bands, number)
    elif clause.table is not None:
        yield tabled(subject, clause, clause.table, number)
    elif isinstance(amount, dict) and (clause.by is not None or clause.form == "score"):
        yield Choice(subject, item, clause, number, amount).effect()
    elif isinstance(amount, dict):
        for place, (point, each) in enumerate(amount.items(), start=1):
            yield _found(subject, item, clause, point, each, f"{number}.{place}")
    else:
        assert amount is not None
        yield _plain(subject, item, clause, amount, number)


def _set_aside(effect: Effect, reason: str | None) -> Effect:
    """A finding that 异议复核 set aside takes and gives nothing (step 16)."""
    if reason is None:
        return effect
    return replace(
        effect, gain=NIL, sets=None, final=False, when=NO, awaits=False, lacks_facts=False,
        story=lambda: replace(effect.story(), unknown=()), set_aside=reason,
    )  # fmt: skip


def _plain(
    subject: SubjectFacts, item: Item, clause: Clause, amount: Amount, number: str
) -> Effect:
    """An amount, taken or given as often as `per` or `every` say, or set as the base."""
    form, times = clause.form, quantity(subject, clause)
    evidence = Evidence(subject, clause.per, clause.of, clause.below, clause.above)
    point = clause.per.point if isinstance(clause.per, ex.Found) else None
    person = given(subject, item, form, amount, point)
    sets = form == "score"
    return Effect(
        number,
        clause.origin,
        form,
        applies=evidence.applies(),
        gain=NIL if sets else _gain(subject, clause, times, person.amount),
        sets=person.amount if sets else None,
        final=sets and amount == 0,
        quantity=times,
        amount=amount,
        awaits=person.awaits,
        lacks_facts=times is not None and not times.known,
        story=lambda: Story(
            counted(clause),
            (*evidence.sources(), *person.sources),
            evidence.lacking(),
            evidence.not_counted(),
            evidence.unknown(),
        ),
    )


def _gain(
    subject: SubjectFacts, clause: Clause, times: Interval | None, amount: Interval
) -> Interval:
    """What the clause gives, or with a minus takes; points that something divided became are
    rounded (step 8)."""
    gain = _signed(clause, amount if times is None else times * amount)
    points = rounded(gain)
    return points if points != gain and Evidence(subject, clause.per).divided() else gain


def _found(
    subject: SubjectFacts, item: Item, clause: Clause, point: str, amount: Amount, number: str
) -> Effect:
    """One entry of a map: taken (or given) once if the check point is found."""
    state = subject.point(point)
    credit = clause.form == "add"
    found = state.present if credit else state.found
    unknown = (f"检查项目“{point}”没有结果",) if found is OPEN else ()
    effect = Effect(
        number,
        clause.origin,
        clause.form,
        applies=credit or not state.not_applicable,
        quantity=as_number(found),
        amount=amount,
        point=point,
        lacks_facts=found is OPEN,
        story=lambda: Story(point, state.sources, unknown=unknown),
    )
    if found is NO:
        return effect
    person = given(subject, item, clause.form, amount, point, asked=found is YES)
    return replace(
        effect,
        gain=gated(found, _signed(clause, person.amount)),
        awaits=person.awaits,
        story=lambda: Story(point, (*state.sources, *person.sources), unknown=unknown),
    )


def _signed(clause: Clause, amount: Interval) -> Interval:
    return -amount if clause.form == "deduct" else amount
