"""The ground of clauses over a part: measures, check points, people's numbers (steps 4 and 6)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
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
    Value,
    everywhere,
)
from starrating.engine.kernel.part import Part, SheetRows
from starrating.engine.kernel.plan import Plan
from starrating.engine.kernel.rows.latest import Latest, held
from starrating.engine.kernel.scoring.ground import Cells, Figures, PickedRows
from starrating.engine.kernel.subjects import Given, SubjectFacts
from starrating.records.model import Answer, AnswerCell, Cell
from starrating.rulebook.model import Measure
from starrating.rulebook.raters import Seat, seats
from starrating.schema import SCORES

LEVEL = "等次"
Aside = Mapping[str, Mapping[tuple[str, str], str]]
"""code → (item, clause) set aside by 异议复核 → the reason (step 16)."""

_WORDS = {Answer.YES: "是", Answer.NO: "否", Answer.NOT_APPLICABLE: "不适用"}


def _one_answer(cell: Cell) -> Cell:
    """有 and √ are one answer; only level words differ by how they are written."""
    if isinstance(cell, AnswerCell) and cell.meaning is not None:
        return AnswerCell(cell.meaning, _WORDS[cell.meaning])
    return cell


class SubjectGround(SubjectFacts):
    """The facts of the subjects of a part, and what people wrote of them."""

    def __init__(
        self,
        plan: Plan,
        part: Part,
        aside: Aside | None = None,
        *,
        under: SubjectGround | None = None,
        given: Given | None = None,
    ) -> None:
        super().__init__(plan, part, under=under, given=given)
        self.aside = aside or {}
        self.people: _People = _People(plan, part) if under is None else under.people
        self._gives = under is not None

    @cached_property
    def _credit(self) -> SubjectGround:
        return SubjectGround(self.plan, self.part, self.aside, under=self)

    def as_credit(self) -> SubjectGround:
        """The same facts for what gives: `checks: {unrecorded: not_found}` holds for deductions
        only, and a point nobody recorded stays unknown for a credit (step 4)."""
        alike = self._gives or self.plan.book.checks.unrecorded == "unknown"
        return self if alike else self._credit

    def due(self, measure: str) -> Bools:
        """Where a measure has a due unit (step 2)."""
        applies = self.measured(measure).applies
        return everywhere(self.n) if applies is None else applies

    def answer(self, name: str) -> tuple[Cells, Bools]:
        """The answers of a check point that may be level words; where one is 不适用."""
        point = self.point(name)
        cells = cells_of(self.points.rows.raw("结果"))
        words = [_one_answer(cell) for cell in cells.vocabulary]
        return Cells(words, np.append(cells.code, -1)[point.row]), point.not_applicable

    # --- cells and people -------------------------------------------------------------------

    def cell(self, column: str) -> Cells | None:
        """The cells of a 党组织 column; None where there is no such column."""
        if self.part.organisations.column(column) is None:
            return None
        return cells_of(self.part.organisations.raw(column))

    def seats(self, item: str) -> tuple[Seat, ...]:
        """The seats whose figures for an item are averaged."""
        return self.people.seats[item]

    def rating(self, item: str, column: str, seat: Seat) -> Figures:
        """The number of 考核评分 that counts for an item's seat."""
        return self.people.figures(item, column, seat)

    def level(self, item: str, seat: Seat) -> tuple[Cells, Bools]:
        """The 等次 of 考核评分 that counts for an item's seat, and where there is one."""
        return self.people.level(item, seat)

    def point_figure(self, point: str) -> Figures:
        """检查记录.分值 of a check point's latest date; different ones are not known."""
        rows, state = self.points.rows, self.point(point)
        raw = rows.raw("分值")
        latest = Latest.of(rows, rows.of_word("检查项目", point), "检查日期", self.n)
        written = latest.where(~_blank(raw) & ~state.differs[rows.subject])
        return _figures(rows, "分值", written.last, ~written.differ(raw))

    def picked_rows(self, per: str, by: str) -> PickedRows:
        """The rows of a sheet, or of a count measure, with their cells of a column."""
        rule: Measure | None = self.plan.book.measures.get(per)
        sheet = rule.sheet if rule is not None and rule.sheet is not None else per
        where, look_back = (rule.where, rule.look_back) if rule is not None else (None, None)
        reach = self.reacher.reach(sheet, where, look_back)
        cells = cells_of(reach.rows.raw(by))
        own = Cells(cells.vocabulary, cells.code[reach.index])
        return PickedRows(reach.rows.subject[reach.index], reach.sure, own, reach.absent)

    def set_aside(self, item: str, clause: str) -> Bools | None:
        """Where people set a clause aside (step 16)."""
        codes = [code for code, each in self.aside.items() if (item, clause) in each]
        if not codes:
            return None
        return np.array([code in codes for code in self.part.codes], bool)


class _People:
    """What raters wrote in 考核评分."""

    def __init__(self, plan: Plan, part: Part) -> None:
        self.seats = {item.id: seats(plan.book, item) for _, item in plan.book.items()}
        self.rows = part.rows(SCORES)
        self.n = part.n
        self._counted: dict[tuple[str, str, Seat], tuple[Ints, Bools]] = {}
        self._wrote: dict[str, Bools] = {}

    def counted(self, item: str, column: str, seat: Seat) -> tuple[Ints, Bools]:
        """The row that counts (-1: none): of the seat's first who has a figure, his latest; and
        whether figures of one date agree."""
        key = (item, column, seat)
        if key not in self._counted:
            self._counted[key] = self._chosen(item, column, seat)
        return self._counted[key]

    def _chosen(self, item: str, column: str, seat: Seat) -> tuple[Ints, Bools]:
        rows = self.rows
        raw = rows.raw(column)
        asked = rows.of_word("项目", item)
        if raw.state is not None:
            asked = asked[raw.state[asked] != BLANK]
        last, agree = np.full(self.n, -1, np.int64), np.ones(self.n, bool)
        for rater in seat:
            latest = Latest.of(rows, asked[self._by(rater)[asked]], "日期", self.n)
            first = (last < 0) & latest.there
            last = np.where(first, latest.last, last)
            agree = np.where(first, ~latest.differ(raw), agree)
            if (last >= 0).all():
                break
        return last, agree

    def _by(self, rater: str) -> Bools:
        """The rows that a rater wrote."""
        if rater not in self._wrote:
            self._wrote[rater] = _is(self.rows, "评分主体", rater)
        return self._wrote[rater]

    def figures(self, item: str, column: str, seat: Seat) -> Figures:
        """The numbers that count."""
        return _figures(self.rows, column, *self.counted(item, column, seat))

    def level(self, item: str, seat: Seat) -> tuple[Cells, Bools]:
        """The levels that count, and where there is one."""
        last, agree = self.counted(item, LEVEL, seat)
        cells = cells_of(self.rows.raw(LEVEL))
        code = np.append(cells.code, -1)[last]
        return Cells(cells.vocabulary, np.where(agree, code, -1)), last >= 0


def _figures(rows: SheetRows, column: str, last: Ints, agree: Bools) -> Figures:
    raw = rows.raw(column)
    assert isinstance(raw, Numbers)
    there = last >= 0
    if not rows.n:
        return Figures(Exact.at(0, len(last)), last, there)
    place = np.where(there, last, 0)
    return Figures(raw.low.take(place), last, there & agree & held(raw)[place])


def cells_of(raw: Value) -> Cells:
    """Raw cells, encoded; what is empty or can not be read has no code."""
    there = held(raw)
    vocabulary: list[Cell]
    if isinstance(raw, Texts):
        meanings = raw.meanings
        vocabulary = [*raw.vocabulary]
        if meanings is not None:
            vocabulary = [
                AnswerCell(_MEANT[m], w) for m, w in zip(meanings, raw.vocabulary, strict=True)
            ]
        code = raw.codes.astype(np.int64)
    elif isinstance(raw, Truths):
        vocabulary, code = [False, True], raw.sure.astype(np.int64)
    elif isinstance(raw, Numbers):
        _, first, code = np.unique(raw.low.num, return_index=True, return_inverse=True)
        vocabulary = [_cell_number(raw, int(each)) for each in first]
    else:
        vocabulary, code = [], np.full(len(raw), -1, np.int64)
    return Cells(vocabulary, np.where(there, code, -1))


def _cell_number(raw: Numbers, place: int) -> Fraction:
    return raw.low.fraction(place)


_MEANT = {
    "yes": Answer.YES, "no": Answer.NO, "not_applicable": Answer.NOT_APPLICABLE, None: None,
}  # fmt: skip


def _blank(raw: Value) -> Bools:
    return np.zeros(len(raw), bool) if raw.state is None else np.asarray(raw.state == BLANK)


def _is(rows: SheetRows, column: str, word: str) -> Bools:
    texts, there = rows.texts(column)
    return texts.where_entry([each == word for each in texts.vocabulary]) & there
