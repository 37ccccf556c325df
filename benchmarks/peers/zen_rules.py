"""zen-engine: a decision graph of expression nodes, compiled once, branches in batches, trace on.

Numbers are the engine's own decimals (28 digits).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pandas as pd
import zen

from benchmarks.peers import EXACT, Answer
from benchmarks.peers.figures import load
from benchmarks.peers.table import UNIT, Table
from benchmarks.peers.ternary import Ternary

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = "trace of every node"
LIMIT = EXACT
CALL = 500
"""Branches a call: their traces are held at once."""
WRITTEN = Ternary(
    rounded=lambda number: f"round({number}, 4)",
    above_zero=lambda number: f"max([0, {number}])",
)


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """Every branch, a few hundred a call; a static loader compiles once and is the fastest way in."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"sixty": graph(table)}}})
    rows = data.to_dict("records")
    for first in range(0, len(rows), CALL):
        asked = [{"key": "sixty", "context": row} for row in rows[first : first + CALL]]
        answers = engine.evaluate_batch(asked, {"trace": True})
        for code, answer in zip(data.index[first : first + CALL], answers, strict=True):
            found = answer["data"]["result"]
            total = Decimal(str(found["total"])).quantize(Decimal("0.01"), ROUND_HALF_UP)
            yield Answer(code, total, frozenset(v.id for v in table.verdicts if found[v.id]))


def graph(table: Table) -> dict[str, object]:
    """Input → points of every indicator → sections, total and verdicts → output."""
    points = {item.id: WRITTEN.formula(item) for item in (*table.items, *table.bonus)}
    sums = {name: WRITTEN.section(items) for name, items in table.sections.items()}
    base = " + ".join(f"$.{name}" for name in sums)
    bonus = " + ".join(item.id for item in table.bonus)
    whole = table.whole / UNIT
    sums["total"] = f"round(round(({base}) * 100 / {whole:g}, 4) + {bonus}, 2)"
    sums |= {v.id: f"{v.figure} >= {v.at_least}" for v in table.verdicts}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "branch"},
        _expressions("points", points, passing=True),
        _expressions("sums", sums, passing=False),
        {"id": "out", "type": "outputNode", "name": "answer"},
    ]
    ids = [str(node["id"]) for node in nodes]
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(ids)
    ]
    return {"nodes": nodes, "edges": edges}


def _expressions(name: str, found: dict[str, str], *, passing: bool) -> dict[str, object]:
    rows = [{"id": key, "key": key, "value": value} for key, value in found.items()]
    content = {"expressions": rows, "passThrough": passing}
    return {"id": name, "type": "expressionNode", "name": name, "content": content}
