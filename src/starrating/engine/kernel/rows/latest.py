"""The rows of the latest date of each subject, and whether they agree (step 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from starrating.engine.kernel.arrays import HELD, Bools, Ints, Numbers, Texts, Value
from starrating.engine.kernel.part import SheetRows
from starrating.engine.kernel.rows.segments import rising
from starrating.engine.kernel.values.exact import order_keys


@dataclass(frozen=True, eq=False)
class Latest:
    """Of some rows of a sheet those of each subject's latest date; rows without a date are older
    than all others. `index` are their places among the sheet's rows, in order of the subject."""

    rows: SheetRows
    index: Ints
    n: int

    @staticmethod
    def of(rows: SheetRows, index: Ints, date: str, n: int) -> Latest:
        """Those of the rows at `index` that are of the latest date of their subject."""
        subject = rows.subject[index]
        if rising(subject):
            return Latest(rows, index, n)
        days, there = rows.days(date)
        day = np.where(there[index], days[index], 0)
        newest = np.full(n, -1, np.int64)
        np.maximum.at(newest, subject, day)
        return Latest(rows, index[day == newest[subject]], n)

    def where(self, mask: Bools) -> Latest:
        """Of these rows those where the mask (over the sheet's rows) holds."""
        return Latest(self.rows, self.index[mask[self.index]], self.n)

    @cached_property
    def subject(self) -> Ints:
        """The subject of each row."""
        return self.rows.subject[self.index]

    @cached_property
    def last(self) -> Ints:
        """The last row of each subject, -1 where it has none."""
        found = np.full(self.n, -1, np.int64)
        # Rows stand in the order of the table: the last one written stays.
        found[self.subject] = self.index
        return found

    @cached_property
    def there(self) -> Bools:
        """Where a subject has a row."""
        return np.asarray(self.last >= 0)

    def differ(self, raw: Value) -> Bools:
        """Where the rows of a subject do not all hold one cell of a raw column."""
        if rising(self.subject):
            return np.zeros(self.n, np.bool_)
        codes = _codes(raw.take(self.index))
        least, most = np.full(self.n, _FIRST, np.int64), np.full(self.n, _LAST, np.int64)
        np.minimum.at(least, self.subject, codes)
        np.maximum.at(most, self.subject, codes)
        return np.asarray(self.there & (least != most))


_FIRST, _LAST = np.iinfo(np.int64).max, np.iinfo(np.int64).min


def _codes(raw: Value) -> Ints:
    """Codes of raw cells that are equal where the cells are; what is not held has codes below 0."""
    if isinstance(raw, Texts):
        codes = raw.codes.astype(np.int64)
    else:
        assert isinstance(raw, Numbers)
        codes = order_keys(raw.low)
    if raw.state is None:
        return codes
    return np.where(raw.state == HELD, codes, -raw.state.astype(np.int64))


def held(raw: Value) -> Bools:
    """Where a raw cell holds something that can be read."""
    return np.ones(len(raw), bool) if raw.state is None else np.asarray(raw.state == HELD)
