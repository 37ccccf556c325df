"""What a measure comes to for n subjects, and what it is measured over."""

from __future__ import annotations

from dataclasses import dataclass

from starrating.engine.kernel.expressions.formulas import evaluate, judge
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.rows.reach import Reach
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.marks import Truths
from starrating.engine.kernel.values.numbers import Numbers, Value, select
from starrating.rulebook.expressions import Expr
from starrating.rulebook.model import Measure, Rulebook


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The values of a measure; `applies` is false where no calendar unit is due (step 2), and None
    where it holds of all."""

    value: Value
    applies: Bools | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RowMeasure:
    """One measure over the rows that it reaches."""

    part: Part
    book: Rulebook
    rule: Measure
    reach: Reach

    @property
    def n(self) -> int:
        """How many subjects."""
        return self.part.n

    def operand(self, expr: Expr) -> Value:
        """An expression on each row."""
        return evaluate(expr, self.reach.facts)

    def holds(self, condition: Expr) -> Truths:
        """A condition on each row."""
        return judge(condition, self.reach.facts)


def where_absent(of: RowMeasure, found: Numbers, otherwise: Numbers) -> Numbers:
    """`otherwise` for the subjects of which no row tells nothing."""
    absent = of.reach.absent
    return select(absent, otherwise, found) if absent.any() else found
