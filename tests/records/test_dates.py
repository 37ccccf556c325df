"""Dates of cells."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records.dates import read_date
from starrating.records.trouble import Trouble

DAY = date(2023, 3, 5)


@pytest.mark.parametrize(
    "raw",
    [
        DAY,
        datetime(2023, 3, 5, 14, 30),  # noqa: DTZ001 - cells have no zone
        "2023-3-5",
        "2023-03-05",
        "2023.3.5",
        "2023/3/5",
        "2023/03/05 14:30",
        "2023-03-05T14:30:00",
        "2023-03-05 00:00:00",
        "2023年3月5日",
        "2023年03月05日 14:30",
        "2023 年 3 月 5 日",
        "2023年3月5号",
        "2023年3月5",
        "２０２３年３月５日",
        "20230305",
        20230305,
        20230305.0,
        Decimal(20230305),
    ],
)
def test_ways_to_write_one_day(raw: Any) -> None:
    """Every way in which offices type a date."""
    assert read_date(raw) == DAY


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("三月上旬", "D311"),
        ("3/5/2023", "D311"),
        ("2023-3.5", "D311"),
        ("2023.3.5-2023.3.6", "D311"),
        (True, "D311"),
        ("2023-02-29", "D312"),
        ("2023年13月1日", "D312"),
        ("20231131", "D312"),
        (20231131, "D312"),
        ("2203-03-05", "D313"),
        (date(1900, 1, 5), "D313"),
        ("23.3.5", "D314"),
        ("3月5日", "D314"),
        ("2023年3月", "D314"),
        ("2023.3", "D314"),
        ("2023", "D314"),
        (45000, "D315"),
        (45000.5, "D315"),
        (99990101, "D315"),
        (time(9, 30), "D319"),
        (timedelta(hours=9), "D319"),
    ],
)
def test_what_is_no_date(raw: Any, code: str) -> None:
    """Each slip has its own code; nothing is guessed."""
    read = read_date(raw)
    assert isinstance(read, Trouble)
    assert read.code == code


def test_blank_text_is_blank() -> None:
    """Spaces of any width."""
    assert read_date("　 ") is None


@given(
    st.dates(date(1910, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["{0}-{1}-{2}", "{0}.{1:02}.{2:02}", "{0}/{1}/{2:02}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}"]
    ),
)
def test_every_day_in_every_form(day: date, form: str) -> None:
    """Reading undoes writing."""
    assert read_date(form.format(day.year, day.month, day.day)) == day


@given(st.text(max_size=20))
def test_any_text_gives_an_answer(text: str) -> None:
    """No exception."""
    assert isinstance(read_date(text), date | Trouble | None)
