"""问题清单, 责任清单, 整改清单: the three lists an office works with.

问题清单 and 整改清单 have the columns of the sheets that come in (整改清单, filled in, is the
整改台账 of `schema`), so heads and order must not change.
"""

from __future__ import annotations

from starrating.report.words import UNKNOWN
from starrating.report.workbook.details import as_date
from starrating.report.workbook.layout import Column, Shown, TableSheet
from starrating.report.workbook.view import View
from starrating.results.model import TaskRow
from starrating.schema import LEDGER, PROBLEMS, STANDARD, ColumnType, Sheet

_WIDE = {
    "问题内容": (22.0, 40.0),
    "整改任务": (22.0, 40.0),
    "整改措施": (16.0, 32.0),
    "整改情况": (10.0, 24.0),
    "整改进展": (14.0, 24.0),
    "任务编号": (14.0, 26.0),
    "党组织": (14.0, 24.0),
    "备注": (10.0, 24.0),
}


def problems(view: View) -> TableSheet:
    """问题清单, as supplied, with the columns it came in."""
    sheet = STANDARD.sheets[PROBLEMS]
    rows: list[list[Shown]] = [
        [
            view.called(row.code)
            if column.name == "党组织"
            else as_date(row.values.get(column.name) or None)
            for column in sheet.columns
        ]
        for row in view.results.problems
    ]
    return TableSheet("问题清单", "问题清单", _columns(sheet), rows, frozen=2, filtered=True)


def duties(view: View) -> TableSheet:
    """责任清单: who answers for which task, until when."""
    columns = (
        Column("序号", align="center", narrowest=5),
        Column("党组织", narrowest=14, widest=26),
        Column("责任人", align="center", narrowest=9, widest=16),
        Column("问题内容", narrowest=22, widest=40),
        Column("整改任务", narrowest=22, widest=44),
        Column("任务类型", align="center", narrowest=9, widest=12),
        Column("下达日期", align="center", narrowest=11),
        Column("整改时限", align="center", narrowest=11, widest=16),
        Column("任务编号", widest=26),
        Column("备注", narrowest=10, widest=20),
    )
    rows: list[list[Shown]] = [
        [
            number,
            view.called(task.code),
            task.owner or UNKNOWN,
            task.problem,
            task.task_text,
            task.kind,
            task.issued,
            as_date(task.due),
            task.task,
            _remark(task),
        ]
        for number, task in enumerate(view.results.tasks, 1)
    ]
    return TableSheet("责任清单", "责任清单", columns, rows, frozen=2)


def rectifications(view: View) -> TableSheet:
    """整改清单: the tasks with empty columns to fill in; filled in, it is the 整改台账.

    A deadline that is still a length (no date of issue) stands in 备注, for 整改时限 takes dates.
    """
    sheet = STANDARD.sheets[LEDGER]
    rows: list[list[Shown]] = []
    for task in view.results.tasks:
        due = as_date(task.due)
        length = f"时限{due}" if isinstance(due, str) else ""
        known: dict[str, Shown] = {
            "任务编号": task.task,
            "党组织": view.called(task.code),
            "问题内容": task.problem,
            "整改任务": task.task_text,
            "责任人": task.owner,
            "整改时限": None if length else due,
            "备注": "；".join(word for word in (task.status, length, _remark(task)) if word),
        }
        rows.append([known.get(column.name) for column in sheet.columns])
    notes = (
        "填写整改进展、完成、验收、销号和延期各栏后，本表即为整改台账，请勿改动表头和任务编号。",
    )
    return TableSheet("整改清单", "整改清单", _columns(sheet), rows, notes, frozen=2)


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet that comes in, their heads unchanged."""
    return tuple(_column(column.name, column.type) for column in sheet.columns)


def _column(name: str, kind: ColumnType) -> Column:
    narrowest, widest = _WIDE.get(name, (7.0, 12.0))
    if kind is ColumnType.DATE:
        narrowest, widest = 9.0, 12.0
    return Column(
        name, align="left" if widest > 12 else "center", narrowest=narrowest, widest=widest
    )


def _remark(task: TaskRow) -> str:
    words = (
        "反复出现" if task.repeated else "",
        "上年未销号" if task.carried_from else "",
    )
    return "；".join(word for word in words if word)
