"""Star bands, quotas and limits on moves (semantics.md steps 10 to 12)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from starrating.number import plain
from starrating.rulebook.bounds import Adjustable
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import (
    Formula,
    Named,
    Number,
    Reach,
    ReadBy,
    Whole,
    Words,
    YesNo,
    place,
    refuse,
    to_reach,
)
from starrating.rulebook.model.block import Block
from starrating.yamltext import plain_name

UNREACHABLE = Fraction(10**12)
"""The edge of a star that no total gives."""


def _proper(block: Block, share: Fraction) -> None:
    """Refuses a share of a group below 0 or above 1."""
    if not 0 <= share <= 1:
        raise refuse(
            CODES.fault(
                "R203", block.origin, value=plain(share), kind="0 到 100% 的比例", example="30%"
            )
        )


OnTie = Literal["undecided", "include", "exclude"] | tuple[str, ...]
"""What happens at a tie: a word, or the measures that break it, the first one first."""
_TIES: tuple[Literal["undecided", "include", "exclude"], ...] = ("undecided", "include", "exclude")


def _on_tie(value: Any) -> OnTie:
    if not isinstance(value, str):
        return tuple(plain_name(entry) for entry in value)
    known = next((word for word in _TIES if word == plain_name(value)), None)
    if known is None:
        choices = f"{'、'.join(_TIES)}，或指标名称的列表"
        raise refuse(CODES.fault("R205", place(value), value=value, choices=choices))
    return known


class AtMost(Block):
    """A quota on a star (step 12)."""

    share: Number | None = None
    number: Whole | None = None
    among: Named | None = None
    of: Formula | None = None
    on_tie: Annotated[OnTie, ReadBy(_on_tie)] = "undecided"
    level: Words | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.share is None) == (self.number is None):
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="名额须恰写 share 或 number 之一",
                    remedy="例如 share: 30%",
                )
            )
        return self

    @model_validator(mode="after")
    def _share_of_one(self) -> Self:
        if self.share is not None:
            _proper(self, self.share)
        return self


class Star(Block):
    """One star band: its lower edge, further conditions, and its quota (steps 10 and 12)."""

    star: Whole
    from_: Number | None = Field(default=None, alias="from")
    if_: Formula | None = Field(default=None, alias="if")
    each_section: Annotated[Reach | None, ReadBy(to_reach)] = None
    name: Words | None = None
    requires: Formula | None = None
    at_most: AtMost | None = None
    named_by: Words | None = None
    locked: YesNo = False
    adjustable: Adjustable = Field(default_factory=dict)

    @model_validator(mode="after")
    def _edge_or_condition(self) -> Self:
        if self.from_ is None and self.if_ is None:
            raise refuse(CODES.fault("R202", self.origin, name="from"))
        if self.star == 0:
            raise refuse(
                CODES.fault(
                    "R204",
                    self.origin,
                    what="星级从 1 起",
                    remedy="达不到最低一档的就是无星，不必写 star: 0",
                )
            )
        return self

    @property
    def edge(self) -> Fraction:
        """The lower edge; a star that only a condition gives has none that a total could reach."""
        return self.from_ if self.from_ is not None else UNREACHABLE


class PerSection(Block):
    """`one_per_section`: a star for each section that reaches the mark."""

    from_: Annotated[Reach, ReadBy(to_reach)] = Field(alias="from")


class Moves(Block):
    """Limits against last year's final star (step 11), and the star after a merger (step 17)."""

    rise_at_most: Whole | None = None
    fall_at_most: Whole | None = None
    unless: Formula | None = None
    after_merger: Literal["lowest", "highest", "none", "unknown"] = "unknown"
    succeeds: Literal["records"] | None = None


class Lagging(Block):
    """A 倒排建议: the lowest up to a share, never a change of star (step 12)."""

    at_least: Number
    among: Named | None = None
    where: Formula | None = None

    @model_validator(mode="after")
    def _share_of_one(self) -> Self:
        _proper(self, self.at_least)
        return self
