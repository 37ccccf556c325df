"""The facts of all subjects once scores and stars stand: measures may read them now (step 13)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.expressions.operations import Overflow
from starrating.engine.kernel.facts import Subjects
from starrating.engine.kernel.measures import compared
from starrating.engine.kernel.scoring.overlay import FactsOver
from starrating.engine.kernel.values.exact import TooLarge
from starrating.engine.kernel.values.numbers import Numbers, Value
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Rulebook
from starrating.rulebook.stages import late_measures


class ConcludedFacts(FactsOver):
    """The subjects' facts with 总分, 星级, sections and item scores, and the measures of these.

    The subjects may be those of all parts, kept as columns: a late measure asks no records.
    """

    def __init__(
        self,
        subjects: Subjects,
        book: Rulebook,
        names: Mapping[str, Value],
        scores: Mapping[str, Numbers],
    ) -> None:
        super().__init__(subjects, names, scores)
        self.subjects, self.book = subjects, book
        self._late = late_measures(book)
        self._measures: dict[str, Value] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """The subjects' codes."""
        return self.subjects.codes

    @property
    def others(self) -> Mapping[str, Mapping[str, Figures]]:
        """What rulebooks that ran before gave organisations, by rulebook and code."""
        return self.subjects.others

    def everyone(self) -> Subjects:
        """The facts of all organisations on the roll, in scope or not; these have no results."""
        return self.subjects.everyone()

    def name(self, name: str) -> Value:
        """What stands only now, else a measure, a built-in, or a 党组织 column."""
        if name in self.names or name not in self._late:
            return super().name(name)
        if name not in self._measures:
            rule = self.book.measures[name]
            try:
                found: Value = (
                    compared(self, rule) if rule.value is None else evaluate(rule.value, self)
                )
            except TooLarge:
                raise Overflow(rule.origin) from None
            self._measures[name] = found
        return self._measures[name]


def asked_late(book: Rulebook) -> Iterator[ex.Expr]:
    """What the measures that read results ask of every subject."""
    for name in sorted(late_measures(book)):
        rule = book.measures[name]
        yield from rule.formulas
        if rule.among is not None:
            yield ex.Name(rule.among)


def asks_the_roll(book: Rulebook, names: Collection[str]) -> bool:
    """Whether one of these measures reads subordinates, who are found on the roll."""
    return any(book.measures[name].subordinates is not None for name in names)
