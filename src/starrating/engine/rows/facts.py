"""Expressions over the rows of a sheet: what is read of one row, once for all rows alike (step 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from starrating.engine.expressions.formulas import Facts, FactsOver
from starrating.engine.values import Value
from starrating.records.model import Cell, Row
from starrating.rulebook import expressions as ex
from starrating.schema import Sheet

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts
    from starrating.engine.setting import Setting

DAYS_OF_REVIEW = frozenset(("截止日", "期初", "期末", "签发日"))
"""The built-ins that are the same for every subject."""

KEPT = 10_000
"""How many different rows an expression remembers what it says of."""

_T = TypeVar("_T")


class RowFacts(FactsOver):
    """The facts of an expression on one row: its columns first, then those of the subject."""

    def __init__(self, subject: SubjectFacts, sheet: Sheet, row: Row) -> None:
        super().__init__(subject)
        self._setting, self._sheet, self._row = subject.setting, sheet, row

    def name(self, name: str) -> Value:
        """The value of a column of the row, else of the subject."""
        column = self._sheet.column(name)
        return super().name(name) if column is None else self._setting.value(self._row, column)


class OverRows(Generic[_T]):
    """What one expression says of each row of a sheet, by `compute` (`judge`, or `evaluate`).

    One that reads only the row's columns and the days of the review says the same of all rows
    whose cells in these columns agree: it is computed once for them, whoever's they are.
    """

    def __init__(
        self, setting: Setting, sheet: Sheet, expr: ex.Expr, compute: Callable[[ex.Expr, Facts], _T]
    ) -> None:
        self._sheet, self._expr, self._compute = sheet, expr, compute
        read = {name.name for name in ex.names(expr)}
        own = {name for name in read if sheet.column(name) is not None}
        same = DAYS_OF_REVIEW.difference(setting.book.measures)
        asks = any(isinstance(part, _ASKING) for part in ex.walk(expr))
        self._columns = tuple(sorted(own))
        self._alike = not asks and read <= own | same
        self._found: dict[tuple[Cell, ...], _T] = {}

    def of(self, subject: SubjectFacts, row: Row) -> _T:
        """What the expression says of a row of the subject."""
        if not self._alike:
            return self._compute(self._expr, RowFacts(subject, self._sheet, row))
        cells = tuple(map(row.values.get, self._columns))
        found = self._found.get(cells)
        if found is None:
            found = self._compute(self._expr, RowFacts(subject, self._sheet, row))
            if len(self._found) < KEPT:
                self._found[cells] = found
        return found


class RowReadings:
    """The expressions over rows of one review, each the same for all subjects that ask."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._kept: dict[tuple[str, int, object], OverRows[Any]] = {}

    def over(
        self, sheet: Sheet, expr: ex.Expr, compute: Callable[[ex.Expr, Facts], _T]
    ) -> OverRows[_T]:
        """An expression over the rows of a sheet; `compute` is `judge` or `evaluate`."""
        key = (sheet.name, id(expr), compute)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = OverRows(self._setting, sheet, expr, compute)
        return kept


_ASKING = (
    ex.Found, ex.Present, ex.Lacking, ex.Flagged, ex.Confirmed, ex.Denied, ex.ItemScore
)  # fmt: skip
"""What asks for facts that no row holds."""
