"""One part of a batch as the kernel reads it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from starrating.batch.arrow import integers, nulls, one_array, texts
from starrating.batch.codes import BATCH
from starrating.batch.columns import Unread, coded_column, column_value
from starrating.batch.source import Source
from starrating.engine.kernel.arrays import Ints, Value
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


def read_part(source: Source, number: int, setting: Setting) -> ReadPart:
    """The part of that number; `setting` says the rulebook's sheets and days. Raises Unusable."""
    name = source.parts[number]
    faults: list[Fault] = []
    table = _Table(source, ORGANISATIONS, name)
    sheet = setting.sheet(ORGANISATIONS)
    places = _places(sheet, table.names)
    key = _key(table, places)
    codes = [tidy(str(each)) for each in table.column(key).to_pylist()]
    titles = codes
    if NAME in places:
        titles = [str(each) for each in table.column(places[NAME]).to_pylist()]
    order = sorted(range(len(codes)), key=codes.__getitem__)
    own = tuple(codes[place] for place in order)
    _no_repetition(own, table.origin)
    names = tuple(titles[place] for place in order)
    roll = _Roll(own, names)
    cut_off = setting.cut_off.toordinal()
    reader = _Reader(source, name, faults)
    at = np.array(order, np.int64)
    every = np.arange(len(order))
    organisations = SheetRows(
        sheet, True, every, at, reader.columns(sheet, table, _rest(at, len(at))), cut_off
    )
    sheets = {}
    for other in source.files:
        if other != ORGANISATIONS:
            sheets[other] = reader.rows(setting.sheet(other), roll, cut_off)
    when = When(setting.start, setting.end, setting.cut_off, setting.issued)
    part = Part(
        own,
        when,
        organisations,
        sheets,
        setting.previous,
        setting.others,
        setting.schema,
        setting.unasked,
        setting.unkept,
    )
    return ReadPart(part, names, faults)


@dataclass(frozen=True, slots=True)
class Roll:
    """The organisations of a part: their codes, and some of their columns."""

    codes: pa.Array
    values: Mapping[str, Value]
    origin: Origin


def read_roll(source: Source, number: int, setting: Setting, columns: Collection[str]) -> Roll:
    """The codes and these columns of a part's organisations, nothing else. Raises Unusable."""
    name, sheet = source.parts[number], setting.sheet(ORGANISATIONS)
    table = _Table(source, ORGANISATIONS, name)
    key = _key(table, _places(sheet, table.names))
    at = np.arange(table.rows)
    makers = _Reader(source, name, []).columns(sheet, table, None)
    rows = SheetRows(sheet, True, at, at, makers, setting.cut_off.toordinal())
    values = {each: rows.value(each) for each in columns}
    return Roll(_tidied(table.column(key)), values, table.origin)


def _tidied(codes: pa.ChunkedArray) -> pa.Array:
    """Codes as they are compared."""
    every = one_array(codes.cast(pa.string()))
    if pc.all(pc.string_is_ascii(every)).as_py():
        return pc.utf8_trim_whitespace(every)
    return texts([tidy(str(each)) for each in every.to_pylist()])


def _key(table: _Table, places: Mapping[str, str]) -> str:
    """The column of the file that says which organisation a row is."""
    key = places.get(CODE, places.get(NAME))
    if key is None:
        raise Unusable(BATCH.fault("D704", table.origin, column=CODE))
    return key


def _no_repetition(codes: Sequence[str], origin: Origin) -> None:
    for one, two in itertools.pairwise(codes):
        if one == two:
            raise Unusable(BATCH.fault("D707", origin, code=one))


def _origin(source: Source, sheet: str, part: str) -> Origin:
    return Origin(f"{source.folder.name}/{sheet}/{part}.parquet")


class _Table:
    """The file of one sheet and part; a column is read when it is asked for."""

    def __init__(self, source: Source, sheet: str, part: str) -> None:
        self.origin = _origin(source, sheet, part)
        path: Path = source.files[sheet][part]
        with self._unread():
            plain = pq.ParquetFile(path)
            texts = [each.name for each in plain.schema_arrow if each.type in _TEXT]
            # Texts come as codes, whoever wrote the file.
            self._file = pq.ParquetFile(path, metadata=plain.metadata, read_dictionary=texts)
        self.names: list[str] = self._file.schema_arrow.names
        self.rows: int = self._file.metadata.num_rows

    def column(self, name: str) -> pa.ChunkedArray:
        """One column. Raises Unusable."""
        with self._unread():
            return self._file.read([name], use_threads=False).column(name)

    @contextmanager
    def _unread(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            reason = type(error).__name__
            raise Unusable(BATCH.fault("D702", self.origin, reason=reason)) from error


_TEXT = (pa.string(), pa.large_string())


class _Roll:
    """The organisations of a part: where the subject of a code or name stands."""

    def __init__(self, codes: Sequence[str], names: Sequence[str]) -> None:
        self._codes = texts(codes)
        self._names, self._own = names, codes

    @cached_property
    def _by_name(self) -> Mapping[str, int]:
        places = range(len(self._own))
        return dict(zip(self._names, places, strict=True)) | dict(
            zip(self._own, places, strict=True)
        )

    def places(self, entries: pa.Array) -> Ints:
        """The subject that each text means, -1 for none: a code as it stands, else what the
        tidied text names."""
        if entries.type != self._codes.type:
            return np.array([self._place(entry) for entry in entries.to_pylist()], np.int64)
        found = pc.index_in(entries, value_set=self._codes)
        gone = nulls(found)
        subject = integers(found).astype(np.int64)
        for place in np.flatnonzero(gone).tolist() if gone is not None else ():
            subject[place] = self._place(entries[place].as_py())
        return subject

    def _place(self, entry: object) -> int:
        return self._by_name.get(tidy(str(entry)), -1)


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

    def rows(self, sheet: Sheet, roll: _Roll, cut_off: int) -> SheetRows:
        """The rows of a sheet in order of their subject."""
        table = _Table(self.source, sheet.name, self.part)
        places = _places(sheet, table.names)
        if ORGANISATIONS not in places:
            raise Unusable(BATCH.fault("D704", table.origin, column=ORGANISATIONS))
        entries, codes = coded_column(one_array(table.column(places[ORGANISATIONS])))
        known = np.append(roll.places(entries), -1)
        subject = known[codes]
        self._strangers(table.origin, sheet.name, entries, known, codes)
        at = _in_order(subject)
        if at is not None:
            subject = subject[at]
        place = np.arange(len(subject)) if at is None else at
        return SheetRows(sheet, True, subject, place, self.columns(sheet, table, at), cut_off)

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
        self, sheet: Sheet, table: _Table, at: Ints | None
    ) -> Mapping[str, Callable[[], Value]]:
        """The makers of the columns that the file has; `at` are the rows that are kept, in their
        order, and None is all of them."""

        def maker(column: Column, name: str) -> Callable[[], Value]:
            def make() -> Value:
                value, unread = column_value(column, table.column(name))
                self._told(sheet.name, unread)
                return value if at is None else value.take(at)

            return make

        places = _places(sheet, table.names)
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


def _in_order(subject: Ints) -> Ints | None:
    """The rows that have a subject, in its order; None where that is all of them as they stand."""
    if (subject[1:] >= subject[:-1]).all() and (not len(subject) or subject[0] >= 0):
        return None
    at = np.flatnonzero(subject >= 0)
    return np.asarray(at[np.argsort(subject[at], kind="stable")])


def _rest(at: Ints, n: int) -> Ints | None:
    """None where the places are all of n as they stand."""
    return None if bool((at == np.arange(n)).all()) else at
