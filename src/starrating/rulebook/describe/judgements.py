"""限制情形 and 排查情形: what judgements do beside the score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.conditions import formula, item_word, when
from starrating.rulebook.describe.model import Chapter, Row, Table
from starrating.rulebook.describe.words import points, span, star_word
from starrating.rulebook.model import Effect, Judgement, Rulebook
from starrating.rulebook.money import money_unit

LIMIT_HEAD = ("编号", "情形", "处理", "依据")
LIMIT_WIDTHS = (20, 88, 86, 63)
FLAG_HEAD = ("编号", "表现", "判断标准", "依据")
FLAG_WIDTHS = (20, 62, 112, 63)
_FOUND = "查实"


def limit_chapter(book: Rulebook) -> Chapter:
    """限制情形: judgements that act on points, stars or honours."""
    acting = [j for j in book.judgements if any(True for _ in limits(book, j.then))]
    rows = tuple(
        Row((j.id, case_text(book, j), "；".join(_effects(book, j.then)), j.basis or ""), j.id)
        for j in acting
    )
    if not rows:
        return Chapter("限制情形")
    return Chapter("限制情形", table=Table(LIMIT_HEAD, LIMIT_WIDTHS, rows, centred=(0,)))


def case_text(book: Rulebook, judgement: Judgement) -> str:
    """What a judgement asks, without the 的 behind it."""
    title = f"{judgement.title}：" if judgement.title is not None else ""
    return f"{title}{when(book, judgement.if_, _FOUND)}"


def _effects(book: Rulebook, then: Effect) -> Iterator[str]:
    yield from limits(book, then)
    if then.flag is not None:
        yield f"列为{then.flag}{_about(then)}{money(book, then)}，供研究认定"
    if then.task is not None:
        yield task_text(then)


def _about(then: Effect) -> str:
    return f"（{then.case}）" if then.case is not None else ""


def money(book: Rulebook, then: Effect) -> str:
    """The amount that goes with a flag."""
    if then.amount is None:
        return ""
    named = isinstance(then.amount, ex.Name)
    return f"，金额{formula(book, then.amount)}{'' if named else money_unit(book, then.amount)}"


def limits(book: Rulebook, then: Effect) -> Iterator[str]:
    """What a judgement does to points, stars and honours; one line for each word."""
    for word, said in LIMITS.items():
        if getattr(then, word) is not None:
            yield said(book, then)


def _score(book: Rulebook, then: Effect) -> str:
    item = item_word(book, then.item) if then.item is not None else ""
    return f"{item}不得分" if then.score == 0 else f"{item}得{points(then.score or Fraction(0))}"


LIMITS: dict[str, Callable[[Rulebook, Effect], str]] = {
    "score": _score,
    "total": lambda _book, then: f"总分记{points(then.total or Fraction(0))}",
    "star_at_most": lambda book, then: f"最高{_star(book, then.star_at_most or 0)}",
    "star": lambda _book, _then: "不予定星",
    "deny": lambda _book, then: f"取消{then.deny}",
}  # fmt: skip
"""word of `then` that limits → how it is said."""


def _star(book: Rulebook, star: int) -> str:
    name = next((each.name for each in book.stars if each.star == star), None)
    return star_word(star, name)


def task_text(then: Effect) -> str:
    """`30日内开展警示教育，责任人：镇党委（限期整改）`."""
    within = f"{span(then.within)}内" if then.within is not None else ""
    owner = f"，责任人：{then.owner}" if then.owner is not None else ""
    kind = f"（{then.kind}）" if then.kind is not None else ""
    return f"{within}{then.task or '完成整改'}{owner}{kind}"


# --- 排查 ---------------------------------------------------------------------------------------------


def flag_chapters(book: Rulebook) -> Iterator[Chapter]:
    """A chapter for each flag that judgements raise: 软弱涣散排查情形."""
    raised = [j for j in book.judgements if j.then.flag is not None]
    for flag in dict.fromkeys(j.then.flag or "" for j in raised):
        rows = tuple(
            Row((j.id, _shown_case(book, j), when(book, j.if_, _FOUND), j.basis or ""), j.id)
            for j in raised
            if j.then.flag == flag
        )
        table = Table(FLAG_HEAD, FLAG_WIDTHS, rows, centred=(0,))
        if all(j.then.amount is not None for j in raised if j.then.flag == flag):
            after = "以上金额只作为给党组织的建议，是否给予，由评定机关集体研究决定。"
            yield Chapter(f"{flag}金额", table=table, after=(after,))
            continue
        after = (
            f"符合以上情形的只作为排查建议，是否认定为{flag}，由评定机关调查核实、集体研究决定。"
        )
        yield Chapter(f"{flag}排查情形", table=table, after=(after,))


def _shown_case(book: Rulebook, judgement: Judgement) -> str:
    named = "：".join(filter(None, (judgement.title, judgement.then.case))) or "—"
    return f"{named}{money(book, judgement.then)}"
