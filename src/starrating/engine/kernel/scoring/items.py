"""Items: what their clauses come to, and what does not apply, for every subject (steps 6 and 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.arrays import (
    Bools,
    Exact,
    Ints,
    Numbers,
    Truths,
    all_of,
    choose,
    everywhere,
    nowhere,
    repeated,
)
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.scoring.clauses import effects
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.ground import Ground
from starrating.engine.kernel.scoring.plan import ZERO, ItemPlan, PlacedItem, Role
from starrating.engine.kernel.scoring.steps import Slot, Way, inside_ways
from starrating.engine.kernel.scoring.variants import reading_of

SCORED, NOT_APPLICABLE, NO_DATA, AWAITING = 0, 1, 2, 3
STATES = ("scored", "not_applicable", "no_data", "awaiting_person")
"""The words of the state codes."""


@dataclass(frozen=True, eq=False)
class Scored:
    """One reading of an item for all subjects.

    `inside` is the score if it applies. `gone` tells where an item that does not apply is left
    out of its section; elsewhere it gives `out` then. `score` is the hull over both, `low` and
    `high` are the ways there.
    """

    plan: ItemPlan
    applies: Truths
    inside: Numbers
    gone: Bools
    out: Fraction
    score: Numbers
    state: Ints
    effects: tuple[Effect, ...]
    low: Way
    high: Way


@dataclass(frozen=True, eq=False)
class ItemColumns:
    """An item for all subjects: its readings, and `reading`, which one reads for each (-1: which
    one is not known, and the hull over all stands).

    `base` and `on_section` tell where it counts in the base, and where it acts on its section;
    `points` are the printed ones. `zero` is how surely a judgement set it to 0 (None: nowhere).
    """

    placed: PlacedItem
    readings: tuple[Scored, ...]
    reading: Ints
    base: Bools
    on_section: Bools
    points: Exact
    applies: Truths
    inside: Numbers
    gone: Bools
    score: Numbers
    state: Ints
    zero: Truths | None = None


def score_item(ground: Ground, placed: PlacedItem, section: Truths) -> ItemColumns:
    """One item of all subjects; `section` is where its section applies."""
    readings = tuple(_scored(ground, each, section) for each in placed.readings)
    if len(readings) > 1:
        return _joined(placed, readings, _reading(ground, placed))
    return one_reading(placed, readings[0])


def one_reading(placed: PlacedItem, one: Scored) -> ItemColumns:
    """An item that reads the same for all subjects."""
    n = len(one.gone)
    return ItemColumns(
        placed,
        (one,),
        reading=repeated(np.int64(0), n),
        base=_everywhere(one.plan.role is Role.BASE, n),
        on_section=_everywhere(one.plan.role is Role.ON_SECTION, n),
        points=Exact.at(one.plan.points, n),
        applies=one.applies,
        inside=one.inside,
        gone=one.gone,
        score=one.score,
        state=one.state,
    )


def _everywhere(holds: bool, n: int) -> Bools:
    return everywhere(n) if holds else nowhere(n)


def _scored(ground: Ground, plan: ItemPlan, section: Truths) -> Scored:
    applies = section & applies_where(ground, plan)
    return scored_from(plan, effects(ground, plan), applies, section)


def scored_from(
    plan: ItemPlan, found: tuple[Effect, ...], applies: Truths, section: Truths
) -> Scored:
    """One reading from the effects of its clauses; `applies` is where the item does by itself,
    `section` where its section does."""
    n = len(section)
    low, high = inside_ways(plan, found, n)
    inside = Numbers.known(low.score) if low is high else Numbers.between(low.score, high.score)
    applies = _with_effects(applies, found)
    gone = _left_out(plan, section)
    out = plan.points if plan.policy == "full" and plan.role is Role.BASE else ZERO
    score = _score(inside, out, gone, applies)
    state = _state(applies, inside, out, gone, found)
    bare = Scored(plan, applies, inside, gone, out, score, state, found, low, high)
    return _outside(bare, n)


def applies_where(ground: Facts, plan: ItemPlan) -> Truths:
    """Where the item applies by its own words."""
    if plan.item.applies_when is None:
        return Truths.at(True, ground.n)
    return judge(plan.item.applies_when, ground)


def _with_effects(applies: Truths, found: tuple[Effect, ...]) -> Truths:
    """An item of which no clause applies does not apply."""
    if not found or all(all_of(effect.applies) for effect in found):
        return applies
    some = np.zeros(len(applies), bool)
    for effect in found:
        some |= effect.applies
    return applies & Truths.known(some)


def _left_out(plan: ItemPlan, section: Truths) -> Bools:
    """Where an item that does not apply is left out of its section, as all items of a section are
    that does not apply."""
    if plan.role is not Role.BASE:
        return nowhere(len(section))
    if plan.policy == "leave_out":
        return everywhere(len(section))
    return ~section.sure


def _score(inside: Numbers, out: Fraction, gone: Bools, applies: Truths) -> Numbers:
    """The hull of applying and not; what may be left out is settled by its section."""
    if all_of(applies.sure):
        return inside
    n = len(gone)
    outside = choose(gone, Exact.at(0, n), Exact.at(out, n))
    never = ~applies.may
    if applies.closed and inside.sharp:
        return Numbers.known(choose(never, outside, inside.low))
    hulled = applies.open & ~gone
    low = choose(hulled, inside.low.minimum(outside), inside.low)
    high = choose(hulled, inside.high.maximum(outside), inside.high)
    low, high = choose(never, outside, low), choose(never, outside, high)
    return Numbers.between(low, high)


def _state(
    applies: Truths, inside: Numbers, out: Fraction, gone: Bools, found: tuple[Effect, ...]
) -> Ints:
    n = len(gone)
    if inside.sharp and inside.state is None and applies.closed:
        if all_of(applies.may):
            return repeated(np.int64(SCORED), n)
        return np.where(applies.may, SCORED, NOT_APPLICABLE)
    known = inside.certain
    lacks, awaits = np.zeros(n, bool), np.zeros(n, bool)
    for effect in found:
        for part in effect.parts():
            if part.lacks is not None:
                lacks |= part.lacks & part.applies
            if part.awaits is not None:
                awaits |= part.awaits
    waiting = np.where(awaits & ~lacks, AWAITING, NO_DATA)
    state = np.where(known, SCORED, waiting)
    if not applies.closed:
        same = known & inside.low.same(Exact.at(out, n)) & ~gone
        state = np.where(applies.open & ~same, NO_DATA, state)
    return np.where(applies.may, state, NOT_APPLICABLE)


# --- what does not apply --------------------------------------------------------------------------


def _outside(scored: Scored, n: int) -> Scored:
    """The ways that each reading takes: applying, or not; one where nothing is open."""
    applies = scored.applies
    if all_of(applies.sure):
        return scored
    low = _chosen(scored, scored.low, n, high=False)
    alike = applies.closed and scored.low is scored.high
    high = low if alike else _chosen(scored, scored.high, n, high=True)
    return replace(scored, low=low, high=high)


def _chosen(scored: Scored, way: Way, n: int, *, high: bool) -> Way:
    plan, applies = scored.plan, scored.applies
    outside = choose(scored.gone, Exact.at(0, n), Exact.at(scored.out, n))
    leaves = ~applies.may
    if not applies.closed:
        better = way.score.less(outside) if high else outside.less(way.score)
        leaves |= applies.open & ~scored.gone & better
    slots: list[Slot] = []
    for slot in way.slots:
        if slot.kind == "base":
            slots.append(slot)
        else:
            there = ~leaves if slot.there is None else slot.there & ~leaves
            slots.append(Slot(slot.kind, slot.effect, slot.points, there))
    missed = outside - Exact.at(plan.printed, n)
    slots.append(Slot("not_applicable", None, missed, leaves))
    return Way(tuple(slots), choose(leaves, outside, way.score))


# --- variants ---------------------------------------------------------------------------------


def _reading(ground: Ground, placed: PlacedItem) -> Ints:
    """Which reading is each subject's, by the column of the variants; -1 where it is not known."""
    variants = placed.item.variants
    assert variants is not None
    return reading_of(ground.name(variants.by), placed)


def _joined(placed: PlacedItem, readings: tuple[Scored, ...], reading: Ints) -> ItemColumns:
    """Each subject's own reading, and the hull over all where it is not known."""
    n = len(reading)
    open_ = reading < 0
    first = readings[0]
    sure, may = first.applies.sure.copy(), first.applies.may.copy()
    gone, state = first.gone.copy(), first.state.copy()
    ends = [first.inside.low, first.inside.high, first.score.low, first.score.high]
    points = Exact.at(first.plan.points, n)
    base = _everywhere(first.plan.role is Role.BASE, n)
    on_section = _everywhere(first.plan.role is Role.ON_SECTION, n)
    for place, each in enumerate(readings[1:], start=1):
        own = reading == place
        alike = (sure == each.applies.sure) & (may == each.applies.may)
        same = (state == each.state) & ends[2].same(each.score.low) & ends[3].same(each.score.high)
        state = np.where(own, each.state, np.where(open_ & ~same, NO_DATA, state))
        sure = np.where(own, each.applies.sure, np.where(open_ & ~alike, False, sure))
        may = np.where(own, each.applies.may, np.where(open_ & ~alike, True, may))
        gone = np.where(own, each.gone, gone)
        base = np.where(own, each.plan.role is Role.BASE, base)
        on_section = np.where(own, each.plan.role is Role.ON_SECTION, on_section)
        points = choose(own, Exact.at(each.plan.points, n), points)
        others = (each.inside.low, each.inside.high, each.score.low, each.score.high)
        for end, other in enumerate(others):
            kept = ends[end]
            wider = kept.minimum(other) if end % 2 == 0 else kept.maximum(other)
            ends[end] = choose(own, other, choose(open_, wider, kept))
    return ItemColumns(
        placed,
        readings,
        reading,
        base,
        on_section,
        points,
        Truths(sure, may),
        Numbers.between(ends[0], ends[1]),
        gone,
        Numbers.between(ends[2], ends[3]),
        state,
    )


# --- after judgements -----------------------------------------------------------------------------


def zeroed(item: ItemColumns, when: Truths) -> ItemColumns:
    """The item after a judgement's `score: 0`, which acts this surely."""
    if not when.may.any():
        return item
    sure, open_ = when.sure, when.open
    nil = Exact.at(0, len(sure))

    def down(interval: Numbers) -> Numbers:
        low = choose(open_, interval.low.minimum(nil), choose(sure, nil, interval.low))
        high = choose(open_, interval.high.maximum(nil), choose(sure, nil, interval.high))
        return Numbers.between(low, high)

    some = (item.score.low.sign() != 0) | (item.score.high.sign() != 0)
    state = np.where(sure & (item.state != NOT_APPLICABLE), SCORED, item.state)
    state = np.where(open_ & some, NO_DATA, state)
    return replace(item, score=down(item.score), inside=down(item.inside), state=state, zero=when)
