"""What to say where the grammar stops: the place, what stands there, and what was likely meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook.expressions import RESERVED
from starrating.rulebook.suggest import nearest
from starrating.rulebook.syntaxcodes import SYNTAX, WORDS

_LENGTH = re.compile(r"\d+ (?:working|days?|weeks?|months?|quarters?|years?)$")
_UNITS = frozenset(("day", "days", "week", "weeks", "month", "months", "year", "years"))
_QUOTES = "'\"“”‘’"
_RESERVED_KINDS = ("_AND", "_OR", "_NOT", "_IN", "_IS", "_BLANK", "_INCLUDES", "TEXT_TEST", "TRUTH")
_KEYWORDS = sorted(word for word in RESERVED if word.isascii() and len(word) > 3)


def syntax_fault(error: Any, text: str, at: Callable[[int], Origin]) -> Fault:
    """The fault for an error of the lexer or parser on the (normalised) `text`."""
    token = getattr(error, "token", None)
    if token is None:
        return _bad_character(text, error.pos_in_stream, at)
    if token.type == "$END":
        end = len(text.rstrip())
        return SYNTAX.fault("R105", at(end), hint=_unfinished(text))
    before = text[: token.start_pos].rstrip()
    if token.type == "DURATION":
        return SYNTAX.fault("R113", at(token.start_pos), found=token)
    if number := _LENGTH.search(before + f" {token}"):
        return SYNTAX.fault("R113", at(number.start()), found=number[0])
    hint = _hint(str(token), token.type, before, error)
    return SYNTAX.fault("R104", at(token.start_pos), found=token, hint=hint)


def _bad_character(text: str, offset: int, at: Callable[[int], Origin]) -> Fault:
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


def _hint(found: str, kind: str, before: str, error: Any) -> str:
    """What was likely meant by `found`, which stands behind `before`."""
    if found in WORDS:
        return f"是否想写 {WORDS[found]}？"
    last = before.rsplit(maxsplit=1)[-1] if before else ""
    if last in WORDS:
        return f"“{last}”是否想写 {WORDS[last]}？"
    expected = error.accepts if getattr(error, "accepts", None) else error.expected
    if kind == "COMPARISON" and "_AND" in expected:
        return "一次只比较两项，写成 甲 <= x and x <= 乙"
    if kind == "COMPARISON" and last[-1:] in ("<", ">", "=", "!"):
        return "比较号写作 = != < <= > >="
    for word in (found, last):
        meant = nearest(word, _KEYWORDS) if word not in RESERVED | _UNITS else None
        if meant is not None:
            return f"“{word}”是否想写 {meant}？"
    if kind == "_CLOSE" and before.count("(") <= before.count(")"):
        return "多了右括号"
    if "NAME" in expected and kind in _RESERVED_KINDS:
        return f"“{found}”之前还应有内容；保留词不能作名称"
    if kind in ("NAME", "TEXT", "NUMBER", "TRUTH", "NAMED"):
        return "两项之间缺少运算符；含空格或标点的文字要加引号"
    return "检查此处的写法"
