"""What became of everything else: stars, judgements, duties, measures, and the head of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starrating.rulebook.describe.conditions import when
from starrating.rulebook.describe.methods import method_text
from starrating.rulebook.describe.words import star_word
from starrating.rulebook.model import Judgement, Measure, Rulebook, Star
from starrating.rulediff.align import pair_by, reordered
from starrating.rulediff.labels import label
from starrating.rulediff.model import Change, Group, Kind
from starrating.rulediff.net import Versions, differences
from starrating.rulediff.phrase import became
from starrating.rulediff.reads import Reads
from starrating.rulediff.shown import block_shown, duty_text, effect_text, words_of

_OWN = frozenset(
    ("sections", "stars", "judgements", "measures", "lists", "rectification", "row_checks",
     "cases", "waive", "changes")
)  # fmt: skip
_GROUPS = {
    "subjects": Group.STARS, "moves": Group.STARS, "lagging": Group.STARS, "one_per_section": Group.STARS,
    "total": Group.POINTS, "total_cap": Group.POINTS, "total_floor": Group.POINTS, "points": Group.POINTS,
    "defaults": Group.CLAUSES, "raters": Group.CLAUSES, "checks": Group.CLAUSES, "columns": Group.CLAUSES,
    "tables": Group.CLAUSES, "terms": Group.CLAUSES, "period": Group.CLAUSES, "continues": Group.STARS,
}  # fmt: skip
"""word of the rulebook → how much a change of it weighs; every other only in words."""


def head_changes(versions: Versions) -> Iterator[Change]:
    """The words of the rulebook itself, but for those that have a function of their own."""
    for told in differences(versions, versions.old, versions.new, _OWN):
        word = told.way[0]
        group = _GROUPS.get(word, Group.WORDS)
        yield Change(group, told.kind, "", told.text, ".".join(told.way))


# --- stars ------------------------------------------------------------------------------------------


_BESIDE_STAR = frozenset(("name", "named_by", "locked", "adjustable"))


def star_changes(versions: Versions) -> Iterator[Change]:
    """Star by star, high first."""
    old = {star.star: star for star in versions.old.bands()}
    new = {star.star: star for star in versions.new.bands()}
    if versions.old.one_per_section is not None and versions.new.one_per_section is not None:
        old = new = {}  # the stars are those of the sections, whose changes are told there
    for number in sorted(old.keys() | new.keys(), reverse=True):
        yield from _star(versions, number, old.get(number), new.get(number))


def _star(versions: Versions, number: int, old: Star | None, new: Star | None) -> Iterator[Change]:
    kept = new or old
    assert kept is not None
    place, path = star_word(number, kept.name), f"stars.{number}"
    if old is None and new is not None:
        said = words_of(versions.new, new)
        yield Change(Group.STARS, "新增", place, f"新增这一档（{said}）", path)
    elif new is None and old is not None:
        yield Change(
            Group.STARS, "删除", place, f"取消这一档（原{words_of(versions.old, old)}）", path
        )
    elif old is not None and new is not None:
        for told in differences(versions, old, new):
            group = Group.WORDS if told.way[0] in _BESIDE_STAR else Group.STARS
            yield Change(group, told.kind, place, told.text, f"{path}.{'.'.join(told.way)}")


# --- judgements -------------------------------------------------------------------------------------


def judgement_changes(versions: Versions) -> Iterator[Change]:
    """Judgement by judgement; those that only propose or ask for a task weigh less."""
    pairs = pair_by(versions.old.judgements, versions.new.judgements, lambda each: each.id)
    for old, new in pairs:
        kept = new or old
        assert kept is not None
        for kind, text, way, group in _judgement(versions, old, new):
            place = f"{_kind(kept)} {kept.id}"
            yield Change(group, kind, place, text, f"judgements.{kept.id}{way}")
    if reordered(pairs, versions.old.judgements):
        yield Change(Group.WORDS, "次序", "", "限制情形的次序调整", "judgements")


def _judgement(
    versions: Versions, old: Judgement | None, new: Judgement | None
) -> Iterator[tuple[Kind, str, str, Group]]:
    if old is None and new is not None:
        yield "新增", f"新增，{_sentence(versions.new, new)}", "", _weight(new)
    elif new is None and old is not None:
        yield "删除", f"删除，原为：{_sentence(versions.old, old)}", "", _weight(old)
    elif old is not None and new is not None and not versions.same(old, new):
        group = min(_weight(old), _weight(new))
        for told in differences(versions, old, new, ("if", "then")):
            yield told.kind, told.text, f".{'.'.join(told.way)}", Group.WORDS
        yield from _acting(versions, old, new, group)


def _acting(
    versions: Versions, old: Judgement, new: Judgement, group: Group
) -> Iterator[tuple[Kind, str, str, Group]]:
    """Its condition and what it does; where the wording is the same, word by word."""
    if not versions.same(old.if_, new.if_):
        one, two = when(versions.old, old.if_, "查实"), when(versions.new, new.if_, "查实")
        if one != two:
            yield "修改", f"情形{became(one, two)}", ".if", group
        else:
            told = next(differences(versions, old, new, ("then", "title", "basis", "id")))
            yield told.kind, told.text, ".if", group
    if not versions.same(old.then, new.then):
        one, two = effect_text(versions.old, old.then), effect_text(versions.new, new.then)
        if one != two:
            yield "修改", f"处理{became(one, two)}", ".then", group
        else:
            for told in differences(versions, old.then, new.then):
                yield told.kind, f"处理的{told.text}", f".then.{'.'.join(told.way)}", group


def _sentence(book: Rulebook, judgement: Judgement) -> str:
    return f"{when(book, judgement.if_, '查实')}的，{effect_text(book, judgement.then)}"


def _weight(judgement: Judgement) -> Group:
    then = judgement.then
    acts = (then.score, then.total, then.star_at_most, then.star, then.deny)
    return Group.STARS if any(word is not None for word in acts) else Group.DUTIES


def _kind(judgement: Judgement) -> str:
    return "限制情形" if _weight(judgement) is Group.STARS else "排查情形"


# --- duties, checks of rows -------------------------------------------------------------------------


def duty_changes(versions: Versions) -> Iterator[Change]:
    """What is to be done about a loss, and what is checked row by row."""
    old, new = versions.old.rectification, versions.new.rectification
    for key in dict.fromkeys((*new, *old)):
        place = "整改要求（通用）" if key == "default" else f"整改要求“{key}”"
        for kind, text in _entry(versions, old.get(key), new.get(key), duty_text):
            yield Change(Group.DUTIES, kind, place, text, f"rectification.{key}")
    pairs = pair_by(
        versions.old.row_checks, versions.new.row_checks,
        lambda each: (each.sheet, each.message), lambda each: each.sheet,
    )  # fmt: skip
    for one, two in pairs:
        known = two or one
        assert known is not None
        place = f"数据检查（{known.sheet}）"
        for kind, text in _entry(versions, one, two, block_shown):
            yield Change(Group.DUTIES, kind, place, text, "row_checks")
    if reordered(pairs, versions.old.row_checks):
        yield Change(Group.WORDS, "次序", "", "数据检查的次序调整", "row_checks")


def _entry(versions: Versions, old: Any, new: Any, say: Any) -> Iterator[tuple[Kind, str]]:
    if old is None:
        yield "新增", f"新增“{say(versions.new, new)}”"
    elif new is None:
        yield "删除", f"删除“{say(versions.old, old)}”"
    elif not versions.same(old, new):
        one, two = say(versions.old, old), say(versions.new, new)
        if one != two:
            yield "修改", became(one, two)
        else:
            for told in differences(versions, old, new):
                yield told.kind, told.text


# --- measures and lists -----------------------------------------------------------------------------


def measure_changes(versions: Versions) -> Iterator[Change]:
    """Measures and lists: what changed is told at each part that reads it."""
    old, new = versions.old, versions.new
    reads = Reads(new)
    before = Reads(old)
    for word in ("measures", "lists"):
        one, two = getattr(old, word), getattr(new, word)
        for name in dict.fromkeys((*two, *one)):
            if name not in one or name not in two:
                yield _come_or_gone(versions, word, name, (before, reads))
            elif not versions.same(one[name], two[name]):
                yield from _counted_anew(versions, word, name, reads)


def _come_or_gone(versions: Versions, word: str, name: str, reads: tuple[Reads, Reads]) -> Change:
    come = name in getattr(versions.new, word)
    book, reader = (versions.new, reads[1]) if come else (versions.old, reads[0])
    used = reader.readers(name)
    kind: Kind = "新增" if come else "删除"
    group = Group.CLAUSES if used else Group.WORDS
    text = f"{kind}：{_method(book, word, name)}{_used(used)}"
    return Change(group, kind, _measure_place(word, name), text, f"{word}.{name}")


def _used(readers: list[tuple[str, str]]) -> str:
    places = "、".join(place for _, place in readers)
    return f"（用于{places}）" if places else "（没有条款使用）"


_BARE: Mapping[str, Any] = {"locked": False, "adjustable": {}, "basis": None}
_BESIDE = frozenset(_BARE)
"""Words of a measure that no figure depends on."""


def _counted_anew(versions: Versions, word: str, name: str, reads: Reads) -> Iterator[Change]:
    thing = _measure_place(word, name)
    old, new = (getattr(book, word)[name] for book in (versions.old, versions.new))
    if isinstance(old, Measure) and isinstance(new, Measure):
        for told in differences(versions, old, new):
            if told.way[0] in _BESIDE:
                way = f"{word}.{name}.{'.'.join(told.way)}"
                yield Change(Group.WORDS, told.kind, thing, told.text, way)
        if versions.same(*(each.model_copy(update=_BARE) for each in (old, new))):
            return
    one, two = (_method(book, word, name) for book in (versions.old, versions.new))
    if one != two:
        said = [(became(one, two), "")]
    else:
        said = (
            [
                (f"的{told.text}", f".{'.'.join(told.way)}")
                for told in differences(versions, old, new, _BESIDE)
            ]
            if word == "measures"
            else [(f"的次序由“{'、'.join(old)}”改为“{'、'.join(new)}”", "")]
        )
    readers = reads.readers(name)
    for text, way in said:
        sentence = f"{thing}{'' if text.startswith('的') else '的口径：'}{text}"
        for path, place in readers:
            yield Change(Group.CLAUSES, "口径", place, sentence, f"{path}←{word}.{name}{way}")
        if not readers:
            alone = f"{text.removeprefix('的')}（没有条款使用）"
            yield Change(Group.WORDS, "口径", thing, alone, f"{word}.{name}{way}")


def _measure_place(word: str, name: str) -> str:
    return f"{label(Rulebook, word)[:2]}“{name}”"


def _method(book: Rulebook, word: str, name: str) -> str:
    held: Mapping[str, Any] = getattr(book, word)
    return method_text(book, name) if word == "measures" else "、".join(held[name])
