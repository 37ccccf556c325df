"""What each part of an expression means, in one cell of its facts (step 0; see `cells`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from starrating.engine import days
from starrating.engine.values import (
    ANY,
    NIL,
    NO,
    NONE,
    OPEN,
    UNKNOWN,
    YES,
    Interval,
    Truth,
    Unknown,
    Value,
    as_interval,
    as_truth,
    larger,
)
from starrating.rulebook import expressions as ex
from starrating.rulebook.patterns import safe_pattern

if TYPE_CHECKING:
    from starrating.engine.expressions.formulas import Facts

_JOINTS = str.maketrans(dict.fromkeys("，,；;/|", "、"))


@lru_cache(maxsize=4096)
def joined_parts(text: str) -> frozenset[str]:
    """The texts that are joined by 、 (or a comma, a semicolon, a bar) in one cell."""
    return frozenset(part.strip() for part in text.translate(_JOINTS).split("、"))


@dataclass(frozen=True, slots=True)
class Cell:
    """Values of a fact that the comparisons of one condition do not tell apart.

    `hull` holds all of them; `sample` is one of them, and compares with every one of `marks` as
    all of them do.
    """

    hull: Value
    sample: Value
    marks: frozenset[Value] = frozenset()


Split = Mapping[ex.Expr, Cell]
"""The cell in which each split fact lies."""

WHOLE: Split = {}
"""Nothing is split."""


def value_of(expr: ex.Expr, facts: Facts, split: Split) -> Value:
    """The value of an expression where its split facts lie in the cells of `split`."""
    cell = split.get(expr) if split else None
    return cell.hull if cell is not None else _RULES[type(expr)](expr, facts, split)


def _against(expr: ex.Expr, own: Value, other: Value, split: Split) -> Value:
    """The value `own` of an operand as a comparison with `other` sees it: the sample of its cell,
    if the cell was made for that comparison."""
    cell = split.get(expr) if split else None
    return cell.sample if cell is not None and other in cell.marks else own


# --- comparisons ------------------------------------------------------------------------------


def _compare(expr: ex.Compare, facts: Facts, split: Split) -> Truth:
    left, right = value_of(expr.left, facts, split), value_of(expr.right, facts, split)
    one = _against(expr.left, left, right, split)
    two = _against(expr.right, right, left, split)
    return compare(expr.op, one, two)


def compare(op: str, left: Value, right: Value) -> Truth:
    """A comparison; one with none is no, one with the unknown is open (step 4)."""
    if left is NONE or right is NONE:
        return NO
    if op == "!=":
        return ~compare("=", left, right)
    left, right = _answered(left, right), _answered(right, left)
    if isinstance(left, str) or isinstance(right, str):
        return _compare_marks(op, left, right, str)
    if isinstance(left, date) or isinstance(right, date):
        return _compare_marks(op, left, right, date)
    one, two = as_interval(left), as_interval(right)
    assert isinstance(one, Interval)
    assert isinstance(two, Interval)
    if op == "=":
        return one.same(two)
    if op in ("<", "<="):
        return one.less(two, equal=op == "<=")
    return two.less(one, equal=op == ">=")


def _answered(value: Value, other: Value) -> Value:
    """An inspector's word where yes or no is asked: 有 and √ are yes, 无 and × are no."""
    if isinstance(value, str) and isinstance(other, Truth):
        return _ANSWERS.get(value, value)
    return value


_ANSWERS = {
    **dict.fromkeys(("是", "有", "√", "1", "对"), YES),
    **dict.fromkeys(("否", "无", "×", "0", "没有"), NO),
}


_Mark = TypeVar("_Mark", str, date)


def _compare_marks(op: str, left: Value, right: Value, kind: type[_Mark]) -> Truth:
    """Texts with texts, dates with dates: open where one is unknown, no where the kinds differ."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return OPEN
    if not (isinstance(left, kind) and isinstance(right, kind)):
        return NO
    sign = (left > right) - (left < right)
    return Truth.of(
        {"=": sign == 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[op]
    )


def options_of(expr: ex.In, facts: Facts) -> Iterator[Value]:
    """The values after `in`; a single bare name may name a list of the rulebook."""
    for option in expr.options:
        if isinstance(option, ex.Text):
            listed = facts.options(option.value) if option.bare else None
            yield from listed if listed is not None else (option.value,)
        else:
            yield Interval.at(option.value) if isinstance(option, ex.Num) else option.value


def _in(expr: ex.In, facts: Facts, split: Split) -> Truth:
    value = value_of(expr.of, facts, split)
    answer = NO
    for option in options_of(expr, facts):
        answer |= compare("=", _against(expr.of, value, option, split), option)
    return ~answer if expr.negated else answer


def _is_blank(expr: ex.IsBlank, facts: Facts, _split: Split) -> Truth:
    """Whether the cell of a fact is empty, which is known even where the fact is not."""
    value = value_of(expr.of, facts, WHOLE)
    if isinstance(value, Unknown):
        answer = YES if value.blank else OPEN
    else:
        answer = Truth.of(value is NONE)
    return ~answer if expr.negated else answer


# --- texts ------------------------------------------------------------------------------------


def _includes(expr: ex.Includes, facts: Facts, split: Split) -> Truth:
    value, wanted = value_of(expr.of, facts, split), value_of(expr.text, facts, split)
    if value is NONE or wanted is NONE:
        return NO
    if not isinstance(value, str) or not isinstance(wanted, str):
        return OPEN
    parts = joined_parts(value)
    return Truth.of(wanted in parts)


def _text_test(expr: ex.TextTest, facts: Facts, split: Split) -> Truth:
    value = value_of(expr.of, facts, split)
    if not isinstance(value, str):
        return NO if value is NONE else OPEN
    return Truth.of(_TESTS[expr.kind](value, expr.pattern))


def _matches(text: str, pattern: str) -> bool:
    safe = safe_pattern(pattern)
    return safe is not None and safe.search(text) is not None


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "starts": str.startswith,
    "ends": str.endswith,
    "contains": str.__contains__,
    "matches": _matches,
}


# --- arithmetic -------------------------------------------------------------------------------


def _arith(expr: ex.Arith, facts: Facts, split: Split) -> Value:
    left = value_of(expr.left, facts, split)
    if isinstance(expr.right, ex.Duration):
        return _shifted(left, expr.right, forward=expr.op == "+")
    right = value_of(expr.right, facts, split)
    if left is NONE or right is NONE:
        return NONE
    if isinstance(left, date) and isinstance(right, date):
        return Interval.at((left - right).days)
    one, two = as_interval(left), as_interval(right)
    assert isinstance(one, Interval)
    assert isinstance(two, Interval)
    if expr.op == "+":
        return one + two
    if expr.op == "-":
        return one - two
    return one * two if expr.op == "*" else facts.quotient(one / two)


def _shifted(day: Value, by: ex.Duration, *, forward: bool) -> Value:
    if not isinstance(day, date):
        return NONE if day is NONE else UNKNOWN
    return days.add(day, by.count if forward else -by.count, by.unit)


def _negate(expr: ex.Negate, facts: Facts, split: Split) -> Value:
    value = as_interval(value_of(expr.of, facts, split))
    return -value if isinstance(value, Interval) else value


def _call(expr: ex.Call, facts: Facts, split: Split) -> Value:
    values = [value_of(argument, facts, split) for argument in expr.args]
    if any(value is NONE for value in values):
        return NONE
    if expr.function in ("years", "months", "days"):
        start, end = values
        if isinstance(start, date) and isinstance(end, date):
            return Interval.at(days.whole(expr.function.removesuffix("s"), start, end))
        return ANY
    first, *rest = [n for value in values if isinstance(n := as_interval(value), Interval)]
    if expr.function == "abs":
        return larger(first, -first).clamp(NIL.low, None)
    for number in rest:
        first = larger(first, number) if expr.function == "max" else -larger(-first, -number)
    return first


# --- conditions -------------------------------------------------------------------------------


def _holds(expr: ex.Expr, facts: Facts, split: Split) -> Truth:
    """A part of a condition: a number holds where it is not 0."""
    return as_truth(_against(expr, value_of(expr, facts, split), NIL, split))


def _and(expr: ex.And, facts: Facts, split: Split) -> Truth:
    answer = YES
    for part in expr.parts:
        answer &= _holds(part, facts, split)
    return answer


def _or(expr: ex.Or, facts: Facts, split: Split) -> Truth:
    answer = NO
    for part in expr.parts:
        answer |= _holds(part, facts, split)
    return answer


_RULES: dict[type, Callable[..., Value]] = {
    ex.Num: lambda e, _f, _s: Interval.at(e.value),
    ex.Text: lambda e, _f, _s: e.value,
    ex.DateLit: lambda e, _f, _s: e.value,
    ex.Truth: lambda e, _f, _s: Truth.of(e.value),
    ex.Name: lambda e, f, _s: f.name(e.name),
    ex.Found: lambda e, f, _s: f.found(e.point),
    ex.Present: lambda e, f, _s: f.count_of(e.list, present=True),
    ex.Lacking: lambda e, f, _s: f.count_of(e.list, present=False),
    ex.Flagged: lambda e, f, _s: f.flag("flagged", e.flag),
    ex.Confirmed: lambda e, f, _s: f.flag("confirmed", e.flag),
    ex.Denied: lambda e, f, _s: f.flag("denied", e.flag),
    ex.ItemScore: lambda e, f, _s: f.item_score(e.item),
    ex.Arith: _arith,
    ex.Negate: _negate,
    ex.Compare: _compare,
    ex.In: _in,
    ex.Includes: _includes,
    ex.IsBlank: _is_blank,
    ex.TextTest: _text_test,
    ex.And: _and,
    ex.Or: _or,
    ex.Not: lambda e, f, s: ~_holds(e.of, f, s),
    ex.Call: _call,
}
