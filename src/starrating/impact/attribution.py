"""What each change brings to the totals; the parts of each organisation add up exactly.

Items add: each brings what it would bring alone under the old form of the total. Inside an item
the changed clauses share by Shapley value; what items bring together beyond that (limits, 折算),
judgements that set something to 0, the form of sections and total, and rounding each have a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact
from starrating.engine.kernel.evaluate import Reviewed
from starrating.engine.kernel.scoring.items import ItemColumns, Scored
from starrating.engine.kernel.scoring.taken import one_after_another
from starrating.impact.alike import columns_differ
from starrating.impact.mixing import MAX_PLAYERS, WHOLE, Mixed, Read, Slot, Slots, readings
from starrating.impact.model import Part
from starrating.impact.shares import NOTHING, Ends, ends_of, minus, shapley
from starrating.impact.sides import Column, Side, sides
from starrating.impact.sides import minus as less
from starrating.impact.whole import Chosen, Layouts, Whole
from starrating.impact.wording import Wording
from starrating.rulediff import Comparison
from starrating.rulediff.net import Versions

FEW, AT_ONCE = 4, 32
"""Mixtures of one item that are put into the totals one by one, and of more, how many together."""
Parts = list[list[Part]]
"""The parts of each organisation."""


class Attribution:
    """The changes between two reviews of one past."""

    def __init__(self, comparison: Comparison, old: Reviewed, new: Reviewed) -> None:
        books = old.setting.book, new.setting.book
        self.codes, *both = sides(old, new)
        self._sides: tuple[Side, Side] = both[0], both[1]
        self._slots = Slots(Versions(*books))
        self._layouts = Layouts(*books)
        self._wording = Wording(comparison, *books)
        self._sections = tuple(
            {item.id: section for section, item in book.items()} for book in books
        )
        self._wholes = {1: Whole(self._layouts, self._sides)}

    def parts(self) -> dict[str, tuple[Part, ...]]:
        """code → the parts of its change of total that are not 0, for all that both versions
        cover."""
        old, new = self._sides
        found: Parts = [[] for _ in self.codes]
        for item_id in dict.fromkeys((*new.items, *old.items)):
            self._of_item(item_id, found)
        self._beyond_items(found)
        return {code: tuple(parts) for code, parts in zip(self.codes, found, strict=True)}

    # --- beyond items -----------------------------------------------------------------------

    def _beyond_items(self, found: Parts) -> None:
        """What is more than the sum of the items."""
        old, new = self._sides
        start, formed = old.unrounded, new.unrounded
        items = judged = formed
        whole = self._wholes[1]
        if not whole.settled:
            chosen: Chosen = {id_: (True, each) for id_, each in new.items.items()}
            items = whole.total(chosen, form=False, judged=False)
            judged = whole.total(chosen, form=False, judged=True)
        say = self._wording
        together = ends_of(less(items, start))
        for place, parts in enumerate(found):
            rest = together.get(place, NOTHING)
            for part in parts:
                rest = minus(rest, part.points)
            if rest != NOTHING:
                parts.append(say.together(rest))
        _add(found, ends_of(less(judged, items)), say.judged)
        _add(found, ends_of(less(formed, judged)), say.form)
        rounding = less(less(new.total, old.total), less(formed, start))
        _add(found, ends_of(rounding), say.rounding)

    # --- items ------------------------------------------------------------------------------

    def _of_item(self, item_id: str, found: Parts) -> None:
        old, new = (side.items.get(item_id) for side in self._sides)
        if old is None or new is None or self._moved(item_id):
            stands = None if new is None else (True, new)
            brought = ends_of(self._brings(item_id, stands))
            _add(found, brought, lambda points: self._wording.of(item_id, WHOLE, points))
            return
        differ = columns_differ(old, new)
        if not differ.any():
            return

        rest = differ
        for one, two, where in readings(old, new):
            if self._shared(item_id, (one, two), differ & where, found):
                rest = rest & ~where
        if rest.any():
            brought = _at(ends_of(self._brings(item_id, (True, new))), rest)
            _add(found, brought, lambda points: self._wording.of(item_id, WHOLE, points))

    def _brings(self, item_id: str, stands: tuple[bool, ItemColumns] | None) -> Column:
        """What the totals gain when an item stands so (None: not at all) and all others are old;
        the item may stand for all organisations several times over."""
        times = 1 if stands is None else len(stands[1].gone) // len(self.codes)
        whole = self._whole_of(times)
        old = whole.sides[0]
        mixture = {id_: (False, each) for id_, each in old.items.items()}
        if stands is None:
            del mixture[item_id]
        else:
            mixture[item_id] = stands
        return less(whole.total(mixture, form=False, judged=False), old.unrounded)

    def _whole_of(self, times: int) -> Whole:
        """The totals of all organisations several times over, for as many mixtures at once."""
        if times not in self._wholes:
            one, two = (side.repeated(times) for side in self._sides)
            self._wholes[times] = Whole(self._layouts, (one, two))
        return self._wholes[times]

    def _moved(self, item_id: str) -> bool:
        one, two = (side.get(item_id) for side in self._sections)
        if one is None or two is None:
            return False
        return self._layouts.forms[1].counterpart.get(one.title) != two.title

    def _shared(
        self, item_id: str, scored: tuple[Scored, Scored], where: Bools, found: Parts
    ) -> bool:
        """Share one item's part among its changed clauses, for the organisations that read it so;
        no where they are too many."""
        if not where.any():
            return True
        old, new = (
            Read(side, sections[item_id], each)
            for side, sections, each in zip(self._sides, self._sections, scored, strict=True)
        )
        slots = self._slots.of(old.plan.item, new.plan.item)
        mixed = Mixed(slots, old, new, where)
        players = mixed.players()
        if not 0 < len(players) <= MAX_PLAYERS:
            return False
        parts = shapley(players, lambda sets: self._each(item_id, mixed, sets))
        for player, brought in parts.items():
            _add(found, _at(brought, where), self._named(item_id, player, slots))
        return True

    def _each(self, item_id: str, mixed: Mixed, sets: Sequence[frozenset[int]]) -> Iterator[Column]:
        """What the totals gain by each set of players; many sets at once, in equal rounds."""
        n = len(self.codes)
        nil = Exact.at(0, n)
        times = min(len(sets), AT_ONCE) if len(sets) > FEW else 1
        for start in range(0, len(sets), times):
            chosen = sets[start : start + times]
            scores = [mixed.score(each) for each in chosen]
            item = one_after_another(scores) if times > 1 else scores[0]
            low, high = self._brings(item_id, (False, item))
            for number, each in enumerate(chosen):
                at = np.arange(number * n, (number + 1) * n)
                own = low.take(at)
                yield (own, own if low is high else high.take(at)) if each else (nil, nil)

    def _named(self, item_id: str, player: int, slots: tuple[Slot, ...]) -> Callable[[Ends], Part]:
        return lambda points: self._wording.of(item_id, player, points, slots)


def _at(brought: Mapping[int, Ends], where: Bools) -> dict[int, Ends]:
    """What is brought where the mask holds."""
    kept = frozenset(np.flatnonzero(where).tolist())
    return {place: points for place, points in brought.items() if place in kept}


def _add(found: Parts, brought: Mapping[int, Ends], named: Callable[[Ends], Part]) -> None:
    for place, points in brought.items():
        found[place].append(named(points))
