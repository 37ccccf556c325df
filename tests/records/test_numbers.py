"""Numbers of cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records.numbers import (
    number_as_code,
    number_reader,
    number_text,
    read_number,
    shown,
)
from starrating.records.trouble import Trouble


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (12, Fraction(12)),
        (0.1, Fraction(1, 10)),
        (0.1 + 0.2, Fraction(3, 10)),
        (2.675, Fraction(2675, 1000)),
        (Decimal("1.10"), Fraction(11, 10)),
        ("１２．５", Fraction(25, 2)),
        (" 3 ", Fraction(3)),
        ("1,234,567.5", Fraction(2469135, 2)),
        ("85%", Fraction(17, 20)),
        ("－3", Fraction(-3)),
        ("−3", Fraction(-3)),
        ("0.5", Fraction(1, 2)),
        ("0", Fraction(0)),
        ("", None),
        ("　", None),
    ],
)
def test_numbers_are_exact(raw: Any, wanted: Fraction | None) -> None:
    """A float counts at 15 significant digits, a text as written."""
    assert read_number(raw) == wanted


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("三十", "D304"),
        ("1.2.3", "D304"),
        ("1,23", "D304"),
        ("O", "D304"),
        ("1e5", "D304"),
        (float("nan"), "D304"),
        (float("inf"), "D304"),
        (Decimal("NaN"), "D304"),
        (True, "D304"),
        ("12人", "D305"),
        ("3.5万元", "D305"),
        ("05", "D306"),
        ("00.5", "D306"),
        (date(2023, 3, 1), "D321"),
    ],
)
def test_what_is_no_number(raw: Any, code: str) -> None:
    """Each slip has its own code."""
    read = read_number(raw)
    assert isinstance(read, Trouble)
    assert read.code == code


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_float_cell_and_its_text_are_one_number(number: Decimal) -> None:
    """What Excel keeps as a float gives the number that was typed."""
    assert read_number(float(number)) == Fraction(number)
    assert read_number(f"{number:f}") == Fraction(number)


@pytest.mark.parametrize("raw", [-1, 2.5, "-3"])
def test_people_are_whole(raw: Any) -> None:
    """Counts are whole and not negative; other columns may be anything."""
    read = number_reader("应到", Fraction(1))(raw)
    assert isinstance(read, Trouble)
    assert read.code == "D307"
    assert isinstance(number_reader("得分", Fraction(1))(raw), Fraction)


def test_units_multiply() -> None:
    """元 into 万元."""
    assert number_reader("收入", Fraction(1, 10**4))(684000) == Fraction(342, 5)


def test_a_number_of_sixteen_digits_is_refused() -> None:
    """A cell holds fifteen."""
    read = number_reader("收入", Fraction(1))(10**15)
    assert isinstance(read, Trouble)
    assert read.code == "D320"


@pytest.mark.parametrize(
    ("raw", "wanted"), [(5, "5"), (5.0, "5"), (2.1, "2.1"), (1200, "1200"), (0.5, "0.5")]
)
def test_numbers_in_text_columns(raw: float, wanted: str) -> None:
    """上年度星级 5 is the text 5."""
    assert number_text(raw) == wanted


@pytest.mark.parametrize("raw", [10**15, 3.2e17, float("nan")])
def test_long_numbers_in_text_columns(raw: float) -> None:
    """Their last digits are already lost."""
    assert isinstance(number_text(raw), Trouble)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (101, "D308"),
        (101.0, "D308"),
        (2.1, "D309"),
        (320722202307060017, "D310"),
        (float("inf"), "D304"),
    ],
)
def test_numbers_in_columns_of_codes(raw: float, code: str) -> None:
    """A zero may be lost in front, behind, or digits at the end."""
    assert number_as_code(raw).code == code


def test_dates_as_text() -> None:
    """A day without a time of day."""
    assert shown(date(2023, 3, 5)) == "2023-03-05"
