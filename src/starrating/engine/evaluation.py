"""What a review of one rulebook found: scores, judgements and stars of every subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from starrating.engine.facts import SubjectFacts
from starrating.engine.flag_sets import Flags
from starrating.engine.grading import Grade
from starrating.engine.judgements import Outcome
from starrating.engine.scope import Scope
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.totals import Total
from starrating.engine.setting import Setting
from starrating.engine.values import NONE, Interval, Nothing, Unknown, Value
from starrating.faults import Fault
from starrating.records.model import Row
from starrating.results.model import FindingRow
from starrating.rulebook.model import Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """What judgements found of one subject: both stages, and the effects of stage 1 by world."""

    first: Outcome
    second: Outcome
    flags: Flags


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """Everything the reference evaluator found of one subject.

    `items` stand before judgements zero any; `final_items` after. `total` is over both readings
    (proposals as confirmed in the low one); `shown_total` takes facts low and proposals as not
    confirmed.
    """

    facts: SubjectFacts
    scope: Scope
    items: tuple[Scored, ...]
    final_items: tuple[Scored, ...]
    total: Total
    shown_total: Fraction
    judged: Judged
    last: Interval | Nothing | Unknown
    grade: Grade | None = None
    lagging: bool = False

    @property
    def code(self) -> str:
        """The organisation's code."""
        return self.scope.organisation.code

    @property
    def later(self) -> dict[str, Value]:
        """What stands only after the total and the star: 总分, 星级, sections by title."""
        star: Value = NONE
        if self.grade is not None:
            low, high = self.grade.star_low, self.grade.star_high
            if low is not None and high is not None:
                star = Interval(Fraction(low), Fraction(high))
        values: dict[str, Value] = {part.section.title: part.read for part in self.total.sections}
        return values | {"总分": self.total.value, "星级": star}

    @property
    def item_scores(self) -> dict[str, Interval]:
        """The final score of each item by its id."""
        return {each.item.id: each.score for each in self.final_items}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One rulebook's review of all subjects in scope, in code order."""

    setting: Setting
    subjects: tuple[SubjectResult, ...]
    faults: tuple[Fault, ...]
    judge: str
    vectors: int
    stages: tuple[tuple[Judgement, ...], tuple[Judgement, ...]] = ((), ())
    item_rows: Callable[[Evaluation, SubjectResult], Iterable[FindingRow]] | None = None
    """Who makes the rows of a subject's items, where it is not told by the items alone: subjects
    that are alike share them, and only the cells differ."""

    reaches: Callable[[str, Row], bool] | None = None
    """Whether some measure reaches a row of a sheet, where the facts of subjects do not tell."""
