"""What the rules are: the surface model of format 1, as written, with the place of every part.

Each class is one block of the rule language (docs/language.md); the evaluators interpret it
directly. Blocks refuse unknown words; numbers are exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

from starrating.origin import Origin
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import (
    NOWHERE,
    Amount,
    AmountOrMap,
    Cadence,
    Day,
    Formula,
    FormulaList,
    Length,
    Named,
    NameList,
    Number,
    NumberMap,
    PlainLength,
    Whole,
    WordList,
    Words,
    YesNo,
    place,
    refuse,
)
from starrating.yamltext import plain_name

Percent = Number


class Block(BaseModel):
    """A block of the file: refuses unknown words and knows where it starts."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        populate_by_name=False,
        defer_build=True,
    )
    origin: Annotated[Origin, PlainValidator(lambda value: value)] = Field(
        default=NOWHERE, exclude=True, repr=False
    )

    @model_validator(mode="before")
    @classmethod
    def _with_place(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "origin" not in data:
            return {**data, "origin": place(data)}
        return data


class Forms(Block):
    """A block that must be written in exactly one of several forms."""

    FORMS: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        written = [name for name in self.FORMS if getattr(self, _field(name)) is not None]
        if len(written) != 1:
            what = "缺少动作" if not written else f"同时写了{'、'.join(written)}"
            raise refuse(
                CODES.fault(
                    "R204", self.origin, what=what, remedy=f"应恰写其一：{'、'.join(self.FORMS)}"
                )
            )
        return self

    @property
    def form(self) -> str:
        """The word of the form that is written."""
        return next(name for name in self.FORMS if getattr(self, _field(name)) is not None)


def _field(word: str) -> str:
    return {"if": "if_", "min": "min_", "max": "max_", "sum": "sum_"}.get(word, word)


class Issued(Block):
    """Who issued the rules, by which document, when."""

    by: Words | None = None
    document: Words | None = None
    date: Day | None = None


class InForce(Block):
    """The days between which a version is in force, both included; no `until` is open."""

    from_: Day = Field(alias="from")
    until: Day | None = None


class Extends(Block):
    """The superior's rulebook that this one builds on."""

    id: Words
    version: Words


class Subjects(Block):
    """Which organisations are in scope, and which of them are rated (step 1)."""

    where: Formula | None = None
    rated_when: Formula | None = None


class ColumnDecl(Block):
    """A further column of a known sheet, or a column of a declared table."""

    type: Literal["text", "code", "number", "date", "truth", "answer"] = "text"
    unit: Words | None = None
    blank: Literal["none", "unknown"] = "unknown"
    date_kind: Literal["event", "deadline", "record"] = "event"
    aliases: WordList = ()
    required: YesNo = False


def _short_column(value: Any) -> Any:
    return {"type": value, "origin": place(value)} if isinstance(value, str) else value


ColumnEntry = Annotated[ColumnDecl, BeforeValidator(_short_column)]


def _date_columns(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return () if value.strip() == "none" else (plain_name(value),)
    return tuple(plain_name(entry) for entry in value)


class TableDecl(Block):
    """A sheet of this rulebook's own."""

    columns: dict[str, ColumnEntry]
    date: Annotated[tuple[str, ...], PlainValidator(_date_columns)] = ()
    no_rows: Literal["none", "unknown"] = "unknown"
    aliases: WordList = ()


class Defaults(Block):
    """What holds where an item does not say it."""

    not_applicable: Literal["full", "leave_out", "zero"] | None = None


class Term(Block):
    """A named term of the year, by month and day (`09-01`); it may end in the next year."""

    from_: Words = Field(alias="from")
    until: Words


class Points(Block):
    """How totals are rounded: once, at the end, to `decimals` places (step 8)."""

    decimals: Whole = 2


class CheckPolicy(Block):
    """What a check point or list element without a row means, and which points sum 数量."""

    unrecorded: Literal["unknown", "not_found"] = "unknown"
    unrecorded_elements: Literal["unknown", "present", "lacking"] = "unknown"
    count: NameList = ()


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


class Measure(Forms):
    """One measure: what happened, as a number (step 4)."""

    FORMS: ClassVar[tuple[str, ...]] = (
        "count", "distinct", "sum", "average", "min", "max", "latest", "share", "ratio",
        "missing", "short", "longest_gap", "late", "field", "value", "rank", "best",
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
    values: NumberMap | None = None
    of: Named | None = None
    weighted_by: Named | None = None
    leave_out: NameList = ()

    NEEDS_SHEET: ClassVar[frozenset[str]] = frozenset(
        ("count", "distinct", "sum", "average", "min", "max", "latest", "share", "ratio",
         "missing", "short", "longest_gap")
    )  # fmt: skip

    @model_validator(mode="after")
    def _sheet_where_needed(self) -> Self:
        if self.form in self.NEEDS_SHEET and self.sheet is None:
            raise refuse(CODES.fault("R202", self.origin, name="sheet"))
        if self.form == "ratio" and len(self.ratio or ()) != 2:
            raise refuse(
                CODES.fault("R203", self.origin, value="ratio", kind="两项的列表", example="[实到, 应到]")
            )
        if self.values is not None and (self.of is None or self.form not in ("average", "sum")):
            raise refuse(
                CODES.fault("R204", self.origin, what="values 缺少 of 或 average", remedy="写明 of：等次列，并写 average: true")
            )
        return self


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
                CODES.fault("R204", self.origin, what="分档须恰写 from、over、upto 之一", remedy="from 含下界，over 不含下界，upto 含上界")
            )
        return self


class Clause(Forms):
    """One clause of an item: what it takes, gives or sets, and when (step 6)."""

    FORMS: ClassVar[tuple[str, ...]] = (
        "deduct", "add", "score", "bands", "worst_of", "best_of",
    )  # fmt: skip
    deduct: AmountOrMap | None = None
    add: AmountOrMap | None = None
    score: AmountOrMap | None = None
    bands: Bands | None = None
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
        return self.form in ("score", "bands")

    def inner(self) -> tuple[Clause, ...]:
        """The clauses of worst_of or best_of."""
        return self.worst_of or self.best_of or ()

    @model_validator(mode="after")
    def _steps_are_whole(self) -> Self:
        edges = sum(edge is not None for edge in (self.below, self.above))
        if (self.every is not None) != (self.of is not None) or (
            self.every is not None and edges != 1
        ):
            raise refuse(
                CODES.fault("R204", self.origin, what="every、of 与 below/above 须同时写", remedy="例如 every: 1%, of: 到会率, below: 70%")
            )
        if self.every is not None and self.every <= 0:
            raise refuse(
                CODES.fault("R203", self.origin, value="every", kind="正数", example="1%")
            )
        return self


class Item(Block):
    """One item of the printed sheet."""

    id: Named
    title: Words
    points: Number | None = None
    clauses: tuple[Clause, ...] = ()
    basis: Words | None = None
    starts_at: Literal["full", "zero"] | None = None
    cap: Number | None = None
    floor: Number | None = None
    applies_when: Formula | None = None
    not_applicable: Literal["full", "leave_out", "zero"] | None = None
    self_scored: YesNo = False

    def every_clause(self) -> Iterator[tuple[str, Clause]]:
        """All clauses with their numbers: `1`, `2`, and `2.1` inside worst_of and best_of."""
        for number, clause in enumerate(self.clauses, start=1):
            yield str(number), clause
            for inner_number, inner in enumerate(clause.inner(), start=1):
                yield f"{number}.{inner_number}", inner


class Section(Block):
    """One section of the sheet (steps 6 to 8)."""

    title: Words
    points: Number | None = None
    kind: Literal["base", "bonus", "deduction"] = "base"
    items: tuple[Item, ...] = ()
    cap: Number | None = None
    floor: Number | None = None
    clamp: YesNo = False
    weight: Percent | None = None
    scale_to: Number | None = None
    applies_when: Formula | None = None


class AtMost(Block):
    """A quota on a star (step 12)."""

    share: Number | None = None
    number: Whole | None = None
    among: Named | None = None
    of: Formula | None = None
    on_tie: Annotated[
        str | tuple[str, ...],
        PlainValidator(
            lambda value: (
                plain_name(value)
                if isinstance(value, str)
                else tuple(plain_name(entry) for entry in value)
            )
        ),
    ] = "undecided"
    level: Words | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.share is None) == (self.number is None):
            raise refuse(
                CODES.fault("R204", self.origin, what="名额须恰写 share 或 number 之一", remedy="例如 share: 30%")
            )
        return self


class Star(Block):
    """One star band: its lower edge, further conditions, and its quota (steps 10 and 12)."""

    star: Whole
    from_: Number = Field(alias="from")
    name: Words | None = None
    requires: Formula | None = None
    at_most: AtMost | None = None
    named_by: Words | None = None


class Moves(Block):
    """Limits against last year's final star (step 11), and the star after a merger (step 17)."""

    rise_at_most: Whole | None = None
    fall_at_most: Whole | None = None
    unless: Formula | None = None
    after_merger: Literal["lowest", "highest", "none", "unknown"] = "unknown"
    succeeds: Literal["records"] | None = None


class Lagging(Block):
    """A 倒排建议: the lowest up to a share, never a change of star (step 12)."""

    at_least: Percent
    among: Named | None = None
    where: Formula | None = None


class Effect(Block):
    """What a judgement does; the list of effects is closed (rulebook.md)."""

    score: Number | None = None
    item: Named | None = None
    total: Number | None = None
    star_at_most: Whole | None = None
    star: Literal["none"] | None = None
    deny: Words | None = None
    flag: Named | None = None
    case: Words | None = None
    task: Words | None = None
    within: Length | None = None
    owner: Words | None = None
    kind: Words | None = None


class Judgement(Block):
    """One judgement: a condition over facts and flags, and its effects (steps 9 and 13)."""

    id: Named
    if_: Formula = Field(alias="if")
    then: Effect
    title: Words | None = None
    basis: Words | None = None


class Duty(Block):
    """How a loss is put right: the task's text, its length, who, and of what kind (step 15)."""

    task: Words | None = None
    within: Length | None = None
    owner: Words | None = None
    kind: Words | None = None


class RowCheck(Block):
    """A condition on single rows whose hits appear as faults or hints, never as points."""

    sheet: Named
    if_: Formula = Field(alias="if")
    severity: Literal["error", "warning", "hint"] = "warning"
    message: Words


class Waiver(Block):
    """A check that is turned off in this file, with the reason."""

    code: Words
    reason: Words
    at: Words | None = None


class CasePlan(Block):
    """The plan a case runs under."""

    period: Words
    cut_off: Day | None = None
    level: Words | None = None
    stage: Words | None = None


class Case(Block):
    """One test beside the rules (rulebook.md, Cases); `given`, `previous`, `expect` stay as written."""

    title: Words
    why: Words | None = None
    plan: CasePlan
    issued: Day | None = None
    given: Annotated[Mapping[str, Any], PlainValidator(lambda value: value)] = Field(
        default_factory=dict
    )
    previous: Annotated[Mapping[str, Any], PlainValidator(lambda value: value)] = Field(
        default_factory=dict
    )
    expect: Annotated[Mapping[str, Any], PlainValidator(lambda value: value)] = Field(
        default_factory=dict
    )


class Rulebook(Block):
    """A whole rulebook, with all that it extends already merged in by `read.py`."""

    format: Literal["1"]
    id: Words
    version: Words
    title: Words
    issued: Issued | None = None
    in_force: InForce
    continues: Words | None = None
    extends: Extends | None = None
    library: YesNo = False
    subjects: Subjects = Subjects()
    columns: dict[str, dict[str, ColumnEntry]] = Field(default_factory=dict)
    tables: dict[str, TableDecl] = Field(default_factory=dict)
    defaults: Defaults = Defaults()
    period: Words = "year"
    terms: dict[str, Term] = Field(default_factory=dict)
    raters: NameList = ()
    points: Points = Points()
    lists: dict[str, NameList] = Field(default_factory=dict)
    checks: CheckPolicy = CheckPolicy()
    measures: dict[str, Measure] = Field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    total: Formula | None = None
    total_cap: Number | None = None
    total_floor: Number | None = None
    stars: tuple[Star, ...] = ()
    moves: Moves | None = None
    lagging: tuple[Lagging, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    rectification: dict[str, Duty] = Field(default_factory=dict)
    row_checks: tuple[RowCheck, ...] = ()
    waive: tuple[Waiver, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def reference(self) -> str:
        """`id@version`, as plans and messages write it."""
        return f"{self.id}@{self.version}"

    def items(self) -> Iterator[tuple[Section, Item]]:
        """All items with their sections, in the order of the sheet."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    def bands(self) -> tuple[Star, ...]:
        """The star bands, high first."""
        return tuple(sorted(self.stars, key=lambda star: (-star.from_, -star.star)))

