"""The cells of decision tables: what they say, and that checks and engine read them alike."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.expressions.formulas import Facts, judge
from starrating.engine.values import NO, NONE, YES, Interval
from starrating.rulebook import expressions as ex
from starrating.rulebook.tables import (
    EVERYTHING,
    OTHER,
    cell_condition,
    holds,
    row_condition,
    samples,
)

INPUT = ex.Name("甲")


class One(Facts):
    """Facts of which one name is known."""

    def __init__(self, value):
        self.value = value

    def name(self, _name):
        """The value."""
        return self.value


def engine_says(condition, value):
    """Whether the engine holds the condition for a known value."""
    if value is None:
        known = NONE
    elif isinstance(value, bool):
        known = YES if value else NO
    else:
        known = Interval.at(value) if isinstance(value, Fraction) else value
    return judge(condition, One(known)) is YES


def fits(cell, value):
    """Whether a value of the input fits a cell."""
    condition = cell_condition(INPUT, cell)
    assert condition is not None
    return holds(condition, INPUT, Fraction(value) if isinstance(value, (int, str)) else value)


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("any", (0, 5), ()),
        ("5", (5,), ("4.9999", "5.0001")),
        ("5、7", (5, 7), (6,)),
        ("over 5", ("5.0001",), (5, 4)),
        ("from 5", (5, 6), ("4.9999",)),
        ("under 5", ("4.9999",), (5, 6)),
        ("upto 5", (5, 4), ("5.0001",)),
        ("≥5", (5,), (4,)),
        ("< 5", (4,), (5,)),
        ("5 to 10", (5, 10), ("4.9999", "10.0001")),
        ("5 to under 10", (5, "9.9999"), (10,)),
        ("over 5 to 10", ("5.0001", 10), (5,)),
        ("over 5 to under 10", (6,), (5, 10)),
        ("50% to 70%", ("0.5", "0.7"), ("0.71", 50)),
    ],
)
def test_numbers(cell, inside, outside):
    """Edges are in or out as the words say."""
    assert all(fits(cell, value) for value in inside)
    assert not any(fits(cell, value) for value in outside)


def test_words_truths_days_and_blanks():
    """The other kinds of cells."""

    def held(cell, value):
        return holds(cell_condition(INPUT, cell), INPUT, value)

    assert held("村、社区", "社区")
    assert not held("村、社区", "学校")
    assert not held("5", "5")
    assert held("是", True)
    assert held("否", False)
    assert not held("否", True)
    assert held("blank", None)
    assert not held("blank", Fraction(0))
    assert held("from 2024-03-01", date(2024, 3, 1))
    assert not held("from 2024-03-01", date(2024, 2, 29))
    assert held("2024-01-01 to under 2024-03-01", date(2024, 2, 29))


@pytest.mark.parametrize("cell", ["over 村", "5 to 村", "upto x"])
def test_cells_that_cannot_be_read(cell):
    """An edge is a number or a day."""
    assert cell_condition(INPUT, cell) is None
    assert row_condition([INPUT], [cell]) is None


def test_a_row_asks_for_all_its_cells():
    """`any` asks for nothing."""
    one, two = ex.Name("甲"), ex.Name("乙")
    assert row_condition([one, two], ["any", "-"]) == EVERYTHING
    assert row_condition([one, two], ["any", "over 5"]) == cell_condition(two, "over 5")
    both = row_condition([one, two], ["村", "over 5"])
    assert both == ex.And((cell_condition(one, "村"), cell_condition(two, "over 5")))


# --- checks and engine agree -----------------------------------------------------------------------

NUMBERS = st.integers(-20, 20).map(lambda n: Fraction(n, 2))
DAYS = st.integers(0, 40).map(lambda n: date(2024, 2, 20) + timedelta(days=n))


def written(value):
    """A value as a cell writes it."""
    return value.isoformat() if isinstance(value, date) else str(float(value))


def cells(values):
    """Cells over ordered values."""
    word = st.sampled_from(("over", "under", "from", "upto"))
    return st.one_of(
        values.map(written),
        st.lists(values, min_size=2, max_size=3).map(lambda many: "、".join(map(written, many))),
        st.tuples(word, values).map(lambda pair: f"{pair[0]} {written(pair[1])}"),
        st.tuples(values, st.sampled_from(("", "under ")), values).map(
            lambda each: f"{written(each[0])} to {each[1]}{written(each[2])}"
        ),
        st.sampled_from(("any", "blank")),
    )


WORDS = st.sampled_from(("村", "社区", "学校", "其他"))
COLUMNS = st.one_of(
    st.tuples(st.lists(cells(NUMBERS), min_size=1, max_size=4), NUMBERS),
    st.tuples(st.lists(cells(DAYS), min_size=1, max_size=4), DAYS),
    st.tuples(
        st.lists(
            st.lists(WORDS, min_size=1, max_size=2).map("、".join)
            | st.sampled_from(("any", "blank")),
            min_size=1,
            max_size=4,
        ),
        WORDS | st.just("国企"),
    ),
    st.tuples(
        st.lists(st.sampled_from(("是", "否", "any")), min_size=1, max_size=3), st.booleans()
    ),
)


@given(COLUMNS)
def test_holds_is_what_the_engine_judges(column):
    """For every value of a column's kind, and for blank where no truth is asked for."""
    conditions = [cell_condition(INPUT, cell) for cell in column[0]]
    asked = [column[1], *(value for value in samples(conditions) if value is not None)]
    for condition in conditions:
        for value in asked:
            assert holds(condition, INPUT, value) == engine_says(condition, value), value
        if condition not in (INPUT, ex.Not(INPUT)):
            assert holds(condition, INPUT, None) == engine_says(condition, None)


@given(COLUMNS)
def test_samples_leave_no_piece_out(column):
    """Whatever rows a value fits, one of the samples fits the same rows."""
    conditions = [cell_condition(INPUT, cell) for cell in column[0]]

    def rows(value):
        return tuple(holds(condition, INPUT, value) for condition in conditions)

    assert rows(column[1]) in {rows(value) for value in samples(conditions)}


def test_a_word_nobody_names():
    """Though a cell names 其他, some word is left that no cell names."""
    conditions = [cell_condition(INPUT, cell) for cell in ("村", OTHER)]
    assert any(not any(holds(c, INPUT, value) for c in conditions) for value in samples(conditions))
