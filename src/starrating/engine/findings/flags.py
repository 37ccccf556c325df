"""The flags of a subject by case, the honours denied, and the findings of both (steps 9, 13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.expressions.evidence import Evidence
from starrating.engine.expressions.formulas import evaluate
from starrating.engine.findings.rows import Detail, RowMaker
from starrating.engine.flag_sets import DECIDED, Flags
from starrating.engine.flags import JudgedFacts
from starrating.engine.values import ANY, Interval, as_interval
from starrating.number import plain, round_half_up
from starrating.origin import Origin
from starrating.results.model import FindingRow
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Judgement
from starrating.rulebook.money import CENTS, money_unit


@dataclass(frozen=True, slots=True)
class FlagState:
    """One flag of one subject by one case, as flags.csv lists it: possible, proposed, confirmed
    or rejected."""

    flag: str
    case: str
    judgement: str
    state: str
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    origin: Origin | None = None
    amount: Interval | None = None


def flag_states(evaluation: Evaluation, result: SubjectResult) -> tuple[FlagState, ...]:
    """The flags of one subject by case, in the order of the rulebook."""
    judged = result.judged
    found: list[FlagState] = []
    for outcome, stage in zip((judged.first, judged.second), evaluation.stages, strict=True):
        for judgement in stage:
            fired = judgement.id in outcome.possible | outcome.sure
            if judgement.then.flag is not None and fired:
                sure = judgement.id in outcome.sure
                found.append(_flag_state(result, judgement, judgement.then.flag, sure=sure))
    cased = {each.flag for each in found}
    rest = sorted(judged.flags.confirmed - cased)
    return (*found, *(FlagState(flag, DECIDED, "", "confirmed") for flag in rest))


def _flag_state(result: SubjectResult, judgement: Judgement, flag: str, *, sure: bool) -> FlagState:
    evidence = Evidence(result.facts, *_recorded(judgement.if_))
    case = judgement.then.case or judgement.title or judgement.id
    amount = _amount(result, judgement)
    if amount is not None and judgement.then.amount is not None:
        unit = money_unit(result.facts.setting.book, judgement.then.amount)
        case = f"{case}（{_told(amount, unit)}）"
    return FlagState(
        flag,
        case,
        judgement.id,
        _state(flag, result.judged.flags, sure=sure),
        evidence.sources(),
        () if sure else evidence.unknown(),
        judgement.origin,
        amount,
    )


def _amount(result: SubjectResult, judgement: Judgement) -> Interval | None:
    """The money that a judgement proposes, to cents; None where it proposes none."""
    if judgement.then.amount is None:
        return None
    facts = JudgedFacts(result.facts, result.judged.flags, result.later, result.item_scores)
    value = as_interval(evaluate(judgement.then.amount, facts))
    return to_cents(value) if isinstance(value, Interval) else ANY


def to_cents(value: Interval) -> Interval:
    """Both ends rounded half up to cents."""
    low, high = value.low, value.high
    return Interval(
        None if low is None else round_half_up(low, CENTS),
        None if high is None else round_half_up(high, CENTS),
    )


def _told(amount: Interval, unit: str) -> str:
    if amount.low is None or amount.high is None:
        return "金额未定"
    if amount.low == amount.high:
        return f"{plain(amount.low)}{unit}"
    return f"{plain(amount.low)}至{plain(amount.high)}{unit}"


def _state(flag: str, flags: Flags, *, sure: bool) -> str:
    if flag in flags.rejected:
        return "rejected"
    if flag in flags.confirmed:
        return "confirmed"
    return "proposed" if sure else "possible"


def _recorded(expr: ex.Expr) -> tuple[ex.Expr, ...]:
    """The parts of a condition whose evidence lies in the records (not scores or flags)."""
    kinds = (ex.Name, ex.Found, ex.Present, ex.Lacking)
    return tuple(leaf for leaf in ex.walk(expr) if isinstance(leaf, kinds))


def denied(evaluation: Evaluation, result: SubjectResult) -> tuple[Judgement, ...]:
    """The judgements that surely deny this subject an honour."""
    sure = result.judged.first.sure | result.judged.second.sure
    every = (*evaluation.stages[0], *evaluation.stages[1])
    return tuple(j for j in every if j.id in sure and j.then.deny is not None)


def flag_findings(maker: RowMaker, flags: Sequence[FlagState]) -> Iterator[FindingRow]:
    """A row for each flag and case."""
    for flag in flags:
        detail: Detail = {
            "flag": flag.flag,
            "case": flag.case,
            "state": flag.state,
            "unknown": list(flag.missing),
        }
        yield maker.row(
            f"flag-{flag.judgement or flag.flag}", "flag", "F211", detail,
            quantity=flag.amount.low if flag.amount is not None else None,
            rule=flag.origin, sources=flag.sources,
        )  # fmt: skip


def denial_findings(
    maker: RowMaker, evaluation: Evaluation, result: SubjectResult
) -> Iterator[FindingRow]:
    """A row for each honour denied."""
    for judgement in denied(evaluation, result):
        detail: Detail = {"judgement": judgement.id, "honour": judgement.then.deny or ""}
        evidence = Evidence(result.facts, *_recorded(judgement.if_))
        yield maker.row(
            f"deny-{judgement.id}", "flag", "F212", detail, rule=judgement.origin,
            sources=evidence.sources(),
        )  # fmt: skip
