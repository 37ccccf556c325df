"""What a part of a change is called: the sentences that the comparison has for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starrating.impact.mixing import HEAD, REST, WHOLE, Slot
from starrating.impact.model import Part
from starrating.impact.shares import Ends
from starrating.rulebook.model import Rulebook
from starrating.rulediff import Change, Comparison, Group
from starrating.rulediff.reads import item_place

_GENERAL = "通用的约定有变化（没有检查到的怎么算、评分人次序、表和列的含义等）"


class Wording:
    """Parts with their names; each name is put together once."""

    def __init__(self, comparison: Comparison, old: Rulebook, new: Rulebook) -> None:
        self._places = {
            item.id: item_place(item) for book in (old, new) for _, item in book.items()
        }
        self._changes = [each for each in comparison.changes if each.group is not Group.WORDS]
        self._known: dict[tuple[str, int, int | None, int | None], tuple[str, str]] = {}

    def of(self, item_id: str, player: int, points: Ends, slots: Sequence[Slot] = ()) -> Part:
        """The part of one player of an item."""
        slot = (
            next((each for each in slots if each.player == player), None) if player >= 0 else None
        )
        key = item_id, player, slot.old if slot else None, slot.new if slot else None
        if key not in self._known:
            self._known[key] = self._named(item_id, player, slot)
        text, path = self._known[key]
        return Part(self._places[item_id], text, path, points)

    def _named(self, item_id: str, player: int, slot: Slot | None) -> tuple[str, str]:
        path = f"items.{item_id}"
        if player == REST:
            return _GENERAL, f"{path}.*"
        if slot is not None:
            deleted = slot.new is None
            number = (slot.old if deleted else slot.new) or 0
            said = self._said(item_id, lambda each: _of_clause(each, number + 1, deleted=deleted))
            said = said or self._said(item_id, lambda each: "←" in each.path)
            return said or f"第{number + 1}条的变化", f"{path}.clauses.{number + 1}"
        if player == HEAD:
            said = self._said(
                item_id, lambda each: "clauses" not in each.path and "←" not in each.path
            )
            return said or "分值、起算、限额或适用条件的变化", path
        assert player == WHOLE
        return self._said(item_id, lambda _: True) or "全部变化", path

    def _said(self, item_id: str, wanted: Callable[[Change], bool]) -> str:
        """The sentences at an item, joined."""
        place = self._places[item_id]
        here = (
            each
            for each in self._changes
            if each.place.partition("（")[0] == place.partition("（")[0]
        )
        own = [each for each in here if each.path.startswith(f"items.{item_id}") and wanted(each)]
        return "；".join(each.text for each in own)

    def together(self, points: Ends) -> Part:
        """What items bring together beyond what each brings alone."""
        text = "几项合在一起时受部分、总分的限额或折算影响"
        return Part("各项之间", text, "together", points)

    def judged(self, points: Ends) -> Part:
        """What judgements that set an item or the total to 0 bring."""
        said = [each.sentence for each in self._changes if each.path.startswith("judgements.")]
        return Part("限制情形", "；".join(said) or "记零分的情形有变化", "judgements", points)

    def form(self, points: Ends) -> Part:
        """What the form of sections and total brings."""
        heads = ("sections.", "total", "points.")
        said = [each.sentence for each in self._changes if each.path.startswith(heads)]
        return Part("部分和总分", "；".join(said) or "算法有变化", "form", points)

    def rounding(self, points: Ends) -> Part:
        """What rounding brings."""
        return Part("四舍五入", "总分四舍五入", "round", points)


def _of_clause(change: Change, number: int, *, deleted: bool) -> bool:
    """Whether a change is that of the clause of this number (of the old version if deleted)."""
    head, _, tail = change.path.rpartition(".clauses.")
    own = bool(head) and tail.split(".")[0] == str(number)
    return own and (change.kind == "删除") == deleted
