"""Checks of rows against one another: oddities for a human, which never touch a score.

Each check is one function of the data that gives faults; `CHECKS` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from starrating.faults import Fault
from starrating.limits import SAME_MINUTES
from starrating.number import plain
from starrating.records.coded import Coded
from starrating.records.codes import CODES
from starrating.records.model import UNREADABLE, Cell, Organisation, Row, Table
from starrating.schema import (
    ACTIVITIES,
    LEDGER,
    NEGATIVES,
    OBJECTIONS,
    ORGANISATION,
    ORGANISATIONS,
    PROBLEMS,
    Schema,
)

_IDS = ((PROBLEMS, "问题编号"), (LEDGER, "任务编号"), (OBJECTIONS, "编号"))
_LIVED = (ACTIVITIES, PROBLEMS, NEGATIVES)
"""Sheets whose events happen to an organisation while it exists."""
_ORDERS = (
    (ORGANISATIONS, "成立日期", "撤销日期"),
    (PROBLEMS, "发现日期", "整改时限"),
    (PROBLEMS, "发现日期", "完成日期"),
    (PROBLEMS, "完成日期", "销号日期"),
    (LEDGER, "完成日期", "验收日期"),
    (LEDGER, "验收日期", "销号日期"),
    (LEDGER, "整改时限", "延期至"),
    (OBJECTIONS, "收到日期", "答复日期"),
)
"""Sheet, the date that comes first, the date that comes no earlier."""


@dataclass(frozen=True, slots=True)
class Data:
    """What the checks look at: the tables and the organisations by code."""

    schema: Schema
    tables: Mapping[str, Table]
    organisations: Mapping[str, Organisation]

    def table(self, sheet: str) -> Table:
        """The rows of a sheet; none if it was not supplied."""
        return self.tables.get(sheet) or Table(sheet, (), ())


def check_rows(
    schema: Schema, tables: Mapping[str, Table], organisations: Iterable[Organisation]
) -> Iterator[Fault]:
    """All faults of rows against one another."""
    data = Data(schema, tables, {one.code: one for one in organisations})
    for check in CHECKS:
        yield from check(data)


def repeated_ids(data: Data) -> Iterator[Fault]:
    """An id stands twice on its sheet, in rows that otherwise differ."""
    for sheet, column in _IDS:
        table = data.table(sheet)
        ids = table.column(column)
        for row, first in _twice(table, ids, lambda value: isinstance(value, str)):
            yield CODES.fault(
                "D501",
                row.place(column),
                column=column,
                value=row.value(column),
                other=first.place(column),
            )


def repeated_rows(data: Data) -> Iterator[Fault]:
    """A row agrees with an earlier one in every cell; two unknown cells do not agree."""
    for name, table in data.tables.items():
        if name == ORGANISATIONS:
            continue
        owned = ORGANISATION.name in table.columns
        columns = (table.column(column) for column in table.columns)
        codes = [table.owners.codes, *(column.codes for column in columns)]
        lines = Coded.of(list(zip(*codes, strict=True)))
        for place, above in lines.repeated():
            row, first = table.rows[place], table.rows[above]
            unknown = _unreadable(row) or (owned and not row.organisation)
            if row.values and not unknown:
                yield CODES.fault("D502", row.origin, other=first.origin)


def outside_life(data: Data) -> Iterator[Fault]:
    """An event is dated before its organisation was founded, or after it was dissolved."""
    for name in _LIVED:
        sheet, table = data.schema.sheet(name), data.table(name)
        column = sheet.date[0] if sheet and sheet.date else ""
        owners, days = table.owners, table.column(column)
        lives = [_life(data.organisations.get(code)) for code in owners.words]
        dated = [day if isinstance(day, date) else None for day in days.words]
        for place, (owner, code) in enumerate(zip(owners.codes, days.codes, strict=True)):
            day, (founded, dissolved) = dated[code], lives[owner]
            if day is None or founded <= day <= dissolved:
                continue
            cell = table.rows[place].place(column)
            if day < founded:
                yield CODES.fault("D503", cell, value=day, limit=founded)
            if day > dissolved:
                yield CODES.fault("D504", cell, value=day, limit=dissolved)


def _life(one: Organisation | None) -> tuple[date, date]:
    """The first and last day of an organisation; where one is not known, of the calendar."""
    if one is None:
        return date.min, date.max
    founded, dissolved = one.row.value("成立日期"), one.row.value("撤销日期")
    return (
        founded if isinstance(founded, date) else date.min,
        dissolved if isinstance(dissolved, date) else date.max,
    )


def dates_in_order(data: Data) -> Iterator[Fault]:
    """A date lies before one that must come first."""
    for sheet, earlier, later in _ORDERS:
        table = data.table(sheet)
        days = Coded.beside([table.column(earlier), table.column(later)])
        for place in days.where(_reversed):
            limit, value = days[place]
            yield CODES.fault(
                "D510",
                table.rows[place].place(later),
                later=later,
                value=value,
                earlier=earlier,
                limit=limit,
            )


def _reversed(days: tuple[Cell, ...]) -> bool:
    first, second = days
    return isinstance(first, date) and isinstance(second, date) and second < first


def attendance(data: Data) -> Iterator[Fault]:
    """More people came, or were due, than there are."""
    table = data.table(ACTIVITIES)
    counts = [table.column(name).turned(_number) for name in ("应到", "实到", "请假")]
    figures = Coded.beside(counts)
    for place in figures.where(lambda each: _overcrowded(*each)):
        due, present, excused = figures[place]
        assert due is not None
        assert present is not None
        row = table.rows[place]
        if present > due:
            yield CODES.fault("D505", row.place("实到"), present=plain(present), due=plain(due))
        else:
            together = plain(present + (excused or 0))
            yield CODES.fault("D506", row.place("请假"), present=together, due=plain(due))
    members = table.owners.turned(lambda code: _members(data.organisations.get(code)))
    asked = Coded.beside([counts[0], members])
    for place in asked.where(lambda each: _exceeds(*each)):
        due, whole = asked[place]
        assert due is not None
        assert whole is not None
        yield CODES.fault(
            "D511", table.rows[place].place("应到"), due=plain(due), whole=plain(whole)
        )


def _overcrowded(due: Fraction | None, present: Fraction | None, excused: Fraction | None) -> bool:
    """Whether more came, with those excused, than were due."""
    return _exceeds(None if present is None else present + (excused or 0), due)


def _exceeds(number: Fraction | None, limit: Fraction | None) -> bool:
    return number is not None and limit is not None and number > limit


def _members(one: Organisation | None) -> Fraction | None:
    return _number(one.row.value("党员数")) if one else None


def membership(data: Data) -> Iterator[Fault]:
    """The figures of an organisation contradict one another."""
    for row in data.table(ORGANISATIONS).rows:
        whole, part, groups = (
            _number(row.value(name)) for name in ("党员数", "正式党员数", "党小组数")
        )
        if whole is None:
            continue
        if part is not None and part > whole:
            yield CODES.fault("D507", row.place("正式党员数"), part=plain(part), whole=plain(whole))
        if groups is not None and groups * 3 > whole:
            yield CODES.fault(
                "D512", row.place("党小组数"), groups=plain(groups), whole=plain(whole)
            )


def unexplained_absence(data: Data) -> Iterator[Fault]:
    """An organisation does not take part, and no reason is written."""
    for row in data.table(ORGANISATIONS).rows:
        if row.value("是否参评") is False and row.value("不参评原因") is None:
            yield CODES.fault("D508", row.place("是否参评"))


def own_parent(data: Data) -> Iterator[Fault]:
    """An organisation is its own superior."""
    for row in data.table(ORGANISATIONS).rows:
        if row.organisation and row.value("上级党组织") == row.organisation:
            yield CODES.fault("D513", row.place("上级党组织"))


def same_minutes(data: Data) -> Iterator[Fault]:
    """A record agrees word for word with an earlier one."""
    table = data.table(ACTIVITIES)
    texts = table.column("记录")
    for row, first in _twice(table, texts, _is_long):
        yield CODES.fault("D509", row.place("记录"), other=first.place("记录"))


def _is_long(text: Cell) -> bool:
    return isinstance(text, str) and len(text) >= SAME_MINUTES


def _twice(
    table: Table, column: Coded[Cell], counts: Callable[[Cell], bool]
) -> Iterator[tuple[Row, Row]]:
    """Rows that have a cell that counts in common with a row above, the first such, and otherwise
    differ from it."""
    wanted = column.where(counts)
    for place, above in column.take(wanted).repeated():
        row, first = table.rows[wanted[place]], table.rows[wanted[above]]
        if first.values != row.values:
            yield row, first


def _number(value: Cell) -> Fraction | None:
    return value if type(value) is Fraction else None


def _unreadable(row: Row) -> bool:
    """Whether some cell can not be read; `in` would compare every number by value."""
    return any(value is UNREADABLE for value in row.values.values())


CHECKS: tuple[Callable[[Data], Iterator[Fault]], ...] = (
    repeated_ids,
    repeated_rows,
    outside_life,
    dates_in_order,
    attendance,
    membership,
    unexplained_absence,
    own_parent,
    same_minutes,
)
"""All checks; their order does not matter, faults are sorted."""
