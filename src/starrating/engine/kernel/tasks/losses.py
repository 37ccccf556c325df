"""Where points are surely lost: by item and check point, with the findings that say so (step 15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Ints, any_of, nowhere
from starrating.engine.kernel.findings.items import ItemRows, Told, item_rows
from starrating.engine.kernel.scoring.effect import Effect, end_of
from starrating.engine.kernel.scoring.items import NOT_APPLICABLE, ItemColumns
from starrating.engine.kernel.scoring.plan import Role
from starrating.engine.kernel.values.marks import both
from starrating.rulebook.model import Rulebook

DIGITS = 4
"""Digits of the points of findings."""


@dataclass(frozen=True, eq=False)
class Lost:
    """One finding by which these subjects surely lose points: the key of the task it belongs to
    (`point` of a check point, else the item), the rest of the finding's id (None: points that no
    clause took), and the points lost, facts low, in units of their last digit. `order` is the
    item's place in the sheet. A finding of a subject is told once."""

    item: str
    order: int
    point: str | None
    finding: str | None
    subject: Ints
    points: Ints


def item_losses(book: Rulebook, items: Sequence[ItemColumns], n: int) -> Iterator[Lost]:
    """The sure losses of all items that the rulebook wants a task for, in the sheet's order."""
    for order, item in enumerate(items):
        sure = _surely_lost(item)
        if any_of(sure):
            for lost in _Losses(book, item, order, n).found(sure):
                if book.raises_task(lost.point or lost.item):
                    yield lost


def _surely_lost(item: ItemColumns) -> Bools:
    """Where points are lost however the missing facts turn out."""
    score, nil = item.score, Exact.at(0, len(item.state))
    if item.readings[0].plan.role is Role.DEDUCTION:
        taken = nil.less(score.low)
        return taken if score.no_low is None else taken & ~score.no_low
    lost = nowhere(len(item.state))
    if any_of(item.base):
        below = score.high.less(item.points) & (item.state != NOT_APPLICABLE)
        lost = both(item.base, below)
    if any_of(item.on_section):
        lost = lost | (item.on_section & score.high.less(nil))
    return lost if score.no_high is None else lost & ~score.no_high


class _Losses:
    """The losses of one item."""

    def __init__(self, book: Rulebook, item: ItemColumns, order: int, n: int) -> None:
        self.book, self.item, self.order, self.n = book, item, order, n
        self.id = item.placed.item.id

    def found(self, sure: Bools) -> Iterator[Lost]:
        """Every clause that surely takes points and is told of; the item itself where none does."""
        bare = sure
        for rows, whose in item_rows(self.item, self.n):
            own = both(sure, whose)
            for (number, point), loses in self._losing(rows, own).items():
                bare = bare & ~loses
                yield from self._told(rows, number, point, loses)
        if any_of(bare):
            yield self._lost(None, None, bare, self._missing())

    def _losing(self, rows: ItemRows, own: Bools) -> dict[tuple[str, str | None], Bools]:
        """Where each clause surely takes points, with the check point whose task that makes."""
        found: dict[tuple[str, str | None], Bools] = {}
        for part in _parts(rows.scored.effects) if any_of(own) else ():
            loses = both(own, _loses(part))
            if any_of(loses):
                point = part.point if part.point in self.book.rectification else None
                before = found.get((part.number, point))
                found[part.number, point] = loses if before is None else before | loses
        return found

    def _told(self, rows: ItemRows, number: str, point: str | None, loses: Bools) -> Iterator[Lost]:
        """The rows of a clause; a second one of a subject has an id of its own."""
        told_of = (
            rows.told(pair, loses)
            for pair in rows.pairs()
            if pair.effect is not None and pair.effect.number == number
        )
        found = [told for told in told_of if any_of(told.where)]
        name = f"{self.id}-{number}"
        if len(found) == 1:
            yield self._lost(point, name, found[0].where, found[0].points[0])
            return
        last, twice = _last(found, self.n)
        for own_name, where in ((name, ~twice), (f"{name}.2", twice)):
            for place, told in enumerate(found):
                own = told.where & where & (last == place)
                if any_of(own):
                    yield self._lost(point, own_name, own, told.points[0])

    def _lost(self, point: str | None, finding: str | None, where: Bools, points: Exact) -> Lost:
        subject = np.flatnonzero(where)
        units = whole_units(-points.take(subject))
        return Lost(self.id, self.order, point, finding, subject, units)

    def _missing(self) -> Exact:
        """What the item itself lacks, facts low, as it acts on the total."""
        item, low = self.item, end_of(self.item.score, high=False)
        if item.readings[0].plan.role is Role.DEDUCTION:
            return -end_of(item.score, high=True)
        return low if any_of(item.on_section) else low - item.points


def _parts(effects: Sequence[Effect]) -> Iterator[Effect]:
    for effect in effects:
        yield from effect.parts()


def _loses(part: Effect) -> Bools:
    """Where a clause surely takes points, or sets fewer than it could."""
    acts = part.applies if part.aside is None else part.applies & ~part.aside
    if part.sets is not None:
        return both(acts, part.when.sure)
    takes = part.gain.high.less(Exact.at(0, part.n))
    return both(acts, takes if part.gain.no_high is None else takes & ~part.gain.no_high)


def _last(found: Sequence[Told], n: int) -> tuple[Ints, Bools]:
    """Which of several rows is a subject's last (-1: it has none), and where it has two."""
    last, order, count = np.full(n, -1), np.full(n, -1), np.zeros(n, np.int64)
    for number, told in enumerate(found):
        later = told.where & (told.order > order)
        last, order = np.where(later, number, last), np.where(later, told.order, order)
        count += told.where
    return last, count > 1


def whole_units(points: Exact) -> Ints:
    """Points as whole units of their last digit."""
    rounded = points.rounded(DIGITS)
    assert isinstance(rounded.den, int)
    return np.asarray(rounded.num * (10**DIGITS // rounded.den), np.int64)
