"""A printed sheet in other columns becomes a draft: nothing is guessed."""

from __future__ import annotations

import io

import openpyxl

from starrating.rulesheets.transfer import import_
from starrating.yamltext import load

ROWS = [
    ["某镇党支部评分细则（举例，非真实文件）"],
    ["序号", "项目", "内容", "分值", "评分标准", "依据"],
    [1, "组织生活", "党员大会", 8, "每缺一季度扣2分，扣完为止", "支部工作条例"],
    [2, None, "党课", "2分", "每少一次扣1分", None],
    [None, None, None, None, "由书记讲课不少于一次", None],
    [3, "活动场所", "五统一", 5, "缺一项扣1分", None],
]


def drafted(rows=ROWS):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return import_(data.getvalue(), "细则.xlsx", lambda _id, _version: None)


def test_sections_items_and_points_are_taken_over():
    """What stands in a cell of its own is read."""
    found = drafted()
    assert found.draft is not None
    assert found.draft.items == 3
    node, faults = load(found.draft.text.encode(), "草稿.yaml")
    assert faults == ()
    assert node is not None
    assert "title: 党员大会\n        points: 8" in found.draft.text
    assert "basis: 支部工作条例" in found.draft.text


def test_no_clause_is_guessed():
    """Every sentence stays a comment with its cell, and waits for a person."""
    text = drafted().draft.text
    assert "clauses: [" not in text
    assert "# 待人工 评分标准“每缺一季度扣2分，扣完为止”（Sheet1!A3）" in text
    assert "# 待人工 评分标准“由书记讲课不少于一次”（Sheet1!E5）" in text


def test_points_that_are_no_number_wait_for_a_person():
    """“2分” is not turned into 2."""
    text = drafted().draft.text
    assert "# 待人工 points: 分值" in text
    assert "# 待人工 分值“2分”（Sheet1!A4）" in text


def test_places_that_wait_are_counted():
    """The count is that of the marks."""
    made = drafted().draft
    assert made.waiting == made.text.count("# 待人工")


def test_a_sheet_without_headers_is_refused():
    """R701: no row names 项目 and 分值."""
    found = drafted([["甲", "乙"], [1, 2]])
    assert found.draft is None
    assert [fault.code for fault in found.faults] == ["R701"]


def test_a_section_written_on_every_row_is_one():
    """Printed sheets repeat the section where they merge no cells; a title stands once in a file."""
    rows = [list(row) for row in ROWS]
    rows[3][1] = "组织生活"
    text = drafted(rows).draft.text
    assert text.count("title: 组织生活") == 1
    assert 'id: "1.2"' in text
