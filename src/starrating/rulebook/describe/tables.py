"""A decision table as text: each row, what else, and which rows count."""

from __future__ import annotations

from starrating.number import exact
from starrating.rulebook.describe.conditions import formula, when
from starrating.rulebook.describe.words import points
from starrating.rulebook.model import PointsTable, Rulebook
from starrating.rulebook.tables import EVERYTHING

_HITS = {
    "unique": "只会有一种情形适用",
    "first": "由上而下，取最先符合的一种",
    "priority": "符合几种的，取得分最高的一种",
    "collect": "符合几种的，各项相加",
}


def table_text(book: Rulebook, table: PointsTable) -> str:
    """`按村集体收入、领域：村集体收入100万元以上，得10分；…；其余得2分（…）`."""
    inputs = "、".join(formula(book, given) for given in table.of)
    said = []
    for condition, row in zip(table.conditions(), table.rows, strict=True):
        got = exact(row[-1].strip())
        assert got is not None
        head = "不论何种情形" if condition == EVERYTHING else when(book, condition)
        said.append(f"{head}，得{points(got)}")
    if table.otherwise is not None:
        said.append(f"其余得{points(table.otherwise)}")
    return f"按{inputs}：{'；'.join(said)}（{_HITS[table.hit]}）"
