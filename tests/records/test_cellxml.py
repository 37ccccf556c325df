"""Serial numbers of dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

from starrating.records.cellxml import from_serial


@given(st.dates(date(1904, 1, 2), date(9900, 12, 31)), st.booleans())
def test_serials_undo_those_of_openpyxl(day: date, mac: bool) -> None:
    """Both date systems."""
    serial = to_excel(day, MAC_EPOCH if mac else WINDOWS_EPOCH)
    assert from_serial(serial, epoch_1904=mac) == day


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (45000.5, datetime(2023, 3, 15, 12)),  # noqa: DTZ001 - cells have no zone
        (45000.999999999999, date(2023, 3, 16)),
        (0.25, time(6)),
        (0, 0),
        (-1, -1),
        (1e12, 1e12),
    ],
)
def test_single_serials(number: float, wanted: object) -> None:
    """The phantom leap day of 1900, moments, times of day, and what is no date."""
    assert from_serial(number, epoch_1904=False) == wanted


def test_milliseconds_are_kept() -> None:
    """Rounding to the nearest."""
    moment = datetime(2023, 3, 5, 14, 30, 15, 250_000)  # noqa: DTZ001
    assert from_serial(to_excel(moment), epoch_1904=False) == moment
    assert moment - timedelta(0) == moment
