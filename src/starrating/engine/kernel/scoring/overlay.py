"""Facts of subjects with names and scores that stand only later."""

from __future__ import annotations

from collections.abc import Mapping

from starrating.engine.kernel.arrays import Numbers, Truths, Value
from starrating.engine.kernel.facts import Facts


class FactsOver:
    """The facts of subjects, with further names (sections, 总分, 星级) and item scores."""

    def __init__(
        self, under: Facts, names: Mapping[str, Value], scores: Mapping[str, Numbers]
    ) -> None:
        self.n = under.n
        self.under, self.names, self.scores = under, names, scores

    def name(self, name: str) -> Value:
        """What stands later, else the subjects' own."""
        return self.names[name] if name in self.names else self.under.name(name)

    def found(self, point: str) -> Truths:
        """Whether a check point was found."""
        return self.under.found(point)

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a named list are present, or lacking."""
        return self.under.count_of(listed, present=present)

    def flag(self, kind: str, flag: str) -> Truths:
        """A flag of the subjects."""
        return self.under.flag(kind, flag)

    def item_score(self, item: str) -> Numbers:
        """得分("…")."""
        return self.scores[item] if item in self.scores else self.under.item_score(item)

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook."""
        return self.under.options(name)

    def quotient(self, value: Numbers) -> Numbers:
        """What a division gives there."""
        return self.under.quotient(value)
