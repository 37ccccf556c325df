"""What a review is computed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from starrating.archive.manifest import NO_LINKS, Links
from starrating.engine.elsewhere import Figures
from starrating.engine.evaluation import Evaluation
from starrating.engine.flag_sets import Flags
from starrating.engine.grading import Grader, grade
from starrating.engine.judge import Preference
from starrating.engine.setting import Previous, Setting
from starrating.engine.tasks.deadlines import Calendar
from starrating.records.model import Records
from starrating.results.model import Heading
from starrating.rulebook.model import Rulebook
from starrating.schema import CORRECTIONS, DECISIONS, OBJECTIONS

_PEOPLE = (CORRECTIONS, OBJECTIONS, DECISIONS)
"""The sheets of step 16; 组织变更 (step 17) tells facts."""

Evaluator = Callable[[Setting, Mapping[str, Flags], Preference | None], Evaluation]
"""Reviews all organisations in scope under one rulebook; flags decided before by code."""


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a review is computed from; nothing else decides a result.

    `books` are (rulebook, why chosen, shown path), screening ones first. `previous` maps a
    rulebook's id to what earlier archives say of it.
    """

    heading: Heading
    books: tuple[tuple[Rulebook, str, str], ...]
    records: Records
    calendar: Calendar
    previous: Mapping[str, Previous] = field(default_factory=dict)
    judge: Preference | None = None
    since: date | None = None
    """The cut-off of the newest earlier archive: changes up to it are in its stars already."""
    unasked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """rulebook → check points that the inspection did not ask for (a later rulebook's)."""
    unkept: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """rulebook → measures over rows of a kind that nobody kept then."""
    grader: Grader = grade
    """Who grades; like the judge, it never changes a result."""

    evaluate: Evaluator | None = None
    """Who evaluates (steps 0 to 13); None is by size (`evaluator.evaluate`). All give the same."""

    others: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    """rulebook → organisation → its results, of rulebooks that this review reads and does not run
    (a case gives them)."""

    links: Links = NO_LINKS
    """What ties the review to others; it changes no result."""

    @property
    def without_people(self) -> Ground:
        """The same ground without 核查更正, 异议复核 and 审定结果; itself where none has a row."""
        tables = self.records.tables
        told = {name: tables[name] for name in _PEOPLE if name in tables and tables[name].rows}
        if not told:
            return self
        emptied = {name: replace(table, rows=()) for name, table in told.items()}
        return replace(self, records=replace(self.records, tables={**tables, **emptied}))

    @property
    def last_known(self) -> date:
        """The day up to which changes of organisations are in the last stars already."""
        return self.since or self.heading.period_from - timedelta(days=1)
