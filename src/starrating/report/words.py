"""The words offices use, for everything a user reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

UNKNOWN = "______"
"""An office fact nobody gave: printed, never invented."""

STATES = {"determined": "已定", "provisional": "暂定", "undecided": "待定", "not_rated": "不参评"}
FLAG_STATES = {
    "possible": "待核（依据不足）",
    "proposed": "建议研究",
    "confirmed": "已认定",
    "rejected": "不予认定",
}
SCREENED = "软弱涣散"
"""The flag that is studied by 软弱涣散排查; all other flags are proposals of other kinds."""
LEVELS = {
    "fatal": "无法继续",
    "error": "错误（按未知处理）",
    "warning": "提醒",
    "hint": "疑点提示",
    "info": "说明",
}
KINDS = {
    "base": "起评分",
    "clause": "条款",
    "not_earned": "未得分",
    "not_applicable": "不适用",
    "clamp": "项目封顶保底",
    "leave_out": "剔除折算",
    "weight": "权重",
    "scale": "换算",
    "section_clamp": "部分封顶保底",
    "zeroed": "计零",
    "round": "取整",
    "band": "分数线",
    "requires": "附加条件",
    "cap": "星级封顶",
    "move": "逐级晋升",
    "quota": "名额",
    "tie": "并列待定",
    "flag": "标识",
    "decision": "审定",
}
_DIGITS = ("不定星", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_DASH = "–"
_CELL = re.compile(r"[A-Z]{1,3}\d+")


def star_word(star: int | None, names: Mapping[int, str | None] | None = None) -> str:
    """A star level as words: 五星, or the rulebook's own name for it; 0 is 不定星, None is empty."""
    if star is None:
        return ""
    if star == 0:
        return _DIGITS[0]
    own = (names or {}).get(star)
    return own or (f"{_DIGITS[star]}星" if star < len(_DIGITS) else f"{star}星")


def star_range(low: int | None, high: int | None) -> str:
    """The stars that are still possible: 三至四星; one word where only one is."""
    if low is None or high is None or low == high:
        return star_word(high if low is None else low)
    return f"{star_word(low).removesuffix('星') if low else _DIGITS[0]}至{star_word(high)}"


def decided_word(text: str | None, names: Mapping[int, str | None] | None = None) -> str:
    """A star level as people wrote it (`4`, 四星 …), a plain number in words."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) == 1):
        return text or ""
    return star_word(int(text), names)


def number_word(number: Decimal | int) -> str:
    """A number without needless zeros: 4.5, 10."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cells_word(sources: str | None) -> str | None:
    """Source cells for reading: `a.xlsx!表!B2; a.xlsx!表!B5` as `a.xlsx!表!B2、B5`.

    Parts that are not file!sheet!cell stay as they are.
    """
    if sources is None:
        return None
    words: list[str] = []
    place = ""
    for part in sources.split("; "):
        sheet, _, cell = part.rpartition("!")
        known = sheet if _CELL.fullmatch(cell) else ""
        if known and known == place:
            words[-1] += f"、{cell}"
        else:
            words.append(part)
        place = known
    return "；".join(words)


def range_word(low: Decimal, high: Decimal) -> str:
    """Both ends of an interval: 82–91."""
    return f"{number_word(low)}{_DASH}{number_word(high)}"
