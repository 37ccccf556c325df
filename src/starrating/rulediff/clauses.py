"""What became of the clauses of one item, clause by clause, entry by entry where they are maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starrating.rulebook.describe.clauses import Scene, clause_text
from starrating.rulebook.meaning import part
from starrating.rulebook.model import Bands, Clause
from starrating.rulediff.align import Pair, pair_clauses, reordered
from starrating.rulediff.model import Change, Group, Kind
from starrating.rulediff.net import Versions, differences
from starrating.rulediff.phrase import became

_NOTES = frozenset(("basis", "note", "adjustable"))


@dataclass(frozen=True, slots=True)
class Scenes:
    """Where the clauses of an item stand in both versions; `place` and `path` of the item."""

    versions: Versions
    old: Scene
    new: Scene
    place: str
    path: str

    def change(self, group: Group, kind: Kind, text: str, way: str) -> Change:
        """A change at this item."""
        return Change(group, kind, self.place, text, f"{self.path}.{way}")


def clause_changes(
    scenes: Scenes, old: Sequence[Clause], new: Sequence[Clause]
) -> Iterator[Change]:
    """What became of the clauses, in their order; what is deleted behind what it followed."""
    pairs = pairs_of(scenes.versions, old, new)
    for one, two in pairs:
        if one is None and two is not None:
            text = f"新增“{clause_text(scenes.new, two)}”"
            yield scenes.change(Group.CLAUSES, "新增", text, f"clauses.{_number(new, two)}")
        elif two is None and one is not None:
            text = f"删除“{clause_text(scenes.old, one)}”"
            yield scenes.change(Group.CLAUSES, "删除", text, f"clauses.{_number(old, one)}")
        elif one is not None and two is not None and not scenes.versions.same(one, two):
            yield from _changed(scenes, one, two, f"clauses.{_number(new, two)}")
    if reordered(pairs, old):
        text = "条款的次序调整（编号随之改变）"
        yield scenes.change(Group.WORDS, "次序", text, "clauses")


def pairs_of(
    versions: Versions, old: Sequence[Clause], new: Sequence[Clause]
) -> list[Pair[Clause]]:
    """The clauses of one item aligned."""
    return pair_clauses(versions.old, old, versions.new, new)


def _number(clauses: Sequence[Clause], clause: Clause) -> int:
    return next(n for n, each in enumerate(clauses, start=1) if each is clause)


def _changed(scenes: Scenes, old: Clause, new: Clause, way: str) -> Iterator[Change]:
    bare: dict[str, Any] = {"basis": None, "note": None, "adjustable": {}}
    one, two = old.model_copy(update=bare), new.model_copy(update=bare)
    number = way.rpartition(".")[2]
    for told in differences(scenes.versions, old, new):
        if told.way[0] in _NOTES:
            yield scenes.change(Group.WORDS, told.kind, f"第{number}条的{told.text}", way)
    if scenes.versions.same(one, two):
        return
    found = list(_entries(scenes, one, two)) or list(_whole(scenes, one, two))
    for kind, text in found:
        yield scenes.change(Group.CLAUSES, kind, text, way)


def _whole(scenes: Scenes, old: Clause, new: Clause) -> Iterator[tuple[Kind, str]]:
    """The clause as a sentence; where the sentences are the same, word by word."""
    one, two = clause_text(scenes.old, old), clause_text(scenes.new, new)
    if one != two:
        yield "修改", became(one, two)
        return
    for told in differences(scenes.versions, old, new):
        yield told.kind, f"“{two}”的{told.text}"


# --- maps and bands, entry by entry -----------------------------------------------------------------


def _entries(scenes: Scenes, old: Clause, new: Clause) -> Iterator[tuple[Kind, str]]:
    """The entries that differ, where nothing else does."""
    one, two = _split(old), _split(new)
    if one is None or two is None or not scenes.versions.same(_rest(old), _rest(new)):
        return
    for before, after in _pairs(
        {key: _said(scenes.old, each) for key, each in one.items()},
        {key: _said(scenes.new, each) for key, each in two.items()},
    ):
        if before is None and after is not None:
            yield "新增", f"新增“{after}”"
        elif after is None and before is not None:
            yield "删除", f"删除“{before}”"
        elif before is not None and after is not None and before != after:
            yield "修改", became(before, after)


def _pairs(
    old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[tuple[str | None, str | None]]:
    """Entries by their key; of the rest those with the same points, whose edge has moved."""
    gone = [said for key, said in old.items() if key not in new]
    for key, said in new.items():
        if key in old:
            yield old[key], said
            continue
        mate = next((each for each in gone if _gains(each) == _gains(said)), None)
        if mate is not None:
            gone.remove(mate)
        yield mate, said
    for said in gone:
        yield said, None


def _gains(said: str) -> str:
    """The points at the end of an entry that begins with its edge."""
    return said.rpartition("得")[2] if "得" in said else said


def _said(scene: Scene, clause: Clause) -> str:
    """One entry as a sentence, without the words that stand for all entries."""
    said = clause_text(scene, clause)
    return said.replace("，只取一档", "").replace("由评分人评定等次：", "等次")


def _split(clause: Clause) -> Mapping[str, Clause] | None:
    """The clause once for each entry of its map or bands; None where it is neither."""
    if clause.bands is not None:
        return {
            edge: clause.model_copy(update={"bands": bands})
            for edge, bands in _bands(clause.bands).items()
        }
    if isinstance(clause.amount, dict):
        return {
            key: clause.model_copy(update={clause.form: {key: amount}})
            for key, amount in clause.amount.items()
        }
    return None


def _bands(bands: Bands) -> Mapping[str, Bands]:
    word = "from_" if bands.from_ is not None else "over" if bands.over is not None else "upto"
    edges = part(bands)
    assert isinstance(edges, Mapping)
    written = getattr(bands, word)
    found = {
        f"{word} {edge}": bands.model_copy(update={word: {edge: amount}, "otherwise": None})
        for edge, amount in written.items()
    }
    if bands.otherwise is not None:
        found["otherwise"] = bands.model_copy(update={word: {}})
    return found


def _rest(clause: Clause) -> Clause:
    """The clause without its entries."""
    if clause.bands is not None:
        word = "from_" if clause.bands.from_ is not None else "over"
        word = "upto" if clause.bands.upto is not None else word
        empty = clause.bands.model_copy(update={word: {}, "otherwise": None})
        return clause.model_copy(update={"bands": empty})
    return clause.model_copy(update={clause.form: {}})
