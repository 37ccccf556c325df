"""名额连带: who wins or loses a place because of what people did to another (step 16)."""

import csv

import pytest

from starrating.cli import run
from starrating.reviewing import Request
from starrating.reviewing import run as review
from tiny import CORRECTIONS, DECISIONS, OBJECTIONS, tiny


@pytest.fixture
def reviewed(tmp_path):
    """Review with these people's sheets: the matters by code, and the rows of subjects."""

    def done(**sheets):
        tiny(tmp_path, **sheets)
        results = review(Request(tmp_path / "data", tmp_path / "rules", judge="native")).results
        matters = {p.code: p for p in results.pending if p.kind == "名额连带"}
        return matters, {row.code: row for row in results.subjects}

    return done


def decision(code, star):
    return DECISIONS + f"{code},星级,{star},党委研究,示例镇党委,〔2024〕3号,2024-01-20,王某\n"


def test_nobody_is_listed_where_people_did_nothing(reviewed):
    """One has the place for five stars by its points."""
    matters, rows = reviewed()
    assert matters == {}
    assert [rows[code].star for code in ("0001", "0002")] == [5, 4]


def test_a_decided_star_takes_the_place_of_another(reviewed):
    """0002 gets five stars: 0001 would lose its place; it keeps its star and waits for decision."""
    matters, rows = reviewed(审定结果=decision("0002", "五星"))
    assert set(matters) == {"0001"}
    assert "占用名额，须由5星变为4星" in matters["0001"].text
    assert "0002" in matters["0001"].text
    assert (rows["0001"].star, rows["0001"].final_star) == (5, None)
    assert rows["0002"].final_star == "5"


def test_a_decided_star_leaves_a_place(reviewed):
    """0001 gets four stars: 0002 could have five."""
    matters, rows = reviewed(审定结果=decision("0001", "四星"))
    assert set(matters) == {"0002"}
    assert "空出名额，可由4星变为5星" in matters["0002"].text
    assert rows["0002"].star == 4


def test_a_star_decided_as_computed_moves_nobody(reviewed):
    """The decision confirms what was computed."""
    assert reviewed(审定结果=decision("0001", "五星"))[0] == {}


def test_no_star_leaves_a_place_too(reviewed):
    """不定星."""
    assert set(reviewed(审定结果=decision("0001", "不定星"))[0]) == {"0002"}


def test_the_one_decided_as_well_is_not_listed(reviewed):
    """Whoever has a decision of its own waits for none."""
    rows = decision("0002", "五星") + decision("0001", "四星").removeprefix(DECISIONS)
    matters, found = reviewed(审定结果=rows)
    assert matters == {}
    assert [found[code].final_star for code in ("0001", "0002")] == ["4", "5"]


def test_an_objection_upheld_for_one_ties_another(reviewed):
    """0002 comes level with 0001: its place is open, though nothing of its own changed."""
    rows = OBJECTIONS + "异1,0002,1-1,2024-01-05,门牌已换,经核已换新,调整,镇党建办,2024-01-12\n"
    matters, found = reviewed(异议复核=rows)
    assert set(matters) == {"0001"}
    assert found["0001"].final_star is None


def test_a_fact_corrected_of_oneself_is_no_knock_on(reviewed):
    """0001 loses points by its own correction: only 0002 is listed, which wins its place."""
    rows = CORRECTIONS + "检查记录.csv!检查记录!C2,改为是,现场复查,赵某,2024-01-10\n"
    rows += "检查记录.csv!检查记录!B2,改为没有门牌,现场复查,赵某,2024-01-10\n"
    matters, found = reviewed(核查更正=rows)
    assert set(matters) == {"0002"}
    assert [found[code].star for code in ("0001", "0002")] == [4, 5]


def test_the_list_stands_in_the_workbook(tmp_path):
    """待定事项 of results.xlsx, and the reason in subjects.csv."""
    import openpyxl

    words = tiny(tmp_path, 审定结果=decision("0002", "五星"))
    assert run([*words, "--out", str(tmp_path / "out")]) == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "results.xlsx", read_only=True)
    cells = [str(cell) for row in book["待定事项"].iter_rows(values_only=True) for cell in row]
    assert "名额连带" in cells
    text = (tmp_path / "out" / "subjects.csv").read_text("utf-8-sig")
    row = next(row for row in csv.DictReader(text.splitlines()) if row["code"] == "0001")
    assert "名额连带，待决定" in row["reasons"]
