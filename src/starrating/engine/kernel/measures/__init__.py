"""Measures of all subjects at once: what happened, as numbers (steps 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from starrating.engine.days import add
from starrating.engine.kernel.elsewhere import of_reviews
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.facts import Subjects
from starrating.engine.kernel.groups.batch import best, rank
from starrating.engine.kernel.groups.subordinates import below, of_group
from starrating.engine.kernel.measures import calendar_units, figures, lateness, picks
from starrating.engine.kernel.measures.measured import Measured, RowMeasure
from starrating.engine.kernel.measures.written import with_count
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import HELD, NONE, Texts, has
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers, restated, select
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Measure

if TYPE_CHECKING:
    from starrating.engine.kernel.subjects import SubjectFacts

OVER_ROWS: dict[str, Callable[[RowMeasure], Measured]] = {
    "count": figures.count,
    "distinct": figures.distinct,
    "sum": figures.total,
    "average": figures.average,
    "share": figures.share,
    "ratio": figures.ratio,
    "min": picks.least,
    "max": picks.greatest,
    "latest": picks.latest,
    "missing": calendar_units.missing,
    "short": calendar_units.short,
    "longest_gap": calendar_units.longest_gap,
    "late": lateness.late_rows,
}


def measure(subjects: SubjectFacts, name: str, rule: Measure) -> Measured:
    """One measure of all subjects; a count written down (核查计数) may stand for it."""
    if rule.sheet is not None and rule.form in OVER_ROWS:
        return _over_rows(subjects, name, rule, rule.sheet)
    if rule.late is not None:
        found = Measured(lateness.late_subject(subjects, rule.late))
        nowhere = np.zeros(subjects.n, np.bool_)
        return with_count(subjects.part, name, rule.origin, found, any_row=nowhere)
    if rule.field is not None:
        found = _of_expression(subjects, ex.Name(rule.field))
        return found if rule.values is None else replace(found, value=_word(rule, found.value))
    if rule.value is not None:
        return _of_expression(subjects, rule.value)
    if rule.review is not None:
        return Measured(of_reviews(subjects.part, rule.review))
    return Measured(compared(subjects, rule))


def compared(subjects: Subjects, rule: Measure) -> Numbers:
    """A measure that compares subjects with one another."""
    if rule.rank is not None:
        return rank(subjects, rule.rank)
    if rule.subordinates is not None:
        return below(subjects, rule.subordinates)
    if rule.group is not None:
        return of_group(subjects, rule.group)
    assert rule.best is not None
    return best(subjects, rule.best)


def _of_expression(subjects: SubjectFacts, expr: ex.Expr) -> Measured:
    return Measured(evaluate(expr, subjects), subjects.applies(expr))


def _word(rule: Measure, word: Value) -> Numbers:
    """The number that `values` gives a column's word; of another word anything it lists."""
    assert rule.values is not None
    n, numbers = len(word), list(rule.values.values())
    found = Numbers(Exact.at(min(numbers), n), Exact.at(max(numbers), n))
    if isinstance(word, Texts):
        held = np.ones(n, np.bool_) if word.state is None else word.state == HELD
        listed = held & word.where_entry([text in rule.values for text in word.vocabulary])
        table = Exact.of([*(rule.values.get(text, 0) for text in word.vocabulary), 0])
        found = select(listed, Numbers.known(table.take(word.codes)), found)
    none = has(word.state, NONE, n)
    return restated(found, np.where(none, NONE, HELD).astype(np.int8)) if none.any() else found


def _over_rows(subjects: SubjectFacts, name: str, rule: Measure, sheet: str) -> Measured:
    """A measure over rows: counted with others of its sheet, and row by row where that does not
    tell."""
    counted = subjects.tallies.measured(name, rule, sheet)
    if counted is None:
        found, any_row = _by_rows(subjects, name, rule, sheet, None)
    else:
        found, any_row = counted.found, counted.any_row
        if counted.open.any():
            own, _ = _by_rows(subjects, name, rule, sheet, counted.open)
            value = select(counted.open, as_numbers(own.value), as_numbers(found.value))
            found = Measured(value, found.applies)
    return with_count(subjects.part, name, rule.origin, found, any_row=any_row)


def _by_rows(
    subjects: SubjectFacts, name: str, rule: Measure, sheet: str, only: Bools | None
) -> tuple[Measured, Bools]:
    """The measure of all subjects, or only of some, and where a row may count."""
    asked = rule.missing or rule.short
    until = None
    if asked is not None and asked.grace is not None:
        until = add(subjects.part.when.end, asked.grace.count, asked.grace.unit)
    reach = subjects.reacher.reach(sheet, rule.where, rule.look_back, until, only)
    any_row = reach.segments.lengths > 0
    if name in subjects.part.unkept:
        reach = replace(reach, absent=reach.absent | ~any_row)
    return OVER_ROWS[rule.form](RowMeasure(subjects.part, subjects.plan.book, rule, reach)), any_row
