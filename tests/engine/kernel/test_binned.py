"""Counting by blocks of subjects is counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.kernel.measures import binned as module
from starrating.engine.kernel.measures.binned import binned

CODES, N = 3, 7


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    monkeypatch.setattr(module, "ROWS", 4)


@given(st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, CODES - 1), st.integers(-9, 9))))
def test_counts_and_sums_are_those_of_each_row(rows):
    """Subjects with more rows than a block, with none, and no row at all."""
    rows.sort()
    counts, sums = np.zeros((2, CODES, N), np.int64)
    for subject, code, amount in rows:
        counts[code, subject] += 1
        sums[code, subject] += amount
    subject, code, amount = np.array(rows, np.int64).reshape(-1, 3).T
    narrow = np.dtype(np.uint8)
    found = binned(code.astype(np.uint8), CODES, subject, N, kind=narrow)
    assert found.dtype == narrow
    assert found.tolist() == counts.tolist()
    assert binned(code, CODES, subject, N, amounts=amount).tolist() == sums.tolist()
