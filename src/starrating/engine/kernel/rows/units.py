"""Calendar units of the period, which of them are due for whom, and their settlement (steps 2, 3).

Units of one kind do not overlap; they are settled in order of time by pointers into each subject's
events: all that settlement needs of them is how many lie before a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from starrating.engine.days import MONTHS, Unit, add, calendar_units, rolling_units
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.rows.days import Days
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.records.period import day_in
from starrating.rulebook.fields import Every, Span
from starrating.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True, eq=False)
class DueUnits:
    """The units that touch the period, in order of time, and for whom each is due.

    `due` has the shape (units, subjects). `alone` says that each unit asks for itself, because
    windows that roll share their events.
    """

    units: tuple[Unit, ...]
    due: Bools
    alone: bool

    @property
    def count(self) -> Ints:
        """How many units are due for each subject."""
        return np.asarray(self.due.sum(axis=0, dtype=np.int64))


def units_of(part: Part, book: Rulebook, every: Every) -> tuple[Unit, ...]:
    """The calendar units that touch the period, in order of time."""
    when = part.when
    if every.unit in MONTHS:
        found = list(calendar_units(every.unit, when.start, when.end))
    elif every.unit == "rolling":
        found = list(rolling_units(every.months, when.start, when.end))
    else:
        found = _terms(part, book, every.unit)
    return tuple(sorted(found, key=lambda unit: (unit.start, unit.end)))


def due_units(part: Part, book: Rulebook, every: Every) -> DueUnits:
    """The calendar units that lie wholly inside each active window (step 2)."""
    units = units_of(part, book, every)
    due = np.zeros((len(units), part.n), np.bool_)
    for place, unit in enumerate(units):
        inside = (part.start <= unit.start.toordinal()) & (unit.end.toordinal() <= part.end)
        due[place] = inside & part.open
    return DueUnits(units, due, every.unit == "rolling")


def _terms(part: Part, book: Rulebook, name: str) -> list[Unit]:
    """The occurrences of a named term that touch the period."""
    term, found = book.terms[name], []
    for year in range(part.when.start.year - 1, part.when.end.year + 1):
        start, end = day_in(year, term.from_), day_in(year, term.until)
        assert start is not None
        assert end is not None
        if end < start:
            end = add(end, 12, "month")
        if start <= part.when.end and end >= part.when.start:
            found.append(Unit(f"{year}年{name}", start, end))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """How many of each subject's events lie before a unit, up to its end, up to its grace's end.

    Each is one array of the subjects a unit; arrays are shared where the days are one. Without
    days of grace `grace` is `end` itself.
    """

    start: Sequence[Ints]
    end: Sequence[Ints]
    grace: Sequence[Ints]


@dataclass(frozen=True, eq=False)
class Cuts:
    """Days that cut time into stretches: the first stretch lies before the first of them."""

    days: tuple[int, ...]

    @staticmethod
    def of(asked: Iterable[tuple[Sequence[Unit], Span | None]]) -> Cuts:
        """The days at which units or their graces begin or have ended."""
        found = {day for units, grace in asked for days in _edges(units, grace) for day in days}
        return Cuts(tuple(sorted(found)))

    @property
    def stretches(self) -> int:
        """How many stretches there are."""
        return len(self.days) + 1

    def stretch(self, day: Days) -> NDArray[np.integer]:
        """The stretch of each day; all are one where no unit lies in the period."""
        if not self.days:
            return np.zeros(len(day), np.uint8)
        first, last = self.days[0] - 1, self.days[-1]
        kind = np.uint8 if self.stretches <= 1 << 8 else np.int32
        table = np.searchsorted(self.days, np.arange(first, last + 1), side="right").astype(kind)
        return np.asarray(table.take(day - first, mode="clip"))

    def before(
        self, sums: NDArray[np.integer], units: Sequence[Unit], grace: Span | None
    ) -> Before:
        """How many events lie before the edges of units, by how many lie up to the end of each
        stretch (shape (stretches, subjects))."""
        at = {day: place for place, day in enumerate(self.days)}
        starts, ends, lasts = _edges(units, grace)

        def lying(edges: Sequence[int]) -> list[Ints]:
            return [sums[at[day]].astype(np.int64) for day in edges]

        end = lying(ends)
        return Before(lying(starts), end, end if lasts is ends else lying(lasts))


def _edges(units: Sequence[Unit], grace: Span | None) -> tuple[list[int], list[int], list[int]]:
    """The first day of each unit, the day after it, and the day after its grace."""
    starts = [unit.start.toordinal() for unit in units]
    ends = [unit.end.toordinal() + 1 for unit in units]
    if grace is None:
        return starts, ends, ends
    lasts = [add(unit.end, grace.count, grace.unit).toordinal() + 1 for unit in units]
    return starts, ends, lasts


def count_before(
    units: Sequence[Unit], grace: Span | None, subject: Ints, day: Ints, n: int
) -> Before:
    """Count events; `subject` and `day` are those of each event, in any order."""
    cuts = Cuts.of([(units, grace)])
    cell = cuts.stretch(day).astype(np.int64) * n + subject
    counts = np.bincount(cell, minlength=n * cuts.stretches).reshape(cuts.stretches, n)
    return cuts.before(np.cumsum(counts, axis=0), units, grace)


def settled(due: DueUnits, before: Before, at_least: int, *, all_gone: bool = False) -> Ints:
    """How many events lack in each unit (shape (units, subjects)); 0 where it is not due.

    A unit takes its own events that are still free; one still short may take events of its grace
    days, as many as it needs and only if that meets it. With `all_gone` it is taken to take all
    of them: a bound for every case in which further events come.
    """
    lacking = np.zeros(due.due.shape, np.int64)
    gone = np.zeros(due.due.shape[1], np.int64)
    for place, asked in enumerate(due.due):
        after = np.maximum(gone, before.end[place])
        own = after - np.maximum(gone, before.start[place])
        need = np.maximum(at_least - own, 0)
        lent = np.where(before.grace[place] - after >= need, need, 0)
        lacking[place] = np.where(asked, need - lent, 0)
        if not due.alone:
            last = np.maximum(before.grace[place], after)
            taken = np.where(need > 0, last, after) if all_gone else after + lent
            gone = np.where(asked, taken, gone)
    return lacking


def lacking(due: DueUnits, before: Before, at_least: int, most: int) -> Ints:
    """How many events lack over the due units, `most` a unit (shape (subjects,))."""
    if before.grace is not before.end:
        return np.asarray(np.minimum(settled(due, before, at_least), most).sum(axis=0))
    # Units do not overlap and nothing is lent: each has the events of its own days.
    found = np.zeros(due.due.shape[1], np.int64)
    for place, asked in enumerate(due.due):
        need = at_least - (before.end[place] - before.start[place])
        if most == 1:
            found += (need > 0) & asked
        else:
            found += np.minimum(np.maximum(need, 0), most) * asked
    return found


def at_best(
    due: DueUnits,
    before: Before,
    at_least: int,
    undated: Ints,
    *,
    most: int,
    freely: bool = False,
) -> Ints:
    """The least tally where `undated` further events lie where they help most (shape (subjects,)).

    The tally of a unit is how many events lack, but never more than `most`. Where units borrow
    `freely`, what one has taken is gone for none.
    """
    found = np.zeros(due.due.shape[1], np.int64)
    table = np.concatenate(
        [
            due.due.astype(np.int64),
            *map(np.array, (before.start, before.end, before.grace)),
            undated[None],
        ]
    )
    vectors, place = np.unique(table, axis=1, return_inverse=True)
    place = place.reshape(-1)
    own = np.empty(vectors.shape[1], np.int64)
    for number, vector in enumerate(vectors.T):
        asked, start, end, grace = vector[:-1].reshape(4, -1)
        chosen = np.flatnonzero(asked)
        units = [(int(start[u]), int(end[u]), int(grace[u])) for u in chosen]
        groups = [[unit] for unit in units] if due.alone else [units]
        left = int(vector[-1])
        own[number] = sum(_fewest(group, at_least, left, most, freely) for group in groups)
    found[:] = own[place]
    return found


def _fewest(
    units: Sequence[tuple[int, int, int]], at_least: int, undated: int, most: int, freely: bool
) -> int:
    """The least tally of units in order of time, each (events before, up to its end, its grace)."""

    @cache
    def best(place: int, gone: int, left: int) -> int:
        if place == len(units):
            return 0
        start, end, grace = units[place]
        after = max(gone, end)
        need = max(at_least - (after - max(gone, start)), 0)
        found = []
        for helped in range(min(need, left) + 1):
            lacking = need - helped
            lent = lacking if lacking <= max(grace - after, 0) else 0
            tally = min(lacking - lent, most)
            rest = best(place + 1, 0 if freely else after + lent, left - helped)
            found.append(tally + rest)
        return min(found)

    return best(0, 0, undated)
