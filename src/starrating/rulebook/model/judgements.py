"""Judgements, their effects, and how losses are put right (steps 9, 13 and 15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from starrating.rulebook.bounds import Adjustable
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import (
    Formula,
    Length,
    Named,
    Number,
    Whole,
    Words,
    YesNo,
    place,
    refuse,
)
from starrating.rulebook.model.block import Block
from starrating.rulebook.model.clauses import TruthTable, truth_condition


class Effect(Block):
    """What a judgement does; the list of effects is closed."""

    score: Number | None = None
    item: Named | None = None
    total: Number | None = None
    star_at_most: Whole | None = None
    star: Literal["none"] | None = None
    deny: Words | None = None
    flag: Named | None = None
    case: Words | None = None
    amount: Formula | None = None
    task: Words | None = None
    within: Length | None = None
    owner: Words | None = None
    kind: Words | None = None


class Judgement(Block):
    """One judgement: a condition over facts and flags, and its effects (steps 9 and 13)."""

    id: Named
    if_: Formula = Field(alias="if")
    table: TruthTable | None = None
    then: Effect
    title: Words | None = None
    basis: Words | None = None
    locked: YesNo = False
    adjustable: Adjustable = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _condition_of_table(cls, data: Any) -> Any:
        """`table:` instead of `if:`: the condition that its rows with 是 make together."""
        if not isinstance(data, Mapping) or "table" not in data:
            return data
        if "if" in data:
            what, remedy = "if 和 table 不能同时写", "留下其中一个"
            raise refuse(CODES.fault("R204", place(data), what=what, remedy=remedy))
        table = TruthTable.model_validate(data["table"])
        return {**data, "origin": place(data), "table": table, "if": truth_condition(table)}


class Duty(Block):
    """How a loss is put right: the task's text, its length, who, and of what kind (step 15).

    `task: none` says that the loss is told and becomes no task; nothing stands beside it.
    """

    NONE: ClassVar[str] = "none"

    task: Words | None = None
    within: Length | None = None
    owner: Words | None = None
    kind: Words | None = None

    @property
    def no_task(self) -> bool:
        """Whether the loss becomes no task."""
        return self.task == self.NONE

    @model_validator(mode="after")
    def _nothing_beside_none(self) -> Self:
        if self.no_task and (self.within or self.owner or self.kind):
            what = "task: none（不列任务）旁边写了期限、责任人或类别"
            raise refuse(CODES.fault("R204", self.origin, what=what, remedy="留下其中一样"))
        return self
