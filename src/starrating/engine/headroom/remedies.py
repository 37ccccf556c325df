"""What an item would score if some of its findings were healed (steps 6 and 7 of semantics.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from starrating.engine.headroom.search import NOTHING, Way
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.roles import Role, role_of
from starrating.engine.values import NO, YES, ZERO, Interval
from starrating.number import added
from starrating.results.model import FindingRow, ItemRow
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Item, Rulebook, Section

MAX_SINGLE = 8
"""Items with more findings than this are healed whole or not at all."""
_BOUND = frozenset(("F113", "F114", "F115"))
"""Clauses that stop others, are stopped, or lost their contest: they act on one another."""


_WAITING = frozenset(("F114", "F115"))
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "half": 182, "year": 365}


def days_of(length: Span) -> int:
    """The days of a length, near enough to compare: five working days are a week."""
    return -(-length.count * 7 // 5) if length.working else length.count * _DAYS[length.unit]


@dataclass(frozen=True, slots=True)
class Loss:
    """A finding that can be healed: its place in the order of items, its points, the days."""

    finding: str
    place: int
    points: Fraction
    days: int


@dataclass(frozen=True)
class Sheet:
    """One item of one organisation: how it stands, what it `held` beside what it lost, and that."""

    section: Section
    item: Item
    row: ItemRow
    held: Fraction
    losses: tuple[Loss, ...]
    bound: bool

    @property
    def role(self) -> Role:
        """How the item counts in its section."""
        return role_of(self.section, self.item)

    @property
    def score(self) -> Fraction:
        """The score as it stands, facts low."""
        return Fraction(self.row.score_low)

    def healed(self, losses: Sequence[Loss]) -> Fraction:
        """The score once these losses are healed."""
        raw = self.held + added(loss.points for loss in self.losses)
        raw -= added(loss.points for loss in losses)
        return self._limited(raw)

    def _limited(self, raw: Fraction) -> Fraction:
        if self.role is Role.ON_SECTION:
            return raw
        floor = self.item.floor if self.item.floor is not None else ZERO
        cap = self.item.cap
        if cap is None and self.row.points is not None and self.role is Role.BASE:
            cap = Fraction(self.row.points)
        raw = max(raw, floor)
        return raw if cap is None else min(raw, cap)

    def ways(self) -> list[Way]:
        """The ways of healing this item, worth what its score gains."""
        return [self._way(chosen) for chosen in self.choices] if self.losses else [NOTHING]

    @cached_property
    def choices(self) -> Sequence[tuple[Loss, ...]]:
        """The losses that each of the ways heals."""
        if not self.losses or self.healed(()) != self.score:
            return [()]
        if self.bound or len(self.losses) > MAX_SINGLE:
            return [(), self.losses]
        counts = range(len(self.losses) + 1)
        return [chosen for count in counts for chosen in combinations(self.losses, count)]

    def _way(self, chosen: Sequence[Loss]) -> Way:
        worth = (self.healed(chosen) if chosen else self.score) - self.score
        worth = -worth if self.section.kind == "deduction" else worth
        return Way(
            len(chosen),
            max((loss.days for loss in chosen), default=0),
            tuple(loss.place for loss in chosen),
            worth,
        )

    def scored(self, score: Fraction, policy: str | None) -> Scored:
        """The item as the totals read it, at a score."""
        away = self.row.state == "not_applicable"
        out = None if away and policy == "leave_out" else score
        at = Interval.at(score)
        applies = NO if away else YES
        return Scored(self.item, self.role, applies, at, out, at, self.row.state, (), {})


def sheets(
    book: Rulebook,
    items: Mapping[str, ItemRow],
    findings: Sequence[FindingRow],
) -> list[Sheet]:
    """All items of one organisation in the order of the rulebook; an item without row has none."""
    by_item: dict[str, list[FindingRow]] = {}
    for row in findings:
        if row.item is not None:
            by_item.setdefault(row.item, []).append(row)
    found = []
    place = 0
    for section, item in book.items():
        if item.id not in items:
            continue
        own = by_item.get(item.id, [])
        losses = []
        for row in own:
            if _is_loss(row) and not _by_person(item, row.clause):
                place += 1
                assert row.points is not None
                losses.append(Loss(row.finding, place, Fraction(row.points), _days(book, item)))
        found.append(_sheet(section, item, items[item.id], own, tuple(losses)))
    return found


def _days(book: Rulebook, item: Item) -> int:
    duty = book.rectification.get(item.id) or book.rectification.get("default")
    return days_of(duty.within) if duty is not None and duty.within is not None else 0


def _sheet(
    section: Section, item: Item, row: ItemRow, own: Sequence[FindingRow], losses: tuple[Loss, ...]
) -> Sheet:
    bound = item.variants is not None or any(each.message in _BOUND for each in own)
    if not losses:
        return Sheet(section, item, row, ZERO, (), bound)
    lost = {loss.finding for loss in losses}
    held = added(
        Fraction(each.points)
        for each in own
        if each.points is not None
        and each.kind in ("base", "clause", "not_earned")
        and each.finding not in lost
    )
    sign = -1 if section.kind == "deduction" else 1
    losses = tuple(Loss(each.finding, each.place, sign * each.points, each.days) for each in losses)
    return Sheet(section, item, row, sign * held, losses, bound)


def _by_person(item: Item, number: str | None) -> bool:
    """Whether a person decides the clause: no healing, only another judgement, changes it."""
    clauses = dict(item.every_clause())
    if number is None:
        return any(clause.by_person and clause.sets for clause in clauses.values())
    clause = clauses.get(number) or clauses.get(number.rpartition(".")[0])
    return clause is not None and clause.by_person


def _is_loss(row: FindingRow) -> bool:
    """Whether healing the finding can matter: it took points, or would once others are healed."""
    if row.set_aside or row.points is None or row.kind not in ("clause", "not_earned"):
        return False
    return row.points < 0 or row.message in _WAITING
