"""Clauses: what each one takes, gives or sets for every subject (step 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from starrating.engine.kernel.arrays import (
    Bools,
    Numbers,
    Overflow,
    TooLarge,
    Truths,
    everywhere,
    nowhere,
    select,
)
from starrating.engine.kernel.scoring.choices import chosen
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.ground import Ground
from starrating.engine.kernel.scoring.persons import given
from starrating.engine.kernel.scoring.plan import ClausePlan, ItemPlan
from starrating.engine.kernel.scoring.quantities import quantity
from starrating.engine.kernel.scoring.setters import banded, tabled
from starrating.engine.kernel.scoring.settling import gated, settled
from starrating.engine.kernel.values.marks import both
from starrating.engine.kernel.values.numbers import as_numbers
from starrating.number import DIVIDED
from starrating.rulebook.fields import Amount


def effects(ground: Ground, plan: ItemPlan) -> tuple[Effect, ...]:
    """The effects of an item's clauses in the order written, one a clause.

    Overflow where exact integers could pass 2⁶³, with the place of the clause.
    """
    return tuple(effect_of(ground, plan.item.id, clause) for clause in plan.clauses)


def effect_of(ground: Ground, item: str, clause: ClausePlan) -> Effect:
    """The effect of one clause of an item."""
    try:
        entries = list(_effects(ground, item, clause))
    except TooLarge:
        raise Overflow(clause.clause.origin) from None
    whole = entries[0] if len(entries) == 1 else Effect.group(clause, entries, ground.n)
    return whole.each(lambda part: _set_aside(ground, item, part))


def _effects(ground: Ground, item: str, plan: ClausePlan) -> Iterator[Effect]:
    """The effects of one clause: a map without `by` has one for each of its check points."""
    facts = ground.as_credit() if plan.credit else ground
    for effect in _acting(facts, item, plan):
        yield effect.each(lambda part: settled(facts, plan, part))


def _acting(ground: Ground, item: str, plan: ClausePlan) -> Iterator[Effect]:
    """What the clause does, whatever it says of when and how much at most."""
    clause = plan.clause
    amount = clause.amount
    if plan.inner:
        parts = (_effects(ground, item, each) for each in plan.inner)
        yield Effect.group(plan, chain.from_iterable(parts), ground.n)
    elif clause.bands is not None:
        yield _due(ground, plan, banded(ground, plan, clause.bands))
    elif clause.table is not None:
        yield _due(ground, plan, tabled(ground, plan, clause.table))
    elif isinstance(amount, dict) and (clause.by is not None or clause.form == "score"):
        yield chosen(ground, item, plan, amount)
    elif isinstance(amount, dict):
        for place, (point, each) in enumerate(amount.items(), start=1):
            yield _found(ground, item, plan, point, each, f"{plan.number}.{place}")
    else:
        assert amount is not None
        yield _due(ground, plan, _plain(ground, item, plan, amount))


def _due(ground: Ground, plan: ClausePlan, effect: Effect) -> Effect:
    """The effect where every measure that it reads has a due unit (step 2)."""
    applies = effect.applies
    for measure in plan.measures:
        applies = both(applies, ground.due(measure))
    return effect if applies is effect.applies else replace(effect, applies=applies)


def _set_aside(ground: Ground, item: str, effect: Effect) -> Effect:
    """Where 异议复核 set the clause aside it takes and gives nothing (step 16)."""
    aside = ground.set_aside(item, effect.number)
    if aside is None:
        return effect
    gain = select(aside, Numbers.at(0, effect.n), effect.gain)
    when = Truths(effect.when.sure & ~aside, effect.when.may & ~aside)
    lacks = None if effect.lacks is None else effect.lacks & ~aside
    awaits = None if effect.awaits is None else effect.awaits & ~aside
    return replace(effect, gain=gain, when=when, lacks=lacks, awaits=awaits, aside=aside)


def _plain(ground: Ground, item: str, plan: ClausePlan, amount: Amount) -> Effect:
    """An amount, taken or given as often as `per` or `every` say, or set as the base."""
    clause = plan.clause
    times = quantity(ground, clause)
    point = getattr(clause.per, "point", None)
    person = given(ground, item, clause.form, amount, point)
    effect = replace(
        Effect.alone(plan, ground.n),
        quantity=times,
        amounts=(amount,),
        awaits=person.awaits,
        lacks=None if times is None or times.sharp else ~times.certain,
    )
    if clause.form == "score":
        return replace(effect, sets=person.amount, final=amount == 0)
    gain = _signed(plan, person.amount if times is None else times * person.amount)
    return replace(effect, gain=gain.rounded(DIVIDED) if plan.divided else gain)


def _found(
    ground: Ground, item: str, plan: ClausePlan, point: str, amount: Amount, number: str
) -> Effect:
    """One entry of a map: taken (or given) once if the check point is found."""
    state = ground.point(point)
    credit = plan.clause.form == "add"
    aside = state.not_applicable
    found = _present(state.found, aside) if credit else state.found
    person = given(ground, item, plan.clause.form, amount, point)
    every = everywhere(ground.n)
    return replace(
        Effect.alone(plan, ground.n, number),
        applies=every if credit else ~aside,
        quantity=as_numbers(found),
        amounts=(amount,),
        gain=gated(found, _signed(plan, person.amount)),
        # Nobody has to give a number for what is not yet known to be there.
        awaits=None if person.awaits is None else person.awaits & found.sure,
        lacks=None if found.closed else found.open,
        point=point,
    )


def _present(found: Truths, not_applicable: Bools) -> Truths:
    """Whether it is there as a credit sees it: 不适用 is a credit given."""
    if not not_applicable.any():
        return found
    return Truths(found.sure | not_applicable, found.may | not_applicable)


def _signed(plan: ClausePlan, amount: Numbers) -> Numbers:
    return -amount if plan.clause.form == "deduct" else amount


def final_where(effect: Effect) -> Bools:
    """Where the effect is a `score: 0` that no one set aside."""
    stands = everywhere(effect.n) if effect.final else nowhere(effect.n)
    return stands if effect.aside is None else stands & ~effect.aside


def sets_where(effect: Effect) -> Bools:
    """Where the effect sets the base."""
    stands = everywhere(effect.n) if effect.sets is not None else nowhere(effect.n)
    return stands if effect.aside is None else stands & ~effect.aside
