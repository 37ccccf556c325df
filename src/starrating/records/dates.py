"""Dates as staff write them: 2023-3-5, 2023.3.5, 2023/3/5, 2023年3月5日, 20230305."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from starrating.limits import FIRST_YEAR, LAST_YEAR
from starrating.records.raw import Raw
from starrating.records.text import tidy
from starrating.records.trouble import Trouble, trouble

_TIME = r"(?:T|\s*)(?:\s*\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?分?秒?Z?)?"
_WHOLE = re.compile(
    r"(\d{4})\s*(?:([-./])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)"
    + _TIME
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_PARTIAL = re.compile(
    r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?|\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?"
    r"|\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?|\d{4}\s*年?"
)


def read_date(raw: Raw) -> date | Trouble | None:
    """The date a cell of a date column holds; blank text is None."""
    if isinstance(raw, str):
        return _from_text(tidy(raw))
    if isinstance(raw, datetime):
        return _sensible(raw.date())
    if isinstance(raw, date):
        return _sensible(raw)
    if isinstance(raw, time | timedelta):
        return trouble("D319", value=raw)
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return _from_number(raw)
    return trouble("D311", value=raw)


def _from_text(text: str) -> date | Trouble | None:
    if not text:
        return None
    if match := _WHOLE.fullmatch(text):
        year, _, *numbers = match.groups()
        month, day = (number for number in numbers if number)
        return _day(text, year, month, day)
    if match := _COMPACT.fullmatch(text):
        return _day(text, *match.groups())
    return trouble("D314" if _PARTIAL.fullmatch(text) else "D311", value=text)


def _from_number(raw: float | Decimal) -> date | Trouble:
    """20230305 typed as a number; a serial number without a date format is refused."""
    text = f"{raw:.15g}" if isinstance(raw, float) else f"{raw}"
    match = _COMPACT.fullmatch(text)
    if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return _day(text, *match.groups())
    return trouble("D315", value=text)


def _day(text: str, year: str, month: str, day: str) -> date | Trouble:
    try:
        return _sensible(date(int(year), int(month), int(day)))
    except ValueError:
        return trouble("D312", value=text)


def _sensible(day: date) -> date | Trouble:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else trouble("D313", value=day)
