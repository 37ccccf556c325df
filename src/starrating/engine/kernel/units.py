"""Calendar units of the period, which of them are due for whom, and their settlement (steps 2, 3).

Units of one kind do not overlap; they are settled in order of time by pointers into each subject's
events: all that settlement needs of them is how many lie before a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from starrating.engine.days import MONTHS, Unit, add, calendar_units, rolling_units
from starrating.engine.kernel.exact import Bools, Ints
from starrating.engine.kernel.part import Part
from starrating.lean import dataclass
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


def due_units(part: Part, book: Rulebook, every: Every) -> DueUnits:
    """The calendar units that lie wholly inside each active window (step 2)."""
    when = part.when
    if every.unit in MONTHS:
        found = list(calendar_units(every.unit, when.start, when.end))
    elif every.unit == "rolling":
        found = list(rolling_units(every.months, when.start, when.end))
    else:
        found = _terms(part, book, every.unit)
    units = tuple(sorted(found, key=lambda unit: (unit.start, unit.end)))
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

    Each is one array of the subjects a unit; arrays are shared where the days are one.
    """

    start: Sequence[Ints]
    end: Sequence[Ints]
    grace: Sequence[Ints]


def count_before(
    units: Sequence[Unit], grace: Span | None, subject: Ints, day: Ints, n: int
) -> Before:
    """Count events; `subject` and `day` are those of each event, in any order."""
    starts = [unit.start.toordinal() for unit in units]
    ends = [unit.end.toordinal() + 1 for unit in units]
    lasts = [
        (add(unit.end, grace.count, grace.unit) if grace else unit.end).toordinal() + 1
        for unit in units
    ]
    cuts = np.unique([*starts, *ends, *lasts])
    first = int(cuts[0]) - 1
    table = np.searchsorted(cuts, np.arange(first, int(cuts[-1]) + 1), side="right")
    stretch = table[np.clip(day - first, 0, len(table) - 1)]
    width = len(cuts) + 1
    counts = np.bincount(stretch * n + subject, minlength=n * width).reshape(width, n)
    before = np.cumsum(counts, axis=0)
    at = {int(cut): place for place, cut in enumerate(cuts)}

    def of(days: Sequence[int]) -> Sequence[Ints]:
        return [before[at[each]] for each in days]

    return Before(of(starts), of(ends), of(lasts))


def settled(due: DueUnits, before: Before, at_least: int) -> Ints:
    """How many events lack in each unit (shape (units, subjects)); 0 where it is not due.

    A unit takes its own events that are still free; one still short may take events of its grace
    days, as many as it needs and only if that meets it.
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
            gone = np.where(asked, after + lent, gone)
    return lacking


def at_best(due: DueUnits, before: Before, at_least: int, undated: Ints, *, most: int) -> Ints:
    """The least tally where `undated` further events lie where they help most (shape (subjects,)).

    The tally of a unit is how many events lack, but never more than `most`.
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
        own[number] = sum(_fewest(group, at_least, int(vector[-1]), most) for group in groups)
    found[:] = own[place]
    return found


def _fewest(units: Sequence[tuple[int, int, int]], at_least: int, undated: int, most: int) -> int:
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
            found.append(tally + best(place + 1, after + lent, left - helped))
        return min(found)

    return best(0, 0, undated)
