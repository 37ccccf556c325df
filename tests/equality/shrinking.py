"""Makes a counterexample small: whatever can go goes, as long as the two evaluators still differ."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[Any, ...]


def shrunk(document: dict[str, Any], differs: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The document with all left out that it does not need to differ, and words made plain."""
    best = document
    while True:
        smaller = _smaller(best, differs)
        if smaller is best:
            return best
        best = smaller


def _smaller(document: dict[str, Any], differs: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    best = document
    for path in sorted(_paths(document), key=len):
        for change in _changes(best, path):
            if differs(change):
                best = change
                break
    return best


def _paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """Every place of the document, the last of a list first, so that places stay when one goes."""
    if at:
        yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*at, key))
    elif isinstance(value, list):
        for place in reversed(range(len(value))):
            yield from _paths(value[place], (*at, place))


def _changes(document: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    """The document without what stands there, or with something plainer."""
    try:
        held = _at(document, path)
    except (KeyError, IndexError, TypeError):
        return
    changed = copy.deepcopy(document)
    del _at(changed, path[:-1])[path[-1]]
    yield changed
    for plain in _plainer(held):
        changed = copy.deepcopy(document)
        _at(changed, path[:-1])[path[-1]] = plain
        yield changed


def _plainer(held: Any) -> Iterator[Any]:
    if isinstance(held, str):
        yield from (
            plain
            for plain in ("党员数 > 2", "found 发现问题", "党员数", "1")
            if len(plain) < len(held)
        )
        for word in (" and ", " or ", " + ", " - ", " * "):
            yield from held.strip("()").split(word) if word in held else ()
    elif isinstance(held, list) and len(held) > 3:
        yield held[: len(held) // 2]
        yield held[len(held) // 2 :]


def _at(document: Any, path: Path) -> Any:
    for key in path:
        document = document[key]
    return document
