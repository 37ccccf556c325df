"""Events and calendar units: which unit an event serves, and which units are short (step 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starrating.engine.days import Unit


@dataclass(frozen=True, slots=True)
class Settled:
    """One unit after settlement: its own events, those it took from its grace days, what lacks."""

    unit: Unit
    own: tuple[int, ...]
    lent: tuple[int, ...]
    lacking: int


def settle(
    units: Sequence[Unit], days: Sequence[date], at_least: int, grace: int
) -> tuple[Settled, ...]:
    """Settle units in order of time; `days` are the events' days, named by their index.

    Each unit first takes its own events that are still free. A unit still short may take free
    events dated up to `grace` days after its end, as many as it needs, and only if that meets
    it, even if a later unit would need them. One event serves one unit; a unit that needs no
    more leaves its further own events free for nobody else, since they lie in its own days.
    """
    order = sorted(range(len(days)), key=lambda index: (days[index], index))
    taken: set[int] = set()
    settled: list[Settled] = []
    for unit in sorted(units, key=lambda unit: (unit.start, unit.end)):
        own = [i for i in order if i not in taken and unit.start <= days[i] <= unit.end]
        taken.update(own)
        need = at_least - len(own)
        lent: list[int] = []
        if need > 0 and grace > 0:
            last = unit.end + timedelta(days=grace)
            late = [i for i in order if i not in taken and unit.end < days[i] <= last]
            if len(late) >= need:
                lent = late[:need]
                taken.update(lent)
                need = 0
        settled.append(Settled(unit, tuple(own), tuple(lent), max(need, 0)))
    return tuple(settled)


def missing(settled: Sequence[Settled]) -> int:
    """How many units stay below what they need."""
    return sum(1 for unit in settled if unit.lacking)


def short(settled: Sequence[Settled]) -> int:
    """How many events are lacking, summed over the units."""
    return sum(unit.lacking for unit in settled)


def missing_at_best(settled: Sequence[Settled], undated: int) -> int:
    """`missing` if `undated` further events lay where they help most: each serves one unit."""
    left = undated
    still = 0
    for lacking in sorted(unit.lacking for unit in settled if unit.lacking):
        if lacking <= left:
            left -= lacking
        else:
            still += 1
    return still


def longest_gap(days: Sequence[date], start: date, end: date) -> int:
    """The longest stretch in days between neighbouring events; the edges count as events."""
    marks = sorted({start, end, *(day for day in days if start <= day <= end)})
    return max((later - earlier).days for earlier, later in zip(marks, marks[1:], strict=False)) if len(marks) > 1 else 0


def longest_gap_at_best(days: Sequence[date], start: date, end: date, undated: int) -> int:
    """`longest_gap` if `undated` further events lay where they help most."""
    marks = sorted({start, end, *(day for day in days if start <= day <= end)})
    gaps = [(later - earlier).days for earlier, later in zip(marks, marks[1:], strict=False)]
    best = max(gaps, default=0)
    while best > 0 and sum(-(-gap // (best - 1)) - 1 if best > 1 else gap for gap in gaps) <= undated and best > 1:
        best -= 1
    return best
