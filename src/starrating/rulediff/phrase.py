"""From two wordings of one thing to a sentence that says what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 44
"""Letters that may stand between 由 and the end of what it became; more is quoted as a whole."""

_TOKEN = re.compile(
    r"(?:不少于|不超过|不低于|不高于|至少|少于|低于|高于|超过|多于|最多|最低|最高|不满|每低|每超过|第|前)?"
    r"[扣加得减计]?\d+(?:\.\d+)?"
    r"(?:个百分点|个工作日|个季度|个半年|个月|万元|%|分|次|个|天|日|周|年|星|名|人|项|件)?(?:以上（含）)?(?:的(?=，))?"
    r"|[A-Za-z]+|“[^”]*”|(?:最高|最低)?[一二三四五六七八九十]星|每[年月周]|每季度|每半年|.",
    re.DOTALL,
)


def became(old: str, new: str) -> str:
    """`党员大会每季度1次，每缺一个季度由扣2分改为扣3分`; 由“…”改为“…” where more has changed."""
    one, two = _TOKEN.findall(old), _TOKEN.findall(new)
    head = _shared(one, two)
    tail = _shared(one[head:][::-1], two[head:][::-1])
    before, after = one[head : len(one) - tail], two[head : len(two) - tail]
    said, now = "".join(before), "".join(after)
    whole = not (head or tail) or not said or not now or len(said) + len(now) > _LONGEST
    whole = whole or (not head and "，" in said + now)
    if whole or _broken(said) or _broken(now):
        return f"由“{old}”改为“{new}”"
    return f"{''.join(one[:head])}由{said}改为{now}{''.join(one[len(one) - tail :])}"


def _shared(one: Sequence[str], two: Sequence[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        count += 1
    return count


def _broken(text: str) -> bool:
    """Whether a piece begins or ends inside a bracket, or between two marks."""
    return text.count("（") != text.count("）") or text[:1] in "，；、。" or text[-1:] in "，；、。"
