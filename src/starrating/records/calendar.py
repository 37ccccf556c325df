"""Working days and deadlines: known years only, never a guess (semantics.md step 15).

The office's own files `calendar/<year>.yaml` win over the built-in data (chinesecalendar):

    document: 国办发明电〔2022〕16号
    holidays: [2023-01-21 至 2023-01-27, 2023-04-05]      # 放假
    working_days: [2023-01-28, 2023-01-29]               # 调休上班
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.codes import CODES
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode, load

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WORKING_DAY = "working day"
_RANGE = re.compile(r"(\S+?)\s*(?:至|到|~|\bto\b|\.\.)\s*(\S+)")
_KEYS = ("document", "holidays", "working_days")
_ALIASES = {"文号": "document", "放假": "holidays", "上班": "working_days"}
_LONGEST = 400
"""Days a range may hold; also how far one working day may lie from the next."""


def add_months(day: date, count: int) -> date:
    """`count` months after `day`, computed from `day` itself, clipped to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year's notice: its document, the days off and the make-up working days."""

    year: int
    document: str
    holidays: frozenset[date]
    working_days: frozenset[date]
    data: bytes = b""

    def is_working(self, day: date) -> bool:
        """Whether that day of this year is a working day."""
        if day in self.working_days:
            return True
        return day.weekday() < 5 and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are working days: the office's years, else the built-in ones, else unknown.

    `known` stands for the built-in data of its years (None: not known), as an archive kept them.
    """

    years: Mapping[int, YearCalendar] = field(default_factory=lambda: MappingProxyType({}))
    known: Mapping[int, YearCalendar | None] = field(default_factory=lambda: MappingProxyType({}))

    def is_working(self, day: date) -> bool | None:
        """Whether `day` is a working day; None for a year without known holidays."""
        own = self.years.get(day.year)
        if own is None and day.year in self.known:
            own = self.known[day.year]
            return own.is_working(day) if own else None
        return own.is_working(day) if own else _built_in(day)

    def add(self, day: date, count: int, unit: str) -> date | None:
        """The last day of a length that begins the day after `day`.

        Day 1 is the next day (`working day`: the next working day), so `add(d, 1, "day")` is
        the day after d. Units: day, working day, week, month, quarter, half, year; months are
        clipped to the month's end. None where a year's holidays are not known or the day lies
        outside the calendar. A negative count goes back.
        """
        try:
            if unit == "day":
                return day + timedelta(days=count)
            if unit == "week":
                return day + timedelta(weeks=count)
            if unit == WORKING_DAY:
                return self._add_working(day, count)
            return add_months(day, count * MONTHS[unit])
        except (OverflowError, ValueError):
            return None

    def _add_working(self, day: date, count: int) -> date | None:
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        while left:
            day += step
            working = self.is_working(day)
            if working is None:
                return None
            left -= working
        return day


def _built_in(day: date) -> bool | None:
    """The answer of chinesecalendar, which knows the years it has notices for."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def read_calendar(folder: Path) -> tuple[Calendar, tuple[Fault, ...]]:
    """The office's calendar files `<year>.yaml` of a folder (which need not exist)."""
    years: dict[int, YearCalendar] = {}
    faults: list[Fault] = []
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    for path in paths:
        name = f"{folder.name}/{path.name}"
        if not re.fullmatch(r"\d{4}", path.stem):
            faults.append(CODES.fault("D611", Origin(name)))
            continue
        year = read_year(path.read_bytes(), int(path.stem), name, faults)
        if year:
            years[year.year] = year
    return Calendar(MappingProxyType(years)), in_order(faults)


def read_year(data: bytes, year: int, file: str, faults: list[Fault]) -> YearCalendar | None:
    """One calendar file; its faults go to `faults`. A file with a wrong day is not used."""
    node, found = load(data, file)
    faults.extend(found)
    if not isinstance(node, MappingNode):
        faults.append(CODES.fault("D617", Origin(file), year=year))
        return None
    reader = _YearReader(file, year)
    for key, value in node.items:
        reader.take(key, value)
    result = reader.finish(data)
    faults.extend(reader.faults)
    return result


class _YearReader:
    """Reads the keys of one calendar file."""

    def __init__(self, file: str, year: int) -> None:
        self.file = file
        self.year = year
        self.faults: list[Fault] = []
        self.document = ""
        self.days: dict[str, frozenset[date]] = {}

    def take(self, key: ScalarNode, value: Node) -> None:
        name = _ALIASES.get(key.value, key.value)
        if name not in _KEYS:
            self.faults.append(CODES.fault("D615", key.origin, key=key.value))
        elif name == "document":
            self.document = value.value if isinstance(value, ScalarNode) else ""
        else:
            self.days[name] = frozenset(self._days(value))

    def finish(self, data: bytes) -> YearCalendar | None:
        off = self.days.get("holidays", frozenset())
        working = self.days.get("working_days", frozenset())
        for day in sorted(off & working):
            self.faults.append(CODES.fault("D614", Origin(self.file), value=day))
        usable = not self.faults
        if not self.document:
            self.faults.append(CODES.fault("D616", Origin(self.file)))
        return YearCalendar(self.year, self.document, off, working, data) if usable else None

    def _days(self, node: Node) -> Iterable[date]:
        items = node.items if isinstance(node, SequenceNode) else (node,)
        for item in items:
            text = item.value.strip() if isinstance(item, ScalarNode) else "?"
            days = _range(text) if text else []
            if days is None:
                self.faults.append(CODES.fault("D612", item.origin, value=text))
                continue
            for day in days:
                if day.year == self.year:
                    yield day
                else:
                    self.faults.append(CODES.fault("D613", item.origin, value=day, year=self.year))


def _range(text: str) -> list[date] | None:
    """The days of `2023-01-01` or `2023-01-21 至 2023-01-27`, or None."""
    match = _RANGE.fullmatch(text)
    first, last = match.groups() if match else (text, text)
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    length = (end - start).days
    if not 0 <= length < _LONGEST:
        return None
    return [start + timedelta(days=number) for number in range(length + 1)]
