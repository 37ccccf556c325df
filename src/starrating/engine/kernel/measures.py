"""Measures of all subjects at once: what happened, as numbers (step 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starrating.engine.days import add
from starrating.engine.kernel import figures
from starrating.engine.kernel.measured import Measured, RowMeasure
from starrating.engine.kernel.written import with_count
from starrating.rulebook.model import Measure

if TYPE_CHECKING:
    from starrating.engine.kernel.subjects import SubjectFacts

OVER_ROWS: dict[str, Callable[[RowMeasure], Measured]] = {
    "count": figures.count,
}


def measure(subjects: SubjectFacts, name: str, rule: Measure) -> Measured:
    """One measure of all subjects; a count written down (核查计数) may stand for it."""
    assert rule.sheet is not None
    return _over_rows(subjects, name, rule, rule.sheet)


def _over_rows(subjects: SubjectFacts, name: str, rule: Measure, sheet: str) -> Measured:
    asked = rule.missing or rule.short
    until = None
    if asked is not None and asked.grace is not None:
        until = add(subjects.part.when.end, asked.grace.count, asked.grace.unit)
    reach = subjects.reacher.reach(sheet, rule.where, rule.look_back, until)
    found = OVER_ROWS[rule.form](RowMeasure(subjects.part, rule, reach))
    any_row = reach.segments.lengths > 0
    return with_count(subjects.part, name, rule.origin, found, any_row=any_row)
