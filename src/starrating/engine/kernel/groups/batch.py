"""Batch measures over arrays: rank, and share of the best, inside a group (step 5)."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.facts import Subjects
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact, choose, joined, order_keys
from starrating.engine.kernel.values.identity import identity
from starrating.engine.kernel.values.marks import NONE, has
from starrating.engine.kernel.values.numbers import Numbers, as_numbers, restated, select
from starrating.rulebook.model import RankDecl

_LEAST, _MOST = np.iinfo(np.int64).min // 2, np.iinfo(np.int64).max // 2


def rank(subjects: Subjects, rule: RankDecl) -> Numbers:
    """1 + how many are better; equal values share the better rank (1, 2, 2, 4)."""
    figure = as_numbers(evaluate(rule.of, subjects))
    if rule.order == "low":
        figure = -figure
    there = ~has(figure.state, NONE, subjects.n)
    group = groups(subjects, rule.among)
    keys = order_keys(joined([figure.low, figure.high]))
    low, high = keys[: subjects.n], keys[subjects.n :]
    if figure.no_low is not None:
        low = np.where(figure.no_low, _LEAST, low)
    if figure.no_high is not None:
        high = np.where(figure.no_high, _MOST, high)
    # Better for sure: its low end lies above my high one. Perhaps: its high end above my low one;
    # so does my own, where my ends do not meet.
    sure = _above(group[there], low[there], high[there])
    maybe = _above(group[there], high[there], low[there]) - (high > low)[there]
    found = np.ones((2, subjects.n), np.int64)
    found[0, there] += sure
    found[1, there] += maybe
    state = np.where(there, 0, NONE).astype(np.int8)
    return restated(Numbers(Exact.whole(found[0]), Exact.whole(found[1])), state)


def _above(group: Ints, of: Ints, over: Ints) -> Ints:
    """How many of `of` in each element's group lie above its `over`."""
    every = np.unique(np.concatenate([of, over]), return_inverse=True)[1]
    width = int(every.max(initial=0)) + 2
    marks, asked = every[: len(of)], every[len(of) :]
    ordered = np.sort(group * width + marks)
    upto = np.searchsorted(ordered, group * width + asked, side="right")
    end = np.searchsorted(ordered, (group + 1) * width, side="left")
    return np.asarray(end - upto)


def groups(subjects: Subjects, among: str | None) -> Ints:
    """A code for each subject's group; equal values of `among` are one group."""
    if among is None:
        return np.zeros(subjects.n, np.int64)
    return identity(subjects.name(among))


def best(subjects: Subjects, rule: RankDecl) -> Numbers:
    """The figure as a share of the best in the group, exact (`order` low: best / own).

    Over all ways the figures could turn out; unknown where the best may be 0. The own figure
    counts in the best.
    """
    n = subjects.n
    figure = as_numbers(evaluate(rule.of, subjects))
    there = ~has(figure.state, NONE, n)
    group, high = groups(subjects, rule.among), rule.order == "high"
    nowhere = np.zeros(n, np.bool_)
    no_low = nowhere if figure.no_low is None else figure.no_low
    no_high = nowhere if figure.no_high is None else figure.no_high
    scope = _Scope(group, there, high=high)
    certain = ~scope.any_other(there & ~figure.certain) & figure.certain
    own_best = scope.with_own(figure.low, figure.low)
    exact, zero = _share(figure.low, own_best, high=high)
    found = Numbers.known(exact)
    anything = certain & zero
    if not bool(certain[there].all()):
        open_ = ~certain
        lows = there & ~no_low
        all_lows = ~scope.any_other(there & no_low) & lows
        least = scope.extreme_of(figure.low, smallest=True)
        best_low = scope.extreme_of(figure.low, smallest=not high)
        bad = ~all_lows | (least.num < 0) | (best_low.num == 0)
        no_ends = scope.any_other(there & no_high) | no_high
        high_best = scope.with_own(figure.low, figure.high)
        low_best = scope.with_own(figure.high, figure.low)
        one, _ = _share(figure.low, high_best, high=high)
        two, _ = _share(figure.high, low_best, high=high)
        ends = Numbers(one.minimum(two), one.maximum(two))
        whole = Numbers(Exact.at(0, n), Exact.at(1, n))
        found = select(open_, select(no_ends, whole, ends), found)
        anything = anything | (open_ & bad)
    found = select(anything, Numbers.anything(n), found) if anything.any() else found
    return restated(found, np.where(there, 0, NONE).astype(np.int8))


def _share(own: Exact, best_: Exact, *, high: bool) -> tuple[Exact, Bools]:
    """own / best (high), best / own (low); and where it can not be told."""
    zero = best_.num == 0 if high else (own.num == 0) | (best_.num == 0)
    top, bottom = (own, best_) if high else (best_, own)
    turned = bottom.num < 0
    top, bottom = choose(turned, -top, top), choose(turned, -bottom, bottom)
    bottom = choose(bottom.num == 0, Exact.at(1, len(own)), bottom)
    return top.over(bottom), zero


class _Scope:
    """Extremes over the members of each subject's group; those without a figure are no members."""

    def __init__(self, group: Ints, there: Bools, *, high: bool) -> None:
        self.group, self.there, self.high = group, there, high
        self.count = int(group.max(initial=-1)) + 1

    def any_other(self, mask: Bools) -> Bools:
        """Whether the mask holds of another member of the group."""
        total = np.bincount(self.group[mask], minlength=self.count)
        return np.asarray(total[self.group] - mask > 0)

    def extreme_of(self, numbers: Exact, *, smallest: bool) -> Exact:
        """The smallest or largest number of all members of the group."""
        keys = order_keys(numbers)
        keys = -keys if smallest else keys
        at = np.flatnonzero(self.there)
        order = at[np.lexsort((keys[at], self.group[at]))]
        last = np.zeros(self.count, np.int64)
        last[self.group[order]] = order
        return numbers.take(last[self.group])

    def with_own(self, own: Exact, others: Exact) -> Exact:
        """The best of the own number and the others' numbers of the group."""
        keys = order_keys(others)
        keys = keys if self.high else -keys
        at = np.flatnonzero(self.there)
        order = at[np.lexsort((keys[at], self.group[at]))]
        first = np.full(self.count, -1, np.int64)
        second = np.full(self.count, -1, np.int64)
        first[self.group[order]] = order
        rest = order[first[self.group[order]] != order]
        second[self.group[rest]] = rest
        mine = first[self.group] == np.arange(len(self.group))
        other = np.where(mine, second[self.group], first[self.group])
        alone = other < 0
        rival = others.take(np.maximum(other, 0))
        better = rival.maximum(own) if self.high else rival.minimum(own)
        return choose(alone, own, better)
