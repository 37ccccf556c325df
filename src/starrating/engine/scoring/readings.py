"""The two readings of a score: facts low and facts high (step 0).

Each reading is a list of steps that add up exactly to its score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal, NamedTuple, TypeVar

from starrating.engine.values import ZERO, Interval
from starrating.number import added

Reading = Literal["low", "high"]
READINGS: tuple[Reading, Reading] = ("low", "high")

_T = TypeVar("_T")


def both(read: Callable[[Reading], _T], *, known: bool) -> dict[Reading, _T]:
    """Both readings of something; where all that it rests on is `known` they are the same."""
    low = read("low")
    return {"low": low, "high": low if known else read("high")}


class Step(NamedTuple):
    """One step of an item's arithmetic in one reading; `clause` is the clause's number."""

    kind: str
    clause: str | None
    points: Fraction


def summed(steps: Iterable[Step]) -> Fraction:
    """What the steps add up to."""
    return added(step.points for step in steps)


def extreme(reading: Reading, *ways: tuple[Step, ...]) -> tuple[Step, ...]:
    """Of several ways the facts could turn out the one this reading takes, the first of equals:
    the lowest when facts are low, the highest when they are high."""
    if len(ways) == 1:
        return ways[0]
    return (min if reading == "low" else max)(ways, key=summed)


def end_of(interval: Interval, reading: Reading) -> Fraction:
    """The end of a score that a reading takes; what has no limit is shown as what is sure."""
    end = interval.low if reading == "low" else interval.high
    return end if end is not None else (interval.high or interval.low or ZERO)


def other(reading: Reading) -> Reading:
    """The reading of what is lost where this is the reading of what is kept."""
    return "high" if reading == "low" else "low"
