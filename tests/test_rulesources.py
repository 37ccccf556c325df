"""The count of printed rows: which are computed, which a person fills, which are missing."""

from pathlib import Path

from starrating.rulebook.read import read_text
from starrating.rulesources import count, main, rows_of

ROOT = Path(__file__).parent.parent
SHEET = """\
format: 1
id: sheet
version: "1"
title: 甲表
in_force: {from: 2024-01-01}
raters: [复核]
sections:
  - title: 甲
    points: 4
    items:
      - id: A-1
        title: 台账
        points: 2
        clauses:
          # [A-1 DEFECT_FLAT] 台账不全扣1分
          - {deduct: {台账不全: 1}}
      - id: A-2
        title: 成效
        points: 2
        clauses:
          # [A-2 RUBRIC] 好2分，一般1分
          - score: {好: 2, 一般: 1}
"""


def counted(text):
    loaded = read_text(text.encode(), "sheet.yaml", lambda _id, _version: None)
    assert loaded.book is not None
    return count("sheet.yaml", text, loaded.book)


def test_rows_end_where_the_next_begins():
    """A mark covers the lines up to the next mark."""
    assert [(row.id, row.start, row.end) for row in rows_of(SHEET)] == [
        ("A-1", 15, 21),
        ("A-2", 21, 23),
    ]


def test_records_and_people_are_told_apart():
    """A check point is a record; a level is a person's."""
    found = counted(SHEET)
    assert (found.from_records, found.by_person, found.not_written, found.wrong) == (1, 1, 0, ())


def test_a_person_in_a_row_that_asks_for_none_is_wrong():
    """The type of the source decides, not the transcriber."""
    found = counted(SHEET.replace("[A-2 RUBRIC]", "[A-2 DEFECT_FLAT]"))
    assert found.wrong == ("A-2 由人评分，原文的类型是 DEFECT_FLAT",)


def test_an_uncertain_row_may_be_left_to_a_person():
    """（?） says that the source itself is not clear."""
    text = SHEET.replace("[A-2 RUBRIC]", "[A-2 DEFECT_FLAT]（?）")
    assert counted(text).wrong == ()


def test_a_row_without_lines_is_not_written():
    """A mark with nothing below it is a row that was left out."""
    text = SHEET.replace("# [A-2 RUBRIC]", "# [A-3 XREF] 引用\n          # [A-2 RUBRIC]")
    found = counted(text)
    assert (found.not_written, found.wrong) == (1, ("A-3 没有写成条款（XREF）",))


def test_a_clause_without_a_source_row_is_wrong():
    """Nothing is added to a printed sheet."""
    found = counted(SHEET.replace("          # [A-1 DEFECT_FLAT] 台账不全扣1分\n", ""))
    assert found.wrong == ("项目 A-1 第 15 行的条款没有注明原文哪一行",)


def test_the_published_sheets(capsys):
    """No row of the shipped sheets was left to a person or left out without its type asking."""
    sheets = sorted((ROOT / "rules" / "published").glob("[0-9]*/*.yaml"))
    assert len(sheets) == 24
    assert main(sheets) == 0
    table = capsys.readouterr().out.splitlines()
    assert len(table) == 26
    assert table[-1].split("\t")[4] == "0"
