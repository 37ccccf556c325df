"""Check points: what an inspector answered, and how often (step 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.setting import newest
from starrating.engine.values import NIL, NO, OPEN, UNLIMITED, YES, Interval, Truth
from starrating.number import plain
from starrating.origin import Origin
from starrating.records.model import Answer, AnswerCell, Row

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

_MEANING = {Answer.YES: YES, Answer.NO: NO, Answer.NOT_APPLICABLE: NO}
_WORDS = {Answer.YES: "是", Answer.NO: "否", Answer.NOT_APPLICABLE: "不适用"}
_ANSWERS = {meaning: AnswerCell(meaning, word) for meaning, word in _WORDS.items()}
_ONE = Interval.at(1)


@dataclass(frozen=True, slots=True)
class Point:
    """The state of one check point of one subject.

    `found` is yes, no or open; `quantity` how many were found; `not_applicable` that the
    inspector answered 不适用; `answer` the level word or answer as written (None: not known);
    `rows` the rows of the latest date. `recorded` is false where a missing row stands for an
    answer.
    """

    found: Truth
    quantity: Interval
    not_applicable: bool = False
    answer: AnswerCell | None = None
    rows: tuple[Row, ...] = ()
    recorded: bool = True

    @property
    def present(self) -> Truth:
        """Whether it is there as an element of a list: 不适用 is a credit given."""
        return YES if self.not_applicable else self.found

    @property
    def lacking(self) -> Truth:
        """Whether it lacks as an element of a list: 不适用 does not."""
        return ~self.present

    @property
    def row(self) -> Row | None:
        """The row that was read, the last of the latest date."""
        return self.rows[-1] if self.rows else None

    @property
    def sources(self) -> tuple[str, ...]:
        """The cell that was read."""
        return (str(self.rows[-1].place("结果")),) if self.rows else ()


UNANSWERED = Point(OPEN, UNLIMITED, recorded=False)
NOT_FOUND = Point(NO, NIL, recorded=False)


def point(subject: SubjectFacts, name: str, *, credit: bool = False) -> Point:
    """The check point's state: the latest date counts; different answers on one date are a fault
    and unknown. A point without a row is unknown, unless the rulebook says not_found and the
    subject was inspected at all; that never holds for a `credit`."""
    rows = subject.checks_by_point.get(name, ())
    if not rows:
        setting = subject.setting
        lenient = setting.book.checks.unrecorded == "not_found" and name not in setting.unasked
        lenient = lenient and not credit
        return NOT_FOUND if lenient and subject.checks else UNANSWERED
    latest = newest(rows, "检查日期")
    answers = {_answer(row) for row in latest}
    if len(answers) > 1:
        words = sorted({cell.word if cell else "?" for cell in answers})
        _differ(subject, name, latest[-1].place("结果"), words)
        return UNANSWERED
    answer = answers.pop()
    if answer is None or answer.meaning is None:
        return Point(OPEN, UNLIMITED, answer=answer, rows=latest)
    if name in subject.setting.book.checks.count:
        quantity = _sum(rows)
        found = ~quantity.same(NIL)
    else:
        found = _MEANING[answer.meaning]
        quantity = _one_quantity(subject, name, latest, found)
    return Point(found, quantity, answer.meaning is Answer.NOT_APPLICABLE, answer, latest)


def _differ(subject: SubjectFacts, name: str, place: Origin, words: Iterable[str]) -> None:
    subject.report(CODES.fault("E101", place, point=name, answers="、".join(words)))


def _one_quantity(
    subject: SubjectFacts, name: str, latest: Sequence[Row], found: Truth
) -> Interval:
    """The quantity of the latest date; different ones on it are a fault, and anything between."""
    quantities = [_quantity(row, found) for row in latest]
    if len(set(quantities)) > 1:
        written = sorted({_written(row) for row in latest})
        _differ(subject, name, latest[-1].place("数量"), written)
    return reduce(Interval.hull, quantities)


def _written(row: Row) -> str:
    cell = row.value("数量")
    return f"数量{plain(cell)}" if isinstance(cell, Fraction) else "数量未填"


def yes_or_no(subject: SubjectFacts, name: str, *, credit: bool = False) -> Point:
    """The check point where yes or no is asked: a level word is a fault, and unknown."""
    state = point(subject, name, credit=credit)
    if state.answer is not None and state.answer.meaning is None:
        place = state.rows[-1].place("结果")
        subject.report(CODES.fault("E102", place, point=name, word=state.answer.word))
    return state


def element(subject: SubjectFacts, name: str) -> Point:
    """An element of a named list; the rulebook may say what an unrecorded one counts as."""
    state = yes_or_no(subject, name, credit=True)
    policy = subject.setting.book.checks.unrecorded_elements
    unasked = name in subject.setting.unasked
    if state.recorded or policy == "unknown" or unasked or not subject.checks:
        return state
    return Point(Truth.of(policy == "present"), NIL, recorded=False)


def count_elements(states: Iterable[Point], *, present: bool) -> Interval:
    """How many elements are present, or lacking."""
    truths = [state.present if present else state.lacking for state in states]
    low, high = truths.count(YES), len(truths) - truths.count(NO)
    return Interval(Fraction(low), Fraction(high))


def _answer(row: Row) -> AnswerCell | None:
    cell = row.value("结果")
    if not isinstance(cell, AnswerCell):
        return None
    # 有 and √ are one answer; only level words differ by how they are written.
    return cell if cell.meaning is None else _ANSWERS[cell.meaning]


def _quantity(row: Row, found: Truth) -> Interval:
    if found is NO:
        return NIL
    cell = row.value("数量")
    if cell is None:
        return _ONE
    return Interval.at(cell) if isinstance(cell, Fraction) else UNLIMITED


def _sum(rows: Sequence[Row]) -> Interval:
    total = NIL
    for row in rows:
        answer = _answer(row)
        if answer is None or answer.meaning is None:
            total += UNLIMITED
        else:
            total += _quantity(row, _MEANING[answer.meaning])
    return total
