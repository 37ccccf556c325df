"""Bounded regular expressions."""

from __future__ import annotations

import pytest

from starrating.rulebook.patterns import half_width, safe_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"第\d+号", "第12号", True),
        (r"\d{4}", "2024", True),
        (r"^\d{4}$", "20245", False),
        (r"(?:镇|乡)党委", "乡党委", True),
        (r"[^甲乙]*", "丙丁", True),
        (r"[\]\-]+", "-]", True),
        (r"^县.*通报.*", "县委通报批评", True),
        (r"通报", "县委通报批评", True),
        (r"^通报", "县委通报批评", False),
        (r"\d{4}$", "20245", True),
        (r"a{2,3}b?", "aab", True),
        ("", "", True),
    ],
)
def test_accepted(pattern: str, text: str, matches: bool) -> None:
    """Plain patterns are found anywhere, unless anchored."""
    compiled = safe_pattern(pattern)
    assert compiled is not None
    assert (compiled.search(text) is not None) == matches


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*b",
        "(a|a)*",
        "(a?){9}",
        "(a|aa)+",
        ".*.*",
        "^.*.*.*",
        "^a.*|.*b.*",
        "a?" * 30,
        "(?:a|b)" * 30,
        r"(a)\1",
        "(?=a)",
        "(?!a)",
        "(?P<x>a)",
        "(?i)a",
        "a**",
        "a+?",
        "a{2}{3}",
        "a{3,2}",
        "*a",
        "(a",
        "a)",
        "[a",
        "[a[b]",
        "[a--b]",
        "\\",
        r"\bx",
        "a" * 201,
    ],
)
def test_refused(pattern: str) -> None:
    """What could take long, or has another meaning elsewhere, is refused."""
    assert safe_pattern(pattern) is None


def test_full_width_signs_stay_literal() -> None:
    """A full-width bracket means the bracket, which NFKC makes half-width in cells as well."""
    assert half_width("^（一）.*") == r"^\(一\).*"
    assert half_width("第１号") == "第1号"
