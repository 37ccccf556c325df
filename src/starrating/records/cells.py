"""One cell: from what the file holds to a typed value, or the reason why it can not be read.

A reader is made once a column and remembers the texts it has
read, since columns repeat themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from starrating.limits import MAX_CELL_TEXT
from starrating.records.dates import read_date
from starrating.records.model import Answer, AnswerCell, Cell
from starrating.records.near import near
from starrating.records.numbers import number_as_code, number_reader, number_text, shown
from starrating.records.raw import Broken, Raw
from starrating.records.text import tidy
from starrating.records.trouble import Trouble, trouble
from starrating.schema import Blank, Column, ColumnType

Reader = Callable[[Raw], Cell | Trouble]
"""Reads one raw cell; blank is None."""

YES = frozenset(("是", "有", "√", "✓", "✔", "☑", "对", "1", "yes", "y", "true"))
NO = frozenset(("否", "无", "×", "✗", "✘", "☒", "x", "错", "没有", "0", "no", "n", "false"))
NOT_APPLICABLE = frozenset(("不适用", "n/a", "na"))
DASHES = frozenset(("-", "--", "—", "——", "―", "/", "\\"))
"""What staff draw through a cell that has nothing to hold: blank."""
NOTHINGS = DASHES | {"无", "暂无", "没有"}
"""The same, in columns where blank means that the fact does not exist."""

ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
"""Error values as csv files keep them."""

_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
ONE = Fraction(1)
_REMEMBERED = frozenset((str, int))
"""Types of raw cells that repeat, and of which no two equal ones mean different things."""


def reader(column: Column, factor: Fraction = ONE) -> Reader:
    """The reader of a column's cells; numbers are multiplied by `factor` (units)."""
    read = _KINDS[column.type](column, factor)
    blanks = _blanks(column)
    seen: dict[Raw, Cell | Trouble] = {}

    def read_text(raw: str) -> Cell | Trouble:
        if len(raw) > MAX_CELL_TEXT:
            return trouble("D318", limit=MAX_CELL_TEXT)
        text = tidy(raw)
        if text.startswith("#") and text.upper() in ERRORS:
            return trouble("D303", value=text)
        return None if text in blanks else read(raw)

    def read_new(raw: Raw) -> Cell | Trouble:
        if isinstance(raw, str):
            return read_text(raw)
        if isinstance(raw, Broken):
            return trouble("D303", value=raw.error) if raw.error else trouble("D302")
        return read(raw)

    def read_any(raw: Raw) -> Cell | Trouble:
        if raw is None:
            return None
        if type(raw) not in _REMEMBERED:
            return read_new(raw)
        if raw not in seen:
            seen[raw] = read_new(raw)
        return seen[raw]

    return read_any


def as_they_stand(column: Column, words: Sequence[str]) -> bool:
    """Whether each of these texts is, as it stands, what the reader makes of it: told of all at once
    where they are plain letters and digits."""
    if column.type not in {ColumnType.TEXT, ColumnType.CODE} or column.choices:
        return False
    whole = "".join(words)
    if not whole.isascii() or whole.split() != [whole] or "#" in whole or "+" in whole:
        return False
    return _blanks(column).isdisjoint(words) and max(map(len, words)) <= MAX_CELL_TEXT


def _blanks(column: Column) -> frozenset[str]:
    if column.free_text:
        return frozenset(("",))
    if column.blank is Blank.NONE and column.type in {ColumnType.TEXT, ColumnType.DATE}:
        return NOTHINGS | {""}
    return DASHES | {""}


def _text_reader(column: Column, _: Fraction) -> Reader:
    choices = frozenset(column.choices)

    def read(raw: Raw) -> Cell | Trouble:
        text = _as_text(raw)
        if choices and isinstance(text, str) and text not in choices:
            return trouble(
                "D317", value=text, near=near(text, choices), choices="、".join(column.choices)
            )
        return text

    return read


def _as_text(raw: Raw) -> str | Trouble:
    if isinstance(raw, str):
        return tidy(raw)
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float | Decimal):
        return number_text(raw)
    if isinstance(raw, date | time | timedelta):
        return shown(raw)
    return ""


def _code_reader(_: Column, __: Fraction) -> Reader:
    def read(raw: Raw) -> Cell | Trouble:
        if isinstance(raw, str):
            text = tidy(raw)
            return trouble("D310", value=text) if _EXPONENT.fullmatch(text) else text
        if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
            return number_as_code(raw)
        return trouble("D321", value=_as_text(raw))

    return read


def _truth_reader(_: Column, __: Fraction) -> Reader:
    def read(raw: Raw) -> Cell | Trouble:
        meaning = _meaning(raw)
        if meaning in (Answer.YES, Answer.NO):
            return meaning is Answer.YES
        return trouble("D316", value=_word(raw))

    return read


def _answer_reader(_: Column, __: Fraction) -> Reader:
    def read(raw: Raw) -> Cell | Trouble:
        word = _as_text(raw)
        if isinstance(raw, date | time | timedelta):
            return trouble("D321", value=word)
        return word if isinstance(word, Trouble) else AnswerCell(_meaning(raw), word)

    return read


def answer(word: str) -> AnswerCell:
    """An inspector's answer by its word as read: one word has one meaning."""
    return AnswerCell(_meaning(word), word)


def _meaning(raw: Raw) -> Answer | None:
    """Yes, no or not applicable, if the cell says one of them."""
    word = _word(raw).lower()
    if word in YES:
        return Answer.YES
    if word in NO:
        return Answer.NO
    return Answer.NOT_APPLICABLE if word in NOT_APPLICABLE else None


def _word(raw: Raw) -> str:
    word = _as_text(raw)
    return str(raw) if isinstance(word, Trouble) else word


_KINDS: dict[ColumnType, Callable[[Column, Fraction], Reader]] = {
    ColumnType.TEXT: _text_reader,
    ColumnType.CODE: _code_reader,
    ColumnType.NUMBER: lambda column, factor: number_reader(column.name, factor),
    ColumnType.DATE: lambda _, __: read_date,
    ColumnType.TRUTH: _truth_reader,
    ColumnType.ANSWER: _answer_reader,
}
