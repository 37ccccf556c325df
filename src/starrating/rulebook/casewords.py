"""What a case may say, as shapes: which words where, and what stands behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Scalar = Literal["text", "number", "day", "star", "end"]
"""Any text; a number; a date; a star (a whole number or none); an end of a range (a number or
none)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping with these words; `needs` have to be there."""

    words: Mapping[str, Shape]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping with names of any kind (codes, items, sheets …), all behind them alike."""

    each: Shape


@dataclass(frozen=True, slots=True)
class Rows:
    """A list."""

    each: Shape


@dataclass(frozen=True, slots=True)
class OneOf:
    """A scalar, or a mapping of this shape in its stead."""

    scalar: Scalar
    block: Shape


Shape = Scalar | Block | Named | Rows | OneOf


def _words(kind: Scalar, *names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, kind)


_RANGE = Block(_words("number", "low", "high"), ("low", "high"))
_ENDS = Block({**_words("end", "low", "high"), "score": "number", "state": "text"})
_SCORE = OneOf("number", _ENDS)

FINDING = (
    "finding", "rulebook", "code", "item", "clause", "kind", "quantity", "points", "detail",
    "set_aside", "rule", "sources", "message", "text",
)  # fmt: skip
FLAG = ("rulebook", "code", "flag", "case", "state", "evidence", "missing_evidence")
TASK = (
    "task", "code", "item", "problem", "findings", "task_text", "owner", "kind", "issued", "due",
    "status", "carried_from", "repeated",
)  # fmt: skip
FAULT = ("code", "level", "sheet", "column")
LISTS = ("findings", "flags", "tasks", "faults")
ROW = (
    "rated", "band", "star", "star_low", "star_high", "state", "recommended", "lagging",
    "last_star", "decided_star", "final_star",
)  # fmt: skip

_OF_ONE: dict[str, Shape] = {
    **_words("text", *ROW, "in_scope"),
    "items": Named(_SCORE),
    "sections": Named(_SCORE),
    "measures": Named(OneOf("text", _ENDS)),
    "total": _SCORE,
    "task_count": "number",
    "deny": Rows("text"),
    **{
        name: Rows(Block(_words("text", *own)))
        for name, own in zip(LISTS, (FINDING, FLAG, TASK, FAULT), strict=True)
    },
}
EXPECT = Block({**_OF_ONE, "subjects": Named(Block(_OF_ONE))})
GIVEN = Named(Rows(Named("text")))
_REVIEW: dict[str, Shape] = {
    **_words("text", "rulebook", "period"),
    "totals": Named("number"),
    "stars": Named("star"),
    "items": Named(Named("number")),
}
PREVIOUS = Block(
    {
        "stars": Named("star"),
        "flags": Named(Named("text")),
        "tasks": Rows(
            Block({**_words("text", *TASK), **_words("day", "issued", "due")}, ("task", "code"))
        ),
        "reviews": Rows(Block(_REVIEW, ("rulebook", "period"))),
    }
)
RESULTS = Named(
    Block({"totals": Named(OneOf("number", _RANGE)), "stars": Named(OneOf("star", _RANGE))})
)
CASE: dict[str, Shape] = {
    "given": GIVEN,
    "previous": PREVIOUS,
    "results": RESULTS,
    "expect": EXPECT,
}
"""word of a case → its shape."""
