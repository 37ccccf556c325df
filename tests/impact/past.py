"""The town's review of 2023 as an archive, small reviews of it, and what the reference finds."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from reviews import outcome
from rulediff.books import SHELF, shipped
from starrating.archive.bundle import pack
from starrating.engine.people.part import corrected, decisions, set_aside
from starrating.engine.reference import evaluate
from starrating.impact.past import Past, Runs, open_past
from starrating.reviewing.evaluations import evaluate_all, known_flags, second_person
from starrating.reviewing.restored import restored
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_text

RULES = Path(__file__).parents[2] / "rules"
OLD = "town-village@2023"
FEW = ("0104", "0107", "0116", "0118")
"""Organisations that lose points in many places."""


@cache
def archive_bytes() -> bytes:
    """review.zip of the town."""
    return pack(outcome("town-2023").bundle)


@cache
def town() -> Past:
    """The archive opened."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.zip"
        path.write_bytes(archive_bytes())
        return open_past(path)


@cache
def few() -> Past:
    """The same with a few organisations only, its inputs read."""
    past = town()
    ground = restored(past.bundle, past.name)
    records = ground.records
    kept = tuple(each for each in records.organisations if each.code in FEW)
    ground = replace(ground, records=replace(records, organisations=kept))
    return replace(past, ground=ground, recorded=None)


def runs(past: Past) -> Runs:
    """The place of the grading rulebook."""
    return Runs(past, past.place_of(shipped(OLD)))


def changed(*swaps: tuple[str, str]) -> Rulebook:
    """The rulebook of 2023 with one text put for another in its file."""
    text = (RULES / "town-village" / "2023.yaml").read_text("utf-8")
    for old, new in swaps:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    loaded = read_text(text.encode(), "rules/town-village/2023.yaml", SHELF.path)
    assert loaded.usable, loaded.faults
    return loaded.book


def by_reference(past: Past, book: Rulebook, place: int):
    """The review with `book` in its place, by the reference evaluator."""
    ground = replace(past.under(book, place), evaluate=evaluate)
    records, _ = corrected(ground.records)
    decided, _ = decisions(records, known_flags(ground), second_person(ground))
    asides, _ = set_aside(records)
    return evaluate_all(ground, records, decided, asides, [])[place]
