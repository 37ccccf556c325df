"""One item under a mixture of old and new rules: which clauses are old, which new (step 6).

The effects of every clause are those that the kernel found, each under its own rules; only what
follows from them is computed again, for all organisations at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.arrays import Bools
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns, Scored, one_reading, scored_from
from starrating.engine.kernel.scoring.plan import ClausePlan, ItemPlan, PlacedItem, item_plan
from starrating.impact.alike import columns_differ, effects_differ
from starrating.impact.sides import Side
from starrating.rulebook.model import Clause, Item, Section
from starrating.rulediff.align import pair_clauses
from starrating.rulediff.net import Versions
from starrating.rulediff.reads import Reads

HEAD, REST, WHOLE = -1, -2, -3
"""The players that are no clause: the item's own words, what holds for the whole rulebook, and
the item as one block."""

MAX_PLAYERS = 8
"""Changed clauses of one item up to which each has its own part."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One clause in both versions, by its place there; `player` where it changed."""

    old: int | None
    new: int | None
    player: int | None


class Slots:
    """The clauses of items aligned, and which of them changed: each item is aligned once."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._reads = Reads(versions.old), Reads(versions.new)
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Slot, ...]] = {}
        self._anew = frozenset(
            name
            for word in ("measures", "lists")
            for old, new in [(getattr(versions.old, word), getattr(versions.new, word))]
            for name in {**old, **new}
            if not versions.same(old.get(name), new.get(name))
        )

    def of(self, old: Item, new: Item) -> tuple[Slot, ...]:
        """The slots of an item as it reads for one organisation."""
        key = tuple(map(id, old.clauses)), tuple(map(id, new.clauses))
        if key not in self._known:
            self._known[key] = tuple(self._aligned(old, new))
        return self._known[key]

    def _aligned(self, old: Item, new: Item) -> Iterator[Slot]:
        before = {id(clause): n for n, clause in enumerate(old.clauses)}
        after = {id(clause): n for n, clause in enumerate(new.clauses)}
        books = self._versions
        pairs = pair_clauses(books.old, old.clauses, books.new, new.clauses)
        for player, (one, two) in enumerate(pairs):
            yield Slot(
                None if one is None else before[id(one)],
                None if two is None else after[id(two)],
                player if self._changed(one, two) else None,
            )

    def _changed(self, old: Clause | None, new: Clause | None) -> bool:
        if old is None or new is None or not self._versions.same(old, new):
            return True
        return bool(self._anew & (self._reads[0].of(old) | self._reads[1].of(new)))


@dataclass(frozen=True, eq=False)
class Read:
    """One version's item as it reads for some organisations: its side, its section, what it came
    to."""

    side: Side
    section: Section
    scored: Scored

    @property
    def plan(self) -> ItemPlan:
        """The item as it reads, compiled."""
        return self.scored.plan

    def columns(self) -> ItemColumns:
        """The item as if all organisations read it so."""
        return one_reading(_placed(self.section, self.plan), self.scored)


class Mixed:
    """One item, old and new, in any mixture, for the organisations that read it as these do."""

    def __init__(self, slots: tuple[Slot, ...], old: Read, new: Read, where: Bools) -> None:
        self.slots, self.old, self.new, self.where = slots, old, new, where
        self._spanned: dict[tuple[bool, int, Fraction | None], ClausePlan] = {}

    def players(self) -> tuple[int, ...]:
        """The changes that move a score, or could; clauses that do the same of all organisations
        under both versions are none."""
        apart = [slot for slot in self.slots if self._differ(slot)]
        found = [slot.player for slot in apart if slot.player is not None]
        if any(slot.player is None for slot in apart):
            found.append(REST)
        reached = self.score(frozenset((*found, REST)))
        if (columns_differ(reached, self.new.columns()) & self.where).any():
            found.append(HEAD)
        return tuple(found)

    def _differ(self, slot: Slot) -> bool:
        old, new = self.old.scored.effects, self.new.scored.effects
        one = None if slot.old is None else old[slot.old]
        two = None if slot.new is None else new[slot.new]
        return bool((effects_differ(one, two, len(self.where)) & self.where).any())

    def score(self, chosen: frozenset[int]) -> ItemColumns:
        """The item where the chosen players are new and the others old."""
        head = self.new if HEAD in chosen else self.old
        kept = list(self._kept(chosen))
        clauses = tuple((self.new if new else self.old).plan.item.clauses[n] for new, n in kept)
        item = head.plan.item.model_copy(update={"clauses": clauses})
        plan = item_plan(head.side.book, head.section, item)
        spans = [clause.span for clause in plan.clauses]
        found = tuple(
            self._effect(new, n, span) for (new, n), span in zip(kept, spans, strict=True)
        )
        applies, section = head.side.applies(plan, head.section)
        scored = scored_from(plan, found, applies, section)
        return one_reading(_placed(head.section, plan), scored)

    def _kept(self, chosen: frozenset[int]) -> Iterator[tuple[bool, int]]:
        """(of the new version, place there) of each clause that stands in the mixture."""
        for slot in self.slots:
            new = (REST if slot.player is None else slot.player) in chosen
            place = slot.new if new else slot.old
            if place is not None:
                yield new, place

    def _effect(self, new: bool, place: int, span: Fraction | None) -> Effect:
        """The effect of a clause of one version; the one found already where the most that an
        unbounded quantity can take is the same."""
        own = self.new if new else self.old
        clause = own.plan.clauses[place]
        if clause.span == span:
            return own.scored.effects[place]
        key = new, place, span
        if key not in self._spanned:
            self._spanned[key] = _spanning(clause, span)
        return own.side.effect(own.plan.item.id, self._spanned[key])


def _spanning(clause: ClausePlan, span: Fraction | None) -> ClausePlan:
    inner = tuple(_spanning(each, span) for each in clause.inner)
    return replace(clause, span=span, inner=inner)


def _placed(section: Section, plan: ItemPlan) -> PlacedItem:
    return PlacedItem(0, section, plan.item, (plan,))


def readings(old: ItemColumns, new: ItemColumns) -> Iterator[tuple[Scored, Scored, Bools]]:
    """The ways in which organisations read an item in both versions, and which read it so; those
    of which one is not known are left out."""
    known = (old.reading >= 0) & (new.reading >= 0)
    pairs = np.stack([old.reading, new.reading], axis=1)[known]
    for one, two in np.unique(pairs, axis=0).tolist():
        where = (old.reading == one) & (new.reading == two)
        yield old.readings[one], new.readings[two], where
