"""Raw grids."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from starrating.origin import Origin
from starrating.records.model import Row
from starrating.records.raw import Places, Span, letters


@given(st.integers(1, 16384))
def test_letters_are_those_of_excel(column: int) -> None:
    """A to XFD."""
    assert letters(column) == get_column_letter(column)


def test_a_span_is_written_as_a_range() -> None:
    """First cell, last cell."""
    assert str(Span(3, 1, 7, 2)) == "A3:B7"


def test_places_of_a_row() -> None:
    """Columns and a row number; what lies elsewhere by itself; like any mapping, also pickled."""
    places = Places({"日期": "C", "类型": "D"}, 7, {"类型": "D5:D7"})
    assert places == {"日期": "C7", "类型": "D5:D7"}
    assert (list(places), len(places), places.get("主题")) == (["日期", "类型"], 2, None)
    assert "主题" not in places
    again = pickle.loads(pickle.dumps(places))  # noqa: S301 - our own bytes
    assert again == places


def test_places_of_a_row_as_text() -> None:
    """They are what `place` gives for each column."""
    places = Places({"日期": "C", "类型": "D"}, 7, {})
    for sheet in ("组织生活", None):
        row = Row("0101", {}, Origin("b.xlsx", sheet=sheet, cell="A7"), places)
        told = {f"{row.sheet}!{cell}" for cell in row.standing()}
        assert told == {str(row.place(column)) for column in places}
