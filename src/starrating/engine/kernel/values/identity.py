"""Codes that tell whether two elements are the same value, or in which order they come: groups, sets,
extremes, agreement of rows.
"""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact, order_keys
from starrating.engine.kernel.values.marks import HELD, Dates, Texts, text_ranks
from starrating.engine.kernel.values.numbers import Numbers, Value


def identity(value: Value) -> Ints:
    """Dense codes from 0 on; equal codes are equal values of equal states."""
    n = len(value)
    state = np.zeros(n, np.int64) if value.state is None else value.state.astype(np.int64)
    held = state == HELD
    columns = [state, *(np.where(held, each, 0) for each in _parts(value))]
    codes = columns[0]
    for column in columns[1:]:
        width = int(column.max(initial=0)) + 1
        codes = np.unique(codes * width + column, return_inverse=True)[1].astype(np.int64)
    return codes


def ordered(value: Value) -> tuple[Ints, Bools]:
    """Keys that order and equal as known values do, and where a value is known."""
    held = np.ones(len(value), np.bool_) if value.state is None else value.state == HELD
    if isinstance(value, Numbers):
        return order_keys(value.low), value.certain
    if isinstance(value, Texts):
        return text_ranks(value), held
    if isinstance(value, Dates):
        return np.asarray(value.days, np.int64), held
    return value.sure.astype(np.int64), held & ~value.open


def _parts(value: Value) -> list[Ints]:
    if isinstance(value, Numbers):
        if value.sharp:
            return [order_keys(value.low)]
        return [*_end(value.low, value.no_low), *_end(value.high, value.no_high)]
    if isinstance(value, Texts):
        return [value.codes.astype(np.int64)]
    if isinstance(value, Dates):
        return [np.asarray(value.days, np.int64)]
    return [value.sure.astype(np.int64) + value.may]


def _end(number: Exact, gone: Bools | None) -> list[Ints]:
    keys = order_keys(number)
    return [keys] if gone is None else [np.where(gone, 0, keys), gone.astype(np.int64)]
