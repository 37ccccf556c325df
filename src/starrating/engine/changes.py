"""Changes of organisations: what is kept, and what passes to whom (step 17)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from starrating.engine.bodies import DIVISION, KEEPING, MERGER, Bodies, Body, Change
from starrating.engine.codes import CODES
from starrating.engine.setting import Previous
from starrating.engine.values import Interval, Unknown
from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.model import UNREADABLE, Cell, Organisation, Records, Row, Table
from starrating.records.organisations import directory
from starrating.rulebook.model import Moves
from starrating.schema import CHANGES, ORGANISATION, ORGANISATIONS, PEOPLE_SHEETS

_SEVERAL = re.compile(r"[、,;]")
_NOT_ON_ROLL = "D401"
"""The fault of a row whose organisation the roll does not name; its part `value` is the text."""
_FOUNDED = "成立日期"


@dataclass(frozen=True, slots=True)
class Changed:
    """What earlier archives say and what was inspected, as they stand after the changes.

    `successors` maps a code to the one that goes on for it: under another code, or as the body
    that takes over its open tasks.
    """

    previous: Previous
    records: Records
    successors: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def after_changes(
    previous: Previous,
    records: Records,
    moves: Moves | None,
    cut_off: date,
    since: date | None = None,
) -> Changed:
    """Follow all organisations through 组织变更, in order of date, up to the cut-off.

    更名, 改隶 and 升格 keep everything: last star, flags, tasks and rows go with the body,
    also rows that still name it by a code or name the roll no longer has. A body that stands on
    the roll under several of its codes is taken as one, under the latest.
    合并 and 拆分: the last star of each 现党组织 is taken by `moves.after_merger` (default
    unknown) from those of the 原党组织 and its own if it was there before; a new body's own
    上年度星级 stands where no archive tells more. Rows stay with the old bodies unless
    `moves.succeeds` is `records` (合并 only, without the people's sheets). Open tasks pass to the
    successor; after 拆分 to the old body if it goes on, else to the first 现党组织 by code.
    Flags stay.
    Changes up to `since` (the cut-off of the newest archive, else the day before the period) are
    in the last stars already: after 合并 and 拆分 these are left as they are. The order of rows
    does not matter. Faults: E211 to E217.
    """
    faults: list[Fault] = []
    changes = _read(records, cut_off, faults)
    if not changes:
        return Changed(previous, records, faults=in_order(faults))
    roll = {each.code: each.row for each in records.organisations}
    bodies = Bodies(roll, moves, since, faults)
    bodies.begin(previous)
    bodies.follow(changes)
    faults.extend(
        CODES.fault("E211", change.origin, new=change.new)
        for change in changes
        if (owners := bodies.of(change.new))
        and not any(bodies.code(bodies.heir(body)) in roll for body in owners)
    )
    moved = _Moved(bodies, records, {name for c in changes for name in (c.old, c.new)}, faults)
    return Changed(
        _previous(previous, bodies), moved.records(), moved.successors(), in_order(faults)
    )


# --- 组织变更 -------------------------------------------------------------------------------------


def _read(records: Records, cut_off: date, faults: list[Fault]) -> tuple[Change, ...]:
    """The changes dated up to the cut-off; cells that can not be read are told by the records."""
    if not records.rows(CHANGES):
        return ()
    known = directory((each.row for each in records.organisations), []).known

    def codes(row: Row, column: str) -> tuple[str, ...]:
        text = row.value(column)
        if not isinstance(text, str):
            return ()
        parts = [text] if known(text) else [part.strip() for part in _SEVERAL.split(text)]
        return tuple(known(part) or part for part in parts if part)

    found: dict[tuple[date, str, str, str], Change] = {}
    for row in records.rows(CHANGES):
        day, kind = row.value("日期"), row.value("变更类型")
        if not isinstance(day, date) or day > cut_off or not isinstance(kind, str):
            continue
        olds, news = codes(row, "原党组织"), codes(row, "现党组织")
        if kind in KEEPING and len(olds) * len(news) > 1:
            faults.append(CODES.fault("E216", row.origin, kind=kind))
        elif kind in KEEPING | {MERGER, DIVISION}:
            for old, new in ((old, new) for old in olds for new in news):
                found.setdefault((day, kind, old, new), Change(day, kind, old, new, row.origin))
    return tuple(found[key] for key in sorted(found))


# --- earlier archives -----------------------------------------------------------------------------


def _previous(previous: Previous, bodies: Bodies) -> Previous:
    stars: dict[str, int | None] = {}
    unknown: set[str] = set()
    for body in bodies.all():
        code, star = bodies.code(body), body.last
        if star is None and len(body.names) > 1:
            own = bodies.last(body)
            star = own if isinstance(own, Interval | Unknown) else None
        if isinstance(star, Unknown):
            unknown.add(code)
        elif star is not None:
            stars[code] = int(star.number) if isinstance(star, Interval) else None
    flags: dict[str, frozenset[str]] = {}
    for code in sorted(previous.flags):
        now = bodies.code(bodies.real(bodies.bearers[code][0]))
        flags[now] = flags.get(now, frozenset()) | previous.flags[code]
    tasks = []
    for task in previous.tasks:
        body = bodies.bearers[task.code][0]
        body = bodies.heir(body) if task.open else bodies.real(body)
        tasks.append(replace(task, code=bodies.code(body)))
    return replace(
        previous,
        stars={code: stars[code] for code in sorted(stars)},
        flags=flags,
        tasks=tuple(tasks),
        unknown_stars=frozenset(unknown),
    )


# --- records --------------------------------------------------------------------------------------


class _Moved:
    """The records with rows under the codes that their bodies go by now."""

    def __init__(
        self, bodies: Bodies, records: Records, named: Iterable[str], faults: list[Fault]
    ) -> None:
        self._bodies, self._records, self._faults = bodies, records, faults
        self._owners = dict(self._sure(named))
        self._kept = {name: bodies.code(body) for name, body in self._owners.items()}
        self._inherited = {
            name: bodies.code(bodies.recorder(body)) for name, body in self._owners.items()
        }
        self._found: set[Origin] = set()

    def _sure(self, named: Iterable[str]) -> Iterator[tuple[str, Body]]:
        """The codes that have always meant one body."""
        used = {row.organisation for t in self._records.tables.values() for row in t.rows}
        for name in sorted(named):
            owners = self._bodies.of(name)
            if len(owners) == 1:
                yield name, owners[0]
            elif owners and name in used:
                first = self._records.rows(CHANGES)[0].origin
                place = Origin(first.file, sheet=first.sheet)
                self._faults.append(CODES.fault("E213", place, code=name))

    def successors(self) -> Mapping[str, str]:
        """Code → the one that goes on for it."""
        heirs = {
            name: self._bodies.code(self._bodies.heir(body)) for name, body in self._owners.items()
        }
        return MappingProxyType({name: code for name, code in heirs.items() if name != code})

    def records(self) -> Records:
        """The records after the changes; the same ones where nothing moves."""
        lost = self._unresolved()
        tables = {
            name: self._table(table, lost) if name not in {ORGANISATIONS, CHANGES} else table
            for name, table in self._records.tables.items()
        }
        organisations = self._organisations()
        if organisations != self._records.organisations and ORGANISATIONS in tables:
            rows = tuple(each.row for each in organisations)
            tables[ORGANISATIONS] = replace(tables[ORGANISATIONS], rows=rows)
        if all(table is self._records.tables[name] for name, table in tables.items()):
            return self._records
        return replace(
            self._records,
            tables=MappingProxyType(tables),
            organisations=organisations,
            faults=tuple(
                fault
                for fault in self._records.faults
                if fault.code != _NOT_ON_ROLL or fault.origin not in self._found
            ),
        )

    def _unresolved(self) -> Mapping[Origin, str]:
        """The texts of 党组织 cells that the roll does not name, by place."""
        return {
            fault.origin: dict(fault.parts).get("value", "")
            for fault in self._records.faults
            if fault.code == _NOT_ON_ROLL
        }

    def _table(self, table: Table, lost: Mapping[Origin, str]) -> Table:
        targets = self._kept if table.name in PEOPLE_SHEETS else self._inherited
        rows = tuple(self._row(row, targets, lost) for row in table.rows)
        same = all(one is other for one, other in zip(rows, table.rows, strict=True))
        return table if same else replace(table, rows=rows)

    def _row(self, row: Row, targets: Mapping[str, str], lost: Mapping[Origin, str]) -> Row:
        name, place = row.organisation, row.place(ORGANISATION.name)
        if not name and row.value(ORGANISATION.name) is UNREADABLE:
            name = lost.get(place, "")
        code = targets.get(name, "")
        if code in {"", row.organisation} or code not in self._bodies.roll:
            return row
        if not row.organisation:
            self._found.add(place)
        return replace(row, organisation=code, values={**row.values, ORGANISATION.name: code})

    def _organisations(self) -> tuple[Organisation, ...]:
        """The roll without the older codes of bodies that stand on it twice."""
        kept = []
        for each in self._records.organisations:
            now = self._kept.get(each.code, each.code)
            if now == each.code:
                kept.append(self._with_founding(each))
            else:
                self._faults.append(CODES.fault("E215", each.row.origin, old=each.code, new=now))
        return tuple(kept)

    def _with_founding(self, organisation: Organisation) -> Organisation:
        """A founding day that is the day of a change gives way to that of the older row."""
        body, row = self._owners.get(organisation.code), organisation.row
        founded = row.value(_FOUNDED)
        if body is None or body.renamed is None or not isinstance(founded, date):
            return organisation
        older = [
            name for name in body.names if name in self._bodies.roll and name != row.organisation
        ]
        if not older or founded < body.renamed:
            return organisation
        values: dict[str, Cell] = {k: v for k, v in row.values.items() if k != _FOUNDED}
        first = self._bodies.roll[older[0]].value(_FOUNDED)
        values |= {} if first is None else {_FOUNDED: first}
        return replace(organisation, row=replace(row, values=values))
