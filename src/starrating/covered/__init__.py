"""Probes of a rulebook: what its cases should reach. `rulecoverage` runs the cases and reports."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.covered.clauses import Place, clause_probes
from starrating.covered.grading import (
    judgement_probes,
    lagging_probes,
    move_probes,
    section_probes,
    star_probes,
)
from starrating.covered.probe import Probe, condition_probes
from starrating.rulebook.model import Item, Rulebook

__all__ = ["Probe", "probes_of"]


def probes_of(book: Rulebook) -> tuple[Probe, ...]:
    """All probes of what the file itself says; what it extends is for its own cases."""
    own = book.origin.file
    return tuple(probe for probe in _all(book) if probe.origin.file == own and probe.sides)


def _all(book: Rulebook) -> Iterator[Probe]:
    subjects = book.subjects
    yield from condition_probes(book, "rated_when ", subjects.rated_when, subjects.origin)
    for section in book.sections:
        told = f"部分 {section.title} 适用条件"
        yield from condition_probes(book, told, section.applies_when, section.origin)
        for item in section.items:
            for name, reading in _readings(item):
                yield from _item(book, name, reading)
    yield from star_probes(book)
    yield from section_probes(book)
    yield from move_probes(book.moves)
    yield from lagging_probes(book)
    for judgement in book.judgements:
        yield from judgement_probes(book, judgement)


def _readings(item: Item) -> Iterator[tuple[str, Item]]:
    """The item itself, and what its variants say otherwise, each with its name."""
    yield item.id, item.model_copy(update={"variants": None})
    for name, variant in item.variants.named() if item.variants is not None else ():
        own = {"clauses": variant.clauses or (), "applies_when": variant.applies_when}
        yield f"{item.id}（{name}）", item.model_copy(update={**own, "variants": None})


def _item(book: Rulebook, name: str, item: Item) -> Iterator[Probe]:
    told = f"项目 {name} 适用条件"
    yield from condition_probes(book, told, item.applies_when, item.origin)
    for number, clause in item.every_clause():
        yield from clause_probes(Place(book, item.id, name, number, clause))
