"""Findings: every step of the arithmetic and of the way to the star, as rows (step 14).

A finding's `points` is the low reading; where the high reading differs it stands in `detail`.
Both readings add up exactly: item by item, and from the items to the total. In a deduction
section the rows count as they act on the total, negative.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from starrating.engine.effect import Effect
from starrating.engine.format1 import render
from starrating.engine.items import ZERO, Role, Scored, Step, limits
from starrating.engine.judgements import Flags
from starrating.engine.measures import show
from starrating.engine.people import Decision
from starrating.engine.reference import Evaluation, SubjectResult
from starrating.engine.totals import SectionStep
from starrating.engine.values import Interval
from starrating.number import plain, round_half_up, to_decimal
from starrating.origin import Origin
from starrating.results.model import FindingRow
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Item, Judgement, Section

Detail = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class FlagState:
    """One flag of one subject by one case, as flags.csv lists it."""

    flag: str
    case: str
    judgement: str
    state: str
    sources: tuple[str, ...]
    missing: tuple[str, ...]
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the rows of one subject under one rulebook."""

    rulebook: str
    code: str

    def row(
        self,
        tail: str,
        kind: str,
        message: str,
        detail: Detail,
        *,
        item: str | None = None,
        clause: str | None = None,
        quantity: Fraction | None = None,
        points: Fraction | None = None,
        set_aside: bool = False,
        rule: Origin | None = None,
        sources: Sequence[str] = (),
    ) -> FindingRow:
        kept = {key: value for key, value in sorted(detail.items()) if value not in ("", [])}
        return FindingRow(
            finding=f"{self.code}-{tail}",
            rulebook=self.rulebook,
            code=self.code,
            item=item,
            clause=clause,
            kind=kind,
            quantity=_short(quantity),
            points=_short(points),
            detail=json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if kept else None,
            set_aside=set_aside,
            rule=f"{rule.file}:{rule.line}" if rule is not None and rule.file else None,
            sources="; ".join(dict.fromkeys(sources)) or None,
            message=message,
            text=render(message, kept),
        )


def _short(number: Fraction | None) -> Decimal | None:
    """A number as it stands in a csv: exact up to 4 decimals, an endless ratio rounded there."""
    if number is None:
        return None
    if (number * 10**12).denominator != 1:
        number = round_half_up(number, 4)
    return to_decimal(number)


def findings_of(
    evaluation: Evaluation,
    result: SubjectResult,
    flags: Sequence[FlagState],
    decisions: Sequence[Decision] = (),
) -> tuple[FindingRow, ...]:
    """All findings of one subject, in the order of the sheet and then of the way to the star."""
    maker = _Maker(evaluation.setting.book.id, result.code)
    rows: list[FindingRow] = []
    pairs = list(zip(evaluation.setting.book.items(), result.final_items, strict=True))
    for (section, item), scored in pairs:
        rows.extend(_item(maker, evaluation, section, item, scored))
    for part in result.total.sections:
        rows.extend(_steps(maker, evaluation, result, part.steps["low"], part.steps["high"]))
    rows.extend(_steps(maker, evaluation, result, result.total.steps["low"], result.total.steps["high"]))
    rows.extend(_star_steps(maker, evaluation, result))
    rows.extend(_flag_rows(maker, flags))
    rows.extend(_denials(maker, evaluation, result))
    rows.extend(_decisions(maker, decisions))
    return _numbered(rows)


def _numbered(rows: Sequence[FindingRow]) -> tuple[FindingRow, ...]:
    """The rows with unique ids: a second row of one id gets `.2`, and so on."""
    from dataclasses import replace

    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        seen[row.finding] = seen.get(row.finding, 0) + 1
        count = seen[row.finding]
        kept.append(row if count == 1 else replace(row, finding=f"{row.finding}.{count}"))
    return tuple(kept)


# --- items ----------------------------------------------------------------------------------------


def _item(
    maker: _Maker, evaluation: Evaluation, section: Section, item: Item, scored: Scored
) -> Iterator[FindingRow]:
    sign = -1 if scored.role is Role.DEDUCTION else 1
    # A point lost counts against the total: its low reading is the most that is lost.
    first, second = ("low", "high") if sign > 0 else ("high", "low")
    low, high = scored.steps[first], scored.steps[second]  # type: ignore[index]
    keys = list(dict.fromkeys((step.kind, step.clause) for step in (*low, *high)))
    effects = {part.number: part for e in scored.effects for part in (e.inner or (e,))}
    for kind, clause in keys:
        points = (sign * _sum(low, kind, clause), sign * _sum(high, kind, clause))
        if kind == "clause":
            assert clause is not None
            row = _clause(maker, evaluation, item, effects[clause], points, scored)
            if row is not None:
                yield row
        else:
            yield _other(maker, section, item, scored, kind, clause, points, effects, evaluation)


def _sum(steps: Sequence[Step], kind: str, clause: str | None) -> Fraction:
    return sum((s.points for s in steps if s.kind == kind and s.clause == clause), ZERO)


def _high(points: tuple[Fraction, Fraction]) -> str:
    return signed(points[1]) if points[0] != points[1] else ""


def signed(number: Fraction) -> str:
    """A number with its sign."""
    return f"+{plain(number)}" if number > 0 else plain(number)


def _clause(
    maker: _Maker,
    evaluation: Evaluation,
    item: Item,
    effect: Effect,
    points: tuple[Fraction, Fraction],
    scored: Scored,
) -> FindingRow | None:
    """The row of a clause that took or gave something, was stopped, lost its contest, or was set
    aside; a clause that does nothing at all has none."""
    stopped = any(other.final and other.when.value and other.applies for other in scored.effects)
    would = effect.gain != Interval.at(0) or effect.sets is not None
    if points == (ZERO, ZERO) and not effect.set_aside and not ((stopped or _contested(scored, effect)) and would):
        return None
    less = -points[0] if points[0] < 0 else points[0]
    quantity = _quantity(effect, points)
    detail: Detail = {
        "label": effect.label,
        "if": effect.condition,
        "quantity": show(effect.quantity) if effect.quantity is not None and effect.amount is not None and _counts(effect) else "",
        "amount": _amount(effect.amount),
        "less": plain(less),
        "more": plain(less),
        "lacking": list(effect.lacking),
        "unknown": list(effect.unknown),
        "not_counted": list(effect.not_counted),
        "high": _high(points),
    }
    message = "F111" if effect.form == "deduct" else "F112"
    if effect.set_aside:
        message = "F116"
        detail["reason"] = effect.set_aside
    elif effect.final:
        message = "F113"
    elif points == (ZERO, ZERO):
        message = "F114" if stopped else "F115"
    if effect.awaits:
        detail["unknown"] = [*effect.unknown, "等待评分人在规定幅度内打分"]
    return maker.row(
        f"{item.id}-{effect.number}",
        "clause",
        message,
        detail,
        item=item.id,
        clause=effect.number,
        quantity=quantity,
        points=points[0],
        set_aside=bool(effect.set_aside),
        rule=effect.origin,
        sources=effect.sources,
    )


def _counts(effect: Effect) -> bool:
    return "." not in effect.number or effect.quantity != Interval.at(1)


def _contested(scored: Scored, effect: Effect) -> bool:
    return any(effect in outer.inner for outer in scored.effects)


def _quantity(effect: Effect, points: tuple[Fraction, Fraction]) -> Fraction | None:
    """The quantity that the low reading's points come from."""
    if effect.quantity is None:
        return None
    worst = effect.quantity.high if effect.form == "deduct" else effect.quantity.low
    return worst if worst is not None else effect.quantity.low


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    if isinstance(amount, Between):
        return f"（{plain(amount.low)}至{plain(amount.high)}）"
    return plain(amount)


def _other(
    maker: _Maker,
    section: Section,
    item: Item,
    scored: Scored,
    kind: str,
    clause: str | None,
    points: tuple[Fraction, Fraction],
    effects: Mapping[str, Effect],
    evaluation: Evaluation,
) -> FindingRow:
    effect = effects.get(clause or "")
    printed = item.points or ZERO
    detail: Detail = {
        "points": plain(points[0]),
        "less": plain(-points[0]),
        "more": plain(points[0]),
        "high": _high(points) if kind != "base" else "",
        "item": item.id,
    }
    message = {"base": "F101", "not_earned": "F102", "not_applicable": "F121", "clamp": "F122", "zeroed": "F123"}[kind]
    sources: tuple[str, ...] = ()
    quantity: Fraction | None = None
    if kind == "not_earned":
        detail["start"] = plain(printed + points[0])
        if effect is not None:
            sources = effect.sources
            quantity = effect.quantity.number if effect.quantity is not None and effect.quantity.known else None
            worth = f"为{show(effect.quantity)}" if effect.quantity is not None else ""
            detail["label"] = f"{effect.label}{worth}" if effect.label else effect.condition
            detail["unknown"] = list(effect.unknown) + (["等待评分人打分"] if effect.awaits else [])
    elif kind == "not_applicable":
        policy = item.not_applicable or evaluation.setting.book.defaults.not_applicable or "full"
        detail["policy"] = "leave_out" if scored.out is None else policy
    elif kind == "clamp":
        floor, cap = limits(section, item, scored.role)
        low = points[0] > 0
        detail["bound"] = "floor" if low else "cap"
        bound = floor if low else cap
        detail["limit"] = plain(bound) if bound is not None else ""
    elif kind == "zeroed":
        detail["judgement"] = _zeroers(evaluation, item.id)
    tail = clause if clause else kind
    return maker.row(
        f"{item.id}-{tail}",
        kind,
        message,
        detail,
        item=item.id,
        clause=clause,
        quantity=quantity,
        points=points[0],
        rule=effect.origin if effect is not None else item.origin,
        sources=sources,
    )


def _zeroers(evaluation: Evaluation, item: str | None) -> str:
    ids = [
        judgement.id
        for judgement in evaluation.stages[0]
        if (judgement.then.item == item and judgement.then.score == 0)
        or (item is None and judgement.then.total == 0)
    ]
    return "、".join(ids)


# --- sections and total ---------------------------------------------------------------------------

_SECTION_MESSAGES = {
    "base": "F134",
    "leave_out": "F131",
    "section_clamp": "F135",
    "scale": "F133",
    "weight": "F132",
    "clamp": "F136",
    "zeroed": "F123",
    "round": "F137",
}


def _steps(
    maker: _Maker,
    evaluation: Evaluation,
    result: SubjectResult,
    low: Sequence[SectionStep],
    high: Sequence[SectionStep],
) -> Iterator[FindingRow]:
    book = evaluation.setting.book
    for kind, title in dict.fromkeys((step.kind, step.section) for step in (*low, *high)):
        section = next((part for part in book.sections if part.title == title), None)
        sign = -1 if section is not None and section.kind == "deduction" else 1
        first, second = (low, high) if sign > 0 else (high, low)
        points = tuple(
            sign * sum((s.points for s in steps if (s.kind, s.section) == (kind, title)), ZERO)
            for steps in (first, second)
        )
        detail: Detail = {
            "section": title or "总分",
            "points": plain(points[0]),
            "change": signed(points[0]),
            "high": signed(points[1]) if points[0] != points[1] else "",
            "limit": plain(section.scale_to) if section and section.scale_to else "",
            "decimals": str(book.points.decimals),
            "judgement": _zeroers(evaluation, None) if kind == "zeroed" else "",
        }
        yield maker.row(
            f"§{title or '总分'}-{kind}",
            kind,
            _SECTION_MESSAGES[kind],
            detail,
            points=points[0],
            rule=section.origin if section is not None else None,
        )


# --- the way to the star --------------------------------------------------------------------------

_STAR_MESSAGES = {
    "band": "F201",
    "requires": "F202",
    "move": "F203",
    "cap": "F204",
    "forbid": "F205",
    "quota": "F206",
    "tie": "F207",
}


def _star_steps(
    maker: _Maker, evaluation: Evaluation, result: SubjectResult
) -> Iterator[FindingRow]:
    if result.grade is None:
        return
    for step in result.grade.steps:
        detail: Detail = {key: _text(value) for key, value in step.detail.items()}
        detail["from"] = "" if step.from_star is None else str(step.from_star)
        detail["to"] = "" if step.to_star is None else str(step.to_star)
        if step.kind in ("cap", "forbid"):
            detail["judgements"] = _cappers(evaluation, result, step.kind)
        kind = "cap" if step.kind == "forbid" else step.kind
        yield maker.row(
            f"star-{step.kind}", kind, _STAR_MESSAGES[step.kind], detail,
            rule=_rule_of(evaluation, result, step.kind, detail),
        )  # fmt: skip


def _cappers(evaluation: Evaluation, result: SubjectResult, kind: str) -> str:
    acting = result.judged.first.effects["shown"]
    return "、".join(
        judgement.id
        for judgement in evaluation.stages[0]
        if judgement.id in acting
        and (judgement.then.star == "none" if kind == "forbid" else judgement.then.star_at_most is not None)
    )


def _rule_of(
    evaluation: Evaluation, result: SubjectResult, kind: str, detail: Detail
) -> Origin | None:
    book = evaluation.setting.book
    if kind in ("cap", "forbid"):
        ids = str(detail.get("judgements", "")).split("、")
        return next((j.origin for j in book.judgements if j.id in ids), None)
    if kind == "move":
        return book.moves.origin if book.moves else None
    star = detail.get("star") or (detail["from"] if kind == "requires" else detail["to"])
    return next((band.origin for band in book.stars if str(band.star) == star), None)


def _text(value: object) -> str | list[str]:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, tuple):
        return [str(_text(part)) for part in value]
    return str(value)


def _flag_rows(maker: _Maker, flags: Sequence[FlagState]) -> Iterator[FindingRow]:
    for flag in flags:
        detail: Detail = {
            "flag": flag.flag,
            "case": flag.case,
            "state": flag.state,
            "unknown": list(flag.missing),
        }
        yield maker.row(
            f"flag-{flag.judgement or flag.flag}", "flag", "F211", detail,
            rule=flag.origin, sources=flag.sources,
        )  # fmt: skip


def _denials(
    maker: _Maker, evaluation: Evaluation, result: SubjectResult
) -> Iterator[FindingRow]:
    for judgement in denied(evaluation, result):
        detail: Detail = {"judgement": judgement.id, "honour": judgement.then.deny or ""}
        yield maker.row(
            f"deny-{judgement.id}", "flag", "F212", detail, rule=judgement.origin,
            sources=result.facts.sources_of(judgement.if_),
        )  # fmt: skip


def denied(evaluation: Evaluation, result: SubjectResult) -> tuple[Judgement, ...]:
    """The judgements that surely deny this subject an honour."""
    sure = result.judged.first.sure | result.judged.second.sure
    every = (*evaluation.stages[0], *evaluation.stages[1])
    return tuple(j for j in every if j.id in sure and j.then.deny is not None)


def _decisions(maker: _Maker, decisions: Sequence[Decision]) -> Iterator[FindingRow]:
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


# --- flags ----------------------------------------------------------------------------------------


def flag_states(evaluation: Evaluation, result: SubjectResult) -> tuple[FlagState, ...]:
    """The flags of one subject by case: possible, proposed, confirmed or rejected (step 9)."""
    judged = result.judged
    flags: Flags = judged.flags
    found: list[FlagState] = []
    for outcome, stage in zip((judged.first, judged.second), evaluation.stages, strict=True):
        for judgement in stage:
            if judgement.then.flag is None or judgement.id not in outcome.possible | outcome.sure:
                continue
            sure = judgement.id in outcome.sure
            found.append(_flag_state(result, judgement, flags, sure=sure))
    cased = {each.flag for each in found}
    for flag in sorted(flags.confirmed - cased):
        found.append(FlagState(flag, "审定结果", "", "confirmed", (), (), None))
    return tuple(found)


def _flag_state(
    result: SubjectResult, judgement: Judgement, flags: Flags, *, sure: bool
) -> FlagState:
    flag = judgement.then.flag or ""
    if flag in flags.rejected:
        state = "rejected"
    elif flag in flags.confirmed:
        state = "confirmed"
    else:
        state = "proposed" if sure else "possible"
    readable = _without_later(judgement.if_)
    return FlagState(
        flag,
        judgement.then.case or judgement.title or judgement.id,
        judgement.id,
        state,
        result.facts.sources_of(*readable),
        () if sure else result.facts.unknown_of(*readable),
        judgement.origin,
    )


def _without_later(expr: ex.Expr) -> tuple[ex.Expr, ...]:
    """The parts of a condition whose evidence lies in the records (not scores or flags)."""
    return tuple(
        leaf
        for leaf in ex.walk(expr)
        if isinstance(leaf, (ex.Name, ex.Found, ex.Present, ex.Lacking))
    )
