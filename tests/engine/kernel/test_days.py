"""Day numbers count months, units and begun units as single dates do."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from starrating.engine import days as single
from starrating.engine.kernel.rows import days

DAYS = st.dates(date(1910, 1, 1), date(2099, 12, 31))
UNITS = st.sampled_from(["day", "week", "month", "quarter", "half", "year"])


def number(day):
    return np.array([day.toordinal()])


@settings(max_examples=60, deadline=None)
@given(st.one_of(DAYS, st.sampled_from([date.min, date.max])), st.integers(-9999, 9999), UNITS)
def test_add(day, count, unit):
    """Months are clipped to the month's end; beyond the calendar's ends it is the end."""
    assert days.add(number(day), count, unit)[0] == single.add(day, count, unit).toordinal()


@settings(max_examples=60, deadline=None)
@given(DAYS, DAYS, st.sampled_from(["day", "month", "year"]))
def test_whole(start, end, unit):
    """Whole units, negative backwards."""
    assert days.whole(unit, number(start), number(end))[0] == single.whole(unit, start, end)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(-40, 900), UNITS, st.integers(0, 5))
def test_begun(due, later, unit, grace):
    """The first unit that the day does not lie beyond."""
    day = single.add(due, later, "day")
    months = days.parts(unit)
    limit = single.add(due, grace, "month" if months else "day")
    count = 0
    while True:
        shift = grace + count * months if months else 0
        end = single.add(due, shift, "month") if months else single.add(limit, count, unit)
        if day <= end:
            break
        count += 1
    if months:
        found = days.begun(number(due), number(day), unit, due=number(due), grace=grace)
    else:
        found = days.begun(number(limit), number(day), unit)
    assert found[0] == count
