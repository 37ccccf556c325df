"""刚性条款与可调内容: what lower layers may not loosen, what they may set, and who said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starrating.number import plain
from starrating.rulebook.bounds import Bounds
from starrating.rulebook.describe.model import Chapter, Row, Table
from starrating.rulebook.describe.words import points, span, star_word
from starrating.rulebook.model import Block, Rulebook

HEAD = ("内容", "下级可以怎么改", "规定机关")
WIDTHS = (90, 107, 60)
STRICT = "刚性：只能从严，不能从宽"


def layer_chapter(book: Rulebook) -> Chapter:
    """A row for each part that is locked or adjustable, or holds points left to lower layers."""
    rows = tuple(_rows(book))
    before = (_general(book),) if rows else ()
    return Chapter("刚性条款与可调内容", before, Table(HEAD, WIDTHS, rows) if rows else None)


def _general(book: Rulebook) -> str:
    if any(star.locked for star in book.stars):
        return "星级是刚性的，通向总分和星级的全部内容，下级都只能从严；写明可调的除外。"
    return "没有列在下表的内容，下级可以改动，但不得使刚性条款变松。"


def _rows(book: Rulebook) -> Iterator[Row]:
    by = {above.file: above.by for above in book.superiors}
    own = book.issued.by if book.issued is not None and book.issued.by else "本级"
    for name, block in _parts(book):
        said = "\n".join(_said(block))
        if said:
            yield Row((name, said, by.get(block.origin.file, own)))


def _said(block: Block) -> Iterator[str]:
    if getattr(block, "locked", False):
        yield STRICT
    adjustable: Mapping[str, Bounds] = getattr(block, "adjustable", {})
    for word, bounds in adjustable.items():
        yield f"{_word(word)}可调：{_bounds_word(bounds)}"
    left = getattr(block, "left", None)
    if left is not None:
        yield f"留给下级{points(left)}，可在本部分增加项目"


def _word(word: str) -> str:
    """What may be adjusted, in Chinese: the innermost word, which is the one that changes."""
    steps = word.split(".")
    numbers = [f"第{step}条" for step in steps if step.isdigit()]
    return "".join((*numbers, _WORDS.get(steps[-1], f"“{steps[-1]}”")))


_WORDS = {
    "deduct": "扣分", "add": "加分", "score": "定分", "points": "分值", "cap": "封顶",
    "floor": "最低分", "up_to": "最多扣（加）分", "every": "频次或每步", "at_least": "次数",
    "grace": "宽限", "below": "门槛（低于）", "above": "门槛（高于）", "from": "分数线或分档",
    "share": "名额比例", "number": "名额", "requires": "附加条件", "star_at_most": "封顶星级",
    "within": "期限", "title": "名称", "where": "范围", "if": "条件", "clauses": "条款",
    "applies_when": "适用条件", "not_applicable": "不适用时的算法", "subjects": "适用范围",
    "period": "考核周期", "total": "总分算式", "total_cap": "总分封顶", "raters": "打分以谁为准",
    "moves": "晋升限制", "checks": "没有记录的算法", "defaults": "通用约定", "stars": "星级",
    "weight": "折算比例", "scale_to": "折合分", "look_back": "追溯时间", "then": "处置",
}  # fmt: skip
_CHOICES = {"full": "给满分", "zero": "记零分", "leave_out": "不计入，按比例折算"}


def _bounds_word(bounds: Bounds) -> str:
    if bounds.numbers is not None:
        return "至".join(plain(end) for end in bounds.numbers)
    if bounds.spans is not None:
        return "至".join(span(end) for end in bounds.spans)
    return "、".join(_CHOICES.get(word, word) for word in bounds.words) or "由下级定"


def _parts(book: Rulebook) -> Iterator[tuple[str, Block]]:
    yield "本规则全部内容", book
    for section in book.sections:
        yield f"部分“{section.title}”", section
        for item in section.items:
            yield f"项目 {item.id} {item.title}", item
            for number, clause in item.every_clause():
                yield f"项目 {item.id} 第{number}条", clause
    for star in book.bands():
        yield star_word(star.star, star.name), star
    for judgement in book.judgements:
        yield f"限制情形 {judgement.id} {judgement.title or ''}".strip(), judgement
    for name, measure in book.measures.items():
        yield f"指标“{name}”", measure
