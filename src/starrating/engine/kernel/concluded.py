"""The facts of all subjects once scores and stars stand: measures may read them now (step 13)."""

from __future__ import annotations

from collections.abc import Mapping

from starrating.engine.kernel.arrays import Numbers, Value
from starrating.engine.kernel.measured import Measured
from starrating.engine.kernel.subjects import SubjectFacts
from starrating.rulebook.stages import late_measures


class ConcludedFacts(SubjectFacts):
    """The subjects' facts with 总分, 星级, sections and item scores, and the measures of these."""

    def __init__(
        self, ground: SubjectFacts, names: Mapping[str, Value], scores: Mapping[str, Numbers]
    ) -> None:
        super().__init__(ground.plan, ground.part)
        self.ground = ground
        self.points, self.reacher = ground.points, ground.reacher
        self.names, self.scores = names, scores
        self._late = late_measures(ground.plan.book)

    def name(self, name: str) -> Value:
        """What stands only now, else a measure, a built-in, or a 党组织 column."""
        return self.names[name] if name in self.names else super().name(name)

    def measured(self, name: str) -> Measured:
        """A measure with whether it applies; those that read no result stood before."""
        return super().measured(name) if name in self._late else self.ground.measured(name)

    def item_score(self, item: str) -> Numbers:
        """得分("…")."""
        return self.scores[item]
