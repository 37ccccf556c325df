"""The text of a book and that of the superior's it extends as one text, each word with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import place, to_truth
from starrating.rulebook.layers.changing import like, with_changes
from starrating.yamltext import Declared, Listed, Scalar, plain_name

_MAPS = ("columns", "tables", "terms", "lists", "measures", "rectification")
_LISTS = ("judgements", "row_checks")
_LOCKABLE = ("sections", "judgements", "stars")
_OWN = frozenset(
    ("format", "id", "version", "title", "issued", "in_force", "extends", "continues", "library",
     "changes", "waive", "cases", "locked")
)  # fmt: skip
"""The words that each book says for itself."""


def merged(base: Declared, own: Declared) -> tuple[Declared, list[Fault]]:
    """The text of the extending book with all it takes over, and the faults of joining them.

    Maps and lists are those of the base followed by those of the book; a single value that the
    book writes replaces the base's; a section whose title the base has adds its items to it; the
    same name declared twice is a fault. `base` is what `as_base` made of the superior's text.
    """
    faults: list[Fault] = []
    changes = own.get("changes")
    if isinstance(changes, Declared):
        base, found = with_changes(base, changes)
        faults.extend(found)
    result = like(own)
    for name in _MAPS:
        faults.extend(_joined_map(result, base, name))
    for name in _LISTS:
        if name in base:
            held: Any = own.get(name, ())
            _put(result, base, name, _listed(base[name], [*base[name], *held]))
    faults.extend(_joined_sections(result, base))
    faults.extend(_same_judgements(base, own))
    for name in base:
        if name not in result and name not in _OWN:
            _put(result, base, name, base[name])
    return result, faults


def as_base(content: Declared) -> Declared:
    """A text as what others extend: a lock on the whole book stands on each of its parts."""
    whole = content.get("locked")
    if not isinstance(whole, Scalar) or not to_truth(whole):
        return content
    copy: Declared = like(content)
    for name in _LOCKABLE:
        held: Any = copy.get(name)
        if isinstance(held, Listed):
            copy[name] = _listed(held, [_locked(each, whole) for each in held])
    measures: Any = copy.get("measures", {})
    if measures:
        locked = like(measures)
        locked.update((name, _locked(each, whole)) for name, each in measures.items())
        copy["measures"] = locked
    return copy


def _locked(block: Any, mark: Scalar) -> Declared:
    copy: Declared = like(block)
    copy.setdefault("locked", mark)
    copy.key_origins.setdefault("locked", mark.origin)
    return copy


def _put(result: Declared, source: Declared, name: str, value: Any) -> None:
    result[name] = value
    result.key_origins.setdefault(name, source.key_origins[name])


def _listed(like_this: Any, entries: list[Any]) -> Listed:
    made = Listed(entries)
    made.origin = like_this.origin
    return made


def _joined_map(result: Declared, base: Declared, name: str) -> Iterator[Fault]:
    inherited, own = base.get(name), result.get(name)
    if not isinstance(inherited, Declared):
        return
    joined = like(inherited)
    for key, value in own.items() if isinstance(own, Declared) else ():
        assert isinstance(own, Declared)
        more = name == "columns" and isinstance(value, Declared) and key in inherited
        if key in inherited and not more:
            yield _twice(key, inherited.key_origins[key], own.key_origins[key])
        joined[key] = _over(inherited[key], value) if more else value
        joined.key_origins[key] = own.key_origins[key]
    _put(result, base, name, joined)


def _over(base: Any, own: Any) -> Declared:
    """The columns of one sheet: the base's, then the book's, which replace those of their name."""
    joined: Declared = like(base)
    joined.update(own)
    joined.key_origins.update(own.key_origins)
    return joined


def _joined_sections(result: Declared, base: Declared) -> Iterator[Fault]:
    inherited: Any = base.get("sections")
    own: Any = result.get("sections")
    if inherited is None:
        return
    sections: list[Any] = list(inherited)
    places = {plain_name(section["title"]): n for n, section in enumerate(sections)}
    ids = {plain_name(item["id"]): item["id"] for item in _items(inherited)}
    for item in _items(own or ()):
        if plain_name(item["id"]) in ids:
            yield _twice(item["id"], ids[plain_name(item["id"])].origin, item["id"].origin)
    for section in own or ():
        number = places.get(plain_name(section["title"]))
        if number is None:
            sections.append(section)
            continue
        for word in section.keys() - {"title", "items"}:
            first, second = sections[number]["title"].origin, section.key_origins[word]
            yield _twice(f"{section['title']}的 {word}", first, second)
        sections[number] = like(sections[number])
        held = sections[number].get("items", Listed())
        added = section.get("items", ())
        place_of = held if hasattr(held, "origin") else section
        sections[number]["items"] = _listed(place_of, [*held, *added])
        sections[number].key_origins.setdefault("items", place(place_of))
    _put(result, base, "sections", _listed(inherited, sections))


def _items(sections: Any) -> Iterator[Any]:
    for section in sections:
        yield from section.get("items", ())


def _same_judgements(base: Declared, own: Declared) -> Iterator[Fault]:
    inherited: Any = base.get("judgements", ())
    added: Any = own.get("judgements", ())
    first = {plain_name(each["id"]): each["id"].origin for each in inherited}
    for judgement in added:
        name = plain_name(judgement["id"])
        if name in first:
            yield _twice(name, first[name], judgement["id"].origin)


def _twice(name: str, first: Origin, second: Origin) -> Fault:
    return CODES.fault("R206", second, name=name, first=first)
