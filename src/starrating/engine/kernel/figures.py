"""Counts, sums, ratios, averages and shares over the rows of all subjects (step 4)."""

from __future__ import annotations

from starrating.engine.kernel.exact import Exact
from starrating.engine.kernel.measured import Measured, RowMeasure, where_absent
from starrating.engine.kernel.numbers import Numbers


def count(of: RowMeasure) -> Measured:
    """The number of rows: those that surely count, and those that may."""
    segments = of.reach.segments
    high = Exact.whole(segments.count())
    low = high if of.reach.all_sure else Exact.whole(segments.count(of.reach.sure))
    return Measured(where_absent(of, Numbers(low, high), Numbers.unlimited(of.n)))
