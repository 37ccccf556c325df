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
from starrating.records.codes import CODES
from starrating.records.model import UNREADABLE, Organisation, Row, Table
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

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet; none if it was not supplied."""
        return self.tables[sheet].rows if sheet in self.tables else ()


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
        seen: dict[str, Row] = {}
        for row in data.rows(sheet):
            value = row.value(column)
            if not isinstance(value, str):
                continue
            first = seen.setdefault(value, row)
            if first is not row and first.values != row.values:
                yield CODES.fault(
                    "D501",
                    row.place(column),
                    column=column,
                    value=value,
                    other=first.place(column),
                )


def repeated_rows(data: Data) -> Iterator[Fault]:
    """A row agrees with an earlier one in every cell; two unknown cells do not agree."""
    for name, table in data.tables.items():
        if name == ORGANISATIONS:
            continue
        owned = ORGANISATION.name in table.columns
        seen: dict[tuple[object, ...], Row] = {}
        for row in table.rows:
            unknown = _unreadable(row) or (owned and not row.organisation)
            if unknown or not row.values:
                continue
            key = (row.organisation, *map(row.value, table.columns))
            first = seen.setdefault(key, row)
            if first is not row:
                yield CODES.fault("D502", row.origin, other=first.origin)


def outside_life(data: Data) -> Iterator[Fault]:
    """An event is dated before its organisation was founded, or after it was dissolved."""
    for name in _LIVED:
        sheet = data.schema.sheet(name)
        column = sheet.date[0] if sheet and sheet.date else ""
        for row in data.rows(name):
            day, one = row.value(column), data.organisations.get(row.organisation)
            if not isinstance(day, date) or one is None:
                continue
            founded, dissolved = one.row.value("成立日期"), one.row.value("撤销日期")
            if isinstance(founded, date) and day < founded:
                yield CODES.fault("D503", row.place(column), value=day, limit=founded)
            if isinstance(dissolved, date) and day > dissolved:
                yield CODES.fault("D504", row.place(column), value=day, limit=dissolved)


def dates_in_order(data: Data) -> Iterator[Fault]:
    """A date lies before one that must come first."""
    for sheet, earlier, later in _ORDERS:
        for row in data.rows(sheet):
            first, second = row.value(earlier), row.value(later)
            if isinstance(first, date) and isinstance(second, date) and second < first:
                yield CODES.fault(
                    "D510",
                    row.place(later),
                    later=later,
                    value=second,
                    earlier=earlier,
                    limit=first,
                )


def attendance(data: Data) -> Iterator[Fault]:
    """More people came, or were due, than there are."""
    for row in data.rows(ACTIVITIES):
        due, present, excused = (_number(row, name) for name in ("应到", "实到", "请假"))
        if due is None:
            continue
        if present is not None and present > due:
            yield CODES.fault("D505", row.place("实到"), present=plain(present), due=plain(due))
        elif present is not None and excused is not None and present + excused > due:
            together = plain(present + excused)
            yield CODES.fault("D506", row.place("请假"), present=together, due=plain(due))
        one = data.organisations.get(row.organisation)
        members = _number(one.row, "党员数") if one else None
        if members is not None and due > members:
            yield CODES.fault("D511", row.place("应到"), due=plain(due), whole=plain(members))


def membership(data: Data) -> Iterator[Fault]:
    """The figures of an organisation contradict one another."""
    for row in data.rows(ORGANISATIONS):
        whole, part, groups = (_number(row, name) for name in ("党员数", "正式党员数", "党小组数"))
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
    for row in data.rows(ORGANISATIONS):
        if row.value("是否参评") is False and row.value("不参评原因") is None:
            yield CODES.fault("D508", row.place("是否参评"))


def own_parent(data: Data) -> Iterator[Fault]:
    """An organisation is its own superior."""
    for row in data.rows(ORGANISATIONS):
        if row.organisation and row.value("上级党组织") == row.organisation:
            yield CODES.fault("D513", row.place("上级党组织"))


def same_minutes(data: Data) -> Iterator[Fault]:
    """A record agrees word for word with an earlier one."""
    seen: dict[str, Row] = {}
    for row in data.rows(ACTIVITIES):
        text = row.value("记录")
        if not isinstance(text, str) or len(text) < SAME_MINUTES:
            continue
        first = seen.setdefault(text, row)
        if first is not row and first.values != row.values:
            yield CODES.fault("D509", row.place("记录"), other=first.place("记录"))


def _number(row: Row, column: str) -> Fraction | None:
    value = row.value(column)
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
