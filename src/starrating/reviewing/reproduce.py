"""Reproduce an archive: run its own inputs through its own rules again, and compare (product.md 13)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from starrating.archive.bundle import Bundle
from starrating.engine.setting import Previous
from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.records import Calendar, Records, read_calendar
from starrating.results.compare import Difference, differences, is_wording
from starrating.results.model import Heading
from starrating.results.tables import MalformedTable, archive_files
from starrating.reviewing.codes import CODES
from starrating.reviewing.evaluate import Ground, review
from starrating.reviewing.inputs import beside_faults, records_of
from starrating.reviewing.previous import read_previous
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.rulebook.versions import Shelf, find_rulebooks

_GRAVE = (Level.FATAL, Level.ERROR)


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of a reproduction.

    `differences` are those of meaning, `wording` those of wording alone, which fail nothing.
    `faults` say why an archive could not be run again. `judged` and `judge` name who chained
    then and now.
    """

    differences: tuple[Difference, ...] = ()
    wording: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    judged: str = ""
    judge: str = ""

    @property
    def equal(self) -> bool:
        """Whether every column of meaning came out as archived."""
        return not (self.differences or self.faults)

    def __str__(self) -> str:
        """The outcome in Chinese, one line a difference."""
        if self.faults:
            return "\n".join(("没有复算成功", *map(str, self.faults)))
        if self.differences:
            return "\n".join(
                (f"复算结果有{len(self.differences)}处不同", *map(str, self.differences))
            )
        tail = f"；措辞有{len(self.wording)}处不同" if self.wording else ""
        return f"复算结果与档案一致{tail}"


class _Unusable(Exception):
    """The archive cannot be run again; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__()


def reproduce(
    bundle: Bundle, *, independent: bool = True, name: str = "review.zip"
) -> Reproduction:
    """Review an archive's inputs again by its rules, and compare every column of meaning.

    The reference evaluator runs; `independent` has the native chainer judge, whoever judged
    then. Nothing outside the bundle is read but the holidays known to this machine. `name` is
    the archive's name for the faults.
    """
    judged = bundle.environment.get("judge", "")
    try:
        ground = _ground(bundle, "native" if independent else None, name)
    except _Unusable as error:
        return Reproduction(faults=error.faults, judged=judged)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError) as error:
        return Reproduction(faults=(_fault(name, str(error)),), judged=judged)
    reviewed = review(ground)
    try:
        found = differences(bundle.results, archive_files(reviewed.results))
    except MalformedTable as error:
        return Reproduction(faults=(_fault(name, str(error)),), judged=judged)
    return Reproduction(
        tuple(each for each in found if not is_wording(each)),
        tuple(each for each in found if is_wording(each)),
        judged=judged,
        judge=reviewed.judge,
    )


def _fault(name: str, reason: str) -> Fault:
    return CODES.fault("A301", Origin(name), name=name, reason=reason)


def _ground(bundle: Bundle, judge: Any, name: str) -> Ground:
    if not bundle.inputs:
        raise _Unusable(_fault(name, "档案中没有原始数据，不能复算"))
    plan = json.loads(bundle.plan["plan.json"])
    with tempfile.TemporaryDirectory(prefix="starrating-") as folder:
        books = _books(plan, bundle, Path(folder) / "rules", name)
        calendar = _calendar(bundle, Path(folder) / "calendar")
    records = _records(plan, bundle, [book for book, _, _ in books])
    previous, since = _previous(bundle)
    return Ground(_heading(plan), books, records, calendar, previous, judge, since)


def _books(
    plan: Mapping[str, Any], bundle: Bundle, folder: Path, name: str
) -> tuple[tuple[Rulebook, str, str], ...]:
    """The rulebooks of the plan in its order, with what they extend."""
    shelf = _shelf(bundle.rules, folder)
    books = []
    for entry in plan["rulebooks"]:
        head = shelf.find(entry["id"], entry["version"])
        if head is None:
            raise _Unusable(_fault(name, f"档案中没有规则 {entry['id']}@{entry['version']}"))
        loaded = read_rulebook(head.path, entry["path"], shelf.path)
        grave = [fault for fault in loaded.faults if fault.level in _GRAVE]
        if loaded.book is None or grave:
            raise _Unusable(*grave)
        books.append((loaded.book, entry["why"], entry["path"]))
    return tuple(books)


def _shelf(rules: Mapping[str, bytes], folder: Path) -> Shelf:
    _write(rules, folder)
    return find_rulebooks(folder, folder.name)


def _calendar(bundle: Bundle, folder: Path) -> Calendar:
    if not bundle.calendar:
        return Calendar()
    _write(bundle.calendar, folder)
    calendar, _ = read_calendar(folder)
    return calendar


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write members of an archive below a folder of ours, and never elsewhere."""
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        if folder not in path.parents or ".." in path.parts:
            raise ValueError(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _records(plan: Mapping[str, Any], bundle: Bundle, books: list[Rulebook]) -> Records:
    schema = schema_of(books)
    used = columns_read(books, schema)
    records = records_of(bundle.inputs, beside_faults(plan), schema, used)
    fatal = [fault for fault in records.faults if fault.level is Level.FATAL]
    if fatal:
        raise _Unusable(*fatal)
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
