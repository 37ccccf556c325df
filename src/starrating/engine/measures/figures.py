"""Counts, sums, ratios, averages and shares over rows (step 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.groups.quotients import quotient_range
from starrating.engine.measures.measured import Measured, RowMeasure
from starrating.engine.values import (
    ANY,
    NONE,
    OPEN,
    UNKNOWN,
    UNLIMITED,
    YES,
    Interval,
    Truth,
    Value,
    as_interval,
    known,
)
from starrating.number import added
from starrating.records.model import AnswerCell, Row
from starrating.rulebook.model import Measure

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

ONE = Interval.at(1)
LACKS = "缺少所需数据"


def count(of: RowMeasure) -> Measured:
    """The number of rows: those that surely count, and those that may."""
    if of.reach.absent:
        return Measured(UNLIMITED)
    sure = len(of.reach.sure)
    return Measured(Interval(Fraction(sure), Fraction(sure + len(of.reach.possible))))


def distinct(of: RowMeasure) -> Measured:
    """The number of different values; a value that is not known may be new or one of the others."""
    if of.reach.absent:
        return Measured(UNLIMITED)
    assert of.rule.distinct is not None
    sure: set[Value] = set()
    extra: set[Value] = set()
    doubtful = least = 0
    operand = of.operand(of.rule.distinct)
    for each in of.reach.rows:
        value = operand(each.row)
        if value is NONE:
            continue
        if not known(value):
            doubtful += 1
            least |= each.truth is YES
        else:
            (sure if each.truth is YES else extra).add(value)
    low, high = max(len(sure), least), len(sure | extra) + doubtful
    return Measured(Interval(Fraction(low), Fraction(high)))


@dataclass(frozen=True, slots=True)
class _Figures:
    """The operands of the counted rows; `lacks` names counted rows of which one is not known."""

    sure: tuple[tuple[Fraction, ...], ...]
    possible: tuple[tuple[Fraction, ...], ...]
    lacks: tuple[str, ...]
    skipped: tuple[str, ...]


def _figures(of: RowMeasure, read: Callable[[Row], tuple[Value, ...] | None]) -> _Figures:
    """Gather operands; `skip_missing` lists the rows that lack one instead of asking for it."""
    sure: list[tuple[Fraction, ...]] = []
    possible: list[tuple[Fraction, ...]] = []
    missing: list[str] = []
    for each in of.reach.rows:
        values = read(each.row)
        if values is None:
            continue
        numbers = tuple(
            number.number
            for value in values
            if isinstance(number := as_interval(value), Interval) and number.known
        )
        if len(numbers) < len(values):
            missing.append(f"{each.row.origin} {LACKS}")
        else:
            (sure if each.truth is YES else possible).append(numbers)
    told = ((), tuple(missing)) if of.rule.skip_missing else (tuple(missing), ())
    return _Figures(tuple(sure), tuple(possible), *told)


def total(of: RowMeasure) -> Measured:
    """The sum of an expression over the rows."""
    if of.reach.absent:
        return Measured(ANY)
    expr = of.rule.sum_
    assert expr is not None
    if of.rule.values is not None:
        figures = _figures(of, lambda row: _worth(of, row))
    else:
        operand = of.operand(expr)
        figures = _figures(of, lambda row: (operand(row),))
    if figures.lacks:
        return Measured(ANY, unknown=figures.lacks)
    sure = added(number for (number,) in figures.sure)
    low = sum((number for (number,) in figures.possible if number < 0), sure)
    high = sum((number for (number,) in figures.possible if number > 0), sure)
    return Measured(Interval(low, high), not_counted=figures.skipped)


def _worth(of: RowMeasure, row: Row) -> tuple[Value, ...] | None:
    """What a row's word is worth, times its weight; None for words left out."""
    valued = _valued(of, row)
    return None if valued is None else valued[:1]


def valued_word(subject: SubjectFacts, rule: Measure, found: Measured) -> Measured:
    """The number that `values` gives a column's word; a word it does not list is a fault."""
    assert rule.values is not None
    assert rule.field is not None
    word = found.value
    if isinstance(word, str) and word in rule.values:
        return replace(found, value=Interval.at(rule.values[word]))
    if isinstance(word, str):
        place = subject.organisation.row.place(rule.field)
        choices = "、".join(rule.values)
        subject.report(CODES.fault("E109", place, word=word, choices=choices))
    numbers = rule.values.values()
    return replace(found, value=NONE if word is NONE else Interval(min(numbers), max(numbers)))


def _quotient(figures: _Figures) -> Measured:
    """Sum over sum, exact; an empty denominator is unknown."""
    if figures.lacks:
        return Measured(ANY, unknown=figures.lacks)
    sure = [(top, bottom) for top, bottom in figures.sure]
    possible = [(top, bottom) for top, bottom in figures.possible]
    value = quotient_range(sure, possible)
    return Measured(ANY if value is None else value, not_counted=figures.skipped)


def ratio(of: RowMeasure) -> Measured:
    """The sum of one expression over the sum of another."""
    assert of.rule.ratio is not None
    top, bottom = (of.operand(expr) for expr in of.rule.ratio)
    return _quotient(_figures(of, lambda row: (top(row), bottom(row))))


def average(of: RowMeasure) -> Measured:
    """The mean of an expression, or of the values of a word (`values`), weighted if so said."""
    if of.rule.values is not None:
        return _quotient(_figures(of, lambda row: _valued(of, row)))
    expr = of.rule.average
    assert expr is not None
    operand = of.operand(expr)
    return _quotient(_figures(of, lambda row: (operand(row), ONE)))


def _valued(of: RowMeasure, row: Row) -> tuple[Value, ...] | None:
    """(value × weight, weight) of a row's word; None for words left out."""
    rule = of.rule
    assert rule.values is not None
    assert rule.of is not None
    cell = row.value(rule.of)
    word = cell.word if isinstance(cell, AnswerCell) else cell
    if word in rule.leave_out:
        return None
    if not isinstance(word, str) or word not in rule.values:
        if isinstance(word, str):
            place, choices = row.place(rule.of), "、".join(rule.values)
            of.subject.report(CODES.fault("E109", place, word=word, choices=choices))
        return (UNKNOWN,)
    weight: Value = ONE
    if rule.weighted_by is not None:
        column = of.sheet.column(rule.weighted_by)
        assert column is not None
        weight = of.subject.setting.value(row, column)
    number = as_interval(weight)
    if not isinstance(number, Interval):
        return (NONE,)
    return (Interval.at(rule.values[word]) * number, number)


def share(of: RowMeasure) -> Measured:
    """The share of the rows of which the condition holds."""
    assert of.rule.share is not None
    holds = of.holds(of.rule.share)
    held = [(holds(each.row), each.truth is YES) for each in of.reach.rows]
    low = _held(held, (YES,))
    high = _held(held, (YES, OPEN))
    if low is None or high is None:
        return Measured(Interval(Fraction(0), Fraction(1)))
    return Measured(Interval(low.low, high.high))


def _held(rows: Sequence[tuple[Truth, bool]], met: tuple[Truth, ...]) -> Interval | None:
    """The share of rows whose condition is one of `met`; each row surely counts or may."""
    sure = [_OF_ONE[truth in met] for truth, counts in rows if counts]
    possible = [_OF_ONE[truth in met] for truth, counts in rows if not counts]
    return quotient_range(sure, possible)


_OF_ONE = {met: (Fraction(met), Fraction(1)) for met in (False, True)}
"""What one row brings to a share: itself to the whole, and to the part if it is met."""
