"""Rulebooks as workbooks and back: the meaning stays, an office's edits arrive, slips are told."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from starrating.rulebook.meaning import meaning_digest
from starrating.rulebook.read import read_rulebook, read_text
from starrating.rulebook.versions import find_rulebooks
from starrating.rulesheets.transfer import export, import_

ROOT = Path(__file__).parent.parent.parent
SHELF = find_rulebooks(ROOT / "rules", "rules")
HEADS = [pytest.param(head, id=head.shown) for head in SHELF.heads]
TESTS = ROOT / "tests"
WORDS = sorted([*TESTS.glob("language/*/good.yaml"), *TESTS.glob("semantics/*/*.yaml")])
MAIN, HEAD = "评分细则", "基本信息"


def exported(head):
    loaded = read_rulebook(head.path, head.shown, SHELF.path)
    assert loaded.book is not None
    made = export(head.path.read_bytes(), head.shown, loaded.book)
    assert made.faults == ()
    assert made.data is not None
    return loaded.book, made


@pytest.mark.parametrize("head", HEADS)
def test_the_round_trip_keeps_the_meaning(head):
    """Every shipped rulebook comes back with its meaning, and so does the file written of it."""
    book, made = exported(head)
    found = import_(made.data, "细则.xlsx", SHELF.path)
    assert [str(fault.origin) for fault in found.faults if fault.level.name == "ERROR"] == []
    assert found.book is not None
    assert found.text is not None
    assert meaning_digest(found.book) == meaning_digest(book)
    written = read_text(found.text.encode(), head.shown, SHELF.path, path=head.path)
    assert written.book is not None
    assert meaning_digest(written.book) == meaning_digest(book)
    assert [case.title for case in written.book.cases] == [case.title for case in book.cases]


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.relative_to(TESTS).as_posix()) for path in WORDS]
)
def test_every_word_of_the_language_comes_back(path):
    """The examples of each pattern and each step, with their cases as written, word by word."""
    shown = path.relative_to(TESTS).as_posix()
    book = read_rulebook(path, shown, nothing).book
    assert book is not None
    made = export(path.read_bytes(), shown, book)
    assert made.data is not None
    found = import_(made.data, "细则.xlsx", nothing)
    assert found.text is not None
    written = read_text(found.text.encode(), shown, nothing, path=path)
    assert written.book is not None
    assert meaning_digest(written.book) == meaning_digest(book)
    assert [case.model_dump() for case in written.book.cases] == [
        case.model_dump() for case in book.cases
    ]


def test_equal_rules_give_equal_bytes():
    """The workbook holds no clock."""
    head = next(head for head in SHELF.heads if head.id == "town-village")
    assert exported(head)[1].data == exported(head)[1].data


def test_comments_are_listed_as_lost():
    """Every comment of the file is named with its line, also in the workbook."""
    head = next(head for head in SHELF.heads if head.id == "town-village")
    made = exported(head)[1]
    assert made.lost[0].startswith("行 2：示例细则")
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["未带入的注释"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(made.lost)


# --- an office's edits --------------------------------------------------------------------------

SMALL = """\
format: 1
id: small
version: "2024"
title: 小细则
in_force: {from: 2024-01-01}
defaults: {not_applicable: full}
measures:
  缺开季度: {sheet: 组织生活, where: 类型 includes '党员大会', missing: {every: quarter}}
sections:
  - title: 组织生活
    points: 10
    items:
      - id: "2.1"
        title: 党员大会
        points: 8
        clauses: [{deduct: 2, per: 缺开季度}, {deduct: {记录不全: 1}}]
      - {id: "2.10", title: 党课, points: 2, clauses: [{score: 0, if: found 没上党课}], starts_at: full}
"""


def nothing(_id, _version):
    return None


def small():
    loaded = read_text(SMALL.encode(), "small/2024.yaml", nothing)
    assert loaded.book is not None
    data = export(SMALL.encode(), "small/2024.yaml", loaded.book).data
    assert data is not None
    return openpyxl.load_workbook(io.BytesIO(data))


def cell(book, sheet, title, row):
    """The cell below a title; rows count from 2 as in the sheet."""
    heads = [one.value for one in book[sheet][1]]
    return book[sheet].cell(row, heads.index(title) + 1)


def read(book):
    data = io.BytesIO()
    book.save(data)
    return import_(data.getvalue(), "细则.xlsx", nothing)


def codes(book):
    """What was found of the workbook; R3xx are findings of the checks of rules."""
    found = [(fault.code, fault.origin.sheet, fault.origin.cell) for fault in read(book).faults]
    return [each for each in found if not each[0].startswith("R3")]


def test_the_columns_of_a_printed_sheet_come_first():
    """部分, 编号, 项目, 分值, 评分标准, 依据: then how the computer reads it."""
    row = [one.value for one in small()[MAIN][1]][:7]
    assert row == ["部分", "部分分值", "编号", "项目", "分值", "评分标准", "依据"]


def test_each_clause_is_read_aloud():
    """The sentence beside a clause is the printed one."""
    assert cell(small(), MAIN, "评分标准", 2).value == "党员大会每季度1次，每缺一个季度扣2分。"


def test_an_edited_amount_arrives():
    """扣2分 becomes 扣3分, typed as a number."""
    book = small()
    cell(book, MAIN, "数额", 2).value = 3
    found = read(book)
    assert found.text is not None
    assert "{deduct: 3, per: 缺开季度}" in found.text


def test_a_new_row_is_a_new_item():
    """A row with 编号, 项目, 分值 and a clause is enough."""
    book = small()
    for title, value in (
        ("编号", "2.3"),
        ("项目", "主题党日"),
        ("分值", 1),
        ("动作", "扣分"),
        ("数额", "{没有开展: 1}"),
    ):
        cell(book, MAIN, title, 5).value = value
    found = read(book)
    assert found.book is not None
    assert [item.id for _, item in found.book.items()] == ["2.1", "2.10", "2.3"]


def test_the_sentence_is_not_read():
    """评分标准 is for people; changing it changes nothing."""
    book = small()
    before = read(book).text
    cell(book, MAIN, "评分标准", 2).value = "扣一百分。"
    assert read(book).text == before


@pytest.mark.parametrize(
    ("title", "row", "value", "code"),
    [
        ("动作", 2, "扣除", "R706"),
        ("动作", 2, None, "R707"),
        ("编号", 2, 2.1, "R703"),
        ("数额", 2, "=1/0", "R704"),
        ("数额", 3, "{记录不全: 1", "R708"),
        ("数额", 3, "{记录不全: 一分}", "R203"),
        ("条款其他", 2, "up_to 2", "R708"),
        ("条款其他", 2, "{per: 缺开季度}", "R709"),
        ("条件", 4, "found", "R105"),
        ("分值", 2, "八分", "R203"),
    ],
)
def test_a_slip_is_told_at_its_cell(title, row, value, code):
    """Each slip has a code and the cell it stands in."""
    book = small()
    place = cell(book, MAIN, title, row)
    place.value = value
    assert (code, MAIN) in {(found, sheet) for found, sheet, _ in codes(book)}
    told = next(found for found in codes(book) if found[0] == code)
    assert told[2] is not None
    assert told[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(row)
    assert read(book).text is None


def test_an_item_above_all_sections_is_told():
    """R712: the row has no section above it."""
    book = small()
    cell(book, MAIN, "部分", 2).value = None
    cell(book, MAIN, "部分分值", 2).value = None
    assert ("R712", MAIN) in {found[:2] for found in codes(book)}


def test_a_clause_above_all_items_is_told():
    """R705: the row has no item above it."""
    book = small()
    for title in ("编号", "项目", "分值"):
        cell(book, MAIN, title, 2).value = None
    assert ("R705", MAIN) in {found[:2] for found in codes(book)}


def test_an_unknown_header_is_told_and_left_out():
    """R702: a column of the office's own does no harm."""
    book = small()
    book[MAIN].cell(1, 30).value = "备忘"
    book[MAIN].cell(2, 30).value = "问县里"
    assert [found[0] for found in codes(book)] == ["R702"]
    assert read(book).text is not None


def test_an_unknown_sheet_is_told_and_left_out():
    """R710: a sheet of the office's own does no harm."""
    book = small()
    book.create_sheet("草算")
    assert codes(book) == [("R710", "草算", None)]


def test_a_word_written_twice_is_told():
    """R709: 基本信息 and a sheet of its own both say it."""
    book = small()
    book[HEAD].append(["measures", "{甲: {value: 1}}"])
    assert ("R709", "指标") in {found[:2] for found in codes(book)}


def test_a_file_that_is_no_workbook():
    """The reader's own fault is passed on."""
    found = import_(b"not a workbook", "细则.xlsx", nothing)
    assert found.text is None
    assert found.faults
