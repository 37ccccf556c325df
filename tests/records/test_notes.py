"""Rows that hold no data."""

from __future__ import annotations

import pytest

from starrating.records.notes import is_blank, no_data

HEADS = {1: "党组织", 2: "日期"}


@pytest.mark.parametrize(
    "text", ["合计", "合　计", "小计", "注：以上", "填表人:某", "单位负责人（签字）："]
)
def test_totals_and_notes(text: str) -> None:
    """By their first cell."""
    assert no_data({1: text, 2: "x"}, 1, HEADS, alone=False) == "D210"


@pytest.mark.parametrize("text", ["合计村党支部", "甲子村", "说明村"])
def test_organisations_whose_names_look_alike(text: str) -> None:
    """Only whole words count."""
    assert no_data({1: text, 2: "x"}, 1, HEADS, alone=False) == ""


def test_headers_once_more() -> None:
    """All labels in their columns."""
    assert no_data({1: "党组织", 2: " 日期"}, 1, HEADS, alone=False) == "D211"
    assert no_data({1: "党组织", 2: "2023-3-5"}, 1, HEADS, alone=False) == ""


def test_blank() -> None:
    """Zero is something."""
    assert is_blank(None)
    assert is_blank("　")
    assert not is_blank(0)
