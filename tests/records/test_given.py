"""Records of a rulebook's cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from starrating.records import Answer, AnswerCell, Records, records_from_rows
from starrating.schema import STANDARD


def records(**given: Any) -> Records:
    return records_from_rows(given, STANDARD, "cases.yaml")


def test_one_organisation_by_default() -> None:
    """0001, founded 2010-01-01, rated."""
    found = records(组织生活=[{"日期": "2023-03-05", "类型": "党课", "应到": "30"}])
    assert found.faults == ()
    (one,) = found.organisations
    assert (one.code, one.row.value("成立日期"), one.row.value("是否参评")) == (
        "0001",
        date(2010, 1, 1),
        True,
    )
    (row,) = found.rows("组织生活")
    assert (row.organisation, row.value("应到")) == ("0001", Fraction(30))
    assert str(row.place("日期")) == "cases.yaml!组织生活!B2"


def test_no_rows_is_supplied_and_empty() -> None:
    """A sheet not named is not supplied."""
    found = records(组织生活=[])
    assert found.supplied("组织生活")
    assert not found.supplied("问题清单")
    assert found.faults == ()


def test_a_register_of_one() -> None:
    """Its code and name may be left out, and rows need not name it."""
    found = records(党组织=[{"领域": "农村"}], 检查记录=[{"检查项目": "门牌", "结果": "有"}])
    assert [one.code for one in found.organisations] == ["0001"]
    (row,) = found.rows("检查记录")
    assert (row.organisation, row.value("结果")) == ("0001", AnswerCell(Answer.YES, "有"))
    assert found.faults == ()


def test_a_register_of_two() -> None:
    """Then rows must say whose they are."""
    register = [{"党组织代码": "01", "党组织名称": "甲"}, {"党组织代码": "02", "党组织名称": "乙"}]
    day = {"日期": "2023-03-05", "类型": "党课"}
    found = records(党组织=register, 组织生活=[{**day, "党组织": "乙"}, day])
    assert [row.organisation for row in found.rows("组织生活")] == ["02", ""]
    assert [fault.code for fault in found.faults] == ["D301"]


def test_blank_cells_that_are_written() -> None:
    """A required cell given as blank is a fault, a column not named is not."""
    found = records(组织生活=[{"日期": "", "类型": "党课"}, {"日期": None, "类型": "党课"}])
    assert [(f.code, f.origin.cell) for f in found.faults] == [
        ("D301", "B2"),
        ("D301", "B3"),
        ("D502", "A3"),
    ]


def test_slips_of_the_author() -> None:
    """A sheet or a column that does not exist is told."""
    found = records(组织生话=[], 组织生活=[{"日其": "2023-03-05", "类型": "党课"}])
    assert [fault.code for fault in found.faults] == ["D216", "D215"]


def test_texts_are_typed_by_column() -> None:
    """As in a file: a bad one is a fault with its place."""
    found = records(组织生活=[{"日期": "2023-02-30", "类型": "党课"}])
    assert [(f.code, str(f.origin)) for f in found.faults] == [("D312", "cases.yaml!组织生活!B2")]
