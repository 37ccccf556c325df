"""Deadlines of rectification tasks: lengths from the date of issue (semantics.md step 15)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

Length = tuple[int, str]
"""A count and a unit: day, working day, week, month, quarter, half or year."""
WORKING_DAY = "working day"

_UNITS = {
    "day": "日",
    WORKING_DAY: "个工作日",
    "week": "周",
    "month": "个月",
    "quarter": "个季度",
    "half": "个半年",
    "year": "年",
}
_YEARS_AHEAD = 20


class Calendar(Protocol):
    """Who knows the working days."""

    def add(self, day: date, count: int, unit: str) -> date | None:
        """Find the last day of a length whose day 1 is the next (working) day.

        None where the holidays of a year it passes through are not known.
        """
        ...


def length_text(length: Length) -> str:
    """Write a length as it is printed while there is no date of issue: 签发后30日内."""
    count, unit = length
    return f"签发后{count}{_UNITS[unit]}内"


def deadline(issued: date, length: Length, calendar: Calendar) -> date | None:
    """Compute the deadline of a task issued that day; None where holidays are not known."""
    count, unit = length
    return calendar.add(issued, count, unit)


def unknown_year(issued: date, calendar: Calendar) -> int:
    """Name the first year, from the issue on, whose holidays are not known."""
    for year in range(issued.year, min(issued.year + _YEARS_AHEAD, date.max.year)):
        if calendar.add(date(year, 1, 1), 1, WORKING_DAY) is None:
            return year
    return issued.year
