"""One subject's facts: columns, measures, check points and built-ins, each computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from starrating.engine import points
from starrating.engine.days import Unit, add, whole
from starrating.engine.formulas import ExactFacts
from starrating.engine.measures import Measured, measure
from starrating.engine.points import Point
from starrating.engine.scope import Scope, last_star
from starrating.engine.setting import Setting
from starrating.engine.values import (
    NONE,
    UNKNOWN,
    Interval,
    Truth,
    Unknown,
    Value,
    as_interval,
    known,
)
from starrating.faults import Fault
from starrating.records.model import Organisation, Row
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Measure
from starrating.schema import CHECKS, ORGANISATIONS

BUILT_INS = ("截止日", "期初", "期末", "签发日", "成立满月数", "总分", "星级", "上年度星级")


class SubjectFacts(ExactFacts):
    """The facts of one organisation under one rulebook (implements `formulas.Facts`).

    Values are computed when first asked for and kept; faults met on the way are gathered once.
    `batch` computes a measure that needs all subjects (step 5).
    """

    def __init__(
        self,
        setting: Setting,
        scope: Scope,
        report: Callable[[Fault], None],
        batch: Callable[[SubjectFacts, Measure], Measured],
    ) -> None:
        self.setting = setting
        self.scope = scope
        self.report = report
        self.batch = batch
        self.checks = setting.rows(CHECKS, self.code)
        self._measures: dict[str, Measured] = {}
        self._pending: list[str] = []
        self._points: dict[tuple[str, bool], Point] = {}
        self._credit = False
        self.reached: set[str] = set()

    @property
    def organisation(self) -> Organisation:
        """The organisation itself."""
        return self.scope.organisation

    @property
    def code(self) -> str:
        """Its code."""
        return self.scope.organisation.code

    @property
    def label(self) -> str:
        """Its name as messages write it."""
        return self.scope.organisation.name

    @property
    def window(self) -> tuple[date, date] | None:
        """The active window (step 2), or None where it is empty."""
        return self.scope.window

    # --- facts ---------------------------------------------------------------------------

    def name(self, name: str) -> Value:
        """A measure, a 党组织 column, or a built-in, in this order."""
        if name in self.setting.book.measures:
            return self.measured(name).value
        if name == "上年度星级":
            star = last_star(self.setting, self.organisation)
            return star if isinstance(star, (Unknown, Interval)) else NONE
        column = self.setting.sheet(ORGANISATIONS).column(name)
        if column is not None:
            return self.setting.value(self.organisation.row, column)
        return self._built_in(name)

    def _built_in(self, name: str) -> Value:
        setting = self.setting
        if name == "截止日":
            return setting.cut_off
        if name == "期初":
            return setting.start
        if name == "期末":
            return setting.end
        if name == "签发日":
            return setting.issued if setting.issued is not None else UNKNOWN
        if name == "成立满月数":
            founded = self.organisation.row.value("成立日期")
            if founded is None:
                return NONE
            if not isinstance(founded, date):
                return UNKNOWN
            return Interval.at(whole("month", founded, setting.cut_off))
        raise KeyError(f"no fact {name}")

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

    def batch_measure(self, rule: Measure) -> Measured:
        """rank or best of the batch (step 5)."""
        return self.batch(self, rule)

    def point(self, name: str, *, credit: bool = False) -> Point:
        """A check point where yes or no is asked."""
        key = (name, credit)
        if key not in self._points:
            self._points[key] = points.yes_or_no(self, name, credit=credit)
        return self._points[key]

    def answer(self, name: str) -> Point:
        """A check point whose answer may be a level word."""
        return points.point(self, name)

    def found(self, point: str) -> Value:
        """Whether a check point was found."""
        return self.point(point, credit=self._credit).found

    def as_credit(self) -> SubjectFacts:
        """The same facts for a clause that gives: a point nobody recorded stays unknown."""
        other = SubjectFacts(self.setting, self.scope, self.report, self.batch)
        other._measures, other._points, other.reached = self._measures, self._points, self.reached
        other._credit = True
        return other

    def elements(self, listed: str) -> list[tuple[str, Point]]:
        """The elements of a named list with their states."""
        names = self.setting.book.lists[listed]
        return [(name, points.element(self, name)) for name in names]

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """How many elements of a named list are present, or lacking."""
        states = [state for _, state in self.elements(listed)]
        return points.count_elements(states, present=present)

    def flag(self, kind: str, flag: str) -> Truth:
        """Flags are judged, not recorded: asking here is a fault of the rules."""
        raise KeyError(f"{kind} {flag} outside a judgement")

    def item_score(self, item: str) -> Interval:
        """Scores stand only after step 6."""
        raise KeyError(f"score of {item} before it stands")

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook."""
        return self.setting.book.lists.get(name)

    def term_units(self, name: str) -> tuple[Unit, ...]:
        """The occurrences of a named term that touch the period."""
        term = self.setting.book.terms[name]
        found = []
        for year in range(self.setting.start.year - 1, self.setting.end.year + 1):
            start, end = _on(year, term.from_), _on(year, term.until)
            if end < start:
                end = add(end, 12, "month")
            if start <= self.setting.end and end >= self.setting.start:
                found.append(Unit(f"{year}年{name}", start, end))
        return tuple(found)

    # --- the story behind an expression ------------------------------------------------------

    def applies(self, *exprs: ex.Expr | None) -> bool:
        """Whether every measure that the expressions read has a due unit (step 2)."""
        return all(self.measured(name).applies for name in self._measures_of(*exprs))

    def divided(self, expr: ex.Expr | None) -> bool:
        """Whether an expression rests on a division: a ratio, a share, an average, a `/`."""
        if expr is None:
            return False
        if any(isinstance(leaf, ex.Arith) and leaf.op == "/" for leaf in ex.walk(expr)):
            return True
        rules = [self.setting.book.measures[name] for name in self._measures_of(expr)]
        return any(
            rule.form in ("ratio", "share", "average", "best")
            or (rule.value is not None and self.divided(rule.value))
            for rule in rules
        )

    def _measures_of(self, *exprs: ex.Expr | None) -> list[str]:
        read = [leaf.name for expr in exprs if expr is not None for leaf in ex.names(expr)]
        return [name for name in dict.fromkeys(read) if name in self.setting.book.measures]

    def sources_of(self, *exprs: ex.Expr | None) -> tuple[str, ...]:
        """The cells that the expressions rest on."""
        found: list[str] = []
        for name in self._measures_of(*exprs):
            found.extend(self.measured(name).sources)
        for expr in exprs:
            for leaf in ex.walk(expr) if expr is not None else ():
                found.extend(self._sources_of_leaf(leaf))
        return tuple(dict.fromkeys(found))

    def _sources_of_leaf(self, leaf: ex.Expr) -> tuple[str, ...]:
        if isinstance(leaf, ex.Found):
            return self.point(leaf.point, credit=self._credit).sources
        if isinstance(leaf, (ex.Present, ex.Lacking)):
            return tuple(s for _, state in self.elements(leaf.list) for s in state.sources)
        if isinstance(leaf, ex.Name) and leaf.name not in self.setting.book.measures:
            row = self.organisation.row
            return (str(row.place(leaf.name)),) if leaf.name in row.cells else ()
        return ()

    def unknown_of(self, *exprs: ex.Expr | None) -> tuple[str, ...]:
        """What the expressions would need to know, as a person would say it."""
        found: list[str] = []
        for name in self._measures_of(*exprs):
            measured = self.measured(name)
            if not known(measured.value):
                found.extend(f"{name}：{why}" for why in measured.unknown or ("未知",))
        for expr in exprs:
            for leaf in ex.walk(expr) if expr is not None else ():
                found.extend(self._unknown_leaf(leaf))
        return tuple(dict.fromkeys(found))

    def _unknown_leaf(self, leaf: ex.Expr) -> list[str]:
        if isinstance(leaf, ex.Found):
            state = self.point(leaf.point, credit=self._credit)
            return [f"检查项目“{leaf.point}”没有结果"] if state.found is Truth.OPEN else []
        if isinstance(leaf, (ex.Present, ex.Lacking)):
            return [
                f"检查项目“{name}”没有结果"
                for name, state in self.elements(leaf.list)
                if state.found is Truth.OPEN
            ]
        if isinstance(leaf, ex.Name) and leaf.name not in self.setting.book.measures:
            value = self.name(leaf.name) if not self._later(leaf.name) else NONE
            return [f"“{leaf.name}”未填或无法识别"] if isinstance(value, Unknown) else []
        return []

    def _later(self, name: str) -> bool:
        known_here = self.setting.sheet(ORGANISATIONS).column(name) or name in BUILT_INS
        return not known_here or name in ("总分", "星级")

    def lacking_of(self, *exprs: ex.Expr | None) -> tuple[str, ...]:
        """The units (or list elements) that the expressions found lacking."""
        found: list[str] = []
        for name in self._measures_of(*exprs):
            found.extend(self.measured(name).lacking)
        for expr in exprs:
            for leaf in ex.walk(expr) if expr is not None else ():
                if isinstance(leaf, ex.Lacking):
                    found.extend(n for n, s in self.elements(leaf.list) if s.found is Truth.NO and not s.not_applicable)
        return tuple(dict.fromkeys(found))

    def not_counted_of(self, *exprs: ex.Expr | None) -> tuple[str, ...]:
        """The rows that were not counted, with the reasons."""
        return tuple(
            dict.fromkeys(
                gone for name in self._measures_of(*exprs) for gone in self.measured(name).not_counted
            )
        )

    def row_value(self, row: Row, sheet: str, column: str) -> Value:
        """A cell of one of this subject's rows."""
        declared = self.setting.sheet(sheet).column(column)
        return self.setting.value(row, declared) if declared is not None else UNKNOWN


def _on(year: int, month_day: str) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def number_of(value: Value) -> Interval | None:
    """The value as a number, None where there is none."""
    number = as_interval(value)
    return number if isinstance(number, Interval) else None


FactsByCode = Mapping[str, SubjectFacts]
