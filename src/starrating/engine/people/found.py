"""Finding what a correction speaks of: a cell by its address, or a row by its id (step 16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from starrating.records.assemble import sheet_names
from starrating.records.model import Records, Row
from starrating.records.organisations import Directory
from starrating.records.text import squeeze
from starrating.schema import CORRECTIONS, ORGANISATIONS

ID_COLUMNS = ("问题编号", "任务编号", "编号")
"""The columns that number the rows of a sheet."""
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_LINE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A row of a table by its place there, or one cell of it."""

    sheet: str
    place: int
    column: str | None = None


class Ambiguous(Exception):
    """A source fits several places; the text lists them."""


@dataclass(slots=True)
class _Group:
    """The rows of one sheet that one sheet of one file supplied."""

    sheet: str
    file: str
    title: str
    places: list[int] = field(default_factory=list)
    lines: dict[int, list[int]] = field(default_factory=dict)


class Finder:
    """Finds rows and cells of the records; sheets go by their title in the file, then by name."""

    def __init__(self, records: Records, known: Directory) -> None:
        """`known` tells which organisation a text names."""
        self._records, self._known = records, known
        self._names = sheet_names(records.schema)
        self._groups = list(_groups(records))

    def find(self, source: str) -> tuple[Target, ...]:
        """What `file!sheet!cell`, `sheet!cell` or `SHEET#id` names; nothing if it is not there.

        An address gives the cell in each row it belongs to (a wide line is several rows), or
        the rows of its line where the column is none of ours. Several places that the source
        does not tell apart raise Ambiguous.
        """
        if "#" in source:
            place, _, number = source.partition("#")
            return self._by_id(place, number.strip())
        place, _, address = source.rpartition("!")
        return self._by_address(place, address)

    def _at(self, place: str) -> list[_Group]:
        """The groups of rows that a place names."""
        *files, title = (squeeze(part.strip(" '")) for part in place.split("!"))
        file = "!".join(files)
        own = [group for group in self._groups if not file or squeeze(group.file) == file]
        exact = [group for group in own if squeeze(group.title) == title]
        return exact or [group for group in own if group.sheet == self._names.get(title)]

    def _by_address(self, place: str, address: str) -> tuple[Target, ...]:
        match = _ADDRESS.fullmatch(squeeze(address).replace("$", "").upper())
        if match is None or not place:
            return ()
        groups = self._at(place)
        found = [(group, tuple(self._cells(group, match))) for group in groups]
        return self._one([(group, targets) for group, targets in found if targets])

    def _cells(self, group: _Group, match: re.Match[str]) -> list[Target]:
        rows = self._records.rows(group.sheet)
        lines = range(int(match[2]), int(match[4] or match[2]) + 1)
        places = [place for line in lines for place in group.lines.get(line, ())]
        cells = [
            Target(group.sheet, place, column)
            for place in places
            for column, cell in rows[place].cells.items()
            if cell == match[0] or _covers(cell, match)
        ]
        return cells or [Target(group.sheet, place) for place in places]

    def _by_id(self, place: str, number: str) -> tuple[Target, ...]:
        found: list[tuple[_Group, tuple[Target, ...]]] = []
        for group in self._at(place):
            rows = self._records.rows(group.sheet)
            found.extend(
                (group, (Target(group.sheet, at),))
                for at in group.places
                if self._numbered(group.sheet, rows[at], number)
            )
        return self._one(found)

    def _numbered(self, sheet: str, row: Row, number: str) -> bool:
        if sheet == ORGANISATIONS:
            return row.organisation == (self._known.known(number) or number)
        declared = self._records.schema.sheets[sheet]
        column = next((name for name in ID_COLUMNS if declared.column(name)), None)
        return column is not None and row.value(column) == number

    def _one(self, found: list[tuple[_Group, tuple[Target, ...]]]) -> tuple[Target, ...]:
        if len(found) > 1:
            places = (self._records.rows(g.sheet)[t[0].place].origin for g, t in found)
            raise Ambiguous("、".join(sorted(str(place) for place in places)))
        return found[0][1] if found else ()


def _covers(cell: str, match: re.Match[str]) -> bool:
    """Whether a merged cell holds the single address."""
    span = _ADDRESS.fullmatch(cell)
    if span is None or span[3] is None or match[3] is not None:
        return False
    left, right = (len(span[1]), span[1]), (len(span[3]), span[3])
    inside = left <= (len(match[1]), match[1]) <= right
    return inside and int(span[2]) <= int(match[2]) <= int(span[4])


def _groups(records: Records) -> Iterator[_Group]:
    """The rows of all sheets but 核查更正 itself, by the sheet and file they stand in."""
    for name, table in records.tables.items():
        groups: dict[tuple[str, str], _Group] = {}
        for place, row in enumerate(table.rows):
            key = (row.origin.file, row.origin.sheet or "")
            group = groups.setdefault(key, _Group(name, *key))
            group.places.append(place)
            line = _LINE.search(row.origin.cell or "")
            if line:
                group.lines.setdefault(int(line[0]), []).append(place)
        if name != CORRECTIONS:
            yield from groups.values()
