"""Raw grids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from starrating.records.raw import Span, letters


@given(st.integers(1, 16384))
def test_letters_are_those_of_excel(column: int) -> None:
    """A to XFD."""
    assert letters(column) == get_column_letter(column)


def test_a_span_is_written_as_a_range() -> None:
    """First cell, last cell."""
    assert str(Span(3, 1, 7, 2)) == "A3:B7"
