"""Expressions of the rule language as an office reads them: 村集体收入不少于20，且未设支委会."""

from __future__ import annotations

from collections.abc import Callable

from starrating.number import plain
from starrating.rulebook import expressions as ex

_COMPARE = {"=": "为", "!=": "不为", "<": "小于", "<=": "不超过", ">": "大于", ">=": "不少于"}
_DATES = {"=": "为", "!=": "不为", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_TESTS = {
    "starts": "以“{}”开头",
    "ends": "以“{}”结尾",
    "contains": "含“{}”",
    "matches": "符合式样“{}”",
}
_UNITS = {
    "day": "日",
    "week": "周",
    "month": "个月",
    "quarter": "个季度",
    "half": "个半年",
    "year": "年",
}
_SPANS = {"<": "不足", "<=": "不超过", ">": "超过", ">=": "满", "=": "正好", "!=": "不是正好"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DONE = frozenset("设建核通参开成配完公按落上换制提召")
_ARITH = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_BOUNDS = {"max": "最少为", "min": "最多为"}
_WHOLE = {"years": "满年数", "months": "满月数", "days": "天数"}


def say(expr: ex.Expr) -> str:
    """The expression in Chinese; the printed phrase for reasons and lists, not read back."""
    return _SAY[type(expr)](expr)


def condition(expr: ex.Expr) -> str:
    """The expression as a condition: a bare 是否设支委会 is 设支委会."""
    return _whether(expr, yes=True) if isinstance(expr, ex.Name) else say(expr)


def _grouped(expr: ex.Expr, *loose: type) -> str:
    text = condition(expr)
    return f"（{text}）" if isinstance(expr, loose) else text


def _is_date(expr: ex.Expr) -> bool:
    if isinstance(expr, ex.DateLit):
        return True
    if isinstance(expr, ex.Arith):
        return isinstance(expr.right, ex.Duration)
    return isinstance(expr, ex.Name) and expr.name.endswith(("日期", "日", "时限"))


def _compare(expr: ex.Compare) -> str:
    if isinstance(expr.right, ex.Truth) and expr.op in ("=", "!="):
        return _whether(expr.left, yes=expr.right.value == (expr.op == "="))
    if _shifted(expr.right):
        return _span(expr.left, expr.op, expr.right)
    if _shifted(expr.left):
        return _span(expr.right, _TURNED.get(expr.op, expr.op), expr.left)
    dates = _is_date(expr.left) or _is_date(expr.right)
    word = (_DATES if dates else _COMPARE)[expr.op]
    return f"{say(expr.left)}{word}{say(expr.right)}"


def _whether(expr: ex.Expr, *, yes: bool) -> str:
    """是否设支委会 as 设支委会 or 未设支委会; what is no such column, as it is said."""
    if not isinstance(expr, ex.Name) or not expr.name.startswith("是否") or expr.name == "是否":
        return say(expr) if yes else f"并非{_grouped(expr, ex.And, ex.Or)}"
    rest = expr.name.removeprefix("是否")
    if yes:
        return rest
    if rest.startswith("有"):
        return f"没{rest}"
    return f"{'未' if rest[0] in _DONE else '不'}{rest}"


def _shifted(expr: ex.Expr) -> bool:
    return isinstance(expr, ex.Arith) and isinstance(expr.right, ex.Duration)


def _span(one: ex.Expr, op: str, shifted: ex.Expr) -> str:
    """A day against another ± a length, as the time between the two: 届满至截止日超过2个月."""
    assert isinstance(shifted, ex.Arith)
    assert isinstance(shifted.right, ex.Duration)
    start, end, word = shifted.left, one, op
    if shifted.op == "-":
        start, end, word = one, shifted.left, _TURNED.get(op, op)
    return f"{say(start)}至{say(end)}{_SPANS[word]}{_duration(shifted.right)}"


def _in(expr: ex.In) -> str:
    options = "、".join(say(option) for option in expr.options)
    return f"{say(expr.of)}{'不' if expr.negated else ''}属于{options}"


def _not(of: ex.Expr) -> str:
    if isinstance(of, ex.Name):
        return _whether(of, yes=False)
    return f"并非{_grouped(of, ex.And, ex.Or)}"


def _duration(expr: ex.Duration) -> str:
    unit = "个工作日" if expr.working else _UNITS[expr.unit.removesuffix("s")]
    return f"{expr.count}{unit}"


def _arith(expr: ex.Arith) -> str:
    if isinstance(expr.right, ex.Duration):
        return f"{say(expr.left)}{'后' if expr.op == '+' else '前'}{say(expr.right)}"
    loose = (ex.Arith,) if expr.op in ("*", "/") else ()
    return f"{_operand(expr.left, *loose)}{_ARITH[expr.op]}{_operand(expr.right, *loose)}"


def _operand(expr: ex.Expr, *loose: type) -> str:
    return f"（{say(expr)}）" if isinstance(expr, loose) else say(expr)


def _call(expr: ex.Call) -> str:
    if expr.function in _WHOLE:
        start, end = (say(argument) for argument in expr.args)
        return f"{start}至{end}{_WHOLE[expr.function]}"
    if expr.function in _BOUNDS and len(expr.args) == 2:
        one, two = expr.args
        value, bound = (two, one) if isinstance(one, ex.Num) else (one, two)
        if isinstance(bound, ex.Num):
            return f"{say(value)}（{_BOUNDS[expr.function]}{say(bound)}）"
    inside = "、".join(say(argument) for argument in expr.args)
    return {"min": f"{inside}中最小值", "max": f"{inside}中最大值", "abs": f"{inside}的绝对值"}[
        expr.function
    ]


_SAY: dict[type, Callable[..., str]] = {
    ex.Num: lambda e: plain(e.value),
    ex.Text: lambda e: e.value,
    ex.DateLit: lambda e: f"{e.value.year}年{e.value.month}月{e.value.day}日",
    ex.Truth: lambda e: "是" if e.value else "否",
    ex.Duration: _duration,
    ex.Name: lambda e: e.name,
    ex.Arith: _arith,
    ex.Negate: lambda e: f"负的{say(e.of)}",
    ex.Compare: _compare,
    ex.In: _in,
    ex.Includes: lambda e: f"{say(e.of)}含{say(e.text)}",
    ex.IsBlank: lambda e: f"{say(e.of)}{'已填' if e.negated else '为空'}",
    ex.TextTest: lambda e: f"{say(e.of)}{_TESTS[e.kind].format(e.pattern)}",
    ex.And: lambda e: "，且".join(_grouped(part, ex.Or) for part in e.parts),
    ex.Or: lambda e: "或".join(_grouped(part, ex.And) for part in e.parts),
    ex.Not: lambda e: _not(e.of),
    ex.Found: lambda e: e.point,
    ex.Present: lambda e: f"{e.list}具备项数",
    ex.Lacking: lambda e: f"{e.list}缺项数",
    ex.Flagged: lambda e: f"建议或认定为{e.flag}",
    ex.Confirmed: lambda e: f"认定为{e.flag}",
    ex.Denied: lambda e: f"经研究不认定为{e.flag}",
    ex.ItemScore: lambda e: f"{e.item}得分",
    ex.Call: _call,
}
