"""How far a lower layer may change something: the bounds of `adjustable:`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from pydantic_core import PydanticCustomError

from starrating.number import plain
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import (
    Between,
    ReadBy,
    Span,
    place,
    refuse,
    to_amount,
    to_span,
    to_text,
)
from starrating.yamltext import Scalar

ANY = "any"
_TO = re.compile(r"\s+to\s+")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What values are allowed: between two numbers, two lengths of one unit, one of some words,
    or any at all (all three empty)."""

    numbers: tuple[Fraction, Fraction] | None = None
    spans: tuple[Span, Span] | None = None
    words: tuple[str, ...] = ()

    def allow(self, value: object) -> bool:
        """Whether a value as written in a file (`yamltext.Data`) lies within."""
        if self.numbers is not None:
            ends = _ends(value)
            return all(self.numbers[0] <= end <= self.numbers[1] for end in ends) and bool(ends)
        if self.spans is not None:
            span = _tried(to_span, value)
            return isinstance(span, Span) and _within(span, *self.spans)
        return not self.words or (isinstance(value, str) and value.strip() in self.words)

    def inside(self, other: Bounds) -> bool:
        """Whether these bounds allow nothing that the others do not."""
        if other == Bounds():
            return True
        if self.numbers is not None and other.numbers is not None:
            return other.numbers[0] <= self.numbers[0] and self.numbers[1] <= other.numbers[1]
        if self.spans is not None and other.spans is not None:
            return all(_within(span, *other.spans) for span in self.spans)
        return bool(self.words) and set(self.words) <= set(other.words)

    def __str__(self) -> str:
        """The bounds as they are written."""
        if self.numbers is not None:
            return " to ".join(map(plain, self.numbers))
        if self.spans is not None:
            return " to ".join(_span_text(span) for span in self.spans)
        return "、".join(self.words) or ANY


def _ends(value: object) -> tuple[Fraction, ...]:
    amount = _tried(to_amount, value)
    if isinstance(amount, Between):
        return amount.low, amount.high
    return (amount,) if isinstance(amount, Fraction) else ()


def _tried(read: Callable[[object], object], value: object) -> object:
    try:
        return read(value)
    except PydanticCustomError:
        return None


def _within(span: Span, low: Span, high: Span) -> bool:
    one_unit = {(each.unit, each.working) for each in (span, low, high)}
    return len(one_unit) == 1 and low.count <= span.count <= high.count


def _span_text(span: Span) -> str:
    return f"{span.count} {'working ' * span.working}{span.unit}{'s' * (span.count != 1)}"


def to_bounds(value: object) -> Bounds:
    """`any`, `1 to 3`, `7 days to 15 days`, or a list of words."""
    if isinstance(value, (list, tuple)) and value:
        return Bounds(words=tuple(to_text(word) for word in value))
    text = value.strip() if isinstance(value, str) else ""
    if text == ANY:
        return Bounds()
    ends = [Scalar(end, place(value), False) for end in _TO.split(text)]
    if len(ends) == 2:
        spans = [_tried(to_span, end) for end in ends]
        if isinstance(spans[0], Span) and isinstance(spans[1], Span):
            if _within(spans[0], spans[0], spans[1]):
                return Bounds(spans=(spans[0], spans[1]))
        else:
            between = to_amount(value)
            if isinstance(between, Between):
                return Bounds(numbers=(between.low, between.high))
    raise refuse(
        CODES.fault(
            "R203",
            place(value),
            value=text or "adjustable",
            kind="可调的范围",
            example="1 to 3、7 days to 15 days、[full, zero]、any",
        )
    )


def to_adjustable(value: object) -> dict[str, Bounds]:
    """What may be changed below, by word, and how far."""
    if not isinstance(value, Mapping) or not value:
        raise refuse(
            CODES.fault(
                "R203", place(value), value="adjustable", kind="对照表", example="{deduct: 1 to 3}"
            )
        )
    return {str(word): to_bounds(bounds) for word, bounds in value.items()}


if TYPE_CHECKING:
    Adjustable = dict[str, Bounds]
else:
    Adjustable = Annotated[Any, ReadBy(to_adjustable)]
