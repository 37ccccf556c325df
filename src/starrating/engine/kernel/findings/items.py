"""The findings of items: base, clauses, what is not earned, limits, not applicable (step 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Ints, Numbers, choose
from starrating.engine.kernel.findings.columns import Node, Sink
from starrating.engine.kernel.scoring.clauses import final_where, sets_where
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns, Scored
from starrating.engine.kernel.scoring.plan import Role
from starrating.engine.kernel.scoring.steps import Slot, Way

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
        for number, scored in enumerate(item.readings):
            _ItemRows(sink, item, scored, n).add(np.asarray(item.reading == number))
        open_ = np.flatnonzero(item.reading < 0)
        if len(open_):
            _OpenRows(sink, item, n).add(open_)


def _there(slot: Slot | None, n: int) -> Bools:
    if slot is None:
        return np.zeros(n, bool)
    return np.ones(n, bool) if slot.there is None else slot.there


@dataclass(frozen=True, eq=False)
class _Pair:
    """One step in both readings, and its place in the way of each."""

    kind: str
    effect: Effect | None
    low: Slot | None
    high: Slot | None
    places: tuple[int, int]


def pairs_of(low: Way, high: Way) -> list[_Pair]:
    """The steps of both ways, each with its like in the other."""
    others = {(slot.kind, id(slot.effect)): (place, slot) for place, slot in enumerate(high.slots)}
    found = []
    for place, slot in enumerate(low.slots):
        after, other = others.pop((slot.kind, id(slot.effect)), (0, None))
        found.append(_Pair(slot.kind, slot.effect, slot, other, (place, after)))
    found.extend(
        _Pair(slot.kind, slot.effect, None, slot, (0, after)) for after, slot in others.values()
    )
    return found


class _ItemRows:
    """Adds the rows of one reading of an item."""

    def __init__(self, sink: Sink, item: ItemColumns, scored: Scored, n: int) -> None:
        self.sink, self.item, self.scored, self.n = sink, item, scored, n
        self.lost = scored.plan.role is Role.DEDUCTION
        self.first = item.placed.place * WIDTH * 2
        self.nil = Exact.at(0, n)

    def add(self, own: Bools) -> None:
        """The rows of the subjects whose reading this is."""
        low, high = self.scored.low, self.scored.high
        for pair in pairs_of(low, high):
            in_low, in_high = _there(pair.low, self.n), _there(pair.high, self.n)
            points = self._points(pair, in_low, in_high)
            told = own & (in_low | in_high)
            message: Ints | int
            if pair.kind == "clause":
                assert pair.effect is not None
                nothing = (points[0].sign() == 0) & (points[1].sign() == 0)
                told = told & self._tells(pair.effect, nothing)
                message = self._message(pair.effect, nothing)
            else:
                message = self.sink.message(_MESSAGES[pair.kind])
            self._row(
                pair.kind, pair.effect, told, self._order(pair.places, in_low), message, points
            )
        self._zeroed(own)

    def _order(self, places: tuple[int, int], in_low: Bools) -> Ints:
        """Steps of the low reading first, then those that only the high one takes."""
        return np.where(in_low, self.first + places[0], self.first + WIDTH + places[1])

    def _points(self, pair: _Pair, in_low: Bools, in_high: Bools) -> tuple[Exact, Exact]:
        """The points as they act on the total: of points lost the most is the low reading."""
        low = self.nil if pair.low is None else choose(in_low, pair.low.points, self.nil)
        high = self.nil if pair.high is None else choose(in_high, pair.high.points, self.nil)
        return (-high, -low) if self.lost else (low, high)

    def _row(
        self,
        kind: str,
        effect: Effect | None,
        told: Bools,
        order: Ints,
        message: Ints | int,
        points: tuple[Exact, Exact],
    ) -> None:
        subject = np.flatnonzero(told)
        number = effect.number if effect is not None else None
        node = Node(kind, self.item.placed.item.id, number)
        quantity, most = None, False
        if effect is not None and effect.quantity is not None:
            quantity, most = effect.quantity, kind == "clause" and effect.form == "deduct"
            if kind != "clause":
                quantity = _only_known(quantity)
        code = message if isinstance(message, int) else message[subject]
        self.sink.add(node, subject, order[subject], code, points, quantity, most=most)

    # --- clauses ---------------------------------------------------------------------------

    def _stopped(self) -> Bools:
        """Where a `score: 0` stops, or may stop, the other clauses."""
        found = np.zeros(self.n, bool)
        for each in self.scored.effects:
            if each.final:
                found |= final_where(each) & each.applies & each.when.may
        return found

    def _contested(self, effect: Effect) -> bool:
        """Whether the clause stands in a `worst_of` or `best_of`."""
        contests = (each for each in self.scored.effects if each.form in ("worst_of", "best_of"))
        return any(part is effect for contest in contests for part in contest.parts())

    def _tells(self, effect: Effect, nothing: Bools) -> Bools:
        """Where the clause took or gave something, was set aside, was stopped or lost its
        contest; a clause that does nothing at all has no row."""
        gain = effect.gain
        would = ~(gain.certain & (gain.low.sign() == 0))
        if effect.sets is not None:
            would = would | sets_where(effect)
        if not self._contested(effect):
            would = would & self._stopped()
        told = ~nothing | would
        return np.asarray(told if effect.aside is None else told | effect.aside)

    def _message(self, effect: Effect, nothing: Bools) -> Ints:
        code = self.sink.message
        acted = code("F111" if effect.form == "deduct" else "F112")
        idle = np.where(self._stopped(), code("F114"), code("F115"))
        found = np.where(nothing, idle, acted)
        if effect.final:
            found = np.where(final_where(effect), code("F113"), found)
        return found if effect.aside is None else np.where(effect.aside, code("F116"), found)

    # --- judgements --------------------------------------------------------------------------

    def _zeroed(self, own: Bools) -> None:
        """What a judgement that sets the item to 0 takes in either reading."""
        when = self.item.zero
        if when is None:
            return
        low, high = self.scored.low.score, self.scored.high.score
        in_low = when.sure & (low.sign() != 0) | when.open & (low.sign() > 0)
        in_high = when.sure & (high.sign() != 0) | when.open & (high.sign() < 0)
        less, more = choose(in_low, -low, self.nil), choose(in_high, -high, self.nil)
        points = (-more, -less) if self.lost else (less, more)
        order = self._order((WIDTH - 1, WIDTH - 1), in_low)
        message = self.sink.message(_MESSAGES["zeroed"])
        self._row("zeroed", None, own & (in_low | in_high), order, message, points)


def _only_known(quantity: Numbers) -> Numbers:
    """The quantity where it is known; elsewhere it has no end."""
    gone = ~quantity.certain
    return Numbers(quantity.low, quantity.high, gone, gone, quantity.state)


class _OpenRows:
    """Adds the rows of subjects of which it is not known which reading of the item is theirs: in
    either reading of the facts that of the lowest or the highest score."""

    def __init__(self, sink: Sink, item: ItemColumns, n: int) -> None:
        self.sink, self.item, self.n = sink, item, n
        self.rows = [_ItemRows(sink, item, scored, n) for scored in item.readings]

    def add(self, subjects: Ints) -> None:
        """The rows of these subjects, one by one."""
        for subject in subjects.tolist():
            self._add(subject)

    def _add(self, subject: int) -> None:
        readings = self.item.readings
        low = min(range(len(readings)), key=lambda r: readings[r].low.score.fraction(subject))
        high = max(range(len(readings)), key=lambda r: readings[r].high.score.fraction(subject))
        sole = np.zeros(self.n, bool)
        sole[subject] = True
        self._merged(low, high).add(sole)

    def _merged(self, low: int, high: int) -> _ItemRows:
        """The low way of one reading beside the high way of another."""
        readings = self.item.readings
        effects = tuple(effect for each in readings for effect in each.effects)
        last = {part.number: part for effect in effects for part in effect.parts()}
        ways = [
            Way(tuple(_by_number(slot, last) for slot in way.slots), way.score)
            for way in (readings[low].low, readings[high].high)
        ]
        scored = replace(readings[0], effects=effects, low=ways[0], high=ways[1])
        return _ItemRows(self.sink, self.item, scored, self.n)


def _by_number(slot: Slot, parts: dict[str, Effect]) -> Slot:
    """The step told by the last clause of its number."""
    if slot.effect is None:
        return slot
    return Slot(slot.kind, parts[slot.effect.number], slot.points, slot.there)
