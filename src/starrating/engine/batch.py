"""Batch measures: rank, and share of the best, inside a group (step 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.formulas import evaluate
from starrating.engine.measures import Measured
from starrating.engine.values import ANY, NONE, UNKNOWN, YES, Interval, Value, as_interval
from starrating.rulebook.model import Measure, RankDecl

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


class Batch:
    """All subjects of a review, for the measures that need them all.

    Subjects compute what they are asked for when they are asked; a measure that needs itself is
    refused when the rules are checked.
    """

    def __init__(self) -> None:
        self.subjects: Mapping[str, SubjectFacts] = {}
        self._forms: dict[str, Callable[[SubjectFacts, RankDecl], Measured]] = {
            "rank": self._rank,
            "best": self._best,
        }

    def measure(self, subject: SubjectFacts, rule: Measure) -> Measured:
        """rank or best of one subject."""
        declared = rule.rank or rule.best
        assert declared is not None
        return self._forms[rule.form](subject, declared)

    def _group(self, subject: SubjectFacts, rule: RankDecl) -> list[SubjectFacts]:
        if rule.among is None:
            return list(self.subjects.values())
        own = subject.name(rule.among)
        return [other for other in self.subjects.values() if other.name(rule.among) == own]

    def _values(self, subject: SubjectFacts, rule: RankDecl) -> tuple[Value, list[Interval]]:
        """The subject's figure and the figures of the others that have one."""
        own = evaluate(rule.of, subject)
        others = [
            number
            for other in self._group(subject, rule)
            if other.code != subject.code
            and isinstance(number := as_interval(evaluate(rule.of, other)), Interval)
        ]
        return own, others

    def _rank(self, subject: SubjectFacts, rule: RankDecl) -> Measured:
        """1 + how many are better; equal values share the better rank (1, 2, 2, 4)."""
        own, others = self._values(subject, rule)
        if own is NONE:
            return Measured(NONE)
        figure = as_interval(own)
        assert isinstance(figure, Interval)
        sure = possible = 0
        for other in others:
            better = figure.less(other) if rule.order == "high" else other.less(figure)
            sure += better is YES
            possible += better.value > 0
        return Measured(Interval(Fraction(1 + sure), Fraction(1 + possible)))

    def _best(self, subject: SubjectFacts, rule: RankDecl) -> Measured:
        """The subject's figure as a share of the best in the group, exact."""
        own, others = self._values(subject, rule)
        if own is NONE:
            return Measured(NONE)
        figure = as_interval(own)
        assert isinstance(figure, Interval)
        if not all(number.known for number in (figure, *others)):
            return Measured(_open_share(figure, others))
        figures = [figure.number, *(other.number for other in others)]
        best = max(figures) if rule.order == "high" else min(figures)
        if best == 0:
            return Measured(UNKNOWN)
        share = figure.number / best if rule.order == "high" else _low_share(best, figure.number)
        return Measured(Interval.at(share))


def _low_share(best: Fraction, own: Fraction) -> Fraction:
    return best / own if own else Fraction(1)


def _open_share(figure: Interval, others: list[Interval]) -> Interval:
    """The share while some figures are open: the best lies between the best low and the best high.

    The subject's own figure counts in the best, so that the share never passes 1.
    """
    lows = [n.low for n in (figure, *others)]
    highs = [n.high for n in (figure, *others)]
    if any(end is None for end in (*lows, *highs)) or figure.low is None or figure.high is None:
        return ANY if figure.low is None or figure.low < 0 else Interval(Fraction(0), Fraction(1))
    other_lows = [low for low in lows[1:] if low is not None]
    other_highs = [high for high in highs[1:] if high is not None]
    worst_best = max([figure.low, *other_highs])
    best_best = max([figure.high, *other_lows])
    if worst_best <= 0 or best_best <= 0:
        return ANY
    return Interval(figure.low / worst_best, figure.high / best_best)
