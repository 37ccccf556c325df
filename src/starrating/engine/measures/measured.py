"""What a measure comes to, and the rows it is measured over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from starrating.engine.expressions.formulas import evaluate, judge
from starrating.engine.rows.reach import Reach
from starrating.engine.values import Truth, Value
from starrating.records.model import Row
from starrating.rulebook.expressions import Expr
from starrating.rulebook.model import Measure
from starrating.schema import Sheet

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one subject: its value, and the story of how it came about.

    `applies` is false where no calendar unit is due (step 2). `cells` tells the cells counted,
    `lacking` the names of units not met, `not_counted` rows with reasons, `unknown` what is not
    known (Chinese).
    """

    value: Value
    applies: bool = True
    cells: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)
    lacking: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The cells counted."""
        return self.cells()


@dataclass(frozen=True, slots=True)
class RowMeasure:
    """One measure of one subject over the rows of a sheet that it reaches."""

    subject: SubjectFacts
    rule: Measure
    sheet: Sheet
    reach: Reach

    def operand(self, expr: Expr) -> Callable[[Row], Value]:
        """An expression on each row."""
        return partial(self.subject.readings.over(self.sheet, expr, evaluate).of, self.subject)

    def holds(self, condition: Expr) -> Callable[[Row], Truth]:
        """A condition on each row."""
        return partial(self.subject.readings.over(self.sheet, condition, judge).of, self.subject)
