"""Columns of a file bound to columns of a sheet."""

from __future__ import annotations

from typing import Any

import pytest

from starrating.faults import Fault
from starrating.records.columns import Bounds, bind
from starrating.records.headers import find_header
from starrating.schema import ACTIVITIES, ORGANISATIONS, PROBLEMS, STANDARD, Column, ColumnType

from .books import grid

INCOME = STANDARD.extended(
    {ORGANISATIONS: [Column("集体收入", ColumnType.NUMBER, unit="万元")]}, ()
)


def bound(*rows: Any, sheet: str = ACTIVITIES) -> tuple[Bounds | None, list[Fault]]:
    faults: list[Fault] = []
    one = grid(*rows)
    declared = INCOME.sheets[sheet]
    header = find_header(one, declared)
    assert header is not None
    return bind(one, header, declared, faults), faults


def test_missing_columns_are_told_with_the_nearest_header() -> None:
    """The others serve all the same."""
    bounds, faults = bound(("党组织", "日期", "会议种类型"))
    assert bounds is not None
    assert [fault.code for fault in faults] == ["D202"]
    assert "会议种类型" in faults[0].message


def test_without_the_organisation_the_sheet_is_of_no_use() -> None:
    """Rows of nobody would look like nothing having happened."""
    bounds, faults = bound(("日期", "类型", "应到"))
    assert bounds is None
    assert [fault.code for fault in faults] == ["D203"]


def test_near_misses_are_named_not_taken() -> None:
    """应到人数 is not 应到."""
    bounds, faults = bound(("党组织", "日期", "类型", "应到人数"))
    assert bounds is not None
    assert not bounds.has("应到")
    assert [(fault.code, fault.origin.cell) for fault in faults] == [("D206", "D1")]


def test_common_headers_are_no_near_miss() -> None:
    """Every office numbers its rows."""
    bounds, faults = bound(("序号", "党组织", "日期", "类型", "备注"))
    assert bounds is not None
    assert [head.label for head in bounds.extra] == ["序号", "备注"]
    assert faults == []


def test_a_column_twice() -> None:
    """The same header twice is a fault, an alias beside the name is an extra column."""
    bounds, faults = bound(
        ("问题编号", "序号", "党组织", "问题内容", "发现日期", "发现日期"), sheet=PROBLEMS
    )
    assert bounds is not None
    assert [(fault.code, fault.origin.cell) for fault in faults] == [("D204", "F1")]
    assert [head.label for head in bounds.extra] == ["序号"]


@pytest.mark.parametrize("label", ["集体收入（万美元）", "集体收入(亩)", "集体收入（人）"])
def test_units_that_do_not_convert(label: str) -> None:
    """The column is refused."""
    bounds, faults = bound(("名称", "领域", label), sheet=ORGANISATIONS)
    assert bounds is not None
    assert bounds.columns[-1].refused
    assert [fault.code for fault in faults] == ["D205"]


@pytest.mark.parametrize(
    ("rows", "raw", "wanted"),
    [
        ([("名称", "领域", "集体收入（元）")], 20000, 2),
        ([("名称", "领域", "集体收入")], 20000, 20000),
        ([("名称", "领域", "集体收入（不含补助）")], 3, 3),
        ([("单位：元",), ("名称", "领域", "集体收入")], 20000, 2),
        ([("单位：人",), ("名称", "领域", "集体收入")], 3, 3),
    ],
)
def test_units_convert(rows: Any, raw: int, wanted: int) -> None:
    """Written in the header, above it, or not at all."""
    bounds, faults = bound(*rows, sheet=ORGANISATIONS)
    assert bounds is not None
    assert faults == []
    assert bounds.columns[-1].read(raw) == wanted
