"""`late` as a measure: of the subject itself, or over rows (step 4)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.expressions.evidence import Evidence
from starrating.engine.expressions.formulas import evaluate
from starrating.engine.measures.measured import Measured, RowMeasure
from starrating.engine.rows.late import late
from starrating.engine.values import NIL, OPEN, UNLIMITED, Interval, known, larger
from starrating.rulebook.model import Late

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def late_subject(subject: SubjectFacts, rule: Late) -> Measured:
    """How late the subject itself is, by its own dates."""
    due, done = evaluate(rule.due, subject), evaluate(rule.done, subject)
    value = late(rule, due, done, subject.setting.cut_off)
    evidence = Evidence(subject, rule.due, rule.done)
    unknown = () if known(value) else evidence.unknown()
    return Measured(value, cells=evidence.sources, unknown=unknown)


def late_rows(of: RowMeasure) -> Measured:
    """`late` of each row: the sum, the largest, or how many rows are late."""
    rule = of.rule.late
    assert rule is not None
    if of.reach.absent:
        return Measured(UNLIMITED)
    total = NIL
    due, done = of.operand(rule.due), of.operand(rule.done)
    for each in of.reach.rows:
        number = late(rule, due(each.row), done(each.row), of.subject.setting.cut_off)
        if rule.take == "rows":
            number = Interval(Fraction(number.low != 0), Fraction(number.high != 0))
        if each.truth is OPEN:
            number = number.hull(NIL)
        total = larger(total, number) if rule.take == "max" else total + number
    return Measured(total)
