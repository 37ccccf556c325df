"""`subordinates` and `group`: a figure of several organisations, taken together (step 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.formulas import evaluate, judge
from starrating.engine.measures import Measured
from starrating.engine.quotients import quotient_range
from starrating.engine.values import ANY, NIL, NO, YES, Interval, Truth, as_interval
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import SubordinatesDecl, Together

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

PARENT = "上级党组织"
RESULTS = ("total", "star")
"""Results of another rulebook, that `of` may name."""


def below(
    subjects: Mapping[str, SubjectFacts], subject: SubjectFacts, rule: SubordinatesDecl
) -> Measured:
    """The figure over the subordinates in scope."""
    return taken(_members(subjects, subject.code, rule.level), rule)


def taken(members: Sequence[SubjectFacts], rule: Together) -> Measured:
    """The figure over the members for which `where` holds.

    `count` is how many there are, `share` the part of all members for which `where` holds; mean,
    min, max and sum are over the figures of those. Without any, count and sum are 0 and the rest
    is unknown.
    """
    held = [(each, _where(each, rule)) for each in members]
    counted = [(each, truth) for each, truth in held if truth is not NO]
    sure = sum(truth is YES for _, truth in counted)
    if rule.take == "count":
        return Measured(Interval(Fraction(sure), Fraction(len(counted))))
    if rule.take == "share":
        if not members:
            return Measured(ANY)
        every = Fraction(len(members))
        return Measured(Interval(Fraction(sure) / every, Fraction(len(counted)) / every))
    figures = [(_figure(each, rule), truth) for each, truth in counted]
    return Measured(_TAKES[rule.take](figures))


def _members(subjects: Mapping[str, SubjectFacts], code: str, level: str) -> Sequence[SubjectFacts]:
    """The organisations below a code, in code order; a ring of parents ends where it began."""
    found: dict[str, SubjectFacts] = {}
    waiting = [code]
    while waiting:
        parent = waiting.pop()
        for each in subjects.values():
            if each.name(PARENT) == parent and each.code not in found and each.code != code:
                found[each.code] = each
                if level == "all":
                    waiting.append(each.code)
    return [found[each] for each in sorted(found)]


def _where(member: SubjectFacts, rule: Together) -> Truth:
    return judge(rule.where, member) if rule.where is not None else YES


def _figure(member: SubjectFacts, rule: Together) -> Interval:
    if isinstance(rule, SubordinatesDecl) and rule.rulebook is not None:
        others = member.setting.others.get(rule.rulebook, {}).get(member.code)
        if others is None:
            return ANY
        star = isinstance(rule.of, ex.Name) and rule.of.name == "star"
        value = others.star if star else others.total
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
