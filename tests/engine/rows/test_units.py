"""Settlement of events in calendar units, and its best case, by brute force (step 3)."""

from datetime import date, timedelta
from itertools import chain, combinations, combinations_with_replacement

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from starrating.engine.days import Unit
from starrating.engine.rows.units import (
    Demand,
    between,
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


def every_outcome(sure, open_, undated, demand, tally):
    """The tallies of every case: each open event counts or not, each undated one on any day."""
    chosen = chain.from_iterable(combinations(open_, size) for size in range(len(open_) + 1))
    placed = [
        placing
        for size in range(undated + 1)
        for placing in combinations_with_replacement(range(26), size)
    ]
    return {
        told([on(n) for n in (*sure, *some, *placing)], demand, tally)
        for some in chosen
        for placing in placed
    }


def bounds(sure, open_, undated, demand, tally):
    certain = [on(n) for n in sure]
    possible = [*certain, *(on(n) for n in open_)]
    settled = settle(FIVES, certain, demand)
    return between(settled, certain, possible, demand, undated, tally)


TALLIES = st.sampled_from([unit_missed, events_short])
OPEN = st.lists(st.integers(0, 22), max_size=3)
MANY = st.lists(st.integers(0, 22), min_size=3, max_size=12)


@settings(max_examples=500)
@given(MANY, OPEN, st.integers(0, 1), demands, TALLIES)
@example([0, 5, 10, 11, 13, 14, 14, 15, 16, 17], [6], 0, Demand(3, Span(2, "day")), events_short)
def test_every_case_of_open_events_lies_between(sure, open_, undated, demand, tally):
    """Whichever of the open events count, the tally is none outside what was told."""
    low, high = bounds(sure, open_, undated, demand, tally)
    found = every_outcome(sure, open_, undated, demand, tally)
    assert low <= min(found)
    assert max(found) <= high


@settings(max_examples=200)
@given(MANY, OPEN, st.integers(0, 1), demands, TALLIES)
def test_what_is_told_is_exact_where_events_only_help(sure, open_, undated, demand, tally):
    """`missing`, and `short` of up to two events, tell the best and the worst case itself."""
    if demand.at_least < 3 or tally is unit_missed or not (open_ or undated):
        found = every_outcome(sure, open_, undated, demand, tally)
        assert bounds(sure, open_, undated, demand, tally) == (min(found), max(found))


@pytest.mark.parametrize(("open_", "told_"), [([], (2, 2)), ([6], (0, 5))])
def test_an_event_more_may_make_more_lack(open_, told_):
    """With it the first unit borrows two, and the next one then finds too few."""
    sure = [0, 5, 10, 11, 13, 14, 14, 15, 16, 17]
    demand = Demand(3, Span(2, "day"))
    assert bounds(sure, open_, 0, demand, events_short) == told_


@given(numbers, demands, TALLIES)
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
