"""Events and calendar units: which unit an event serves, and which units are short (step 3)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from starrating.engine.days import Unit, add
from starrating.rulebook.fields import Span


@dataclass(frozen=True, slots=True)
class Demand:
    """How many events each unit asks for, and how long after its end it may take them."""

    at_least: int = 1
    grace: Span | None = None

    def until(self, unit: Unit) -> date:
        """The last day of a unit's grace."""
        return add(unit.end, self.grace.count, self.grace.unit) if self.grace else unit.end


@dataclass(frozen=True, slots=True)
class Settled:
    """One unit after settlement: its own events, those it took from its grace days, what lacks."""

    unit: Unit
    own: tuple[int, ...]
    lent: tuple[int, ...]
    lacking: int


def settle(units: Iterable[Unit], days: Sequence[date], demand: Demand) -> tuple[Settled, ...]:
    """Settle units in order of time; `days` are the events' days, named by their index.

    Each unit first takes its own events that are still free. A unit still short may take free
    events of its grace days, as many as it needs, and only if that meets it, even if a later
    unit would need them. One event serves one unit; a unit that needs no more leaves its further
    own events free for nobody else, since they lie in its own days.
    """
    order = sorted(range(len(days)), key=lambda index: (days[index], index))
    on = [days[index] for index in order]
    gone = 0  # up to this place in the order events are taken, or may serve no unit any more
    settled: list[Settled] = []
    for unit in sorted(units, key=lambda unit: (unit.start, unit.end)):
        first, after = max(gone, bisect_left(on, unit.start)), max(gone, bisect_right(on, unit.end))
        lacking = max(demand.at_least - (after - first), 0)
        lent = lacking if lacking and bisect_right(on, demand.until(unit)) - after >= lacking else 0
        gone = after + lent
        own, late = tuple(order[first:after]), tuple(order[after:gone])
        settled.append(Settled(unit, own, late, lacking - lent))
    return tuple(settled)


Tally = Callable[[int], int]
"""What a unit that lacks so many events counts."""


def unit_missed(lacking: int) -> int:
    """`missing` counts the units that lack any event."""
    return int(lacking > 0)


def events_short(lacking: int) -> int:
    """`short` counts the events that lack."""
    return lacking


def between(
    settled: Sequence[Settled],
    sure: Sequence[date],
    possible: Sequence[date],
    demand: Demand,
    undated: int,
    tally: Tally,
) -> tuple[int, int]:
    """The least and the greatest tally of units that are `settled` by the certain events, whose
    days are `sure`.

    `possible` are all readable days, `undated` the further events that may lie on any day. With
    every event more, `missing` never grows, and neither does `short` of up to two events a unit:
    the two are then the best and the worst case. Of three and more an event more may let a unit
    borrow what the next one then cannot make up for: the two are then bounds, exact where every
    event is certain.
    """
    worst = sum(tally(each.lacking) for each in settled)
    if len(sure) == len(possible) and not undated:
        return worst, worst
    units = [each.unit for each in settled]
    if falls_with_events(demand, tally):
        return min(least(units, possible, demand, undated, tally), worst), worst
    freely = least(units, possible, demand, undated, tally, freely=True)
    return freely, greatest(units, sure, demand, tally)


def falls_with_events(demand: Demand, tally: Tally) -> bool:
    """Whether an event more never makes the tally greater."""
    return demand.grace is None or demand.at_least < 3 or tally is unit_missed


def greatest(units: Iterable[Unit], days: Sequence[date], demand: Demand, tally: Tally) -> int:
    """A bound on the tally where further events may come: every unit that may have to borrow is
    taken to borrow all that its grace days hold."""
    on, gone, found = sorted(days), 0, 0
    for unit in sorted(units, key=lambda unit: (unit.start, unit.end)):
        after = max(gone, bisect_right(on, unit.end))
        last = max(after, bisect_right(on, demand.until(unit)))
        need = max(demand.at_least - (after - max(gone, bisect_left(on, unit.start))), 0)
        found += tally(need if last - after < need else 0)
        gone = last if need else after
    return found


def least(
    units: Iterable[Unit],
    days: Sequence[date],
    demand: Demand,
    undated: int,
    tally: Tally,
    *,
    freely: bool = False,
) -> int:
    """The tally if `undated` further events lay where they help most, each in one unit.

    An event helps a unit at most as one of its own. Settlement only ever takes the earliest
    events after a unit, so that the events gone before a unit are all up to some place. Where
    units borrow `freely`, what one has taken is gone for none: a bound below every case in which
    only some of the events come.
    """
    ordered = sorted(units, key=lambda unit: (unit.start, unit.end))
    on = sorted(days)

    @cache
    def best(place: int, gone: int, left: int) -> int:
        if place == len(ordered):
            return 0
        unit = ordered[place]
        after = max(gone, bisect_right(on, unit.end))
        own = after - max(gone, bisect_left(on, unit.start))
        late = max(bisect_right(on, demand.until(unit)) - after, 0)
        need = max(demand.at_least - own, 0)
        found = []
        for helped in range(min(need, left) + 1):
            lacking = need - helped
            lent = lacking if lacking <= late else 0
            rest = best(place + 1, 0 if freely else after + lent, left - helped)
            found.append(tally(lacking - lent) + rest)
        return min(found)

    return best(0, 0, undated)


# --- the longest gap --------------------------------------------------------------------------


def _gaps(days: Iterable[date], start: date, end: date) -> list[int]:
    """The days between neighbouring events; the edges count as events."""
    marks = sorted({start, end, *(day for day in days if start <= day <= end)})
    return [(later - earlier).days for earlier, later in pairwise(marks)]


def longest_gap(days: Iterable[date], start: date, end: date) -> int:
    """The longest stretch in days between neighbouring events; the edges count as events."""
    return max(_gaps(days, start, end), default=0)


def longest_gap_at_best(days: Iterable[date], start: date, end: date, undated: int) -> int:
    """`longest_gap` if `undated` further events lay where they help most."""
    gaps = _gaps(days, start, end)
    longest = 1
    while sum(-(-gap // longest) - 1 for gap in gaps) > undated:
        longest += 1
    return longest if gaps else 0
