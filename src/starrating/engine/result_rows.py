"""From evaluations to the rows of the results: subjects, items, flags, ratings, pending matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.findings import FlagState, denied
from starrating.engine.people.part import Decision
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.persons import LEVEL, RATED_IN, counted_rows
from starrating.engine.stars import band_of
from starrating.engine.values import Interval
from starrating.number import plain, round_half_up, to_decimal
from starrating.records.model import Row
from starrating.results.model import (
    FlagRow,
    ItemHead,
    ItemRow,
    Pending,
    RatingRow,
    RulebookHead,
    SubjectRow,
)
from starrating.rulebook.fields import Between
from starrating.rulebook.model import Item, Rulebook
from starrating.rulebook.raters import seats


def head_of(book: Rulebook, why: str, path: str) -> RulebookHead:
    """One rulebook as the cover names it."""
    return RulebookHead(
        book.id,
        book.version,
        book.title,
        why,
        path,
        bool(book.stars),
        tuple((star.star, star.name) for star in book.bands()),
        tuple((star.star, star.named_by) for star in book.bands() if star.named_by),
    )


def item_heads(book: Rulebook) -> Iterator[ItemHead]:
    """The items of the sheet, in its order."""
    for section, item in book.items():
        points = _decimal(item.points)
        yield ItemHead(book.id, item.id, item.title, section.title, points, item.basis)


def _decimal(number: Fraction | None) -> Decimal | None:
    return None if number is None else to_decimal(number)


def _score(number: Fraction | None) -> Decimal:
    assert number is not None
    return to_decimal(round_half_up(number, 4) if 10**4 % number.denominator else number)


# --- subjects ---------------------------------------------------------------------------------------


def subject_row(
    evaluation: Evaluation,
    result: SubjectResult,
    decision: Decision | None,
    *,
    knock_on: bool = False,
) -> SubjectRow:
    """subjects.csv: computed, decided and final star side by side (step 16)."""
    book, grade = evaluation.setting.book, result.grade
    row = result.facts.organisation.row
    decimals = book.points.decimals
    value = result.total.value
    shown = grade.star if grade is not None else None
    decided = str(decision.star) if decision is not None and decision.star is not None else None
    state = grade.state if grade is not None else "not_rated"
    final = decided
    if final is None and shown is not None and state != "undecided":
        final = str(shown)
    return SubjectRow(
        rulebook=book.id,
        code=result.code,
        name=result.facts.organisation.name,
        kind=_cell(row, "领域"),
        town=_cell(row, "所属乡镇"),
        parent=_cell(row, "上级党组织"),
        rated=result.scope.rated,
        total_low=_total(value.low, decimals),
        total_high=_total(value.high, decimals),
        band=_band(evaluation, result),
        star_low=grade.star_low if grade is not None else None,
        star_high=grade.star_high if grade is not None else None,
        star=shown,
        state=state,
        recommended=grade.recommended if grade is not None else False,
        lagging=result.lagging,
        last_star=_last(result),
        decided_star=decided,
        final_star=final,
        reasons=_reasons(evaluation, result, decision, knock_on=knock_on),
    )


def _band(evaluation: Evaluation, result: SubjectResult) -> int | None:
    """The band of the total; an organisation that is not rated has one too, but no star."""
    if result.grade is None:
        return None
    if result.grade.band is not None:
        return result.grade.band
    return band_of(evaluation.setting, result)


def _cell(row: Row, column: str) -> str | None:
    cell = row.value(column)
    return cell if isinstance(cell, str) else None


def _total(number: Fraction | None, decimals: int) -> Decimal | None:
    return None if number is None else to_decimal(number, decimals)


def _last(result: SubjectResult) -> int | None:
    last = result.last
    return int(last.number) if isinstance(last, Interval) and last.known else None


def _reasons(
    evaluation: Evaluation, result: SubjectResult, decision: Decision | None, *, knock_on: bool
) -> str | None:
    found = list(result.scope.reasons)
    grade = result.grade
    if grade is not None:
        words = {
            "ties": "名额并列，待研究决定",
            "others_tie": "受他人并列影响",
            "proposal": "有待研究的建议影响星级",
            "facts": "缺少数据，星级暂定",
            "progress_run": "进度测算",
            "inexact": "并列情形过多，星级范围从宽列示",
        }
        found.extend(words[key] for key in words if grade.reasons.get(key))
    found.extend(f"取消{judgement.then.deny}" for judgement in denied(evaluation, result))
    if knock_on:
        found.append("名额连带，待决定")
    if decision is not None:
        found.append(_decided(decision))
    return "；".join(dict.fromkeys(found)) or None


def _decided(decision: Decision) -> str:
    """A decided star with reason, authority, document and date (step 16)."""
    by = (decision.authority, decision.document, decision.date and decision.date.isoformat())
    tail = "，".join(part for part in by if part)
    head = f"审定{decision.result}"
    reason = f"{head}：{decision.reason}" if decision.reason else head
    return f"{reason}（{tail}）" if tail else reason


# --- items, flags, ratings --------------------------------------------------------------------------


def item_rows(
    evaluation: Evaluation,
    result: SubjectResult,
    made: dict[int, tuple[Decimal | None, Decimal, Decimal]] | None = None,
) -> Iterator[ItemRow]:
    """items.csv, in the order of the sheet.

    `made` keeps the numbers of every `Scored` of this evaluation by its id, for organisations
    that share one.
    """
    known = {} if made is None else made
    for scored in result.final_items:
        if id(scored) not in known:
            known[id(scored)] = _numbers(scored)
        points, low, high = known[id(scored)]
        item = scored.item
        book = evaluation.setting.book.id
        yield ItemRow(book, result.code, item.id, item.title, points, low, high, scored.state)


def _numbers(scored: Scored) -> tuple[Decimal | None, Decimal, Decimal]:
    """An item's points, and its score facts low and facts high."""
    high = scored.score.high if scored.score.high is not None else scored.score.low
    low = scored.score.low if scored.score.low is not None else high
    return _decimal(scored.item.points), _score(low), _score(high)


def flag_rows(
    evaluation: Evaluation,
    code: str,
    flags: Sequence[FlagState],
    verdicts: Mapping[str, Decision],
) -> Iterator[FlagRow]:
    """flags.csv; what was decided on a flag stands among its evidence."""
    for flag in flags:
        verdict = verdicts.get(flag.flag)
        decided = () if verdict is None else (str(verdict.origin),)
        yield FlagRow(
            evaluation.setting.book.id,
            code,
            flag.flag,
            flag.case,
            flag.state,
            "; ".join((*flag.sources, *decided)) or None,
            "；".join(flag.missing) or None,
        )


def rating_rows(evaluation: Evaluation, result: SubjectResult) -> Iterator[RatingRow]:
    """ratings.csv: every rater's figure, and which ones counted."""
    facts = result.facts
    for item in (item for _, item in evaluation.setting.book.items()):
        rows = facts.setting.ratings(result.code, item.id)
        if not rows:
            continue
        columns = _person_columns(item)
        counted = [
            row.origin
            for column in columns
            for seat in seats(evaluation.setting.book, item)
            for row in counted_rows(facts, item.id, column, seat)
        ]
        for row in rows:
            yield _rating(evaluation, result.code, item, row, used=row.origin in counted)


def _person_columns(item: Item) -> tuple[str, ...]:
    """The columns of 考核评分 that the item's clauses read."""
    found: dict[str, None] = {}
    for _, clause in item.every_clause():
        amount = clause.amount
        if isinstance(amount, dict) and clause.form == "score" and clause.by is None:
            found[LEVEL] = None
        amounts = amount.values() if isinstance(amount, dict) else (amount,)
        if any(isinstance(each, Between) for each in amounts):
            found[RATED_IN[clause.form]] = None
    return tuple(found)


def _rating(evaluation: Evaluation, code: str, item: Item, row: Row, *, used: bool) -> RatingRow:
    day = row.value("日期")
    shown = [
        f"{name}{plain(cell)}" if isinstance(cell, Fraction) else str(cell)
        for name in ("得分", "扣分", LEVEL)
        if isinstance(cell := row.value(name), (Fraction, str))
    ]
    return RatingRow(
        evaluation.setting.book.id,
        code,
        item.id,
        _cell(row, "评分主体") or "",
        _cell(row, "评分人"),
        "；".join(shown) or None,
        _cell(row, "加扣分原因"),
        day if isinstance(day, date) else None,
        used,
    )


# --- 待定事项 ---------------------------------------------------------------------------------------


def pending(result: SubjectResult, flags: Sequence[FlagState]) -> Iterator[Pending]:
    """What a person must still settle for one subject: ties, proposals, numbers, facts."""
    code, name = result.code, result.facts.organisation.name
    grade = result.grade
    effect = _span(grade.star_low, grade.star_high) if grade is not None else None
    if grade is not None and grade.reasons.get("ties"):
        yield Pending(code, name, "并列待定", "星级", _tie_text(grade.reasons), effect)
    for flag in flags:
        if flag.state == "proposed":
            text = f"{flag.case}：建议列为{flag.flag}，由党委研究认定"
            yield Pending(code, name, "建议待研究", flag.flag, text, effect)
        elif flag.state == "possible":
            missing = "；".join(flag.missing) or "证据不全"
            yield Pending(code, name, "证据不全", flag.flag, f"{flag.case}：{missing}", None)
    for scored in result.final_items:
        if scored.state not in ("no_data", "awaiting_person"):
            continue
        missing = "；".join(
            dict.fromkeys(why for part in scored.parts for why in part.story().unknown)
        )
        kind = "等待评分" if scored.state == "awaiting_person" else "缺少数据"
        text = missing or ("等待评分人在规定幅度内打分" if kind == "等待评分" else "缺少所需数据")
        low, high = scored.score.low, scored.score.high
        shown = f"{plain(low or Fraction(0))}–{plain(high)}分" if high is not None else None
        subject = f"{scored.item.id} {scored.item.title}"
        yield Pending(code, name, kind, subject, text, shown)


def _span(low: int | None, high: int | None) -> str | None:
    if low is None or high is None or low == high:
        return None
    words = "零一二三四五六七八九十"
    return f"{words[low] if low else '无'}至{words[high]}星"


def _tie_text(reasons: Mapping[str, object]) -> str:
    ties = reasons["ties"]
    assert isinstance(ties, tuple)
    parts = []
    for tie in ties:
        codes = "、".join(str(code) for code in tie["codes"])
        group = f"{tie['group']}" if tie.get("group") else "全部参评单位"
        parts.append(f"{group}{tie['star']}星余{tie['seats']}个名额，{codes} 并列")
    return "；".join(parts)
