"""Rows counted by (code, subject), some subjects at a time: what is counted stays in the cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.values.alike import Ints

ROWS = 1 << 15
"""So many rows are counted at once, or those of one subject."""


def binned(
    code: NDArray[np.integer],
    codes: int,
    subject: Ints,
    n: int,
    *,
    amounts: Ints | None = None,
    kind: np.dtype[np.integer] | None = None,
) -> NDArray[np.integer]:
    """How many rows of each code each subject has (shape (codes, n)), or what their amounts come to
    where those are given; such sums must be exact in binary floating point.

    Rows stand in order of their subject. `kind` is a type that holds every count.
    """
    found = np.zeros((codes, n), kind or np.int64)
    for rows in _blocks(subject):
        first, last = int(subject[rows.start]), int(subject[rows.stop - 1]) + 1
        cell = np.multiply(code[rows], last - first, dtype=np.int64)
        cell += subject[rows]
        cell -= first
        own = None if amounts is None else amounts[rows]
        counts = np.bincount(cell, own, minlength=codes * (last - first))
        found[:, first:last] = counts.reshape(codes, last - first)
    return found


def _blocks(subject: Ints) -> Iterator[slice]:
    """Rows next to each other; all rows of a subject are in one block."""
    begin, rows = 0, len(subject)
    while begin < rows:
        end = begin + ROWS
        if end < rows:
            # The last subject goes with the next block, unless it is all of this one.
            cut = int(np.searchsorted(subject, subject[end], "left"))
            end = cut if cut > begin else int(np.searchsorted(subject, subject[end], "right"))
        yield slice(begin, min(end, rows))
        begin = end
