"""Which measures a rulebook's scores, stars and judgements rest on."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Block, Rulebook

_SOURCES = ("subjects", "sections", "total", "stars", "moves", "lagging", "judgements")


def measures_used(book: Rulebook) -> tuple[str, ...]:
    """The measures that count, directly or through others, in the order declared.

    All of them for a library, which is there for other rulebooks.
    """
    if book.library:
        return tuple(book.measures)
    found: set[str] = set()
    waiting = [name for source in _SOURCES for name in _names(getattr(book, source))]
    while waiting:
        name = waiting.pop()
        if name in book.measures and name not in found:
            found.add(name)
            waiting.extend(_names(book.measures[name]))
    return tuple(name for name in book.measures if name in found)


def _names(value: object) -> Iterator[str]:
    """Every name that stands in a formula, or as a plain word, inside a value."""
    if isinstance(value, ex.Node):
        yield from (leaf.name for leaf in ex.names(value))  # type: ignore[arg-type]
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Block):
        for name in type(value).model_fields:
            if name != "origin":
                yield from _names(getattr(value, name))
    elif isinstance(value, dict):
        yield from (name for part in value.values() for name in _names(part))
    elif isinstance(value, tuple):
        yield from (name for part in value for name in _names(part))
