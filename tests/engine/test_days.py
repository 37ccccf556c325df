"""Calendar arithmetic: clipped months, whole units, units of a period (semantics.md step 4)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.days import MONTHS, add, calendar_units, rolling_units, whole

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "unit", "after"),
    [
        (date(2023, 1, 31), 1, "month", date(2023, 2, 28)),
        (date(2023, 1, 31), 2, "month", date(2023, 3, 31)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2023, 3, 31), -1, "month", date(2023, 2, 28)),
        (date(2023, 11, 30), 1, "quarter", date(2024, 2, 29)),
        (date(2023, 8, 31), 1, "half", date(2024, 2, 29)),
        (date(2023, 12, 31), 1, "day", date(2024, 1, 1)),
        (date(2023, 12, 31), 2, "week", date(2024, 1, 14)),
    ],
)
def test_months_are_computed_from_the_day_itself(day, count, unit, after):
    """n months after d is computed from d and clipped to the month's end."""
    assert add(day, count, unit) == after


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_beyond_the_calendar_is_its_end(unit):
    """A length that leads out of the calendar ends there."""
    assert add(date(9000, 1, 1), 999_999_999, unit) == date.max
    assert add(date(1000, 1, 1), -999_999_999, unit) == date.min


@pytest.mark.parametrize(
    ("unit", "start", "end", "count"),
    [
        ("month", date(2023, 1, 31), date(2023, 2, 27), 0),
        ("month", date(2023, 1, 31), date(2023, 2, 28), 1),
        ("year", date(2020, 2, 29), date(2023, 2, 28), 3),
        ("year", date(2020, 3, 1), date(2023, 2, 28), 2),
        ("day", date(2023, 1, 1), date(2023, 1, 31), 30),
        ("month", date(2023, 3, 1), date(2023, 1, 1), -2),
    ],
)
def test_whole_units(unit, start, end, count):
    """Whole units from one day to another; negative backwards."""
    assert whole(unit, start, end) == count


@given(DAYS, st.integers(0, 200), st.sampled_from(["month", "quarter", "half", "year"]))
def test_whole_units_undo_addition(day, count, unit):
    """From a day to the day n units later there are n whole units."""
    assert whole(unit, day, add(day, count, unit)) == count


@given(DAYS, st.integers(0, 900), st.sampled_from(list(MONTHS)))
def test_calendar_units_cover_the_days_without_gap_or_overlap(start, length, unit):
    """Every day lies in exactly one calendar unit."""
    end = start + timedelta(days=length)
    units = list(calendar_units(unit, start, end))
    assert units[0].start <= start
    assert units[-1].end >= end
    for earlier, later in pairwise(units):
        assert later.start - earlier.end == timedelta(days=1)


def test_names_of_units():
    """Units are named as offices print them."""
    named = {
        unit: next(iter(calendar_units(unit, date(2023, 8, 9), date(2023, 8, 9)))).name
        for unit in MONTHS
    }
    assert named == {
        "month": "2023-08",
        "quarter": "2023年第3季度",
        "half": "2023年下半年",
        "year": "2023年",
    }


def test_rolling_units():
    """Each window of six months begins with a month and ends inside the days."""
    windows = list(rolling_units(6, date(2023, 1, 1), date(2023, 12, 31)))
    assert [window.start.month for window in windows] == [1, 2, 3, 4, 5, 6, 7]
    assert windows[-1].end == date(2023, 12, 31)
