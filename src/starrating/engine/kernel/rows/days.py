"""Calendar arithmetic on day numbers: months clipped to the month's end, whole units, begun units.

Day numbers are ordinals (0001-01-01 is 1). Beyond the calendar's ends a sum is the end.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.values.alike import Ints

Days = NDArray[np.integer]
FIRST, LAST = date.min.toordinal(), date.max.toordinal()
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_DAYS = {"day": 1, "week": 7}
_LAST_MONTH = 12 * 9999 + 11


def month_number(days: Days) -> Ints:
    """Months since the year 0: year · 12 + month - 1."""
    since = (np.asarray(days, np.int64) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    return since.astype(np.int64) + 1970 * 12


def first_of_month(months: Ints) -> Ints:
    """The first day of each month."""
    start = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(start.astype(np.int64) + _EPOCH)


def add(days: Days, count: int | Ints, unit: str) -> Ints:
    """`count` units after each day, computed from the day itself."""
    wide = np.asarray(days, np.int64)
    if unit in _DAYS:
        return np.asarray(np.clip(wide + np.asarray(count, np.int64) * _DAYS[unit], FIRST, LAST))
    return _add_months(wide, np.asarray(count, np.int64) * _MONTHS[unit])


def _add_months(days: Ints, count: Ints) -> Ints:
    months = month_number(days)
    target = months + count
    inside = (target >= 12) & (target <= _LAST_MONTH)
    safe = np.where(inside, target, months)
    first = first_of_month(safe)
    length = np.where(
        safe == _LAST_MONTH, 31, first_of_month(np.minimum(safe + 1, _LAST_MONTH)) - first
    )
    moved = first + np.minimum(days - first_of_month(months), length - 1)
    return np.where(inside, moved, np.where(count > 0, LAST, FIRST))


def whole(unit: str, start: Days, end: Days) -> Ints:
    """Whole units from `start` to `end`; negative where `end` lies before."""
    first, last = np.minimum(start, end).astype(np.int64), np.maximum(start, end).astype(np.int64)
    if unit == "day":
        count = last - first
    else:
        months = month_number(last) - month_number(first)
        months -= _add_months(first, months) > last
        count = months // _MONTHS[unit]
    return np.asarray(np.where(np.asarray(end) < start, -count, count), np.int64)


def begun(limit: Days, days: Days, unit: str, *, due: Days | None = None, grace: int = 0) -> Ints:
    """How many units after the limit have begun by each day; 0 up to and on it.

    Months of a `late` whose grace is of months too count from `due` with `grace` months more.
    """
    if unit in _DAYS:
        return np.asarray(np.maximum(-(-(np.asarray(days, np.int64) - limit) // _DAYS[unit]), 0))
    base = np.asarray(limit if due is None else due, np.int64)
    step = _MONTHS[unit]
    count = np.maximum((month_number(days) - month_number(base) - grace) // step, 0)
    # The k-th unit ends in the month of the day itself, or later.
    return np.asarray(count + (days > _add_months(base, grace + count * step)))


def parts(unit: str) -> int | None:
    """How many months a unit has; None where it is counted in days."""
    return _MONTHS.get(unit)
