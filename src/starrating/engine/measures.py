"""Measures: what happened, as numbers, with what was counted and what was not (step 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine import days, units
from starrating.engine.codes import CODES
from starrating.engine.formulas import compare, evaluate, hull_of, judge
from starrating.engine.late import late
from starrating.engine.quotients import Pair, quotient_range
from starrating.engine.rows import Reach, RowFacts, reach
from starrating.engine.values import (
    ANY,
    NIL,
    NO,
    NONE,
    OPEN,
    UNKNOWN,
    YES,
    Interval,
    Unknown,
    Value,
    as_interval,
    known,
)
from starrating.number import plain
from starrating.records.model import Row
from starrating.rulebook.expressions import Expr, Name
from starrating.rulebook.fields import Every
from starrating.rulebook.model import Measure, Units
from starrating.schema import COUNTS, Blank

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

UNLIMITED = Interval(Fraction(0), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one subject: its value, and the story of how it came about.

    `applies` is false where no calendar unit is due (step 2). `sources` are the cells counted,
    `lacking` the names of units not met, `not_counted` rows with reasons, `unknown` what is not
    known (Chinese).
    """

    value: Value
    applies: bool = True
    sources: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def measure(subject: SubjectFacts, name: str, rule: Measure) -> Measured:
    """One measure of one subject; a written-down count (核查计数) may stand for it."""
    if rule.form in ("late", "field", "value", "rank", "best") and rule.sheet is None:
        found = _of_subject(subject, rule)
        return _with_count(subject, name, found, any_row=False) if rule.form == "late" else found
    found, any_row = _of_rows(subject, rule)
    return _with_count(subject, name, found, any_row=any_row)


def _of_subject(subject: SubjectFacts, rule: Measure) -> Measured:
    if rule.late is not None:
        return _late_of(subject, rule)
    if rule.field is not None:
        return Measured(
            subject.name(rule.field),
            sources=subject.sources_of(Name(rule.field)),
            unknown=subject.unknown_of(Name(rule.field)),
        )
    if rule.value is not None:
        return Measured(
            evaluate(rule.value, subject),
            applies=subject.applies(rule.value),
            sources=subject.sources_of(rule.value),
            unknown=subject.unknown_of(rule.value),
        )
    return subject.batch_measure(rule)


def _late_of(subject: SubjectFacts, rule: Measure) -> Measured:
    assert rule.late is not None
    setting = subject.setting
    due, done = evaluate(rule.late.due, subject), evaluate(rule.late.done, subject)
    sources = subject.sources_of(rule.late.due) + subject.sources_of(rule.late.done)
    unknown = subject.unknown_of(rule.late.due) + subject.unknown_of(rule.late.done)
    value = late(rule.late, due, done, setting.cut_off)
    return Measured(value, sources=sources, unknown=() if known(value) else unknown)


# --- measures over the rows of a sheet --------------------------------------------------------


def _of_rows(subject: SubjectFacts, rule: Measure) -> tuple[Measured, bool]:
    assert rule.sheet is not None
    grace = _units(rule).grace if rule.form in ("missing", "short") else None
    until = days.add(subject.setting.end, grace.count, grace.unit) if grace else None
    rows = reach(subject, rule.sheet, rule.where, rule.look_back, until)
    found = _FORMS[rule.form](subject, rule, rows)
    story = replace(
        found,
        sources=found.sources or tuple(_source(each.row, subject, rule) for each in rows.rows),
        not_counted=tuple(f"{gone.row.origin}（{gone.reason}）" for gone in rows.not_counted),
        unknown=found.unknown or _why_open(subject, rule, rows, found.value),
    )
    return story, bool(rows.rows)


def _source(row: Row, subject: SubjectFacts, rule: Measure) -> str:
    sheet = subject.setting.sheet(rule.sheet or "")
    return str(row.place(sheet.date[0])) if sheet.date else str(row.origin)


def _why_open(
    subject: SubjectFacts, rule: Measure, rows: Reach, value: Value
) -> tuple[str, ...]:
    if known(value):
        return ()
    if not rows.supplied:
        return (f"未提供“{rule.sheet}”表",)
    doubtful = tuple(f"{each.row.origin} 能否计入未明" for each in rows.possible)
    return doubtful or (f"“{rule.sheet}”没有 {subject.label} 可用的记录",)


def _absent(subject: SubjectFacts, rule: Measure, rows: Reach) -> bool:
    """Whether no row means that nothing is known: sheet not supplied, or declared so."""
    if not rows.supplied:
        return True
    sheet = subject.setting.sheet(rule.sheet or "")
    return not subject.setting.rows(sheet.name, subject.code) and sheet.no_rows is Blank.UNKNOWN


def _count(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    if _absent(subject, rule, rows):
        return Measured(UNLIMITED)
    sure = len(rows.sure)
    return Measured(Interval(Fraction(sure), Fraction(sure + len(rows.possible))))


def _distinct(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    if _absent(subject, rule, rows):
        return Measured(UNLIMITED)
    assert rule.distinct is not None
    sure: set[object] = set()
    extra: set[object] = set()
    doubtful = 0
    for each in rows.rows:
        value = _operand(subject, rule, each.row, rule.distinct)
        if value is NONE:
            continue
        if not known(value):
            doubtful += 1
        elif each.truth is YES:
            sure.add(value)
        else:
            extra.add(value)
    low = len(sure) or (1 if doubtful and any(each.truth is YES for each in rows.rows) else 0)
    return Measured(Interval(Fraction(low), Fraction(len(sure) + len(extra - sure) + doubtful)))


def _operand(subject: SubjectFacts, rule: Measure, row: Row, expr: Expr) -> Value:
    sheet = subject.setting.sheet(rule.sheet or "")
    return evaluate(expr, RowFacts(subject.setting, sheet, row, subject))


@dataclass(frozen=True, slots=True)
class _Figures:
    """The operands of the counted rows; `lacks` if a counted row has none that is known."""

    sure: tuple[tuple[Interval, ...], ...]
    possible: tuple[tuple[Interval, ...], ...]
    lacks: tuple[str, ...]
    skipped: tuple[str, ...]


def _figures(
    subject: SubjectFacts, rule: Measure, rows: Reach, read: Callable[[Row], tuple[Value, ...]]
) -> _Figures:
    """Gather operands; a counted row that lacks one makes the measure unknown (step 4)."""
    sure: list[tuple[Interval, ...]] = []
    possible: list[tuple[Interval, ...]] = []
    lacks: list[str] = []
    skipped: list[str] = []
    for each in rows.rows:
        values = read(each.row)
        if not values:
            continue
        numbers = tuple(n for value in values if isinstance(n := as_interval(value), Interval))
        if len(numbers) < len(values) or not all(number.known for number in numbers):
            (skipped if rule.skip_missing else lacks).append(f"{each.row.origin} 缺少所需数据")
        else:
            (sure if each.truth is YES else possible).append(numbers)
    return _Figures(tuple(sure), tuple(possible), tuple(lacks), tuple(skipped))


def _sum(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    if _absent(subject, rule, rows):
        return Measured(ANY)
    expr = rule.sum_
    assert expr is not None
    figures = _figures(subject, rule, rows, lambda row: (_operand(subject, rule, row, expr),))
    if figures.lacks:
        return Measured(ANY, unknown=figures.lacks)
    total = sum((number[0].number for number in figures.sure), Fraction(0))
    maybe = [number[0].number for number in figures.possible]
    low = total + sum((n for n in maybe if n < 0), Fraction(0))
    high = total + sum((n for n in maybe if n > 0), Fraction(0))
    return Measured(Interval(low, high), not_counted=figures.skipped)


def _quotient(figures: _Figures) -> Measured:
    if figures.lacks:
        return Measured(ANY, unknown=figures.lacks)
    pairs = [(top.number, bottom.number) for top, bottom in figures.sure]
    maybe = [(top.number, bottom.number) for top, bottom in figures.possible]
    value = quotient_range(pairs, maybe)
    return Measured(ANY if value is None else value, not_counted=figures.skipped)


def _ratio(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    assert rule.ratio is not None
    top, bottom = rule.ratio
    return _quotient(
        _figures(
            subject,
            rule,
            rows,
            lambda row: (_operand(subject, rule, row, top), _operand(subject, rule, row, bottom)),
        )
    )


def _average(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    if rule.values is not None:
        return _quotient(_figures(subject, rule, rows, lambda row: _valued(subject, rule, row)))
    expr = rule.average
    assert expr is not None
    one = Interval.at(1)
    return _quotient(
        _figures(subject, rule, rows, lambda row: (_operand(subject, rule, row, expr), one))
    )


def _valued(subject: SubjectFacts, rule: Measure, row: Row) -> tuple[Value, ...]:
    """(value × weight, weight) of a row's word; () for words left out."""
    assert rule.values is not None
    assert rule.of is not None
    word = row.value(rule.of)
    word = getattr(word, "word", word)
    if word in rule.leave_out:
        return ()
    if not isinstance(word, str) or word not in rule.values:
        if isinstance(word, str):
            subject.report(
                CODES.fault("E109", row.place(rule.of), word=word, choices="、".join(rule.values))
            )
        return (UNKNOWN, UNKNOWN)
    weight: Value = Interval.at(1)
    if rule.weighted_by is not None:
        column = subject.setting.sheet(rule.sheet or "").column(rule.weighted_by)
        assert column is not None
        weight = subject.setting.value(row, column)
    number = as_interval(weight)
    if not isinstance(number, Interval):
        return (UNKNOWN, UNKNOWN)
    return (Interval.at(rule.values[word]) * number, number)


def _share(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    """The share of the counted rows of which the condition holds."""
    sheet = subject.setting.sheet(rule.sheet or "")
    assert rule.share is not None
    low_sure: list[Pair] = []
    high_sure: list[Pair] = []
    maybe_low: list[Pair] = []
    maybe_high: list[Pair] = []
    for each in rows.rows:
        holds = judge(rule.share, RowFacts(subject.setting, sheet, each.row, subject))
        at_low, at_high = Fraction(holds is YES), Fraction(holds is not NO)
        (low_sure if each.truth is YES else maybe_low).append((at_low, Fraction(1)))
        (high_sure if each.truth is YES else maybe_high).append((at_high, Fraction(1)))
    low, high = quotient_range(low_sure, maybe_low), quotient_range(high_sure, maybe_high)
    if low is None or high is None:
        return Measured(Interval(Fraction(0), Fraction(1)))
    return Measured(Interval(low.low, high.high))


def _extreme(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    """min, max: over the counted rows; of no row there is none."""
    if _absent(subject, rule, rows):
        return Measured(UNKNOWN)
    expr = rule.min_ if rule.form == "min" else rule.max_
    assert expr is not None
    return _ordered(subject, rule, rows, expr, lowest=rule.form == "min")


def _ordered(
    subject: SubjectFacts, rule: Measure, rows: Reach, expr: Expr, *, lowest: bool
) -> Measured:
    sure: list[Value] = []
    maybe: list[Value] = []
    lacks: list[str] = []
    for each in rows.rows:
        value = _operand(subject, rule, each.row, expr)
        if value is NONE or not known(value):
            if not rule.skip_missing:
                lacks.append(f"{each.row.origin} 缺少所需数据")
        else:
            (sure if each.truth is YES else maybe).append(value)
    if lacks:
        return Measured(UNKNOWN, unknown=tuple(lacks))
    best = _pick(sure, lowest=lowest)
    better = [value for value in maybe if best is None or _beats(value, best, lowest=lowest)]
    if best is None:
        return Measured(NONE if not maybe else UNKNOWN)
    return Measured(hull_of([best, *better]))


def _beats(one: Value, other: Value, *, lowest: bool) -> bool:
    return compare("<" if lowest else ">", one, other) is YES


def _pick(values: Sequence[Value], *, lowest: bool) -> Value | None:
    best: Value | None = None
    for value in values:
        if best is None or _beats(value, best, lowest=lowest):
            best = value
    return best


def _latest(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    """The value of the latest counted row; of no row there is none."""
    if _absent(subject, rule, rows):
        return Measured(UNKNOWN)
    assert rule.latest is not None
    if not rows.rows:
        return Measured(NONE)
    first = date.min
    sure_days = [each.day or first for each in rows.sure]
    newest = max(sure_days, default=None)
    counted = [
        each
        for each in rows.rows
        if newest is None or (each.day or date.max if each.truth is OPEN else each.day or first) >= newest
    ]
    values = [_operand(subject, rule, each.row, rule.latest) for each in counted]
    value = hull_of(values)
    return Measured(value if newest is not None else UNKNOWN)


# --- calendar units -----------------------------------------------------------------------------


def _units(rule: Measure) -> Units:
    found = rule.missing or rule.short
    assert found is not None
    return found


def due_units(subject: SubjectFacts, every: Every) -> tuple[days.Unit, ...]:
    """The calendar units that lie wholly inside the active window (step 2)."""
    window = subject.window
    if window is None:
        return ()
    start, end = window
    if every.unit in days.MONTHS:
        found = days.calendar_units(every.unit, start, end)
    elif every.unit == "rolling":
        found = days.rolling_units(every.months, start, end)
    else:
        found = iter(subject.term_units(every.unit))
    return tuple(unit for unit in found if start <= unit.start and unit.end <= end)


def _by_units(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    asked = _units(rule)
    due = due_units(subject, asked.every)
    if not due:
        return Measured(NIL, applies=False)
    if _absent(subject, rule, rows):
        most = len(due) if rule.missing else len(due) * asked.at_least
        return Measured(Interval(Fraction(0), Fraction(most)))
    grace = asked.grace.count if asked.grace else 0
    undated = [each for each in rows.rows if each.day is None]
    sure = _settled(asked, due, [e.day for e in rows.sure if e.day], grace)
    best = _settled(asked, due, [e.day for e in rows.rows if e.day], grace)
    if rule.missing:
        high, low = units.missing(sure), units.missing_at_best(best, len(undated))
    else:
        high, low = units.short(sure), max(0, units.short(best) - len(undated))
    return Measured(
        Interval(Fraction(low), Fraction(high)),
        lacking=tuple(_lacking(each, asked) for each in sure if each.lacking),
    )


def _lacking(each: units.Settled, asked: Units) -> str:
    if asked.at_least == 1:
        return each.unit.name
    return f"{each.unit.name}缺{each.lacking}次"


def _settled(
    asked: Units, due: Sequence[days.Unit], on: list[date], grace: int
) -> tuple[units.Settled, ...]:
    if asked.every.unit == "rolling":
        # Rolling windows overlap on purpose: each asks for itself.
        return tuple(
            one for unit in due for one in units.settle((unit,), on, asked.at_least, grace)
        )
    return units.settle(due, on, asked.at_least, grace)


def _gap(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    window = subject.window
    if window is None:
        return Measured(NIL, applies=False)
    if _absent(subject, rule, rows):
        return Measured(Interval(Fraction(0), Fraction((window[1] - window[0]).days)))
    sure = [each.day for each in rows.sure if each.day]
    dated = [each.day for each in rows.rows if each.day]
    undated = sum(1 for each in rows.rows if each.day is None)
    high = units.longest_gap(sure, *window)
    low = units.longest_gap_at_best(dated, *window, undated)
    return Measured(Interval(Fraction(low), Fraction(high)))


def _late_rows(subject: SubjectFacts, rule: Measure, rows: Reach) -> Measured:
    """`late` of each counted row: the sum, the largest, or how many rows are late."""
    assert rule.late is not None
    if _absent(subject, rule, rows):
        return Measured(UNLIMITED)
    take = rule.late.take or "sum"
    total = NIL
    for each in rows.rows:
        due = _operand(subject, rule, each.row, rule.late.due)
        done = _operand(subject, rule, each.row, rule.late.done)
        number = late(rule.late, due, done, subject.setting.cut_off)
        if take == "rows":
            number = Interval(
                Fraction(number.low != 0), Fraction(number.high is None or number.high > 0)
            )
        if each.truth is OPEN:
            number = number.hull(NIL)
        total = _larger(total, number) if take == "max" else total + number
    return Measured(total)


def _larger(one: Interval, two: Interval) -> Interval:
    low = max(one.low or Fraction(0), two.low or Fraction(0))
    high = None if one.high is None or two.high is None else max(one.high, two.high)
    return Interval(low, high)


_FORMS: dict[str, Callable[[SubjectFacts, Measure, Reach], Measured]] = {
    "count": _count,
    "distinct": _distinct,
    "sum": _sum,
    "average": _average,
    "min": _extreme,
    "max": _extreme,
    "latest": _latest,
    "share": _share,
    "ratio": _ratio,
    "missing": _by_units,
    "short": _by_units,
    "longest_gap": _gap,
    "late": _late_rows,
}


# --- 核查计数 -------------------------------------------------------------------------------------


def _with_count(subject: SubjectFacts, name: str, found: Measured, *, any_row: bool) -> Measured:
    """A count an inspector wrote down gives the measure where no row passes its `where`; if both
    exist and differ, that is a fault and the measure is the interval of both (step 4)."""
    rows = [r for r in subject.setting.rows(COUNTS, subject.code) if r.value("指标") == name]
    if not rows or not found.applies:
        return found
    newest = max(_day(row) for row in rows)
    last = [row for row in rows if _day(row) == newest]
    figures = {row.value("数值") for row in last}
    place = last[0].place("数值")
    if len(figures) > 1:
        subject.report(CODES.fault("E105", place, measure=name))
        return replace(found, value=ANY, unknown=(f"核查计数“{name}”自相矛盾",))
    figure = figures.pop()
    if not isinstance(figure, Fraction):
        return found if any_row else replace(found, unknown=(f"{place} 核查计数无法识别",))
    counted = Interval.at(figure)
    if not any_row:
        return replace(found, value=counted, sources=(str(place),), lacking=(), unknown=())
    if isinstance(found.value, Interval) and found.value == counted:
        return replace(found, sources=(*found.sources, str(place)))
    computed = as_interval(found.value)
    assert isinstance(computed, Interval)
    subject.report(
        CODES.fault("E104", place, measure=name, counted=plain(figure), computed=show(found.value))
    )
    return replace(
        found,
        value=computed.hull(counted),
        sources=(*found.sources, str(place)),
        unknown=(f"核查计数与明细不一致（{place}）",),
    )


def _day(row: Row) -> date:
    day = row.value("日期")
    return day if isinstance(day, date) else date.min


def show(value: Value) -> str:
    """A value as a person reads it: `3`, `2–5`, `不少于2`, `未知`."""
    if isinstance(value, Interval):
        if value.known:
            return plain(value.number)
        if value.low is None and value.high is None:
            return "未知"
        if value.high is None:
            return f"不少于{plain(value.low or Fraction(0))}"
        if value.low is None:
            return f"不超过{plain(value.high)}"
        return f"{plain(value.low)}–{plain(value.high)}"
    if isinstance(value, Unknown) or value is OPEN:
        return "未知"
    if value is NONE:
        return "无"
    return {YES: "是", NO: "否"}.get(value, str(value)) if not isinstance(value, (str, date)) else str(value)


