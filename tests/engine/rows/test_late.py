"""`late`: begun units after the limit (semantics.md step 4)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.rows.late import late, unit_end
from starrating.engine.values import BLANK, NONE, UNKNOWN, UNLIMITED, Interval
from starrating.rulebook.expressions import Name
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Late

DUE = date(2023, 1, 31)
CUT_OFF = date(2023, 12, 31)


def rule(**more):
    """A `late` whose limits are given; its formulas are not asked here."""
    return Late.model_construct(due=Name("应换"), done=Name("已换"), **{"unit": "month", **more})


@pytest.mark.parametrize(
    ("done", "units"),
    [
        (date(2023, 1, 31), 0),
        (date(2023, 2, 1), 1),
        (date(2023, 2, 28), 1),
        (date(2023, 3, 1), 2),
        (date(2023, 3, 31), 2),
        (NONE, 11),
        (date(2024, 1, 5), 11),
        (date(2022, 1, 30), 11),
        (date(2022, 1, 31), 0),
    ],
)
def test_begun_months_after_the_limit(done, units):
    """Up to and on the limit 0; not done, done after the cut-off, or of an earlier round: counted
    to the cut-off."""
    assert late(rule(), DUE, done, CUT_OFF) == Interval.at(units)


@pytest.mark.parametrize(
    ("grace", "unit", "end"),
    [
        (Span(1, "month"), "month", date(2023, 3, 31)),
        (Span(1, "month"), "week", date(2023, 3, 7)),
        (Span(10, "day"), "month", date(2023, 3, 10)),
        (Span(10, "day"), "week", date(2023, 2, 17)),
        (Span(1, "quarter"), "year", date(2024, 4, 30)),
        (None, "half", date(2023, 7, 31)),
    ],
)
def test_the_end_of_the_first_unit(grace, unit, end):
    """Grace and unit of one kind count from due, else the unit counts from the limit."""
    assert unit_end(rule(grace=grace, unit=unit), DUE, 1) == end


@pytest.mark.parametrize(
    ("due", "if_blank", "value"),
    [
        (NONE, None, UNLIMITED),
        (BLANK, None, UNLIMITED),
        (BLANK, Fraction(0), Interval.at(0)),
        (NONE, Fraction(0), Interval.at(0)),
        (UNKNOWN, Fraction(0), UNLIMITED),
    ],
)
def test_a_blank_due_date(due, if_blank, value):
    """Due blank is unknown unless `if_blank`; an unreadable one is unknown at any rate."""
    assert late(rule(if_blank=if_blank), due, NONE, CUT_OFF) == value


def test_an_unreadable_done_date():
    """It may have been done in time, or not at all."""
    assert late(rule(), DUE, UNKNOWN, CUT_OFF) == Interval(Fraction(0), Fraction(11))


@given(st.dates(date(2022, 6, 1), date(2023, 12, 1)), st.integers(0, 300))
def test_later_is_not_less_late(done, days):
    """The number of begun units never falls with the day."""
    first = late(rule(), DUE, done, date(2024, 12, 31)).number
    later = date.fromordinal(done.toordinal() + days)
    assert late(rule(), DUE, later, date(2024, 12, 31)).number >= first
