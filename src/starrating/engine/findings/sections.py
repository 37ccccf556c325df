"""The findings of sections and of the total (step 14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.findings.rows import Detail, RowMaker, high_reading, signed
from starrating.engine.scoring.readings import Reading
from starrating.engine.scoring.sections import SectionStep
from starrating.number import added, plain
from starrating.results.model import FindingRow
from starrating.rulebook.model import Section

_MESSAGES = {
    "base": "F134",
    "leave_out": "F131",
    "section_clamp": "F135",
    "scale": "F133",
    "weight": "F132",
    "clamp": "F136",
    "zeroed": "F123",
    "round": "F137",
}


def section_findings(
    maker: RowMaker, evaluation: Evaluation, result: SubjectResult
) -> Iterator[FindingRow]:
    """The steps from the items to the sections, and from the sections to the total."""
    for part in result.total.sections:
        yield from _steps(maker, evaluation, part.section, part.steps)
    yield from _steps(maker, evaluation, None, result.total.steps)


def _steps(
    maker: RowMaker,
    evaluation: Evaluation,
    section: Section | None,
    steps: Mapping[Reading, tuple[SectionStep, ...]],
) -> Iterator[FindingRow]:
    # In a deduction section rows count as they act on the total, where its high reading is low.
    lost = section is not None and section.kind == "deduction"
    first, second = (steps["high"], steps["low"]) if lost else (steps["low"], steps["high"])
    title = section.title if section is not None else "总分"
    for kind in dict.fromkeys(step.kind for step in (*steps["low"], *steps["high"])):
        sign = -1 if lost else 1
        points = sign * _sum(first, kind), sign * _sum(second, kind)
        detail: Detail = {
            "section": title,
            "points": plain(points[0]),
            "change": signed(points[0]),
            "high": high_reading(points),
            "limit": plain(section.scale_to) if section and section.scale_to else "",
            "decimals": str(evaluation.setting.book.points.decimals),
            "judgement": zeroers(evaluation, None) if kind == "zeroed" else "",
        }
        yield maker.row(
            f"§{title}-{kind}", kind, _MESSAGES[kind], detail, points=points[0],
            rule=section.origin if section is not None else None,
        )  # fmt: skip


def _sum(steps: tuple[SectionStep, ...], kind: str) -> Fraction:
    return added(step.points for step in steps if step.kind == kind)


def zeroers(evaluation: Evaluation, item: str | None) -> str:
    """The judgements that set an item (or, with None, the total) to 0."""
    return "、".join(
        judgement.id
        for judgement in evaluation.stages[0]
        if (judgement.then.item == item and judgement.then.score == 0)
        or (item is None and judgement.then.total == 0)
    )
