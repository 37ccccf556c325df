"""Measures: what happened, as numbers, with what was counted and what was not (step 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from starrating.engine import days
from starrating.engine.expressions.evidence import Evidence
from starrating.engine.expressions.formulas import evaluate
from starrating.engine.measures import calendar_units, figures, lateness, picks
from starrating.engine.measures.measured import Measured, RowMeasure
from starrating.engine.measures.written import with_count
from starrating.engine.rows.reach import reach
from starrating.engine.values import Value, known
from starrating.rulebook.expressions import Expr, Name
from starrating.rulebook.model import Measure

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts
    from starrating.engine.setting import Setting

__all__ = ["Measured", "grace_of", "measure"]

_OVER_ROWS: dict[str, Callable[[RowMeasure], Measured]] = {
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


def measure(subject: SubjectFacts, name: str, rule: Measure) -> Measured:
    """One measure of one subject; a count written down (核查计数) may stand for it."""
    over_rows = _OVER_ROWS.get(rule.form)
    if rule.sheet is not None and over_rows is not None:
        return _over_rows(subject, name, rule, rule.sheet, over_rows)
    if rule.late is not None:
        return with_count(subject, name, lateness.late_subject(subject, rule.late), any_row=False)
    if rule.field is not None:
        found = _of_expression(subject, Name(rule.field))
        return found if rule.values is None else figures.valued_word(subject, rule, found)
    if rule.value is not None:
        return _of_expression(subject, rule.value)
    return subject.batch(subject, rule)


def grace_of(setting: Setting, rule: Measure) -> date | None:
    """The last day on which an event may still serve the measure's last unit."""
    asked = rule.missing or rule.short
    if asked is None or asked.grace is None:
        return None
    return days.add(setting.end, asked.grace.count, asked.grace.unit)


def _of_expression(subject: SubjectFacts, expr: Expr) -> Measured:
    evidence = Evidence(subject, expr)
    return Measured(
        evaluate(expr, subject),
        applies=evidence.applies(),
        cells=evidence.sources,
        unknown=evidence.unknown(),
    )


def _over_rows(
    subject: SubjectFacts,
    name: str,
    rule: Measure,
    sheet: str,
    figure: Callable[[RowMeasure], Measured],
) -> Measured:
    rows = reach(subject, sheet, rule.where, rule.look_back, grace_of(subject.setting, rule))
    if name in subject.setting.unkept and not rows.rows:
        rows = replace(rows, absent=True)
    of = RowMeasure(subject, rule, subject.setting.sheet(sheet), rows)
    found = figure(of)
    gone = (f"{each.row.origin}（{each.reason}）" for each in rows.not_counted)
    told = replace(
        found,
        cells=partial(_sources, of),
        not_counted=(*found.not_counted, *gone),
        unknown=found.unknown or _why_open(of, found.value),
    )
    return with_count(subject, name, told, any_row=bool(rows.rows))


def _sources(of: RowMeasure) -> tuple[str, ...]:
    """The cells that gave the figure; of rows that are only counted, the cell of the date."""
    read = tuple(name for name in of.rule.columns_read if of.sheet.column(name) is not None)
    columns = read or of.sheet.date[:1]
    rows = [each.row for each in of.reach.rows]
    if not columns:
        return tuple(str(row.origin) for row in rows)
    return tuple(str(row.place(column)) for row in rows for column in columns)


def _why_open(of: RowMeasure, value: Value) -> tuple[str, ...]:
    if known(value):
        return ()
    if not of.reach.supplied:
        return (f"未提供“{of.sheet.name}”表",)
    doubtful = tuple(f"{each.row.origin} 能否计入未明" for each in of.reach.possible)
    name = of.subject.organisation.name
    return doubtful or (f"“{of.sheet.name}”没有 {name} 可用的记录",)
