"""The one way to make a number from text, and the one way to round."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from starrating.limits import MAX_DECIMALS, MAX_LITERAL

DIVIDED = 4
"""Decimals to which something divided is rounded when it becomes points (step 8)."""

MAX_PLACES = 18
"""Decimals beyond which a number is not written out."""

_NUMBER = re.compile(r"[+-]?\d{1,24}(?:\.\d{1,24})?")


def exact(text: str) -> Fraction | None:
    """The exact number that `text` writes in plain decimal notation, or None.

    A trailing `%` divides by a hundred; thousands separators are not accepted here.
    """
    percent = text.endswith("%")
    body = text[:-1].rstrip() if percent else text
    if not _NUMBER.fullmatch(body):
        return None
    number = Fraction(Decimal(body))
    return number / 100 if percent else number


def literal(text: str) -> Fraction | None:
    """A number written in a rulebook: like `exact`, within 4 decimals and 10⁹ (step 8)."""
    number = exact(text)
    if number is None or abs(number) > MAX_LITERAL:
        return None
    scaled = number * 10**MAX_DECIMALS * (100 if text.endswith("%") else 1)
    return number if scaled.denominator == 1 else None


def added(numbers: Iterable[Fraction]) -> Fraction:
    """The sum, over one denominator that all share: it is reduced once, not at every step."""
    top, bottom = 0, 1
    for number in numbers:
        own, under = number.as_integer_ratio()
        if under != bottom:
            common = lcm(bottom, under)
            top, own, bottom = top * (common // bottom), own * (common // under), common
        top += own
    return Fraction(top, bottom)


def round_half_up(number: Fraction, decimals: int) -> Fraction:
    """`number` rounded half away from zero to `decimals` places (semantics.md step 8)."""
    if 10**decimals % number.denominator == 0:
        return number
    scaled = abs(number) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if number >= 0 else -whole, 10**decimals)


def to_decimal(number: Fraction, decimals: int | None = None) -> Decimal:
    """`number` as a Decimal: with exactly `decimals` places, or as few as write it exactly.

    A number that has no finite decimal form is an error of the caller (round it first).
    """
    if decimals is None and number.denominator == 1:
        return Decimal(number.numerator)
    places = _places(number) if decimals is None else decimals
    whole, rest = divmod(number.numerator * 10**places, number.denominator)
    if rest:
        raise ValueError(f"{number} is not exact at {places} decimals")
    return Decimal(whole).scaleb(-places)


def _places(number: Fraction) -> int:
    """How few decimals write the number exactly."""
    places = _places_over(number.denominator)
    if places is None:
        raise ValueError(f"{number} has no short decimal form")
    return places


@lru_cache(maxsize=1024)
def _places_over(denominator: int) -> int | None:
    """How few decimals write numbers over a denominator: it is 2ᵃ5ᵇ, and max(a, b) ≤ 18."""
    rest, most = denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        most = max(most, count)
    return most if rest == 1 and most <= MAX_PLACES else None


def plain(number: Fraction, decimals: int | None = None) -> str:
    """`number` as plain decimal text; ratios without a finite form are rounded to 4 places."""
    if decimals is None and number.denominator == 1:
        return str(number.numerator)
    if decimals is None and _endless(number):
        number = round_half_up(number, 4)
    return f"{to_decimal(number, decimals):f}"


def _endless(number: Fraction) -> bool:
    places = _places_over(number.denominator)
    return places is None or places > DIVIDED_SHOWN


DIVIDED_SHOWN = 12
"""Decimals beyond which a number is shown rounded."""
