"""The checks of a rulebook: one function a check, `(book) -> list[Fault]`, all listed here.

`check` runs them on a book that `read.py` has read (with all that it extends). Findings have
the codes R3xx of `codes.py`; a warning or a note is turned off by `waive:` with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starrating.faults import Fault, Level, in_order
from starrating.rulebook.checks import (
    cases,
    edges,
    items,
    judgements,
    kinds,
    layers,
    measures,
    names,
    references,
    tables,
)
from starrating.rulebook.checks._uses import inherited
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Rulebook, Waiver

Check = Callable[[Rulebook], list[Fault]]

CHECKS: tuple[Check, ...] = (
    names.unknown_names,
    names.named_too_early,
    names.titles_of_others,
    names.unreadable_here,
    references.unknown_lists,
    references.unknown_sheets,
    references.unknown_columns,
    references.unknown_items,
    references.unknown_breakers,
    references.unknown_matters,
    references.unknown_terms,
    references.idle_duties,
    references.idle_silences,
    references.idle_counts,
    kinds.wrong_kinds,
    items.duplicates,
    items.equal_as_numbers,
    items.printed_sums,
    items.takes_more_than_held,
    items.idle_items,
    items.no_word_for_not_applicable,
    items.two_bases,
    items.no_start,
    items.nobody_rates,
    edges.bands_out_of_order,
    edges.equal_edges,
    edges.open_bands,
    edges.stars_out_of_order,
    edges.stars_out_of_reach,
    tables.gaps,
    tables.overlaps,
    tables.idle_rows,
    judgements.loops,
    judgements.denied_too_early,
    judgements.star_reads_itself,
    judgements.incomplete_effects,
    judgements.flags_never_raised,
    judgements.beyond_the_judge,
    judgements.unknown_levels,
    measures.unused_measures,
    measures.unused_sections,
    measures.circular_measures,
    measures.reads_its_own_results,
    measures.compares_strangers,
    measures.near_equal_points,
    layers.unknown_adjustable,
    cases.case_shapes,
    cases.unknown_plans,
)
"""All checks, in the order in which they are documented."""

_GRAVE = (Level.FATAL, Level.ERROR)


def check(book: Rulebook) -> tuple[Fault, ...]:
    """All findings on a rulebook, by weight and place, without those it waives.

    Warnings on parts that come from an extended file are that file's own business and left out.
    """
    found = [
        fault
        for each in CHECKS
        for fault in each(book)
        if fault.level in _GRAVE or not inherited(book, fault.origin)
    ]
    kept = [fault for fault in found if not any(_waives(waiver, fault) for waiver in book.waive)]
    return in_order((*kept, *_idle_waivers(book.waive, found)))


def _waives(waiver: Waiver, fault: Fault) -> bool:
    """Whether a waiver turns a finding off; `at` narrows it to findings that name that thing."""
    if fault.code != waiver.code or fault.level in _GRAVE:
        return False
    return waiver.at is None or waiver.at in {value for _, value in fault.parts}


def _idle_waivers(waivers: Iterable[Waiver], found: Iterable[Fault]) -> list[Fault]:
    """R391, R392: a waiver that turns nothing off, or would turn an error off."""
    kept = list(found)
    faults = []
    for waiver in waivers:
        if any(fault.code == waiver.code and fault.level in _GRAVE for fault in kept):
            faults.append(CHECK_CODES.fault("R392", waiver.origin, code=waiver.code))
        elif not any(_waives(waiver, fault) for fault in kept):
            faults.append(CHECK_CODES.fault("R391", waiver.origin, code=waiver.code))
    return faults
