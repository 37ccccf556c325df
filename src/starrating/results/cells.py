"""Values of results as csv cells and back; text that a spreadsheet would run is neutralised."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from starrating.results.columns import Column, Kind

Value = str | int | Decimal | date | bool | None
"""What a cell of a result row can be."""

_FIGURE = re.compile(r"[+-]?\d+(?:\.\d+)?")
_WHOLE = re.compile(r"-?\d+")


class MalformedCell(ValueError):
    """A csv cell that no writer of ours can have written."""


class Guard:
    """Keeps texts of csv cells from being run as formulas by a spreadsheet.

    `more` are signs that mean something of ours at the start of a cell, to be kept apart as well.
    `signs` are all that a text which is changed can begin with.
    """

    def __init__(self, more: str = "") -> None:
        self.signs = f"'=+-@\t\r\n{more}"
        signs = re.escape(f"=+-@\t\r\n{more}")
        self._runnable, self._guarded = re.compile(f"'*[{signs}]"), re.compile(f"'+[{signs}]")

    def put(self, text: str) -> str:
        """`text`, with an apostrophe before it where a spreadsheet would run it.

        Texts that already begin with apostrophes and such a sign get one more, so that `off`
        gives every text back as it was.
        """
        if text[:1] not in self.signs:
            return text
        return "'" + text if self._runnable.match(text) else text

    def off(self, text: str) -> str:
        """The text that `put` was given."""
        return text[1:] if self._guarded.match(text) else text


GUARD = Guard()
"""The guard of every csv file of results."""


def number_text(number: Decimal) -> str:
    """A Decimal in plain notation with the digits it has; never `-0` or an exponent."""
    return f"{number or abs(number):f}"


def encoded(column: Column, value: Value) -> str:
    """The csv cell of `value`: ISO dates, true/false, empty for None."""
    return encoder(column)(value)


def encoder(column: Column) -> Callable[[Any], str]:
    """What makes the csv cells of a column of its values."""
    return _ENCODERS[column.kind]


def _text(value: str | None) -> str:
    if value is None:
        return ""
    return value if value[:1] not in GUARD.signs else GUARD.put(value)


def _figure(value: str | None) -> str:
    return value if value and _FIGURE.fullmatch(value) else _text(value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_text(value)


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _truth(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _date(value: date | None) -> str:
    return "" if value is None else value.isoformat()


_ENCODERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _text,
    Kind.FIGURE: _figure,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.TRUTH: _truth,
    Kind.DATE: _date,
}


def decoded(column: Column, cell: str) -> Value:
    """The value that `encoded` wrote; a cell it cannot have written raises MalformedCell."""
    if cell == "" and column.kind is Kind.TEXT and column.required:
        return ""
    if cell == "" and not column.required:
        return None
    try:
        value = _decoded(column.kind, cell)
    except (ValueError, InvalidOperation) as error:
        raise MalformedCell(f"{column.name}: {cell[:40]!r}") from error
    if encoded(column, value) != cell:
        raise MalformedCell(f"{column.name}: {cell[:40]!r}")
    return value


def _decoded(kind: Kind, cell: str) -> Value:
    if kind is Kind.NUMBER:
        if not _FIGURE.fullmatch(cell):
            raise ValueError(cell)
        return Decimal(cell)
    if kind is Kind.WHOLE:
        if not _WHOLE.fullmatch(cell):
            raise ValueError(cell)
        return int(cell)
    if kind is Kind.DATE:
        return date.fromisoformat(cell)
    if kind is Kind.TRUTH:
        return {"true": True, "false": False}.get(cell)
    return GUARD.off(cell)
