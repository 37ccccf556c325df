"""A plain Python loop over rows, in whole numbers: counting and rules by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.peers import EXACT, Answer
from benchmarks.peers.figures import CUT_OFF, YEAR
from benchmarks.peers.table import UNIT, Figure, Indicator, Table

TRACE = ""
LIMIT = EXACT
SHEETS = ("组织生活", "检查记录", "问题清单", "考核评分")
Rows = list[dict[str, Any]]


def load(_: Table, folder: Path) -> list[tuple[dict[str, Any], dict[str, Rows]]]:
    """Each branch's row with its rows of each sheet."""
    found = []
    for path in sorted((folder / "党组织").glob("*.parquet")):
        branches = pq.read_table(path).to_pylist()
        own: dict[str, dict[str, Rows]] = {
            branch["党组织代码"]: {sheet: [] for sheet in SHEETS} for branch in branches
        }
        for sheet in SHEETS:
            for row in pq.read_table(folder / sheet / path.name).to_pylist():
                own[row["党组织"]][sheet].append(row)
        found.extend((branch, own[branch["党组织代码"]]) for branch in branches)
    return found


def grade(table: Table, data: list[tuple[dict[str, Any], dict[str, Rows]]]) -> Iterator[Answer]:
    """Every branch by itself."""
    for branch, sheets in data:
        facts = {each.key: _figure(each, branch, sheets) for each in table.figures}
        verdicts = frozenset(v.id for v in table.verdicts if facts[v.figure] >= v.at_least)
        yield Answer(branch["党组织代码"], total_of(table, facts), verdicts)


def total_of(table: Table, facts: dict[str, int]) -> Decimal:
    """The total of one branch."""
    base = sum(_section(items, facts) for items in table.sections.values())
    bonus = sum(points_of(item, facts) for item in table.bonus)
    return Decimal(half_up(half_up(base * 100 * UNIT, table.whole) + bonus, 100)) / 100


def _section(items: tuple[Indicator, ...], facts: dict[str, int]) -> int:
    counted = [item for item in items if not item.applies or facts[item.applies]]
    points = sum(points_of(item, facts) for item in counted)
    printed, whole = sum(i.points for i in counted), sum(i.points for i in items)
    return points if printed == whole else half_up(points * whole, printed)


def points_of(item: Indicator, facts: dict[str, int]) -> int:
    """The points of one indicator."""
    n, *others = (facts[key] for key in item.figures)
    if item.form == "less":
        return max(0, item.points - item.step * n)
    if item.form == "found":
        return item.points if n else item.points - item.step
    if item.form == "given":
        return n * (UNIT // 100)
    (d,) = others
    if not d:
        return item.points
    if item.form == "share":
        return half_up(item.points * n, d)
    return next((points for a, b, points in item.edges if n * b >= d * a), 0)


def half_up(n: int, d: int) -> int:
    """n / d to the nearest whole number, halves up; neither is negative."""
    return (2 * n + d) // (2 * d)


def _figure(asked: Figure, branch: dict[str, Any], sheets: dict[str, Rows]) -> int:
    of = asked.of
    if asked.kind == "column":
        return int(branch[of] == "是") if isinstance(branch[of], str) else int(branch[of])
    if asked.kind == "score":
        return sum(int(r["得分"] * 100) for r in sheets["考核评分"] if r["项目"] == of)
    if asked.kind == "found":
        return sum(r["结果"] == "有" for r in sheets["检查记录"] if r["检查项目"] == of)
    if asked.kind == "lacking":
        return sum(r["结果"] != "有" for r in sheets["检查记录"])
    if asked.kind == "problems":
        return sum(map(_overdue if of == "逾期问题" else _grave, sheets["问题清单"]))
    held = [r for r in sheets["组织生活"] if r["类型"] == of and r["日期"].year == YEAR]
    if asked.kind == "missing":
        return asked.units - len({(r["日期"].month - 1) * asked.units // 12 for r in held})
    if asked.kind == "noted":
        return sum(r["记录"] == "有" for r in held)
    return sum(r[asked.column] for r in held) if asked.kind == "sum" else len(held)


def _grave(row: dict[str, Any]) -> bool:
    return bool(row["严重程度"] == "严重")


def _overdue(row: dict[str, Any]) -> bool:
    due, closed, last = row["整改时限"], row["销号日期"], CUT_OFF.date()
    return due < last and (closed is None or closed > last or closed > due)
