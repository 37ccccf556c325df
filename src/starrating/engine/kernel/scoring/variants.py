"""Which reading of an item is each subject's (step 6, variants)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from starrating.engine.kernel.arrays import HELD, NONE, Dates, Ints, Numbers, Texts, Truths, Value
from starrating.engine.kernel.scoring.plan import PlacedItem
from starrating.number import plain


def reading_of(value: Value, placed: PlacedItem) -> Ints:
    """The reading for the value of the variants' column, -1 where the value is not known."""
    n = len(value)
    found = _held(value, _finder(placed))
    if value.state is not None:
        found = np.where(value.state == HELD, found, -1)
        found = np.where(value.state == NONE, placed.otherwise, found)
    return np.asarray(found, np.int64).reshape(n)


def _finder(placed: PlacedItem) -> Callable[[str], int]:
    """What finds the reading of a word: the first variant that names it, else the other one."""
    places: dict[str, int] = {}
    for key, place in placed.keys:
        places.setdefault(key, place)
    return lambda word: places.get(word, placed.otherwise)


def _held(value: Value, find: Callable[[str], int]) -> Ints:
    if isinstance(value, Texts):
        return np.asarray(np.array([*map(find, value.vocabulary), 0], np.int64)[value.codes])
    if isinstance(value, Truths):
        found = np.where(value.sure, find("是"), find("否"))
        return np.asarray(np.where(value.open, -1, found))
    if isinstance(value, Dates):
        return np.full(len(value), -1, np.int64)
    assert isinstance(value, Numbers)
    _, first, place = np.unique(value.low.num, return_index=True, return_inverse=True)
    words = [find(plain(value.low.fraction(int(each)))) for each in first]
    return np.where(value.certain, np.array([*words, -1], np.int64)[place], -1)
