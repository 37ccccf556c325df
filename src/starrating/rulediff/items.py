"""What became of sections and items: added, deleted, moved, worth more or less."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.number import plain
from starrating.rulebook.describe.clauses import Scene
from starrating.rulebook.describe.items import criteria
from starrating.rulebook.model import Item, Section, Variant, Variants
from starrating.rulediff.align import items_of, pair_sections, reordered
from starrating.rulediff.clauses import Scenes, clause_changes
from starrating.rulediff.model import Change, Group
from starrating.rulediff.net import Versions, differences
from starrating.rulediff.reads import item_place
from starrating.rulediff.shown import words_of

_NAMES = frozenset(("title", "basis", "self_scored", "locked", "adjustable"))
_INSIDE = frozenset(("id", "clauses", "variants"))


def item_changes(versions: Versions) -> Iterator[Change]:
    """All sections, and all items in the order of the new version."""
    pairs = pair_sections(versions.old.sections, versions.new.sections)
    titles = {one.title: two.title for one, two in pairs if one is not None and two is not None}
    for old, new in pairs:
        yield from _section(versions, old, new)
    if reordered(pairs, versions.old.sections):
        yield Change(Group.WORDS, "次序", "", "各部分的次序调整", "sections")
    before = items_of(versions.old)
    for section, item in versions.new.items():
        if item.id in before:
            old_section, old_item = before.pop(item.id)
            yield from _moved(titles, (old_section, section), item)
            yield from _item(versions, (old_section, old_item), (section, item))
        else:
            yield _added(versions, section, item)
    for _, item in before.values():
        yield _deleted(item)


def _section(versions: Versions, old: Section | None, new: Section | None) -> Iterator[Change]:
    if old is None and new is not None:
        said = words_of(versions.new, new.model_copy(update={"title": "", "items": ()}))
        said = said.removeprefix("名称，").removeprefix("名称")
        yield Change(Group.POINTS, "新增", f"“{new.title}”部分", f"新增（{said}）" if said else "新增",
                     f"sections.{new.title}")  # fmt: skip
    elif new is None and old is not None:
        path = f"sections.{old.title}"
        yield Change(Group.POINTS, "删除", f"“{old.title}”部分", "删除", path)
    elif old is not None and new is not None:
        place, path = f"“{new.title}”部分", f"sections.{new.title}"
        for told in differences(versions, old, new, ("items",)):
            group = Group.WORDS if told.way[0] in _NAMES else Group.POINTS
            yield Change(group, told.kind, place, told.text, f"{path}.{'.'.join(told.way)}")
        if _shuffled(old, new):
            yield Change(Group.WORDS, "次序", place, "项目的次序调整", f"{path}.items")


def _shuffled(old: Section, new: Section) -> bool:
    ids = {item.id for item in new.items}
    stayed = [item.id for item in old.items if item.id in ids]
    kept = set(stayed)
    return stayed != [item.id for item in new.items if item.id in kept]


def _moved(
    titles: dict[str, str], sections: tuple[Section, Section], item: Item
) -> Iterator[Change]:
    old, new = sections
    if titles.get(old.title) != new.title:
        text = f"由“{old.title}”部分移到“{new.title}”部分"
        yield Change(Group.POINTS, "移动", item_place(item), text, f"items.{item.id}")


def _added(versions: Versions, section: Section, item: Item) -> Change:
    said = criteria(Scene(versions.new, section, item)).replace("\n", "")
    worth = f"，{plain(item.points)}分" if item.points is not None else ""
    text = f"新增项目（“{section.title}”部分{worth}）：{said}"
    return Change(Group.POINTS, "新增", item_place(item), text.rstrip("。"), f"items.{item.id}")


def _deleted(item: Item) -> Change:
    worth = f"（原{plain(item.points)}分）" if item.points is not None else ""
    return Change(Group.POINTS, "删除", item_place(item), f"删除项目{worth}", f"items.{item.id}")


# --- one item ---------------------------------------------------------------------------------------

Placed = tuple[Section, Item]


def _item(versions: Versions, old: Placed, new: Placed) -> Iterator[Change]:
    (old_section, one), (new_section, two) = old, new
    if versions.same(one, two):
        return
    place, path = item_place(two), f"items.{two.id}"
    for told in differences(versions, one, two, _INSIDE):
        group = Group.WORDS if told.way[0] in _NAMES else Group.POINTS
        yield Change(group, told.kind, place, told.text, f"{path}.{'.'.join(told.way)}")
    before, after = Scene(versions.old, old_section, one), Scene(versions.new, new_section, two)
    scenes = Scenes(versions, before, after, place, path)
    yield from clause_changes(scenes, one.clauses, two.clauses)
    if not versions.same(one.variants, two.variants):
        yield from _variants(scenes, one.variants, two.variants)


def _variants(scenes: Scenes, old: Variants | None, new: Variants | None) -> Iterator[Change]:
    if old is None or new is None:
        had = new is None
        text = "不再分类评分" if had else f"改为按{new.by if new else ''}分类评分"
        yield scenes.change(Group.POINTS, "修改", text, "variants")
    if new is not None and old is not None and old.by != new.by:
        text = f"分类由按{old.by}改为按{new.by}"
        yield scenes.change(Group.POINTS, "修改", text, "variants.by")
    before, after = _named(old), _named(new)
    for name in dict.fromkeys((*after, *before)):
        yield from _variant(scenes, name, before.get(name), after.get(name))


def _named(variants: Variants | None) -> dict[str, Variant]:
    """The variants by their values in order, `otherwise` as 其他."""
    found = variants.named() if variants is not None else ()
    return {
        "、".join(sorted(k.strip() for k in n.replace(",", "、").split("、"))): v for n, v in found
    }


def _variant(
    scenes: Scenes, name: str, old: Variant | None, new: Variant | None
) -> Iterator[Change]:
    versions, way = scenes.versions, f"variants.{name}"
    if old is None and new is not None:
        said = criteria(_read(scenes.new, new)).replace("\n", "").rstrip("。")
        yield scenes.change(Group.POINTS, "新增", f"为{name}的另行评分：{said}", way)
    elif new is None and old is not None:
        text = f"为{name}的不再另行评分"
        yield scenes.change(Group.POINTS, "删除", text, way)
    elif old is not None and new is not None and not versions.same(old, new):
        skip = ("clauses",) if old.clauses is not None and new.clauses is not None else ()
        for told in differences(versions, old, new, skip):
            group = Group.WORDS if told.way[0] in _NAMES else Group.POINTS
            yield scenes.change(
                group, told.kind, f"为{name}的，{told.text}", f"{way}.{'.'.join(told.way)}"
            )
        if skip:
            inner = Scenes(
                versions, _read(scenes.old, old), _read(scenes.new, new),
                f"{scenes.place}（{name}）", f"{scenes.path}.{way}",
            )  # fmt: skip
            yield from clause_changes(inner, old.clauses or (), new.clauses or ())


def _read(scene: Scene, variant: Variant) -> Scene:
    return Scene(scene.book, scene.section, scene.item.as_variant(variant))
