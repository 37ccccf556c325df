"""Names in expressions: each is known, and stands already where it is read."""

from __future__ import annotations

from collections.abc import Iterable

from starrating.faults import Fault
from starrating.rulebook import expressions as ex
from starrating.rulebook.canonical import show
from starrating.rulebook.checks._sheets import columns, organisation_columns, sheets
from starrating.rulebook.checks._uses import (
    BUILT_INS,
    Stand,
    Use,
    names_at,
    points,
    uses,
)
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Rulebook
from starrating.rulebook.stages import late_measures
from starrating.rulebook.suggest import did_you_mean

_AFTER_THE_STAR = "它读了总分、星级或得分，定星以后才有；只有 judgements、lagging 能读"


def unknown_names(book: Rulebook) -> list[Fault]:
    """R301, R306: every name in an expression is known, and stands already where it is read."""
    asked = points(book)
    found: list[Fault] = []
    for use in uses(book):
        known = names_at(book, use)
        texts = _compared(use.expr)
        for name in ex.names(use.expr):
            if name.name in known:
                continue
            if _later(book, name.name):
                hint = _why_later(book, use, name.name)
                found.append(
                    CHECK_CODES.fault(
                        "R306", name.origin, name=name.name, where=use.where, hint=hint
                    )
                )
                continue
            hint = _meant(book, name, known, asked, texts)
            found.append(
                CHECK_CODES.fault("R301", name.origin, name=name.name, where=use.where, hint=hint)
            )
    return found


def named_too_early(book: Rulebook) -> list[Fault]:
    """R306: measures that are named outside expressions stand before the star."""
    late = late_measures(book)
    named = [
        (name, star.at_most.origin, f"{star.star} 星名额的 on_tie")
        for star in book.stars
        if star.at_most is not None and not isinstance(star.at_most.on_tie, str)
        for name in star.at_most.on_tie
    ]
    named += [
        (item.variants.by, item.origin, f"项目 {item.id} 的 variants")
        for _, item in book.items()
        if item.variants is not None
    ]
    return [
        CHECK_CODES.fault("R306", origin, name=name, where=where, hint=_AFTER_THE_STAR)
        for name, origin, where in named
        if name in late
    ]


def titles_of_others(book: Rulebook) -> list[Fault]:
    """R355: a section's title is no other name that an expression may read."""
    others = dict.fromkeys(BUILT_INS, "内置的名称")
    others.update(dict.fromkeys(organisation_columns(book), "党组织表的列"))
    others.update(dict.fromkeys(book.measures, "指标"))
    return [
        CHECK_CODES.fault("R355", section.origin, title=section.title, other=others[section.title])
        for section in book.sections
        if section.title in others
    ]


def _later(book: Rulebook, name: str) -> bool:
    """Whether the name is known elsewhere in the review."""
    return (
        name in BUILT_INS
        or name in book.measures
        or any(section.title == name for section in book.sections)
    )


def _why_later(book: Rulebook, use: Use, name: str) -> str:
    if name in book.measures:
        if use.sheet is not None:
            return f"逐行的条件只能读{use.sheet}表和党组织表的列"
        if use.stand >= Stand.SUBJECT:
            return _AFTER_THE_STAR
        return "此时指标尚未计算，只能读党组织表的列"
    if name == "星级":
        return "星级到最后才定；可读 上年度星级"
    return "此时尚未计分"


def _compared(expr: ex.Expr) -> set[str]:
    """The names that stand where a text constant would: behind = or includes."""
    found = set()
    for node in ex.walk(expr):
        match node:
            case ex.Compare(op="=" | "!=", right=ex.Name(name=name)):
                found.add(name)
            case ex.Includes(text=ex.Name(name=name)):
                found.add(name)
    return found


def _meant(
    book: Rulebook, name: ex.Name, known: Iterable[str], asked: Iterable[str], texts: set[str]
) -> str:
    if name.name in asked:
        return f"检查项目前要写 found：found {name.name}"
    if name.name in book.lists:
        return f"清单前要写 lacking 或 present：lacking {name.name}"
    if name.name in texts:
        return did_you_mean(name.name, known, f"如果是文字，要加引号：'{name.name}'")
    for sheet in sheets(book):
        if name.name in (columns(book, sheet) or {}):
            return f"它是{sheet}表的列，此处不能直接读；先用 measures 汇总"
    return did_you_mean(name.name, known, "先在 measures 中声明，或核对党组织表的列名")


def unreadable_here(book: Rulebook) -> list[Fault]:
    """R306: flags and item scores are read only where they stand."""
    found = []
    for use in uses(book):
        for node in ex.walk(use.expr):
            if isinstance(node, ex.Flagged | ex.Confirmed | ex.Denied) and not use.flags:
                hint = "情形只能在 judgements、requires、unless、lagging 中读"
                found.append(
                    CHECK_CODES.fault(
                        "R306", node.origin, name=node.flag, where=use.where, hint=hint
                    )
                )
            elif isinstance(node, ex.ItemScore) and use.stand < Stand.TOTAL:
                found.append(
                    CHECK_CODES.fault(
                        "R306",
                        node.origin,
                        name=f"得分({node.item})",
                        where=use.where,
                        hint="此时尚未计分",
                    )
                )
            elif isinstance(node, ex.Found | ex.Present | ex.Lacking) and (
                use.sheet is not None or use.stand < Stand.SUBJECT
            ):
                found.append(
                    CHECK_CODES.fault(
                        "R306",
                        node.origin,
                        name=show(node),
                        where=use.where,
                        hint="检查结果在条款和判定中读",
                    )
                )
    return found
