"""Bounds of `adjustable`: what they allow, and which are inside which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from starrating.rulebook.bounds import Bounds, to_bounds


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        ("1 to 3", ["1", "2.5", "3", "1 to 2"], ["0.9", "4", "2 to 4", "甲", ["1"]]),
        ("10% to 30%", ["0.1", "20%"], ["5%", "20"]),
        ("7 days to 15 days", ["7 days", "15 days"], ["6 days", "2 weeks", "10 working days", "9"]),
        (["full", "zero"], ["full"], ["leave_out"]),
        ("any", ["1", "甲", ["甲"]], []),
    ],
)
def test_what_is_allowed(written: object, inside: list[object], outside: list[object]) -> None:
    """Both ends are included; other units and other kinds are outside."""
    bounds = to_bounds(written)
    assert all(bounds.allow(value) for value in inside)
    assert not any(bounds.allow(value) for value in outside)


@pytest.mark.parametrize("written", ["", "3", "3 to 1", "7 days to 2 months", [], {}, "1 to 甲"])
def test_what_are_no_bounds(written: object) -> None:
    """A single value, turned ends, mixed units and empty lists are refused."""
    with pytest.raises(PydanticCustomError):
        to_bounds(written)


def numbers() -> st.SearchStrategy[Bounds]:
    """Bounds between numbers."""
    pair = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
    return pair.map(lambda ends: to_bounds(f"{ends[0]} to {ends[1]}"))


@given(numbers(), numbers(), st.integers(0, 9).map(str))
def test_inside_allows_no_more(inner: Bounds, outer: Bounds, value: str) -> None:
    """What closer bounds allow, wider ones allow too."""
    if inner.inside(outer) and inner.allow(value):
        assert outer.allow(value)


@given(numbers())
def test_bounds_are_written_as_they_are_read(bounds: Bounds) -> None:
    """The text of bounds gives the same bounds."""
    assert to_bounds(str(bounds)) == bounds
