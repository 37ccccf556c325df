"""Items: base, clauses, limits, and what does not apply (steps 6 and 7).

An item is computed in two readings, facts low and facts high; each reading's steps add up
exactly to its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from starrating.engine.clauses import effects
from starrating.engine.effect import Effect
from starrating.engine.formulas import judge
from starrating.engine.values import NO, OPEN, YES, Interval, Truth
from starrating.rulebook.model import Item, Section

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

ZERO = Fraction(0)
Reading = Literal["low", "high"]
READINGS: tuple[Reading, Reading] = ("low", "high")


class Role(Enum):
    """How an item counts in its section (step 6)."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    ON_SECTION = "on_section"
    """An item without points in a base section: it acts on the section."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an item's arithmetic in one reading; `clause` is the clause's number."""

    kind: str
    clause: str | None
    points: Fraction


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


def role_of(section: Section, item: Item) -> Role:
    """A bonus item is one in a bonus section, or one without points whose clauses all add."""
    if section.kind == "deduction":
        return Role.DEDUCTION
    if section.kind == "bonus":
        return Role.BONUS
    if item.points is None:
        adds = all(clause.form == "add" for clause in item.clauses)
        return Role.BONUS if adds and item.clauses else Role.ON_SECTION
    return Role.BASE


def starts_full(item: Item) -> bool:
    """Whether the base is the item's points: a clause deducts and none adds, or it says so."""
    if item.starts_at is not None:
        return item.starts_at == "full"
    forms = {clause.form for _, clause in item.every_clause()}
    return "deduct" in forms and "add" not in forms


def limits(section: Section, item: Item, role: Role) -> tuple[Fraction | None, Fraction | None]:
    """[floor, cap] of an item: [0, points] by default (step 6)."""
    if role is Role.ON_SECTION:
        return item.floor, item.cap
    default_cap = item.points if role is Role.BASE else None
    floor = item.floor if item.floor is not None else ZERO
    return floor, item.cap if item.cap is not None else default_cap


def span(section: Section, item: Item, role: Role) -> Fraction | None:
    """The most that an unbounded quantity can take from, or give to, the item (step 0)."""
    floor, cap = limits(section, item, role)
    if role is Role.ON_SECTION:
        return section.points
    if cap is None:
        return section.cap
    return cap - (floor or ZERO)


def score_item(subject: SubjectFacts, section: Section, item: Item) -> Scored:
    """One item of one subject (steps 6 and 7)."""
    role = role_of(section, item)
    found = effects(subject, item, span(section, item, role))
    floor, cap = limits(section, item, role)
    inside = {
        reading: _inside(item, role, found, reading, floor, cap) for reading in READINGS
    }
    whole = judge(section.applies_when, subject) if section.applies_when is not None else YES
    applies = whole & _applies(subject, item, found)
    policy = "leave_out" if whole is not YES else item.not_applicable or subject.setting.book.defaults.not_applicable
    out = {"full": item.points or ZERO, "zero": ZERO, "leave_out": None}[policy or "full"]
    if role is not Role.BASE:
        out = ZERO
    within = Interval(_total(inside["low"]), _total(inside["high"]))
    steps = {
        reading: _chosen(role, item, applies, inside[reading], out, reading)
        for reading in READINGS
    }
    score = _score(within, out, applies)
    state = _state(applies, within, out, found)
    return Scored(item, role, applies, within, out, score, state, found, steps)


def _total(steps: Iterable[Step]) -> Fraction:
    return sum((step.points for step in steps), ZERO)


def _score(within: Interval, out: Fraction | None, applies: Truth) -> Interval:
    """The hull of applying and not; what may be left out is settled by its section."""
    if applies is NO:
        return Interval.at(out or ZERO)
    if applies is YES or out is None:
        return within
    return within.hull(Interval.at(out))


def _applies(subject: SubjectFacts, item: Item, found: tuple[Effect, ...]) -> Truth:
    if found and not any(effect.applies for effect in found):
        return NO
    return judge(item.applies_when, subject) if item.applies_when is not None else YES


def _state(
    applies: Truth, within: Interval, out: Fraction | None, found: tuple[Effect, ...]
) -> str:
    if applies is NO:
        return "not_applicable"
    if applies is OPEN and (out is None or not within.known or within.number != out):
        return "no_data"
    if within.known:
        return "scored"
    every = [part for effect in found for part in (effect, *effect.inner)]
    if any(effect.lacks_facts for effect in every if effect.applies):
        return "no_data"
    return "awaiting_person" if any(effect.awaits for effect in every) else "no_data"


# --- the arithmetic of one reading ----------------------------------------------------------------


def _inside(
    item: Item,
    role: Role,
    found: tuple[Effect, ...],
    reading: Reading,
    floor: Fraction | None,
    cap: Fraction | None,
) -> tuple[Step, ...]:
    """The steps of an item that applies, in one reading."""
    low = reading == "low"
    acting = [effect for effect in found if effect.applies]
    start = (item.points or ZERO) if starts_full(item) and role is not Role.DEDUCTION else ZERO
    steps = [Step("base", None, item.points or ZERO)] if role is Role.BASE else []
    final = next((e for e in acting if e.final and _acts(e, low=low)), None)
    setter, base = _base(acting, start, low=low)
    printed = (item.points or ZERO) if role is Role.BASE else ZERO
    if final is not None:
        # The clause takes all that the item would start with; every other clause stops at 0.
        if start != printed:
            steps.append(Step("not_earned", None, start - printed))
        steps.extend(
            Step("clause", part.number, -start if part is final else ZERO)
            for effect in found
            for part in (effect.inner or (effect,))
        )
        return tuple(steps)
    if base != printed:
        steps.append(Step("not_earned", setter, base - printed))
    score = base
    for effect in found:
        for number, points in _gains(effect, role, low=low):
            if effect.sets is not None:
                continue
            steps.append(Step("clause", number, points))
            score += points
    kept = score if cap is None else min(score, cap)
    kept = kept if floor is None else max(kept, floor)
    if kept != score:
        steps.append(Step("clamp", None, kept - score))
    return tuple(steps)


def _acts(effect: Effect, *, low: bool) -> bool:
    """Whether a clause that sets acts in this reading: an open `score: 0` does when facts are low."""
    return effect.when is YES or (effect.when is OPEN and low)


def _base(acting: list[Effect], start: Fraction, *, low: bool) -> tuple[str | None, Fraction]:
    """The base and the clause that set it: of several true setting clauses the lowest."""
    setters = [effect for effect in acting if effect.sets is not None and not effect.final]
    sure = [effect for effect in setters if effect.when is YES]
    maybe = [effect for effect in setters if effect.when is OPEN]

    def worth(effect: Effect) -> Fraction:
        assert effect.sets is not None
        end = effect.sets.low if low else effect.sets.high
        assert end is not None
        return end

    options = [(worth(effect), effect.number) for effect in sure]
    lowest = min(options, key=lambda option: option[0]) if options else None
    if low:
        every = options + [(worth(effect), effect.number) for effect in maybe]
        if lowest is None:
            every.append((start, ""))
        value, number = min(every, key=lambda option: option[0])
        return number or None, value
    if lowest is not None:
        return lowest[1], lowest[0]
    # No clause surely sets: the best is the start, or a single open clause that sets more.
    value, number = max(
        [(start, ""), *((worth(effect), effect.number) for effect in maybe)],
        key=lambda option: option[0],
    )
    return number or None, value


def _gains(effect: Effect, role: Role, *, low: bool) -> list[tuple[str, Fraction]]:
    """The clause rows of one effect: losers of worst_of and best_of appear with 0."""
    sign = -1 if role is Role.DEDUCTION else 1
    if not effect.inner:
        return [(effect.number, sign * _end(effect, role, low=low))]
    ends = [_end(part, role, low=low) for part in effect.inner]
    pick = min if effect.form == "worst_of" else max
    winner = ends.index(pick(ends))
    return [
        (part.number, sign * end if place == winner else ZERO)
        for place, (part, end) in enumerate(zip(effect.inner, ends, strict=True))
    ]


def _end(effect: Effect, role: Role, *, low: bool) -> Fraction:
    """The end of a clause's gain in one reading; an item of a deduction section counts points
    lost, so that its low reading is the least loss."""
    if not effect.applies:
        return ZERO
    take_low = low != (role is Role.DEDUCTION)
    end = effect.gain.low if take_low else effect.gain.high
    # A gain without limit (a bonus without cap) is shown as what is sure.
    return end if end is not None else (effect.gain.high or effect.gain.low or ZERO)


def _chosen(
    role: Role,
    item: Item,
    applies: Truth,
    inside: tuple[Step, ...],
    out: Fraction | None,
    reading: Reading,
) -> tuple[Step, ...]:
    """The steps of the world that this reading takes: applying, or not."""
    points = (item.points or ZERO) if role is Role.BASE else ZERO
    value = out if out is not None else ZERO
    base = (Step("base", None, points),) if role is Role.BASE else ()
    outside = (*base, Step("not_applicable", None, value - points))
    if applies is NO:
        return outside
    if applies is YES or out is None:
        return inside
    better = value < _total(inside) if reading == "low" else value > _total(inside)
    return outside if better else inside
