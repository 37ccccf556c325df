"""What a quantity counts, as it stands before an amount: 党员大会每缺一个季度…扣2分.

`PER_FORM` has one small function for each form of a measure; a form without one fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.conditions import formula, listed_word
from starrating.rulebook.describe.rows import rows_word
from starrating.rulebook.describe.units import FRACTIONS, is_fraction, stem, unit_of
from starrating.rulebook.describe.words import each_unit, per_unit, span, unit
from starrating.rulebook.model import Late, Measure, Rulebook, Units


@dataclass(frozen=True, slots=True)
class Counted:
    """`before` + 扣2分 (with its limit) + `behind`."""

    before: str
    behind: str = ""


def counted(book: Rulebook, per: ex.Expr, *, credit: bool) -> Counted:
    """The phrase of a `per:`; `credit` where it gives points."""
    match per:
        case ex.Found(point=point):
            return Counted(f"{point}，每{'有' if credit else '发现'}一处")
        case ex.Lacking(list=name):
            return Counted(f"{listed_word(book, name)}，缺一项")
        case ex.Present(list=name):
            return Counted(f"{listed_word(book, name)}，有一项")
        case ex.Name(name=name) if name in book.measures:
            measure = book.measures[name]
            return PER_FORM[measure.form](book, name, measure)
        case ex.Name(name=name):
            return _number(book, name)
        case _:
            return Counted(f"按“{formula(book, per)}”的数值计，每1个单位")


def _number(book: Rulebook, name: str, measure: Measure | None = None) -> Counted:
    if measure is not None and is_fraction(measure):
        return _fraction(book, name, measure)
    return Counted(f"按{name}计，每1{unit_of(book, name) or '个单位'}")


def _fraction(_book: Rulebook, name: str, _measure: Measure) -> Counted:
    return Counted(f"按{name}折算，100%的", "，其余按比例计")


def _times(book: Rulebook, name: str, _measure: Measure) -> Counted:
    return Counted(f"{stem(name)}，每{unit_of(book, name)}")


def _missing(book: Rulebook, _name: str, measure: Measure) -> Counted:
    asked = _units(measure.missing)
    rows = rows_word(book, measure)
    late = f"（顺延{span(asked.grace)}内补开的算）" if asked.grace is not None else ""
    if asked.every.unit == "rolling":
        return Counted(f"{unit(asked.every)}内{rows}{_fewer(asked)}的，每出现一次", late)
    if asked.at_least == 1:
        return Counted(f"{rows}{per_unit(asked.every)}1次，每缺一个{unit(asked.every)}", late)
    return Counted(
        f"{rows}{per_unit(asked.every)}不少于{asked.at_least}次，每有一个{unit(asked.every)}达不到",
        late,
    )


def _fewer(asked: Units) -> str:
    return "一次也没有" if asked.at_least == 1 else f"不足{asked.at_least}次"


def _short(book: Rulebook, _name: str, measure: Measure) -> Counted:
    asked = _units(measure.short)
    late = f"（顺延{span(asked.grace)}内补开的算）" if asked.grace is not None else ""
    rows = rows_word(book, measure)
    return Counted(f"{rows}{per_unit(asked.every)}不少于{asked.at_least}次，每少一次", late)


def _units(asked: Units | None) -> Units:
    assert asked is not None
    return asked


def _late(book: Rulebook, _name: str, measure: Measure) -> Counted:
    rule = measure.late
    assert rule is not None
    about = f"{rows_word(book, measure)}，" if measure.sheet is not None else ""
    head = f"{about}{overdue(book, rule)}的"
    each = each_unit(rule.unit)
    if measure.sheet is not None and rule.take == "rows":
        return Counted(f"{head}，每个")
    if measure.sheet is not None and rule.take == "max":
        head += "，以逾期最长的一个为准"
    return Counted(f"{head}，每逾期{each}", f"（不足{each}按{each}算，未办的算到截止日）")


def overdue(book: Rulebook, rule: Late) -> str:
    """`最近换届日期晚于任期届满日期（宽限2个月）`."""
    grace = f"（宽限{span(rule.grace)}）" if rule.grace is not None else ""
    return f"{formula(book, rule.done)}晚于{formula(book, rule.due)}{grace}"


PER_FORM: dict[str, Callable[[Rulebook, str, Measure], Counted]] = {
    "count": _times,
    "distinct": _times,
    "missing": _missing,
    "short": _short,
    "late": _late,
    **dict.fromkeys(("sum", "average", "min", "max", "latest", "longest_gap"), _number),
    **dict.fromkeys(("field", "value", "rank", "review", "subordinates", "group"), _number),
    **dict.fromkeys(sorted(FRACTIONS), _fraction),
}
"""form of a measure → how an amount for each of it is said."""
