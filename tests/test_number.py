"""Numbers: sums, whole and with parts."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from starrating.number import added, plain, to_decimal


@given(st.lists(st.fractions(max_denominator=20) | st.integers().map(Fraction)))
def test_added_is_the_sum(numbers: list[Fraction]) -> None:
    """However many of them are whole."""
    total = added(numbers)
    assert total == sum(numbers, Fraction(0))
    assert isinstance(total, Fraction)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_whole_numbers_are_written_without_decimals(number: int) -> None:
    """And as they are."""
    assert plain(Fraction(number)) == str(to_decimal(Fraction(number))) == str(number)
