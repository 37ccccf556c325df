"""Where the header stands and what each column is."""

from __future__ import annotations

from typing import Any

import pytest

from starrating.records.headers import find_header
from starrating.records.raw import Span
from starrating.schema import ACTIVITIES, CHECKS, ORGANISATIONS, STANDARD

from .books import grid

SHEET = STANDARD.sheets[ACTIVITIES]
HEAD = ("党组织", "日期", "类型", "应到", "实到")
ROW = ("0101", "2023-3-5", "党课", 30, 28)


def found(*rows: Any, spans: tuple[Span, ...] = (), sheet: str = ACTIVITIES) -> dict[str, int]:
    one = grid(*rows)
    one.spans = spans
    header = find_header(one, STANDARD.sheets[sheet])
    return {name: heads[0].index for name, heads in header.found.items()} if header else {}


def test_first_row() -> None:
    """The plain case."""
    assert found(HEAD, ROW) == {name: number for number, name in enumerate(HEAD, start=1)}


@pytest.mark.parametrize("above", range(10))
def test_any_of_the_first_ten_rows(above: int) -> None:
    """Titles and notes may stand above."""
    header = find_header(grid(*[("某镇台账",)] * above, HEAD, ROW), SHEET)
    assert header is not None
    assert header.last_row == above + 1


def test_not_in_the_eleventh_row() -> None:
    """A header below ten other rows is found no more."""
    assert find_header(grid(*[("某镇台账",)] * 10, HEAD, ROW), SHEET) is None


@pytest.mark.parametrize(
    "label",
    [
        "日期",
        " 日 期",
        "日期*",
        "日期（必填）",
        "日\n期",
        "日期：",
        "※日期",
        "【日期】"[1:3],
        "日期[年月日]",
    ],
)
def test_marks_and_remarks_do_not_matter(label: str) -> None:
    """Names are compared without them."""
    assert found(("党组织", label, "类型"))["日期"] == 2


def test_aliases_and_the_best_name() -> None:
    """A column's own name goes before its aliases."""
    names = found(("序号", "编号", "问题编号", "党支部", "问题"), sheet="问题清单")
    assert names == {"问题编号": 3, "党组织": 4, "问题内容": 5}


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("党员数（人）", "人"),
        ("党员数(单位：人)", "人"),
        ("党员数/人", "人"),
        ("党员数（不含预备）", ""),
        ("党员数", ""),
    ],
)
def test_units_are_told_from_remarks(label: str, unit: str) -> None:
    """Both stand in brackets."""
    header = find_header(grid(("名称", "领域", label)), STANDARD.sheets[ORGANISATIONS])
    assert header is not None
    assert header.found["党员数"][0].unit == unit


def test_a_unit_above_the_header() -> None:
    """单位：万元 at the top of the sheet."""
    header = find_header(grid(("名册",), (None, "（单位：万元）"), HEAD, ROW), SHEET)
    assert header is not None
    assert header.unit == "万元"


def test_two_rows_with_merged_groups() -> None:
    """A group over its parts; other columns merged downwards."""
    spans = (Span(1, 1, 2, 1), Span(1, 2, 2, 2), Span(1, 3, 2, 3), Span(1, 4, 1, 5))
    rows = (("党组织", "日期", "类型", "出席情况"), (None, None, None, "应到", "实到"), ROW)
    assert len(found(*rows, spans=spans)) == 5


def test_two_rows_without_merging() -> None:
    """The group stands over its first part only."""
    rows = (("党组织", "日期", "类型", "出席情况"), (None, None, None, "应到", "实到"), ROW)
    assert len(found(*rows)) == 5


def test_data_under_a_header_is_no_second_row_of_it() -> None:
    """Even where a datum is also a name."""
    header = find_header(grid((*HEAD, "处理"), (*ROW, "状态")), SHEET)
    assert header is not None
    assert header.last_row == 1


def test_groups_over_check_points() -> None:
    """In the wide form the parts are not known by name, but merged groups show them."""
    spans = (Span(1, 1, 2, 1), Span(1, 2, 1, 3))
    one = grid(("党组织", "五统一"), (None, "标识", "门牌"), ("0101", "√", "×"))
    one.spans = spans
    header = find_header(one, STANDARD.sheets[CHECKS])
    assert header is not None
    assert [head.label for head in header.extra] == ["标识", "门牌"]


@pytest.mark.parametrize(
    "rows", [(("说明", "请认真填写"),), (("党组织",), ("0101",)), ((1, 2, 3), (4, 5, 6))]
)
def test_sheets_without_a_header(rows: Any) -> None:
    """One name is no header."""
    assert found(*rows) == {}
