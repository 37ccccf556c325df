"""Text as cells and names are normalised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records.text import squeeze, tidy


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" 甲子村　", "甲子村"),
        ("１２．５", "12.5"),
        ("甲\u200b子村\ufeff", "甲子村"),
        ("（元）", "(元)"),
        ("\xa0有\xa0", "有"),
        ("√", "√"),
    ],
)
def test_tidy(text: str, wanted: str) -> None:
    """NFKC, nothing invisible, stripped."""
    assert tidy(text) == wanted


def test_squeeze_leaves_no_space() -> None:
    """Headers are compared without spaces and line breaks."""
    assert squeeze("成 立\n日　期 ") == "成立日期"


@given(st.text())
def test_tidy_twice_is_tidy_once(text: str) -> None:
    """A normal form."""
    assert tidy(tidy(text)) == tidy(text)
