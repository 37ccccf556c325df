"""The records of an archive as columns, without an object for each row.

An archive holds its records as they were read, with the columns that its rules read: what a
rerun under other rules needs is there, as long as these read nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from starrating.archive.bundle import Bundle
from starrating.archive.records_csv import PLACE_COLUMNS, cell_of, file_name, unguarded
from starrating.engine.kernel.arrays import Ints, Value
from starrating.engine.kernel.part import Part, SheetRows, part_of
from starrating.engine.kernel.rows.columns import encoded
from starrating.engine.kernel.values.alike import gathered
from starrating.engine.setting import Setting
from starrating.origin import Origin
from starrating.records.model import Cell, Organisation, Records, Row, Table
from starrating.results.tables import MalformedTable, table_lines
from starrating.reviewing.ground import Ground
from starrating.reviewing.restored import records_under, restored_by
from starrating.rulebook.model import Rulebook
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.schema import CHANGES, CORRECTIONS, ORGANISATIONS, Column, Schema, Sheet

Used = Mapping[str, frozenset[str]]
"""Sheet → the columns that rules read."""
_FILE, _SHEET, _CELL, _, _OWNER = PLACE_COLUMNS


class Coded:
    """One column of a csv: its different texts, and which of them stands in each row."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.vocabulary = tuple(dict.fromkeys(texts))
        places = {text: place for place, text in enumerate(self.vocabulary)}
        self.codes = np.fromiter((places[text] for text in texts), np.int64, len(texts))


class RecordedSheet:
    """One sheet of records/, each column encoded when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        heads, *rows = table_lines(data)
        self._columns = dict(zip(map(unguarded, heads), zip(*rows, strict=True), strict=False))
        self.n = len(rows)
        self.names = tuple(unguarded(each) for each in heads[len(PLACE_COLUMNS) :])
        self._coded: dict[str, Coded] = {}

    def texts(self, name: str) -> tuple[str, ...]:
        """The cells of a column as written."""
        return self._columns.get(name, ())

    def coded(self, name: str) -> Coded:
        """A column, encoded."""
        if name not in self._coded:
            self._coded[name] = Coded(self.texts(name))
        return self._coded[name]

    def value(self, column: Column, at: Ints) -> Value:
        """The raw cells of a column in these rows."""
        found = self.coded(column.name)
        cells = [_cell(column, text) for text in found.vocabulary]
        return encoded(column, cells).take(gathered(found.codes, at))

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows one by one, for sheets of which there are few."""
        columns = [column for column in sheet.columns if column.name in self.names]
        owners, texts = self.texts(_OWNER), [self.texts(column.name) for column in columns]
        places = zip(self.texts(_FILE), self.texts(_SHEET), self.texts(_CELL), strict=True)
        for number, (file, own, cell) in enumerate(places):
            values = {
                column.name: _cell(column, cells[number])
                for column, cells in zip(columns, texts, strict=True)
            }
            origin = Origin(unguarded(file), sheet=unguarded(own) or None, cell=cell or None)
            yield Row(unguarded(owners[number]), MappingProxyType(values), origin)


class Recorded:
    """The sheets that an archive recorded, under the schema of its rules."""

    def __init__(self, bundle: Bundle, schema: Schema, used: Used) -> None:
        self.schema, self.used = schema, used
        files = {**bundle.records, **bundle.people}
        self.sheets = {
            name: RecordedSheet(files[file_name(name)])
            for name in schema.sheets
            if file_name(name) in files
        }
        self._known: list[tuple[Schema, Records]] = []

    @property
    def plain(self) -> bool:
        """Whether rows stand as recorded: people corrected none, and no organisation changed."""
        return not any(self.sheets[n].n for n in (CORRECTIONS, CHANGES) if n in self.sheets)

    def fits(self, schema: Schema, used: Used) -> bool:
        """Whether all that rules of this schema read is here, declared as it was then."""
        return all(
            columns <= self.used.get(name, frozenset())
            and all(_same(self.schema, schema, name, column) for column in columns)
            for name, columns in used.items()
        )

    def records(self, schema: Schema) -> Records:
        """The records under a schema that fits, once for each; their rows are made where they are
        asked for."""
        for known, records in self._known:
            if known == schema:
                return records
        made = Records(schema, _Tables(self, schema), tuple(self._organisations(schema)))
        self._known.append((schema, made))
        return made

    def holds(self, records: Records) -> bool:
        """Whether these are records of `records`."""
        return any(records is own for _, own in self._known)

    def written(self, sheet: str, column: str) -> frozenset[str]:
        """The different texts in a column of a sheet."""
        own, declared = self.sheets.get(sheet), self.schema.sheet(sheet)
        wanted = declared.column(column) if declared is not None else None
        if own is None or wanted is None or column not in own.names:
            return frozenset()
        cells = (_cell(wanted, text) for text in own.coded(column).vocabulary)
        return frozenset(cell for cell in cells if isinstance(cell, str))

    def part(self, setting: Setting) -> Part:
        """The part of all organisations, in code order."""
        roll = self.sheets[ORGANISATIONS]
        codes = self._codes(roll)
        order = np.array(sorted(range(roll.n), key=codes.__getitem__), np.int64)
        own = tuple(codes[place] for place in order)
        index = {code: place for place, code in enumerate(own)}
        sheets = {}
        for name, sheet in self.sheets.items():
            owners = sheet.coded(_OWNER)
            known = [index.get(unguarded(text), -1) for text in owners.vocabulary]
            subject = np.array([*known, -1], np.int64)[owners.codes]
            at = np.flatnonzero(subject >= 0)
            at = at[np.argsort(subject[at], kind="stable")]
            sheets[name] = self._rows(setting, name, subject[at], at)
        every = np.arange(len(own))
        organisations = self._rows(setting, ORGANISATIONS, every, order)
        return part_of(setting, own, organisations, sheets)

    def _rows(self, setting: Setting, name: str, subject: Ints, at: Ints) -> SheetRows:
        sheet, own = setting.sheet(name), self.sheets[name]

        def maker(column: Column) -> Callable[[], Value]:
            return lambda: own.value(column, at)

        columns = {each.name: maker(each) for each in sheet.columns if each.name in own.names}
        return SheetRows(sheet, True, subject, at, columns, setting.cut_off.toordinal())

    @staticmethod
    def _codes(roll: RecordedSheet) -> list[str]:
        return [unguarded(text) for text in roll.texts(_OWNER)]

    def _organisations(self, schema: Schema) -> Iterator[Organisation]:
        for row in self.sheets[ORGANISATIONS].rows(schema.sheets[ORGANISATIONS]):
            name = row.value("党组织名称")
            yield Organisation(row.organisation, str(name or row.organisation), row)


def as_recorded(bundle: Bundle, name: str) -> tuple[Ground, Recorded | None]:
    """The ground of an archive's review on the records that it keeps as they were read, and
    these; None where people corrected some, or organisations changed: then its inputs are read.

    Raises Unusable.
    """
    kept: list[Recorded] = []

    def read(_plan: Mapping[str, Any], books: list[Rulebook]) -> Records:
        schema = schema_of(books)
        recorded = Recorded(bundle, schema, columns_read(books, schema))
        if not recorded.plain:
            return records_under(bundle, books)
        kept.append(recorded)
        return recorded.records(schema)

    ground = restored_by(bundle, name, read)
    return ground, kept[0] if kept else None


def _cell(column: Column, text: str) -> Cell:
    try:
        return cell_of(column, text)
    except (ValueError, ZeroDivisionError):
        raise MalformedTable(f"{column.name}: {text}") from None


def _same(one: Schema, two: Schema, name: str, column: str) -> bool:
    own, other = one.sheet(name), two.sheet(name)
    return own is not None and other is not None and own.column(column) == other.column(column)


class _Tables(Mapping[str, Table]):
    """The tables by sheet; each is made when somebody asks for it."""

    def __init__(self, recorded: Recorded, schema: Schema) -> None:
        self._sheets, self._schema = recorded.sheets, schema
        self._made = cache(self._table)

    def _table(self, name: str) -> Table:
        sheet, own = self._schema.sheets[name], self._sheets[name]
        columns = tuple(column.name for column in sheet.columns if column.name in own.names)
        return Table(name, columns, tuple(own.rows(sheet)))

    def __getitem__(self, name: str) -> Table:
        if name not in self._sheets:
            raise KeyError(name)
        return self._made(name)

    def __contains__(self, name: object) -> bool:
        return name in self._sheets

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)
