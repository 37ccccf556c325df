"""A value written in a case against the value that came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from starrating.engine.shown import show
from starrating.engine.values import Interval
from starrating.number import exact, plain


def interval(label: str, expected: object, actual: Interval) -> Iterator[str]:
    """A line where the ends differ; a number stands for both ends."""
    if isinstance(expected, Mapping):
        ends = {
            "low": expected.get("low", expected.get("score")),
            "high": expected.get("high", expected.get("score")),
        }
    else:
        ends = {"low": expected, "high": expected}
    differs = [
        end
        for end, wanted in ends.items()
        if wanted is not None and not same(wanted, getattr(actual, end))
    ]
    if differs:
        shown = (
            expected
            if not isinstance(expected, Mapping)
            else {k: str(v) for k, v in expected.items()}
        )
        yield f"{label}：预期 {shown}，实际 {show(actual)}"


def same(wanted: object, actual: object) -> bool:
    """Whether a value written in a case is the value that came: numbers exactly, dates, words."""
    text = str(wanted)
    if actual is None:
        return text == "none"
    if isinstance(actual, bool):
        return text == ("true" if actual else "false")
    if isinstance(actual, (int, Decimal, Fraction)):
        return exact(text) == Fraction(actual)
    return text == str(actual)


def shown_value(value: object) -> str:
    """A value as a case writes it."""
    if value is None:
        return "none"
    return plain(value) if isinstance(value, Fraction) else str(value)
