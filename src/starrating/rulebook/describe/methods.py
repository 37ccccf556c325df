"""计算口径: what each measure that counts is, in one sentence.

`METHODS` has one small function for each form; a form without one fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from starrating.number import plain
from starrating.rulebook.describe.conditions import formula, when
from starrating.rulebook.describe.counting import overdue
from starrating.rulebook.describe.model import Chapter, Row, Table
from starrating.rulebook.describe.rows import rows_word
from starrating.rulebook.describe.units import unit_of
from starrating.rulebook.describe.used import measures_used
from starrating.rulebook.describe.words import each_unit, per_unit, span, unit
from starrating.rulebook.model import Measure, RankDecl, Rulebook, Units
from starrating.rulebook.model.measures import Together

HEAD = ("指标", "计算口径")
WIDTHS = (60, 197)
WITH_BASIS = (*HEAD, "依据"), (56, 146, 55)
_TAKES = {None: "各行相加", "sum": "各行相加", "max": "取最大的一行", "rows": "数逾期的行"}


def method_chapter(book: Rulebook) -> Chapter:
    """附：计算口径, a row for each measure that counts."""
    used = measures_used(book)
    rows = [Row((name, f"{method_text(book, name)}。"), name) for name in used]
    if not any(book.measures[name].basis for name in used):
        return Chapter("计算口径", table=Table(HEAD, WIDTHS, tuple(rows)) if rows else None)
    based = [
        Row((*row.cells, book.measures[name].basis or ""), name)
        for name, row in zip(used, rows, strict=True)
    ]
    return Chapter("计算口径", table=Table(*WITH_BASIS, tuple(based)))


def method_text(book: Rulebook, name: str) -> str:
    """How a measure is computed, without the full stop."""
    measure = book.measures[name]
    return "；".join((METHODS[measure.form](book, name, measure), *_further(measure)))


def _further(measure: Measure) -> Iterator[str]:
    if measure.look_back is not None:
        yield f"包括考核期第一天以前{span(measure.look_back)}的"
    if measure.skip_missing:
        yield "缺数的行跳过，另行列出"
    if measure.unit is not None:
        yield f"单位：{measure.unit}"


def _count(book: Rulebook, name: str, measure: Measure) -> str:
    counter = unit_of(book, name)
    return f"{rows_word(book, measure)}，有几{counter}计几{counter}"


def _distinct(book: Rulebook, _name: str, measure: Measure) -> str:
    assert measure.distinct is not None
    return f"{rows_word(book, measure)}中{formula(book, measure.distinct)}不相同的有几种"


def _over_rows(word: str) -> Callable[[Rulebook, str, Measure], str]:
    def said(book: Rulebook, _name: str, measure: Measure) -> str:
        held = next(
            each
            for each in (measure.sum_, measure.average, measure.min_, measure.max_, measure.latest)
            if each is not None
        )
        if measure.values is not None:
            return _valued(book, measure, word)
        return f"{rows_word(book, measure)}的{formula(book, held)}{word}"

    return said


def _valued(book: Rulebook, measure: Measure, word: str) -> str:
    values = "、".join(f"{key}计{plain(value)}" for key, value in (measure.values or {}).items())
    weight = f"，按{measure.weighted_by}加权" if measure.weighted_by is not None else ""
    out = f"；{'、'.join(measure.leave_out)}不计入" if measure.leave_out else ""
    return f"{rows_word(book, measure)}按{measure.of}折算（{values}）{weight}，{word}{out}"


def _share(book: Rulebook, _name: str, measure: Measure) -> str:
    assert measure.share is not None
    return f"{rows_word(book, measure)}中，{when(book, measure.share)}的所占比例"


def _ratio(book: Rulebook, _name: str, measure: Measure) -> str:
    assert measure.ratio is not None
    one, other = (formula(book, each) for each in measure.ratio)
    return f"{rows_word(book, measure)}的{one}合计÷{other}合计"


def _missing(book: Rulebook, _name: str, measure: Measure) -> str:
    asked = measure.missing
    assert asked is not None
    head = _asked(book, measure, asked)
    return f"{head}，达不到的{unit(asked.every)}有几个计几个{_grace(asked)}"


def _short(book: Rulebook, _name: str, measure: Measure) -> str:
    asked = measure.short
    assert asked is not None
    return f"{_asked(book, measure, asked)}，少几次计几次{_grace(asked)}"


def _asked(book: Rulebook, measure: Measure, asked: Units) -> str:
    return f"{rows_word(book, measure)}{per_unit(asked.every)}至少{asked.at_least}次"


def _grace(asked: Units) -> str:
    return f"；期满后{span(asked.grace)}内补开的算" if asked.grace is not None else ""


def _gap(book: Rulebook, _name: str, measure: Measure) -> str:
    return f"{rows_word(book, measure)}两次之间最长隔几天，考核期的两头也算一次"


def _late(book: Rulebook, _name: str, measure: Measure) -> str:
    rule = measure.late
    assert rule is not None
    each = each_unit(rule.unit)
    parts = [f"{overdue(book, rule)}的，每{each}计1，不足{each}按{each}算，未办的算到截止日"]
    if measure.sheet is not None:
        parts[0] = f"{rows_word(book, measure)}，{parts[0]}"
        parts.append(_TAKES[rule.take])
    if rule.not_before is not None:
        parts.append(f"早于期限{span(rule.not_before)}以上办理的，算上一轮")
    if rule.if_blank is not None:
        parts.append(f"期限空着的计{plain(rule.if_blank)}")
    return "；".join(parts)


def _field(_book: Rulebook, _name: str, measure: Measure) -> str:
    values = "、".join(f"{key}计{plain(value)}" for key, value in (measure.values or {}).items())
    return f"党组织表的“{measure.field}”" + (f"（{values}）" if values else "")


_REVIEW_TAKES = {"sum": "合计", "average": "平均", "latest": "取最近一期", "weights": "加权合计"}
_TOGETHER = {
    "mean": "的平均", "min": "的最低值", "max": "的最高值", "sum": "的合计", "share": "所占比例",
    "count": "的个数",
}  # fmt: skip
_FIGURES = {"total": "总分", "star": "星级"}


def _review(_book: Rulebook, _name: str, measure: Measure) -> str:
    rule = measure.review
    assert rule is not None
    figure = _FIGURES.get(rule.of, f"{rule.of}项得分")
    named = rule.periods
    periods = f"最近{named}期" if isinstance(named, int) else "、".join(named)
    weights = "、".join(plain(weight) for weight in rule.weights)
    tail = f"（权重由早到晚为{weights}）" if weights else ""
    return f"{rule.id}规则{periods}评定的{figure}，{_REVIEW_TAKES[rule.take]}{tail}"


def _below(book: Rulebook, _name: str, measure: Measure) -> str:
    rule = measure.subordinates
    assert rule is not None
    which = "直接下级" if rule.level == "direct" else "各级下级"
    by = f"（由{rule.rulebook}规则评定的）" if rule.rulebook is not None else ""
    return _taken(book, rule, f"{which}党组织{by}")


def _group(book: Rulebook, _name: str, measure: Measure) -> str:
    rule = measure.group
    assert rule is not None
    where = f"同一{rule.among}的" if rule.among is not None else "全部"
    return _taken(book, rule, f"{where}党组织")


def _taken(book: Rulebook, rule: Together, who: str) -> str:
    held = f"中{when(book, rule.where)}的" if rule.where is not None else ""
    counted = rule.take in ("count", "share")
    of = formula(book, rule.of) if rule.of is not None and not counted else ""
    taken = _TOGETHER[rule.take]
    return (
        f"{who}{held}{_FIGURES.get(of, of)}{taken.removeprefix('的') if held and not of else taken}"
    )


def _value(book: Rulebook, _name: str, measure: Measure) -> str:
    assert measure.value is not None
    return formula(book, measure.value)


def _rank(book: Rulebook, _name: str, measure: Measure) -> str:
    assert measure.rank is not None
    way = "由高到低" if measure.rank.order == "high" else "由低到高"
    return f"{_among(measure.rank)}按{formula(book, measure.rank.of)}{way}的名次，并列的用同一名次"


def _best(book: Rulebook, _name: str, measure: Measure) -> str:
    assert measure.best is not None
    top = "最高" if measure.best.order == "high" else "最低"
    return f"{formula(book, measure.best.of)}占{_among(measure.best)}{top}者的比例"


def _among(rule: RankDecl) -> str:
    return f"同一{rule.among}内" if rule.among is not None else "全部党组织中"


METHODS: dict[str, Callable[[Rulebook, str, Measure], str]] = {
    "count": _count,
    "distinct": _distinct,
    "sum": _over_rows("合计"),
    "average": _over_rows("平均"),
    "min": _over_rows("最小值"),
    "max": _over_rows("最大值"),
    "latest": _over_rows("，取日期最近的一行"),
    "share": _share,
    "ratio": _ratio,
    "missing": _missing,
    "short": _short,
    "longest_gap": _gap,
    "late": _late,
    "field": _field,
    "value": _value,
    "rank": _rank,
    "best": _best,
    "review": _review,
    "subordinates": _below,
    "group": _group,
}
"""form of a measure → how it is said."""
