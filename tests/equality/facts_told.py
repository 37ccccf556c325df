"""What drawn records hold: kinds of cells, days that matter, rows that tell the same, people's part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from starrating.records.model import UNREADABLE, Answer, AnswerCell, Records
from starrating.reviewing.ground import Ground
from starrating.schema import PEOPLE_SHEETS

CHOICES = {
    "组织变更": "变更类型",
    "异议复核": "结论",
    "审定结果": "结果",
    "组织生活": "状态",
}
"""Sheets with a column whose every word acts in its own way."""
WANTED = frozenset(
    (
        "blank", "unreadable", "not applicable", "after the cut-off", "before the period",
        "founded within", "dissolved within", "the same twice", "of nobody", "not supplied",
        "supplied and empty", "alone", "several", "counted", "left out", "changed",
        "previous stars", "previous flags", "previous tasks", "previous reviews", "results",
        *PEOPLE_SHEETS, "整改台账",
        *("组织变更 " + word for word in ("合并", "拆分", "更名", "改隶", "撤销", "升格")),
        *("异议复核 " + word for word in ("维持", "调整", "不予受理")),
        *("审定结果 " + word for word in ("四星", "2", "不定星", "认定", "不认定")),
        *("组织生活 " + word for word in ("按期", "补开", "补报", "作废")),
    )
)  # fmt: skip


def facts_told(document: Mapping[str, Any], on: Ground) -> Iterator[str]:
    """Everything of `WANTED` that a drawn review holds."""
    case, records = document["cases"][0], on.records
    yield from (f"previous {word}" for word in case.get("previous", {}))
    yield from ("results",) if case.get("results") else ()
    yield "alone" if len(records.organisations) == 1 else "several"
    yield from (("of nobody",) if any(fault.code == "D401" for fault in records.faults) else ())
    for row in case["given"].get("核查更正", ()):
        yield "left out" if row["更正"] == "不计入" else "changed"
    for each in records.organisations:
        for column, word in (("成立日期", "founded within"), ("撤销日期", "dissolved within")):
            day = each.row.value(column)
            if isinstance(day, date) and on.heading.period_from < day <= on.heading.cut_off:
                yield word
    yield from _of_tables(records)
    yield from _of_days(records, on)


def _of_tables(records: Records) -> Iterator[str]:
    yield from ("not supplied",) if "组织生活" not in records.tables else ()
    for name, table in records.tables.items():
        yield name if table.rows else "supplied and empty"
        yield from ("counted",) if name == "核查计数" and table.rows else ()
        seen = set()
        for row in table.rows:
            told = (row.organisation, *(str(row.value(column)) for column in table.columns))
            yield from ("the same twice",) if told in seen else ()
            seen.add(told)
            if name in CHOICES:
                yield f"{name} {row.value(CHOICES[name])}"


def _of_days(records: Records, on: Ground) -> Iterator[str]:
    for table in records.tables.values():
        for cell in (row.value(column) for row in table.rows for column in table.columns):
            if cell is None:
                yield "blank"
            elif cell is UNREADABLE:
                yield "unreadable"
            elif isinstance(cell, AnswerCell) and cell.meaning is Answer.NOT_APPLICABLE:
                yield "not applicable"
            elif isinstance(cell, date) and cell > on.heading.cut_off:
                yield "after the cut-off"
            elif isinstance(cell, date) and cell < on.heading.period_from:
                yield "before the period"
