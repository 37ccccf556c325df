"""What to say where the grammar stops: the place, what stands there, and what was likely meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook.expressions import RESERVED
from starrating.rulebook.suggest import nearest
from starrating.rulebook.syntaxcodes import SYNTAX, WORDS
from starrating.rulebook.tokens import Token, duration_at

_LENGTH = re.compile(r"\d+ (?:working|days?|weeks?|months?|quarters?|years?)$")
_UNITS = frozenset(("day", "days", "week", "weeks", "month", "months", "year", "years"))
_QUOTES = "'\"“”‘’"
_RESERVED_KINDS = ("word", "test", "truth")
_KEYWORDS = sorted(word for word in RESERVED if word.isascii() and len(word) > 3)


class Stopped(Exception):
    """`token` cannot stand where it does.

    `operand` says that something with a value should stand there, `joint` that a condition could
    end there and go on with `and`.
    """

    def __init__(self, token: Token, *, operand: bool, joint: bool) -> None:
        super().__init__(token)
        self.token, self.operand, self.joint = token, operand, joint


def syntax_fault(stopped: Stopped, text: str, at: Callable[[int], Origin]) -> Fault:
    """The fault for a token that cannot stand where it does in the (normalised) `text`."""
    token = stopped.token
    if token.kind == "end":
        end = len(text.rstrip())
        return SYNTAX.fault("R105", at(end), hint=_unfinished(text))
    before = text[: token.start].rstrip()
    if length := duration_at(text, token.start):
        return SYNTAX.fault("R113", at(length.start), found=length.text)
    if number := _LENGTH.search(before + f" {token.text}"):
        return SYNTAX.fault("R113", at(number.start()), found=number[0])
    hint = _hint(token, before, stopped)
    return SYNTAX.fault("R104", at(token.start), found=token.text, hint=hint)


def bad_character(text: str, offset: int, at: Callable[[int], Origin]) -> Fault:
    """The fault for a sign that nothing of the language begins with."""
    sign = text[offset]
    if sign in _QUOTES:
        return SYNTAX.fault("R112", at(offset))
    word = text[offset:].split(maxsplit=1)[0]
    if sign.isdecimal():
        hint = "名称不能以数字开头；文字要加引号，数和单位之间不写汉字"
    else:
        meant = WORDS.get(word[:2], WORDS.get(sign))
        hint = f"是否想写 {meant}？" if meant else "名称只用文字、数字和下划线；文字要加引号"
    return SYNTAX.fault("R103", at(offset), found=word if sign.isdecimal() else sign, hint=hint)


def _unfinished(text: str) -> str:
    if text.count("(") > text.count(")"):
        return "缺少右括号；写在花括号里又含逗号的，整条要加引号"
    last = text.rsplit(maxsplit=1)[-1]
    return f"“{last}”之后还应有内容"


def _hint(token: Token, before: str, stopped: Stopped) -> str:
    """What was likely meant by `token`, which stands behind `before`."""
    found = token.text
    if found in WORDS:
        return f"是否想写 {WORDS[found]}？"
    last = before.rsplit(maxsplit=1)[-1] if before else ""
    if last in WORDS:
        return f"“{last}”是否想写 {WORDS[last]}？"
    if token.kind == "comparison" and stopped.joint:
        return "一次只比较两项，写成 甲 <= x and x <= 乙"
    if token.kind == "comparison" and last[-1:] in ("<", ">", "=", "!"):
        return "比较号写作 = != < <= > >="
    for word in (found, last):
        meant = nearest(word, _KEYWORDS) if word not in RESERVED | _UNITS else None
        if meant is not None:
            return f"“{word}”是否想写 {meant}？"
    if found == ")" and before.count("(") <= before.count(")"):
        return "多了右括号"
    if stopped.operand and token.kind in _RESERVED_KINDS:
        return f"“{found}”之前还应有内容；保留词不能作名称"
    if token.kind in ("name", "text", "number", "truth", "named"):
        return "两项之间缺少运算符；含空格或标点的文字要加引号"
    return "检查此处的写法"
