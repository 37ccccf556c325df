"""Check points: what an inspector answered, and how often (step 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.values import NIL, NO, OPEN, YES, Interval, Truth
from starrating.records.model import Answer, AnswerCell, Row
from starrating.schema import CHECKS

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

_MEANING = {Answer.YES: YES, Answer.NO: NO, Answer.NOT_APPLICABLE: NO}


@dataclass(frozen=True, slots=True)
class Point:
    """The state of one check point of one subject.

    `found` is yes, no or open; `quantity` how many were found; `not_applicable` that the
    inspector answered 不适用; `answer` the level word or answer as written (None: not known);
    `row` the latest row. `recorded` is false where a missing row stands for an answer.
    """

    found: Truth
    quantity: Interval
    not_applicable: bool = False
    answer: AnswerCell | None = None
    row: Row | None = None
    recorded: bool = True

    @property
    def sources(self) -> tuple[str, ...]:
        """The cell that was read."""
        return (str(self.row.place("结果")),) if self.row else ()


UNANSWERED = Point(OPEN, Interval(Fraction(0), None), recorded=False)
NOT_FOUND = Point(NO, NIL, recorded=False)


def point(subject: SubjectFacts, name: str, *, credit: bool = False) -> Point:
    """The check point's state: the latest date counts; different answers on one date are a fault
    and unknown. A point without a row is unknown, unless the rulebook says not_found and the
    subject was inspected at all; that never holds for a `credit`."""
    rows = [row for row in subject.checks if row.value("检查项目") == name]
    if not rows:
        lenient = subject.setting.book.checks.unrecorded == "not_found" and not credit
        return NOT_FOUND if lenient and subject.checks else UNANSWERED
    newest = max(_day(row) for row in rows)
    latest = [row for row in rows if _day(row) == newest]
    answers = {_answer(row) for row in latest}
    if len(answers) > 1:
        words = "、".join(sorted({cell.word if cell else "?" for cell in answers}))
        subject.report(
            CODES.fault("E101", latest[-1].place("结果"), point=name, answers=words)
        )
        return UNANSWERED
    answer = answers.pop()
    row = latest[-1]
    if answer is None:
        return Point(OPEN, Interval(Fraction(0), None), row=row)
    if answer.meaning is None:
        return Point(OPEN, Interval(Fraction(0), None), answer=answer, row=row)
    found = _MEANING[answer.meaning]
    summed = name in subject.setting.book.checks.count
    quantity = _sum(rows) if summed else _quantity(row, found)
    truth = ~quantity.same(NIL) if summed else found
    return Point(truth, quantity, answer.meaning is Answer.NOT_APPLICABLE, answer, row)


def yes_or_no(subject: SubjectFacts, name: str, *, credit: bool = False) -> Point:
    """The check point where yes or no is asked: a level word is a fault, and unknown."""
    state = point(subject, name, credit=credit)
    if state.answer is not None and state.answer.meaning is None and state.row is not None:
        place = state.row.place("结果")
        subject.report(CODES.fault("E102", place, point=name, word=state.answer.word))
    return state


def element(subject: SubjectFacts, name: str) -> Point:
    """An element of a named list; the rulebook may say what an unrecorded one counts as."""
    state = point(subject, name, credit=True)
    policy = subject.setting.book.checks.unrecorded_elements
    if state.recorded or policy == "unknown" or not subject.checks:
        return state
    return Point(Truth.of(policy == "present"), NIL, recorded=False)


def count_elements(states: list[Point], *, present: bool) -> Interval:
    """How many elements are present (不适用 is a credit given), or lacking (不适用 is not)."""
    low = high = 0
    for state in states:
        truth = (state.found | Truth.of(state.not_applicable)) if present else ~state.found
        if not present and state.not_applicable:
            truth = NO
        low += truth is YES
        high += truth is not NO
    return Interval(Fraction(low), Fraction(high))


def _day(row: Row) -> date:
    day = row.value("检查日期")
    return day if isinstance(day, date) else date.min


def _answer(row: Row) -> AnswerCell | None:
    cell = row.value("结果")
    if not isinstance(cell, AnswerCell):
        return None
    # 有 and √ are one answer; only level words differ by how they are written.
    return cell if cell.meaning is None else AnswerCell(cell.meaning, _canonical(cell))


def _canonical(cell: AnswerCell) -> str:
    return {Answer.YES: "是", Answer.NO: "否", Answer.NOT_APPLICABLE: "不适用"}[
        cell.meaning or Answer.YES
    ]


def _quantity(row: Row, found: Truth) -> Interval:
    if found is NO:
        return NIL
    cell = row.value("数量")
    if cell is None:
        return Interval.at(1)
    return Interval.at(cell) if isinstance(cell, Fraction) else Interval(Fraction(0), None)


def _sum(rows: list[Row]) -> Interval:
    total = NIL
    for row in rows:
        answer = _answer(row)
        if answer is None or answer.meaning is None:
            total += Interval(Fraction(0), None)
        else:
            total += _quantity(row, _MEANING[answer.meaning])
    return total


