"""Row checks: conditions on single rows whose hits are faults or hints, never points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.expressions.formulas import judge
from starrating.engine.values import YES
from starrating.rulebook.model import RowCheck

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

_CODES: Mapping[str, str] = {"error": "E131", "warning": "E132", "hint": "E133"}


def check_rows(subject: SubjectFacts, rule: RowCheck) -> None:
    """Report every row of the subject for which the condition surely holds."""
    setting = subject.setting
    sheet = setting.sheet(rule.sheet)
    condition = subject.readings.over(sheet, rule.if_, judge)
    for row in setting.rows(rule.sheet, subject.code):
        if condition.of(subject, row) is YES:
            subject.report(CODES.fault(_CODES[rule.severity], row.origin, message=rule.message))
