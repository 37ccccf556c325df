"""Nearest names."""

from __future__ import annotations

from starrating.records.near import near, nearest

NAMES = ["甲子村党支部", "乙丑村党支部", "0102", "0201"]


def test_nearest_first() -> None:
    """The most alike is named first."""
    assert nearest("甲于村党支部", NAMES)[0] == "甲子村党支部"


def test_codes_that_differ_by_zeros_come_first() -> None:
    """102 may have been 0102."""
    assert nearest("102", NAMES)[0] == "0102"


def test_nothing_near_says_nothing() -> None:
    """No question is asked then."""
    assert near("unlike", NAMES) == ""
    assert "甲子村党支部" in near("甲于村党支部", NAMES)


def test_order_of_names_does_not_matter() -> None:
    """Nothing depends on it."""
    assert nearest("02", NAMES) == nearest("02", reversed(NAMES))
