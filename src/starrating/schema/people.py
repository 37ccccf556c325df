"""People's part: corrections, objections, decisions, changes of organisations (steps 16 and 17)."""

from __future__ import annotations

from starrating.schema.columns import EVENT, ORGANISATION, RECORD, date, free
from starrating.schema.model import Blank, Column, ColumnType, Sheet
from starrating.schema.names import CHANGES, CORRECTIONS, DECISIONS, OBJECTIONS

PEOPLE = (
    Sheet(
        CORRECTIONS,
        (
            Column("来源", required=True),
            Column("更正", required=True),
            Column("理由", required=True),
            Column("核查人", required=True),
            date("日期", RECORD),
        ),
        date=("日期",),
    ),
    Sheet(
        OBJECTIONS,
        (
            Column("编号", ColumnType.CODE, required=True),
            ORGANISATION,
            Column("针对", required=True),
            date("收到日期", RECORD, required=True),
            free("途径"),
            free("异议内容"),
            free("核查情况"),
            Column("结论", required=True, choices=("维持", "调整", "不予受理")),
            free("复核机关"),
            date("答复日期", RECORD),
        ),
        date=("收到日期",),
    ),
    Sheet(
        DECISIONS,
        (
            ORGANISATION,
            Column("审定事项", required=True),
            Column("结果", required=True),
            Column("理由", required=True),
            free("审定机关"),
            free("文号"),
            date("日期", RECORD),
            free("复核人"),
        ),
        date=("日期",),
    ),
    Sheet(
        CHANGES,
        (
            date("日期", EVENT, required=True),
            Column(
                "变更类型", required=True, choices=("更名", "合并", "拆分", "改隶", "撤销", "升格")
            ),
            Column("原党组织", ColumnType.CODE, required=True),
            Column("现党组织", ColumnType.CODE, required=True),
            free("文号"),
        ),
        date=("日期",),
        no_rows=Blank.NONE,
    ),
)
