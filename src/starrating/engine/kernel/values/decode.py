"""One element of an array as the value it stands for: for tests, explanations and small outputs."""

from __future__ import annotations

from datetime import date

from starrating.engine import values as plain
from starrating.engine.kernel.values.marks import BLANK, HELD, NONE, Dates, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value


def decoded(value: Value, index: int) -> plain.Value:
    """The value of one element."""
    state = HELD if value.state is None else int(value.state[index])
    if state != HELD:
        return plain.NONE if state == NONE else plain.Unknown(blank=state == BLANK)
    if isinstance(value, Numbers):
        return _interval(value, index)
    if isinstance(value, Truths):
        return plain.Truth(int(value.sure[index]) + int(value.may[index]))
    if isinstance(value, Texts):
        return value.vocabulary[int(value.codes[index])]
    assert isinstance(value, Dates)
    return date.fromordinal(int(value.days[index]))


def _interval(value: Numbers, index: int) -> plain.Interval:
    low = None if value.no_low is not None and value.no_low[index] else value.low.fraction(index)
    high = (
        None if value.no_high is not None and value.no_high[index] else value.high.fraction(index)
    )
    return plain.Interval(low, high)
