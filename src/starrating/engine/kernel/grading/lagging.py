"""倒排建议 in bulk: the lowest of each group, listed and never changed (step 12)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from starrating.engine.kernel.grading.columns import Bools, Ints


def lagging(total: Ints, group: Ints, listed: Bools, at_least: Fraction) -> Bools:
    """Who is among the lowest ceil(`at_least` × group) of their group, ties at the edge included.

    Only `listed` subjects count and are named; `group` holds dense ids.
    """
    found = np.zeros(len(total), bool)
    inside = np.flatnonzero(listed)
    if not len(inside):
        return found
    order = inside[np.lexsort((total[inside], group[inside]))]
    sizes = np.bincount(group[order])
    wanted = -(-sizes * at_least.numerator // at_least.denominator)
    counts = np.minimum(sizes, wanted)
    starts = np.cumsum(sizes) - sizes
    some = counts > 0
    edges = np.full(len(sizes), np.iinfo(np.int64).min, np.int64)
    edges[some] = total[order[(starts + counts - 1)[some]]]
    found[order] = total[order] <= edges[group[order]]
    return found
