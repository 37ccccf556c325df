"""Findings: every step of the arithmetic and of the way to the star, as rows (step 14).

A finding's `points` is the low reading; where the high reading differs it stands in `detail`.
Both readings add up exactly: item by item, and from the items to the total. In a deduction
section the rows count as they act on the total, negative.
"""

from __future__ import annotations

from collections.abc import Sequence

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.findings.flags import (
    FlagState,
    denial_findings,
    denied,
    flag_findings,
    flag_states,
)
from starrating.engine.findings.items import item_findings
from starrating.engine.findings.proofs import noted_rows, with_proofs
from starrating.engine.findings.rows import RowMaker, numbered
from starrating.engine.findings.sections import section_findings
from starrating.engine.findings.star import decision_findings, star_findings
from starrating.engine.people.part import Decision
from starrating.results.model import FindingRow

__all__ = ["FlagState", "denied", "findings_of", "flag_states", "noted_rows", "with_proofs"]


def findings_of(
    evaluation: Evaluation,
    result: SubjectResult,
    flags: Sequence[FlagState],
    decisions: Sequence[Decision] = (),
) -> tuple[FindingRow, ...]:
    """All findings of one subject, in the order of the sheet and then of the way to the star."""
    maker = RowMaker(evaluation.setting.book.id, result.code)
    items = evaluation.item_rows
    return numbered(
        [
            *(items(evaluation, result) if items else item_findings(maker, evaluation, result)),
            *section_findings(maker, evaluation, result),
            *star_findings(maker, evaluation, result),
            *flag_findings(maker, flags),
            *denial_findings(maker, evaluation, result),
            *decision_findings(maker, decisions),
        ]
    )
