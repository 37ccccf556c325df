"""`starrating rules export` and `rules import`."""

import json
from pathlib import Path

import openpyxl
import pytest

RULES = Path(__file__).parents[2] / "rules"
BOOK = "town-village@2024"


@pytest.fixture
def sheet(command, tmp_path):
    path = tmp_path / "细则.xlsx"
    assert command("rules", "export", BOOK, "--rules", RULES, "--out", path).code == 0
    return path


def test_out_and_back(command, sheet, tmp_path):
    """The file that comes back means what the rulebook means: rules diff finds nothing."""
    back = tmp_path / "town-village" / "2024.yaml"
    ended = command("rules", "import", sheet, "--rules", RULES, "--out", back)
    assert ended.code == 0
    base = RULES / "branch-norms"
    (tmp_path / "branch-norms").mkdir()
    for path in base.glob("*.yaml"):
        (tmp_path / "branch-norms" / path.name).write_bytes(path.read_bytes())
    same = command("rules", "diff", RULES / "town-village" / "2024.yaml", back)
    assert same.code == 0


def test_comments_are_counted(command, tmp_path):
    """What a workbook cannot hold is said."""
    path = tmp_path / "a.xlsx"
    ended = command("rules", "export", BOOK, "--rules", RULES, "--out", path)
    assert "没有带过去" in ended.out


def test_a_slip_stops_the_import(command, sheet, tmp_path):
    """Exit 4, the cell on stderr, no file."""
    book = openpyxl.load_workbook(sheet)
    page = book["评分细则"]
    titles = [cell.value for cell in page[1]]
    page.cell(2, titles.index("动作") + 1).value = "扣除"
    book.save(sheet)
    out = tmp_path / "2025.yaml"
    ended = command("rules", "import", sheet, "--rules", RULES, "--out", out)
    assert ended.code == 4
    assert "细则.xlsx!评分细则!H2" in ended.err
    assert not out.exists()


def test_a_name_that_nothing_has_stops_it_too(command, sheet, tmp_path):
    """What only the checks of rules find names its cell as well."""
    book = openpyxl.load_workbook(sheet)
    page = book["评分细则"]
    per = [cell.value for cell in page[1]].index("每") + 1
    row = next(r for r in range(2, 30) if page.cell(r, per).value == "缺开党员大会季度")
    page.cell(row, per).value = "缺开党员大会季渡"
    book.save(sheet)
    out = tmp_path / "2025.yaml"
    ended = command("rules", "import", sheet, "--rules", RULES, "--out", out)
    assert ended.code == 4
    assert f"细则.xlsx!评分细则!{page.cell(row, per).coordinate}" in ended.err
    assert "缺开党员大会季度" in ended.err
    assert not out.exists()


def test_an_existing_file_stays(command, sheet, tmp_path):
    """Only --replace overwrites."""
    out = tmp_path / "2024.yaml"
    out.write_text("mine", "utf-8")
    assert command("rules", "import", sheet, "--rules", RULES, "--out", out).code == 2
    assert out.read_text("utf-8") == "mine"
    assert command("rules", "import", sheet, "--rules", RULES, "--out", out, "--replace").code == 0


def test_a_draft_says_how_much_waits(command, tmp_path):
    """A printed sheet in other columns becomes a draft."""
    book = openpyxl.Workbook()
    for row in (["项目", "分值", "评分标准"], ["党员大会", 8, "每缺一季度扣2分"]):
        book.active.append(row)
    path, out = tmp_path / "印发.xlsx", tmp_path / "草稿.yaml"
    book.save(path)
    ended = command("rules", "import", path, "--rules", RULES, "--out", out, "--json")
    document = json.loads(ended.out)
    assert (document["draft"], document["items"], document["waiting"]) == (True, 1, 6)
    assert "每缺一季度扣2分" in out.read_text("utf-8")


def test_an_unknown_rulebook(command, tmp_path):
    """Exit 2 with the ids there are."""
    ended = command("rules", "export", "nobody", "--rules", RULES, "--out", tmp_path / "a.xlsx")
    assert ended.code == 2
    assert not (tmp_path / "a.xlsx").exists()
