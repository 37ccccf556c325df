"""The findings of items: base, clauses, what is not earned, limits, not applicable (step 14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from starrating.engine.kernel.arrays import (
    Bools,
    Exact,
    Ints,
    Numbers,
    any_of,
    choose,
    everywhere,
    nowhere,
)
from starrating.engine.kernel.findings.columns import Node, Sink
from starrating.engine.kernel.scoring.clauses import final_where, sets_where
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns, Scored
from starrating.engine.kernel.scoring.plan import Role
from starrating.engine.kernel.scoring.steps import Slot, Way
from starrating.engine.kernel.values.marks import both

_MESSAGES = {
    "base": "F101",
    "not_earned": "F102",
    "not_applicable": "F121",
    "clamp": "F122",
    "zeroed": "F123",
}
WIDTH = 1 << 12
"""More than an item has slots."""


def item_findings(sink: Sink, items: Sequence[ItemColumns], n: int) -> None:
    """The rows of all items, in the order of the sheet."""
    for item in items:
        for rows, own in item_rows(item, n):
            rows.add(sink, own)


def item_rows(item: ItemColumns, n: int) -> Iterator[tuple[ItemRows, Bools]]:
    """The readings of an item, and whose each is. Where that is not known the rows are, in either
    reading of the facts, those of the lowest or the highest score."""
    for number, scored in enumerate(item.readings):
        yield ItemRows(item, scored, n), np.asarray(item.reading == number)
    open_ = item.reading < 0
    if not open_.any():
        return
    low = _best([each.low.score for each in item.readings], n, high=False)
    high = _best([each.high.score for each in item.readings], n, high=True)
    for one, two in product(range(len(item.readings)), repeat=2):
        own = open_ & (low == one) & (high == two)
        if own.any():
            yield _merged(item, one, two, n), own


def _best(scores: Sequence[Exact], n: int, *, high: bool) -> Ints:
    """The first of the scores that is the least, or the greatest."""
    best, place = scores[0], np.zeros(n, np.int64)
    for number, score in enumerate(scores[1:], start=1):
        better = best.less(score) if high else score.less(best)
        best, place = choose(better, score, best), np.where(better, number, place)
    return place


def _there(slot: Slot | None, n: int) -> Bools:
    if slot is None:
        return nowhere(n)
    return everywhere(n) if slot.there is None else slot.there


@dataclass(frozen=True, eq=False)
class Pair:
    """One step in both readings, and its place in the way of each."""

    kind: str
    effect: Effect | None
    low: Slot | None
    high: Slot | None
    places: tuple[int, int]


def pairs_of(low: Way, high: Way) -> list[Pair]:
    """The steps of both ways, each with its like in the other."""
    others = {(slot.kind, id(slot.effect)): (place, slot) for place, slot in enumerate(high.slots)}
    found = []
    for place, slot in enumerate(low.slots):
        after, other = others.pop((slot.kind, id(slot.effect)), (0, None))
        found.append(Pair(slot.kind, slot.effect, slot, other, (place, after)))
    found.extend(
        Pair(slot.kind, slot.effect, None, slot, (0, after)) for after, slot in others.values()
    )
    return found


@dataclass(frozen=True, eq=False)
class Told:
    """Where a step has a row, and its points as they act on the total, facts low and facts high.
    Where the low reading takes the step (`in_low`), the row's place among the subject's is the
    first of `places`, else the second."""

    where: Bools
    points: tuple[Exact, Exact]
    in_low: Bools
    places: tuple[int, int]

    @property
    def order(self) -> Ints:
        """The row's place among the subject's."""
        return np.where(self.in_low, *self.places)


class ItemRows:
    """The rows of one reading of an item."""

    def __init__(self, item: ItemColumns, scored: Scored, n: int) -> None:
        self.item, self.scored, self.n = item, scored, n
        self.lost = scored.plan.role is Role.DEDUCTION
        self.first = item.placed.place * WIDTH * 2
        self.nil = Exact.at(0, n)

    def add(self, sink: Sink, own: Bools) -> None:
        """Add the rows of the subjects whose reading this is."""
        for pair in self.pairs():
            told = self.told(pair, own)
            self._row(sink, pair.kind, pair.effect, told, self._message(sink, pair, told.points))
        self._zeroed(sink, own)

    def pairs(self) -> list[Pair]:
        """The steps of both readings of the facts."""
        return pairs_of(self.scored.low, self.scored.high)

    def told(self, pair: Pair, own: Bools) -> Told:
        """The rows of one of the pairs, of these subjects."""
        in_low, in_high = _there(pair.low, self.n), _there(pair.high, self.n)
        points = self._points(pair, in_low, in_high)
        where = both(own, in_low if in_low is in_high else in_low | in_high)
        if pair.kind == "clause" and any_of(where):
            assert pair.effect is not None
            where = where & self._tells(pair.effect, _nothing(points))
        return Told(where, points, in_low, self._places(*pair.places))

    def _places(self, low: int, high: int) -> tuple[int, int]:
        """Steps of the low reading first, then those that only the high one takes."""
        return self.first + low, self.first + WIDTH + high

    def _points(self, pair: Pair, in_low: Bools, in_high: Bools) -> tuple[Exact, Exact]:
        """The points as they act on the total: of points lost the most is the low reading."""
        low = self.nil if pair.low is None else choose(in_low, pair.low.points, self.nil)
        high = low
        if pair.high is not pair.low:
            high = self.nil if pair.high is None else choose(in_high, pair.high.points, self.nil)
        return (-high, -low) if self.lost else (low, high)

    def _row(
        self,
        sink: Sink,
        kind: str,
        effect: Effect | None,
        told: Told,
        message: Ints | int,
    ) -> None:
        subject = np.flatnonzero(told.where)
        number = effect.number if effect is not None else None
        node = Node(kind, self.item.placed.item.id, number)
        quantity, most = None, False
        if effect is not None and effect.quantity is not None:
            quantity, most = effect.quantity, kind == "clause" and effect.form == "deduct"
            if kind != "clause":
                quantity = _only_known(quantity)
        code = message if isinstance(message, int) else message[subject]
        sink.add(node, subject, told.order[subject], code, told.points, quantity, most=most)

    # --- clauses ---------------------------------------------------------------------------

    def _stopped(self) -> Bools:
        """Where a `score: 0` stops, or may stop, the other clauses."""
        found = nowhere(self.n)
        for each in self.scored.effects:
            if each.final:
                found = found | (final_where(each) & each.applies & each.when.may)
        return found

    def _contested(self, effect: Effect) -> bool:
        """Whether the clause stands in a `worst_of` or `best_of`."""
        contests = (each for each in self.scored.effects if each.form in ("worst_of", "best_of"))
        return any(part is effect for contest in contests for part in contest.parts())

    def _tells(self, effect: Effect, nothing: Bools) -> Bools:
        """Where the clause took or gave something, was set aside, was stopped or lost its
        contest; a clause that does nothing at all has no row."""
        told = ~nothing if effect.aside is None else ~nothing | effect.aside
        idle = everywhere(self.n) if self._contested(effect) else self._stopped()
        return told | (idle & _would(effect)) if any_of(idle) else told

    def _message(self, sink: Sink, pair: Pair, points: tuple[Exact, Exact]) -> Ints | int:
        code, effect = sink.message, pair.effect
        if pair.kind != "clause" or effect is None:
            return code(_MESSAGES[pair.kind])
        nothing = _nothing(points)
        acted = code("F111" if effect.form == "deduct" else "F112")
        idle = np.where(self._stopped(), code("F114"), code("F115"))
        found = np.where(nothing, idle, acted)
        if effect.final:
            found = np.where(final_where(effect), code("F113"), found)
        return found if effect.aside is None else np.where(effect.aside, code("F116"), found)

    # --- judgements --------------------------------------------------------------------------

    def _zeroed(self, sink: Sink, own: Bools) -> None:
        """What a judgement that sets the item to 0 takes in either reading."""
        when = self.item.zero
        if when is None:
            return
        low, high = self.scored.low.score, self.scored.high.score
        in_low = when.sure & (low.sign() != 0) | when.open & (low.sign() > 0)
        in_high = when.sure & (high.sign() != 0) | when.open & (high.sign() < 0)
        less, more = choose(in_low, -low, self.nil), choose(in_high, -high, self.nil)
        points = (-more, -less) if self.lost else (less, more)
        where = own & (in_low | in_high)
        told = Told(where, points, in_low, self._places(WIDTH - 1, WIDTH - 1))
        self._row(sink, "zeroed", None, told, sink.message(_MESSAGES["zeroed"]))


def _would(effect: Effect) -> Bools:
    """Where a clause took, gave or set something if nothing stopped it."""
    gain = effect.gain
    would = ~gain.certain | gain.low.anywhere()
    return would if effect.sets is None else would | sets_where(effect)


def _nothing(points: tuple[Exact, Exact]) -> Bools:
    low, high = points
    return ~low.anywhere() if low is high else ~(low.anywhere() | high.anywhere())


def _only_known(quantity: Numbers) -> Numbers:
    """The quantity where it is known; elsewhere it has no end."""
    gone = ~quantity.certain
    return Numbers(quantity.low, quantity.high, gone, gone, quantity.state)


def _merged(item: ItemColumns, low: int, high: int, n: int) -> ItemRows:
    """The low way of one reading beside the high way of another."""
    readings = item.readings
    effects = tuple(effect for each in readings for effect in each.effects)
    last = {part.number: part for effect in effects for part in effect.parts()}
    ways = [
        Way(tuple(_by_number(slot, last) for slot in way.slots), way.score)
        for way in (readings[low].low, readings[high].high)
    ]
    scored = replace(readings[0], effects=effects, low=ways[0], high=ways[1])
    return ItemRows(item, scored, n)


def _by_number(slot: Slot, parts: dict[str, Effect]) -> Slot:
    """The step told by the last clause of its number."""
    if slot.effect is None:
        return slot
    return Slot(slot.kind, parts[slot.effect.number], slot.points, slot.there)
