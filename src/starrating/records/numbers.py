"""Numbers of cells: exact fractions of the value at 15 significant digits, never floats."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from starrating.limits import MAX_NUMBER
from starrating.number import exact
from starrating.records.raw import Raw
from starrating.records.text import tidy
from starrating.records.trouble import Trouble, shorten, trouble

COUNTS = frozenset(("应到", "实到", "请假", "票数", "党员数", "正式党员数", "党小组数"))
"""Columns whose numbers count people or votes: whole and not negative."""

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")
_LEADING_ZERO = re.compile(r"[+-]?0\d+(?:\.\d+)?%?")
_WITH_UNIT = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?\s*[^\d\s.,%+-]+")
_LONG = 15


def number_reader(name: str, factor: Fraction) -> Callable[[Raw], Fraction | Trouble | None]:
    """A reader for the number column `name`; what it reads is multiplied by `factor`."""
    counts = name in COUNTS

    def read(raw: Raw) -> Fraction | Trouble | None:
        number = read_number(raw)
        if not isinstance(number, Fraction):
            return number
        if counts and (number < 0 or number.denominator != 1):
            return trouble("D307", value=raw)
        if abs(number) >= MAX_NUMBER:
            return trouble("D320", value=raw)
        return number * factor if factor != 1 else number

    return read


def read_number(raw: Raw) -> Fraction | Trouble | None:
    """The number a cell of a number column holds; blank text is None."""
    if isinstance(raw, str):
        return _from_text(tidy(raw).replace("−", "-"))  # U+2212, which NFKC keeps
    if isinstance(raw, bool):
        return trouble("D304", value="是" if raw else "否")
    if isinstance(raw, int):
        return Fraction(raw)
    if isinstance(raw, float | Decimal):
        digits = fifteen_digits(raw)
        return trouble("D304", value=raw) if digits is None else Fraction(digits)
    if isinstance(raw, date):
        return trouble("D321", value=raw)
    return trouble("D304", value=raw)


def fifteen_digits(raw: float | Decimal) -> Decimal | None:
    """A cell's number at 15 significant digits; exact types keep theirs; None if not finite."""
    if isinstance(raw, float):
        number = Decimal(f"{raw:.15g}")
        return number if number.is_finite() else None
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() and abs(raw.adjusted()) < 400 else None
    return Decimal(raw)


def number_text(raw: float | Decimal) -> str | Trouble:
    """A number in a text column as plain text; more than 15 digits are already rounded."""
    number = fifteen_digits(raw)
    if number is None:
        return trouble("D304", value=raw)
    if number.adjusted() >= _LONG:
        return trouble("D310", value=_plain(number))
    return _plain(number)


def number_as_code(raw: float | Decimal) -> Trouble:
    """Why a number can not stand in a column of codes: a zero or digits may be lost."""
    number = fifteen_digits(raw)
    if number is None:
        return trouble("D304", value=raw)
    if number.adjusted() >= _LONG:
        return trouble("D310", value=_plain(number))
    whole = number == number.to_integral_value()
    return trouble("D308" if whole else "D309", value=_plain(number))


def _plain(number: Decimal) -> str:
    """`number` without exponent and without zeros at the end of its decimals."""
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    return f"{number:f}".rstrip("0")


def _from_text(text: str) -> Fraction | Trouble | None:
    if not text:
        return None
    if _LEADING_ZERO.fullmatch(text):
        return trouble("D306", value=text)
    number = exact(text.replace(",", "") if _GROUPED.fullmatch(text) else text)
    if number is not None:
        return number
    return trouble("D305" if _WITH_UNIT.fullmatch(text) else "D304", value=shorten(text))


def shown(raw: date | time | timedelta) -> str:
    """A date or time cell as text, for text columns: midnight is left out."""
    return str(raw).removesuffix(" 00:00:00")
