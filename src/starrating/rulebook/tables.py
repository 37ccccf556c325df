"""Decision tables: several inputs, rows of cells, an outcome each; which rows count is declared.

A cell is a condition on its column's input, so that a row is an ordinary condition and the
evaluators, the checks and the printed description need no language of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from starrating.number import literal
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.yamltext import plain_name

ANY = ("any", "-", "任意")
_EDGES = {
    "over": ">", "under": "<", "from": ">=", "upto": "<=",
    ">": ">", "<": "<", ">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=", "=": "=",
}  # fmt: skip
_EDGE = re.compile(r"(over|under|from|upto|>=|<=|≥|≤|>|<|=)\s*(\S+)")
_SPAN = re.compile(r"(?:(from|over)\s+)?(\S+)\s+to\s+(?:(under|upto)\s+)?(\S+)")
_TRUTHS = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
EVERYTHING = ex.Truth(value=True)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the condition that its cells make together, its cells as written, its outcome."""

    when: ex.Expr
    cells: tuple[str, ...]
    outcome: Fraction
    origin: Origin


def row_condition(inputs: Sequence[ex.Expr], cells: Sequence[str]) -> ex.Expr | None:
    """All cells at once; None if one cannot be read."""
    parts: list[ex.Expr] = []
    for given, cell in zip(inputs, cells, strict=True):
        condition = cell_condition(given, cell)
        if condition is None:
            return None
        if condition != EVERYTHING:
            parts.append(condition)
    if not parts:
        return EVERYTHING
    return parts[0] if len(parts) == 1 else ex.And(tuple(parts))


def cell_condition(given: ex.Expr, cell: str) -> ex.Expr | None:
    """A cell as a condition on its input, or None.

    `any`; a value; values joined by 、; `over 5` (open edge), `from 5`, `under 5` (open),
    `upto 5`; `5 to 10` (both edges included), `over 5 to 10`, `5 to under 10`; 是 and 否;
    `blank`. Values are numbers, percentages, dates or words.
    """
    text = plain_name(cell)
    if text in ANY:
        return EVERYTHING
    if text == "blank":
        return ex.IsBlank(given)
    if text in _TRUTHS:
        return given if _TRUTHS[text] else ex.Not(given)
    if span := _SPAN.fullmatch(text):
        return _between(given, *span.groups())
    if edge := _EDGE.fullmatch(text):
        value = _value(edge[2])
        return None if value is None else ex.Compare(_EDGES[edge[1]], given, value)
    return _one_of(given, text)


def _between(
    given: ex.Expr, low_word: str | None, low: str, high_word: str | None, high: str
) -> ex.Expr | None:
    first, last = _value(low), _value(high)
    if first is None or last is None:
        return None
    return ex.And(
        (
            ex.Compare(">" if low_word == "over" else ">=", given, first),
            ex.Compare("<" if high_word == "under" else "<=", given, last),
        )
    )


def _one_of(given: ex.Expr, text: str) -> ex.Expr:
    options = tuple(_word(part.strip()) for part in re.split("[、,]", text))
    if len(options) == 1:
        return ex.Compare("=", given, options[0])
    return ex.In(given, options)


def _word(text: str) -> ex.Num | ex.Text | ex.DateLit:
    value = _value(text)
    return value if value is not None else ex.Text(text.strip("'\""))


def _value(text: str) -> ex.Num | ex.DateLit | None:
    number = literal(text)
    if number is not None:
        return ex.Num(number)
    try:
        return ex.DateLit(date.fromisoformat(text))
    except ValueError:
        return None
