"""The figures of every branch, counted from the same Parquet by pandas: what rule engines are given.

None of them counts rows by calendar unit; whoever uses one counts first, and this is the usual way.
The counting is part of each peer's time.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.peers.table import Figure, Table

YEAR = 2024
CUT_OFF = pd.Timestamp(date(YEAR, 12, 31))


def load(table: Table, folder: Path) -> pd.DataFrame:
    """A row a branch, a column of whole numbers a figure, in the order of the parts."""
    parts = sorted(path.name for path in (folder / "党组织").glob("*.parquet"))
    return pd.concat([_part(table, folder, part) for part in parts])


def _part(table: Table, folder: Path, part: str) -> pd.DataFrame:
    roll = _read(folder, "党组织", part).set_index("党组织代码")
    sheets = _Sheets(folder, part)
    found = {each.key: sheets.figure(each, roll) for each in table.figures}
    return pd.DataFrame(found, index=roll.index).fillna(0).astype(np.int64)


def _read(folder: Path, sheet: str, part: str) -> pd.DataFrame:
    return pq.read_table(folder / sheet / part).to_pandas(date_as_object=False)


class _Sheets:
    """One part's sheets, grouped once."""

    def __init__(self, folder: Path, part: str) -> None:
        meetings = _read(folder, "组织生活", part)
        meetings = meetings[meetings["日期"].dt.year == YEAR]
        month = meetings["日期"].dt.month - 1
        self._by = [meetings["党组织"], meetings["类型"]]
        grouped = meetings.assign(noted=meetings["记录"] == "有").groupby(self._by, observed=True)
        sums = grouped[["应到", "实到", "noted"]].sum()
        self._sums = {name: sums[name].unstack() for name in sums}
        self._rows = grouped.size().unstack()
        self._month = month
        checks = _read(folder, "检查记录", part)
        self._found = checks.assign(found=checks["结果"] == "有").pivot(
            index="党组织", columns="检查项目", values="found"
        )
        scores = _read(folder, "考核评分", part)
        hundredths = (scores["得分"].astype(float) * 100).round().astype(int)
        self._scores = scores.assign(h=hundredths).pivot(index="党组织", columns="项目", values="h")
        self._problems = _read(folder, "问题清单", part)
        self._units: dict[int, pd.DataFrame] = {}

    def figure(self, asked: Figure, roll: pd.DataFrame) -> Any:
        """One figure of every branch that has one."""
        if asked.kind == "column":
            column = roll[asked.of]
            return column if pd.api.types.is_numeric_dtype(column) else column == "是"
        if asked.kind == "missing":
            return (asked.units - self._held(asked.units)[asked.of]).reindex(
                roll.index, fill_value=asked.units
            )
        if asked.kind in ("sum", "noted", "rows"):
            name = asked.column or asked.kind
            return (self._rows if name == "rows" else self._sums[name])[asked.of]
        if asked.kind == "found":
            return self._found[asked.of]
        if asked.kind == "lacking":
            return (~self._found).sum(axis=1)
        return self._scores[asked.of] if asked.kind == "score" else self._problem(asked.of)

    def _held(self, units: int) -> pd.DataFrame:
        """In how many of the year's periods each branch held each kind of meeting."""
        if units not in self._units:
            period = self._month * units // 12
            held = period.groupby(self._by, observed=True).nunique()
            self._units[units] = held.unstack().fillna(0)
        return self._units[units]

    def _problem(self, name: str) -> pd.Series:
        """The two conditions on problems, in the words of pandas."""
        rows = self._problems
        closed, due = rows["销号日期"], rows["整改时限"]
        overdue = (due < CUT_OFF) & (closed.isna() | (closed > CUT_OFF) | (closed > due))
        held = overdue if name == "逾期问题" else rows["严重程度"] == "严重"
        return held.groupby(rows["党组织"], observed=True).sum()
