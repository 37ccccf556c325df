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
from benchmarks.peers.table import UNIT, Table
from benchmarks.peers.ternary import Ternary

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = ""
LIMIT = EXACT
WRITTEN = Ternary(
    rounded=lambda number: _rounded(number, 10_000),
    above_zero=lambda number: f"{number} > 0 ? {number} : 0",
)


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """Every branch by itself; expressions are compiled once, as the documentation asks."""
    context = Context(resolver=resolve_item)
    points = {
        item.id: Rule(WRITTEN.formula(item), context=context)
        for item in (*table.items, *table.bonus)
    }
    sums = {
        name: Rule(WRITTEN.section(items), context=context)
        for name, items in table.sections.items()
    }
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


def _rounded(number: str, scale: int) -> str:
    """`.floor` is the language's only rounding."""
    return f"((({number}) * {scale} + 0.5).floor / {scale})"
