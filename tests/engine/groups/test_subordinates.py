"""Subordinates: who they are, also where the parents run in a ring, and what is taken of them."""

from fractions import Fraction

import pytest

from engine.made import evaluated
from starrating.engine.values import ANY, Interval

RULES = """columns: {党组织: {数: number}}
measures:
  直接: {subordinates: {take: count}}
  全部: {subordinates: {level: all, take: count}}
  合计: {subordinates: {of: 数, level: all, take: sum}}
  平均: {subordinates: {of: 数, level: all, take: mean}}
  最低: {subordinates: {of: 数, level: all, take: min}}
  最高: {subordinates: {of: 数, level: all, take: max}}
  占比: {subordinates: {level: all, take: share, where: 数 > 2}}
"""


def organisations(**parents):
    """Organisations o1, o2 … with their parents; each has its number as 数."""
    return [
        {
            "党组织代码": code,
            "党组织名称": f"{code}党支部",
            "领域": "农村",
            "上级党组织": parent,
            "数": code[1:],
        }
        for code, parent in parents.items()
    ]


def measured(code, name, rows):
    """A measure of one of the organisations."""
    results = {each.code: each for each in evaluated(RULES, 党组织=rows).subjects}
    return results[code].facts.measured(name).value


TREE = organisations(A1="", A2="A1", A3="A1", A4="A2", A5="A4")


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        ("A1", "直接", 2),
        ("A1", "全部", 4),
        ("A1", "合计", 14),
        ("A1", "平均", Fraction(7, 2)),
        ("A1", "最低", 2),
        ("A1", "最高", 5),
        ("A1", "占比", Fraction(3, 4)),
        ("A2", "直接", 1),
        ("A2", "全部", 2),
        ("A5", "全部", 0),
        ("A5", "合计", 0),
    ],
)
def test_levels(code, name, value):
    """The direct ones, or all below."""
    assert measured(code, name, TREE) == Interval.at(value)


@pytest.mark.parametrize("name", ["平均", "最低", "最高", "占比"])
def test_nobody_below(name):
    """Without subordinates there is nothing to take a part of."""
    assert measured("A3", name, TREE) == ANY


@pytest.mark.parametrize("code", ["A1", "A2", "A3"])
def test_a_ring_of_parents_ends(code):
    """Each of the ring has the two others below it, never itself."""
    ring = organisations(A1="A3", A2="A1", A3="A2")
    assert measured(code, "全部", ring) == Interval.at(2)
    assert measured(code, "合计", ring) == Interval.at(6 - int(code[1:]))


def test_its_own_parent():
    """An organisation that names itself is not below itself."""
    assert measured("A1", "全部", organisations(A1="A1", A2="A1")) == Interval.at(1)


def test_the_order_of_rows_changes_nothing():
    """The same figures from the rows turned round."""
    for name in ("全部", "合计", "平均", "占比"):
        assert measured("A1", name, TREE) == measured("A1", name, TREE[::-1])


def test_a_figure_is_asked_for():
    """Only a count and a share are taken of nothing."""
    with pytest.raises(AssertionError, match="of"):
        evaluated("measures: {甲: {subordinates: {take: mean}}}\n", 党组织=TREE)


@pytest.mark.parametrize(
    ("measure", "points"),
    [
        ("{subordinates: {take: share, where: 数 > 2}}", "6.6667"),
        ("{subordinates: {of: 数, take: mean}}", "10"),
        ("{subordinates: {of: 数 / 3, take: max}}", "10"),
        ("{subordinates: {of: 数 / 6, take: min}}", "3.3333"),
    ],
)
def test_what_is_divided_becomes_points_of_four_decimals(measure, points):
    """A share, a mean, a quotient of the subordinates is rounded when it becomes points."""
    rules = f"""columns: {{党组织: {{数: number}}}}
measures: {{甲: {measure}}}
sections:
  - {{title: 乙, points: 10, items: [{{id: "1", title: 丙, points: 10, clauses: [{{add: 10, per: 甲}}]}}]}}
"""
    rows = organisations(A1="", A2="A1", A3="A1", A4="A1")
    results = {each.code: each for each in evaluated(rules, 党组织=rows).subjects}
    assert results["A1"].final_items[0].score == Interval.at(Fraction(points))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("平均", ["A2党支部：2", "A3党支部：3", "A4党支部：4", "A5党支部：5"]),
        ("占比", ["A3党支部", "A4党支部", "A5党支部"]),
        ("直接", ["A2党支部", "A3党支部"]),
    ],
)
def test_the_subordinates_taken_are_the_sources(name, told):
    """Whoever doubts a superior's figure sees whose figures made it."""
    results = {each.code: each for each in evaluated(RULES, 党组织=TREE).subjects}
    assert results["A1"].facts.measured(name).sources == tuple(told)


def test_many_subordinates_are_cut_with_their_number():
    """A finding holds no more names than a cell can show."""
    parents = {f"A{number}": "A1" if number > 1 else "" for number in range(1, 105)}
    results = {
        each.code: each for each in evaluated(RULES, 党组织=organisations(**parents)).subjects
    }
    told = results["A1"].facts.measured("合计").sources
    assert (len(told), told[-1]) == (101, "另有3个下级党组织")
