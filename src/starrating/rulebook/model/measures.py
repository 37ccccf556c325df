"""Measures: what happened, as numbers (semantics.md steps 3 to 5)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from starrating.rulebook import expressions as ex
from starrating.rulebook.bounds import Adjustable
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import (
    Cadence,
    Formula,
    FormulaList,
    Named,
    NameList,
    Number,
    NumberList,
    NumberMap,
    PlainLength,
    ReadBy,
    Whole,
    Words,
    YesNo,
    refuse,
    to_periods,
)
from starrating.rulebook.model.block import Block, Forms


class Units(Block):
    """`missing` and `short`: how many events each unit asks for, and the days of grace."""

    every: Cadence
    at_least: Whole = 1
    grace: PlainLength | None = None


class Late(Block):
    """`late`: begun units between due + grace and the day it was done (step 4)."""

    due: Formula
    done: Formula
    unit: Literal["day", "week", "month", "quarter", "half", "year"] = "month"
    grace: PlainLength | None = None
    not_before: PlainLength | None = None
    if_blank: Number | None = None
    take: Literal["sum", "max", "rows"] | None = None


class RankDecl(Block):
    """`rank` and `best`: of which figure, among which group (step 5)."""

    of: Formula
    among: Named | None = None
    order: Literal["high", "low"] = "high"


class ReviewDecl(Block):
    """`review`: a figure of this organisation in earlier reviews of a rulebook (step 5).

    `of` is `total`, `star` or an item's id; `periods` how many of the newest reviews, or their
    names; a period without a review is unknown.
    """

    id: Named
    of: Named = "total"
    periods: Annotated[int | tuple[str, ...], ReadBy(to_periods)] = 1
    take: Literal["sum", "average", "latest", "weights"] = "latest"
    weights: NumberList = ()

    @model_validator(mode="after")
    def _one_weight_a_period(self) -> Self:
        count = self.periods if isinstance(self.periods, int) else len(self.periods)
        if (self.take == "weights") != bool(self.weights) or (
            self.weights and len(self.weights) != count
        ):
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="weights 与期数不符",
                    remedy="take: weights 时，每期写一个权重，由早到晚",
                )
            )
        return self


class Together(Block):
    """A figure of several organisations taken together (step 5).

    `of` is an expression over the facts of each; `where` says which of them count.
    """

    of: Formula | None = None
    take: Literal["mean", "min", "max", "sum", "share", "count"] = "mean"
    where: Formula | None = None

    @model_validator(mode="after")
    def _a_figure_to_take(self) -> Self:
        if self.of is None and self.take not in ("count", "share"):
            raise refuse(CODES.fault("R202", self.origin, name="of"))
        return self


class SubordinatesDecl(Together):
    """`subordinates`: a figure of the organisations below this one, taken together (step 5).

    `of` is `total` or `star` of the rulebook named, which runs before, or an expression over the
    facts of each subordinate; `level` says direct ones only, or all below. With `rulebook` the
    subordinates are those in its scope, whether in this one's or not, and `where` may read their
    总分 and 星级.
    """

    RESULTS: ClassVar[tuple[str, ...]] = ("total", "star")

    level: Literal["direct", "all"] = "direct"
    rulebook: Named | None = None

    @model_validator(mode="after")
    def _a_result_of_the_rulebook(self) -> Self:
        if self.rulebook is not None and self.of is not None and self.result is None:
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="写了 rulebook，of 却不是 total 或 star",
                    remedy="of 写 total（总分）或 star（星级）；下级自己的数，不写 rulebook",
                )
            )
        return self

    @property
    def result(self) -> str | None:
        """`total` or `star` where `of` names a result of the other rulebook."""
        if self.rulebook is None or not isinstance(self.of, ex.Name):
            return None
        return self.of.name if self.of.name in self.RESULTS else None


class GroupDecl(Together):
    """`group`: a figure of this organisation's group, itself included, taken together (step 5).

    `among` is the column that groups, as in `rank`; without it all organisations are one group.
    """

    among: Named | None = None


class Measure(Forms):
    """One measure: what happened, as a number (step 4)."""

    FORMS: ClassVar[tuple[str, ...]] = (
        "count", "distinct", "sum", "average", "min", "max", "latest", "share", "ratio",
        "missing", "short", "longest_gap", "late", "field", "value", "rank", "best", "review",
        "subordinates", "group",
    )  # fmt: skip
    sheet: Named | None = None
    where: Formula | None = None
    look_back: PlainLength | None = None
    skip_missing: YesNo = False
    unit: Words | None = None
    basis: Words | None = None
    count: Literal["rows"] | None = None
    distinct: Formula | None = None
    sum_: Formula | None = Field(default=None, alias="sum")
    average: Formula | None = None
    min_: Formula | None = Field(default=None, alias="min")
    max_: Formula | None = Field(default=None, alias="max")
    latest: Formula | None = None
    share: Formula | None = None
    ratio: FormulaList | None = None
    missing: Units | None = None
    short: Units | None = None
    longest_gap: YesNo | None = None
    late: Late | None = None
    field: Named | None = None
    value: Formula | None = None
    rank: RankDecl | None = None
    best: RankDecl | None = None
    review: ReviewDecl | None = None
    subordinates: SubordinatesDecl | None = None
    group: GroupDecl | None = None
    values: NumberMap | None = None
    of: Named | None = None
    weighted_by: Named | None = None
    leave_out: NameList = ()
    locked: YesNo = False
    adjustable: Adjustable = Field(default_factory=dict)

    NEEDS_SHEET: ClassVar[frozenset[str]] = frozenset(
        ("count", "distinct", "sum", "average", "min", "max", "latest", "share", "ratio",
         "missing", "short", "longest_gap")
    )  # fmt: skip

    @property
    def formulas(self) -> tuple[ex.Expr, ...]:
        """The expressions over facts of whole organisations (not of single rows)."""
        if self.sheet is not None:
            return ()
        late, contest, together = self.late, self.contest, self.together
        written = (
            self.value,
            *((late.due, late.done) if late is not None else ()),
            *((contest.of,) if contest is not None else ()),
            *((together.of, together.where) if together is not None else ()),
        )
        return tuple(expr for expr in written if expr is not None)

    @property
    def columns_read(self) -> tuple[str, ...]:
        """The names whose value on each row makes the figure of a measure over rows, as written:
        columns of its sheet or of 党组织. What is only counted reads none (step 14)."""
        if self.values is not None:
            return tuple(name for name in (self.of, self.weighted_by) if name is not None)
        operands = (
            self.distinct, self.sum_, self.average, self.min_, self.max_, self.latest, self.share,
            *(self.ratio or ()),
            *((self.late.due, self.late.done) if self.late is not None else ()),
        )  # fmt: skip
        return tuple(
            dict.fromkeys(
                leaf.name for expr in operands if expr is not None for leaf in ex.names(expr)
            )
        )

    @property
    def reads_elsewhere(self) -> bool:
        """Whether the results it reads are those that another rulebook has given."""
        return self.subordinates is not None and self.subordinates.rulebook is not None

    @property
    def contest(self) -> RankDecl | None:
        """What `rank` or `best` compares."""
        return self.rank or self.best

    @property
    def together(self) -> Together | None:
        """What `subordinates` or `group` takes together."""
        return self.subordinates or self.group

    @property
    def among(self) -> str | None:
        """The column by which organisations are grouped, where the measure looks at a group."""
        grouped = self.contest or self.group
        return grouped.among if grouped is not None else None

    @model_validator(mode="after")
    def _sheet_where_needed(self) -> Self:
        if self.form in self.NEEDS_SHEET and self.sheet is None:
            raise refuse(CODES.fault("R202", self.origin, name="sheet"))
        if self.form == "ratio" and len(self.ratio or ()) != 2:
            raise refuse(
                CODES.fault(
                    "R203", self.origin, value="ratio", kind="两项的列表", example="[实到, 应到]"
                )
            )
        if self.values is not None and not (
            self.form == "field" or (self.of is not None and self.form in ("average", "sum"))
        ):
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="values 缺少 of 或 average",
                    remedy="写明 of：等次列，并写 average: true",
                )
            )
        return self
