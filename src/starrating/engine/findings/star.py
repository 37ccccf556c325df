"""The findings that tell the way to the star: band, gates, moves, caps, quotas, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.findings.rows import Detail, RowMaker
from starrating.engine.people.part import Decision
from starrating.number import plain
from starrating.origin import Origin
from starrating.results.model import FindingRow
from starrating.rulebook.model import Judgement

_MESSAGES = {
    "band": "F201",
    "requires": "F202",
    "move": "F203",
    "cap": "F204",
    "forbid": "F205",
    "quota": "F206",
    "tie": "F207",
}


def star_findings(
    maker: RowMaker, evaluation: Evaluation, result: SubjectResult
) -> Iterator[FindingRow]:
    """A row for each step from the total to the star."""
    for step in result.grade.steps if result.grade is not None else ():
        acting = _acting(evaluation, result, step.kind)
        detail: Detail = {key: _text(value) for key, value in step.detail.items()}
        detail["from"] = "" if step.from_star is None else str(step.from_star)
        detail["to"] = "" if step.to_star is None else str(step.to_star)
        detail["judgements"] = "、".join(judgement.id for judgement in acting)
        kind = "cap" if step.kind == "forbid" else step.kind
        yield maker.row(
            f"star-{step.kind}", kind, _MESSAGES[step.kind], detail,
            rule=_rule_of(evaluation, step.kind, detail, acting),
        )  # fmt: skip


def _acting(evaluation: Evaluation, result: SubjectResult, kind: str) -> tuple[Judgement, ...]:
    """The judgements that cap or forbid the star shown."""
    if kind not in ("cap", "forbid"):
        return ()
    shown = result.judged.first.effects["shown"]
    return tuple(
        judgement
        for judgement in evaluation.stages[0]
        if judgement.id in shown
        and (judgement.then.star if kind == "forbid" else judgement.then.star_at_most) is not None
    )


def _rule_of(
    evaluation: Evaluation, kind: str, detail: Detail, acting: Sequence[Judgement]
) -> Origin | None:
    book = evaluation.setting.book
    if acting:
        return acting[0].origin
    if kind == "move":
        return book.moves.origin if book.moves else None
    star = detail.get("star") or (detail["from"] if kind == "requires" else detail["to"])
    return next((band.origin for band in book.stars if str(band.star) == star), None)


def _text(value: object) -> str | list[str]:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return [str(_text(part)) for part in value]
    return plain(value) if isinstance(value, Fraction) else str(value)


def decision_findings(maker: RowMaker, decisions: Sequence[Decision]) -> Iterator[FindingRow]:
    """A row for each decision of people (step 16)."""
    for decision in decisions:
        detail: Detail = {
            "matter": decision.matter,
            "result": decision.result,
            "reason": decision.reason or "",
            "authority": decision.authority or "",
            "document": decision.document or "",
            "date": str(decision.date or ""),
        }
        yield maker.row(
            f"decision-{decision.matter}", "decision", "F221", detail,
            sources=(str(decision.origin),),
        )  # fmt: skip
