"""The built-in holidays that a review used, kept in its archive (calendar/built-in.json).

The built-in data grow from year to year; an archive must give the same deadlines for ever, so it
keeps the days of the years its deadlines can reach, and which of them were not known then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

from starrating.archive.canonical import Json, canonical_json
from starrating.records.calendar import Calendar, YearCalendar

FILE = "built-in.json"
_YEARS_AHEAD = 1


def built_in_days(issued: date | None) -> dict[str, bytes]:
    """The file, for the years from the date of issue to the next; none without a date of issue."""
    if issued is None:
        return {}
    years = range(issued.year, issued.year + _YEARS_AHEAD + 1)
    return {FILE: canonical_json({str(year): _year(year) for year in years})}


def with_built_in(calendar: Calendar, data: bytes | None) -> Calendar:
    """The calendar with the built-in years as the archive keeps them.

    Bytes that `built_in_days` cannot have written raise ValueError, KeyError or TypeError.
    """
    if data is None:
        return calendar
    document: Mapping[str, Mapping[str, list[str]] | None] = json.loads(data)
    known = {int(year): _read(int(year), days) for year, days in document.items()}
    return Calendar(calendar.years, known)


def _year(year: int) -> Json:
    """The days that differ from Monday to Friday; None for a year that is not known."""
    built_in = Calendar()
    if built_in.is_working(date(year, 1, 1)) is None:
        return None
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    own = [day for day in days if day.year == year]
    odd = [day for day in own if built_in.is_working(day) != (day.weekday() < 5)]
    return {
        "holidays": [day.isoformat() for day in odd if day.weekday() < 5],
        "working_days": [day.isoformat() for day in odd if day.weekday() >= 5],
    }


def _read(year: int, days: Mapping[str, list[str]] | None) -> YearCalendar | None:
    if days is None:
        return None
    off, working = (
        frozenset(map(date.fromisoformat, days[key])) for key in ("holidays", "working_days")
    )
    return YearCalendar(year, "", off, working)
