"""核查更正: facts that a checker corrected, put in before the steps are run (step 16).

Corrections act on the records as read; the supplied files stay as they are. What no correction
names is the same afterwards, and a corrected row keeps its origin and its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from starrating.engine.codes import CODES
from starrating.engine.people.found import Ambiguous, Finder, Target
from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.cells import reader
from starrating.records.headers import column_names
from starrating.records.model import UNREADABLE, Cell, Organisation, Records, Row, Table
from starrating.records.organisations import CODE, NAME, Directory, directory
from starrating.records.text import squeeze
from starrating.records.trouble import Trouble
from starrating.records.units import conversion
from starrating.schema import CORRECTIONS, ORGANISATION, ORGANISATIONS, Column, ColumnType

LEFT_OUT = frozenset(("不计入", "不予计入"))
BLANKS = frozenset(("空", "空白", "(空)", "(空白)"))
"""改为空: the cell is blank."""
_CHANGE = re.compile(r"改为\s*:?\s*(.+)", re.DOTALL)
_NAMED = re.compile(r"([^=:]+?)\s*[=:]\s*(.+)", re.DOTALL)
_QUOTED = re.compile(r"“(.*)”|\"(.*)\"|「(.*)」", re.DOTALL)
_WITH_UNIT = re.compile(r"([+-]?[\d.,]+)\s*(\D+)")
_BODIES = ("上级党组织", "原党组织", "现党组织")
"""Columns beside 党组织 that name an organisation."""


class _Drop(Enum):
    """The row does not count."""

    DROP = "drop"


DROP = _Drop.DROP
Value = Cell | _Drop


class _Unreadable(Exception):
    """The change of a correction can not be read."""


@dataclass(frozen=True, slots=True)
class _Order:
    """One correction of one cell (or row), as read."""

    target: Target
    value: Value
    row: Row

    @property
    def day(self) -> date:
        """Its date; one without a date comes first."""
        day = self.row.value("日期")
        return day if isinstance(day, date) else date.min


def corrected(records: Records) -> tuple[Records, tuple[Fault, ...]]:
    """The records with 核查更正 put in, and the faults of corrections (E116, E117, E201, E202).

    来源 is `file!sheet!cell`, `sheet!cell`, or `SHEET#id` (问题编号, 任务编号, 编号, or the code
    of the 党组织 sheet). 不计入 drops the row; a single cell of 党组织 becomes unknown. 改为…
    replaces the cell, read by its column's type (numbers in the unit that the column declares,
    unless one is written; 改为空 blanks it); with `SHEET#id` it says 改为 列名=值. The latest
    date wins on one cell; different corrections of one date leave it unknown. The order of
    rows does not matter.
    """
    supplied = records.rows(CORRECTIONS)
    if not supplied:
        return records, ()
    reading = _Reading(records)
    orders = [order for row in supplied for order in reading.orders(row)]
    chosen = dict(_chosen(orders, reading.faults))
    return _applied(_told(records, orders), chosen), in_order(reading.faults)


def _told(records: Records, orders: Sequence[_Order]) -> Records:
    """The records with the rows of 核查更正 under the one organisation that each concerns."""
    concerned: dict[Origin, set[str]] = {}
    for order in orders:
        row = records.rows(order.target.sheet)[order.target.place]
        concerned.setdefault(order.row.origin, set()).add(row.organisation)
    table = records.tables[CORRECTIONS]
    rows = tuple(
        replace(row, organisation=next(iter(codes)))
        if len(codes := concerned.get(row.origin, set())) == 1
        else row
        for row in table.rows
    )
    return replace(
        records,
        tables=MappingProxyType({**records.tables, CORRECTIONS: replace(table, rows=rows)}),
    )


class _Reading:
    """Reads corrections into orders, gathering faults."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: Directory = directory((each.row for each in records.organisations), [])
        self._finder = Finder(records, self._known)
        self.faults: list[Fault] = []

    def orders(self, row: Row) -> Iterator[_Order]:
        """The orders of one row of 核查更正; none (and a fault) where it can not be followed."""
        source, change = row.value("来源"), row.value("更正")
        if not isinstance(source, str) or not isinstance(change, str):
            return
        try:
            found = self._finder.find(source)
        except Ambiguous as several:
            place = row.place("来源")
            self.faults.append(CODES.fault("E201", place, source=source, places=several))
            return
        if not found:
            self.faults.append(CODES.fault("E116", row.place("来源"), source=source))
            return
        try:
            orders = [_Order(*self._order(target, change), row) for target in found]
        except _Unreadable:
            self.faults.append(CODES.fault("E117", row.place("更正"), change=change))
            return
        yield from orders

    def _order(self, target: Target, change: str) -> tuple[Target, Value]:
        """The cell meant and its new value; a change may name the column itself."""
        if change in LEFT_OUT:
            return target, self._left_out(target)
        match = _CHANGE.fullmatch(change)
        if match is None:
            raise _Unreadable
        text = match[1].strip()
        column = self._column(target.sheet, target.column) if target.column else None
        if named := _NAMED.fullmatch(text):
            other = self._column(target.sheet, named[1])
            if column is None or other == column:
                column, text = other, named[2].strip()
        if column is None:
            raise _Unreadable
        return replace(target, column=column.name), self._typed(target.sheet, column, text)

    def _left_out(self, target: Target) -> Value:
        if target.sheet != ORGANISATIONS or target.column is None:
            return DROP
        if target.column in {CODE, NAME}:
            raise _Unreadable
        return UNREADABLE

    def _column(self, sheet: str, text: str) -> Column | None:
        found = column_names(self._records.schema.sheets[sheet]).get(squeeze(text))
        return found[0] if found else None

    def _typed(self, sheet: str, column: Column, text: str) -> Cell:
        """The new value, read like a cell of the column."""
        if sheet == ORGANISATIONS and column.name == CODE:
            raise _Unreadable  # who a row is about is changed by 组织变更, not here
        if quoted := _QUOTED.fullmatch(text):
            text = next(part for part in quoted.groups() if part is not None)
        elif text in BLANKS:
            return None
        if column.name == ORGANISATION.name and sheet != ORGANISATIONS:
            return self._organisation(text)
        if column.name in _BODIES:
            return self._known.known(text) or text
        text, factor = _without_unit(column, text)
        value = reader(column, factor)(text)
        if isinstance(value, Trouble):
            raise _Unreadable
        return value

    def _organisation(self, text: str) -> str:
        code = self._known.known(text)
        if code is None:
            raise _Unreadable
        return code


def _without_unit(column: Column, text: str) -> tuple[str, Fraction]:
    """The number without a unit written behind it, and what the unit multiplies it by."""
    match = _WITH_UNIT.fullmatch(text) if column.type is ColumnType.NUMBER else None
    factor = conversion(match[2].strip(), column.unit) if match else None
    return (match[1], factor) if match and factor is not None else (text, Fraction(1))


def _chosen(orders: Sequence[_Order], faults: list[Fault]) -> Iterator[tuple[Target, Value]]:
    """The value of each cell by its latest correction."""
    gathered: dict[Target, list[_Order]] = {}
    for order in orders:
        gathered.setdefault(order.target, []).append(order)
    for target, several in gathered.items():
        latest = max(order.day for order in several)
        last = [order for order in several if order.day == latest]
        if all(order.value == last[0].value for order in last):
            yield target, last[0].value
            continue
        changes = "、".join(sorted({str(order.row.value("更正")) for order in last}))
        for order in last:
            place, source = order.row.place("更正"), order.row.value("来源")
            faults.append(CODES.fault("E202", place, source=source, changes=changes))
        yield target, UNREADABLE


# --- putting in -----------------------------------------------------------------------------------


def _applied(records: Records, chosen: Mapping[Target, Value]) -> Records:
    by_sheet: dict[str, dict[Target, Value]] = {}
    for target, value in chosen.items():
        by_sheet.setdefault(target.sheet, {})[target] = value
    if not by_sheet:
        return records
    tables = {
        name: _table(records, table, by_sheet[name]) if name in by_sheet else table
        for name, table in records.tables.items()
    }
    organisations = records.organisations
    if ORGANISATIONS in by_sheet:
        organisations = _organisations(tables[ORGANISATIONS])
    return replace(records, tables=MappingProxyType(tables), organisations=organisations)


def _table(records: Records, table: Table, chosen: Mapping[Target, Value]) -> Table:
    dropped = {target.place for target, value in chosen.items() if value is DROP}
    cells: dict[int, dict[str, Cell]] = {}
    for target, value in chosen.items():
        if not isinstance(value, _Drop) and target.column is not None:
            cells.setdefault(target.place, {})[target.column] = value
    rows = tuple(
        _row(table.name, row, cells[place]) if place in cells else row
        for place, row in enumerate(table.rows)
        if place not in dropped
    )
    named = {*table.columns, *(column for each in cells.values() for column in each)}
    columns = (column.name for column in records.schema.sheets[table.name].columns)
    return replace(table, columns=tuple(name for name in columns if name in named), rows=rows)


def _row(sheet: str, row: Row, cells: Mapping[str, Cell]) -> Row:
    values = {name: value for name, value in {**row.values, **cells}.items() if value is not None}
    organisation = row.organisation
    if sheet != ORGANISATIONS and ORGANISATION.name in cells:
        code = cells[ORGANISATION.name]
        organisation = code if isinstance(code, str) else ""
    return replace(row, organisation=organisation, values=values)


def _organisations(table: Table) -> tuple[Organisation, ...]:
    """The organisations as their rows say now."""
    found = []
    for row in table.rows:
        name = row.value(NAME)
        named = name if isinstance(name, str) else row.organisation
        found.append(Organisation(row.organisation, named, row))
    return tuple(found)
