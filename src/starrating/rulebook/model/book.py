"""The whole rulebook, with its cases and waivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from starrating.rulebook.bounds import Adjustable
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import (
    Day,
    Formula,
    NameList,
    Number,
    Raters,
    ReadBy,
    Words,
    YesNo,
    place,
    refuse,
)
from starrating.rulebook.model.block import Block
from starrating.rulebook.model.columns import (
    CheckPolicy,
    ColumnEntry,
    Defaults,
    Extends,
    InForce,
    Issued,
    Points,
    RowCheck,
    Subjects,
    TableDecl,
    Term,
)
from starrating.rulebook.model.items import Item, Section
from starrating.rulebook.model.judgements import Duty, Judgement
from starrating.rulebook.model.measures import Measure
from starrating.rulebook.model.stars import Lagging, Moves, PerSection, Star

DEFAULT_DUTY = "default"
"""The entry of `rectification` for whatever has none of its own."""


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
    """One test beside the rules (docs/language.md); `given`, `previous`, `results`, `expect` stay as
    written."""

    title: Words
    why: Words | None = None
    plan: CasePlan
    issued: Day | None = None
    given: Annotated[Mapping[str, Any], ReadBy(lambda value: value)] = Field(default_factory=dict)
    previous: Annotated[Mapping[str, Any], ReadBy(lambda value: value)] = Field(
        default_factory=dict
    )
    results: Annotated[Mapping[str, Any], ReadBy(lambda value: value)] = Field(default_factory=dict)
    expect: Annotated[Mapping[str, Any], ReadBy(lambda value: value)] = Field(default_factory=dict)


def as_written(value: Any) -> Any:
    """What a change says, not read yet."""
    return value


Patch = Annotated[Any, ReadBy(as_written)]
"""What a change says of one thing of the superior: some of its words, kept as written."""


class Changes(Block):
    """`changes`: what an extending book alters in what it extends, by id, title or name.

    Only the words that change are written; clauses are named by their numbers, and `new` adds
    some. `layers.changing` applies it to the superior's text before that is read again.
    """

    items: dict[str, Patch] = Field(default_factory=dict)
    sections: dict[str, Patch] = Field(default_factory=dict)
    measures: dict[str, Patch] = Field(default_factory=dict)
    lists: dict[str, Patch] = Field(default_factory=dict)
    judgements: dict[str, Patch] = Field(default_factory=dict)
    stars: dict[str, Patch] = Field(default_factory=dict)
    rectification: dict[str, Patch] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Superior:
    """A book that another extends: what it is, who issued it, and the file it was read from."""

    reference: str
    title: str
    by: str
    file: str


class Rulebook(Block):
    """A whole rulebook, with all that it extends already merged in by `read.py`.

    `superiors` are the books it extends, the highest first; an item, measure … of theirs keeps
    the place in their file.
    """

    _superiors: tuple[Superior, ...] = PrivateAttr(default=())

    format: Literal["1"]
    id: Words
    version: Words
    title: Words
    issued: Issued | None = None
    in_force: InForce
    continues: Words | None = None
    extends: Extends | None = None
    changes: Changes | None = None
    locked: YesNo = False
    adjustable: Adjustable = Field(default_factory=dict)
    library: YesNo = False
    subjects: Subjects = Subjects.model_construct()
    columns: dict[str, dict[str, ColumnEntry]] = Field(default_factory=dict)
    tables: dict[str, TableDecl] = Field(default_factory=dict)
    defaults: Defaults = Defaults.model_construct()
    period: Words = "year"
    terms: dict[str, Term] = Field(default_factory=dict)
    raters: Raters = ()
    second_person: NameList = ()
    points: Points = Points.model_construct()
    lists: dict[str, NameList] = Field(default_factory=dict)
    checks: CheckPolicy = CheckPolicy.model_construct()
    measures: dict[str, Measure] = Field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    total: Formula | None = None
    total_cap: Number | None = None
    total_floor: Number | None = None
    stars: tuple[Star, ...] = ()
    one_per_section: PerSection | None = None
    moves: Moves | None = None
    lagging: tuple[Lagging, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    rectification: dict[str, Duty] = Field(default_factory=dict)
    row_checks: tuple[RowCheck, ...] = ()
    waive: tuple[Waiver, ...] = ()
    cases: tuple[Case, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _stars_by_section(cls, data: Any) -> Any:
        """`stars: {one_per_section: …}`: as many bands as there are base sections."""
        stars = data.get("stars") if isinstance(data, Mapping) else None
        if not isinstance(stars, Mapping) or "one_per_section" not in stars:
            return data
        if len(stars) > 1:
            beside = next(key for key in stars if key != "one_per_section")
            what, remedy = f"one_per_section 旁边不能再写“{beside}”", "删去其中一样"
            raise refuse(CODES.fault("R204", place(beside), what=what, remedy=remedy))
        sections = data.get("sections", ())
        base = [each for each in sections if each.get("kind", "base") == "base"]
        bands = [{"star": str(n), "from": str(n)} for n in range(len(base), 0, -1)]
        return {
            **data,
            "origin": place(data),
            "stars": bands,
            "one_per_section": stars["one_per_section"],
        }

    @property
    def superiors(self) -> tuple[Superior, ...]:
        """The books that this one extends, the highest first."""
        return self._superiors

    def extend(self, base: Rulebook) -> None:
        """Know the book that this one extends; for its reader, once, before anyone else has it."""
        by = base.issued.by if base.issued is not None else None
        above = Superior(base.reference, base.title, by or base.title, base.origin.file)
        self._superiors = (*base.superiors, above)

    @property
    def reference(self) -> str:
        """`id@version`, as plans and messages write it."""
        return f"{self.id}@{self.version}"

    def items(self) -> Iterator[tuple[Section, Item]]:
        """All items with their sections, in the order of the sheet."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    @property
    def floor(self) -> Fraction:
        """The least that a total may be (step 8)."""
        return self.total_floor if self.total_floor is not None else Fraction(0)

    @property
    def top(self) -> Fraction:
        """What a total without limit may reach (step 0): its cap, or where it has none the highest
        edge of a star, for nothing changes above."""
        if self.total_cap is not None:
            return self.total_cap
        edges = [star.from_ for star in self.stars if star.from_ is not None]
        return max(edges, default=self.floor)

    @property
    def room(self) -> Fraction:
        """How far what has no limit of its own may move a total (step 0): from the floor up to the
        points printed in base sections, or to `top` where that is more."""
        base = (section for section in self.sections if section.kind == "base")
        return max(sum((section.printed for section in base), Fraction(0)), self.top) - self.floor

    def raises_task(self, name: str) -> bool:
        """Whether a loss at an item or check point becomes a task: its own entry of
        `rectification` decides, else the default."""
        duty = self.rectification.get(name) or self.rectification.get(DEFAULT_DUTY)
        return duty is None or not duty.no_task

    def bands(self) -> tuple[Star, ...]:
        """The star bands, high first."""
        return tuple(sorted(self.stars, key=lambda star: -star.star))
