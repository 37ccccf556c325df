"""Who issued the rules, whom they are for, and what they add to the sheets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from starrating.rulebook.fields import (
    Day,
    Formula,
    MonthDay,
    Named,
    NameList,
    ReadBy,
    Whole,
    WordList,
    Words,
    YesNo,
    place,
)
from starrating.rulebook.model.block import Block
from starrating.yamltext import plain_name


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
    date: Annotated[tuple[str, ...], ReadBy(_date_columns)] = ()
    no_rows: Literal["none", "unknown"] = "unknown"
    aliases: WordList = ()


class Defaults(Block):
    """What holds where an item does not say it."""

    not_applicable: Literal["full", "leave_out", "zero"] | None = None


class Term(Block):
    """A named term of the year, by month and day (`09-01`); it may end in the next year."""

    from_: MonthDay = Field(alias="from")
    until: MonthDay


class Points(Block):
    """How totals are rounded: once, at the end, to `decimals` places (step 8)."""

    decimals: Whole = 2


class CheckPolicy(Block):
    """What a check point or list element without a row means, and which points sum 数量."""

    unrecorded: Literal["unknown", "not_found"] = "unknown"
    unrecorded_elements: Literal["unknown", "present", "lacking"] = "unknown"
    count: NameList = ()


class RowCheck(Block):
    """A condition on single rows whose hits appear as faults or hints, never as points."""

    sheet: Named
    if_: Formula = Field(alias="if")
    severity: Literal["error", "warning", "hint"] = "warning"
    message: Words
