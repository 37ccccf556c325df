"""Decision tables: which rows count, sure and open, and rows that are one too many."""

from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import reviewed, section, setting, subject
from starrating.engine.scoring.tabled import _HITS, table_points
from starrating.engine.values import NO, OPEN, YES, Interval

COLUMNS = "columns: {党组织: {收入: number, 示范: truth}}\n"


def table(hit, rows, otherwise="", of="[收入]"):
    """A rulebook with one item that a table scores."""
    tail = f", otherwise: {otherwise}" if otherwise else ""
    return COLUMNS + section(f"{{table: {{of: {of}, hit: {hit}, rows: [{rows}]{tail}}}}}")


def score(text, **organisation):
    """The score of the item for an organisation."""
    (scored,) = reviewed(text, 党组织=[organisation]).final_items
    return scored.score


@pytest.mark.parametrize(
    ("hit", "points"), [("first", 2), ("priority", 5), ("collect", 7), ("unique", None)]
)
def test_two_rows_hold(hit, points):
    """The first, the most, both; under `unique` either, for nobody knows which was meant."""
    found = score(table(hit, "[over 10, 2], [over 20, 5]"), 收入="30")
    assert found == (Interval.at(points) if points else Interval(Fraction(2), Fraction(5)))


def test_two_sure_rows_of_a_unique_table_are_a_fault():
    """E121 names both rows and the organisation, at the table."""
    text = table("unique", "[over 10, 2], [upto 5, 3], [over 20, 5]")
    faults = []
    facts = subject(text, faults, 党组织=[{"收入": "30"}])
    (_, item), *_ = facts.setting.book.items()
    rule = item.clauses[0].table
    assert table_points(facts, rule) == Interval(Fraction(2), Fraction(5))
    assert [fault.code for fault in faults] == ["E121"]
    assert "第1行、第3行" in faults[0].message
    assert faults[0].origin == rule.origin


def test_rows_that_may_hold_are_no_fault():
    """Only what surely holds is told."""
    faults = []
    facts = subject(table("unique", "[over 10, 2], [over 20, 5]"), faults, 党组织=[{"收入": ""}])
    (_, item), *_ = facts.setting.book.items()
    assert table_points(facts, item.clauses[0].table) == Interval(Fraction(0), Fraction(5))


def test_two_inputs_of_one_fact():
    """Rows that read one unknown fact in two inputs never hold against each other."""
    rows = "[over 10, upto 10, 9], [upto 10, over 10, 8], [any, any, 3]"
    assert score(table("first", rows, of="[收入, 收入]"), 收入="") == Interval.at(3)


def test_nothing_holds():
    """`otherwise`, and 0 where it is not written."""
    assert score(table("first", "[over 10, 2]", "1"), 收入="5") == Interval.at(1)
    assert score(table("first", "[over 10, 2]"), 收入="5") == Interval.at(0)


def test_truths():
    """是 and 否 read a condition; open where it is unknown."""
    text = table("first", "[是, 6], [否, 4]", of="[示范]")
    assert score(text, 示范="是") == Interval.at(6)
    assert score(text, 示范="否") == Interval.at(4)
    assert score(text, 示范="") == Interval(Fraction(4), Fraction(6))


ROWS = st.lists(
    st.tuples(st.sampled_from((NO, OPEN, YES)), st.integers(-3, 5).map(Fraction)), max_size=5
)
PLAIN = {
    "first": lambda held: held[0],
    "priority": max,
    "collect": sum,
}


@pytest.mark.parametrize("hit", PLAIN)
@given(rows=ROWS, otherwise=st.integers(-2, 4).map(Fraction))
def test_open_rows_are_the_hull_of_all_ways(hit, rows, otherwise):
    """Every way the open rows could turn out, judged by itself."""
    ways = [(truth,) if truth is not OPEN else (NO, YES) for truth, _ in rows]
    points = []
    for way in product(*ways):
        held = [worth for truth, (_, worth) in zip(way, rows, strict=True) if truth is YES]
        points.append(PLAIN[hit](held) if held else otherwise)
    assert _HITS[hit](rows, otherwise) == Interval(min(points), max(points))


@given(rows=ROWS, otherwise=st.integers(-2, 4).map(Fraction))
def test_unique_is_the_hull_of_single_rows(rows, otherwise):
    """One row holds, or none."""
    sure = [worth for truth, worth in rows if truth is YES]
    found = _HITS["unique"](rows, otherwise)
    possible = [worth for truth, worth in rows if truth is not NO]
    assert found == Interval(
        *(end([*possible, *(() if sure else (otherwise,))]) for end in (min, max))
    )


def test_dates():
    """A cell may be a day."""
    text = section(
        "{table: {of: [截止日], hit: first, rows: [[from 2023-12-31, 5]], otherwise: 1}}"
    )
    assert setting(text).cut_off == date(2023, 12, 31)
    assert score(text) == Interval.at(5)


def test_collect_adds_any_number_of_rows():
    """All subsets of three rows come out as their sums."""
    for size in range(4):
        for chosen in combinations((1, 2, 4), size):
            rows = [(YES if worth in chosen else NO, Fraction(worth)) for worth in (1, 2, 4)]
            assert _HITS["collect"](rows, Fraction(9)) == Interval.at(sum(chosen) if chosen else 9)
