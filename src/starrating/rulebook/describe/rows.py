"""Which rows of a sheet a measure counts, as a thing one can name: 党课, 群体性事件（核实）."""

from __future__ import annotations

from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import say
from starrating.rulebook.describe.conditions import when
from starrating.rulebook.model import Measure, Rulebook
from starrating.schema import ACTIVITIES, NEGATIVES

_KINDS = {ACTIVITIES: "类型", NEGATIVES: "情形"}
"""The column of a sheet whose value names what a row is."""


def rows_word(book: Rulebook, measure: Measure) -> str:
    """The rows that a measure reads: 党课, 问题清单中是否通报为是的记录."""
    sheet = measure.sheet or ""
    parts = _parts(measure.where)
    named = [part for part in parts if _names(part, _KINDS.get(sheet)) is not None]
    rest = [part for part in parts if part not in named[:1]]
    alone = len(rest) == 1
    said = "，且".join(when(book, p) if alone else _said(book, p) for p in rest)
    if not named:
        return f"{sheet}中{said}的记录" if said else f"{sheet}的记录"
    thing = _names(named[0], _KINDS[sheet]) or ""
    return f"{thing}（{said}的）" if said else thing


def _parts(where: ex.Expr | None) -> tuple[ex.Expr, ...]:
    if where is None:
        return ()
    return where.parts if isinstance(where, ex.And) else (where,)


def _said(book: Rulebook, part: ex.Expr) -> str:
    said = when(book, part)
    return f"（{said}）" if isinstance(part, ex.Or) else said


def _names(part: ex.Expr, column: str | None) -> str | None:
    """What the rows are, where a condition says it of the naming column."""
    match part:
        case ex.Includes(of=ex.Name(name=name), text=ex.Text(value=value)) if name == column:
            return value
        case ex.Compare(op="=", left=ex.Name(name=name), right=ex.Text(value=value)) if (
            name == column
        ):
            return value
        case ex.In(of=ex.Name(name=name), options=options, negated=False) if name == column:
            return "、".join(say(option) for option in options)
        case _:
            return None
