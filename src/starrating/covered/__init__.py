"""Probes of a rulebook: what its cases should reach. `rulecoverage` runs the cases and reports."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.covered.clauses import Place, clause_probes
from starrating.covered.grading import (
    judgement_probes,
    lagging_probes,
    move_probes,
    star_probes,
)
from starrating.covered.probe import Probe, condition_probes
from starrating.rulebook.model import Rulebook

__all__ = ["Probe", "probes_of"]


def probes_of(book: Rulebook) -> tuple[Probe, ...]:
    """All probes of what the file itself says; what it extends is for its own cases."""
    own = book.origin.file
    return tuple(probe for probe in _all(book) if probe.origin.file == own and probe.sides)


def _all(book: Rulebook) -> Iterator[Probe]:
    yield from condition_probes(book, "rated_when ", book.subjects.rated_when)
    for section in book.sections:
        yield from condition_probes(book, f"部分 {section.title} ", section.applies_when)
        for item in section.items:
            yield from condition_probes(book, f"项目 {item.id} 适用条件", item.applies_when)
            for number, clause in item.every_clause():
                yield from clause_probes(Place(book, item.id, number, clause))
    yield from star_probes(book)
    yield from move_probes(book.moves)
    yield from lagging_probes(book)
    for judgement in book.judgements:
        yield from judgement_probes(book, judgement)
