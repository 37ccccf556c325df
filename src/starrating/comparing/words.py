"""A comparison in words: lines for a screen, and the cells of the sheets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from starrating.comparing.model import (
    KIND_WORDS,
    KINDS,
    Cause,
    Change,
    Comparison,
    ItemChange,
    Side,
    Stand,
)
from starrating.report.words import STATES, decided_word, range_word, star_range, star_word

_ITEMS_SHOWN = 6


def text_of(found: Comparison) -> str:
    """The whole comparison as lines, in Chinese."""
    lines = ["旧  " + side_word(found.old), "新  " + side_word(found.new), "", *summary(found)]
    for change in found.changes:
        lines += ["", *_change(change)]
    return "\n".join(lines)


def side_word(side: Side) -> str:
    """One archive: title, rulebooks, cut-off, result number."""
    books = "、".join(side.rulebooks)
    return f"{side.name}：{side.title}，{books}，截止日 {side.cut_off}，结果编号 {side.number}"


def summary(found: Comparison) -> list[str]:
    """How many changed, and by what."""
    came = sum(each.before is None for each in found.changes)
    gone = sum(each.after is None for each in found.changes)
    changed = len(found.changes) - came - gone
    head = f"党组织 {found.subjects} 个：不变 {found.subjects - len(found.changes)}，变化 {changed}"
    head += "".join(
        f"，{word} {number}" for word, number in (("新增", came), ("不再有", gone)) if number
    )
    causes = "，".join(f"{KIND_WORDS[kind]} {found.counted(kind)} 个" for kind in KINDS)
    return [head, f"变化的原因（一个党组织可有几种）：{causes}"]


def _change(change: Change) -> Iterator[str]:
    yield f"{change.code} {change.name}（{change.rulebook}）  {change_word(change)}"
    for cause in change.causes:
        yield f"  {cause_head(cause)}：{cause_word(cause)}"
    if change.turned:
        told = "；".join(f"{cause_head(cause)} {cause_word(cause)}" for cause in change.turned)
        yield f"  换个次序（先换规则、再换数据）：{told}"


def change_word(change: Change) -> str:
    """Where an organisation stood and stands."""
    if change.before is None or change.after is None:
        stand = change.after or change.before
        assert stand is not None
        return f"{'新增' if change.before is None else '不再有'}：{stand_word(stand)}"
    return step_word(change.before, change.after, people=True)


def cause_head(cause: Cause) -> str:
    """The kind of a cause; 名额连带 says by what."""
    if cause.kind == "knock_on":
        return f"名额连带（因{KIND_WORDS[cause.step]}）"
    return KIND_WORDS[cause.kind]


def cause_word(cause: Cause) -> str:
    """What a step changed, and the items it changed."""
    told = step_word(cause.before, cause.after, people=cause.step == "people")
    items = [item_word(each) for each in cause.items]
    shown = "、".join(items[:_ITEMS_SHOWN])
    more = f" 等{len(items)}项" if len(items) > _ITEMS_SHOWN else ""
    return f"{told}；项目 {shown}{more}" if items else told


def step_word(before: Stand, after: Stand, *, people: bool) -> str:
    """From one stand to another: what is equal is said once."""
    parts = []
    if before.total != after.total:
        parts.append(f"总分 {total_word(before)}→{total_word(after)}")
    if _star(before) != _star(after):
        parts.append(f"星级 {_star(before)}→{_star(after)}")
    if people and _final(before) != _final(after):
        parts.append(f"最终 {_final(before)}→{_final(after)}")
    return "，".join(parts) or "状态变化"


def stand_word(stand: Stand) -> str:
    """Where an organisation stands."""
    return f"总分 {total_word(stand)}，星级 {_star(stand)}，最终 {_final(stand)}"


def total_word(stand: Stand) -> str:
    """The total, or both ends of it."""
    low, high = stand.total
    return _range(low, high)


def item_word(change: ItemChange) -> str:
    """One item: its score before and after."""
    then, now = (_range(*each) if each else "无" for each in (change.before, change.after))
    return f"{change.item} {change.title} {then}→{now}"


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return "无"
    return f"{low:f}" if low == high else range_word(low, high)


def _star(stand: Stand) -> str:
    if not stand.rated:
        return "不参评"
    low, high = stand.span
    span = "" if low == high else f"（{star_range(low, high)}，{STATES[stand.state]}）"
    return f"{star_word(stand.star)}{span}"


def _final(stand: Stand) -> str:
    return decided_word(stand.final) or "未定"
