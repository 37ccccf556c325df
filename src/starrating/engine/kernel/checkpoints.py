"""Check points: what inspectors answered, and how often, for every subject (step 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from starrating.engine.kernel.arrays import (
    BLANK,
    Bools,
    Exact,
    Ints,
    Numbers,
    Texts,
    Truths,
    select,
)
from starrating.engine.kernel.latest import Latest, held
from starrating.engine.kernel.part import Part, SheetRows
from starrating.engine.kernel.segments import Segments
from starrating.rulebook.model import Rulebook
from starrating.schema import CHECKS

_MEANINGS = ("yes", "no", "not_applicable")
_YES, _NO, _ASIDE = 0, 1, 2
_UNREAD = -1


@dataclass(frozen=True, eq=False)
class PointColumns:
    """One check point of all subjects.

    `code` is the answer: yes, no, 不适用 as 0, 1, 2, a level word as 3 + its place in the sheet's
    vocabulary, -1 where there is none that can be used. `recorded` is false where a missing row
    stands for an answer. `latest` are the rows of the latest date.
    """

    found: Truths
    quantity: Numbers
    not_applicable: Bools
    code: Ints
    recorded: Bools
    latest: Latest

    @property
    def present(self) -> Truths:
        """Whether it is there as an element of a list: 不适用 is a credit given."""
        aside = self.not_applicable
        return Truths(self.found.sure | aside, self.found.may | aside)


class CheckPoints:
    """The check points of a part under one rulebook, each computed once."""

    def __init__(self, book: Rulebook, part: Part) -> None:
        self.book, self.part, self.n = book, part, part.n
        self.rows = part.rows(CHECKS)
        self._points: dict[tuple[str, bool], PointColumns] = {}

    @cached_property
    def inspected(self) -> Bools:
        """Which subjects have any row of 检查记录."""
        return np.asarray(np.bincount(self.rows.subject, minlength=self.n) > 0)

    @cached_property
    def vocabulary(self) -> Sequence[str]:
        """The words of the answers; a level word's code is 3 + its place."""
        return self._answers.vocabulary

    @cached_property
    def _answers(self) -> Texts:
        raw = self.rows.raw("结果")
        assert isinstance(raw, Texts)
        return raw

    @cached_property
    def _codes(self) -> Ints:
        """The answer of every row: 有 and √ are one; only level words differ by how they are
        written."""
        answers = self._answers
        meanings = answers.meanings or [None] * len(answers.vocabulary)
        table = [
            _MEANINGS.index(meaning) if meaning is not None else 3 + place
            for place, meaning in enumerate(meanings)
        ]
        codes = np.array([*table, _UNREAD], np.int64)[answers.codes]
        return np.where(held(answers), codes, _UNREAD)

    @cached_property
    def _quantities(self) -> Numbers:
        """The quantity of every row: none is written where there is nothing, 1 where nothing is
        said, anything where it can not be read or the answer is not known."""
        raw = self.rows.raw("数量")
        count = self.rows.n
        assert isinstance(raw, Numbers)
        one = Numbers.at(1, count)
        written = one if raw.state is None else select(raw.state == BLANK, one, raw)
        if raw.state is None:
            written = raw
        unread = np.zeros(count, bool) if raw.state is None else ~held(raw) & (raw.state != BLANK)
        unread |= (self._codes == _UNREAD) | (self._codes > _ASIDE)
        written = Numbers(written.low, written.high)
        found = select(unread, Numbers.unlimited(count), written)
        nothing = (self._codes == _NO) | (self._codes == _ASIDE)
        return select(nothing, Numbers.at(0, count), found)

    def point(self, name: str, *, credit: bool = False) -> PointColumns:
        """The point's state: the latest date counts; different answers on one date are unknown. A
        point without a row is unknown, unless the rulebook says not_found and the subject was
        inspected at all; that never holds for a credit."""
        lenient = self.book.checks.unrecorded == "not_found" and not credit
        if (name, lenient) not in self._points:
            self._points[name, lenient] = self._point(name, lenient)
        return self._points[name, lenient]

    def _point(self, name: str, lenient: bool) -> PointColumns:
        rows, n = self.rows, self.n
        mask = _where_word(rows, "检查项目", name)
        latest = Latest.of(rows, mask, "检查日期", n)
        differs = latest.differ(self._codes)
        latest = latest.where(~differs[rows.subject]) if differs.any() else latest
        code = (
            np.where(latest.there, self._codes[latest.last], _UNREAD)
            if rows.n
            else (np.full(n, _UNREAD, np.int64))
        )
        told = (code >= 0) & (code <= _ASIDE)
        absent = np.zeros(n, bool)
        if lenient:
            absent = self.inspected & ~np.isin(np.arange(n), rows.subject[mask])
        if name in self.book.checks.count:
            quantity = self._summed(mask)
            some = ~quantity.same(Numbers.at(0, n))
            sure, may = some.sure, some.may
        else:
            quantity = self._spread(latest)
            sure, may = code == _YES, code == _YES
        found = Truths(told & sure, np.where(told, may, ~absent))
        quantity = select(told, quantity, Numbers.unlimited(n))
        quantity = select(absent, Numbers.at(0, n), quantity)
        if not (~told & ~absent).any() and np.array_equal(found.sure, found.may):
            found = Truths.known(found.sure)
        return PointColumns(found, quantity, told & (code == _ASIDE), code, latest.there, latest)

    def _summed(self, mask: Bools) -> Numbers:
        """The quantities of all rows of a point added up (`count: all`)."""
        index = np.flatnonzero(mask)
        segments = Segments(self.rows.subject[index], self.n)
        every = self._quantities.take(index)
        low, high = segments.sum(every.low), segments.sum(every.high)
        endless = every.no_high
        return Numbers(low, high, None, None if endless is None else segments.any(endless))

    def _spread(self, latest: Latest) -> Numbers:
        """The quantity of the latest date; anything between different ones."""
        every = self._quantities.take(latest.index)
        segments = Segments(latest.subject, self.n)
        low, high = (
            _extreme(segments, every.low, high=False),
            _extreme(segments, every.high, high=True),
        )
        endless = every.no_high
        gone = None if endless is None else segments.any(endless)
        if low.same(high).all() and gone is None:
            return Numbers.known(low)
        return Numbers(low, high, None, gone)

    # --- elements of lists ----------------------------------------------------------------

    def element(self, name: str) -> PointColumns:
        """A check point as an element of a list: a missing row may stand for an answer."""
        state = self.point(name, credit=True)
        policy = self.book.checks.unrecorded_elements
        filled = ~state.recorded & self.inspected
        if policy == "unknown" or not filled.any():
            return state
        present = policy == "present"
        found = Truths(
            np.where(filled, present, state.found.sure), np.where(filled, present, state.found.may)
        )
        quantity = select(filled, Numbers.at(0, self.n), state.quantity)
        return PointColumns(
            found,
            quantity,
            state.not_applicable & ~filled,
            state.code,
            state.recorded,
            state.latest,
        )

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a list of the rulebook are present, or lacking."""
        low, high = np.zeros(self.n, np.int64), np.zeros(self.n, np.int64)
        names = self.book.lists[listed]
        for name in dict.fromkeys(names):
            truths = self.element(name).present
            truths = truths if present else ~truths
            low, high = low + truths.sure, high + truths.may
        if np.array_equal(low, high):
            return Numbers.known(Exact.whole(low, len(names)))
        return Numbers.between(Exact.whole(low, len(names)), Exact.whole(high, len(names)))


def _where_word(rows: SheetRows, column: str, word: str) -> Bools:
    texts, there = rows.texts(column)
    return texts.where_entry([each == word for each in texts.vocabulary]) & there


def _extreme(segments: Segments, numbers: Exact, *, high: bool) -> Exact:
    """The largest (smallest) number of each subject's rows, 0 where it has none."""
    scaled = numbers if isinstance(numbers.den, int) else numbers.reduced()
    assert isinstance(scaled.den, int)
    ends = segments.largest(scaled.num, 0) if high else segments.smallest(scaled.num, 0)
    return Exact.whole(ends, den=scaled.den)
