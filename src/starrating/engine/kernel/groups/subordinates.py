"""`subordinates` and `group` over arrays: a figure of several organisations together (step 5).

The pairs of an organisation and one below it are the rows of `subordinates`, the members of each
group those of `group`: the figure is taken over the rows of a segment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.elsewhere import intervals
from starrating.engine.kernel.expressions.formulas import evaluate, judge
from starrating.engine.kernel.facts import Facts, FactsAt, Subjects
from starrating.engine.kernel.groups.batch import groups
from starrating.engine.kernel.groups.quotients import quotient_range
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.scoring.overlay import FactsOver
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact, order_keys
from starrating.engine.kernel.values.marks import HELD, NONE, Texts, Truths, has
from starrating.engine.kernel.values.numbers import Numbers, as_numbers, restated, select
from starrating.engine.values import ANY, Interval
from starrating.engine.values import NONE as NO_STAR
from starrating.engine.values import Value as AnyValue
from starrating.rulebook.model import GroupDecl, SubordinatesDecl
from starrating.rulebook.model.measures import Together
from starrating.schema import PARENT

RESULTS = ("总分", "星级")
"""What another rulebook gave, by the names that `where` reads."""


def below(subjects: Subjects, rule: SubordinatesDecl) -> Numbers:
    """The figure over the subordinates: the organisations below in the scope of the rulebook whose
    results are read, else of this one."""
    if rule.rulebook is not None and rule.rulebook not in subjects.others:
        return Numbers.anything(subjects.n)
    above, member, facts = _members(subjects, rule)
    return _taken(facts, rule, Segments(above, subjects.n), member)


def of_group(subjects: Subjects, rule: GroupDecl) -> Numbers:
    """The figure of each subject's group, itself included."""
    found, group = np.unique(groups(subjects, rule.among), return_inverse=True)
    order = np.argsort(group, kind="stable")
    return _taken(subjects, rule, Segments(group[order], len(found)), order).take(group)


def _taken(facts: Facts, rule: Together, every: Segments, member: Ints) -> Numbers:
    """The figure over the members of each segment for which `where` holds.

    `count` is how many there are, `share` the part of all members for which `where` holds; mean,
    min, max and sum are over the figures of those. Without any, count and sum are 0 and the rest
    is unknown.
    """
    at = FactsAt(facts, member)
    holds = Truths.at(True, len(member)) if rule.where is None else judge(rule.where, at)
    if rule.take in ("count", "share"):
        counted = Numbers(Exact.whole(every.count(holds.sure)), Exact.whole(every.count(holds.may)))
        return (
            counted if rule.take == "count" else counted / Numbers.known(Exact.whole(every.count()))
        )
    pairs = every.where(holds.may)
    figure = _figure(facts, rule).take(member[holds.may])
    sure = holds.sure[holds.may]
    if rule.take == "sum":
        return _sum(pairs, figure, sure)
    if rule.take == "mean":
        return _mean(pairs, figure, sure)
    return -_most(pairs, -figure, sure) if rule.take == "min" else _most(pairs, figure, sure)


def _members(subjects: Subjects, rule: SubordinatesDecl) -> tuple[Ints, Ints, Facts]:
    """(subject, place of one of its subordinates) in order of both, and the facts at the places.

    The way down leads through every organisation of the part, in scope or not.
    """
    roll = subjects.everyone()
    above, member = _pairs(roll, every=rule.level == "all")
    own = {code: index for index, code in enumerate(subjects.codes)}
    place = np.array([own.get(code, -1) for code in roll.codes], np.int64)
    if rule.rulebook is None:
        inside = (place[above] >= 0) & (place[member] >= 0)
        return place[above[inside]], place[member[inside]], subjects
    results = subjects.others[rule.rulebook]
    graded = np.array([code in results for code in roll.codes], np.bool_)
    inside = (place[above] >= 0) & graded[member]
    return place[above[inside]], member[inside], _Graded(roll, results)


class _Graded(FactsOver):
    """The facts of all organisations with what another rulebook of this review gave them."""

    def __init__(self, roll: Subjects, results: Mapping[str, Figures]) -> None:
        own = [results.get(code) for code in roll.codes]
        super().__init__(
            roll,
            {
                "总分": intervals([ANY if each is None else each.total for each in own]),
                "星级": _stars([NO_STAR if each is None else each.star for each in own]),
            },
            {},
        )


def _stars(values: Sequence[AnyValue]) -> Numbers:
    """Stars that another rulebook gave; one that was not rated has none."""
    there = [value if isinstance(value, Interval) else ANY for value in values]
    none = np.array([value is NO_STAR for value in values], np.bool_)
    numbers = intervals(there)
    return restated(numbers, np.where(none, NONE, HELD).astype(np.int8)) if none.any() else numbers


def _pairs(roll: Subjects, *, every: bool) -> tuple[Ints, Ints]:
    """(organisation, one below it) in order of both; a ring of parents ends where it began."""
    n = roll.n
    parent = roll.name(PARENT)
    nobody = np.zeros(0, np.int64)
    if not isinstance(parent, Texts) or not n:
        return nobody, nobody
    place = {code: index for index, code in enumerate(roll.codes)}
    table = np.array([*(place.get(text, -1) for text in parent.vocabulary), -1], np.int64)
    own = table[parent.codes]
    if parent.state is not None:
        own = np.where(parent.state == HELD, own, -1)
    child = np.flatnonzero(own >= 0)
    direct = Segments(np.sort(own[child]), n)
    below_ = child[np.argsort(own[child], kind="stable")]
    found = _keys(direct.subject, below_, n)
    fresh = found if every else nobody
    while len(fresh):
        above, member = np.divmod(fresh, n)
        steps = direct.lengths[member]
        starts = np.repeat(direct.bounds[:-1][member] - np.cumsum(steps) + steps, steps)
        further = _keys(np.repeat(above, steps), below_[starts + np.arange(len(starts))], n)
        fresh = np.setdiff1d(further, found, assume_unique=True)
        found = np.union1d(found, fresh)
    above, member = np.divmod(found, n)
    return above, member


def _keys(above: Ints, member: Ints, n: int) -> Ints:
    """Each pair once, without an organisation below itself."""
    other = above != member
    return np.unique(above[other] * n + member[other])


def _figure(facts: Facts, rule: Together) -> Numbers:
    """The figure of every organisation: an expression of its facts, or another rulebook's result."""
    assert rule.of is not None
    if not isinstance(rule, SubordinatesDecl) or rule.rulebook is None:
        own = as_numbers(evaluate(rule.of, facts))
    else:
        own = as_numbers(facts.name("星级" if rule.result == "star" else "总分"))
    none = has(own.state, NONE, facts.n)
    return select(none, Numbers.anything(facts.n), restated(own, np.zeros(facts.n, np.int8)))


# --- taking together ------------------------------------------------------------------------


def _end(mask: Bools | None, n: int) -> Bools:
    return np.zeros(n, np.bool_) if mask is None else mask


def _sum(pairs: Segments, figure: Numbers, sure: Bools) -> Numbers:
    held = select(sure, figure, figure.hull(Numbers.at(0, len(figure))))
    return Numbers(
        pairs.sum(held.low),
        pairs.sum(held.high),
        pairs.any(_end(held.no_low, len(held))),
        pairs.any(_end(held.no_high, len(held))),
    )


def _mean(pairs: Segments, figure: Numbers, sure: Bools) -> Numbers:
    n = len(figure)
    one = Exact.at(1, n)
    low, gone = quotient_range(pairs, figure.low, one, sure, ~sure)
    high = low if figure.sharp else quotient_range(pairs, figure.high, one, sure, ~sure)[0]
    gone = gone | pairs.any(_end(figure.no_low, n) | _end(figure.no_high, n))
    return select(gone, Numbers.anything(pairs.n), Numbers(low.low, high.high))


def _most(pairs: Segments, figure: Numbers, sure: Bools) -> Numbers:
    n = len(figure)
    no_low, no_high = _end(figure.no_low, n), _end(figure.no_high, n)
    with_low = _largest(pairs, figure.low, sure & ~no_low)
    with_high = _largest(pairs, figure.high, ~no_high)
    none = ~pairs.any(sure)
    found = Numbers(with_low[0], with_high[0], with_low[1] & ~none, pairs.any(no_high))
    return select(none, Numbers.anything(pairs.n), found)


def _largest(pairs: Segments, numbers: Exact, mask: Bools) -> tuple[Exact, Bools]:
    """The largest number of each subject's pairs where the mask holds, and where there is none."""
    if not len(numbers):
        return Exact.at(0, pairs.n), np.ones(pairs.n, np.bool_)
    keys = order_keys(numbers)
    best = pairs.largest(np.where(mask, keys, -1), -1)
    at = np.flatnonzero(mask & (keys == best[pairs.subject]))
    row = np.zeros(pairs.n, np.int64)
    row[pairs.subject[at]] = at
    return numbers.take(row), best < 0
