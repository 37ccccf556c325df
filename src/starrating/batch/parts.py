"""One part of a batch as the kernel reads it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from starrating.batch.codes import BATCH
from starrating.batch.columns import Unread, column_value, words
from starrating.batch.source import Source
from starrating.engine.kernel.arrays import Value
from starrating.engine.kernel.part import Part, SheetRows, When
from starrating.engine.setting import Setting
from starrating.faults import Fault
from starrating.lean import dataclass
from starrating.origin import Origin
from starrating.records.text import squeeze, tidy
from starrating.schema import ORGANISATIONS, Column, Sheet

CODE, NAME = "党组织代码", "党组织名称"


class Unusable(Exception):
    """A part that can not be read; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


@dataclass(slots=True)
class ReadPart:
    """A part, the names of its organisations, and the faults met so far.

    Columns are read when they are first asked for, so faults may still come.
    """

    part: Part
    names: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Roll:
    """The organisations of a part: their codes, and some of their columns."""

    codes: pa.Array
    values: Mapping[str, Value]
    origin: Origin


def read_roll(source: Source, number: int, setting: Setting, columns: Collection[str]) -> Roll:
    """The codes and these columns of a part's organisations, nothing else. Raises Unusable."""
    name, sheet = source.parts[number], setting.sheet(ORGANISATIONS)
    places = _places(sheet, _names(source, ORGANISATIONS, name))
    key = _key(source, name, places)
    read = {key, *(places[each] for each in columns if each in places)}
    table = _table(source, ORGANISATIONS, name, sorted(read))
    at = np.arange(table.num_rows)
    makers = _Reader(source, name, []).columns(sheet, table, at)
    rows = SheetRows(sheet, True, at, at, makers, setting.cut_off.toordinal())
    values = {each: rows.value(each) for each in columns}
    return Roll(_tidy(table.column(key)), values, _origin(source, ORGANISATIONS, name))


def _tidy(codes: pa.ChunkedArray) -> pa.Array:
    """Codes as they are compared."""
    texts = codes.combine_chunks().cast(pa.string())
    if pc.all(pc.string_is_ascii(texts)).as_py():
        return pc.utf8_trim_whitespace(texts)
    return pa.array([tidy(str(each)) for each in texts.to_pylist()], pa.string())


def read_part(source: Source, number: int, setting: Setting) -> ReadPart:
    """The part of that number; `setting` says the rulebook's sheets and days. Raises Unusable."""
    name = source.parts[number]
    faults: list[Fault] = []
    roll = _table(source, ORGANISATIONS, name)
    sheet = setting.sheet(ORGANISATIONS)
    places = _places(sheet, roll.column_names)
    key = _key(source, name, places)
    codes = [tidy(str(each)) for each in roll.column(key).to_pylist()]
    titles = codes
    if NAME in places:
        titles = [str(each) for each in roll.column(places[NAME]).to_pylist()]
    order = sorted(range(len(codes)), key=codes.__getitem__)
    _no_repetition(codes, order, _origin(source, ORGANISATIONS, name))
    index = {codes[place]: rank for rank, place in enumerate(order)}
    by_name = dict(zip(titles, (index[code] for code in codes), strict=True)) | index
    cut_off = setting.cut_off.toordinal()
    reader = _Reader(source, name, faults)
    at = np.array(order, np.int64)
    organisations = SheetRows(
        sheet, True, np.arange(len(order)), at, reader.columns(sheet, roll, at), cut_off
    )
    sheets = {}
    for other in source.files:
        if other != ORGANISATIONS:
            sheets[other] = reader.rows(setting.sheet(other), by_name, cut_off)
    when = When(setting.start, setting.end, setting.cut_off, setting.issued)
    part = Part(
        tuple(codes[place] for place in order),
        when,
        organisations,
        sheets,
        setting.previous,
        setting.others,
        setting.schema,
        setting.unasked,
        setting.unkept,
    )
    return ReadPart(part, tuple(titles[place] for place in order), faults)


def _key(source: Source, part: str, places: Mapping[str, str]) -> str:
    """The column of the file that says which organisation a row is."""
    key = places.get(CODE, places.get(NAME))
    if key is None:
        raise Unusable(BATCH.fault("D704", _origin(source, ORGANISATIONS, part), column=CODE))
    return key


def _no_repetition(codes: list[str], order: list[int], origin: Origin) -> None:
    for one, two in itertools.pairwise(order):
        if codes[one] == codes[two]:
            raise Unusable(BATCH.fault("D707", origin, code=codes[one]))


def _origin(source: Source, sheet: str, part: str) -> Origin:
    return Origin(f"{source.folder.name}/{sheet}/{part}.parquet")


def _names(source: Source, sheet: str, part: str) -> list[str]:
    """The columns of the file of a sheet."""
    return list(_read(source, sheet, part, lambda path: pq.read_schema(path).names))


def _table(source: Source, sheet: str, part: str, columns: list[str] | None = None) -> pa.Table:
    return _read(source, sheet, part, lambda path: pq.read_table(path, columns=columns))


def _read(source: Source, sheet: str, part: str, how: Callable[[Path], Any]) -> Any:
    try:
        return how(source.files[sheet][part])
    except (OSError, pa.ArrowException) as error:
        reason = type(error).__name__
        raise Unusable(BATCH.fault("D702", _origin(source, sheet, part), reason=reason)) from error


def _places(sheet: Sheet, names: Sequence[str]) -> dict[str, str]:
    """The column of the file for each declared column, by name or alias."""
    titles = {squeeze(name): name for name in reversed(names)}
    found = {}
    for column in sheet.columns:
        own = (titles.get(squeeze(each)) for each in (column.name, *column.aliases))
        name = next((each for each in own if each is not None), None)
        if name is not None:
            found[column.name] = name
    return found


class _Reader:
    """Reads the sheets of one part; what can not be read becomes a fault when it is met."""

    def __init__(self, source: Source, part: str, faults: list[Fault]) -> None:
        self.source, self.part, self.faults = source, part, faults

    def rows(self, sheet: Sheet, index: Mapping[str, int], cut_off: int) -> SheetRows:
        """The rows of a sheet in order of their subject."""
        table = _table(self.source, sheet.name, self.part)
        places = _places(sheet, table.column_names)
        if ORGANISATIONS not in places:
            origin = _origin(self.source, sheet.name, self.part)
            raise Unusable(BATCH.fault("D704", origin, column=ORGANISATIONS))
        entries, codes = words(table.column(places[ORGANISATIONS]))
        known = [index.get(tidy(str(entry)), -1) for entry in entries]
        subject = np.array([*known, -1], np.int64)[codes]
        self._strangers(sheet.name, entries, known, codes)
        if (subject < 0).any():
            at = np.flatnonzero(subject >= 0)
            at = at[np.argsort(subject[at], kind="stable")]
        elif (subject[1:] >= subject[:-1]).all():
            at = np.arange(len(subject))
        else:
            at = np.argsort(subject, kind="stable")
        return SheetRows(sheet, True, subject[at], at, self.columns(sheet, table, at), cut_off)

    def _strangers(
        self, sheet: str, entries: Any, known: list[int], codes: np.ndarray[Any, Any]
    ) -> None:
        origin = _origin(self.source, sheet, self.part)
        for place, (entry, own) in enumerate(zip(entries, known, strict=True)):
            if own < 0:
                count = int((codes == place).sum())
                if count:
                    self.faults.append(
                        BATCH.fault("D705", origin, sheet=sheet, count=count, name=entry)
                    )

    def columns(
        self, sheet: Sheet, table: pa.Table, at: np.ndarray[Any, np.dtype[np.int64]]
    ) -> Mapping[str, Callable[[], Value]]:
        """The makers of the columns that the file has."""
        whole = len(at) == table.num_rows and bool((at == np.arange(len(at))).all())

        def maker(column: Column, name: str) -> Callable[[], Value]:
            def make() -> Value:
                value, unread = column_value(column, table.column(name))
                self._told(sheet.name, unread)
                return value if whole else value.take(at)

            return make

        places = _places(sheet, table.column_names)
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
                    _origin(self.source, sheet, self.part),
                    sheet=sheet,
                    column=unread.column,
                    count=unread.count,
                    value=unread.value,
                )
            )
