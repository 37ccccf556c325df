"""The rows of the latest date of each subject, and whether they agree (step 4)."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from starrating.engine.kernel.arrays import HELD, Bools, Ints, Numbers, Texts, Value
from starrating.engine.kernel.part import SheetRows
from starrating.lean import dataclass


@dataclass(frozen=True, eq=False)
class Latest:
    """Of some rows of a sheet those of each subject's latest date; rows without a date are older
    than all others. `index` are their places among the sheet's rows, in order of the subject."""

    rows: SheetRows
    index: Ints
    n: int

    @staticmethod
    def of(rows: SheetRows, mask: Bools, date: str, n: int) -> Latest:
        """The rows where the mask holds, of the latest date of each subject."""
        index = np.flatnonzero(mask)
        subject = rows.subject[index]
        days, there = rows.days(date)
        day = np.where(there, days, 0)[index]
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

    def differ(self, codes: Ints) -> Bools:
        """Where the rows of a subject do not all have one code (codes of the sheet's rows)."""
        least, most = np.full(self.n, _FIRST, np.int64), np.full(self.n, _LAST, np.int64)
        np.minimum.at(least, self.subject, codes[self.index])
        np.maximum.at(most, self.subject, codes[self.index])
        return np.asarray(self.there & (least != most))


_FIRST, _LAST = np.iinfo(np.int64).max, np.iinfo(np.int64).min


def codes_of(raw: Value) -> Ints:
    """Codes of raw cells that are equal where the cells are; what is not held has codes below 0."""
    if isinstance(raw, Texts):
        codes = raw.codes.astype(np.int64)
    else:
        assert isinstance(raw, Numbers)
        codes = np.unique(raw.low.num, return_inverse=True)[1].astype(np.int64)
    if raw.state is None:
        return codes
    return np.where(raw.state == HELD, codes, -raw.state.astype(np.int64))


def held(raw: Value) -> Bools:
    """Where a raw cell holds something that can be read."""
    return np.ones(len(raw), bool) if raw.state is None else np.asarray(raw.state == HELD)
