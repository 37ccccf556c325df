"""One subject's facts: columns, measures, check points and built-ins, each computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from starrating.engine.days import Unit, add, whole
from starrating.engine.expressions.formulas import Facts
from starrating.engine.measures import Measured, measure
from starrating.engine.rows import points
from starrating.engine.rows.facts import RowReadings
from starrating.engine.rows.points import Point
from starrating.engine.rows.reach import Dated, dated
from starrating.engine.scope import Scope, last_star
from starrating.engine.setting import Setting
from starrating.engine.values import NO, UNKNOWN, Interval, Truth, Value
from starrating.faults import Fault
from starrating.records.model import Cell, Organisation, Row
from starrating.records.period import day_in
from starrating.rulebook.model import Measure
from starrating.schema import CHECKS, ORGANISATIONS, Sheet


class SubjectFacts(Facts):
    """The facts of one organisation under one rulebook.

    Values are computed when first asked for and kept; faults met on the way are reported.
    `batch` computes a measure that needs all subjects (step 5), `readings` what expressions say of
    rows; subjects of one review share both. Flags and scores are not among
    these facts: they stand later.
    """

    def __init__(
        self,
        setting: Setting,
        scope: Scope,
        report: Callable[[Fault], None],
        batch: Callable[[SubjectFacts, Measure], Measured],
        readings: RowReadings | None = None,
        *,
        credit: bool = False,
    ) -> None:
        self.setting = setting
        self.scope = scope
        self.report = report
        self.batch = batch
        self.readings = readings or RowReadings(setting)
        self.checks = setting.rows(CHECKS, self.code)
        self.reached: set[tuple[str, str | None, str | None]] = set()
        """The rows that some measure reached, by place."""
        self._credit = credit
        self._measures: dict[str, Measured] = {}
        self._pending: list[str] = []
        self._points: dict[str, Point] = {}
        self._elements: dict[str, dict[str, Point]] = {}
        self._dated: dict[str, tuple[Dated, ...]] = {}
        self._spans: set[tuple[str, date, date]] = set()
        self._twin: SubjectFacts | None = None

    @property
    def organisation(self) -> Organisation:
        """The organisation itself."""
        return self.scope.organisation

    @property
    def code(self) -> str:
        """Its code."""
        return self.scope.organisation.code

    @property
    def window(self) -> tuple[date, date] | None:
        """The active window (step 2), or None where it is empty."""
        return self.scope.window

    @cached_property
    def checks_by_point(self) -> Mapping[Cell, Sequence[Row]]:
        """The check records of each point, in the order of the table."""
        found: dict[Cell, list[Row]] = {}
        for row in self.checks:
            found.setdefault(row.value("检查项目"), []).append(row)
        return found

    def as_credit(self) -> SubjectFacts:
        """The same facts for what gives: `checks: {unrecorded: not_found}` holds for deductions
        only, and a point nobody recorded stays unknown for a credit (step 4)."""
        if self._credit or self.setting.book.checks.unrecorded == "unknown":
            return self
        if self._twin is None:
            self._twin = SubjectFacts(
                self.setting, self.scope, self.report, self.batch, self.readings, credit=True
            )
            self._twin.reached = self.reached
        return self._twin

    @property
    def credit(self) -> bool:
        """Whether these are the facts for what gives."""
        return self._credit

    def beside(self, scope: Scope) -> SubjectFacts:
        """The facts of another organisation, read for this one: its rows count as reached here."""
        other = SubjectFacts(self.setting, scope, self.report, self.batch, self.readings)
        other.reached = self.reached
        return other

    # --- names ---------------------------------------------------------------------------

    def name(self, name: str) -> Value:
        """A measure, a built-in, or a 党组织 column, in this order."""
        if name in self.setting.book.measures:
            return self.measured(name).value
        value = self.recorded(name)
        if value is None:
            raise KeyError(name)
        return value

    def recorded(self, name: str) -> Value | None:
        """A built-in or a 党组织 column; None for what stands only later (总分, a section)."""
        column = self.setting.sheet(ORGANISATIONS).column(name)
        if name in _BUILT_INS:
            return _BUILT_INS[name](self)
        return self.setting.value(self.organisation.row, column) if column is not None else None

    def measured(self, name: str) -> Measured:
        """A measure with its story; a measure that asks for itself is a fault of the rules."""
        if name not in self._measures:
            if name in self._pending:
                raise RecursionError(f"measure {name} depends on itself")
            self._pending.append(name)
            try:
                self._measures[name] = measure(self, name, self.setting.book.measures[name])
            finally:
                self._pending.pop()
        return self._measures[name]

    # --- rows ----------------------------------------------------------------------------

    def dated(self, sheet: Sheet, start: date, end: date) -> tuple[Dated, ...]:
        """The rows of a sheet for a measure over these days, which thereby reaches them."""
        rows = self._dated.get(sheet.name)
        if rows is None:
            own = self.setting.rows(sheet.name, self.code)
            rows = self._dated[sheet.name] = tuple(dated(self.setting, sheet, row) for row in own)
        span = (sheet.name, start, end)
        if span not in self._spans:
            self._spans.add(span)
            reached = (each.row for each in rows if each.within(start, end) is not NO)
            self.reached.update(row.origin.key for row in reached)
        return rows

    # --- check points --------------------------------------------------------------------

    def point(self, name: str) -> Point:
        """A check point where yes or no is asked."""
        if name not in self._points:
            self._points[name] = points.yes_or_no(self, name, credit=self._credit)
        return self._points[name]

    def answer(self, name: str) -> Point:
        """A check point whose answer may be a level word."""
        return points.point(self, name)

    def found(self, point: str) -> Truth:
        """Whether a check point was found."""
        return self.point(point).found

    def elements(self, listed: str) -> Mapping[str, Point]:
        """The elements of a named list with their states."""
        if listed not in self._elements:
            names = self.setting.book.lists[listed]
            self._elements[listed] = {name: points.element(self, name) for name in names}
        return self._elements[listed]

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """How many elements of a named list are present, or lacking."""
        return points.count_elements(self.elements(listed).values(), present=present)

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook."""
        return self.setting.book.lists.get(name)

    # --- the calendar --------------------------------------------------------------------

    def term_units(self, name: str) -> tuple[Unit, ...]:
        """The occurrences of a named term that touch the period."""
        term = self.setting.book.terms[name]
        found = []
        for year in range(self.setting.start.year - 1, self.setting.end.year + 1):
            start, end = day_in(year, term.from_), day_in(year, term.until)
            assert start is not None
            assert end is not None
            if end < start:
                end = add(end, 12, "month")
            if start <= self.setting.end and end >= self.setting.start:
                found.append(Unit(f"{year}年{name}", start, end))
        return tuple(found)


def _full_months(facts: SubjectFacts) -> Value:
    """成立满月数: whole months from the founding to the cut-off.

    A blank 成立日期 means before the period (step 1): at least the months since the day before it.
    """
    founded = facts.organisation.row.value("成立日期")
    setting = facts.setting
    if founded is None:
        latest = setting.start - timedelta(days=1)
        return Interval(Fraction(whole("month", latest, setting.cut_off)), None)
    if not isinstance(founded, date):
        return UNKNOWN
    return Interval.at(whole("month", founded, facts.setting.cut_off))


_BUILT_INS: dict[str, Callable[[SubjectFacts], Value]] = {
    "截止日": lambda facts: facts.setting.cut_off,
    "期初": lambda facts: facts.setting.start,
    "期末": lambda facts: facts.setting.end,
    "签发日": lambda facts: facts.setting.issued or UNKNOWN,
    "成立满月数": _full_months,
    "上年度星级": lambda facts: last_star(facts.setting, facts.organisation),
}
