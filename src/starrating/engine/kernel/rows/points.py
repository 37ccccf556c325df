"""Check points over arrays: what an inspector answered, and how often (step 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from starrating.engine.kernel.part import Part, SheetRows
from starrating.engine.kernel.rows.latest import Latest
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Bools, Ints, any_of, nowhere
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import HELD, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers, select
from starrating.rulebook.model import Rulebook
from starrating.schema import CHECKS


@dataclass(frozen=True, eq=False)
class Point:
    """The state of one check point of all subjects.

    `found` is yes, no or open; `quantity` how many were found, computed when it is asked for, which
    few rules do. `not_applicable` is where the
    inspector answered 不适用, `recorded` where an answer stands. `row` is the place among the rows
    of 检查记录 of the row that was read (the last of the latest date), -1 where there is none;
    `differs` is where the latest date has different answers.
    """

    found: Truths
    counted: Callable[[], Numbers]
    not_applicable: Bools
    recorded: Bools
    row: Ints
    differs: Bools

    @cached_property
    def quantity(self) -> Numbers:
        """How many were found."""
        return self.counted()

    @property
    def present(self) -> Truths:
        """Whether it is there as an element of a list: 不适用 is a credit given."""
        return self.found | Truths.known(self.not_applicable)


@dataclass(eq=False)
class Points:
    """The check points of a part under one rulebook, each computed once."""

    part: Part
    book: Rulebook
    _points: dict[tuple[str, bool], Point] = field(default_factory=dict)
    _inspected: Bools | None = None

    @property
    def rows(self) -> SheetRows:
        """The rows of 检查记录."""
        return self.part.rows(CHECKS)

    def inspected(self) -> Bools:
        """Whether a subject has any row of 检查记录."""
        if self._inspected is None:
            self._inspected = np.bincount(self.rows.subject, minlength=self.part.n) > 0
        return self._inspected

    def point(self, name: str, *, credit: bool = False) -> Point:
        """A check point; one that nobody recorded is not found where the rulebook says so, but
        never for a `credit`."""
        lenient = self.book.checks.unrecorded == "not_found" and name not in self.part.unasked
        lenient = lenient and not credit
        key = (name, lenient)
        if key not in self._points:
            self._points[key] = self._point(name, lenient=lenient)
        return self._points[key]

    def element(self, name: str) -> Point:
        """An element of a named list; the rulebook may say what an unrecorded one counts as."""
        state, policy = self.point(name, credit=True), self.book.checks.unrecorded_elements
        if policy == "unknown" or name in self.part.unasked:
            return state
        told = ~state.recorded & self.inspected()
        present = np.full(self.part.n, policy == "present")
        return Point(
            _where(told, Truths.known(present), state.found),
            lambda: select(told, Numbers.at(0, self.part.n), state.quantity),
            state.not_applicable,
            state.recorded,
            np.where(told, -1, state.row),
            state.differs,
        )

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a named list are present, or lacking."""
        low, high = np.zeros((2, self.part.n), np.int64)
        for name in self.book.lists[listed]:
            truth = self.element(name).present
            truth = truth if present else ~truth
            low, high = low + truth.sure, high + truth.may
        return Numbers(Exact.whole(low), Exact.whole(high))

    # --- inside ----------------------------------------------------------------------------

    def _point(self, name: str, *, lenient: bool) -> Point:
        n, rows = self.part.n, self.rows
        asked = rows.of_word("检查项目", name)
        last = Latest.of(rows, asked, "检查日期", n).index
        answers = _Answers.of(rows.raw("结果").take(last))
        segments = Segments(rows.subject[last], n)
        any_row = segments.lengths > 0
        differs = nowhere(n)
        if not segments.single:
            differs = any_row & (
                segments.largest(answers.code, 0) != segments.smallest(answers.code, 0)
            )
        first = segments.first()
        meaning = answers.meaning[first] if len(last) else np.zeros(n, np.int8)
        recorded = any_row & ~differs
        plain = recorded & (meaning != _NO_MEANING)
        yes = plain & (meaning == _YES)
        found = Truths.known(yes) if plain.all() else Truths(yes, yes | ~plain)
        missing = ~any_row & self.inspected() if lenient else nowhere(n)
        summed = self._sum(asked) if name in self.book.checks.count else None
        if summed is not None:
            found = _where(plain, _some(summed), found)

        def counted() -> Numbers:
            own = self._one_quantity(last, segments, yes) if summed is None else summed
            own = select(plain, own, Numbers.unlimited(n))
            return select(missing, Numbers.at(0, n), own)

        if any_of(missing):
            found = _where(missing, Truths.at(False, n), found)
        row = np.full(n, -1, np.int64)
        row[rows.subject[last]] = last
        if any_of(differs):
            row[differs] = -1
        return Point(found, counted, plain & (meaning == _NOT_APPLICABLE), recorded, row, differs)

    def _one_quantity(self, last: Ints, segments: Segments, yes: Bools) -> Numbers:
        """The quantity of the latest date: anything between where its rows differ."""
        each = self._quantities(last, yes[segments.subject])
        num, den = each.low.num, each.low.den
        assert isinstance(den, int)
        far = np.zeros(len(last), np.bool_) if each.no_high is None else each.no_high
        top = segments.largest(np.where(far, 0, each.high.num), 0)
        low = Exact.whole(segments.smallest(num, 0), den=den)
        high = Exact.whole(top, den=den)
        gone = segments.any(far)
        return Numbers(low, high, None, gone if gone.any() else None)

    def _quantities(self, at: Ints, yes: Bools) -> Numbers:
        """数量 of rows: a yes without one is 1, what is not found is 0."""
        n = len(at)
        cells = as_numbers_or_blank(self.rows.raw("数量").take(at))
        state = np.zeros(n, np.int8) if cells.state is None else cells.state
        held = state == HELD
        number = select(held, Numbers.known(cells.low), Numbers.at(1, n))
        unread = state == _UNREADABLE
        number = select(unread, Numbers.unlimited(n), number)
        return select(yes, number, Numbers.at(0, n))

    def _sum(self, asked: Ints) -> Numbers:
        """数量 over all rows of a point that counts them all."""
        answers = _Answers.of(self.rows.raw("结果").take(asked))
        each = self._quantities(asked, answers.meaning == _YES)
        each = select(answers.meaning == _NO_MEANING, Numbers.unlimited(len(asked)), each)
        segments = Segments(self.rows.subject[asked], self.part.n)
        far = np.zeros(len(asked), np.bool_) if each.no_high is None else each.no_high
        gone = segments.any(far)
        return Numbers(
            segments.sum(each.low),
            segments.sum(each.high, ~far),
            None,
            gone if gone.any() else None,
        )


_NO_MEANING, _YES, _NO, _NOT_APPLICABLE = 0, 1, 2, 3
_MEANINGS = {"yes": _YES, "no": _NO, "not_applicable": _NOT_APPLICABLE, None: _NO_MEANING}
_UNREADABLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Answers:
    """The answers of rows: a code that is equal where they are one answer, and the meaning.

    有 and √ are one answer; only level words differ by how they are written. A cell that is empty
    or unreadable has no meaning, like every other such cell.
    """

    code: Ints
    meaning: np.ndarray[tuple[int, ...], np.dtype[np.int8]]

    @staticmethod
    def of(cells: Value) -> _Answers:
        n = len(cells)
        if not isinstance(cells, Texts):
            return _Answers(np.zeros(n, np.int64), np.zeros(n, np.int8))
        told = cells.meanings or (None,) * len(cells.vocabulary)
        meanings = [_MEANINGS[each] for each in told]
        codes = [each or len(_MEANINGS) + place for place, each in enumerate(meanings)]
        held = np.ones(n, np.bool_) if cells.state is None else cells.state == HELD
        code = np.array([*codes, 0], np.int64)[cells.codes]
        meaning = np.array([*meanings, 0], np.int8)[cells.codes]
        return _Answers(np.where(held, code, 0), np.where(held, meaning, 0).astype(np.int8))


def as_numbers_or_blank(value: Value) -> Numbers:
    """A raw number column; any other holds no quantity that can be read."""
    return value if isinstance(value, Numbers) else as_numbers(value)


def _some(quantity: Numbers) -> Truths:
    """Found where the quantity is not 0."""
    return ~quantity.same(Numbers.at(0, len(quantity)))


def _where(mask: Bools, one: Truths, two: Truths) -> Truths:
    return Truths(np.where(mask, one.sure, two.sure), np.where(mask, one.may, two.may))
