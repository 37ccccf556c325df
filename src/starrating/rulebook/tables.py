"""Decision tables: several inputs, rows of cells, an outcome each; which rows count is declared.

A cell is a condition on its column's input, so that a row is an ordinary condition and the
evaluators, the checks and the printed description need no language of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from starrating.number import literal
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


# --- what a cell says of one value ------------------------------------------------------------------

Sample = Fraction | date | str | bool | None
"""One value an input may have; None is blank."""


def holds(condition: ex.Expr, given: ex.Expr, value: Sample) -> bool:
    """Whether a cell's condition holds for a value of its input."""
    match condition:
        case ex.Truth(value=always):
            return always
        case ex.And(parts=parts):
            return all(holds(part, given, value) for part in parts)
        case ex.Not(of=of):
            return value is not None and not holds(of, given, value)
        case ex.IsBlank():
            return value is None
        case ex.In(options=options):
            return any(_same(value, option) for option in options)
        case ex.Compare(op="=", right=right):
            return _same(value, right)
        case ex.Compare(op=op, right=right):
            return _ordered(op, value, right)
        case _:
            return condition == given and value is True


def _constant(expr: ex.Expr) -> Sample:
    assert isinstance(expr, (ex.Num, ex.Text, ex.DateLit))
    return expr.value


def _same(value: Sample, expr: ex.Expr) -> bool:
    return type(value) is type(_constant(expr)) and value == _constant(expr)


def _ordered(op: str, value: Sample, expr: ex.Expr) -> bool:
    edge = _constant(expr)
    if isinstance(value, Fraction) and isinstance(edge, Fraction):
        return _TESTS[op]((value > edge) - (value < edge))
    if isinstance(value, date) and isinstance(edge, date):
        return _TESTS[op]((value > edge) - (value < edge))
    return False


_TESTS: Mapping[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}
"""What each comparison asks of the sign of a difference."""


def samples(conditions: Sequence[ex.Expr]) -> tuple[Sample, ...]:
    """One value for each piece that the cells of a column tell apart, in order."""
    marks = {_constant(node) for c in conditions for node in ex.walk(c) if _is_constant(node)}
    numbers = sorted(mark for mark in marks if isinstance(mark, Fraction))
    dates = sorted(mark for mark in marks if isinstance(mark, date))
    words = sorted(mark for mark in marks if isinstance(mark, str))
    found: list[Sample] = [*_between_numbers(numbers), *_between_dates(dates), *words]
    if words:
        found.append(_unnamed(words))
    if not found:
        found = [True, False] if any(c != EVERYTHING for c in conditions) else [OTHER]
    if any(isinstance(node, ex.IsBlank) for c in conditions for node in ex.walk(c)):
        found.append(None)
    return tuple(found)


OTHER = "其他"
"""Stands for any word that no cell of a column names."""


def _unnamed(words: Sequence[str]) -> str:
    """A word that is none of these, though they name 其他 itself."""
    word = OTHER
    while word in words:
        word += "内容"
    return word


_DAY = timedelta(days=1)


def _is_constant(node: ex.Expr) -> bool:
    return isinstance(node, (ex.Num, ex.Text, ex.DateLit))


def _between_numbers(edges: Sequence[Fraction]) -> list[Fraction]:
    if not edges:
        return []
    found = [edges[0] - 1]
    for edge, after in zip(edges, [*edges[1:], None], strict=True):
        found.append(edge)
        found.append(edge + 1 if after is None else (edge + after) / 2)
    return found


def _between_dates(edges: Sequence[date]) -> list[date]:
    days = {edge + step for edge in edges for step in (-_DAY, _DAY * 0, _DAY)}
    return sorted(days)
