"""Working days, deadlines, and the office's own calendar files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records import Calendar, read_calendar
from starrating.records.calendar import add_months

PLAIN = Calendar()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2023, 1, 26), False),  # spring festival
        (date(2023, 1, 28), True),  # a Saturday worked in exchange
        (date(2023, 3, 4), False),  # a Saturday
        (date(2023, 3, 6), True),
        (date(2099, 3, 6), None),
    ],
)
def test_built_in_years(day: date, working: bool | None) -> None:
    """Known years are answered, others are not guessed."""
    assert PLAIN.is_working(day) is working


@pytest.mark.parametrize(
    ("count", "unit", "last"),
    [
        (1, "day", date(2023, 1, 21)),
        (0, "day", date(2023, 1, 20)),
        (1, "working day", date(2023, 1, 28)),  # the festival lies between
        (2, "working day", date(2023, 1, 29)),
        (3, "working day", date(2023, 1, 30)),
        (2, "week", date(2023, 2, 3)),
        (1, "month", date(2023, 2, 20)),
        (1, "quarter", date(2023, 4, 20)),
        (1, "half", date(2023, 7, 20)),
        (-1, "year", date(2022, 1, 20)),
        (-1, "working day", date(2023, 1, 19)),
    ],
)
def test_lengths_begin_the_next_day(count: int, unit: str, last: date) -> None:
    """Day 1 is the next (working) day (semantics.md step 15)."""
    assert PLAIN.add(date(2023, 1, 20), count, unit) == last


def test_months_are_clipped() -> None:
    """31 January and one month is the last of February, and two months is 31 March."""
    assert PLAIN.add(date(2023, 1, 31), 1, "month") == date(2023, 2, 28)
    assert PLAIN.add(date(2023, 1, 31), 2, "month") == date(2023, 3, 31)


def test_unknown_years_give_no_deadline() -> None:
    """Working days in a year without known holidays are unknown, calendar days are not."""
    assert PLAIN.add(date(2098, 12, 30), 3, "working day") is None
    assert PLAIN.add(date(2098, 12, 30), 3, "day") == date(2099, 1, 2)


def test_days_outside_the_calendar_are_none() -> None:
    """No exception reaches the caller."""
    assert PLAIN.add(date(9999, 12, 30), 3, "day") is None
    assert PLAIN.add(date(2023, 1, 1), 10**9, "month") is None


@given(st.dates(date(2005, 1, 1), date(2025, 12, 31)), st.integers(1, 40))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    """Between a day and `count` working days later lie exactly that many working days."""
    last = PLAIN.add(day, count, "working day")
    assert last is not None
    days = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(bool(PLAIN.is_working(one)) for one in days) == count
    assert PLAIN.is_working(last)


@given(st.dates(date(1950, 1, 1), date(2900, 1, 1)), st.integers(-600, 600))
def test_added_months_keep_the_day_or_clip_it(day: date, count: int) -> None:
    """The month is right, and the day is the same or the month's last."""
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def office(folder: Path, text: str, name: str = "2027.yaml") -> Path:
    calendar = folder / "calendar"
    calendar.mkdir(exist_ok=True)
    (calendar / name).write_text(text, "utf-8")
    return calendar


def test_the_office_file_wins(tmp_path: Path) -> None:
    """Days off and make-up days of the office's file are taken before anything built in."""
    text = "文号: 某通知\n放假: [2027-01-01 至 2027-01-03, 2027-05-05]\n上班: [2027-01-09]\n"
    calendar, faults = read_calendar(office(tmp_path, text))
    assert faults == ()
    assert calendar.is_working(date(2027, 1, 1)) is False
    assert calendar.is_working(date(2027, 1, 9)) is True
    assert calendar.is_working(date(2027, 1, 10)) is False
    assert calendar.add(date(2026, 12, 31), 1, "working day") == date(2027, 1, 4)
    assert calendar.years[2027].document == "某通知"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("document: x\nholidays: [2027-1-1]\n", ["D612"]),
        ("document: x\nholidays: [2027-02-30]\n", ["D612"]),
        ("document: x\nholidays: [2027-03-05 至 2027-03-01]\n", ["D612"]),
        ("document: x\nholidays: [2026-12-31]\n", ["D613"]),
        ("document: x\nholidays: [2027-01-01]\nworking_days: [2027-01-01]\n", ["D614"]),
        ("document: x\nholiday: [2027-01-01]\n", ["D615"]),
        ("holidays: [2027-01-01]\n", ["D616"]),
        ("- 2027-01-01\n", ["D617"]),
    ],
)
def test_faults_of_calendar_files(tmp_path: Path, text: str, codes: list[str]) -> None:
    """A wrong file is told and, but for the missing document, not used."""
    calendar, faults = read_calendar(office(tmp_path, text))
    assert [fault.code for fault in faults] == codes
    assert (2027 in calendar.years) is (codes == ["D616"])


def test_a_file_that_names_no_year(tmp_path: Path) -> None:
    """The name of the file is the year."""
    _, faults = read_calendar(office(tmp_path, "document: x\n", "明年.yaml"))
    assert [fault.code for fault in faults] == ["D611"]


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    """An office without files of its own has the built-in years."""
    assert read_calendar(tmp_path / "calendar") == (Calendar(), ())
