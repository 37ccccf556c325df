"""One organisation through the years: its totals and stars in every archive of a ledger.

It is followed through 组织变更 as the archives tell them (semantics.md step 17): back to the bodies
it came from and on to those that go on for it, but not to others that merged with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starrating.archive.bundle import Bundle, unpack
from starrating.archive.records_csv import file_name, table_texts
from starrating.engine.bodies import DIVISION, KEEPING, MERGER
from starrating.explain.find import find_subject
from starrating.ledger.chain import Examined, whole
from starrating.ledger.entry import Entry
from starrating.results.model import SubjectRow
from starrating.results.tables import Tables, read_tables
from starrating.schema import CHANGES

_SEVERAL = re.compile(r"[、,;，；]")
_FOLLOWED = KEEPING | {MERGER, DIVISION}


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One change of organisations, between codes (or texts that no archive has a code for)."""

    date: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What one archive says of the organisation; `corrected_by` is a later entry's number."""

    entry: Entry
    row: SubjectRow
    corrected_by: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The standings by end of period and entry, and the changes that lead from code to code."""

    codes: tuple[str, ...]
    standings: tuple[Standing, ...]
    events: tuple[Event, ...] = ()


def history_of(ledger: Examined, subject: str) -> History:
    """The history of an organisation, by code or by a name it has or had.

    Raises explain.UnknownName where none or several go by it, and ArchiveErrors or
    MalformedTable where an archive is not as it was entered.
    """
    opened = [
        (entry, unpack(ledger.path(entry).read_bytes(), entry.file)) for entry in ledger.entries
    ]
    tables = [(entry, read_tables(bundle.results)) for entry, bundle in opened]
    names = _names(table for _, table in tables)
    changes = sorted({change for _, bundle in opened for change in _changes(bundle, names)})
    codes = _related(_meant(ledger, subject, tables, names, changes), changes)
    own = frozenset(codes)
    return History(
        codes,
        tuple(_standings(tables, own)),
        tuple(each for each in changes if {each.old, each.new} <= own),
    )


def _standings(tables: Sequence[tuple[Entry, Tables]], codes: frozenset[str]) -> list[Standing]:
    corrected = {
        entry.replaces: entry.number for entry, _ in reversed(tables) if entry.replaces is not None
    }
    entries = [entry for entry, _ in tables]
    found = [
        Standing(entry, row, corrected.get(entry.review))
        for entry, table in tables
        if entry.full is None or whole(entry, entries) is None
        for row in table.subjects
        if row.code in codes
    ]
    return sorted(found, key=lambda each: (each.entry.period_until, each.entry.number))


# --- who is meant ---------------------------------------------------------------------------------


def _names(tables: Iterable[Tables]) -> Mapping[str, frozenset[str]]:
    """Every code to itself, and every name to the codes that go or went by it."""
    found: dict[str, set[str]] = {}
    codes: set[str] = set()
    for table in tables:
        for row in table.subjects:
            codes.add(row.code)
            found.setdefault(row.name, set()).add(row.code)
    return {
        **{name: frozenset(several) for name, several in found.items()},
        **{code: frozenset((code,)) for code in codes},
    }


def _meant(
    ledger: Examined,
    subject: str,
    tables: Sequence[tuple[Entry, Tables]],
    names: Mapping[str, frozenset[str]],
    changes: Sequence[Event],
) -> frozenset[str]:
    """The codes meant; several only where one of them leads to all the others."""
    codes = names.get(subject.strip(), frozenset())
    for code in sorted(codes):
        if codes <= set(_related(frozenset((code,)), changes)):
            return codes
    newest = {row.code: row.name for _, table in tables for row in table.subjects}
    return frozenset((find_subject(newest, subject, ledger.folder.as_posix(), "台账"),))


# --- changes of organisations ---------------------------------------------------------------------


def _changes(bundle: Bundle, names: Mapping[str, frozenset[str]]) -> Iterator[Event]:
    data = bundle.people.get(file_name(CHANGES))
    for row in table_texts(data) if data is not None else ():
        kind = row.get("变更类型")
        if kind not in _FOLLOWED:
            continue
        for old in _bodies(row.get("原党组织"), names):
            for new in _bodies(row.get("现党组织"), names):
                if old != new:
                    yield Event(row.get("日期") or "", kind, old, new)


def _bodies(text: str | None, names: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The codes that a cell names; a text that no archive knows stands for itself."""
    whole = (text or "").strip()
    for part in [whole] if whole in names else _SEVERAL.split(whole):
        known = names.get(part.strip(), frozenset())
        if part.strip():
            yield next(iter(known)) if len(known) == 1 else part.strip()


def _related(codes: frozenset[str], changes: Sequence[Event]) -> tuple[str, ...]:
    """The codes with all they came from and all that go on for them."""
    before = _closed(codes, {(each.new, each.old) for each in changes})
    after = _closed(codes, {(each.old, each.new) for each in changes})
    return tuple(sorted(before | after))


def _closed(codes: frozenset[str], steps: set[tuple[str, str]]) -> frozenset[str]:
    found = set(codes)
    while more := {target for source, target in steps if source in found} - found:
        found |= more
    return frozenset(found)
