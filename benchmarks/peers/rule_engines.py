"""rule-engine: a compiled expression an indicator, a section, the total and a verdict; exact decimals.

It explains nothing; what its expressions gave is kept by whoever calls it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
from rule_engine import Context, Rule, resolve_item

from benchmarks.peers import EXACT, Answer
from benchmarks.peers.figures import load
from benchmarks.peers.table import UNIT, Indicator, Table

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = ""
LIMIT = EXACT


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """Every branch by itself; expressions are compiled once, as the documentation asks."""
    context = Context(resolver=resolve_item)
    points = {
        item.id: Rule(formula(item), context=context) for item in (*table.items, *table.bonus)
    }
    sums = {name: Rule(_section(items), context=context) for name, items in table.sections.items()}
    base, bonus = " + ".join(sums), " + ".join(item.id for item in table.bonus)
    share = _rounded(f"({base}) * 100 / {table.whole / UNIT:g}", 10_000)
    total = Rule(_rounded(f"{share} + {bonus}", 100), context=context)
    verdicts = {v.id: Rule(f"{v.figure} >= {v.at_least}", context=context) for v in table.verdicts}
    for code, facts in zip(data.index, data.to_dict("records"), strict=True):
        known: dict[str, Any] = facts
        known |= {name: rule.evaluate(known) for name, rule in points.items()}
        known |= {name: rule.evaluate(known) for name, rule in sums.items()}
        held = frozenset(name for name, rule in verdicts.items() if rule.matches(known))
        yield Answer(code, Decimal(total.evaluate(known)), held)


def formula(item: Indicator) -> str:
    """One indicator as an expression; `.floor` is the language's only rounding."""
    n, *others = item.figures
    points, step = (f"{each / UNIT:g}" for each in (item.points, item.step))
    if item.form == "less":
        return f"{points} - {step} * {n} > 0 ? {points} - {step} * {n} : 0"
    if item.form == "found":
        return f"{n} > 0 ? {points} : {(item.points - item.step) / UNIT:g}"
    if item.form == "given":
        return f"{n} / 100"
    (d,) = others
    if item.form == "share":
        return f"{d} == 0 ? {points} : {_rounded(f'{points} * {n} / {d}', 10_000)}"
    bands = "".join(f"({n} * {b} >= {d} * {a} ? {p / UNIT:g} : " for a, b, p in item.edges)
    return f"{d} == 0 ? {points} : {bands}0{')' * len(item.edges)}"


def _section(items: tuple[Indicator, ...]) -> str:
    whole = sum(item.points for item in items) / UNIT
    if not any(item.applies for item in items):
        return " + ".join(item.id for item in items)
    points = " + ".join(_counted(item, item.id) for item in items)
    printed = " + ".join(_counted(item, f"{item.points / UNIT:g}") for item in items)
    return _rounded(f"({points}) * {whole:g} / ({printed})", 10_000)


def _counted(item: Indicator, what: str) -> str:
    return f"({item.applies} > 0 ? {what} : 0)" if item.applies else what


def _rounded(number: str, scale: int) -> str:
    return f"((({number}) * {scale} + 0.5).floor / {scale})"
