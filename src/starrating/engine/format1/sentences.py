"""Message codes of format 1 and their sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Detail = Mapping[str, str | list[str]]


def render(message: str, detail: Detail) -> str:
    """The sentence of a message code; an unknown code is a programming error."""
    return CODES_OF_FORMAT1[message](detail)


def _word(detail: Detail, key: str) -> str:
    value = detail.get(key, "")
    return "、".join(value) if isinstance(value, list) else value


def _tail(detail: Detail) -> str:
    """What follows every arithmetic sentence: what lacks, what was not counted, what is open."""
    parts = []
    if lacking := _word(detail, "lacking"):
        parts.append(f"缺：{lacking}")
    if unknown := _word(detail, "unknown"):
        parts.append(f"待查：{unknown}")
    if high := _word(detail, "high"):
        parts.append(f"暂按从低计，查清后此处可为{high}分")
    if skipped := _word(detail, "not_counted"):
        parts.append(f"未计入：{skipped}")
    return "".join(f"；{part}" for part in parts)


def _base(detail: Detail) -> str:
    return f"满分{_word(detail, 'points')}分"


def _not_earned(detail: Detail) -> str:
    label, start = _word(detail, "label"), _word(detail, "start")
    head = f"{label}，得{start}分" if label else f"从{start}分起，符合条件才得分"
    return f"{head}（与满分相差{_word(detail, 'less')}分）{_tail(detail)}"


def _worth(detail: Detail) -> str:
    quantity, amount = _word(detail, "quantity"), _word(detail, "amount")
    if quantity and amount:
        return f"{quantity}×{amount}分，"
    return ""


def _head(detail: Detail) -> str:
    label, when = _word(detail, "label"), _word(detail, "if")
    if label and when:
        return f"{label}（{when}）："
    return f"{label or when}：" if label or when else ""


def _deduct(detail: Detail) -> str:
    return f"{_head(detail)}{_worth(detail)}扣{_word(detail, 'less')}分{_tail(detail)}"


def _add(detail: Detail) -> str:
    return f"{_head(detail)}{_worth(detail)}得{_word(detail, 'more')}分{_tail(detail)}"


def _zero(detail: Detail) -> str:
    return f"{_head(detail)}不得分，本项其他条款不再计算{_tail(detail)}"


def _stopped(detail: Detail) -> str:
    return f"{_head(detail)}本项已不得分，此条不再计算"


def _loser(detail: Detail) -> str:
    return f"{_head(detail)}几种情形只取一种，此条不另计{_tail(detail)}"


def _set_aside(detail: Detail) -> str:
    return f"{_head(detail)}经异议复核不计：{_word(detail, 'reason') or '结论为调整'}"


def _not_applicable(detail: Detail) -> str:
    how = {"full": "不适用，给满分", "zero": "不适用，计0分", "leave_out": "不适用，不计入本部分"}
    return how[_word(detail, "policy")]


def _clamp(detail: Detail) -> str:
    if _word(detail, "bound") == "floor":
        return (
            f"扣完为止，最低{_word(detail, 'limit')}分，多扣部分不计（+{_word(detail, 'more')}分）"
        )
    return f"最高{_word(detail, 'limit')}分，超出部分不计（-{_word(detail, 'less')}分）"


def _leave_out(detail: Detail) -> str:
    return f"{_word(detail, 'section')}有不适用项目，按适用部分折算（{_word(detail, 'change')}分）"


def _weight(detail: Detail) -> str:
    return f"{_word(detail, 'section') or '总分'}按规则加权合成（{_word(detail, 'change')}分）"


def _scale(detail: Detail) -> str:
    return f"{_word(detail, 'section')}折算为{_word(detail, 'limit')}分制（{_word(detail, 'change')}分）"


def _section_base(detail: Detail) -> str:
    return f"{_word(detail, 'section')}起评{_word(detail, 'points')}分"


def _section_clamp(detail: Detail) -> str:
    return f"{_word(detail, 'section')}限额，调整{_word(detail, 'change')}分"


def _total_clamp(detail: Detail) -> str:
    return f"总分限额，调整{_word(detail, 'change')}分"


def _zeroed(detail: Detail) -> str:
    what = "本项" if _word(detail, "item") else "总分"
    unsure = "（如查实或认定）" if _word(detail, "high") else ""
    return f"限制情形{_word(detail, 'judgement')}：{what}计0分{unsure}"


def _round(detail: Detail) -> str:
    return f"总分四舍五入到{_word(detail, 'decimals')}位小数（{_word(detail, 'change')}分）"


def _star(text: str) -> str:
    words = "零一二三四五六七八九十"
    return "不定星" if text in ("0", "") else f"{words[int(text)] if int(text) <= 10 else text}星"


def _band(detail: Detail) -> str:
    to = _word(detail, "to")
    edge = f"（{_word(detail, 'edge')}分起）" if _word(detail, "edge") else ""
    if to in ("0", ""):
        return f"总分{_word(detail, 'total')}分，未达到最低分数线"
    return f"总分{_word(detail, 'total')}分，达到{_star(to)}分数线{edge}"


def _requires(detail: Detail) -> str:
    return f"不满足{_star(_word(detail, 'from'))}的附加条件，降为{_star(_word(detail, 'to'))}"


_LAST = {"none": "没有上年星级", "not_rated": "上年未参评", "unknown": "上年星级不明"}


def _move(detail: Detail) -> str:
    word = _word(detail, "last")
    last = _LAST.get(word) or f"上年{_star(word)}"
    start, to = _star(_word(detail, "from")), _star(_word(detail, "to"))
    limit = _word(detail, "limit")
    if limit == "none":
        return f"{last}，不受升降幅度限制"
    if limit == "unless":
        return "符合例外条件，不受升降幅度限制"
    way = "最多升" if limit == "rise" else "最多降"
    return f"{last}，{way}{_word(detail, 'at_most')}星：{start}调为{to}"


def _cap(detail: Detail) -> str:
    by = _word(detail, "judgements")
    return f"星级封顶{_star(_word(detail, 'cap'))}" + (f"（{by}）" if by else "")


def _forbid(detail: Detail) -> str:
    by = _word(detail, "judgements")
    return "不定星" + (f"（{by}）" if by else "")


def _group(detail: Detail) -> str:
    group = _word(detail, "group")
    return f"{group}" if group else "全部参评单位"


def _quota(detail: Detail) -> str:
    start, to = _word(detail, "from"), _word(detail, "to")
    head = f"{_group(detail)}{_star(_word(detail, 'star'))}名额{_word(detail, 'seats')}个"
    if _word(detail, "applied") == "false":
        return f"{head}，属上级名额，本级不控制，列为推荐"
    if start == to:
        return f"{head}，在名额之内"
    return f"{head}，名次在名额之外，由{_star(start)}调为{_star(to)}"


def _tie(detail: Detail) -> str:
    return (
        f"{_group(detail)}{_star(_word(detail, 'star'))}名额{_word(detail, 'seats')}个，"
        f"余{_word(detail, 'open_seats') or '0'}个名额，与 {_word(detail, 'tied')} 并列，"
        f"由评定机关研究决定；暂列{_star(_word(detail, 'to'))}"
    )


def _flag(detail: Detail) -> str:
    state = {
        "possible": "可能符合，证据不全",
        "proposed": "提出建议，待研究",
        "confirmed": "已认定",
        "rejected": "经研究不认定",
    }[_word(detail, "state")]
    return f"{_word(detail, 'flag')}（{_word(detail, 'case')}）：{state}{_tail(detail)}"


def _deny(detail: Detail) -> str:
    return f"{_word(detail, 'judgement')}：取消{_word(detail, 'honour')}"


def _decision(detail: Detail) -> str:
    by = "，".join(
        part
        for part in (_word(detail, "authority"), _word(detail, "document"), _word(detail, "date"))
        if part
    )
    tail = f"（{by}）" if by else ""
    return (
        f"审定{_word(detail, 'matter')}为{_word(detail, 'result')}：{_word(detail, 'reason')}{tail}"
    )


def _pending_effect(detail: Detail) -> str:
    return f"如认定{_word(detail, 'flag')}，{_word(detail, 'effect')}"


CODES_OF_FORMAT1: Mapping[str, Callable[[Detail], str]] = {
    "F101": _base,
    "F102": _not_earned,
    "F111": _deduct,
    "F112": _add,
    "F113": _zero,
    "F114": _stopped,
    "F115": _loser,
    "F116": _set_aside,
    "F121": _not_applicable,
    "F122": _clamp,
    "F123": _zeroed,
    "F131": _leave_out,
    "F132": _weight,
    "F133": _scale,
    "F134": _section_base,
    "F135": _section_clamp,
    "F136": _total_clamp,
    "F137": _round,
    "F201": _band,
    "F202": _requires,
    "F203": _move,
    "F204": _cap,
    "F205": _forbid,
    "F206": _quota,
    "F207": _tie,
    "F211": _flag,
    "F212": _deny,
    "F213": _pending_effect,
    "F221": _decision,
}
