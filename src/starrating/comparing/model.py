"""What a comparison of two archives says, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["data", "rules", "people", "knock_on"]
"""Why something changed: the data, the rules, people's decisions, or only others' stars."""

KINDS: tuple[Kind, ...] = ("data", "rules", "people", "knock_on")
KIND_WORDS = {"data": "数据", "rules": "规则", "people": "人工", "knock_on": "名额连带"}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one organisation stands in one run: total and star as intervals, the star shown.

    `final` is the star after people's part; None where nobody decided and none follows.
    """

    rated: bool
    total: tuple[Decimal | None, Decimal | None]
    star: int | None
    span: tuple[int | None, int | None]
    state: str
    final: str | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item whose score a step changed; (low, high) before and after, None where it is not there."""

    item: str
    title: str
    before: tuple[Decimal, Decimal] | None
    after: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What one step did to one organisation: where it stood before and after, and by which items.

    `kind` is the step's, but 名额连带 where the step left the organisation's own facts alone.
    """

    kind: Kind
    step: Kind
    before: Stand
    after: Stand
    items: tuple[ItemChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One organisation that does not stand where it stood, or stands in one review only.

    `causes` lead from `before` to `after`: people's part taken away, new data, new rules,
    people's part added. `turned` are the causes with rules first, where that says otherwise.
    """

    rulebook: str
    code: str
    name: str
    town: str
    before: Stand | None
    after: Stand | None
    causes: tuple[Cause, ...] = ()
    turned: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two archives, as it is named in the comparison."""

    name: str
    title: str
    period: str
    number: str
    rulebooks: tuple[str, ...]
    cut_off: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two archives compared; `subjects` counts those that stand in either."""

    old: Side
    new: Side
    subjects: int
    changes: tuple[Change, ...]

    @property
    def text(self) -> str:
        """All of it as lines (Chinese)."""
        from starrating.comparing.words import text_of

        return text_of(self)

    def counted(self, kind: Kind) -> int:
        """How many organisations a cause of that kind touched."""
        return sum(any(cause.kind == kind for cause in each.causes) for each in self.changes)
