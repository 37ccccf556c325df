"""One organisation's story as values: lines, items, sections, the way to the star."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from starrating.explain.plan import Plan
from starrating.results.model import (
    FlagRow,
    ItemRow,
    RatingRow,
    RulebookHead,
    SubjectRow,
    TaskRow,
)

FULL_MARKS, TOTAL = "满分", "总分"
"""The first and the last line of the way from full marks to the total."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as told: its sentence, and apart from it what it rests on.

    `low` and `high` are the points of both readings (None for a step of the way to the star);
    `quantity` is as in findings.csv.
    """

    finding: str
    kind: str
    text: str
    low: Decimal | None
    high: Decimal | None
    quantity: Decimal | None
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]
    not_counted: tuple[str, ...]
    sources: tuple[str, ...]
    rule: str | None
    set_aside: bool
    evidence: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether missing facts could still change it."""
        return self.low != self.high

    def points(self, *, high: bool) -> Decimal:
        """The points of one reading; 0 for a step of the way to the star."""
        return (self.high if high else self.low) or Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemStory:
    """One item: its row, its steps in order (起评 first), and who rated it.

    `low` and `high` are what it brings to its section: an item of a deduction section counts
    negative. `computed` is its row without the people's part, where people took part.
    """

    row: ItemRow
    basis: str | None
    lines: tuple[Line, ...]
    ratings: tuple[RatingRow, ...]
    low: Decimal
    high: Decimal
    computed: ItemRow | None = None

    @property
    def told(self) -> tuple[Line, ...]:
        """The steps that took or gave points, or tell why they did not: all but 起评."""
        return tuple(line for line in self.lines if line.kind != "base")


@dataclass(frozen=True, slots=True)
class SectionStory:
    """One section: its items, and the steps from their scores to its own."""

    title: str
    items: tuple[ItemStory, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """One reading of the way from full marks to the total: what is added, and what it comes to.

    `steps` are (label, points), the full marks first; `stated` is the total of subjects.csv.
    """

    steps: tuple[tuple[str, Decimal], ...]
    total: Decimal
    stated: Decimal

    @property
    def holds(self) -> bool:
        """Whether the steps add up exactly to the total that is stated."""
        return self.total == self.stated


@dataclass(frozen=True, slots=True)
class Chapter:
    """One organisation under one rulebook.

    `subject` is None under a rulebook that only screens; `computed` is the result without the
    people's part, where people took part. `way` leads to the star; `notes` are denials of
    honours; `people` are decisions. `flags` pairs each flag with its rule (file:line).
    `distance` is 晋星差距 in words. `sums` holds one reading, or the low and the high one where they differ.
    """

    book: RulebookHead
    subject: SubjectRow | None
    computed: SubjectRow | None
    sections: tuple[SectionStory, ...]
    total: tuple[Line, ...]
    sums: tuple[Sum, ...]
    way: tuple[Line, ...]
    notes: tuple[Line, ...]
    people: tuple[Line, ...]
    flags: tuple[tuple[FlagRow, str | None], ...]
    distance: str = ""

    @property
    def items(self) -> tuple[ItemStory, ...]:
        """All items in the order of the sheet."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def set_aside(self) -> tuple[Line, ...]:
        """What was set aside on review (异议复核)."""
        return tuple(line for item in self.items for line in item.lines if line.set_aside)

    @property
    def empty(self) -> bool:
        """Whether the rulebook says nothing of this organisation."""
        return self.subject is None and not (self.flags or self.notes or self.people)


@dataclass(frozen=True, slots=True)
class Story:
    """Why one organisation has its score and its star; with `item` only that item, in full."""

    plan: Plan
    code: str
    name: str
    town: str | None
    chapters: tuple[Chapter, ...]
    tasks: tuple[TaskRow, ...]
    item: str | None = None
    corrections: tuple[str, ...] = ()
    """The facts of this organisation that people corrected (核查更正), one sentence each."""

    @property
    def text(self) -> str:
        """The story as plain text (Chinese), lines of at most some 90 columns."""
        from starrating.explain.text import story_text

        return story_text(self)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        """The story as HTML, for notebooks."""
        from starrating.explain.html import story_html

        return story_html(self)
