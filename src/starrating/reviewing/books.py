"""Which rulebook versions a review takes, and why; all of their faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.records.period import Period
from starrating.reviewing.chosen import Chosen
from starrating.reviewing.codes import CODES
from starrating.reviewing.request import RULES, USAGE
from starrating.reviewing.turns import in_turn
from starrating.rulebook.checks import check
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.versions import Choice, Shelf, find_rulebooks

GRAVE = (Level.FATAL, Level.ERROR)


@dataclass(frozen=True, slots=True)
class Choices:
    """The rulebooks of a review, or the faults and exit code that say why there are none."""

    chosen: tuple[Chosen, ...]
    faults: tuple[Fault, ...]
    exit_code: int = 0


def choose(folder: Path, asked: tuple[tuple[str, str | None], ...], period: Period) -> Choices:
    """Choose and read the rulebooks; those that grade come last (they read what others flag)."""
    shown = folder.name or "rules"
    if not folder.is_dir():
        fault = CODES.fault("R504", Origin(str(folder)), folder=folder)
        return Choices((), (fault,), RULES)
    shelf = find_rulebooks(folder, shown)
    picked = _picked(shelf, asked, period)
    faults = [fault for choice in picked for fault in choice.faults]
    if any(choice.head is None for choice in picked):
        unclear = any(fault.code in ("R415", "R410", "R411") for fault in faults)
        return Choices((), in_order(faults), USAGE if unclear else RULES)
    chosen: list[Chosen] = []
    for choice in picked:
        assert choice.head is not None
        loaded = read_rulebook(choice.head.path, choice.head.shown, shelf.path)
        faults.extend(loaded.faults)
        if loaded.book is None:
            continue
        faults.extend(fault for fault in check(loaded.book) if fault.level in GRAVE)
        chosen.append(Chosen(loaded.book, choice.sentence, choice.head.shown, loaded.texts))
    if any(fault.level in GRAVE for fault in faults):
        return Choices((), in_order(faults), RULES)
    ordered, unread = in_turn(chosen, lambda each: each.book)
    if unread:
        return Choices((), in_order((*faults, *unread)), RULES)
    return Choices(ordered, in_order(faults))


def _picked(
    shelf: Shelf, asked: tuple[tuple[str, str | None], ...], period: Period
) -> list[Choice]:
    if not asked:
        return [shelf.choose_only(period.end)]
    return [shelf.choose(name, period.end, version) for name, version in asked]


def terms_of(folder: Path) -> dict[str, tuple[str, str]]:
    """The named terms of all rulebooks below a folder, so that a period may name one."""
    found: dict[str, tuple[str, str]] = {}
    if not folder.is_dir():
        return found
    shelf = find_rulebooks(folder, folder.name)
    for head in shelf.heads:
        loaded = read_rulebook(head.path, head.shown, shelf.path)
        if loaded.book is not None:
            for name, term in loaded.book.terms.items():
                found.setdefault(name, (term.from_, term.until))
    return found
