"""How a measure moves: what was counted, from which rows, by which unit (semantics.md step 4)."""

from __future__ import annotations

from collections.abc import Callable

from starrating.rulebook import expressions as ex
from starrating.rulebook.layers.formulas import Reads, condition, value
from starrating.rulebook.layers.movement import (
    DOWN,
    MIXED,
    SAME,
    UP,
    Cause,
    Movement,
    kept,
    number,
    span,
    together,
)
from starrating.rulebook.meaning import part
from starrating.rulebook.model import Block, Late, Measure, Units

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LATE = ("day", "week", "month", "quarter", "half", "year")
_FREE = frozenset(("basis", "unit", "locked", "adjustable", "origin"))
_FORMULAS = ("distinct", "sum_", "average", "min_", "max_", "latest")
_ROWS = {"count": UP, "distinct": UP, "max_": UP, "min_": DOWN, "longest_gap": DOWN,
         "missing": DOWN, "short": DOWN}  # fmt: skip
"""How a measure moves where more rows count; the others can move either way."""


def field_cause(before: Block, after: Block, name: str) -> Cause:
    """The change of one field, as it is told."""
    key = type(before).model_fields[name].alias or name
    return Cause(
        before.origin,
        after.origin,
        key,
        f"{key} 由 {_said(before, name)} 改为 {_said(after, name)}",
    )


def _said(block: Block, name: str) -> str:
    held = getattr(block, name)
    if held is None:
        return "（没有写）"
    return _words(part(held))


def _words(told: object) -> str:
    """A part of a meaning as a reader sees it."""
    if isinstance(told, dict):
        return "，".join(f"{word} {_words(each)}" for word, each in told.items()) or "（空）"
    return "、".join(map(_words, told)) if isinstance(told, list) else str(told)


def field(before: Block, after: Block, name: str, moved: Movement) -> Movement:
    """A movement with the change of the field as its cause, where it has no other."""
    return moved.blame(field_cause(before, after, name))


def unwritten(before: Block, after: Block, known: frozenset[str]) -> Movement:
    """All other fields: what has no rule has no direction."""
    names = (name for name in type(before).model_fields if name not in known)
    return together(
        field(before, after, name, kept(_plain(before, name), _plain(after, name)))
        for name in names
    )


def _plain(block: Block, name: str) -> object:
    held = getattr(block, name)
    return None if held is None else part(held)


def measure(reads: Reads, sheet: Movement, before: Measure, after: Measure) -> Movement:
    """How the measure's value moves; `sheet` is how the sheet it reads fares."""
    if before.form != after.form:
        return MIXED.blame(
            Cause(
                before.origin, after.origin, after.form, f"算法由 {before.form} 改为 {after.form}"
            )
        )
    rows = field(before, after, "where", condition(reads, before.where, after.where))
    rows &= field(before, after, "look_back", _look_back(before, after))
    form = {"sum": "sum_", "min": "min_", "max": "max_"}.get(before.form, before.form)
    counted = _along(_ROWS.get(form), rows)
    own = field(before, after, form, _OWN.get(form, _kept)(reads, before, after))
    values = field(before, after, "values", _values(before, after))
    known = _FREE | {"where", "look_back", "values", form}
    return counted & own & values & unwritten(before, after, known) & sheet.unclear


def _along(rule: Movement | None, rows: Movement) -> Movement:
    if rule is UP:
        return rows
    return -rows if rule is DOWN else rows.unclear


def _look_back(before: Measure, after: Measure) -> Movement:
    return span(before.look_back, after.look_back)


def _values(before: Measure, after: Measure) -> Movement:
    ones, others = before.values, after.values
    if ones == others:
        return SAME
    if ones is None or others is None or ones.keys() != others.keys():
        return MIXED
    return together(number(ones[word], others[word]) for word in ones)


def _kept(reads: Reads, before: Measure, after: Measure) -> Movement:
    """A form whose parts may be read but not changed."""
    form = {"sum": "sum_", "min": "min_", "max": "max_"}.get(before.form, before.form)
    held, other = getattr(before, form), getattr(after, form)
    read = together(value(reads, each, each).unclear for each in _formulas(held))
    return read & kept(_plain(before, form), part(other))


def _formulas(held: object) -> list[ex.Expr]:
    if isinstance(held, ex.Expr):
        return [held]
    if isinstance(held, Block):
        return [each for name in type(held).model_fields for each in _formulas(getattr(held, name))]
    return [each for one in held for each in _formulas(one)] if isinstance(held, tuple) else []


def _figure(name: str) -> Callable[[Reads, Measure, Measure], Movement]:
    def moved(reads: Reads, before: Measure, after: Measure) -> Movement:
        return value(reads, getattr(before, name), getattr(after, name))

    return moved


def _units(name: str) -> Callable[[Reads, Measure, Measure], Movement]:
    def moved(_reads: Reads, before: Measure, after: Measure) -> Movement:
        ones, others = getattr(before, name), getattr(after, name)
        assert isinstance(ones, Units)
        assert isinstance(others, Units)
        return _unit_count(ones, others)

    return moved


def _unit_count(before: Units, after: Units) -> Movement:
    """How many units are missing or events lacking: more with each event asked for, fewer with
    grace; a shorter unit that asks for as much in the longer one misses no less."""
    if before.every == after.every:
        return number(before.at_least, after.at_least) - span(before.grace, after.grace)
    first, second = _MONTHS.get(before.every.unit), _MONTHS.get(after.every.unit)
    if first is None or second is None or before.grace is not None or after.grace is not None:
        return MIXED
    long, short = max(first, second), min(first, second)
    times = long // short
    finer = second == short
    asked, less = (after, before) if finer else (before, after)
    if asked.at_least * times < less.at_least:
        return MIXED
    return UP if finer else DOWN


def _late(reads: Reads, before: Measure, after: Measure) -> Movement:
    one, other = before.late, after.late
    assert isinstance(one, Late)
    assert isinstance(other, Late)
    due, done = value(reads, one.due, other.due), value(reads, one.done, other.done)
    unit = number(_LATE.index(one.unit), _LATE.index(other.unit))
    rest = frozenset(("due", "done", "unit", "grace", "if_blank", "origin"))
    blank = number(one.if_blank, other.if_blank)
    return done - due - span(one.grace, other.grace) - unit & blank & unwritten(one, other, rest)


_OWN: dict[str, Callable[[Reads, Measure, Measure], Movement]] = {
    "share": lambda reads, before, after: condition(reads, before.share, after.share),
    "missing": _units("missing"),
    "short": _units("short"),
    "late": _late,
    "value": _figure("value"),
    "max_": _figure("max_"),
    "min_": _figure("min_"),
}
"""Forms that can be changed with a known direction."""
