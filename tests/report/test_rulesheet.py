"""The 细则说明 as a Word document."""

import io
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from starrating.report import wordfile
from starrating.report.rulesheet import rule_sheet
from starrating.rulebook.describe.model import Chapter, Description, Row, Table

HEAD, WIDTHS = ("项目", "内容", "分值"), (60, 150, 40)
ROWS = (
    Row(("组织生活\n（10分）", "一行\n两行", "6"), "1.1"),
    Row(("组织生活\n（10分）", "三行", "4"), "1.2"),
    Row(("活动场所", "四行", "5"), "2.1"),
)
SHEET = Description(
    "评分细则",
    "镇党委",
    date(2024, 1, 1),
    (
        Chapter("总则", ("适用于村。",)),
        Chapter("评分标准", table=Table(HEAD, WIDTHS, ROWS, joined=True, centred=(2,)), after=("完。",)),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(rule_sheet(SHEET)))


def test_the_same_bytes_each_time():
    """No clock, no order of its own: the same description gives the same file."""
    assert rule_sheet(SHEET) == rule_sheet(SHEET)


def test_members_have_one_time():
    """All members carry the first day a zip can write."""
    with zipfile.ZipFile(io.BytesIO(rule_sheet(SHEET))) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties(document):
    """The document is dated as its rules, and names nobody."""
    own = document.core_properties
    assert {own.created.date(), own.modified.date()} == {date(2024, 1, 1)}
    assert (own.title, own.author, own.last_modified_by) == ("评分细则", "", "")


def test_page(document):
    """A4 in landscape."""
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)


def test_text(document):
    """Title, chapters with Chinese numbers, sentences."""
    texts = [each.text for each in document.paragraphs if each.text]
    assert texts == ["评分细则", "镇党委", "一、总则", "适用于村。", "二、评分标准", "完。"]


def test_table(document):
    """The head repeats on each page, rows do not break, a section is one cell over its rows."""
    (table,) = document.tables
    first = table.rows[0]._tr.trPr
    assert first.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[0].cells] == list(HEAD)
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 0).text == "组织生活\n（10分）"
    assert table.cell(3, 0).text == "活动场所"
    assert table.cell(1, 1).text == "一行\n两行"


def test_fonts_are_named(document):
    """Every run names its East Asian font: 仿宋, or 黑体 in titles."""
    runs = [run for each in document.element.body.iter(qn("w:r")) for run in [each]]
    fonts = {run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert fonts == {"仿宋", "黑体"}


def test_language(document):
    """All text is Chinese of the mainland."""
    languages = list(document.styles.element.iter(qn("w:lang")))
    assert languages
    assert {each.get(qn("w:eastAsia")) for each in languages} == {"zh-CN"}


def test_without_python_docx(monkeypatch):
    """Whether documents can be made is known before one is begun."""
    assert wordfile.available()
    monkeypatch.setattr(wordfile, "find_spec", lambda _name: None)
    assert not wordfile.available()


def test_nothing_is_imported_early():
    """Only who makes a document pays for python-docx."""
    code = "import sys, starrating.report.rulesheet; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and poppler are not installed",
)
def test_libreoffice_prints_it(tmp_path: Path):
    """An office program opens it and prints what it says."""
    (tmp_path / "a.docx").write_bytes(rule_sheet(SHEET))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    if not (tmp_path / "a.pdf").exists():
        pytest.skip("LibreOffice Writer is not installed")
    told = subprocess.run(
        ["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    )
    assert "评分标准" in told.stdout.decode()
