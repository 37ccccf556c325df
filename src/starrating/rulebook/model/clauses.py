"""Clauses: what is taken, given or set, and when (semantics.md step 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from starrating.rulebook.bounds import Adjustable
from starrating.rulebook.codes import CODES
from starrating.rulebook.expressions import And, Expr, Not, Or, Truth
from starrating.rulebook.fields import (
    Amount,
    AmountOrMap,
    Between,
    Formula,
    FormulaList,
    Named,
    Number,
    NumberMap,
    ReadBy,
    Words,
    place,
    refuse,
    to_number,
    to_rows,
    to_truth,
)
from starrating.rulebook.model.block import Block, Forms
from starrating.rulebook.tables import cell_condition, row_condition


class Bands(Block):
    """`bands`: the band a value falls in sets the points; edges included (`from`) or not."""

    of: Formula
    from_: NumberMap | None = Field(default=None, alias="from")
    over: NumberMap | None = None
    upto: NumberMap | None = None
    otherwise: Number | None = None

    @model_validator(mode="after")
    def _edges(self) -> Self:
        if sum(edges is not None for edges in (self.from_, self.over, self.upto)) != 1:
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="分档须恰写 from、over、upto 之一",
                    remedy="from 含下界，over 不含下界，upto 含上界",
                )
            )
        return self


class Table(Block):
    """`table`: a decision table; each row's cells are conditions on the inputs in order.

    hit `unique`: exactly one row may hold; `first`: the first that holds; `priority`: of those
    that hold the one with the most points; `collect`: all, added up.
    """

    of: FormulaList
    hit: Literal["unique", "first", "priority", "collect"]
    rows: Annotated[tuple[tuple[str, ...], ...], ReadBy(to_rows)]
    otherwise: Number | None = None

    @model_validator(mode="after")
    def _rows_can_be_read(self) -> Self:
        for row in self.rows:
            if len(row) != len(self.of) + 1:
                raise refuse(
                    CODES.fault(
                        "R204",
                        place(row[0]),
                        what=f"这一行有{len(row)}格，应有{len(self.of) + 1}格",
                        remedy="每行先写各输入的条件，最后一格写结果",
                    )
                )
            for given, cell in zip(self.of, row, strict=False):
                if cell_condition(given, cell) is None:
                    raise refuse(
                        CODES.fault(
                            "R203",
                            place(cell),
                            value=cell,
                            kind="表格条件",
                            example="any、over 50、50 to 100、农村、社区",
                        )
                    )
        return self

    def conditions(self) -> tuple[Expr, ...]:
        """The rows as conditions, in the order written."""
        found = (row_condition(self.of, row[:-1]) for row in self.rows)
        return tuple(each for each in found if each is not None)


class PointsTable(Table):
    """A decision table whose outcomes are points."""

    @model_validator(mode="after")
    def _outcomes_are_points(self) -> Self:
        for row in self.rows:
            to_number(row[-1])
        return self

    def outcomes(self) -> tuple[Fraction, ...]:
        """The points of each row."""
        return tuple(to_number(row[-1]) for row in self.rows)


class TruthTable(Table):
    """A decision table whose outcomes are 是 or 否: a judgement's condition."""

    @model_validator(mode="after")
    def _outcomes_are_truths(self) -> Self:
        for row in self.rows:
            to_truth(row[-1])
        if self.otherwise is not None:
            what, remedy = "判定的表不写 otherwise：没有列到的就是“否”", "删去 otherwise"
            raise refuse(CODES.fault("R204", self.origin, what=what, remedy=remedy))
        return self


def truth_condition(table: TruthTable) -> Expr:
    """The rows of a table of 是 and 否 as one condition; `first` lets earlier rows go before."""
    rows = table.conditions()
    parts: list[Expr] = []
    for number, (condition, row) in enumerate(zip(rows, table.rows, strict=True)):
        if to_truth(row[-1]):
            before = rows[:number] if table.hit == "first" else ()
            parts.append(And((condition, *(Not(each) for each in before))) if before else condition)
    if not parts:
        return Truth(value=False)
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


class Clause(Forms):
    """One clause of an item: what it takes, gives or sets, and when (step 6)."""

    FORMS: ClassVar[tuple[str, ...]] = (
        "deduct", "add", "score", "bands", "table", "worst_of", "best_of",
    )  # fmt: skip
    deduct: AmountOrMap | None = None
    add: AmountOrMap | None = None
    score: AmountOrMap | None = None
    bands: Bands | None = None
    table: PointsTable | None = None
    worst_of: tuple[Clause, ...] | None = None
    best_of: tuple[Clause, ...] | None = None
    if_: Formula | None = Field(default=None, alias="if")
    per: Formula | None = None
    by: Named | None = None
    highest: Literal["only"] | None = None
    every: Number | None = None
    of: Formula | None = None
    below: Formula | None = None
    above: Formula | None = None
    partial: Literal["counts"] | None = None
    up_to: Number | None = None
    if_unknown: Literal["as_met", "as_lost", "unassessed"] = "unassessed"
    basis: Words | None = None
    note: Words | None = None
    adjustable: Adjustable = Field(default_factory=dict)

    @property
    def amount(self) -> Amount | dict[str, Amount] | None:
        """What deduct, add or score holds."""
        for held in (self.deduct, self.add, self.score):
            if held is not None:
                return held
        return None

    @property
    def sets(self) -> bool:
        """Whether the clause sets the base instead of adding or deducting."""
        return self.form in ("score", "bands", "table")

    def inner(self) -> tuple[Clause, ...]:
        """The clauses of worst_of or best_of."""
        return self.worst_of or self.best_of or ()

    @property
    def by_person(self) -> bool:
        """Whether a person's number or level, and not a record, decides the clause (step 6)."""
        if self.inner():
            return any(inner.by_person for inner in self.inner())
        amount = self.amount
        if isinstance(amount, dict):
            levels = self.form == "score" and self.by is None
            return levels or any(isinstance(each, Between) for each in amount.values())
        return isinstance(amount, Between)

    @model_validator(mode="after")
    def _choices_move_points(self) -> Self:
        if any(inner.sets for inner in self.inner()):
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what=f"{self.form} 里只能写 deduct、add",
                    remedy="定分的条款（score、bands、table）直接写在 clauses 下",
                )
            )
        return self

    @model_validator(mode="after")
    def _steps_are_whole(self) -> Self:
        edges = sum(edge is not None for edge in (self.below, self.above))
        if (self.every is not None) != (self.of is not None) or (
            self.every is not None and edges != 1
        ):
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="every、of 与 below/above 须同时写",
                    remedy="例如 every: 1%, of: 到会率, below: 70%",
                )
            )
        if self.every is not None and self.every <= 0:
            raise refuse(CODES.fault("R203", self.origin, value="every", kind="正数", example="1%"))
        return self
