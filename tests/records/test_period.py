"""Periods: years and their parts, and named terms."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records import Period

TERMS = {
    "考评年度": ("12-01", "11-30"),
    "秋季学期": ("09-01", "01-31"),
    "上半年": ("01-01", "06-30"),
    "二月": ("02-01", "02-29"),
}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("２０２３", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023Q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023上半年", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023年二月", date(2023, 2, 1), date(2023, 2, 28)),
        ("2023秋季学期", date(2023, 9, 1), date(2024, 1, 31)),
        ("2023 考评年度", date(2022, 12, 1), date(2023, 11, 30)),
    ],
)
def test_names_give_first_and_last_day(text: str, start: date, end: date) -> None:
    """A term over the turn of a year belongs to the year that holds more of its days."""
    period = Period.parse(text, TERMS)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["", "23", "2023Q5", "2023H3", "2023-13", "0001", "2023冬季学期"])
def test_other_texts_are_no_period(text: str) -> None:
    """Nothing is guessed."""
    assert Period.parse(text, TERMS) is None


def test_a_term_with_an_impossible_day_is_none() -> None:
    """The rulebook's check tells; here nothing is made of it."""
    assert Period.parse("2023学期", {"学期": ("02-30", "06-30")}) is None
    assert Period.parse("2023学期", {"学期": ("二月", "06-30")}) is None


@given(st.integers(1900, 2999))
def test_quarters_cover_the_year_without_gap(year: int) -> None:
    """Each begins the day after the one before ends."""
    quarters = [Period.parse(f"{year}Q{number}") for number in range(1, 5)]
    whole = Period.parse(str(year))
    assert whole is not None
    days = [(q.start, q.end) for q in quarters if q]
    assert (days[0][0], days[-1][1]) == (whole.start, whole.end)
    assert all(a[1] + timedelta(days=1) == b[0] for a, b in pairwise(days))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("2023", "2023年度"), ("2024H2", "2024年下半年"), ("2024Q2", "2024年第二季度"),
     ("2024-05", "2024年5月"), ("2023 秋季", "2023 秋季")],
)  # fmt: skip
def test_a_period_as_a_title_names_it(text: str, spoken: str) -> None:
    """A quarter is no year; a named term stands as written."""
    period = Period.parse(text, {"秋季": ("09-01", "12-31")})
    assert period is not None
    assert period.spoken == spoken
