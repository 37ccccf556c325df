"""Batch measures: rank, share of the best, and figures of a whole group (step 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.elsewhere import of_reviews
from starrating.engine.expressions.formulas import evaluate
from starrating.engine.groups.compared import Compared
from starrating.engine.groups.subordinates import below, taken
from starrating.engine.measures import Measured
from starrating.engine.scope import Scope, window
from starrating.engine.setting import Setting
from starrating.engine.values import ANY, NONE, ZERO, Interval, Value, as_interval
from starrating.rulebook.model import GroupDecl, Measure, RankDecl
from starrating.schema import ORGANISATIONS, PARENT

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


class Batch:
    """All subjects of a review, for the measures that need them all.

    Subjects compute what they are asked for when they are asked; a measure that needs itself is
    refused when the rules are checked.
    """

    def __init__(self) -> None:
        self.subjects: Mapping[str, SubjectFacts] = {}
        self._of_groups: dict[tuple[int, Value, bool], Measured] = {}
        self._outside: dict[str, SubjectFacts] = {}
        self._children: dict[str, list[str]] | None = None
        self._groups: dict[str, dict[Value, list[SubjectFacts]]] = {}
        self._kept: dict[tuple[int, bool, Value | None], Compared] = {}

    def children(self, setting: Setting) -> Mapping[str, Sequence[str]]:
        """Organisation → those right below it by 上级党组织, of all organisations of the records."""
        if self._children is None:
            column = setting.sheet(ORGANISATIONS).column(PARENT)
            assert column is not None
            self._children = {}
            for each in setting.records.organisations:
                parent = setting.value(each.row, column)
                if isinstance(parent, str):
                    self._children.setdefault(parent, []).append(each.code)
        return self._children

    def facts_of(self, code: str, asking: SubjectFacts) -> SubjectFacts:
        """The facts of any organisation of the records, in the reading of the one that asks."""
        facts = self.subjects.get(code) or self._outside.get(code)
        if facts is None:
            setting = asking.setting
            roll = {each.code: each for each in setting.records.organisations}
            scope = Scope(roll[code], True, (), window(setting, roll[code]))
            facts = asking.beside(scope)
            self._outside[code] = facts
        return facts.as_credit() if asking.credit else facts

    def measure(self, subject: SubjectFacts, rule: Measure) -> Measured:
        """A measure that looks beyond the subject's own facts."""
        if rule.rank is not None:
            return self._rank(subject, rule.rank)
        if rule.review is not None:
            return Measured(of_reviews(subject.setting.previous.reviews, rule.review, subject.code))
        if rule.subordinates is not None:
            return below(self, subject, rule.subordinates)
        if rule.group is not None:
            return self._together(subject, rule.group)
        assert rule.best is not None
        return self._best(subject, rule.best)

    def _group(self, among: str | None, group: Value | None) -> Sequence[SubjectFacts]:
        """The subjects whose column `among` holds `group`; all, where nothing groups."""
        if among is None:
            return list(self.subjects.values())
        if among not in self._groups:
            found: dict[Value, list[SubjectFacts]] = {}
            for each in self.subjects.values():
                found.setdefault(each.name(among), []).append(each)
            self._groups[among] = found
        return self._groups[among].get(group, ()) if group is not None else ()

    def _together(self, subject: SubjectFacts, rule: GroupDecl) -> Measured:
        """The figure of the subject's group, the same for all of its members."""
        own = subject.name(rule.among) if rule.among is not None else NONE
        key = (id(rule), own, subject.credit)
        if key not in self._of_groups:
            members = [_as_read(each, subject) for each in self._group(rule.among, own)]
            self._of_groups[key] = taken(members, rule, "同组党组织", "同组")
        return self._of_groups[key]

    def _compared(self, subject: SubjectFacts, rule: RankDecl) -> Compared:
        """The figures of the subject's group that have one, in its own reading; kept for all."""
        group = None if rule.among is None else subject.name(rule.among)
        key = (id(rule), subject.credit, group)
        if key not in self._kept:
            figures = {
                other.code: number
                for other in self._group(rule.among, group)
                if isinstance(
                    number := as_interval(evaluate(rule.of, _as_read(other, subject))), Interval
                )
            }
            self._kept[key] = Compared.of(figures)
        return self._kept[key]

    def _rank(self, subject: SubjectFacts, rule: RankDecl) -> Measured:
        """1 + how many are better; equal values share the better rank (1, 2, 2, 4)."""
        figure = as_interval(evaluate(rule.of, subject))
        if not isinstance(figure, Interval):
            return Measured(NONE)
        compared = self._compared(subject, rule)
        return Measured(Interval.at(1) + compared.better(figure, subject.code, rule.order))

    def _best(self, subject: SubjectFacts, rule: RankDecl) -> Measured:
        """The subject's figure as a share of the best in the group, exact."""
        figure = as_interval(evaluate(rule.of, subject))
        if not isinstance(figure, Interval):
            return Measured(NONE)
        others = self._compared(subject, rule).others(subject.code)
        return Measured(share_of_best(figure, others, rule.order))


def _as_read(other: SubjectFacts, asking: SubjectFacts) -> SubjectFacts:
    """Another subject, in the reading of the one that asks."""
    return other.as_credit() if asking.credit else other


def share_of_best(own: Interval, others: Sequence[Interval], order: str) -> Interval:
    """The share over all ways the figures could turn out; unknown where the best may be 0.

    `order` high: own / best, which grows with the own figure. `order` low: best / own, which
    grows with the others'. The own figure counts in the best, so that the share stays below 1.
    """
    if own.known and all(other.known for other in others):
        share = _share(own.number, [other.number for other in others], order)
        return ANY if share is None else Interval.at(share)
    lows = [each.low for each in (own, *others) if each.low is not None]
    if len(lows) <= len(others) or min(lows) < 0 or (max if order == "high" else min)(lows) == 0:
        return ANY
    highs = [each.high for each in (own, *others) if each.high is not None]
    if len(highs) <= len(others):
        return Interval(ZERO, Fraction(1))
    one, two = _share(lows[0], highs[1:], order), _share(highs[0], lows[1:], order)
    assert one is not None
    assert two is not None
    return Interval(min(one, two), max(one, two))


def _share(own: Fraction, others: Sequence[Fraction], order: str) -> Fraction | None:
    if order == "high":
        best = max([own, *others])
        return own / best if best else None
    best = min([own, *others])
    return best / own if own and best else None
