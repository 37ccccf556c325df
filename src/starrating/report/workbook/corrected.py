"""更正对照: what a corrected review changed, row by row."""

from __future__ import annotations

from starrating.report.workbook.layout import Column, Shown, TableSheet
from starrating.report.workbook.view import View
from starrating.results.changes import CHANGE_WORDS, TABLE_WORDS
from starrating.results.model import Correction

NAME = "更正对照"


def corrected(view: View, correction: Correction) -> TableSheet:
    """更正对照: the archive replaced, the reason, and every changed row, then and now."""
    columns = (
        Column("序号", align="center", narrowest=5),
        Column("党组织\n代码", align="center", widest=16),
        Column("党组织名称", narrowest=16, widest=30),
        Column("内容", align="center", narrowest=11, widest=14),
        Column("项目、编号", widest=26),
        Column("变化", align="center", narrowest=6),
        Column("原为", narrowest=20, widest=52),
        Column("现为", narrowest=20, widest=52),
    )
    rows: list[list[Shown]] = [
        [
            number,
            each.code,
            view.name(each.code),
            TABLE_WORDS[each.table],
            each.row,
            CHANGE_WORDS[each.change],
            each.then,
            each.now,
        ]
        for number, each in enumerate(correction.changes, 1)
    ]
    notes = (
        f"更正的评定：结果编号 {correction.number}，内容校验码 {correction.digest}",
        f"更正理由：{correction.reason}",
    )
    return TableSheet(NAME, "更正对照表", columns, rows, notes, frozen=3, filtered=True)
