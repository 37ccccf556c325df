"""What a measure comes to, and the rows it is measured over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starrating.engine.formulas import evaluate, judge
from starrating.engine.rows import Reach
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

    `applies` is false where no calendar unit is due (step 2). `sources` are the cells counted,
    `lacking` the names of units not met, `not_counted` rows with reasons, `unknown` what is not
    known (Chinese).
    """

    value: Value
    applies: bool = True
    sources: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowMeasure:
    """One measure of one subject over the rows of a sheet that it reaches."""

    subject: SubjectFacts
    rule: Measure
    sheet: Sheet
    reach: Reach

    def operand(self, expr: Expr) -> Callable[[Row], Value]:
        """An expression on each row."""
        return partial(self.subject.setting.over_rows(self.sheet, expr, evaluate).of, self.subject)

    def holds(self, condition: Expr) -> Callable[[Row], Truth]:
        """A condition on each row."""
        return partial(
            self.subject.setting.over_rows(self.sheet, condition, judge).of, self.subject
        )
