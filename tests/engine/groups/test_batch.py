"""Ranks, and shares of the best, against brute force (semantics.md step 5)."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import evaluated, section
from starrating.engine.groups.batch import share_of_best
from starrating.engine.groups.compared import Compared
from starrating.engine.values import ANY, NO, YES, Interval

MEASURES = (
    "columns: {党组织: {收入: {type: number}}}\n"
    "measures:\n"
    "  名次: {rank: {of: 收入, among: 所属乡镇}}\n"
    "  少者名次: {rank: {of: 收入, among: 所属乡镇, order: low}}\n"
)


def ranks(*figures, measure="名次", towns=None):
    roll = [
        {"党组织代码": f"{n:04}", "党组织名称": f"{n}村", "领域": "农村", "收入": figure,
         "所属乡镇": towns[n] if towns else "东镇"}
        for n, figure in enumerate(figures)
    ]  # fmt: skip
    text = MEASURES + section("{add: 1, per: 名次}", "{add: 1, per: 少者名次}")
    found = evaluated(text, 党组织=roll).subjects
    values = [each.facts.measured(measure).value for each in found]
    return [(int(value.low), int(value.high)) for value in values]


def test_equal_values_share_the_better_rank():
    """1, 2, 2, 4."""
    assert ranks("9", "7", "7", "5") == [(1, 1), (2, 2), (2, 2), (4, 4)]


def test_low_is_best_where_so_said():
    """`order: low`."""
    assert ranks("9", "7", "7", "5", measure="少者名次") == [(4, 4), (2, 2), (2, 2), (1, 1)]


def test_an_unknown_figure_may_be_any():
    """It may rank anywhere, and push the others back by one."""
    assert ranks("9", None, "5") == [(1, 2), (1, 3), (2, 3)]


def test_ranks_are_among_the_group():
    """Each town has ranks of its own."""
    assert ranks("9", "7", "5", towns=["东镇", "西镇", "东镇"]) == [(1, 1), (1, 1), (2, 2)]


figures = st.tuples(st.integers(1, 6), st.integers(0, 3)).map(
    lambda pair: Interval(Fraction(pair[0]), Fraction(pair[0] + pair[1]))
)


@given(figures, st.lists(figures, max_size=3), st.sampled_from(["high", "low"]))
def test_the_range_of_the_share(own, others, order):
    """Exactly the range over all ways the figures could turn out."""

    def numbers(interval):
        return [Fraction(n) for n in range(int(interval.low), int(interval.high) + 1)]

    found = []
    for first, *rest in product(numbers(own), *map(numbers, others)):
        best = (max if order == "high" else min)([first, *rest])
        found.append(first / best if order == "high" else best / first)
    assert share_of_best(own, others, order) == Interval(min(found), max(found))


@pytest.mark.parametrize(
    ("own", "others", "order", "share"),
    [
        ((0, 0), [(0, 0)], "high", ANY),
        ((0, 2), [(0, 3)], "high", ANY),
        ((0, 2), [(3, 3)], "low", ANY),
        ((-1, 2), [(3, 3)], "high", ANY),
        ((1, None), [(3, 3)], "high", Interval(Fraction(0), Fraction(1))),
    ],
)
def test_where_the_share_is_unknown(own, others, order, share):
    """Where the best may be 0, or figures may be negative."""
    ends = [
        Interval(*(None if e is None else Fraction(e) for e in pair)) for pair in (own, *others)
    ]
    assert share_of_best(ends[0], ends[1:], order) == share


ends = st.one_of(st.none(), st.integers(-2, 4).map(Fraction))
open_figures = st.tuples(ends, ends).map(
    lambda pair: Interval(*(sorted(pair) if None not in pair else pair))
)


@given(st.lists(open_figures, min_size=1, max_size=7), st.sampled_from(["high", "low"]))
def test_sorted_figures_rank_and_share_as_each_against_all(given_figures, order):
    """The place by bisection, and the share of the best by a few others, are those by all others."""
    group = {str(place): figure for place, figure in enumerate(given_figures)}
    compared = Compared.of(group)
    for code, own in group.items():
        others = [figure for other, figure in group.items() if other != code]
        better = [own.less(each) if order == "high" else each.less(own) for each in others]
        sure, possible = better.count(YES), len(better) - better.count(NO)
        assert compared.better(own, code, order) == Interval(Fraction(sure), Fraction(possible))
        few = compared.others(code)
        assert share_of_best(own, few, order) == share_of_best(own, others, order)
