"""Small invented batches, as Parquet parts and as the records of an ordinary review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from starrating.number import plain
from starrating.records import read_records
from starrating.records.model import AnswerCell, Cell
from starrating.rulebook.model import Rulebook
from starrating.rulebook.sheets import schema_of
from starrating.schema import CHANGES, CORRECTIONS, DECISIONS, OBJECTIONS

HEAD = """\
format: 1
id: small
version: "2024"
title: 小细则
in_force: {from: 2024-01-01}
subjects: {rated_when: 是否参评}
defaults: {not_applicable: leave_out}
raters: [复核]
columns: {党组织: {村集体收入: {type: number, unit: 万元}}}
measures:
  缺开季度: {sheet: 组织生活, where: 类型 includes '党员大会', missing: {every: quarter}}
  到会率: {sheet: 组织生活, where: 类型 includes '党课', ratio: [实到, 应到]}
"""
BOOK = (
    HEAD
    + """\
  逾期: {sheet: 问题清单, where: 整改时限 < 截止日 and 销号日期 is blank, count: rows}
sections:
  - title: 基础
    points: 100
    items:
      - {id: "1.1", title: 大会, points: 40, clauses: [{deduct: 10, per: 缺开季度}]}
      - {id: "1.2", title: 党课, points: 20, clauses: [{deduct: 5, if: 到会率 < 2/3}]}
      - {id: "1.3", title: 台账, points: 20, clauses: [{deduct: {缺台账: 7, 缺计划: 4}}, {deduct: 3, per: 逾期}]}
      - {id: "1.4", title: 收入, points: 10, applies_when: 领域 = '农村', clauses: [{bands: {of: 村集体收入, from: {50: 10, 20: 6}, otherwise: 1}}]}
      - {id: "1.5", title: 评分, points: 10, clauses: [{score: 0 to 10}]}
stars:
  - {star: 5, from: 90, at_most: {share: 50%, among: 上级党组织}}
  - {star: 4, from: 70}
  - {star: 3, from: 0}
judgements:
  - {id: V1, if: found 拒绝检查, then: {star: none}}
  - {id: W1, if: 逾期 >= 2, then: {flag: 软弱涣散, case: 问题久拖}}
"""
)
PLAN = 'period: "2024"\nrulebooks: [small]\n'

Row = dict[str, object]
Sheets = dict[str, list[Row]]


def rules(folder: Path, book: str = BOOK) -> Path:
    """A folder of rules that holds the book."""
    (folder / "rules" / "small").mkdir(parents=True)
    (folder / "rules" / "small" / "2024.yaml").write_text(book, "utf-8")
    return folder / "rules"


def batch(
    folder: Path,
    sheets: Sheets,
    parts: int = 1,
    home: Callable[[Row], int] | None = None,
    plan: str = PLAN,
) -> Path:
    """The sheets in parts: by default whole superiors together, else where `home` says."""
    data = folder / f"data-{parts}"
    data.mkdir()
    (data / "plan.yaml").write_text(plan, "utf-8")
    if home is None:
        over = sorted({str(row["上级党组织"]) for row in sheets["党组织"]})
        part = {name: place % parts for place, name in enumerate(over)}
        place = {row["党组织代码"]: part[str(row["上级党组织"])] for row in sheets["党组织"]}
    else:
        place = {row["党组织代码"]: home(row) for row in sheets["党组织"]}
    for sheet, rows in sheets.items():
        (data / sheet).mkdir()
        whole = (
            pa.Table.from_pylist(rows) if rows else pa.table({"党组织": pa.array([], pa.string())})
        )
        for number in range(parts):
            key = "党组织代码" if sheet == "党组织" else "党组织"
            own = [at for at, row in enumerate(rows) if place.get(row[key], 0) == number]
            pq.write_table(
                whole.take(pa.array(own, pa.int64())), data / sheet / f"part-{number}.parquet"
            )
    return data


def flat(folder: Path, sheets: Sheets, plan: str = PLAN) -> Path:
    """The same sheets as an ordinary review folder."""
    data = folder / "flat"
    data.mkdir()
    (data / "plan.yaml").write_text(plan, "utf-8")
    for sheet, rows in sheets.items():
        if rows:
            pq.write_table(pa.Table.from_pylist(rows), data / f"{sheet}.parquet")
    return data


def told(fixture: Path, *rulebooks: Rulebook) -> Sheets:
    """The sheets of a fixture as texts, without those of people."""
    records = read_records(fixture, schema_of(rulebooks))
    return {
        name: [
            {
                **{column: _text(row.value(column)) for column in table.columns},
                "党组织代码" if name == "党组织" else "党组织": row.organisation,
            }
            for row in table.rows
        ]
        for name, table in records.tables.items()
        if name not in (CORRECTIONS, OBJECTIONS, DECISIONS, CHANGES)
    }


def _text(cell: Cell) -> str | None:
    match cell:
        case None:
            return None
        case bool():
            return "是" if cell else "否"
        case date():
            return cell.isoformat()
        case AnswerCell():
            return cell.word
        case Fraction():
            return plain(cell)
        case str():
            return cell
    return "？？"
