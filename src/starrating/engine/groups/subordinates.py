"""`subordinates` and `group`: a figure of several organisations, taken together (step 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from starrating.engine.expressions.formulas import FactsOver, evaluate, judge
from starrating.engine.groups.quotients import quotient_range
from starrating.engine.measures import Measured
from starrating.engine.shown import show
from starrating.engine.values import ANY, NIL, NO, YES, Interval, Truth, Value, as_interval
from starrating.rulebook.model import SubordinatesDecl
from starrating.rulebook.model.measures import Together

TOLD_AT_MOST = 100
"""Subordinates that a finding names: a cell holds that many, and a reader needs no more."""
_UNITS = {"total": "分", "star": "星"}

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts
    from starrating.engine.groups.batch import Batch


def below(batch: Batch, subject: SubjectFacts, rule: SubordinatesDecl) -> Measured:
    """The figure over the subordinates: the organisations below in the scope of the rulebook whose
    results are read, else of this one."""
    if rule.rulebook is not None and rule.rulebook not in subject.setting.others:
        return Measured(ANY, unknown=(f"没有规则 {rule.rulebook} 本次的结果",))
    members = _members(batch, subject, rule)
    found = taken(members, rule, "下级党组织", "下级")
    return replace(found, cells=partial(_figures_told, members, rule))


def _figures_told(members: Sequence[SubjectFacts], rule: SubordinatesDecl) -> tuple[str, ...]:
    """The subordinates that were taken, each with its figure: what the figure above rests on."""
    unit = _UNITS.get(rule.result or "", "")
    counted = [each for each in members if _where(each, rule) is not NO]
    told = [
        f"{each.organisation.name}：{show(_figure(each, rule))}{unit}"
        if rule.take in _TAKES
        else each.organisation.name
        for each in counted[:TOLD_AT_MOST]
    ]
    more = len(counted) - len(told)
    return (*told, *([f"另有{more}个下级党组织"] if more else ()))


def taken(members: Sequence[SubjectFacts], rule: Together, nobody: str, who: str) -> Measured:
    """The figure over the members for which `where` holds; `who` they are.

    `count` is how many there are, `share` the part of all members for which `where` holds; mean,
    min, max and sum are over the figures of those. Without any, count and sum are 0 and the rest
    is unknown.
    """
    held = [(each, _where(each, rule)) for each in members]
    counted = [(each, truth) for each, truth in held if truth is not NO]
    sure = sum(truth is YES for _, truth in counted)
    if rule.take == "count":
        return Measured(
            Interval(Fraction(sure), Fraction(len(counted))), unknown=_doubtful(held, who)
        )
    if rule.take == "share":
        if not members:
            return Measured(ANY, unknown=(f"没有{nobody}",))
        every = Fraction(len(members))
        share = Interval(Fraction(sure) / every, Fraction(len(counted)) / every)
        return Measured(share, unknown=_doubtful(held, who))
    figures = [(_figure(each, rule), truth) for each, truth in counted]
    open_ = [
        f"{who}“{each.organisation.name}”的数未定"
        for (each, _), (figure, _) in zip(counted, figures, strict=True)
        if not figure.known
    ]
    none = () if members else (f"没有{nobody}",)
    return Measured(_TAKES[rule.take](figures), unknown=(*none, *_doubtful(held, who), *open_))


def _doubtful(held: Sequence[tuple[SubjectFacts, Truth]], who: str) -> tuple[str, ...]:
    return tuple(
        f"{who}“{each.organisation.name}”是否计入未明"
        for each, truth in held
        if truth is not YES and truth is not NO
    )


def _members(batch: Batch, subject: SubjectFacts, rule: SubordinatesDecl) -> Sequence[SubjectFacts]:
    """The subordinates in code order; a ring of parents ends where it began.

    The way down leads through every organisation of the records, in scope or not.
    """
    setting = subject.setting
    children = batch.children(setting)
    found: set[str] = set()
    waiting = [subject.code]
    while waiting:
        for code in children.get(waiting.pop(), ()):
            if code not in found and code != subject.code:
                found.add(code)
                if rule.level == "all":
                    waiting.append(code)
    inside = batch.subjects if rule.rulebook is None else setting.others[rule.rulebook]
    return [batch.facts_of(code, subject) for code in sorted(found) if code in inside]


def _where(member: SubjectFacts, rule: Together) -> Truth:
    if rule.where is None:
        return YES
    elsewhere = _rulebook(rule)
    return judge(rule.where, member if elsewhere is None else _Graded(member, elsewhere))


def _rulebook(rule: Together) -> str | None:
    """The other rulebook whose results are read."""
    return rule.rulebook if isinstance(rule, SubordinatesDecl) else None


class _Graded(FactsOver):
    """An organisation's facts with what another rulebook of this review gave it."""

    def __init__(self, member: SubjectFacts, rulebook: str) -> None:
        super().__init__(member)
        self.results = member.setting.others[rulebook][member.code]

    def name(self, name: str) -> Value:
        """总分 and 星级 are those that the other rulebook gave."""
        if name == "总分":
            return self.results.total
        return self.results.star if name == "星级" else super().name(name)


def _figure(member: SubjectFacts, rule: Together) -> Interval:
    if isinstance(rule, SubordinatesDecl) and rule.rulebook is not None:
        results = member.setting.others[rule.rulebook][member.code]
        value = results.star if rule.result == "star" else results.total
    else:
        assert rule.of is not None
        value = evaluate(rule.of, member)
    number = as_interval(value)
    return number if isinstance(number, Interval) else ANY


Figures = Sequence[tuple[Interval, Truth]]


def _sum(figures: Figures) -> Interval:
    total = NIL
    for figure, truth in figures:
        total += figure if truth is YES else figure.hull(NIL)
    return total


def _mean(figures: Figures) -> Interval:
    ends = []
    for end in ("low", "high"):
        pairs = [(getattr(figure, end), truth) for figure, truth in figures]
        if any(number is None for number, _ in pairs):
            return ANY
        sure = [(number, Fraction(1)) for number, truth in pairs if truth is YES]
        maybe = [(number, Fraction(1)) for number, truth in pairs if truth is not YES]
        range_ = quotient_range(sure, maybe)
        if range_ is None:
            return ANY
        ends.append(getattr(range_, end))
    return Interval(ends[0], ends[1])


def _least(figures: Figures) -> Interval:
    return -_most([(-figure, truth) for figure, truth in figures])


def _most(figures: Figures) -> Interval:
    sure = [figure for figure, truth in figures if truth is YES]
    if not sure:
        return ANY
    lows = [figure.low for figure in sure if figure.low is not None]
    highs = [figure.high for figure, _ in figures]
    high = None if None in highs else max(end for end in highs if end is not None)
    return Interval(max(lows) if lows else None, high)


_TAKES = {"sum": _sum, "mean": _mean, "min": _least, "max": _most}
