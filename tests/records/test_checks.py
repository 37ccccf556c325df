"""Rows against one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from starrating.records.assemble import assemble
from starrating.schema import STANDARD

from .books import grid, read, told

ACTIVITY = ("党组织", "日期", "类型", "应到", "实到", "请假", "记录")
PROBLEM = ("问题编号", "党组织", "问题内容", "发现日期", "整改时限", "完成日期", "销号日期")
MINUTES = "会议学习了有关文件，与会人员作了发言，一致表示要抓好落实，会议取得了圆满成功。"


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([("0101", "2023-3-1", "党课", 30, 28, 2, "有")], []),
        ([("0101", "2023-3-1", "党课", 30, 31)], [("D505", "E2")]),
        ([("0101", "2023-3-1", "党课", 30, 29, 2)], [("D506", "F2")]),
        ([("0101", "2023-3-1", "党课", 31, 28)], [("D511", "D2")]),
        ([("0101", "2023-3-1", "党课")] * 2, [("D502", "A3")]),
        (
            [("丙寅", "2023-3-1", "党课"), ("丁卯", "2023-3-1", "党课")],
            [("D401", "A2"), ("D401", "A3")],
        ),
        ([(None, "2023-3-1", "党课")] * 2, [("D301", "A2"), ("D301", "A3")]),
        (
            [("0101", "2023-3-1", "党课", word) for word in ("三", "四")],
            [("D304", "D2"), ("D304", "D3")],
        ),
        (
            [("0101", f"2023-3-{day}", "党课", 30, 28, 2, MINUTES) for day in (1, 2, 3)],
            [("D509", "G3"), ("D509", "G4")],
        ),
        ([("0101", f"2023-3-{day}", "党课", 30, 28, 2, "有") for day in (1, 2)], []),
    ],
)
def test_activities(tmp_path: Path, rows: Any, faults: list[tuple[str, str]]) -> None:
    """Attendance, repeated rows, minutes copied."""
    records = read(tmp_path, 组织生活=[ACTIVITY, *rows])
    assert told(records) == [(code, f"组织生活!{cell}") for code, cell in faults]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([("W1", "0101", "甲", "2023-3-1", "2023-4-1", "2023-3-9", "2023-3-9")], []),
        ([("W1", "0101", "甲", "2023-3-1", "2023-2-1", None, None)], [("D510", "E2")]),
        (
            [("W1", "0101", "甲", "2023-3-1", None, "2023-2-9", "2023-2-8")],
            [("D510", "F2"), ("D510", "G2")],
        ),
        ([("W1", "0101", "甲", "2023-3-1"), ("W1", "0102", "乙", "2023-3-1")], [("D501", "A3")]),
        ([("W1", "0101", "甲", "2023-3-1"), ("W1", "0101", "甲", "2023-3-1")], [("D502", "A3")]),
    ],
)
def test_problems(tmp_path: Path, rows: Any, faults: list[tuple[str, str]]) -> None:
    """Ids and dates."""
    records = read(tmp_path, 问题清单=[PROBLEM, *rows])
    assert told(records) == [(code, f"问题清单!{cell}") for code, cell in faults]


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("正式党员数", 31, ("D507", "党组织!E2")),
        ("党小组数", 11, ("D512", "党组织!E2")),
        ("是否参评", "否", ("D508", "党组织!E2")),
        ("上级党组织", "0101", ("D513", "党组织!E2")),
    ],
)
def test_the_register(column: str, value: Any, fault: tuple[str, str]) -> None:
    """Figures that contradict one another, and what is not explained."""
    head = ("党组织代码", "党组织名称", "领域", "党员数", column)
    records = assemble([grid(head, ("0101", "甲", "农村", 30, value), sheet="党组织")], STANDARD)
    assert told(records) == [fault]


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2019-12-31", ["D503"]), ("2020-01-01", []), ("2023-06-30", []), ("2023-07-01", ["D504"])],
)
def test_events_outside_the_life_of_an_organisation(day: str, codes: list[str]) -> None:
    """The first and the last day are inside."""
    head = ("党组织代码", "党组织名称", "领域", "成立日期", "撤销日期")
    records = assemble(
        [
            grid(head, ("0101", "甲", "农村", "2020-1-1", "2023-6-30"), sheet="党组织"),
            grid(("党组织", "日期", "类型"), ("0101", day, "党课")),
        ],
        STANDARD,
    )
    assert [fault.code for fault in records.faults] == codes


def test_oddities_change_no_value(tmp_path: Path) -> None:
    """A hint never touches a score: the cells stand as they were written."""
    records = read(tmp_path, 组织生活=[ACTIVITY, ("0101", "2023-3-1", "党课", 30, 31)])
    (row,) = records.rows("组织生活")
    assert (row.value("应到"), row.value("实到")) == (30, 31)
