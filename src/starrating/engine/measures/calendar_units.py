"""Measures over calendar units: units missed, events short, the longest gap (steps 2 to 4)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine import days
from starrating.engine.measures.measured import Measured, RowMeasure
from starrating.engine.rows import units
from starrating.engine.values import NIL, ZERO, Interval
from starrating.rulebook.fields import Every
from starrating.rulebook.model import Measure, Units

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def asked_of(rule: Measure) -> Units:
    """What `missing` or `short` asks of each unit."""
    asked = rule.missing or rule.short
    assert asked is not None
    return asked


def due_units(subject: SubjectFacts, every: Every) -> tuple[days.Unit, ...]:
    """The calendar units that lie wholly inside the active window (step 2)."""
    if subject.window is None:
        return ()
    start, end = subject.window
    found: Iterable[days.Unit]
    if every.unit in days.MONTHS:
        found = days.calendar_units(every.unit, start, end)
    elif every.unit == "rolling":
        found = days.rolling_units(every.months, start, end)
    else:
        found = subject.term_units(every.unit)
    return tuple(unit for unit in found if start <= unit.start and unit.end <= end)


def missing(of: RowMeasure) -> Measured:
    """How many due units stay below what they ask for."""
    return _settled(of, 1, units.unit_missed)


def short(of: RowMeasure) -> Measured:
    """How many events lack, summed over the due units."""
    return _settled(of, asked_of(of.rule).at_least, units.events_short)


def _settled(of: RowMeasure, most: int, tally: units.Tally) -> Measured:
    """The tally over the due units, `most` a unit; a row without a readable day may serve any."""
    asked = asked_of(of.rule)
    due = due_units(of.subject, asked.every)
    if not due:
        return Measured(NIL, applies=False)
    if of.reach.absent:
        return Measured(Interval(ZERO, Fraction(len(due) * most)))
    demand = units.Demand(asked.at_least, asked.grace)
    sure = [each.day for each in of.reach.sure if each.day]
    possible = [each.day for each in of.reach.rows if each.day]
    undated = sum(each.day is None for each in of.reach.rows)
    # Rolling windows share their events: each asks for itself.
    groups = [(unit,) for unit in due] if asked.every.unit == "rolling" else [due]
    settled = [units.settle(group, sure, demand) for group in groups]
    found = [units.between(each, sure, possible, demand, undated, tally) for each in settled]
    low, high = (sum(ends) for ends in zip(*found, strict=True))
    missed = (each for group in settled for each in group if each.lacking)
    return Measured(
        Interval(Fraction(low), Fraction(high)),
        lacking=tuple(_lacking(each, asked) for each in missed),
    )


def _lacking(each: units.Settled, asked: Units) -> str:
    """A unit that was not met, as it is printed."""
    return each.unit.name if asked.at_least == 1 else f"{each.unit.name}缺{each.lacking}次"


def longest_gap(of: RowMeasure) -> Measured:
    """The longest stretch of the active window without an event, in days."""
    window = of.subject.window
    if window is None:
        return Measured(NIL, applies=False)
    if of.reach.absent:
        return Measured(Interval(ZERO, Fraction((window[1] - window[0]).days)))
    sure = [each.day for each in of.reach.sure if each.day]
    possible = [each.day for each in of.reach.rows if each.day]
    undated = sum(each.day is None for each in of.reach.rows)
    worst = units.longest_gap(sure, *window)
    best = units.longest_gap_at_best(possible, *window, undated)
    return Measured(Interval(Fraction(best), Fraction(worst)))
