"""Units of headers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from starrating.records.units import conversion, is_unit


@pytest.mark.parametrize(
    ("unit", "wanted", "factor"),
    [
        ("元", "万元", Fraction(1, 10**4)),
        ("万元", "元", Fraction(10**4)),
        ("万元", "万元", Fraction(1)),
        ("亩", "平方米", Fraction(2000, 3)),
        ("%", "1", Fraction(1, 100)),
        ("人", None, Fraction(1)),
        ("元", None, Fraction(1)),
        ("盏", "盏", Fraction(1)),
    ],
)
def test_exact_factors(unit: str, wanted: str | None, factor: Fraction) -> None:
    """Within one family of units."""
    assert conversion(unit, wanted) == factor


@pytest.mark.parametrize(
    ("unit", "wanted"), [("万元", None), ("亩", "万元"), ("美元", "万元"), ("人", "万元")]
)
def test_what_does_not_convert(unit: str, wanted: str | None) -> None:
    """Refused, never guessed: also 万元 where the column declares no unit."""
    assert conversion(unit, wanted) is None


def test_known_units() -> None:
    """So a remark in brackets is told from a unit."""
    assert is_unit("万元")
    assert is_unit("人")
    assert not is_unit("必填")
