"""The net under all other sentences: every word of two blocks that differs, by its Chinese name.

What no sentence of ours knows is told here, so that no change of meaning goes unsaid.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starrating.rulebook.meaning import Meaning, part
from starrating.rulebook.meaning import word as word_of
from starrating.rulebook.model import Block, Rulebook
from starrating.rulediff.labels import WORDS, label
from starrating.rulediff.model import Kind
from starrating.rulediff.phrase import became
from starrating.rulediff.shown import _OWN, block_shown, shown


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one word: its way from the block, and the sentence."""

    way: tuple[str, ...]
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Versions:
    """The two rulebooks that are compared."""

    old: Rulebook
    new: Rulebook

    def same(self, old: Any, new: Any) -> bool:
        """Whether two values mean the same, each in its own book."""
        if old is None or new is None:
            return old is new
        return part(old, self.old.lists) == part(new, self.new.lists)

    def tree(self, block: Block, *, new: bool) -> Mapping[str, Meaning]:
        """The meaning of a block of one of the books, by the words of the language."""
        found = part(block, (self.new if new else self.old).lists)
        assert isinstance(found, Mapping)
        return found


def differences(
    versions: Versions, old: Block, new: Block, skip: Collection[str] = ()
) -> Iterator[Told]:
    """A sentence for each word of two blocks that differs, but for the words of `skip`."""
    kind = type(new)
    before, after = versions.tree(old, new=False), versions.tree(new, new=True)
    for name in kind.model_fields:
        word = word_of(kind, name)
        if word not in skip and before.get(word) != after.get(word):
            yield from _value(versions, kind, word, getattr(old, name), getattr(new, name))


def _value(versions: Versions, block: type[Block], word: str, old: Any, new: Any) -> Iterator[Told]:
    head = label(block, word)
    if isinstance(old, Block) and isinstance(new, Block) and type(old) is type(new):
        yield from _block(versions, head, word, old, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _mapping(versions, block, word, old, new)
    elif _blocks(old) and _blocks(new) and len(old) == len(new):
        for place, (one, two) in enumerate(zip(old, new, strict=True), start=1):
            if not versions.same(one, two):
                yield from _block(versions, f"{head}第{place}条", f"{word}.{place}", one, two)
    else:
        yield Told((word,), "修改", f"{head}{_became(versions, block, word, old, new)}")


def _blocks(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(v, Block) for v in value)


def _block(versions: Versions, head: str, word: str, old: Block, new: Block) -> Iterator[Told]:
    if type(new) in _OWN:
        one, two = block_shown(versions.old, old), block_shown(versions.new, new)
        if one != two:
            yield Told((word,), "修改", f"{head}{became(one, two)}")
            return
    for told in differences(versions, old, new):
        yield Told((word, *told.way), told.kind, f"{head}：{told.text}")


def _mapping(
    versions: Versions,
    block: type[Block],
    word: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> Iterator[Told]:
    """Entry by entry; each is told by its own name."""
    head = label(block, word)
    for key in dict.fromkeys((*new, *old)):
        if key not in old:
            said = shown(versions.new, block, word, new[key])
            yield Told((word, key), "新增", f"{head}增加“{key}”（{said}）")
        elif key not in new:
            said = shown(versions.old, block, word, old[key])
            yield Told((word, key), "删除", f"{head}删除“{key}”（原为{said}）")
        elif not versions.same(old[key], new[key]):
            for told in _value(versions, block, word, old[key], new[key]):
                text = told.text.removeprefix(head)
                yield Told((word, key, *told.way[1:]), told.kind, f"{head}“{key}”{text}")


def _became(versions: Versions, block: type[Block], word: str, old: Any, new: Any) -> str:
    one, two = shown(versions.old, block, word, old), shown(versions.new, block, word, new)
    if one == two:  # the words are too coarse: the meaning itself
        one, two = _raw(part(old, versions.old.lists)), _raw(part(new, versions.new.lists))
    if old is None:
        return f"：新规定为{_quoted(two)}"
    if new is None:
        return f"：取消（原为{_quoted(one)}）"
    if isinstance(old, str) and isinstance(new, str) and one == old:
        return f"由“{one}”改为“{two}”"
    short = len(one) + len(two) <= 24 and not set("，；、") & {*one, *two}
    return f"由{one}改为{two}" if short else became(one, two)


def _quoted(text: str) -> str:
    return text if len(text) <= 12 else f"“{text}”"


def _raw(meaning: Meaning) -> str:
    return meaning if isinstance(meaning, str) else json.dumps(meaning, ensure_ascii=False)


def apart(old: Meaning, new: Meaning, way: tuple[str, ...] = ()) -> Iterator[Told]:
    """The leaves in which two meanings differ, each by its way in the words of the language: for
    what no block tells."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*new, *old)):
            yield from apart(old.get(key, ""), new.get(key, ""), (*way, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, two) in enumerate(zip(old, new, strict=True), start=1):
            yield from apart(one, two, (*way, str(place)))
    else:
        said = "的".join(WORDS.get(word, f"“{word}”") for word in way)
        yield Told(way, "修改", f"{said}由“{_raw(old)}”改为“{_raw(new)}”")
