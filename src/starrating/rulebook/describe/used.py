"""Which measures a rulebook's scores, stars and judgements rest on."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Block, Rulebook

_SOURCES = ("subjects", "sections", "total", "stars", "moves", "lagging", "judgements")


def measures_used(book: Rulebook) -> tuple[str, ...]:
    """The measures that count, directly or through others, and those of the file itself.

    In the order declared; of what the book extends, only those that count.
    """
    found: set[str] = set()
    waiting = [name for source in _SOURCES for name in _names(getattr(book, source))]
    while waiting:
        name = waiting.pop()
        if name in book.measures and name not in found:
            found.add(name)
            waiting.extend(_names(book.measures[name]))
    own = book.origin.file
    return tuple(
        name
        for name, measure in book.measures.items()
        if name in found or measure.origin.file == own
    )


def _names(value: object) -> Iterator[str]:
    """Every name that stands in a formula, or as a plain word, inside a value."""
    if isinstance(value, ex.Expr):
        yield from (leaf.name for leaf in ex.names(value))
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
