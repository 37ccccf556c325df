"""Values as a person reads them."""

from __future__ import annotations

from starrating.engine.values import NO, YES, Interval, Nothing, Truth, Unknown, Value
from starrating.number import plain

_TRUTHS = {YES: "是", NO: "否"}


def show(value: Value) -> str:
    """A value in Chinese: `3`, `2–5`, `不少于2`, `未知`, `无`, `是`."""
    if isinstance(value, Interval):
        return _interval(value)
    if isinstance(value, Truth):
        return _TRUTHS.get(value, "未知")
    if isinstance(value, Unknown):
        return "未知"
    return "无" if isinstance(value, Nothing) else str(value)


def _interval(value: Interval) -> str:
    if value.low is None:
        return "未知" if value.high is None else f"不超过{plain(value.high)}"
    if value.high is None:
        return f"不少于{plain(value.low)}"
    return plain(value.low) if value.known else f"{plain(value.low)}–{plain(value.high)}"
