"""Which rows a measure reaches, and how surely (steps 1, 2 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from starrating.engine import days
from starrating.engine.codes import CODES
from starrating.engine.formulas import ExactFacts, judge
from starrating.engine.setting import CANCELLED, Setting
from starrating.engine.values import NO, NONE, OPEN, YES, Interval, Truth, Value
from starrating.records.model import UNREADABLE, Row
from starrating.rulebook.expressions import Expr
from starrating.rulebook.fields import Span
from starrating.schema import DateKind, Sheet

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


@dataclass(frozen=True, slots=True)
class Reached:
    """A row that a measure counts: surely (`YES`) or possibly (`OPEN`); `day` None is undated."""

    row: Row
    truth: Truth
    day: date | None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A row that passes `where` and still does not count, with the reason (Chinese)."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Reach:
    """All rows of one sheet that one measure of one subject counts."""

    supplied: bool
    rows: tuple[Reached, ...]
    not_counted: tuple[NotCounted, ...]

    @property
    def sure(self) -> tuple[Reached, ...]:
        """The rows that surely count."""
        return tuple(row for row in self.rows if row.truth is YES)

    @property
    def possible(self) -> tuple[Reached, ...]:
        """The rows that may count."""
        return tuple(row for row in self.rows if row.truth is OPEN)


class RowFacts(ExactFacts):
    """The facts of a condition on one row: its columns first, then those of the subject."""

    def __init__(self, setting: Setting, sheet: Sheet, row: Row, subject: SubjectFacts) -> None:
        self._setting, self._sheet, self._row, self._subject = setting, sheet, row, subject

    def name(self, name: str) -> Value:
        """The value of a column of the row, else of the subject."""
        column = self._sheet.column(name)
        if column is not None:
            return self._setting.value(self._row, column)
        return self._subject.name(name)

    def found(self, point: str) -> Value:
        """The subject's check point."""
        return self._subject.found(point)

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """The subject's list."""
        return self._subject.count_of(listed, present=present)

    def flag(self, kind: str, flag: str) -> Truth:
        """The subject's flag."""
        return self._subject.flag(kind, flag)

    def item_score(self, item: str) -> Interval:
        """The subject's item."""
        return self._subject.item_score(item)

    def options(self, name: str) -> tuple[str, ...] | None:
        """A list of the rulebook."""
        return self._subject.options(name)


def reach(
    subject: SubjectFacts,
    sheet_name: str,
    where: Expr | None,
    look_back: Span | None = None,
    until: date | None = None,
) -> Reach:
    """The rows of a sheet inside the period (widened by `look_back`, and by grace up to `until`).

    Voided rows never count. An event after the cut-off has not happened yet.
    """
    setting = subject.setting
    sheet = setting.sheet(sheet_name)
    start = setting.start
    if look_back is not None:
        start = days.add(start, -look_back.count, look_back.unit)
    end = min(max(setting.end, until or setting.end), setting.cut_off)
    kept: list[Reached] = []
    dropped: list[NotCounted] = []
    for row in setting.rows(sheet_name, subject.code):
        dated, day, reason = _dated(setting, sheet, row, start, end)
        if dated is not NO:
            subject.reached.add(str(row.origin))
        facts = RowFacts(setting, sheet, row, subject)
        passes = judge(where, facts) if where is not None else YES
        if passes is NO:
            continue
        if row.value("状态") == CANCELLED and sheet.column("状态") is not None:
            dropped.append(NotCounted(row, "已作废"))
            continue
        if day is not None and day > setting.cut_off and dated is NO:
            subject.report(
                CODES.fault(
                    "E112",
                    row.place(sheet.date[0]),
                    column=sheet.date[0],
                    date=day,
                    cut_off=setting.cut_off,
                )
            )
        if dated is NO:
            dropped.append(NotCounted(row, reason))
        else:
            kept.append(Reached(row, passes & dated, day))
    return Reach(setting.records.supplied(sheet_name), tuple(kept), tuple(dropped))


def _dated(
    setting: Setting, sheet: Sheet, row: Row, start: date, end: date
) -> tuple[Truth, date | None, str]:
    """Whether the row's date lets it count, its day, and why not."""
    if not sheet.date:
        return YES, None, ""
    if len(sheet.date) == 2:
        return _in_force(setting, sheet, row)
    column = sheet.column(sheet.date[0])
    assert column is not None
    cell = row.value(column.name)
    day = cell if isinstance(cell, date) else None
    if column.date_kind is DateKind.RECORD:
        return YES, day, ""
    if day is None:
        none = cell is None and setting.value(row, column) is NONE
        return (NO, None, "没有日期") if none else (OPEN, None, "")
    if day > setting.cut_off:
        return NO, day, f"{day} 晚于截止日 {setting.cut_off}"
    if not start <= day <= end:
        return NO, day, f"{day} 不在考核期内"
    return YES, day, ""


def _in_force(setting: Setting, sheet: Sheet, row: Row) -> tuple[Truth, date | None, str]:
    first, last = (row.value(name) for name in sheet.date)
    began = OPEN if first is UNREADABLE else Truth.of(first is None or _by(first, setting.cut_off))
    ended = OPEN if last is UNREADABLE else Truth.of(last is not None and _before(last, setting.cut_off))
    return began & ~ended, None, "截止日不在有效期内"


def _by(cell: object, day: date) -> bool:
    return isinstance(cell, date) and cell <= day


def _before(cell: object, day: date) -> bool:
    return isinstance(cell, date) and cell < day
