"""Which rows a measure reaches, and how surely (steps 1, 2 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from starrating.engine import days
from starrating.engine.codes import CODES
from starrating.engine.formulas import FactsOver, judge
from starrating.engine.setting import CANCELLED, Setting
from starrating.engine.values import NO, NONE, OPEN, YES, Truth, Value
from starrating.records.model import UNREADABLE, Row
from starrating.rulebook.expressions import Expr
from starrating.rulebook.fields import Span
from starrating.schema import Blank, DateKind, Sheet

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


class RowFacts(FactsOver):
    """The facts of a condition on one row: its columns first, then those of the subject."""

    def __init__(self, subject: SubjectFacts, sheet: Sheet, row: Row) -> None:
        super().__init__(subject)
        self._setting, self._sheet, self._row = subject.setting, sheet, row
        self._read: dict[str, Value] = {}

    def name(self, name: str) -> Value:
        """The value of a column of the row (read once), else of the subject."""
        value = self._read.get(name)
        if value is None:
            column = self._sheet.column(name)
            if column is None:
                return super().name(name)
            value = self._read[name] = self._setting.value(self._row, column)
        return value


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
    kept: list[Reached] = []
    dropped: list[NotCounted] = []
    for each in own:
        passes = judge(where, each.facts) if where is not None else YES
        if passes is NO:
            continue
        if each.cancelled:
            dropped.append(NotCounted(each.row, "已作废"))
        elif each.truth is NO:
            dropped.append(NotCounted(each.row, each.reason))
            _tell_later(subject, sheet, each.row, each.day)
        else:
            kept.append(Reached(each.row, passes & each.truth, each.day))
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
    return _dated(setting, sheet, row, *span).truth is not NO


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
    """A row of one subject as every measure over the same days finds it: its facts, whether its
    date lets it count, its day, and why not (Chinese)."""

    row: Row
    facts: RowFacts
    truth: Truth
    day: date | None
    reason: str
    cancelled: bool


def dated_rows(subject: SubjectFacts, sheet: Sheet, start: date, end: date) -> tuple[Dated, ...]:
    """All rows of a subject on a sheet against the days from `start` to `end`."""
    setting = subject.setting
    voids = sheet.column("状态") is not None
    return tuple(
        Dated(
            row,
            RowFacts(subject, sheet, row),
            *_dated(setting, sheet, row, start, end),
            voids and row.value("状态") == CANCELLED,
        )
        for row in setting.rows(sheet.name, subject.code)
    )


class _Dated(NamedTuple):
    """Whether a row's date lets it count, its day, and why not (Chinese)."""

    truth: Truth
    day: date | None = None
    reason: str = ""


def _dated(setting: Setting, sheet: Sheet, row: Row, start: date, end: date) -> _Dated:
    if not sheet.date:
        return _Dated(YES)
    if len(sheet.date) == 2:
        return _in_force(setting, sheet, row)
    column = sheet.column(sheet.date[0])
    assert column is not None
    cell = row.value(column.name)
    day = cell if isinstance(cell, date) else None
    if column.date_kind is DateKind.RECORD:
        return _Dated(YES, day)
    if day is None:
        none = cell is None and setting.value(row, column) is NONE
        return _Dated(NO, reason="没有日期") if none else _Dated(OPEN)
    if day > setting.cut_off:
        return _Dated(NO, day, f"{day} 晚于截止日 {setting.cut_off}")
    return _Dated(YES, day) if start <= day <= end else _Dated(NO, day, f"{day} 不在考核期内")


def _in_force(setting: Setting, sheet: Sheet, row: Row) -> _Dated:
    """Whether a row with a first and a last day is in force at the cut-off."""
    first, last = (row.value(name) for name in sheet.date)
    began = OPEN if first is UNREADABLE else Truth.of(first is None or _by(first, setting.cut_off))
    ended = Truth.of(isinstance(last, date) and last < setting.cut_off)
    if last is UNREADABLE:
        ended = OPEN
    return _Dated(began & ~ended, reason="截止日不在有效期内")


def _by(cell: object, day: date) -> bool:
    return isinstance(cell, date) and cell <= day
