"""What each change brings to one organisation's total; the parts add up exactly.

Items add: each brings what it would bring alone under the old form of the total. Inside an item
the changed clauses share by Shapley value; what items bring together beyond that (limits, 折算),
judgements that set something to 0, the form of sections and total, and rounding each have a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.items import Scored
from starrating.impact.mixing import MAX_PLAYERS, WHOLE, Mixed, Placed, Slots, what_counts
from starrating.impact.model import Part
from starrating.impact.shares import NOTHING, Ends, minus, plus, shapley
from starrating.impact.whole import Layouts, Whole, unrounded
from starrating.impact.wording import Wording
from starrating.rulebook.model import Section
from starrating.rulediff import Comparison
from starrating.rulediff.net import Versions

Sides = Mapping[str, tuple[bool, Scored]]


class Attribution:
    """The changes between two evaluations of one review."""

    def __init__(self, comparison: Comparison, old: Evaluation, new: Evaluation) -> None:
        self._evaluations = old, new
        books = old.setting.book, new.setting.book
        self._slots = Slots(Versions(*books))
        self._layouts = Layouts(*books)
        self._wording = Wording(comparison, *books)
        self._sections = tuple(
            {item.id: section for section, item in book.items()} for book in books
        )

    def parts(self, before: SubjectResult, after: SubjectResult) -> tuple[Part, ...]:
        """The parts that are not 0 of one organisation's change of total."""
        return tuple(part for part in self._parts(before, after) if part.points != NOTHING)

    def _parts(self, before: SubjectResult, after: SubjectResult) -> Iterator[Part]:
        whole = Whole(self._layouts, (before, after), self._evaluations)
        old: Sides = {each.item.id: (False, each) for each in before.items}
        new: Sides = {each.item.id: (True, each) for each in after.items}
        start, formed = unrounded(before.total), unrounded(after.total)
        together = NOTHING
        for item_id in dict.fromkeys((*new, *old)):
            for part in self._of_item(whole, item_id, (old, new), (before, after), start):
                together = plus(together, part.points)
                yield part
        items = judged = formed
        if not whole.settled:
            items = whole.total(new, form=False, judged=False)
            judged = whole.total(new, form=False, judged=True)
        say = self._wording
        yield say.together(minus(minus(items, start), together))
        yield say.judged(minus(judged, items))
        yield say.form(minus(formed, judged))
        change = minus(_ends(after), _ends(before))
        yield say.rounding(minus(change, minus(formed, start)))

    def _of_item(
        self,
        whole: Whole,
        item_id: str,
        sides: tuple[Sides, Sides],
        results: tuple[SubjectResult, SubjectResult],
        start: Ends,
    ) -> Iterator[Part]:
        old, new = (side.get(item_id) for side in sides)
        moved = self._moved(item_id)
        same = old is not None and new is not None and what_counts(old[1]) == what_counts(new[1])
        if same and not moved:
            return

        def brings(scored: tuple[bool, Scored] | None) -> Ends:
            """What the total gains when this item stands so and all others are old."""
            mixture = {id_: each for id_, each in sides[0].items() if id_ != item_id or scored}
            if scored is not None:
                mixture[item_id] = scored
            return minus(whole.total(mixture, form=False, judged=False), start)

        if old is None or new is None or moved:
            yield self._wording.of(item_id, WHOLE, brings(new))
            return
        yield from self._shared(item_id, (old[1], new[1]), results, brings)

    def _moved(self, item_id: str) -> bool:
        one, two = (side.get(item_id) for side in self._sections)
        if one is None or two is None:
            return False
        return self._layouts.forms[1].counterpart.get(one.title) != two.title

    def _shared(
        self,
        item_id: str,
        scored: tuple[Scored, Scored],
        results: tuple[SubjectResult, SubjectResult],
        brings: Callable[[tuple[bool, Scored] | None], Ends],
    ) -> Iterator[Part]:
        """One item's part shared among its changed clauses; as one block where they are too many,
        or where it is not known which variant reads."""
        old, new = (
            Placed(self._section(side, item_id), result.facts, each)
            for side, (result, each) in enumerate(zip(results, scored, strict=True))
        )
        if old.one_reading and new.one_reading:
            mixed = Mixed(self._slots.of(old.item, new.item), old, new)
            players = mixed.players()
            if 0 < len(players) <= MAX_PLAYERS:
                parts = shapley(
                    players,
                    lambda chosen: brings((False, mixed.score(chosen))) if chosen else NOTHING,
                )
                for player, points in parts.items():
                    yield self._wording.of(item_id, player, points, mixed.slots)
                return
        yield self._wording.of(item_id, WHOLE, brings((True, new.scored)))

    def _section(self, side: int, item_id: str) -> Section:
        return self._sections[side][item_id]


def _ends(result: SubjectResult) -> Ends:
    low, high = result.total.value.low, result.total.value.high
    assert low is not None
    assert high is not None
    return low, high
