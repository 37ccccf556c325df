"""Items: what their clauses come to, and what does not apply (steps 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial, reduce
from typing import TYPE_CHECKING

from starrating.engine.expressions.formulas import judge
from starrating.engine.scoring.clauses import effects
from starrating.engine.scoring.effect import Effect
from starrating.engine.scoring.readings import READINGS, Reading, Step, both, extreme, summed
from starrating.engine.scoring.roles import Placed, Role
from starrating.engine.scoring.steps import inside_steps
from starrating.engine.scoring.variants import readings_of
from starrating.engine.values import NIL, NO, OPEN, YES, ZERO, Interval, Truth
from starrating.rulebook.model import Item, Rulebook, Section

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


@dataclass(frozen=True, slots=True)
class Scored:
    """An item of one subject: its score in both readings, and the steps that lead there.

    `applies` is open where it is not known whether the item applies. `score` is the hull over
    both; `inside` the score if it applies; `out` the score if it does not (None: left out).
    """

    item: Item
    role: Role
    applies: Truth
    inside: Interval
    out: Fraction | None
    score: Interval
    state: str
    effects: tuple[Effect, ...]
    steps: Mapping[Reading, tuple[Step, ...]]

    @property
    def points(self) -> Fraction:
        """The printed points (0 where there are none)."""
        return self.item.points or ZERO

    @property
    def parts(self) -> tuple[Effect, ...]:
        """The single effects of all clauses."""
        return tuple(part for effect in self.effects for part in effect.parts)


def score_item(subject: SubjectFacts, placed: Placed) -> Scored:
    """One item of one subject (steps 6 and 7), as its variant reads; where it is not known which
    variant reads, the hull over all."""
    if placed.item.variants is None:
        return _scored(subject, placed)
    book, section = subject.setting.book, placed.section
    readings = (Placed.of(book, section, each) for each in readings_of(subject, placed.item))
    return reduce(_either, (_scored(subject, each) for each in readings))


def _either(one: Scored, two: Scored) -> Scored:
    """The hull of two ways an item may read."""
    low, high = (
        extreme("low", one.steps["low"], two.steps["low"]),
        extreme("high", one.steps["high"], two.steps["high"]),
    )
    return replace(
        one,
        applies=one.applies if one.applies is two.applies else OPEN,
        inside=one.inside.hull(two.inside),
        score=one.score.hull(two.score),
        state=one.state if one.state == two.state and one.score == two.score else "no_data",
        effects=(*one.effects, *two.effects),
        steps={"low": low, "high": high},
    )


def _scored(subject: SubjectFacts, placed: Placed) -> Scored:
    """One item without variants."""
    item, role = placed.item, placed.role
    found = effects(subject, item, placed.span)
    inside = _inside(placed, found)
    within = Interval(summed(inside["low"]), summed(inside["high"]))
    section = _section_applies(subject, placed.section)
    applies = section & _applies(subject, item, found)
    out = _score_outside(subject, placed, section)
    return Scored(
        item=item,
        role=role,
        applies=applies,
        inside=within,
        out=out,
        score=_score(within, out, applies),
        state=_state(applies, within, out, found),
        effects=found,
        steps=_steps(placed, applies, inside, out),
    )


def _inside(placed: Placed, found: tuple[Effect, ...]) -> Mapping[Reading, tuple[Step, ...]]:
    """The steps if the item applies."""
    known = all(part.settled for effect in found for part in effect.parts)
    return both(partial(inside_steps, placed, found), known=known)


def _section_applies(subject: SubjectFacts, section: Section) -> Truth:
    return judge(section.applies_when, subject) if section.applies_when is not None else YES


def _applies(subject: SubjectFacts, item: Item, found: tuple[Effect, ...]) -> Truth:
    asked = judge(item.applies_when, subject) if item.applies_when is not None else YES
    return NO if found and not any(effect.applies for effect in found) else asked


def not_applicable_policy(item: Item, book: Rulebook) -> str:
    """What an item gives that does not apply: its own word, else the rulebook's (step 7)."""
    return item.not_applicable or book.defaults.not_applicable or "full"


def _score_outside(subject: SubjectFacts, placed: Placed, section: Truth) -> Fraction | None:
    """The score of an item that does not apply; None where it is left out of its section, as all
    items are of a section that does not apply."""
    if placed.role is not Role.BASE:
        return ZERO
    policy = not_applicable_policy(placed.item, subject.setting.book)
    if policy == "leave_out" or section is not YES:
        return None
    return placed.printed if policy == "full" else ZERO


def _score(within: Interval, out: Fraction | None, applies: Truth) -> Interval:
    """The hull of applying and not; what may be left out is settled by its section."""
    if applies is NO:
        return Interval.at(out or ZERO)
    if applies is YES or out is None:
        return within
    return within.hull(Interval.at(out))


def _state(
    applies: Truth, within: Interval, out: Fraction | None, found: tuple[Effect, ...]
) -> str:
    if applies is NO:
        return "not_applicable"
    if applies is OPEN and (out is None or not within.known or within.number != out):
        return "no_data"
    if within.known:
        return "scored"
    parts = [part for effect in found for part in effect.parts]
    if any(part.lacks_facts for part in parts if part.applies):
        return "no_data"
    return "awaiting_person" if any(part.awaits for part in parts) else "no_data"


def _steps(
    placed: Placed,
    applies: Truth,
    inside: Mapping[Reading, tuple[Step, ...]],
    out: Fraction | None,
) -> Mapping[Reading, tuple[Step, ...]]:
    """The steps of the world that each reading takes: applying, or not."""
    if applies is YES or (applies is OPEN and out is None):
        return inside
    base = (Step("base", None, placed.printed),) if placed.role is Role.BASE else ()
    outside = (*base, Step("not_applicable", None, (out or ZERO) - placed.printed))
    if applies is NO:
        return dict.fromkeys(READINGS, outside)
    return {reading: extreme(reading, inside[reading], outside) for reading in READINGS}


def zeroed(scored: Scored, *, when: Truth) -> Scored:
    """The item after a judgement's `score: 0`: in either reading the world that it takes."""
    if when is NO:
        return scored
    steps: dict[Reading, tuple[Step, ...]] = {}
    for reading, before in scored.steps.items():
        ways = (_down(before),) if when is YES else (before, _down(before))
        steps[reading] = extreme(reading, *ways)
    if when is YES:
        state = scored.state if scored.state == "not_applicable" else "scored"
        return replace(scored, score=NIL, inside=NIL, steps=steps, state=state)
    return replace(
        scored,
        score=scored.score.hull(NIL),
        inside=scored.inside.hull(NIL),
        steps=steps,
        state="no_data" if scored.score != NIL else scored.state,
    )


def _down(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    score = summed(steps)
    return (*steps, Step("zeroed", None, -score)) if score else steps
