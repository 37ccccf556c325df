"""The facts of subjects once scores and stars stand: measures may read them now (step 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starrating.engine.evaluation import SubjectResult
from starrating.engine.facts import SubjectFacts
from starrating.engine.groups.batch import Batch
from starrating.engine.measures import Measured
from starrating.engine.rows.points import Point
from starrating.engine.values import Interval, Value
from starrating.rulebook.model import Rulebook
from starrating.rulebook.stages import late_measures


def concluded(book: Rulebook, results: Sequence[SubjectResult]) -> list[SubjectResult]:
    """The results with facts under which the measures that read results can be computed.

    Where the rulebook has none they are the results as they are.
    """
    late = late_measures(book)
    if not late:
        return list(results)
    batch = Batch()
    facts = [ConcludedFacts(result, batch, late) for result in results]
    batch.subjects = {each.code: each for each in facts}
    return [replace(result, facts=own) for result, own in zip(results, facts, strict=True)]


class ConcludedFacts(SubjectFacts):
    """A subject's facts with 总分, 星级, sections and item scores, and the measures of these."""

    def __init__(self, result: SubjectResult, batch: Batch, late: frozenset[str]) -> None:
        facts = result.facts
        under = facts.under if isinstance(facts, ConcludedFacts) else facts
        super().__init__(under.setting, under.scope, under.report, batch.measure)
        self.under: SubjectFacts = under
        self.reached = under.reached
        self._late = late
        self._later, self._scores = result.later, result.item_scores

    def as_credit(self) -> SubjectFacts:
        """The facts for what gives, which stands before any result."""
        return self.under.as_credit()

    def name(self, name: str) -> Value:
        """What stands only now, else a measure, a built-in, or a 党组织 column."""
        return self._later[name] if name in self._later else super().name(name)

    def measured(self, name: str) -> Measured:
        """A measure with its story; those that read no result stood before."""
        return super().measured(name) if name in self._late else self.under.measured(name)

    def point(self, name: str) -> Point:
        """A check point where yes or no is asked."""
        return self.under.point(name)

    def item_score(self, item: str) -> Interval:
        """得分("…")."""
        return self._scores[item]
