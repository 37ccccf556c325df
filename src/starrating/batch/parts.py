"""One part of a batch as the kernel reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from starrating.batch.arrow import as_texts, nulls, one_array, solid, texts, words
from starrating.batch.codes import BATCH
from starrating.batch.columns import Unread, coded_column, column_value
from starrating.batch.files import open_table
from starrating.batch.members import Members, Roster, in_order, tidied
from starrating.batch.source import Source
from starrating.batch.table import Table, Unusable, places_of
from starrating.engine.kernel.arrays import Ints, Value
from starrating.engine.kernel.part import Part, SheetRows, part_of
from starrating.engine.setting import Setting
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.schema import ORGANISATIONS, Column, Sheet

CODE, NAME = "党组织代码", "党组织名称"


@dataclass(slots=True)
class ReadPart:
    """A part, its organisations as texts of Arrow, and the faults met so far.

    Columns are read when they are first asked for, so faults may still come.
    """

    part: Part
    roster: Roster
    faults: list[Fault] = field(default_factory=list)


def read_part(source: Source, number: int, setting: Setting) -> ReadPart:
    """The part of that number; `setting` says the rulebook's sheets and days. Raises Unusable."""
    name = source.parts[number]
    faults: list[Fault] = []
    table = open_table(source, ORGANISATIONS, name)
    sheet = setting.sheet(ORGANISATIONS)
    places = places_of(sheet, table.names)
    named = _named(table, places)
    written = words(named)
    codes = _codes(written, table.origin)
    roster = _roster(table, places, as_texts(named) if codes is written else texts(codes))
    at = in_order(codes)
    if at is not None:
        codes, roster = [codes[place] for place in at.tolist()], roster.take(at)
    own = tuple(codes)
    _no_repetition(own, table.origin)
    roll = Members(own, roster)
    cut_off = setting.cut_off.toordinal()
    reader = _Reader(source, name, faults)
    every = np.arange(len(own))
    columns = reader.columns(sheet, table, at)
    organisations = SheetRows(sheet, True, every, at, columns, cut_off)
    sheets = {}
    for other in source.files:
        if other != ORGANISATIONS:
            sheets[other] = reader.rows(setting.sheet(other), roll, cut_off)
    return ReadPart(part_of(setting, own, organisations, sheets), roster, faults)


@dataclass(frozen=True, slots=True)
class Roll:
    """The organisations of a part: their codes, and some of their columns."""

    codes: pa.Array
    values: Mapping[str, Value]
    origin: Origin


def read_roll(source: Source, number: int, setting: Setting, columns: Collection[str]) -> Roll:
    """The codes and these columns of a part's organisations, nothing else. Raises Unusable."""
    name, sheet = source.parts[number], setting.sheet(ORGANISATIONS)
    table = open_table(source, ORGANISATIONS, name)
    named = _named(table, places_of(sheet, table.names))
    every = np.arange(table.rows)
    makers = _Reader(source, name, []).columns(sheet, table, None)
    rows = SheetRows(sheet, True, every, None, makers, setting.cut_off.toordinal())
    values = {each: rows.value(each) for each in columns}
    written = as_texts(named)
    plain = solid(written, ascii_only=True)
    codes = written if plain else texts(_codes(words(named), table.origin))
    return Roll(codes, values, table.origin)


def _named(table: Table, places: Mapping[str, str]) -> pa.Array:
    """The column of the file that says which organisation a row is. Raises Unusable."""
    key = places.get(CODE, places.get(NAME))
    if key is None:
        raise Unusable(BATCH.fault("D704", table.origin, column=CODE))
    named = one_array(table.column(key))
    if named.null_count:
        raise Unusable(BATCH.fault("D710", table.origin, count=named.null_count, column=key))
    return named


def _codes(written: list[str], origin: Origin) -> list[str]:
    """The codes of organisations, tidied; one that is blank is none. Raises Unusable."""
    codes = tidied(written)
    if "" in codes:
        raise Unusable(BATCH.fault("D710", origin, count=codes.count(""), column=CODE))
    return codes


def _roster(table: Table, places: Mapping[str, str], codes: pa.Array) -> Roster:
    """The organisations of a table; whoever is given no name goes by the code, as in a review."""
    if NAME not in places:
        return Roster(codes, codes)
    given = one_array(table.column(places[NAME]))
    if not given.null_count and solid(as_texts(given)):
        return Roster(codes, as_texts(given))
    gone = nulls(given)
    there = repeat(True) if gone is None else (~gone).tolist()
    named = zip(words(given), there, words(codes), strict=False)
    return Roster(
        codes, texts([name if held and name.strip() else code for name, held, code in named])
    )


def _no_repetition(codes: Sequence[str], origin: Origin) -> None:
    if len(set(codes)) == len(codes):
        return
    for one, two in pairwise(codes):
        if one == two:
            raise Unusable(BATCH.fault("D707", origin, code=one))


class _Reader:
    """Reads the sheets of one part; what can not be read becomes a fault when it is met."""

    def __init__(self, source: Source, part: str, faults: list[Fault]) -> None:
        self.source, self.part, self.faults = source, part, faults

    def rows(self, sheet: Sheet, roll: Members, cut_off: int) -> SheetRows:
        """The rows of a sheet in order of their subject."""
        table = open_table(self.source, sheet.name, self.part)
        places = places_of(sheet, table.names)
        if ORGANISATIONS not in places:
            raise Unusable(BATCH.fault("D704", table.origin, column=ORGANISATIONS))
        entries, codes = coded_column(one_array(table.column(places[ORGANISATIONS])))
        known = np.append(roll.places(entries), -1)
        self._strangers(table.origin, sheet.name, entries, known, codes)
        subject = _looked_up(known, codes)
        at = _in_order(subject)
        if at is not None:
            subject = subject[at]
        return SheetRows(sheet, True, subject, at, self.columns(sheet, table, at), cut_off)

    def _strangers(
        self, origin: Origin, sheet: str, entries: pa.Array, known: Ints, codes: NDArray[np.integer]
    ) -> None:
        """A fault for each text that names no organisation of the part."""
        if (known[:-1] >= 0).all():
            return
        counts = np.bincount(codes, minlength=len(known))
        for place in np.flatnonzero((known[:-1] < 0) & (counts[:-1] > 0)).tolist():
            name = entries[place].as_py()
            count = int(counts[place])
            self.faults.append(BATCH.fault("D705", origin, sheet=sheet, count=count, name=name))

    def columns(
        self, sheet: Sheet, table: Table, at: Ints | None
    ) -> Mapping[str, Callable[[], Value]]:
        """The makers of the columns that the file has; `at` are the rows that are kept, in their
        order, and None is all of them."""

        def maker(column: Column, name: str) -> Callable[[], Value]:
            def make() -> Value:
                value, unread = column_value(column, table.column(name))
                self._told(sheet.name, unread)
                return value if at is None else value.take(at)

            return make

        places = places_of(sheet, table.names)
        return {
            column.name: maker(column, places[column.name])
            for column in sheet.columns
            if column.name in places
        }

    def _told(self, sheet: str, unread: Unread | None) -> None:
        if unread is not None:
            self.faults.append(
                BATCH.fault(
                    "D706",
                    self.source.origin(sheet, self.part),
                    sheet=sheet,
                    column=unread.column,
                    count=unread.count,
                    value=unread.value,
                )
            )


def _in_order(subject: Ints) -> Ints | None:
    """The rows that have a subject, in its order; None where that is all of them as they stand."""
    if (subject[1:] >= subject[:-1]).all() and (not len(subject) or subject[0] >= 0):
        return None
    at = np.flatnonzero(subject >= 0)
    return np.asarray(at[np.argsort(subject[at], kind="stable")])


def _looked_up(known: Ints, codes: NDArray[np.integer]) -> Ints:
    """The subject of each row by the code of its text; where texts and subjects are one list and
    no row lacks a text, the codes themselves."""
    last = len(known) - 1
    if len(codes) and codes.max() < last and (known[:last] == np.arange(last)).all():
        return codes.astype(np.int64)
    return np.asarray(known[codes], np.int64)
