"""What the superior left adjustable: the lower layer's values in its place, if within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook.bounds import to_bounds
from starrating.rulebook.fields import place
from starrating.rulebook.layers.changing import like
from starrating.rulebook.layers.codes import LAYERS
from starrating.yamltext import Declared, Listed, Scalar, plain_name

_MISSING = object()
Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The blocks of a text by their place."""

    blocks: dict[Origin, Declared]
    root: Declared

    @classmethod
    def of(cls, content: Declared) -> Places:
        """The blocks of a text."""
        return cls({block.origin: block for _, block in blocks(content)}, content)

    def word(self, origin: Origin, word: str) -> tuple[Origin, Any]:
        """Where a word of a block is said, and what it says; the block where it is not said."""
        block: Any = self.blocks.get(origin)
        if block is None:
            return origin, _MISSING
        found = origin
        for step in word.split("/") if word else ():
            if not isinstance(block, Declared) or step not in block:
                return found, _MISSING
            found, block = block.key_origins[step], block[step]
        return found, block


def differing(first: tuple[Origin, Any], second: tuple[Origin, Any]) -> tuple[Origin, Origin]:
    """The innermost places where two texts differ."""
    (here, one), (there, other) = first, second
    if isinstance(one, Declared) and isinstance(other, Declared):
        for word, value in other.items():
            if word not in one:
                return here, other.key_origins[word]
            if _plain(one[word]) != _plain(value):
                inner = (one.key_origins[word], one[word]), (other.key_origins[word], value)
                return differing(*inner)
    if isinstance(one, Listed) and isinstance(other, Listed):
        for before, after in zip(one, other, strict=False):
            if _plain(before) != _plain(after):
                return differing((place(before), before), (place(after), after))
    return _said_at(here, one), _said_at(there, other)


def _said_at(key: Origin, value: Any) -> Origin:
    return place(value) if isinstance(value, (Scalar, Listed)) else key


def blocks(content: Any, way: Way = ()) -> Iterator[tuple[Way, Declared]]:
    """All maps of a text with the way to each, the outer before the inner."""
    if isinstance(content, Declared):
        yield way, content
        for word, value in content.items():
            yield from blocks(value, (*way, word))
    elif isinstance(content, Listed):
        for number, value in enumerate(content):
            yield from blocks(value, (*way, number))


def adjusted(base: Declared, own: Declared) -> tuple[Declared, list[Fault]]:
    """The superior's text with those values of the merged one that it allows, and a fault for
    each that lies outside of its bounds."""
    faults: list[Fault] = []
    content: Any = base
    for way, block in list(blocks(base)):
        marks = block.get("adjustable")
        if not isinstance(marks, Declared):
            continue
        other = _same_block(own, base, way)
        for word, bounds in marks.items():
            inner = _steps(block, word)
            before, after = _value(block, inner), _value(other, inner)
            if after is _MISSING or _plain(before) == _plain(after):
                continue
            if not to_bounds(bounds).allow(after):
                faults.append(
                    LAYERS.fault(
                        "R603", place(after), word=word, value=_told(after),
                        bounds=to_bounds(bounds), first=marks.key_origins[word],
                    )
                )  # fmt: skip
            content = _with(content, (*way, *inner), after)
    return content, faults


def _told(value: Any) -> str:
    return str(value) if isinstance(value, str) else "另一种写法"


def _steps(block: Any, word: str) -> Way:
    """The way that a word such as `short.at_least` or `clauses.1.deduct` names."""
    if word in block:
        return (word,)
    way: list[str | int] = []
    for step in word.split("."):
        inside = isinstance(block, Listed) and step.isdigit()
        way.append(int(step) - 1 if inside else step)
        block = _value(block, (way[-1],))
    return tuple(way)


def _value(block: Any, way: Way) -> Any:
    for step in way:
        held = isinstance(block, Declared) and step in block
        listed = isinstance(block, Listed) and isinstance(step, int) and 0 <= step < len(block)
        if not held and not listed:
            return _MISSING
        block = block[step]
    return block


def _same_block(own: Declared, base: Declared, way: Way) -> Any:
    """The block of the merged text that stands where one of the superior's stood."""
    written: Any = own.get("stars")
    if way[:1] == ("stars",) and len(way) > 1 and isinstance(written, Listed):
        number = plain_name(_value(base, (*way[:2], "star")))
        others: list[Any] = list(written)
        for each in others:
            if plain_name(each.get("star", "")) == number:
                return _value(each, way[2:])
        return _MISSING
    return _value(own, way)


def _plain(value: Any) -> Any:
    """The value without places, for comparing."""
    if isinstance(value, Declared):
        return {word: _plain(each) for word, each in value.items()}
    if isinstance(value, Listed):
        return [_plain(each) for each in value]
    return value if value is _MISSING else str(value).strip()


def _with(content: Any, way: Way, value: Any) -> Any:
    if not way:
        return value
    copy = like(content)
    held = _value(content, way[:1])
    inner = _with(held if held is not _MISSING else _empty(content), way[1:], value)
    copy[way[0]] = inner
    if isinstance(copy, Declared) and way[0] not in copy.key_origins:
        copy.key_origins[str(way[0])] = place(value)
    return copy


def _empty(content: Any) -> Declared:
    made = Declared()
    made.origin, made.key_origins = content.origin, {}
    return made
