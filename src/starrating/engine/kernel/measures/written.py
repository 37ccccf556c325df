"""核查计数 over arrays: a count that an inspector wrote down stands for a measure (step 4)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from starrating.engine.kernel.measures.measured import Measured
from starrating.engine.kernel.part import Part, SheetRows
from starrating.engine.kernel.plan import NotLowered, Unlowered
from starrating.engine.kernel.rows.latest import Latest
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact, order_keys
from starrating.engine.kernel.values.marks import HELD, NONE, has
from starrating.engine.kernel.values.numbers import Numbers, select
from starrating.origin import Origin
from starrating.schema import COUNTS

_NOBODY = np.zeros(0, np.int64)


def with_count(
    part: Part, name: str, origin: Origin, found: Measured, *, any_row: Bools
) -> Measured:
    """The measure, or the count written down where no row passes its `where`; where both exist
    and differ, the interval of both."""
    rows = part.rows(COUNTS)
    asked = rows.of_word("指标", name) if rows.n else _NOBODY
    if not len(asked):
        return found
    last = Latest.of(rows, asked, "日期", part.n).index
    segments = Segments(rows.subject[last], part.n)
    acts = segments.lengths > 0
    if found.applies is not None:
        acts &= found.applies
    if not acts.any():
        return found
    if not isinstance(found.value, Numbers):
        raise Unlowered(NotLowered(origin, "核查计数"))
    value = found.value
    figure, held, one = _figures(rows, last, segments)
    anything = acts & (~one | (~held & ~any_row))
    counted = acts & one & held
    both = value.hull(Numbers.known(figure))
    # A computed none has no number to be held against what was written.
    differs = counted & any_row & ~has(value.state, NONE, part.n)
    value = select(differs, replace(both, state=None), value) if differs.any() else value
    value = select(counted & ~any_row, Numbers.known(figure), value)
    value = select(anything, Numbers.anything(part.n), value)
    return replace(found, value=value)


def _figures(rows: SheetRows, last: Ints, segments: Segments) -> tuple[Exact, Bools, Bools]:
    """The figure of each subject, whether it can be read, and whether there is one only."""
    cells = rows.raw("数值").take(last)
    assert isinstance(cells, Numbers)
    state = np.zeros(len(last), np.int64) if cells.state is None else cells.state.astype(np.int64)
    mark = np.where(state == HELD, order_keys(cells.low), -state)
    one = segments.largest(mark, 0) == segments.smallest(mark, 0)
    first = segments.first()
    return cells.low.take(first), state[first] == HELD, np.asarray(one)
