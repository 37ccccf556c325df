"""公示 and 整改通知书: what they say, what they leave unsaid, and the command."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest

from reviews import outcome
from starrating.archive.bundle import pack
from starrating.archive.canonical import sha256
from starrating.cli import run
from starrating.documents import documents_of
from starrating.documents.matter import Matter, matter_of
from starrating.documents.publicity import period, settled
from starrating.documents.rectification import notice, open_tasks

docx = pytest.importorskip("docx")


def text_of(data):
    """All paragraphs and cells, a line each."""
    document = docx.Document(io.BytesIO(data))
    cells = [
        " | ".join(cell.text for cell in row.cells)
        for table in document.tables
        for row in table.rows
    ]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def county():
    return outcome("county-mixed").bundle


@pytest.fixture(scope="module")
def town():
    return outcome("town-2023").bundle


def test_stars_are_made_public_in_the_order_of_codes(county):
    """Each star that stands, by name; no points, and none whose star hangs on a tie."""
    made = documents_of(county, ["公示"])
    text = text_of(made.files["公示.docx"])
    rows = [line.split(" | ") for line in text.splitlines() if " | " in line][1:]
    public = settled(matter_of(county))
    assert [row[1] for row in rows] == [row.name for row in public]
    assert [row.code for row in public] == sorted(row.code for row in public)
    assert rows[0] == ["1", "甲一村党支部", "甲例镇", "五星"]
    assert "101.5" not in text
    assert "0104" in made.left_out
    assert not set(made.left_out) & {row.code for row in public}


def test_an_office_that_nobody_named_is_left_blank(town):
    """The name stands in the plan; contact and phone do not, and are not invented."""
    text = text_of(documents_of(town, ["公示"]).files["公示.docx"])
    assert "向示例镇党建工作办公室反映（联系人______，电话______）" in text
    assert "公示期5个工作日（______年___月___日至______年___月___日）" in text


@pytest.mark.parametrize(
    ("publicity", "issued", "told"),
    [
        ({"days": "5", "kind": "working"}, date(2024, 2, 8), "5个工作日（2024年2月9日至2024年2月21日）"),
        ({"days": "7", "kind": "calendar"}, date(2024, 2, 8), "7日（2024年2月9日至2024年2月15日）"),
        ({"days": "5", "kind": "working"}, date(2050, 2, 8), "5个工作日（______年___月___日至"),
        ({"days": "3"}, None, "3日（______年"),
        ({}, None, "______日（"),
    ],
)  # fmt: skip
def test_how_long(town, publicity, issued, told):
    """Day 1 is the next (working) day; holidays that are not known are not guessed."""
    matter = matter_of(town)
    asked = replace(matter, publicity=publicity, plan=replace(matter.plan, issued=issued))
    assert period(asked).startswith(told)


def test_a_notice_for_each_organisation_with_open_tasks(county):
    """Every open task with its deadline; what is ended is not asked for again."""
    matter = matter_of(county)
    files = documents_of(county, ["整改通知书"]).files
    tasks = open_tasks(matter)
    assert set(files) == {f"整改通知书/{code}.docx" for code in tasks}
    ended = {task.task for task in matter.tables.tasks if task.status in ("已销号", "已撤销")}
    told = {task.task for each in tasks.values() for task in each}
    assert told | ended == {task.task for task in matter.tables.tasks}
    text = text_of(files["整改通知书/0101.docx"])
    assert "甲一村党支部：" in text
    assert all(task.task in text for task in tasks["0101"])
    assert "签发后30日内" in text


def test_same_bytes(town):
    """The same archive gives the same files."""
    assert documents_of(town).files == documents_of(town).files


def test_what_xml_cannot_hold(town):
    """A control character of a csv, or a name longer than a property, stops no document."""
    matter: Matter = matter_of(town)
    (task, *_) = matter.tables.tasks
    made = notice(matter, "甲\x01村" + "长" * 300, [replace(task, problem="台账\x0b不全")])
    assert "甲村长" in text_of(made)
    assert "台账不全" in text_of(made)


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def archive(town, tmp_path):
    path = tmp_path / "review.zip"
    path.write_bytes(pack(town))
    return path


def test_the_command_by_a_day_of_issue(archive, town, tmp_path, capsys):
    """Deadlines and 公示期 run from that day; the number is the archive's."""
    out = tmp_path / "文书"
    words = ["documents", str(archive), "--issued", "2024-01-08", "--out", str(out), "--json"]
    assert run(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["exit_code"], told["public"], len(told["files"])) == (0, 17, 26)
    text = text_of((out / "公示.docx").read_bytes())
    assert "5个工作日（2024年1月9日至2024年1月15日）" in text
    assert f"结果编号 {matter_of(town).plan.number}" in text
    notices = text_of((out / "整改通知书" / "0118.docx").read_bytes())
    assert "2024年2月7日" in notices
    assert "签发后" not in notices


def test_one_kind(archive, tmp_path, capsys):
    """Only what is asked for is written."""
    assert run(["documents", str(archive), "公示", "--out", str(tmp_path / "out")]) == 0
    assert "拟评定星级 17 个" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "out").glob("*.docx")] == ["公示.docx"]
    assert not (tmp_path / "out" / "整改通知书").exists()


def test_a_plan_that_is_none_of_ours(town, tmp_path, capsys):
    """Packed anew by a stranger, consistent with itself: told, exit 3, nothing written."""
    path, plan = tmp_path / "review.zip", b"{}"
    facts = replace(town.facts, plan_digest=sha256(plan))
    strange = replace(town, facts=facts, plan={**town.plan, "plan.json": plan}, readme=None)
    path.write_bytes(pack(strange))
    assert run(["documents", str(path), "--out", str(tmp_path / "out")]) == 3
    assert "A301" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_refusals(archive, tmp_path, capsys):
    """An unknown kind ends with 2, a damaged archive with 5; nothing is written."""
    out = tmp_path / "out"
    assert run(["documents", str(archive), "通报", "--out", str(out)]) == 2
    assert "没有“通报”这种文书，可写：公示、整改通知书" in capsys.readouterr().err
    archive.write_bytes(archive.read_bytes()[:-1])
    assert run(["documents", str(archive), "--out", str(out)]) == 5
    assert not out.exists()
