"""Conditions and formulas of a rulebook, with its own names, units and lists put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from starrating.number import plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import condition, say
from starrating.rulebook.describe.units import is_fraction, stem, unit_of
from starrating.rulebook.describe.words import percent
from starrating.rulebook.model import Rulebook
from starrating.schema import ORGANISATIONS, STANDARD

_COUNTS = frozenset(("count", "distinct", "missing", "short", "late"))
_SCORES = frozenset(("总分", "星级", "上年度星级"))
_HOW_MANY = {"<": "少于", ">=": "不少于", ">": "多于", "<=": "不超过", "=": "为", "!=": "不为"}
_HOW_MUCH = {"<": "低于", ">=": "不低于", ">": "高于", "<=": "不高于", "=": "为", "!=": "不为"}
_SOME, _NONE = frozenset((">0", ">=1")), frozenset(("=0", "<=0", "<1"))
_ALREADY = ("有", "受", "获", "被", "查实")


def when(book: Rulebook, expr: ex.Expr, found: str = "") -> str:
    """A condition, without the 的 behind it: 正式党员数不少于7，且未设支委会.

    `found` stands before each check point that it asks for: 有 where finding it is a merit,
    查实 where it is not.
    """

    def worded(node: ex.Expr) -> ex.Expr:
        if isinstance(node, ex.Found) and not node.point.startswith(_ALREADY):
            return ex.Found(f"{found}{node.point}")
        return _worded(book, node)

    return condition(rebuilt(expr, worded))


def formula(book: Rulebook, expr: ex.Expr) -> str:
    """A formula: （基础－减分）×70%＋评议×30%."""
    return say(rebuilt(expr, lambda node: _share(_worded(book, node))))


def figure(book: Rulebook, of: ex.Expr, value: Fraction) -> str:
    """A number that is compared with `of`, in its unit: 70%, 100万元, 4次, 90."""
    if isinstance(of, ex.Name):
        rule = book.measures.get(of.name)
        if is_fraction(rule):
            return percent(value)
        if rule is not None and rule.form == "rank":
            return f"第{plain(value)}名"
        return f"{plain(value)}{unit_of(book, of.name)}"
    return f"{plain(value)}{'分' if isinstance(of, ex.ItemScore) else ''}"


def rebuilt(expr: ex.Expr, change: Callable[[ex.Expr], ex.Expr]) -> ex.Expr:
    """The tree with `change` at every node from above; a node that it changes is left as it is."""
    changed = change(expr)
    if changed is not expr:
        return changed
    parts: dict[str, Any] = {}
    for name in (field.name for field in fields(expr) if field.name != "origin"):
        value = getattr(expr, name)
        if isinstance(value, ex.Expr):
            parts[name] = rebuilt(value, change)
        elif isinstance(value, tuple):
            parts[name] = tuple(rebuilt(each, change) for each in value)
    return replace(expr, **parts) if parts else expr


# --- single nodes -----------------------------------------------------------------------------------


def _worded(book: Rulebook, node: ex.Expr) -> ex.Expr:
    """A node as the rulebook's readers would say it, or the node itself."""
    match node:
        case ex.Compare(op=op, left=left, right=ex.Num(value=value)):
            return _compared(book, left, op, value)
        case ex.In(options=(ex.Text(value=name, bare=True),)) if name in book.lists:
            listed = tuple(ex.Text(entry) for entry in book.lists[name])
            return ex.In(node.of, listed, node.negated)
        case ex.Lacking(list=name) | ex.Present(list=name):
            word = "缺" if isinstance(node, ex.Lacking) else "具备"
            return ex.Name(f"{listed_word(book, name)}{word}的项数")
        case ex.ItemScore(item=item):
            return ex.Name(f"{item_word(book, item)}得分")
        case ex.Name(name=name) if name in _titles(book):
            return ex.Name(f"“{name}”得分")
        case _:
            return node


def _compared(book: Rulebook, left: ex.Expr, op: str, value: Fraction) -> ex.Expr:
    """A comparison with a number: 出现群体性事件, 到会率低于70%, 正式党员数不少于7."""
    told = left.name if isinstance(left, ex.Name) else ""
    rule = book.measures.get(told)
    if rule is not None and rule.form in _COUNTS:
        if f"{op}{value}" in _SOME:
            return ex.Name(f"出现{stem(told)}")
        if f"{op}{value}" in _NONE:
            return ex.Name(f"没有{stem(told)}")
    shown = figure(book, left, value)
    if told in _SCORES or told in _titles(book):
        shown = f"{plain(value)}{'星' if told.endswith('星级') else '分'}"
    many = told in _columns(book) or (rule is not None and rule.form in _COUNTS)
    word = (_HOW_MANY if many else _HOW_MUCH)[op]
    return ex.Name(f"{say(rebuilt(left, lambda node: _worded(book, node)))}{word}{shown}")


def _titles(book: Rulebook) -> frozenset[str]:
    return frozenset(section.title for section in book.sections)


def _columns(book: Rulebook) -> frozenset[str]:
    sheet = STANDARD.sheet(ORGANISATIONS)
    own = book.columns.get(ORGANISATIONS, {})
    return frozenset(own) | frozenset(c.name for c in (sheet.columns if sheet is not None else ()))


def _share(node: ex.Expr) -> ex.Expr:
    """A factor below one as a percentage."""
    if isinstance(node, ex.Num) and 0 < node.value < 1:
        return ex.Name(percent(node.value))
    return node


def listed_word(book: Rulebook, name: str) -> str:
    """A named list with its elements: 五统一（标识、门牌、公开栏）."""
    return f"{name}（{'、'.join(book.lists.get(name, ()))}）"


def item_word(book: Rulebook, item: str) -> str:
    """An item by its title and number: “会议记录”（2.8）."""
    title = next((each.title for _, each in book.items() if each.id == item), "")
    return f"“{title}”（{item}）" if title else item
