"""Settlement of events in calendar units, and its best case, by brute force (step 3)."""

from datetime import date, timedelta
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from starrating.engine.days import Unit
from starrating.engine.units import (
    Demand,
    events_short,
    least,
    longest_gap,
    longest_gap_at_best,
    settle,
    unit_missed,
)
from starrating.rulebook.fields import Span

FIRST = date(2023, 1, 1)


def on(number):
    return FIRST + timedelta(days=number)


FIVES = tuple(Unit(f"第{n}段", on(5 * n), on(5 * n + 4)) for n in range(4))
"""Four units of five days each."""

numbers = st.lists(st.integers(0, 22), max_size=6)
demands = st.builds(
    Demand, st.integers(1, 3), st.none() | st.integers(0, 8).map(lambda n: Span(n, "day"))
)


def told(days, demand, tally):
    return sum(tally(unit.lacking) for unit in settle(FIVES, days, demand))


@given(numbers, demands)
def test_one_event_serves_one_unit(events, demand):
    """No event is taken twice, and a unit takes others' events only to be met."""
    settled = settle(FIVES, [on(n) for n in events], demand)
    taken = [index for unit in settled for index in (*unit.own, *unit.lent)]
    assert len(taken) == len(set(taken))
    assert all(not unit.lent or unit.lacking == 0 for unit in settled)


@given(numbers, demands)
def test_settlement_does_not_depend_on_the_order_of_events(events, demand):
    """The units lack the same, however the rows are ordered."""
    days = [on(n) for n in events]
    lacking = [unit.lacking for unit in settle(FIVES, days, demand)]
    assert [unit.lacking for unit in settle(FIVES[::-1], days[::-1], demand)] == lacking


@given(numbers, demands)
def test_what_lacks_is_what_is_asked_less_what_is_held(events, demand):
    """A unit lacks what its own and lent events leave open."""
    for unit in settle(FIVES, [on(n) for n in events], demand):
        held = len(unit.own) + len(unit.lent)
        assert unit.lacking == max(demand.at_least - held, 0)


@settings(max_examples=60)
@given(numbers, demands, st.integers(0, 2), st.sampled_from([unit_missed, events_short]))
def test_the_best_case_of_unreadable_days(events, demand, undated, tally):
    """Events without a readable day lie where they help most: no placing does better."""
    days = [on(n) for n in events]
    placings = combinations_with_replacement([on(n) for n in range(26)], undated)
    best = min(told([*days, *placing], demand, tally) for placing in placings)
    assert least(FIVES, days, demand, undated, tally) == best


@given(numbers, demands, st.sampled_from([unit_missed, events_short]))
def test_the_best_case_without_unreadable_days_is_the_settlement(events, demand, tally):
    """Where every day is readable there is one case."""
    days = [on(n) for n in events]
    assert least(FIVES, days, demand, 0, tally) == told(days, demand, tally)


@pytest.mark.parametrize(
    ("grace", "last"),
    [(None, on(4)), (Span(3, "day"), on(7)), (Span(1, "month"), date(2023, 2, 5))],
)
def test_days_of_grace(grace, last):
    """The grace is counted from the unit's end, months as months."""
    assert Demand(1, grace).until(FIVES[0]) == last


# --- the longest gap --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "gap"), [([], 10), ([4], 6), ([0, 10], 10), ([3, 3, 6], 4), ([40], 10)]
)
def test_the_edges_count_as_events(events, gap):
    """The gap runs between neighbouring events or the edges of the window."""
    assert longest_gap([on(n) for n in events], on(0), on(10)) == gap


def test_a_window_of_one_day_has_no_gap():
    """Of one day there is no stretch."""
    assert longest_gap([], FIRST, FIRST) == 0
    assert longest_gap_at_best([], FIRST, FIRST, 3) == 0


@given(st.lists(st.integers(0, 9), max_size=3), st.integers(1, 9), st.integers(0, 3))
def test_the_shortest_longest_gap(events, length, undated):
    """Events without a readable day break the longest gaps: no placing does better."""
    days = [on(n) for n in events]
    placings = combinations_with_replacement([on(n) for n in range(length + 1)], undated)
    best = min(longest_gap([*days, *placing], FIRST, on(length)) for placing in placings)
    assert longest_gap_at_best(days, FIRST, on(length), undated) == best
