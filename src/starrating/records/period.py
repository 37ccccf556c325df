"""The period of a review: a year, half-year, quarter, month or a rulebook's named term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Self

from starrating.records.calendar import add_months

_MONTHS = re.compile(r"(\d{4})(?:(H)([12])|(Q)([1-4])|(-)(0[1-9]|1[0-2]))?")
_TERM = re.compile(r"(\d{4})\s*年?\s*(.+)")
_SPAN = {"H": 6, "Q": 3, "-": 1}
NO_TERMS: Mapping[str, tuple[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Period:
    """A review's period: its name as written, first and last day (both inside)."""

    name: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str, terms: Mapping[str, tuple[str, str]] = NO_TERMS) -> Self | None:
        """The period that `text` names, or None.

        Known are `2023`, `2023H1`, `2023Q2`, `2023-05`, and `2023` followed by the name of a
        term in `terms`, which maps a name to its first and last day (`MM-DD`). A term that runs
        over the turn of a year is named by the year that holds more of its days.
        """
        text = unicodedata.normalize("NFKC", text).strip()
        if match := _MONTHS.fullmatch(text):
            return cls._of_months(text, match)
        match = _TERM.fullmatch(text)
        if match is None or match[2] not in terms:
            return None
        return cls._of_term(text, int(match[1]), *terms[match[2]])

    @property
    def spoken(self) -> str:
        """The period as a title names it: 2023年度, 2024年上半年, 2024年第二季度, 2024年5月."""
        match = _MONTHS.fullmatch(self.name)
        if match is None:
            return self.name
        if match[2]:
            return f"{match[1]}年{'上下'[int(match[3]) - 1]}半年"
        if match[4]:
            return f"{match[1]}年第{'一二三四'[int(match[5]) - 1]}季度"
        return f"{match[1]}年{int(match[7])}月" if match[6] else f"{match[1]}年度"

    @classmethod
    def _of_months(cls, text: str, match: re.Match[str]) -> Self | None:
        year = int(match[1])
        kind = match[2] or match[4] or match[6]
        number = int(match[3] or match[5] or match[7] or 1)
        span = _SPAN[kind] if kind else 12
        if not 1900 <= year <= 2999:
            return None
        start = date(year, (number - 1) * span + 1, 1)
        return cls(text, start, add_months(start, span) - timedelta(days=1))

    @classmethod
    def _of_term(cls, text: str, year: int, first: str, last: str) -> Self | None:
        if not 1900 <= year <= 2999:
            return None
        start, end = day_in(year, first), day_in(year, last)
        if start is None or end is None:
            return None
        if start <= end:
            return cls(text, start, end)
        before = (date(year, 12, 31) - start).days + 1
        after = (end - date(year, 1, 1)).days + 1
        start, end = (
            (start, day_in(year + 1, last)) if before >= after else (day_in(year - 1, first), end)
        )
        return cls(text, start, end) if start and end else None


def day_in(year: int, month_day: str) -> date | None:
    """The day `MM-DD` of a year, None if there is none; 02-29 is the last of every February."""
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", month_day.strip())
    if match is None:
        return None
    month, day = int(match[1]), int(match[2])
    if (month, day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    try:
        return date(year, month, day)
    except ValueError:
        return None
