"""Rows of a grid: values, places, faults."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records import UNREADABLE, Row
from starrating.records.grids import GridRead, read_grid
from starrating.records.raw import Grid, Span
from starrating.schema import ACTIVITIES, STANDARD

from .books import grid

HEAD = ("党组织", "日期", "类型", "应到")
ROW = ("0101", "2023-3-5", "党课", 30)


def known(text: str, origin: Origin, faults: list[Fault]) -> str:
    return {"0101": "0101", "甲子村": "0101", "0102": "0102"}.get(text, "")


def read(one: Grid, sheet: str = ACTIVITIES) -> tuple[GridRead | None, list[tuple[str, str]]]:
    faults: list[Fault] = []
    result = read_grid(one, STANDARD.sheets[sheet], known, faults)
    return result, [(fault.code, fault.origin.cell or "") for fault in faults]


def rows(*lines: Any, spans: tuple[Span, ...] = ()) -> tuple[list[Row], list[tuple[str, str]]]:
    one = grid(*lines)
    one.spans = spans
    result, faults = read(one)
    assert result is not None
    return list(result.block.rows()), faults


def test_a_row() -> None:
    """Values by column, each with its cell."""
    (row,), faults = rows(HEAD, ROW)
    assert faults == []
    assert (row.organisation, row.value("党组织"), row.value("应到")) == ("0101", "0101", 30)
    assert row.place("应到") == Origin("book.xlsx", sheet="组织生活", cell="D2")
    assert row.origin.cell == "A2"


def test_one_bad_cell_never_stops_the_others() -> None:
    """It is unreadable, the rest of the row stands."""
    (first, second), faults = rows(HEAD, ("0101", "不详", "党课", 30), ROW)
    assert first.value("日期") is UNREADABLE
    assert (first.value("类型"), second.value("类型")) == ("党课", "党课")
    assert faults == [("D311", "B2")]


def test_required_cells_that_are_blank() -> None:
    """Told, and blank."""
    (row,), faults = rows(HEAD, ("0101", None, "　", 30))
    assert (row.value("日期"), row.value("类型")) == (None, None)
    assert faults == [("D301", "B2"), ("D301", "C2")]


def test_rows_of_nobody_are_kept_out() -> None:
    """Their organisation is "" and their cell unreadable."""
    (row,), _ = rows(HEAD, ("0999", *ROW[1:]))
    assert (row.organisation, row.value("党组织")) == ("", UNREADABLE)


def test_blank_rows_and_rows_numbered_ahead() -> None:
    """序号 alone is no data."""
    found, faults = rows(("序号", *HEAD), (1, *ROW), (2,), (None, " "), (3, *ROW))
    assert [row.origin.cell for row in found] == ["A2", "A5"]
    assert faults == []


def test_code_and_name_together() -> None:
    """Either suffices; two organisations in one row are a fault."""
    head = ("党组织代码", "党组织名称", "日期", "类型")
    found, faults = rows(
        head,
        ("0101", "甲子村", "2023-3-5", "党课"),
        (None, "甲子村", "2023-3-5", "党课"),
        ("0102", "甲子村", "2023-3-5", "党课"),
        (101, "甲子村", "2023-3-5", "党课"),
    )
    assert [row.organisation for row in found] == ["0101", "0101", "", "0101"]
    assert faults == [("D308", "A5"), ("D406", "B4")]


def test_a_column_twice_must_agree() -> None:
    """Where the two differ the cell is unreadable."""
    head = (*HEAD, "应到")
    found, faults = rows(head, (*ROW, 30), (*ROW, 31), (*ROW, None))
    assert [row.value("应到") for row in found] == [30, UNREADABLE, 30]
    assert faults == [("D204", "E1"), ("D322", "E3")]


def test_merged_cells_are_expanded_with_their_range() -> None:
    """Each row says from which range its value comes."""
    lines = (HEAD, ROW, (None, *ROW[1:]), (None, *ROW[1:]), ("0102", *ROW[1:]))
    found, faults = rows(*lines, spans=(Span(2, 1, 4, 1),))
    assert [row.organisation for row in found] == ["0101", "0101", "0101", "0102"]
    assert found[1].place("党组织").cell == "A2:A4"
    assert faults == []


def test_a_range_over_everything_makes_no_rows() -> None:
    """Only rows that hold something else are expanded."""
    found, _ = rows(HEAD, ROW, spans=(Span(2, 1, 1_048_576, 1),))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("line", "spans", "code"),
    [
        (("合计", None, None, 60), (), "D210"),
        (("注：本表由镇党建办填报",), (), "D210"),
        (("填表人：某某",), (Span(3, 1, 3, 4),), "D210"),
        (("下半年",), (Span(3, 1, 3, 4),), "D213"),
        (HEAD, (), "D211"),
    ],
)
def test_rows_that_are_no_data(line: Any, spans: tuple[Span, ...], code: str) -> None:
    """Left out, and told."""
    found, faults = rows(HEAD, ROW, line, ROW, spans=spans)
    assert len(found) == 2
    assert faults == [(code, "A3")]


def test_hidden_sheets_and_rows_are_read_and_told() -> None:
    """A filter hides rows without taking them away."""
    one = grid(HEAD, ROW, ROW)
    one.hidden, one.hidden_rows = True, (3,)
    result, faults = read(one)
    assert result is not None
    assert len(result.block) == 2
    assert faults == [("D208", ""), ("D209", "A3")]


def test_empty_sheets_and_sheets_without_header() -> None:
    """Not supplied, with a fault that says why."""
    assert read(grid()) == (None, [("D212", "")])
    assert read(grid(("第一条", "第二条"))) == (None, [("D201", "")])


def test_a_header_without_rows_is_supplied_and_empty() -> None:
    """Nothing happened."""
    result, faults = read(grid(HEAD))
    assert result is not None
    assert (tuple(result.block.columns), len(result.block), result.extra) == (HEAD, 0, ())
    assert faults == []


def test_wide_rows_become_rows_of_points() -> None:
    """One a point; a blank cell records nothing; facts of the visit are kept."""
    lines = (
        ("党组织", "检查日期", "标识", "门牌", "备注"),
        ("甲子村", "2023-11-13", "√", None, "好"),
    )
    result, faults = read(grid(*lines), "检查记录")
    assert result is not None
    assert faults == []
    (row,) = result.block.rows()
    assert (row.value("检查项目"), row.place("结果").cell) == ("标识", "C2")
    assert row.value("检查日期") is not None
    assert row.place("检查项目").cell == "C1"
    assert "检查项目" in result.block.columns


def test_columns_left_over_are_counted() -> None:
    """How many of their cells are filled."""
    result, _ = read(grid((*HEAD, "序号"), (*ROW, 1), (*ROW, None), (*ROW, 3)))
    assert result is not None
    assert [(one.column, one.filled) for one in result.extra] == [("序号", 2)]


def test_refused_columns_are_unreadable() -> None:
    """Where they hold something."""
    head = (*HEAD[:3], "应到（万元）")
    found, faults = rows(head, ROW, (*ROW[:3], None))
    assert [row.value("应到") for row in found] == [UNREADABLE, None]
    assert faults == [("D205", "D1")]


def test_numbers_are_fractions() -> None:
    """No float comes out of a cell."""
    (row,), _ = rows(HEAD, (*ROW[:3], 30.0))
    assert isinstance(row.value("应到"), Fraction)
