"""Calendar arithmetic of the language: months clipped to the month's end, units of a period."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ONE_DAY = timedelta(days=1)
_DAYS = {"day": 1, "week": 7}


def add(day: date, count: int, unit: str) -> date:
    """`count` units after `day`; n months after d is computed from d itself and clipped to the
    month's end (31 Jan + 2 months = 31 Mar; semantics.md step 4). Beyond the calendar's ends it
    is the end."""
    try:
        return (
            day + count * _DAYS[unit] * ONE_DAY
            if unit in _DAYS
            else _add_months(day, count * MONTHS[unit])
        )
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def whole(unit: str, start: date, end: date) -> int:
    """Whole units from `start` to `end`; negative when `end` lies before."""
    if end < start:
        return -whole(unit, end, start)
    if unit == "day":
        return (end - start).days
    months = (end.year - start.year) * 12 + end.month - start.month
    while add(start, months, "month") > end:
        months -= 1
    return months // MONTHS[unit]


@dataclass(frozen=True, slots=True)
class Unit:
    """One calendar unit: its name as printed (`2023-03`, `2023Q1`), first and last day."""

    name: str
    start: date
    end: date


@lru_cache(maxsize=1024)
def calendar_units(unit: str, start: date, end: date) -> tuple[Unit, ...]:
    """All calendar units of that kind that touch the days from `start` to `end`; kept, since
    most subjects have the same active window."""
    span = MONTHS[unit]
    first = date(start.year, (start.month - 1) // span * span + 1, 1)
    found = []
    while first <= end:
        after = add(first, span, "month")
        found.append(Unit(_name(unit, first), first, after - ONE_DAY))
        first = after
    return tuple(found)


def rolling_units(months: int, start: date, end: date) -> Iterator[Unit]:
    """Every window of `months` calendar months that begins with a month from `start` on and
    ends by `end`: `rolling 6 months` asks each of them."""
    first = date(start.year, start.month, 1)
    while (last := add(first, months, "month") - ONE_DAY) <= end:
        yield Unit(f"{first:%Y-%m}至{last:%Y-%m}", first, last)
        first = add(first, 1, "month")


def _name(unit: str, first: date) -> str:
    if unit == "month":
        return f"{first:%Y-%m}"
    if unit == "quarter":
        return f"{first.year}年第{(first.month - 1) // 3 + 1}季度"
    if unit == "half":
        return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
    return f"{first.year}年"
