"""A value of a rulebook as a sentence about a change quotes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from starrating.number import plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.bounds import Bounds
from starrating.rulebook.describe.conditions import formula, when
from starrating.rulebook.describe.judgements import limits, money, task_text
from starrating.rulebook.describe.stars import quota_text
from starrating.rulebook.describe.words import between, day_word, percent, points, span, unit
from starrating.rulebook.fields import Between, Every, Mean, Reach, Span
from starrating.rulebook.meaning import word as word_of
from starrating.rulebook.model import AtMost, Block, Duty, Effect, Rulebook
from starrating.rulediff.labels import label, value_word

_POINTS = frozenset(
    ("points", "cap", "floor", "total_cap", "total_floor", "scale_to", "otherwise", "up_to", "left",
     "score", "total", "deduct", "add")
)  # fmt: skip
_SHARES = frozenset(("weight", "share"))
_CONDITIONS = frozenset(
    ("where", "rated_when", "if", "requires", "applies_when", "unless", "share")
)
_CLOSED = frozenset(
    ("starts_at", "not_applicable", "kind", "unrecorded", "unrecorded_elements", "if_unknown",
     "partial", "highest", "take", "level", "order", "on_tie", "after_merger", "succeeds", "type",
     "blank", "date_kind", "no_rows", "severity", "hit", "unit", "star", "period")
)  # fmt: skip


def shown(book: Rulebook, block: type[Block], word: str, value: Any) -> str:
    """The value of a word of a block; a block inside as its words one after another."""
    match value:
        case None:
            return "没有规定"
        case bool():
            return "是" if value else "否"
        case Fraction():
            return _number(block, word, value)
        case int():
            return (
                f"{value}星"
                if word in ("star_at_most", "rise_at_most", "fall_at_most")
                else str(value)
            )
        case str():
            return value_word(word, value) if word in _CLOSED else value
        case date():
            return day_word(value)
        case _ if isinstance(value, ex.Expr):
            return when(book, value) if word in _CONDITIONS else formula(book, value)
        case _:
            return _made(book, block, word, value)


def _number(block: type[Block], word: str, value: Fraction) -> str:
    if word in _SHARES or (word == "at_least" and block.__name__ == "Lagging"):
        return percent(value)
    if word in _POINTS or (word == "from" and block.__name__ == "Star"):
        return points(value)
    return plain(value)


def _made(book: Rulebook, block: type[Block], word: str, value: Any) -> str:
    match value:
        case Span():
            return span(value)
        case Every():
            return unit(value)
        case Between():
            return between(value)
        case Bounds():
            return str(value).replace(" to ", "至") if value != Bounds() else "不限"
        case Reach(number=number, share=share):
            return percent(number) if share else points(number)
        case Block():
            return block_shown(book, value)
        case Mean(of=names):
            return f"{'、'.join(names)}的平均"
        case Mapping():
            inner = (f"{key}：{shown(book, block, word, each)}" for key, each in value.items())
            return "、".join(inner) or "没有"
        case _:
            return "、".join(shown(book, block, word, each) for each in value) or "没有"


def block_shown(book: Rulebook, block: Block) -> str:
    """A whole block in words: its own sentence where describe has one."""
    own = _OWN.get(type(block))
    return own(book, block) if own is not None else words_of(book, block)


def words_of(book: Rulebook, block: Block) -> str:
    """All that a block says, word after word, without what holds by default."""
    kind = type(block)
    said = []
    for name, info in kind.model_fields.items():
        value = getattr(block, name)
        default = info.get_default(call_default_factory=True)
        if name == "origin" or value is None or value == default:
            continue
        word = word_of(kind, name)
        said.append(f"{label(kind, word)}{shown(book, kind, word, value)}")
    return "，".join(said)


def effect_text(book: Rulebook, then: Effect) -> str:
    """What a judgement does, in one line."""
    said = list(limits(book, then))
    if then.flag is not None:
        about = f"（{then.case}）" if then.case is not None else ""
        said.append(f"列为{then.flag}{about}{money(book, then)}，供研究认定")
    if then.task is not None:
        said.append(task_text(then))
    return "；".join(said)


def duty_text(_book: Rulebook, duty: Duty) -> str:
    """What a duty asks for, in one line."""
    if duty.no_task:
        return "不列入整改任务"
    said = Effect.model_construct(
        task=duty.task, within=duty.within, owner=duty.owner, kind=duty.kind
    )
    return task_text(said)


_OWN: dict[type[Block], Callable[[Rulebook, Any], str]] = {
    AtMost: quota_text,
    Effect: effect_text,
    Duty: duty_text,
}
"""Blocks with a sentence of their own."""
