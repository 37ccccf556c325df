"""Amounts that are not simply printed: a person's number, and the one an answer picks (step 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.effect import Effect
from starrating.engine.rows import reach
from starrating.engine.values import NIL, YES, Interval
from starrating.number import plain
from starrating.records.model import UNREADABLE, Answer, AnswerCell, Cell, Row
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Clause, Item
from starrating.schema import CHECKS, ORGANISATIONS, SCORES

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

_COLUMN = {"deduct": "扣分", "add": "得分", "score": "得分"}
_WORDS = {
    Answer.YES: ("是", "有", "√", "1", "Y", "yes"),
    Answer.NO: ("否", "无", "×", "0", "N", "no", "没有"),
}


def person_or_printed(
    subject: SubjectFacts,
    item: Item,
    form: str,
    amount: Amount,
    point: str | None,
    *,
    asked: bool = True,
) -> tuple[Interval, bool, tuple[str, ...]]:
    """The amount as an interval, whether a person's number is missing, and its cell.

    A printed number is itself. A range is a person's number: 检查记录.分值 of the point, else
    考核评分 of the item by the first of `raters` who has one, his latest row. `asked` is false
    where it is not yet known whether anybody has to give one.
    """
    if not isinstance(amount, Between):
        return Interval.at(amount), False, ()
    whole = Interval(amount.low, amount.high)
    figure = _point_figure(subject, point) or _rated(subject, item, _COLUMN[form])
    if figure is None:
        return whole, asked, ()
    if figure.number is None:
        return whole, asked, (figure.place_text,)
    if not amount.low <= figure.number <= amount.high:
        shown = f"{plain(amount.low)}–{plain(amount.high)}"
        subject.report(
            CODES.fault(
                "E106", figure.row.place(figure.column), item=item.id, score=plain(figure.number), range=shown
            )
        )
        return whole, asked, (figure.place_text,)
    reason = figure.row.value(figure.reason_column)
    if reason is None:
        subject.report(CODES.fault("E107", figure.row.place(figure.reason_column), item=item.id))
    return Interval.at(figure.number), False, (figure.place_text,)


@dataclass(frozen=True, slots=True)
class _Figure:
    row: Row
    column: str
    reason_column: str

    @property
    def number(self) -> Fraction | None:
        cell = self.row.value(self.column)
        return cell if isinstance(cell, Fraction) else None

    @property
    def place_text(self) -> str:
        return str(self.row.place(self.column))


def _point_figure(subject: SubjectFacts, point: str | None) -> _Figure | None:
    if point is None:
        return None
    row = subject.point(point).row
    if row is None or row.value("分值") is None:
        return None
    return _Figure(row, "分值", "说明")


def _rated(subject: SubjectFacts, item: Item, column: str) -> _Figure | None:
    row = rating_row(subject, item.id, column)
    return _Figure(row, column, "加扣分原因") if row is not None else None


def rating_row(subject: SubjectFacts, item: str, column: str) -> Row | None:
    """The row that counts: of the first of `raters` who has a figure, his latest row.

    Different figures on one date are a fault, and unknown (a row whose cell is unreadable).
    """
    rows = [
        row
        for row in subject.setting.rows(SCORES, subject.code)
        if row.value("项目") == item and row.value(column) is not None
    ]
    for rater in subject.setting.book.raters or ("复核", "初评"):
        own = [row for row in rows if row.value("评分主体") == rater]
        if not own:
            continue
        newest = max(_day(row) for row in own)
        latest = [row for row in own if _day(row) == newest]
        if len({row.value(column) for row in latest}) > 1:
            subject.report(
                CODES.fault("E108", latest[-1].place(column), item=item, rater=rater)
            )
            return _unreadable(latest[-1], column)
        return latest[-1]
    return None


def _day(row: Row) -> date:
    day = row.value("日期")
    return day if isinstance(day, date) else date.min


def _unreadable(row: Row, column: str) -> Row:
    return Row(row.organisation, {**row.values, column: UNREADABLE}, row.origin, row.cells)


# --- the answer picks the amount ------------------------------------------------------------------


def chosen(
    subject: SubjectFacts, item: Item, clause: Clause, amounts: Mapping[str, Amount], number: str
) -> Effect:
    """`by`: a check point's answer, a 党组织 column, or each row of a sheet picks the amount;
    a `score` map without `by` is picked by a person's 等次 for the item."""
    if clause.by is not None and clause.per is not None and isinstance(clause.per, ex.Name):
        return _per_row(subject, clause, amounts, number)
    if clause.by is None:
        return _level(subject, item, clause, amounts, number)
    column = subject.setting.sheet(ORGANISATIONS).column(clause.by)
    if column is not None:
        row = subject.organisation.row
        return _one(subject, item, clause, amounts, number, row.value(clause.by), row, clause.by)
    state = subject.answer(clause.by)
    if state.not_applicable:
        return _not_applicable(clause, amounts, number, state.sources)
    return _one(subject, item, clause, amounts, number, state.answer, state.row, "结果")


def _effect(clause: Clause, number: str, label: str) -> Effect:

    return Effect(number, clause.origin, clause.form, label=label)


def _not_applicable(
    clause: Clause, amounts: Mapping[str, Amount], number: str, sources: tuple[str, ...]
) -> Effect:
    """不适用: a deduction does not apply; a credit is given whole (step 4)."""
    effect = replace(_effect(clause, number, clause.by or ""), sources=sources)
    if clause.form == "deduct":
        return replace(effect, applies=False)
    most = Interval.at(max(_high(amount) for amount in amounts.values()))
    return replace(effect, sets=most) if clause.form == "score" else replace(effect, gain=most)


def _level(
    subject: SubjectFacts, item: Item, clause: Clause, amounts: Mapping[str, Amount], number: str
) -> Effect:
    row = rating_row(subject, item.id, "等次")
    if row is None:
        effect = replace(_effect(clause, number, "等次"), awaits=True)
        return _with_amount(clause, effect, _any_of(amounts))
    return _one(subject, item, clause, amounts, number, row.value("等次"), row, "等次")


def _one(
    subject: SubjectFacts,
    item: Item,
    clause: Clause,
    amounts: Mapping[str, Amount],
    number: str,
    cell: Cell,
    row: Row | None,
    column: str,
) -> Effect:
    label = clause.by or "等次"
    effect = _effect(clause, number, label)
    sources = (str(row.place(column)),) if row is not None else ()
    key = _key(amounts, cell)
    if key is None:
        if cell is not None and cell is not UNREADABLE and row is not None:
            word = cell.word if isinstance(cell, AnswerCell) else str(cell)
            choices = "、".join(amounts)
            subject.report(
                CODES.fault("E103", row.place(column), point=label, word=word, choices=choices)
            )
        effect = replace(
            effect,
            lacks_facts=True,
            sources=sources,
            unknown=(f"“{label}”没有可用的结果",),
        )
        return _with_amount(clause, effect, _any_of(amounts))
    each, awaits, more = person_or_printed(
        subject, item, clause.form, amounts[key], clause.by if column == "结果" else None
    )
    effect = replace(
        effect, label=f"{label}：{key}", amount=amounts[key], awaits=awaits, sources=(*sources, *more)
    )
    return _with_amount(clause, effect, each)


def _with_amount(clause: Clause, effect: Effect, each: Interval) -> Effect:
    if clause.form == "score":
        return replace(effect, sets=each)
    return replace(effect, gain=-each if clause.form == "deduct" else each)


def _any_of(amounts: Mapping[str, Amount]) -> Interval:
    return Interval(
        min(_low(amount) for amount in amounts.values()),
        max(_high(amount) for amount in amounts.values()),
    )


def _low(amount: Amount) -> Fraction:
    return amount.low if isinstance(amount, Between) else amount


def _high(amount: Amount) -> Fraction:
    return amount.high if isinstance(amount, Between) else amount


def _key(amounts: Mapping[str, Amount], cell: Cell) -> str | None:
    """The key that a cell picks: the word itself, else yes and no however they are written."""
    if isinstance(cell, AnswerCell):
        if cell.word in amounts:
            return cell.word
        return next((word for word in _WORDS.get(cell.meaning, ()) if word in amounts), None) if cell.meaning else None
    if isinstance(cell, bool):
        return next((w for w in _WORDS[Answer.YES if cell else Answer.NO] if w in amounts), None)
    if isinstance(cell, Fraction):
        return plain(cell) if plain(cell) in amounts else None
    return cell if isinstance(cell, str) and cell in amounts else None


def _per_row(
    subject: SubjectFacts, clause: Clause, amounts: Mapping[str, Amount], number: str
) -> Effect:
    """Each row of a sheet (or of a count measure) picks its amount; `highest: only` takes the
    largest of them once."""
    assert isinstance(clause.per, ex.Name)
    assert clause.by is not None
    rule = subject.setting.book.measures.get(clause.per.name)
    sheet = rule.sheet if rule is not None and rule.sheet else clause.per.name
    rows = reach(
        subject, sheet, rule.where if rule else None, rule.look_back if rule else None
    )
    total = NIL
    best = NIL
    sources: list[str] = []
    for each in rows.rows:
        cell = each.row.value(clause.by)
        key = _key(amounts, cell)
        value = _any_of(amounts) if key is None else _as_interval(amounts[key])
        if key is None:
            word = cell.word if isinstance(cell, AnswerCell) else str(cell or "")
            subject.report(
                CODES.fault(
                    "E103",
                    each.row.place(clause.by),
                    point=clause.by,
                    word=word,
                    choices="、".join(amounts),
                )
            )
            value = value.hull(NIL)
        if each.truth is not YES:
            value = value.hull(NIL)
        total += value
        best = _larger(best, value)
        sources.append(str(each.row.place(clause.by)))
    taken = best if clause.highest else total
    if not rows.supplied:
        taken = Interval(Fraction(0), max(_high(a) for a in amounts.values()) if clause.highest else None)
    effect = replace(
        _effect(clause, number, clause.per.name),
        quantity=Interval(Fraction(len(rows.sure)), Fraction(len(rows.rows))),
        sources=tuple(sources),
        not_counted=tuple(f"{gone.row.origin}（{gone.reason}）" for gone in rows.not_counted),
        lacks_facts=not taken.known,
        unknown=() if taken.known else (f"“{sheet}”不全",),
    )
    return _with_amount(clause, effect, taken)


def _as_interval(amount: Amount) -> Interval:
    return Interval(_low(amount), _high(amount))


def _larger(one: Interval, two: Interval) -> Interval:
    low = max(one.low or Fraction(0), two.low or Fraction(0))
    high = None if one.high is None or two.high is None else max(one.high, two.high)
    return Interval(low, high)

