"""What an archive was computed from, read out of it again: the ground of the same review."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from starrating.archive.bundle import Bundle
from starrating.engine.judge import Preference
from starrating.engine.setting import Previous
from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.records import Calendar, Records, read_calendar
from starrating.results.model import Heading
from starrating.reviewing.codes import CODES
from starrating.reviewing.ground import Ground
from starrating.reviewing.holidays import FILE, with_built_in
from starrating.reviewing.inputs import beside_faults, records_of
from starrating.reviewing.previous import read_previous
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.rulebook.versions import Shelf, find_rulebooks

_GRAVE = (Level.FATAL, Level.ERROR)
Read = Callable[[Mapping[str, Any], list[Rulebook]], Records]
"""Reads the records of a review, given its plan and its rulebooks."""


class Unusable(Exception):
    """The archive cannot be run again; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def restored(
    bundle: Bundle,
    name: str,
    *,
    judge: Preference | None = None,
    more: Mapping[str, bytes] | None = None,
) -> Ground:
    """The ground of an archive's review: its plan, rules, calendar, earlier facts and inputs.

    `more` are files that are read beside its inputs. Nothing outside the bundle is read but the
    holidays known to this machine; `name` is the archive's name for the faults. Raises Unusable.
    """

    def read(plan: Mapping[str, Any], books: list[Rulebook]) -> Records:
        return _records(plan, {**bundle.inputs, **(more or {})}, books)

    return restored_by(bundle, name, read, judge)


def restored_by(bundle: Bundle, name: str, read: Read, judge: Preference | None = None) -> Ground:
    """The ground of an archive's review on the records that `read` makes of it.

    Raises Unusable.
    """
    try:
        return _ground(bundle, judge, name, read)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError) as error:
        raise Unusable(unusable(name, str(error))) from error


def books_in(bundle: Bundle, name: str) -> Mapping[str, Rulebook]:
    """The rulebooks of an archive by id, merged with what they extend; also of a slim archive.

    Raises Unusable, and KeyError or ValueError where its plan is not one of ours.
    """
    plan = json.loads(bundle.plan["plan.json"])
    with tempfile.TemporaryDirectory(prefix="starrating-") as folder:
        return {book.id: book for book, _, _ in _books(plan, bundle, Path(folder) / "rules", name)}


def records_under(bundle: Bundle, books: list[Rulebook]) -> Records:
    """The inputs of an archive read as these rulebooks declare sheets and columns; raises
    Unusable."""
    return _records(json.loads(bundle.plan["plan.json"]), bundle.inputs, books)


def under(ground: Ground, books: tuple[tuple[Rulebook, str, str], ...], records: Records) -> Ground:
    """The same review under other rulebooks, on its records as these read them.

    `ground` is that of the archive. Period, cut-off and what earlier archives say stay; a
    rulebook that has another id takes what is known of the one in its place.
    """
    previous = {
        new.id: ground.previous.get(new.id, ground.previous.get(old.id, Previous()))
        for (old, _, _), (new, _, _) in zip(ground.books, books, strict=True)
    }
    return replace(ground, books=books, records=records, previous=previous)


def unusable(name: str, reason: str) -> Fault:
    """The fault (A301) of an archive that cannot be used, and why."""
    return CODES.fault("A301", Origin(name), name=name, reason=reason)


def _ground(bundle: Bundle, judge: Preference | None, name: str, read: Read) -> Ground:
    if not bundle.inputs:
        what = "这是精简档案" if bundle.full is not None else "档案中没有原始数据"
        raise Unusable(unusable(name, f"{what}，不能复算"))
    plan = json.loads(bundle.plan["plan.json"])
    with tempfile.TemporaryDirectory(prefix="starrating-") as folder:
        books = _books(plan, bundle, Path(folder) / "rules", name)
        calendar = _calendar(bundle, Path(folder) / "calendar")
    records = read(plan, [book for book, _, _ in books])
    previous, since = _previous(bundle)
    return Ground(
        _heading(plan), books, records, calendar, previous, judge, since, links=bundle.facts.links
    )


def _books(
    plan: Mapping[str, Any], bundle: Bundle, folder: Path, name: str
) -> tuple[tuple[Rulebook, str, str], ...]:
    """The rulebooks of the plan in its order, with what they extend."""
    shelf = _shelf(bundle.rules, folder)
    books = []
    for entry in plan["rulebooks"]:
        head = shelf.find(entry["id"], entry["version"])
        if head is None:
            raise Unusable(unusable(name, f"档案中没有规则 {entry['id']}@{entry['version']}"))
        loaded = read_rulebook(head.path, entry["path"], shelf.path)
        grave = [fault for fault in loaded.faults if fault.level in _GRAVE]
        if loaded.book is None or grave:
            raise Unusable(*grave)
        books.append((loaded.book, entry["why"], entry["path"]))
    return tuple(books)


def _shelf(rules: Mapping[str, bytes], folder: Path) -> Shelf:
    _write(rules, folder)
    return find_rulebooks(folder, folder.name)


def _calendar(bundle: Bundle, folder: Path) -> Calendar:
    _write(bundle.calendar, folder)
    calendar, _ = read_calendar(folder)
    return with_built_in(calendar, bundle.calendar.get(FILE))


def calendar_in(bundle: Bundle) -> Calendar:
    """The working days as an archive keeps them: the office's own years and the built-in ones."""
    with tempfile.TemporaryDirectory(prefix="starrating-") as folder:
        return _calendar(bundle, Path(folder) / "calendar")


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write members of an archive below a folder of ours, and never elsewhere."""
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        if folder not in path.parents or ".." in path.parts:
            raise ValueError(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _records(
    plan: Mapping[str, Any], inputs: Mapping[str, bytes], books: list[Rulebook]
) -> Records:
    schema = schema_of(books)
    used = columns_read(books, schema)
    records = records_of(inputs, beside_faults(plan), schema, used)
    fatal = [fault for fault in records.faults if fault.level is Level.FATAL]
    if fatal:
        raise Unusable(*fatal)
    return records


def _previous(bundle: Bundle) -> tuple[dict[str, Previous], date | None]:
    data = bundle.previous.get("previous.json")
    return read_previous(data) if data is not None else ({}, None)


def _heading(plan: Mapping[str, Any]) -> Heading:
    start, until, cut_off = (
        date.fromisoformat(plan[key]) for key in ("period_from", "period_until", "cut_off")
    )
    return Heading(
        title=plan["title"],
        period=plan["period"],
        period_from=start,
        period_until=until,
        cut_off=cut_off,
        stage=plan["stage"],
        level=plan["level"],
        issued=date.fromisoformat(plan["issued"]) if plan["issued"] else None,
        progress_run=cut_off < until,
        office=dict(plan["office"]),
    )
