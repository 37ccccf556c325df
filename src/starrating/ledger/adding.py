"""Entering an archive: verified first, copied whole or not at all, chained to the one before.

The archive is staged under a hidden name, then its entry is committed, then it gets its name.
A run that dies before the commit leaves nothing that counts; one that dies after it leaves an
entry whose archive is found under the hidden name, and the next run renames it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starrating.archive.bundle import Bundle, unpack, verify
from starrating.archive.slim import against_faults, slim_faults
from starrating.faults import Fault
from starrating.ledger.chain import (
    ARCHIVES,
    Examined,
    archive_path,
    examine,
    replaced,
    staged_path,
)
from starrating.ledger.codes import CODES
from starrating.ledger.entry import Entry, entry_of
from starrating.ledger.store import INDEX, append, create, error_name
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.report.lock import locked
from starrating.report.moves import sync_folder, write_synced
from starrating.results.changes import changes
from starrating.results.columns import CHANGES
from starrating.results.tables import MalformedTable, changes_csv, read_tables
from starrating.reviewing.restored import unusable

_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Added:
    """What came of entering an archive: its entry, or the faults that say why it was refused.

    `ledger` is the ledger as it stands now; `known` says that the archive was in it already.
    """

    entry: Entry | None
    ledger: Examined | None = None
    faults: tuple[Fault, ...] = ()
    known: bool = False


def add(folder: Path, data: bytes, name: str = "review.zip", head: str | None = None) -> Added:
    """Enter the archive `data` into the ledger in `folder`, which is made if it is not there.

    An archive that does not verify, and a ledger that does not stand as it was written (or lacks
    the `head` given), are refused and nothing is changed. An archive that is in the ledger
    already is not entered twice.
    """
    bundle, faults = _sound(data, name)
    if bundle is None:
        return Added(None, None, faults)
    try:
        (folder / ARCHIVES).mkdir(parents=True, exist_ok=True)
        with locked(folder / _LOCK) as held:
            if not held:
                return Added(None, None, (CODES.fault("A410", _at(folder), folder=folder),))
            return _enter(folder, data, bundle, head)
    except (OSError, sqlite3.Error) as error:
        reason = why(error) if isinstance(error, OSError) else f"索引出错 {error_name(error)}"
        return Added(None, None, (CODES.fault("A411", _at(folder), folder=folder, reason=reason),))


def _sound(data: bytes, name: str) -> tuple[Bundle | None, tuple[Fault, ...]]:
    """The bundle of an archive that verifies and whose results can be read."""
    wrong = verify(data, name)
    if wrong:
        return None, tuple(wrong)
    bundle = unpack(data, name)
    wrong = slim_faults(bundle, name) if bundle.full is not None else []
    if wrong:
        return None, tuple(wrong)
    try:
        read_tables(bundle.results)
    except MalformedTable as error:
        return None, (unusable(name, str(error)),)
    return bundle, ()


def _enter(folder: Path, data: bytes, bundle: Bundle, head: str | None) -> Added:
    if not (folder / INDEX).exists() and not _holds_archives(folder):
        create(folder)
    ledger = examine(folder, head)
    if ledger.faults:
        return Added(None, ledger, ledger.faults)
    _finish(folder, ledger.entries)
    entry = entry_of(len(ledger.entries) + 1, ledger.head, data, bundle)
    known = next((each for each in ledger.entries if each.digest == entry.digest), None)
    if known is not None:
        return Added(known, ledger, known=True)
    wrong = _other_changes(folder, entry, bundle, ledger) or _other_form(entry, data, ledger)
    if wrong:
        return Added(None, ledger, wrong)
    _write(folder, entry, data)
    return Added(entry, examine(folder))


def _other_changes(
    folder: Path, entry: Entry, bundle: Bundle, ledger: Examined
) -> tuple[Fault, ...]:
    """A416 where the changes that a correction lists are not those from the archive it replaces."""
    meant = replaced(entry, ledger.entries)
    listed = bundle.results.get(CHANGES.name)
    if meant is None or bundle.full is not None:
        return ()
    before = unpack(ledger.path(meant).read_bytes(), meant.file)
    if before.full is not None or changes_csv(changes(before.results, bundle.results)) == listed:
        return ()
    what = "没有更正对照" if listed is None else "所列的改动与两份档案的结果不一致"
    return (CODES.fault("A416", _at(folder), other=meant.number, what=what),)


def _other_form(entry: Entry, data: bytes, ledger: Examined) -> tuple[Fault, ...]:
    """What differs between a slim archive and the full one, where one is in the ledger already."""
    for each in ledger.entries:
        if each.review != entry.review or (each.full is None) == (entry.full is None):
            continue
        kept = ledger.path(each).read_bytes()
        slim, full = (kept, data) if entry.full is None else (data, kept)
        names = (each.file, entry.file) if entry.full is None else (entry.file, each.file)
        wrong = against_faults(slim, full, *names)
        if wrong:
            return tuple(wrong)
    return ()


def _write(folder: Path, entry: Entry, data: bytes) -> None:
    staged = staged_path(folder, entry)
    write_synced(staged, data)
    sync_folder(staged.parent)
    try:
        append(folder, (entry.number, entry.body, entry.hash))
    except sqlite3.Error:
        staged.unlink()
        raise
    staged.rename(folder / ARCHIVES / entry.file)
    sync_folder(staged.parent)


def _finish(folder: Path, entries: Sequence[Entry]) -> None:
    """Do what a run that died left: name the archives of entries, drop what has none."""
    for entry in entries:
        path = archive_path(folder, entry)
        if path.name != entry.file:
            path.rename(folder / ARCHIVES / entry.file)
    known = {entry.file for entry in entries}
    for path in sorted((folder / ARCHIVES).iterdir()):
        if path.name not in known:
            path.unlink()
    sync_folder(folder / ARCHIVES)


def _holds_archives(folder: Path) -> bool:
    """Whether archives lie here though the index is gone."""
    return any(path.suffix == ".zip" for path in (folder / ARCHIVES).iterdir())


def _at(folder: Path) -> Origin:
    return Origin(str(folder))
