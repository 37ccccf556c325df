"""The bounds of tallies over calendar units are those of the reference, for drawn events."""

from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rows.test_units import FIRST, FIVES, MANY, OPEN, demands, on
from starrating.engine.kernel.measures.calendar_units import extremes
from starrating.engine.kernel.rows.units import DueUnits, count_before
from starrating.engine.rows.units import between, events_short, settle, unit_missed
from starrating.rulebook.model import Units

PLACES = len(FIVES)


def counted(due, grace, days):
    on_days = np.array([(FIRST + timedelta(days=each)).toordinal() for each in days], np.int64)
    return count_before(due.units, grace, np.zeros(len(days), np.int64), on_days, 1)


@settings(max_examples=200)
@given(MANY, OPEN, st.integers(0, 1), demands, st.booleans(), st.integers(1, 2**PLACES - 1))
def test_open_events_as_the_reference(sure, open_, undated, demand, short, chosen):
    """Whichever units are due, both tell the same least and greatest tally."""
    asked_for = [bool(chosen & 1 << place) for place in range(PLACES)]
    due = DueUnits(FIVES, np.array(asked_for)[:, None], alone=False)
    before = counted(due, demand.grace, sure), counted(due, demand.grace, [*sure, *open_])
    rows = np.array([len(open_) + undated]), np.array([undated])
    asked = Units.model_construct(at_least=demand.at_least, grace=demand.grace)
    low, high = extremes(due, before, asked, rows, demand.at_least if short else 1)
    units = [unit for unit, is_due in zip(FIVES, asked_for, strict=True) if is_due]
    days = [on(n) for n in sure]
    possible = [*days, *(on(n) for n in open_)]
    tally = events_short if short else unit_missed
    settled = settle(units, days, demand)
    assert (int(low[0]), int(high[0])) == between(settled, days, possible, demand, undated, tally)
