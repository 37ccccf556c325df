"""`changes:` applied to the text of a superior's book: only the words written change.

What is kept keeps its place in the superior's file, what is changed has its place in the lower
one, so that the merged book knows where each of its words was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starrating.faults import Fault, few
from starrating.rulebook.fields import place
from starrating.rulebook.layers.codes import LAYERS
from starrating.rulebook.suggest import did_you_mean
from starrating.yamltext import Data, Declared, Listed, plain_name

KINDS = {
    "items": "项目",
    "sections": "部分",
    "measures": "指标",
    "lists": "清单",
    "judgements": "判定",
    "stars": "星级",
    "rectification": "整改要求",
}
"""What `changes` may name, with its Chinese word."""
_KEYS = {
    "items": ("id",),
    "sections": ("title", "items"),
    "judgements": ("id",),
    "stars": ("star",),
}
_NEW = "new"


def with_changes(base: Declared, changes: Declared) -> tuple[Declared, list[Fault]]:
    """The superior's text with the changes in it, and what cannot be changed."""
    faults: list[Fault] = []
    content: Any = base
    for kind, changed in changes.items():
        known = dict(_named(content, kind))
        for name, patch in _entries(changed):
            if name not in known:
                faults.append(_unknown(changed, kind, name, known))
                continue
            refused = [*_misshapen(kind, patch), *_renamed(kind, patch)]
            faults.extend(refused)
            if not refused:
                content = _replaced(content, known[name], patch, faults)
    return content, faults


def _entries(changed: Data) -> Iterator[tuple[str, Data]]:
    if isinstance(changed, Declared):
        for name, patch in changed.items():
            yield plain_name(name), patch


Path = tuple[str | int, ...]


def _named(content: Declared, kind: str) -> Iterator[tuple[str, Path]]:
    """The things of a kind by name, with the way to each."""
    if kind == "items":
        for number, section in enumerate(_list(content.get("sections"))):
            for place_in, item in enumerate(_list(section.get("items"))):
                yield plain_name(item["id"]), ("sections", number, "items", place_in)
    elif kind in ("sections", "judgements", "stars"):
        key = {"sections": "title", "judgements": "id", "stars": "star"}[kind]
        for number, each in enumerate(_list(content.get(kind))):
            yield plain_name(each[key]), (kind, number)
    else:
        held = content.get(kind)
        for name in held if isinstance(held, Declared) else ():
            yield name, (kind, name)


def _list(held: Any) -> list[Any]:
    return held if isinstance(held, list) else []


def _unknown(changed: Data, kind: str, name: str, known: dict[str, Path]) -> Fault:
    origins = getattr(changed, "key_origins", {})
    hint = did_you_mean(name, known, f"现有：{few(tuple(known)) or '无'}")
    return LAYERS.fault(
        "R605", origins.get(name, place(changed)), kind=KINDS[kind], name=name, hint=hint
    )


def _misshapen(kind: str, patch: Data) -> Iterator[Fault]:
    """A change of a list is a list, of anything else a map of the words that change."""
    if not isinstance(patch, Listed if kind == "lists" else Declared):
        remedy = "写成 [甲, 乙]" if kind == "lists" else "写成 {词: 改后的内容}"
        what = f"{KINDS[kind]}的改动写法不对"
        yield LAYERS.fault("R606", place(patch), what=what, remedy=remedy)


def _renamed(kind: str, patch: Data) -> Iterator[Fault]:
    for key in _KEYS.get(kind, ()):
        if isinstance(patch, Declared) and key in patch:
            if key == "items":
                remedy = "项目写在 changes 的 items 下；增加的项目写在 sections 下同名的部分里"
            else:
                remedy = "编号和名称是认人的，不能改；请删去这一行"
            what = f"{KINDS[kind]}的 {key} 不在这里改"
            yield LAYERS.fault("R606", patch.key_origins[key], what=what, remedy=remedy)


def _replaced(content: Any, way: Path, patch: Data, faults: list[Fault]) -> Any:
    """The text with the part at the end of the way patched; the rest is shared."""
    if not way:
        return patched(content, patch, faults)
    step, rest = way[0], way[1:]
    copy = like(content)
    copy[step] = _replaced(content[step], rest, patch, faults)
    return copy


def like(content: Any) -> Any:
    """A copy of a map or list that stands at the same place."""
    copy: Any = Declared(content) if isinstance(content, Declared) else Listed(content)
    copy.origin = content.origin
    if isinstance(content, Declared):
        copy.key_origins = dict(content.key_origins)
    return copy


def patched(held: Any, patch: Data, faults: list[Fault]) -> Any:
    """What is held, with the words of the patch; what is no map is replaced as a whole."""
    if not isinstance(patch, Declared):
        return patch
    if isinstance(held, Declared):
        copy = like(held)
        for word, value in patch.items():
            copy[word] = patched(held[word], value, faults) if word in held else value
            if word not in held:
                copy.key_origins[word] = patch.key_origins[word]
        return copy
    return _numbered(held, patch, faults) if isinstance(held, Listed) else patch


def _numbered(held: Listed, patch: Declared, faults: list[Fault]) -> Listed:
    """A list changed by the numbers of its entries, from 1; those under `new` come behind."""
    copy: Listed = like(held)
    for word, value in patch.items():
        if word == _NEW and isinstance(value, Listed):
            copy.extend(value)
        elif word.isascii() and word.isdigit() and 1 <= int(word) <= len(held):
            copy[int(word) - 1] = patched(held[int(word) - 1], value, faults)
        else:
            what = f"这里没有第“{word}”条" if word != _NEW else "new 后面应是列表"
            remedy = f"写 1 到 {len(held)} 的序号，增加的写在 new 下：new: [{{…}}]"
            faults.append(LAYERS.fault("R606", patch.key_origins[word], what=what, remedy=remedy))
    return copy
