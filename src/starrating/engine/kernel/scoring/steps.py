"""The arithmetic of an item that applies, in one reading, for every subject (step 6).

The steps are slots: a kind and, for some, the effect that made them; what each adds is a column,
and a mask where the subject's way takes it at all. A way's slots add up exactly to its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import (
    Bools,
    Exact,
    Ints,
    all_of,
    choose,
    everywhere,
    nowhere,
    repeated,
)
from starrating.engine.kernel.scoring.clauses import final_where, sets_where
from starrating.engine.kernel.scoring.effect import Effect, end_of
from starrating.engine.kernel.scoring.plan import ItemPlan, Role
from starrating.engine.kernel.values.alike import constant
from starrating.engine.kernel.values.marks import both

_CONTESTS = ("worst_of", "best_of")


@dataclass(frozen=True, eq=False)
class Slot:
    """One step of all subjects: `points` where `there` (None: everywhere)."""

    kind: str
    effect: Effect | None
    points: Exact
    there: Bools | None = None


@dataclass(frozen=True, eq=False)
class Way:
    """The slots of one reading in their order, and what they add up to."""

    slots: tuple[Slot, ...]
    score: Exact


def inside_ways(plan: ItemPlan, found: Sequence[Effect], n: int) -> tuple[Way, Way]:
    """From the printed points to the score of an item that applies, facts low and facts high.

    A `score: 0` is final: no other clause acts. One whose condition is open acts in the reading
    that it serves. Where nothing is open both ways are one.
    """
    low = _Inside(plan, found, n, high=False).way()
    if all(part.sharp for effect in found for part in effect.parts()):
        return low, low
    return low, _Inside(plan, found, n, high=True).way()


@dataclass(frozen=True, eq=False)
class _Inside:
    plan: ItemPlan
    found: Sequence[Effect]
    n: int
    high: bool

    def way(self) -> Way:
        acting = self._all_act()
        finals = [each for each in self.found if each.final]
        if not finals:
            return acting
        stopper = self._stopper(finals, acting.score)
        stopped = stopper >= 0
        return self._stopped(acting, finals, stopper, stopped) if stopped.any() else acting

    # --- a final clause ---------------------------------------------------------------------

    def _stopper(self, finals: Sequence[Effect], score: Exact) -> Ints:
        """Which final clause stops all others (-1: none): the first that surely acts, else an
        open one in the reading that it serves. Stopped, an item comes to 0."""
        sure = np.full(self.n, -1, np.int64)
        first = sure.copy()
        last = sure.copy()
        for place, each in enumerate(finals):
            acts = final_where(each) & each.applies
            sure = np.where((sure < 0) & acts & each.when.sure, place, sure)
            open_ = acts & each.when.open
            first = np.where((first < 0) & open_, place, first)
            last = np.where(open_, place, last)
        sign = score.sign()
        maybe = np.where(sign < 0, last, -1) if self.high else np.where(sign >= 0, first, -1)
        return np.where(sure >= 0, sure, maybe)

    def _stopped(self, acting: Way, finals: Sequence[Effect], stopper: Ints, stopped: Bools) -> Way:
        """The way with what stopped subjects go through instead: the final clause takes all that
        the item starts with, every other clause stops at 0."""
        begin, nil = Exact.at(self.plan.begin, self.n), Exact.at(0, self.n)
        slots: list[Slot] = []
        for slot in acting.slots:
            if slot.kind == "base":
                slots.append(slot)
            elif slot.kind == "not_earned" and slot.effect is None:
                printed = Exact.at(self.plan.printed, self.n)
                less = choose(stopped, begin - printed, slot.points)
                there = np.where(stopped, less.sign() != 0, _there(slot, self.n))
                slots.append(Slot(slot.kind, None, less, there))
            elif slot.kind != "clause":
                slots.append(
                    Slot(slot.kind, slot.effect, slot.points, _there(slot, self.n) & ~stopped)
                )
            else:
                slots.append(self._stopped_clause(slot, finals, stopper, stopped))
        return Way(tuple(slots), choose(stopped, nil, acting.score))

    def _stopped_clause(
        self, slot: Slot, finals: Sequence[Effect], stopper: Ints, stopped: Bools
    ) -> Slot:
        nil = Exact.at(0, self.n)
        points = choose(stopped, nil, slot.points)
        for place, each in enumerate(finals):
            if each is slot.effect:
                points = choose(stopper == place, Exact.at(-self.plan.begin, self.n), points)
        return Slot("clause", slot.effect, points, stopped | _there(slot, self.n))

    # --- all clauses act --------------------------------------------------------------------

    def _all_act(self) -> Way:
        """Base, what every clause gives or takes, and the item's limits. An item of a deduction
        section counts points lost, so that its low reading is the least loss."""
        base, setter, setters = self._base()
        printed = Exact.at(self.plan.printed, self.n)
        slots: list[Slot] = []
        if self.plan.role is Role.BASE:
            slots.append(Slot("base", None, printed))
        unearned = base - printed
        moved = unearned.anywhere()
        slots.append(Slot("not_earned", None, unearned, both(moved, _of(setter, -1))))
        slots.extend(
            Slot("not_earned", each, unearned, both(moved, _of(setter, place)))
            for place, each in enumerate(setters)
        )
        lost = self.plan.role is Role.DEDUCTION
        score = base
        alone = {id(each) for each in self.found if each.sets is not None}
        for effect, gain in self._rows(self.found, self.high != lost):
            points = -gain if lost else gain
            there = ~sets_where(effect) if id(effect) in alone else None
            nil = Exact.at(0, self.n)
            score = score + (points if there is None else choose(there, points, nil))
            slots.append(Slot("clause", effect, points, there))
        kept = score
        if self.plan.cap is not None:
            kept = kept.minimum(Exact.at(self.plan.cap, self.n))
        if self.plan.floor is not None:
            kept = kept.maximum(Exact.at(self.plan.floor, self.n))
        clamp = Exact.at(0, self.n) if kept is score else kept - score
        slots.append(Slot("clamp", None, clamp, clamp.anywhere()))
        return Way(tuple(slots), kept)

    def _base(self) -> tuple[Exact, Ints, list[Effect]]:
        """The base, which of the setting clauses set it (-1: none), and those clauses: of several
        true ones the lowest, else the start; an open one in the reading that it serves."""
        begin = Exact.at(self.plan.begin, self.n)
        setters = [each for each in self.found if each.sets is not None and not each.final]
        if not setters:
            return begin, repeated(np.int64(-1), self.n), []
        acting = [both(each.applies, sets_where(each)) for each in setters]
        if len(setters) == 1 and all_of(both(acting[0], setters[0].when.sure)):
            return _value(setters[0], self.high), repeated(np.int64(0), self.n), setters
        any_sure = np.zeros(self.n, bool)
        for each, acts in zip(setters, acting, strict=True):
            any_sure |= acts & each.when.sure
        best = _Best(begin, self.n)
        for place, (each, acts) in enumerate(zip(setters, acting, strict=True)):
            best.offer(acts & each.when.sure, _value(each, self.high), place, high=False)
        if self.high:
            best.offer(~any_sure, begin, -1, high=True)
        for place, (each, acts) in enumerate(zip(setters, acting, strict=True)):
            open_ = acts & each.when.open
            if self.high:
                open_ &= ~any_sure
            best.offer(open_, _value(each, self.high), place, high=self.high)
        if not self.high:
            best.offer(~any_sure, begin, -1, high=False)
        return best.points, best.place, setters

    def _rows(self, found: Iterable[Effect], high: bool) -> Iterator[tuple[Effect, Exact]]:
        """What each part of the effects adds in one reading of its gain."""
        for effect in found:
            if not effect.inner:
                gain = end_of(effect.gain, high)
                nil = Exact.at(0, self.n)
                yield effect, gain if effect.applies.all() else choose(effect.applies, gain, nil)
            elif effect.form in _CONTESTS:
                yield from self._contest(effect, high)
            else:
                yield from self._together(effect, high)

    def _contest(self, effect: Effect, high: bool) -> Iterator[tuple[Effect, Exact]]:
        """Only the winner counts: the losers of worst_of and best_of appear with 0."""
        parts = [list(self._rows((part,), high)) for part in effect.inner]
        nil = Exact.at(0, self.n)
        best: Exact | None = None
        won = np.zeros(self.n, np.int64)
        for place, part in enumerate(parts):
            own = nil
            for _, points in part:
                own = own + points
            if best is None:
                best = own
                continue
            better = own.less(best) if effect.form == "worst_of" else best.less(own)
            best, won = choose(better, own, best), np.where(better, place, won)
        for place, part in enumerate(parts):
            for leaf, points in part:
                yield leaf, choose(won == place, points, nil)

    def _together(self, effect: Effect, high: bool) -> Iterator[tuple[Effect, Exact]]:
        """The entries of a map one after another, until they come to `up_to`."""
        most = effect.plan.clause.up_to
        sofar = Exact.at(0, self.n)
        for leaf, points in self._rows(effect.inner, high):
            if most is None:
                yield leaf, points
                continue
            after = (sofar + points).minimum(Exact.at(most, self.n))
            after = after.maximum(Exact.at(-most, self.n))
            yield leaf, after - sofar
            sofar = after


class _Best:
    """The best offer so far, the first of equals, subject by subject."""

    def __init__(self, begin: Exact, n: int) -> None:
        self.points, self.place = begin, np.full(n, -1, np.int64)
        self.some = np.zeros(n, bool)

    def offer(self, mask: Bools, points: Exact, place: int, *, high: bool) -> None:
        better = self.points.less(points) if high else points.less(self.points)
        take = mask & (~self.some | better)
        self.points = choose(take, points, self.points)
        self.place = np.where(take, place, self.place)
        self.some = self.some | mask


def _of(setter: Ints, place: int) -> Bools:
    """Where the base was set by the clause at this place (-1: by none)."""
    if constant(setter):
        return everywhere(len(setter)) if setter[0] == place else nowhere(len(setter))
    return np.asarray(setter == place)


def _value(effect: Effect, high: bool) -> Exact:
    assert effect.sets is not None
    return end_of(effect.sets, high)


def _there(slot: Slot, n: int) -> Bools:
    return np.ones(n, bool) if slot.there is None else slot.there
