"""In what a measure or a column counts: 次, 个, 万元, 星, 百分点."""

from __future__ import annotations

import re

from starrating.rulebook.model import Measure, Rulebook
from starrating.schema import ACTIVITIES, HONOURS, NEGATIVES, ORGANISATIONS, PROBLEMS, STANDARD

FRACTIONS = frozenset(("ratio", "share", "best"))
"""Measures between 0 and 1, printed as percentages."""


def is_fraction(rule: Measure | None) -> bool:
    """Whether a measure lies between 0 and 1 and is printed as a percentage."""
    if rule is None:
        return False
    together = rule.subordinates or rule.group
    return rule.form in FRACTIONS or (together is not None and together.take == "share")


_ENDINGS = (
    ("人次", "人次"), ("人数", "人"), ("次数", "次"), ("天数", "天"), ("月数", "个月"),
    ("周数", "周"), ("个数", "个"), ("名次", "名"), ("得分", "分"),
)  # fmt: skip
_OVERDUE = re.compile(r"(.+逾期)(?:天|周|月|季度|年)")
_NUMBER = re.compile(r"(.{2,}[^分指系倍基])数")
_ROWS = {ACTIVITIES: "次", PROBLEMS: "个", NEGATIVES: "件", HONOURS: "项"}
_LATE = {
    "day": "天",
    "week": "周",
    "month": "个月",
    "quarter": "个季度",
    "half": "个半年",
    "year": "年",
}


def unit_of(book: Rulebook, name: str) -> str:
    """The unit of a measure or a 党组织 column, empty where nothing says it."""
    rule = book.measures.get(name)
    if rule is None:
        return _column_unit(book, name) or _by_ending(name)
    if rule.unit is not None:
        return rule.unit
    if rule.field is not None:
        return _column_unit(book, rule.field) or _by_ending(name)
    return _by_ending(name) or _by_form(rule)


def stem(name: str) -> str:
    """A measure's name without its word of counting: 补开补报次数 is 补开补报."""
    for ending, _ in _ENDINGS[:5]:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    counted = _OVERDUE.fullmatch(name) or _NUMBER.fullmatch(name)
    return counted[1] if counted else name


def _by_ending(name: str) -> str:
    named = next((unit for ending, unit in _ENDINGS if name.endswith(ending)), "")
    return named or ("个" if _NUMBER.fullmatch(name) else "")


def _by_form(rule: Measure) -> str:
    if rule.late is not None and rule.late.take != "rows":
        return _LATE[rule.late.unit]
    if rule.form == "count" or rule.late is not None:
        return _ROWS.get(rule.sheet or "", "个")
    if rule.form == "short":
        return "次"
    if rule.form == "longest_gap":
        return "天"
    if rule.values is not None:
        return "分"
    if rule.review is not None or rule.subordinates is not None or rule.group is not None:
        return _of_results(rule)
    return "个" if rule.form in ("missing", "distinct") else ""


def _of_results(rule: Measure) -> str:
    """A total counts in 分, a star in 星, how many there are in 个."""
    together = rule.subordinates or rule.group
    if together is not None and together.take in ("count", "share"):
        return "个" if together.take == "count" else ""
    below, earlier = rule.subordinates, rule.review
    result = earlier.of if earlier is not None else below.result if below is not None else None
    return "星" if result == "star" else "分" if result is not None else ""


def _column_unit(book: Rulebook, name: str) -> str:
    declared = book.columns.get(ORGANISATIONS, {}).get(name)
    if declared is not None:
        return declared.unit or ""
    sheet = STANDARD.sheet(ORGANISATIONS)
    column = sheet.column(name) if sheet is not None else None
    return (column.unit or "") if column is not None else ""
