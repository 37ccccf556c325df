"""Problems of 问题清单 as tasks to be: one row a problem, with what the sheet says of it (step 15)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from starrating.engine.kernel.arrays import BLANK, HELD, Bools, Ints, Texts
from starrating.engine.kernel.part import Part, SheetRows
from starrating.engine.kernel.tasks.columns import Coded
from starrating.engine.tasks.status import CANCELLED, LONG_TERM, LedgerEntry, status_of
from starrating.results.model import TaskRow
from starrating.schema import PROBLEMS

FIRST = 10**6
"""The order of the first problem: problems come after whatever the rulebook has."""
_SAYINGS = (None, "在办", "撤销", "长期坚持")
"""What 整改情况 may come to: nothing, something, that the task is cancelled, that it goes on."""


@dataclass(frozen=True, eq=False)
class Problems:
    """All problems of a part in order of their subject; `open` are those that are to be put right.

    `number` is a code into `numbers`, `progress` one into `words`; -1 says that the cell is empty.
    Days are ordinal numbers, 0 where there is none.
    """

    subject: Ints
    open: Bools
    number: Ints
    numbers: tuple[str, ...]
    due: Ints
    done: Ints
    closed: Ints
    progress: Ints
    words: tuple[str, ...]

    def at(self, places: Ints) -> Problems:
        """The problems at these places."""
        return replace(
            self,
            subject=self.subject[places],
            open=self.open[places],
            number=self.number[places],
            due=self.due[places],
            done=self.done[places],
            closed=self.closed[places],
            progress=self.progress[places],
        )

    def named_alike(self, keys: Collection[str]) -> Bools:
        """Which have a number that their organisation has twice, or that is one of these keys."""
        named = self.number >= 0
        words = set(self.numbers)
        if words.isdisjoint(keys) and len(words) == np.count_nonzero(named):
            return np.zeros(len(self.number), np.bool_)
        keyed = np.array([*(number in keys for number in self.numbers), False], np.bool_)
        pair = self.subject * (len(self.numbers) + 1) + self.number
        _, own, counts = np.unique(pair, return_inverse=True, return_counts=True)
        return np.asarray(keyed[self.number] | ((counts[own] > 1) & named))

    def statuses(self, asked: TaskRow, as_of: date, limit: Ints) -> Coded:
        """The status of each on the day `as_of`, where `limit` is its deadline: each distinct
        case is told once."""
        day = as_of.toordinal()
        due = np.where(limit == 0, 0, np.where(limit < day, 1, 2))
        told = self.number >= 0
        done, closed = (told & (days > 0) & (days <= day) for days in (self.done, self.closed))
        sayings = np.array([*(_saying(word) for word in self.words), 0], np.int64)
        said = np.where(told, sayings[self.progress], 0)
        case = ((due * 2 + done) * 2 + closed) * len(_SAYINGS) + said
        cases, codes = np.unique(case, return_inverse=True)
        return codes, [_status(int(each), asked, as_of) for each in cases]


def _saying(word: str) -> int:
    entry = LedgerEntry("", progress=word)
    if entry.says(CANCELLED):
        return 2
    if entry.says(LONG_TERM):
        return 3
    return int(bool(word))


def _status(case: int, asked: TaskRow, as_of: date) -> str:
    rest, said = divmod(case, len(_SAYINGS))
    rest, closed = divmod(rest, 2)
    due, done = divmod(rest, 2)
    limit = (None, date.fromordinal(as_of.toordinal() - 1), as_of)[due]
    reached = (None, as_of)
    entry = LedgerEntry("", done=reached[done], closed=reached[closed], progress=_SAYINGS[said])
    return status_of(entry, due=limit, kind=asked.kind, issued=asked.issued, as_of=as_of)


def problems_of(part: Part, asked: Bools) -> Problems:
    """The problems of a part; of these subjects, those found up to the cut-off and not closed by
    then are open."""
    rows, cut_off = part.rows(PROBLEMS), part.when.cut_off.toordinal()
    found, closed = days_of(rows, "发现日期"), days_of(rows, "销号日期")
    return Problems(
        rows.subject.astype(np.int64),
        asked[rows.subject] & (found <= cut_off) & (_blank(rows, "销号日期") | (closed > cut_off)),
        *texts_of(rows, "问题编号"),
        days_of(rows, "整改时限"),
        days_of(rows, "完成日期"),
        closed,
        *texts_of(rows, "整改情况"),
    )


def days_of(rows: SheetRows, column: str) -> Ints:
    """The days of a raw column as ordinal numbers, 0 where there is none."""
    days, there = rows.days(column)
    return np.where(there, days.astype(np.int64), 0)


def _blank(rows: SheetRows, column: str) -> Bools:
    state = rows.raw(column).state
    return np.zeros(rows.n, np.bool_) if state is None else np.asarray(state == BLANK)


def texts_of(rows: SheetRows, column: str) -> tuple[Ints, tuple[str, ...]]:
    """The texts of a raw column by a vocabulary that holds no other; -1 where there is none."""
    raw = rows.raw(column)
    assert isinstance(raw, Texts)
    codes = raw.codes.astype(np.int64)
    if raw.state is not None:
        codes = np.where(raw.state == HELD, codes, -1)
    if raw.state is None and np.bincount(codes, minlength=len(raw.vocabulary)).all():
        return codes, tuple(raw.vocabulary)
    used, own = np.unique(codes, return_inverse=True)
    words = tuple(str(raw.vocabulary[int(code)]) for code in used if code >= 0)
    return own - (len(used) - len(words)), words
