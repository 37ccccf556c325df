"""Findings in bulk: columns of codes for every subject; sentences are made when read (step 14)."""

from starrating.engine.kernel.evaluate import Reviewed
from starrating.engine.kernel.findings.columns import FindingColumns, Node, Sink
from starrating.engine.kernel.findings.items import WIDTH, item_findings
from starrating.engine.kernel.findings.sections import section_findings
from starrating.engine.kernel.findings.star import flag_findings, star_findings
from starrating.engine.kernel.judged import JudgedFacts

__all__ = ["FindingColumns", "Node", "finding_columns"]


def finding_columns(reviewed: Reviewed) -> FindingColumns:
    """All findings of a review but decisions of people, in the order of findings.csv."""
    sink, n, scores = Sink(), reviewed.part.n, reviewed.scores
    item_findings(sink, scores.items, n)
    first = len(scores.items) * WIDTH * 2
    first = section_findings(sink, scores.total, first, n)
    if reviewed.grades is not None:
        first = star_findings(sink, reviewed.grades, first)
    outcomes = (scores.first, reviewed.second)
    stages = zip(reviewed.stages, outcomes, strict=True)
    facts = JudgedFacts(reviewed.concluded, reviewed.flags)
    flag_findings(sink, stages, reviewed.flags, first, facts)
    return sink.columns()
