"""pandas and NumPy: figures by grouping, rules over whole columns of exact whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.peers import EXACT, Answer
from benchmarks.peers.figures import load
from benchmarks.peers.table import UNIT, Indicator, Table

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = ""
LIMIT = EXACT


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """Every branch, a column at a time."""
    base = sum(_section(items, data) for items in table.sections.values())
    bonus = sum(_points(item, data) for item in table.bonus)
    totals = _half_up(_half_up(base * (100 * UNIT), table.whole) + bonus, 100)
    held = {v.id: (data[v.figure] >= v.at_least).to_numpy() for v in table.verdicts}
    for place, (code, total) in enumerate(zip(data.index, totals.tolist(), strict=True)):
        verdicts = frozenset(name for name, mask in held.items() if mask[place])
        yield Answer(code, Decimal(total) / 100, verdicts)


def _section(items: tuple[Indicator, ...], data: pd.DataFrame) -> Any:
    zero = np.zeros(len(data), np.int64)
    points, printed = zero.copy(), zero.copy()
    for item in items:
        counts = data[item.applies].to_numpy() != 0 if item.applies else True
        points += np.where(counts, _points(item, data), 0)
        printed += np.where(counts, item.points, 0)
    whole = sum(item.points for item in items)
    return np.where(printed == whole, points, _half_up(points * whole, np.maximum(printed, 1)))


def _points(item: Indicator, data: pd.DataFrame) -> Any:
    n, *others = (data[key].to_numpy() for key in item.figures)
    if item.form == "less":
        return np.maximum(0, item.points - item.step * n)
    if item.form == "found":
        return np.where(n, item.points, item.points - item.step)
    if item.form == "given":
        return n * (UNIT // 100)
    (d,) = others
    if item.form == "share":
        return np.where(d, _half_up(item.points * n, np.maximum(d, 1)), item.points)
    reached = [n * b >= d * a for a, b, _ in item.edges]
    found = np.select(reached, [points for *_, points in item.edges], 0)
    return np.where(d, found, item.points)


def _half_up(n: Any, d: Any) -> Any:
    return (2 * n + d) // (2 * d)
