"""Which parts of a book are locked, and that no lower layer takes a lock away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from starrating.origin import Origin
from starrating.rulebook.bounds import Bounds
from starrating.rulebook.layers.measures import field
from starrating.rulebook.layers.movement import DOWN, SAME, UP, Movement, Sense
from starrating.rulebook.model import Block, Clause, Rulebook


@dataclass(frozen=True, slots=True)
class Locks:
    """What is locked: ids of items and judgements, names of measures, and whether stars are.

    A locked star locks whatever leads to the total and to a star: all sections, items and
    judgements. `origin` is the place of the first locked part.
    """

    items: frozenset[str]
    judgements: frozenset[str]
    measures: frozenset[str]
    stars: bool
    origin: Origin

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.items or self.judgements or self.measures or self.stars)


def locks(book: Rulebook) -> Locks:
    """The locks of a book."""
    starred = [star for star in book.stars if star.locked]
    whole = bool(starred)
    items = [
        item for section, item in book.items() if whole or section.locked or item.locked
    ]  # fmt: skip
    judgements = [each for each in book.judgements if whole or each.locked]
    measures = {name: each for name, each in book.measures.items() if each.locked}
    first: list[Block] = [*starred, *items, *judgements, *measures.values()]
    return Locks(
        frozenset(item.id for item in items),
        frozenset(each.id for each in judgements),
        frozenset(measures),
        whole,
        first[0].origin if first else book.origin,
    )


def marks(base: Rulebook, own: Rulebook, held: Callable[..., Any]) -> Iterator[Any]:
    """Each block of the superior, and how its own marks moved: what a lower layer marks adjustable
    would else be changed by the next. A lock on the whole book stands on its blocks by now."""
    for name, before, after in _pairs(base, own):
        moved = field(before, after, "adjustable", _bounds(before, after))
        if before is not base and getattr(before, "locked", False):
            gone = SAME if getattr(after, "locked", False) else UP
            moved &= field(before, after, "locked", gone)
        yield held(name, before.origin, moved, Sense.DOWN)


def _pairs(base: Rulebook, own: Rulebook) -> Iterator[tuple[str, Block, Block]]:
    yield "本规则", base, own
    sections = {section.title: section for section in own.sections}
    for section in base.sections:
        yield f"部分“{section.title}”", section, sections[section.title]
    items = {item.id: item for _, item in own.items()}
    for _, item in base.items():
        yield f"项目 {item.id} {item.title}", item, items[item.id]
        pairs = zip(item.every_clause(), items[item.id].every_clause(), strict=False)
        clauses: Iterator[tuple[tuple[str, Clause], tuple[str, Clause]]] = iter(pairs)
        for (number, one), (_, other) in clauses:
            yield f"项目 {item.id} 第 {number} 条", one, other
    judgements = {each.id: each for each in own.judgements}
    for judgement in base.judgements:
        yield f"判定 {judgement.id}", judgement, judgements[judgement.id]
    for name, measure in base.measures.items():
        yield f"指标“{name}”", measure, own.measures[name]
    stars = {star.star: star for star in own.stars}
    for star in base.stars:
        if star.star in stars:
            yield f"{star.star} 星", star, stars[star.star]


def _bounds(before: Block, after: Block) -> Movement:
    """What is adjustable below may be less, or within closer bounds, but no more."""
    ones: dict[str, Bounds] = getattr(before, "adjustable", {})
    others: dict[str, Bounds] = getattr(after, "adjustable", {})
    if ones == others:
        return SAME
    closer = all(word in ones and bounds.inside(ones[word]) for word, bounds in others.items())
    return DOWN if closer else UP
