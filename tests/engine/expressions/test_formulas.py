"""Conditions against brute force over the worlds of their unknown facts (semantics.md step 0)."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.expressions.formulas import Facts, evaluate, hull_of, judge
from starrating.engine.values import (
    ANY,
    BLANK,
    NO,
    NONE,
    OPEN,
    UNKNOWN,
    YES,
    Interval,
    Truth,
)
from starrating.origin import Origin
from starrating.rulebook import parsing

HALVES = [Fraction(half, 2) for half in range(-1, 10)]
TEXTS = ["农村", "城市", "农企", "城企、农村", "机关"]


def parse(text):
    return parsing.parse(text, Origin("r.yaml"))


class Given(Facts):
    """Facts as a table gives them."""

    def __init__(self, **values):
        self.values = values

    def name(self, name):
        return self.values[name]

    def found(self, point):
        return self.values[point]

    def options(self, name):
        return {"涉农": ("农村", "农企")}.get(name)


def judged(text, **values):
    return judge(parse(text), Given(**values))


# --- brute force ------------------------------------------------------------------------------

number_names = st.sampled_from(["x", "y"])
marks = st.integers(0, 4)
operators = st.sampled_from(["<", "<=", "=", "!=", ">", ">="])
against_marks = st.builds("{} {} {}".format, number_names, operators, marks)
among = st.builds("x in {}、{}".format, marks, marks)
answered = st.sampled_from(["found 甲", "not found 甲"])
texts = st.sampled_from(
    [
        "t = '农村'", "t != '城市'", "t in 农村、城市", "t in 涉农", "t not in 农村、机关",
        "t starts '农'", "not t starts '农'", "t ends '村'", "t includes '农村'", "t contains '企'",
        "t is not blank",
    ]
)  # fmt: skip
crossed = st.sampled_from(["x < y", "x = y", "x + 1 <= y", "x + x > 3", "2 * x = x + y", "x = x"])


def conditions(atoms):
    """Conditions of some atoms, so small that facts stand in several places."""

    def joined(inner):
        parts = st.lists(inner, min_size=2, max_size=3)
        return st.builds(
            lambda word, some: f"({f' {word} '.join(some)})", st.sampled_from(["and", "or"]), parts
        ) | st.builds("not ({})".format, inner)

    return st.recursive(atoms, joined, max_leaves=5)


def worlds(bounds):
    """Every way the unknown facts could turn out, on a grid of halves."""
    ranges = {name: [n for n in HALVES if low <= n <= high] for name, (low, high) in bounds.items()}
    for x, y, found, text in product(ranges["x"], ranges["y"], (False, True), TEXTS):
        yield {"x": Interval.at(x), "y": Interval.at(y), "甲": Truth.of(found), "t": text}


bounds = st.fixed_dictionaries(
    {name: st.tuples(marks, marks).map(lambda ends: (min(ends), max(ends))) for name in ("x", "y")}
)


def unknown(given_bounds):
    facts = {name: Interval(*map(Fraction, ends)) for name, ends in given_bounds.items()}
    return Given(**facts, 甲=OPEN, t=UNKNOWN)


@given(conditions(against_marks | answered | among | crossed | texts), bounds)
def test_a_sure_condition_is_so_in_every_world(text, given_bounds):
    """Yes (no) is said only of what is yes (no) however the unknown facts turn out."""
    expr = parse(text)
    truth = judge(expr, unknown(given_bounds))
    if truth is not OPEN:
        assert {judge(expr, Given(**world)) for world in worlds(given_bounds)} == {truth}


@given(conditions(against_marks | answered | among), bounds)
def test_a_condition_on_numbers_and_answers_is_as_sharp_as_can_be(text, given_bounds):
    """Facts compared with printed numbers are correlated inside one condition, exactly."""
    expr = parse(text)
    found = {judge(expr, Given(**world)) for world in worlds(given_bounds)}
    assert judge(expr, unknown(given_bounds)) is (found.pop() if len(found) == 1 else OPEN)


# --- facts of the language ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("found 甲 or not found 甲", YES),
        ("数 < 5 or 数 >= 5", YES),
        ("数 < 5 and 数 > 7", NO),
        ("类别 = '党委' and 类别 = '支部'", NO),
        ("类别 starts '联合' or not 类别 starts '联合'", YES),
        ("类别 starts '联合' and 类别 != '党委'", OPEN),
        ("日 < 2024-01-01 or 日 >= 2024-01-01", YES),
        ("日 < 2024-01-01 and 日 > 2024-06-01", NO),
        ("数 + 1 > 数", OPEN),
        ("数 > 1 and 数 < 件数", OPEN),
        ("有会 or not 有会", YES),
    ],
)
def test_one_fact_in_two_places_is_one_fact(text, truth):
    """Inside one condition a fact is split by what it is compared with directly."""
    facts = {"甲": OPEN, "数": ANY, "件数": ANY, "类别": UNKNOWN, "日": UNKNOWN, "有会": OPEN}
    assert judged(text, **facts) is truth


@pytest.mark.parametrize(
    ("value", "blank"), [(NONE, YES), (BLANK, YES), (UNKNOWN, OPEN), ("甲", NO), (ANY, NO)]
)
def test_whether_a_cell_is_blank(value, blank):
    """An empty cell is blank though the fact is unknown, also beside a comparison."""
    assert judged("数 is blank", 数=value) is blank
    assert judged("数 is blank or 数 is blank", 数=value) is blank


def test_a_blank_cell_in_a_guarded_comparison():
    """`is not blank and …` is no of an empty cell."""
    assert judged("数 is not blank and 数 < 5", 数=BLANK) is NO


@pytest.mark.parametrize("op", ["=", "!=", "<", "<=", ">", ">="])
def test_a_comparison_with_none_is_no_and_its_not_is_yes(op):
    """None is no number: every comparison with it is no, `!=` as well."""
    assert judged(f"数 {op} 3", 数=NONE) is NO
    assert judged(f"not 数 {op} 3", 数=NONE) is YES


def test_arithmetic_with_none_is_none():
    """A sum with a fact that does not exist does not exist."""
    assert evaluate(parse("数 + 3"), Given(数=NONE)) is NONE
    assert evaluate(parse("min(数, 3)"), Given(数=NONE)) is NONE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("日 + 2 months", date(2023, 3, 31)),
        ("日 - 7 days", date(2023, 1, 24)),
        ("months(日, 2023-04-30)", Interval.at(3)),
        ("max(数, 3) - min(数, 3)", Interval(Fraction(0), Fraction(3))),
        ("abs(数 - 3)", Interval(Fraction(0), Fraction(2))),
        ("数 / 4", Interval(Fraction(1, 4), Fraction(1))),
        ("数 in 涉农", NO),
    ],
)
def test_values_of_expressions(text, value):
    """Dates, functions and exact quotients."""
    facts = Given(日=date(2023, 1, 31), 数=Interval(Fraction(1), Fraction(4)))
    assert evaluate(parse(text), facts) == value


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("类型 includes '党课'", YES),
        ("类型 includes '课'", NO),
        ("类型 matches '^党.*课$'", YES),
        ("类型 ends '课'", YES),
        ("类型 = 3", NO),
    ],
)
def test_texts(text, truth):
    """`includes` asks for one of several names, however they are joined."""
    assert judged(text, 类型="党员大会，党课") is truth


@pytest.mark.parametrize(
    ("values", "hull"),
    [
        (["甲", "甲"], "甲"),
        (["甲", "乙"], UNKNOWN),
        ([YES, NO], OPEN),
        ([Interval.at(1), Interval.at(3)], Interval(Fraction(1), Fraction(3))),
        ([Interval.at(1), NONE], UNKNOWN),
    ],
)
def test_the_hull_of_values(values, hull):
    """The smallest value that holds all; what has no order is unknown."""
    assert hull_of(values) == hull


def test_what_a_place_may_not_ask_is_a_key_error():
    """Facts that a place does not have were refused when the rules were checked."""
    facts = Facts()
    for asked in ("甲", "found 甲", "lacking 甲", "flagged 甲", '得分("1")'):
        with pytest.raises(KeyError):
            evaluate(parse(asked), facts)
