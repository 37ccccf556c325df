"""`starrating review OLD.zip`: the same data with more of people's part, without a workbook."""

import csv
import json

import openpyxl
import pytest

from starrating.archive.bundle import content_digest as digest_of
from starrating.archive.bundle import unpack, verify
from starrating.cli import run
from starrating.results.columns import FILES
from starrating.results.tables import computed_files
from tiny import CORRECTIONS, DECISIONS, OBJECTIONS, tiny, write

DECIDED = DECISIONS + "0002,星级,五星,党委研究提升,示例镇党委,〔2024〕3号,2024-01-20,王某\n"


@pytest.fixture
def old(tmp_path):
    assert run([*tiny(tmp_path), "--out", str(tmp_path / "old")]) == 0
    return tmp_path / "old" / "review.zip"


@pytest.fixture
def again(tmp_path, old):
    """Review the archive again with these people's sheets; gives the exit code and the folder."""

    def review(*words, **sheets):
        people = write(tmp_path / "people", {f"{n}.csv": text for n, text in sheets.items()})
        more = ["--people", str(people)] if sheets else []
        out = tmp_path / "new"
        return run(["review", str(old), *more, *words, "--out", str(out)]), out

    return review


def subjects(folder):
    text = (folder / "subjects.csv").read_text("utf-8-sig")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def test_without_more_the_results_are_the_same(old, again):
    """Rules, plan and data come out of the archive."""
    code, out = again()
    assert code == 0
    assert (out / "subjects.csv").read_bytes() == (old.parent / "subjects.csv").read_bytes()


def test_a_star_is_decided(again):
    """Computed, decided and final star stand side by side."""
    code, out = again(审定结果=DECIDED)
    row = subjects(out)["0002"]
    assert code == 0
    assert (row["star"], row["decided_star"], row["final_star"]) == ("4", "5", "5")


def test_a_flag_is_confirmed(again):
    """What was a proposal acts once it is confirmed."""
    rows = DECISIONS + "0003,后进,认定,经研究认定,示例镇党委,〔2024〕3号,2024-01-20,\n"
    _, out = again(审定结果=rows)
    row = subjects(out)["0003"]
    assert (row["star"], row["state"]) == ("3", "determined")


def test_a_flag_is_rejected(again):
    """The proposal is told as rejected and leaves the star alone."""
    rows = DECISIONS + "0003,后进,不认定,台账已补齐,示例镇党委,〔2024〕3号,2024-01-20,\n"
    _, out = again(审定结果=rows)
    assert subjects(out)["0003"]["final_star"] == "4"
    assert ",rejected," in (out / "flags.csv").read_text("utf-8-sig")


def test_a_fact_is_corrected_without_touching_the_towns_file(old, again):
    """The score changes; the file of the town is in the new archive to the byte."""
    rows = CORRECTIONS + "检查记录.csv!检查记录!C4,改为否,现场复查台账齐全,赵某,2024-01-10\n"
    _, out = again(核查更正=rows)
    assert subjects(out)["0003"]["total_low"] == "100.00"
    new, before = unpack((out / "review.zip").read_bytes()), unpack(old.read_bytes())
    assert new.inputs["检查记录.csv"] == before.inputs["检查记录.csv"]


def test_a_finding_is_set_aside(again):
    """With its reason, shown and taking nothing."""
    rows = OBJECTIONS + "异1,0002,1-1,2024-01-05,门牌已换,经核门牌已换新,调整,镇党建办,2024-01-12\n"
    _, out = again(异议复核=rows)
    assert subjects(out)["0002"]["total_low"] == "100.00"
    assert "经核门牌已换新" in (out / "findings.csv").read_text("utf-8-sig")


def test_the_result_without_people_is_kept(old, again):
    """In the archive and beside it: the whole result as it was computed, item by item."""
    rows = CORRECTIONS + "检查记录.csv!检查记录!C4,改为否,现场复查,赵某,2024-01-10\n"
    _, out = again(核查更正=rows, 审定结果=DECIDED)
    kept = computed_files(unpack((out / "review.zip").read_bytes()).results)
    before = unpack(old.read_bytes()).results
    names = [file.name for file in FILES]
    assert sorted(kept) == sorted(names)
    assert {n: kept[n] for n in names} == {n: before[n] for n in names}
    assert {n: (out / "computed" / n).read_bytes() for n in names} == kept
    assert subjects(out)["0003"]["total_low"] == "100.00"
    assert subjects(out / "computed")["0003"]["total_low"] == "80.00"


def test_without_people_nothing_is_added(old):
    """No computed/ in the archive or beside it, and no word of it."""
    bundle = unpack(old.read_bytes())
    assert computed_files(bundle.results) == {}
    assert not (old.parent / "computed").exists()
    assert b"computed" not in bundle.readme + bundle.results["字段说明.csv"]


def test_the_readme_says_where_the_result_without_people_is(again):
    """Whoever unpacks the archive is told."""
    _, out = again(审定结果=DECIDED)
    readme = unpack((out / "review.zip").read_bytes()).readme.decode("utf-8-sig")
    assert "results/computed/  未计人工认定" in readme


def explained(again, capsys):
    """What `explain` tells of an organisation of which a fact was corrected."""
    rows = CORRECTIONS + "检查记录.csv!检查记录!C4,改为否,现场复查台账齐全,赵某,2024-01-10\n"
    _, out = again(核查更正=rows)
    capsys.readouterr()
    assert run(["explain", str(out / "review.zip"), "0003"]) == 0
    return capsys.readouterr().out


def test_explain_tells_what_an_item_gave_without_people(again, capsys):
    """Both scores of the item whose fact was corrected, and nothing more of the others."""
    told = explained(again, capsys)
    assert "2 台账：满分50分，得50分；未计人工认定时为30分" in told
    assert told.count("未计人工认定时") == 1


def test_the_new_archive_names_the_old_one(old, again):
    """By its content digest; it verifies and reproduces."""
    _, out = again(审定结果=DECIDED)
    data = (out / "review.zip").read_bytes()
    assert verify(data) == []
    assert unpack(data).facts.links.based_on == digest_of(old.read_bytes())
    assert run(["archive", "reproduce", str(out / "review.zip")]) == 0


def test_stage_and_issue_may_be_said(again):
    """The next stage of the same review."""
    _, out = again("--stage", "审定", "--issued", "2024-02-01", 审定结果=DECIDED)
    facts = unpack((out / "review.zip").read_bytes()).facts
    assert (facts.stage, str(facts.issued)) == ("审定", "2024-02-01")


def test_it_can_be_done_again_and_again(again, tmp_path):
    """Earlier decisions stay, also when later ones stand in a file of the same name."""
    _, out = again(审定结果=DECIDED)
    rows = DECISIONS + "0003,后进,认定,经研究认定,示例镇党委,〔2024〕4号,2024-01-22,\n"
    write(tmp_path / "second", {"审定结果.csv": rows})
    words = ["--people", str(tmp_path / "second"), "--out", str(tmp_path / "third")]
    assert run(["review", str(out / "review.zip"), *words]) == 0
    found = subjects(tmp_path / "third")
    assert (found["0002"]["final_star"], found["0003"]["final_star"]) == ("5", "3")


def test_a_file_is_not_taken_twice(again, tmp_path):
    """The same sheets given once more change nothing."""
    _, out = again(审定结果=DECIDED)
    words = ["--people", str(tmp_path / "people"), "--out", str(tmp_path / "third")]
    assert run(["review", str(out / "review.zip"), *words]) == 0
    third = unpack((tmp_path / "third" / "review.zip").read_bytes())
    assert third.inputs == unpack((out / "review.zip").read_bytes()).inputs


def test_sheets_of_data_are_refused(again, capsys):
    """A fact is put right by 核查更正, not by another sheet."""
    code, out = again(检查记录="党组织,检查项目,结果\n0003,没有台账,否\n")
    assert (code, out.exists()) == (3, False)
    assert "A306" in capsys.readouterr().err


def test_sheets_that_are_nobodys_are_refused(again, capsys):
    """A sheet misnamed must not be passed over: what was decided would silently not count."""
    code, out = again(审定="党组织,审定事项,结果,理由\n0002,星级,四星,会议研究\n")
    assert (code, out.exists()) == (3, False)
    assert "A305" in capsys.readouterr().err


def test_nothing_to_read(old, tmp_path, capsys):
    """An empty folder of people's sheets."""
    (tmp_path / "empty").mkdir()
    words = ["--people", str(tmp_path / "empty"), "--out", str(tmp_path / "new")]
    assert run(["review", str(old), *words]) == 3
    assert "A305" in capsys.readouterr().err


@pytest.mark.parametrize("option", [("--rules", "x"), ("--period", "2024"), ("--with", "x.zip")])
def test_what_the_archive_fixes_cannot_be_said(again, option):
    """Rules, plan and earlier facts are the archive's."""
    assert again(*option)[0] == 2


def test_people_beside_a_folder_is_refused(tmp_path):
    """The sheets go into the folder."""
    words = tiny(tmp_path)
    assert run([*words, "--people", str(tmp_path), "--out", str(tmp_path / "out")]) == 2


def test_an_archive_that_does_not_verify_is_refused(old, again):
    """Exit code 5, nothing written."""
    data = bytearray(old.read_bytes())
    data[len(data) // 2] ^= 1
    old.write_bytes(bytes(data))
    code, out = again(审定结果=DECIDED)
    assert (code, out.exists()) == (5, False)


def test_check_looks_at_the_new_sheets(old, tmp_path, capsys):
    """`check` takes an archive too."""
    rows = DECISIONS + "0002,星级,七十星,理由,镇党委,,2024-01-20,\n"
    people = write(tmp_path / "people", {"审定结果.csv": rows})
    capsys.readouterr()
    assert run(["check", str(old), "--people", str(people), "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert "E115" in [fault["code"] for fault in faults]


def test_explain_tells_what_people_did(again, capsys):
    """The corrected fact with its reason, and the result without people's part."""
    told = explained(again, capsys)
    assert "更正 检查记录.csv!检查记录!C4：改为否。现场复查台账齐全" in told
    assert "未计更正、复核和审定时的测算结果：80分" in told


def test_the_workbook_shows_all_three_side_by_side(again):
    """Computed without people, computed, decided and final; each decision with its reason."""
    rows = CORRECTIONS + "检查记录.csv!检查记录!C4,改为否,现场复查台账齐全,赵某,2024-01-10\n"
    _, out = again(核查更正=rows, 审定结果=DECIDED)
    book = openpyxl.load_workbook(out / "results.xlsx", read_only=True)
    lines = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    text = {
        name: "\n".join(str(cell) for line in found for cell in line)
        for name, found in lines.items()
    }
    summary = next(line for line in lines["评定结果汇总"] if "0003" in line)
    assert {80, 100} <= set(summary)
    assert "审定五星：党委研究提升（示例镇党委，〔2024〕3号，2024-01-20）" in text["评定结果汇总"]
    assert "现场复查台账齐全" in text["人工认定明细"]
    assert "丙村党支部" in text["人工认定明细"]
