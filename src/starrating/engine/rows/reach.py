"""Which rows a measure reaches, and how surely (steps 1, 2 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from starrating.engine import days
from starrating.engine.codes import CODES
from starrating.engine.expressions.formulas import judge
from starrating.engine.setting import CANCELLED, Setting
from starrating.engine.values import NO, NONE, OPEN, YES, Truth
from starrating.records.model import UNREADABLE, Row
from starrating.rulebook.expressions import Expr
from starrating.rulebook.fields import Span
from starrating.schema import Blank, DateKind, Sheet

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


class Reached(NamedTuple):
    """A row that a measure counts: surely (`YES`) or possibly (`OPEN`); `day` None is undated."""

    row: Row
    truth: Truth
    day: date | None


class NotCounted(NamedTuple):
    """A row that passes `where` and still does not count, with the reason (Chinese)."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Reach:
    """All rows of one sheet that one measure of one subject counts.

    `absent`: that there is no row tells nothing, because the sheet was not supplied, or is
    declared so and holds no row of the subject (step 4, absent rows).
    """

    rows: tuple[Reached, ...]
    not_counted: tuple[NotCounted, ...]
    supplied: bool
    absent: bool

    @property
    def sure(self) -> tuple[Reached, ...]:
        """The rows that surely count."""
        return tuple(row for row in self.rows if row.truth is YES)

    @property
    def possible(self) -> tuple[Reached, ...]:
        """The rows that may count."""
        return tuple(row for row in self.rows if row.truth is OPEN)


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
    start, end = span_of(setting, look_back, until)
    own = subject.dated(sheet, start, end)
    condition = subject.readings.over(sheet, where, judge) if where is not None else None
    kept: list[Reached] = []
    dropped: list[NotCounted] = []
    for each in own:
        passes = condition.of(subject, each.row) if condition is not None else YES
        if passes is NO:
            continue
        counts = each.within(start, end)
        if each.cancelled:
            dropped.append(NotCounted(each.row, "已作废"))
        elif counts is NO:
            dropped.append(NotCounted(each.row, each.why_not))
            _tell_later(subject, sheet, each.row, each.day)
        else:
            kept.append(Reached(each.row, passes & counts, each.day))
    supplied = setting.records.supplied(sheet_name)
    absent = not supplied or (not own and sheet.no_rows is Blank.UNKNOWN)
    return Reach(tuple(kept), tuple(dropped), supplied, absent)


def span_of(setting: Setting, look_back: Span | None, until: date | None) -> tuple[date, date]:
    """The first and the last day of which rows may count: the period, and what widens it."""
    start = setting.start
    if look_back is not None:
        start = days.add(start, -look_back.count, look_back.unit)
    return start, min(max(setting.end, until or setting.end), setting.cut_off)


def is_reached(setting: Setting, sheet: Sheet, row: Row, span: tuple[date, date]) -> bool:
    """Whether a measure over these days reaches the row, whatever its `where` says of it."""
    return dated(setting, sheet, row).within(*span) is not NO


def happens_later(setting: Setting, sheet: Sheet, row: Row) -> bool:
    """Whether the row is an event after the cut-off, which has not happened yet (step 1)."""
    if len(sheet.date) != 1:
        return False
    column = sheet.column(sheet.date[0])
    day = row.value(sheet.date[0])
    late = isinstance(day, date) and day > setting.cut_off
    return late and column is not None and column.date_kind is not DateKind.RECORD


def _tell_later(subject: SubjectFacts, sheet: Sheet, row: Row, day: date | None) -> None:
    """An event after the cut-off has not happened yet, and is listed (step 1)."""
    if day is not None and day > subject.setting.cut_off:
        column, cut_off = sheet.date[0], subject.setting.cut_off
        place = row.place(column)
        subject.report(CODES.fault("E112", place, column=column, date=day, cut_off=cut_off))


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A row of one subject as every measure finds it: how surely it counts by its date, its day
    (None where it has none that tells), why it never counts (Chinese), and whether it was voided.

    `bound` says that it counts only in measures over days among which its own is.
    """

    row: Row
    truth: Truth
    day: date | None
    reason: str
    bound: bool
    cancelled: bool

    def within(self, start: date, end: date) -> Truth:
        """How surely the row counts in a measure over the days from `start` to `end`."""
        if self.bound and self.day is not None and not start <= self.day <= end:
            return NO
        return self.truth

    @property
    def why_not(self) -> str:
        """Why a row does not count that lies outside the days of a measure, or never counts."""
        return self.reason or f"{self.day} 不在考核期内"


def dated(setting: Setting, sheet: Sheet, row: Row) -> Dated:
    """A row of a sheet with what its date says of it."""

    def found(truth: Truth, day: date | None = None, reason: str = "", *, bound: bool) -> Dated:
        voided = row.value("状态") == CANCELLED and sheet.column("状态") is not None
        return Dated(row, truth, day, reason, bound, voided)

    if not sheet.date:
        return found(YES, bound=False)
    if len(sheet.date) == 2:
        return found(_in_force(setting, sheet, row), reason="截止日不在有效期内", bound=False)
    column = sheet.column(sheet.date[0])
    assert column is not None
    cell = row.value(column.name)
    day = cell if isinstance(cell, date) else None
    if column.date_kind is DateKind.RECORD:
        return found(YES, day, bound=False)
    if day is None:
        none = cell is None and setting.value(row, column) is NONE
        return found(NO, reason="没有日期", bound=False) if none else found(OPEN, bound=False)
    if day > setting.cut_off:
        return found(NO, day, f"{day} 晚于截止日 {setting.cut_off}", bound=False)
    return found(YES, day, bound=True)


def _in_force(setting: Setting, sheet: Sheet, row: Row) -> Truth:
    """Whether a row with a first and a last day is in force at the cut-off."""
    first, last = (row.value(name) for name in sheet.date)
    began = OPEN if first is UNREADABLE else Truth.of(first is None or _by(first, setting.cut_off))
    ended = Truth.of(isinstance(last, date) and last < setting.cut_off)
    if last is UNREADABLE:
        ended = OPEN
    return began & ~ended


def _by(cell: object, day: date) -> bool:
    return isinstance(cell, date) and cell <= day
