"""`starrating review` and `check` on real folders."""

import io
import json
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from starrating import schema
from starrating.archive.codes import CODES
from starrating.archive.zipform import ArchiveErrors
from starrating.cli import run
from starrating.cli._request import LEVELS, STAGES
from starrating.origin import Origin

TOP = Path(__file__).parents[2]
TOWN = TOP / "fixtures" / "town-2023"
RULES = TOP / "rules"

NAMES = {
    "results.xlsx", "review.zip", "subjects.csv", "items.csv", "findings.csv", "tasks.csv",
    "flags.csv", "ratings.csv", "faults.csv", "字段说明.csv",
}  # fmt: skip


def review(out, *words):
    """Review the town; what was printed."""
    printed, told = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(told):
        assert run(["review", str(TOWN), "--rules", str(RULES), "--out", str(out), *words]) == 0
    return printed.getvalue(), told.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A review of the town, made once: folder, stdout, stderr."""
    out = tmp_path_factory.mktemp("review") / "out"
    return out, *review(out)


@pytest.fixture(scope="module")
def reviewed(made):
    """The folder of that review."""
    return made[0]


@pytest.fixture(scope="module")
def native(tmp_path_factory):
    """The same review by the native judge, with --json: folder, stdout."""
    out = tmp_path_factory.mktemp("native") / "out"
    return out, review(out, "--judge", "native", "--json")[0]


def visible(folder):
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_stages_and_levels_are_the_plans():
    """The choices of --stage and --level are those of plan.yaml."""
    assert (STAGES, LEVELS) == (schema.STAGES, schema.LEVELS)


def test_review_writes_all_files(reviewed):
    """All files of a review, and no other."""
    assert visible(reviewed) == NAMES


def test_the_summary(made):
    """The figures a user asks for stand on stdout; messages go to stderr."""
    _, printed, told = made
    assert "五星  14" in printed
    assert "四星   3" in printed
    assert "在其施行期内" in printed
    assert "正在评定" in told
    assert "正在评定" not in printed


def test_json_is_one_document(native):
    """--json prints one canonical document with the same figures and nothing else."""
    document = json.loads(native[1])
    assert native[1].count("\n") == 1
    assert (document["rated"], document["organisations"]) == (17, 25)
    assert set(document["files"]) == NAMES
    assert document["judge"] == "native"


def test_the_judge_changes_no_file_but_its_name(reviewed, native):
    """The native judge gives the same results; only the archive's environment names it."""
    for name in NAMES - {"review.zip"}:
        assert (native[0] / name).read_bytes() == (reviewed / name).read_bytes(), name
    contents = [
        json.loads(zipfile.ZipFile(folder / "review.zip").read("manifest.json"))["content_digest"]
        for folder in (native[0], reviewed)
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere"], 3, "D101"),
        (["nowhere", "--period", "2023", "--rulebook", "town-village"], 3, "D101"),
        ([TOWN, "--rules", "nowhere"], 4, "R504"),
        ([TOWN, "--rulebook", "town-vilage", "--period", "2023"], 2, "town-village"),
        ([TOWN, "--rulebook", "town-village@2019", "--period", "2023"], 2, "R411"),
        ([TOWN, "--period", "1999"], 4, "R408"),
        ([TOWN, "--period", "去年"], 2, "--period: R502"),
        ([TOWN, "--cut-off", "2022-12-31"], 2, "R505"),
        ([TOWN, "--with", "nowhere.zip"], 3, "A301"),
        ([TOWN, "--plan", "nowhere.yaml"], 3, "D101"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else str(value),
)
def test_refusals_leave_everything_whole(words, code, told, command, tmp_path):
    """Why there is no result, with its exit code; nothing is written."""
    out = tmp_path / "out"
    rules = [] if "--rules" in words else ["--rules", RULES]
    ended = command("review", *words, *rules, "--out", out)
    assert (ended.code, ended.out) == (code, ""), ended.err
    assert told in ended.err
    assert "没有写入任何文件" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_a_document_too(command, tmp_path):
    """--json tells the faults with code and exit code."""
    ended = command("review", TOWN, "--rules", "nowhere", "--out", tmp_path / "out", "--json")
    document = json.loads(ended.out)
    assert document["exit_code"] == 4
    assert [fault["code"] for fault in document["faults"]] == ["R504"]


def test_an_output_folder_with_files_of_others(command, tmp_path):
    """A file of the same name that is not ours is not overwritten: exit 2, all stays."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "results.xlsx").write_text("mine", encoding="utf-8")
    ended = command("review", TOWN, "--rules", RULES, "--out", out)
    assert ended.code == 2
    assert "E804" in ended.err
    assert visible(out) == {"results.xlsx"}
    assert (out / "results.xlsx").read_text(encoding="utf-8") == "mine"


def test_a_file_name_that_no_archive_can_hold(command, tmp_path, monkeypatch):
    """An input file of such a name is told as a fault of the data; nothing is written."""

    def refuse(_bundle):
        raise ArchiveErrors([CODES.fault("A103", Origin("review.zip"), member="inputs/a\\b.csv")])

    monkeypatch.setattr("starrating.archive.bundle.packed", refuse)
    ended = command("review", TOWN, "--rules", RULES, "--out", tmp_path / "out")
    assert (ended.code, ended.out) == (3, "")
    assert "A103" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_check_of_sound_data(command):
    """Nothing to mend: exit 0 and one line on stderr."""
    ended = command("check", TOWN, "--rules", RULES)
    assert (ended.code, ended.out, ended.err.strip()) == (0, "", "没有发现数据问题。")


def test_check_without_errors(command, tmp_path):
    """Warnings and hints alone are no errors: exit 0, the faults on stdout, their number after."""
    (tmp_path / "党组织.csv").write_text(
        "党组织代码,党组织名称,领域,党员数,正式党员数\n0101,甲村党支部,农村,5,6\n", encoding="utf-8"
    )
    plan = ["--rulebook", "weak-and-lax", "--period", "2023"]
    ended = command("check", tmp_path, "--rules", RULES, *plan)
    assert ended.code == 0, ended.out
    assert "党组织.csv!党组织!E2: D507 " in ended.out
    assert ended.err.strip().startswith("共 ")


def test_check_finds_errors(command):
    """Errors give 1; every line has file, sheet, cell, code, message and remedy, as the page shows."""
    ended = command("check", TOP / "fixtures" / "town-2023-faults", "--rules", RULES)
    page = (TOP / "docs" / "commands.md").read_text("utf-8").split("## 查数据 check")[1]
    *shown, _rest = page.split("```")[3].strip().splitlines()
    assert ended.code == 1
    assert ended.out.splitlines()[: len(shown)] == shown
    assert "表彰奖励.csv!表彰奖励!F4: D312 “2023-09-31”这一天不存在（请核对后改正）" in ended.out


def test_check_as_a_document(command):
    """The document counts by level and lists every fault."""
    faults = TOP / "fixtures" / "town-2023-faults"
    ended = command("check", faults, "--rules", RULES, "--json")
    document = json.loads(ended.out)
    assert document["exit_code"] == ended.code == 1
    assert sum(document["counts"].values()) == len(document["faults"])


def test_check_of_nothing(command):
    """Data that cannot be read: exit 3."""
    ended = command(
        "check", "nowhere", "--rules", RULES, "--rulebook", "town-village", "--period", "2023"
    )
    assert ended.code == 3
    assert "D101" in ended.out


def test_verify(command, reviewed):
    """An archive as it was written is consistent with itself; no more is claimed."""
    ended = command("archive", "verify", reviewed / "review.zip")
    assert ended.code == 0
    assert ended.out.startswith("√ 自洽")
    assert "未被篡改" not in ended.out


def test_verify_as_a_document(command, reviewed):
    """The document names review, digest and number."""
    document = json.loads(command("archive", "verify", reviewed / "review.zip", "--json").out)
    assert document["consistent"] is True
    assert document["rulebooks"] == ["weak-and-lax@2023", "town-village@2023"]
    assert len(document["result_number"]) == 12


@pytest.mark.parametrize(("change", "code"), [(b"", 5), (b"x", 5), (None, 3)])
def test_verify_fails(change, code, command, reviewed, tmp_path):
    """A changed archive gives 5, none at all gives 3; the reason has a code."""
    path = tmp_path / "review.zip"
    if change is not None:
        path.write_bytes((reviewed / "review.zip").read_bytes()[:-40] + change)
    ended = command("archive", "verify", path)
    assert (ended.code, ended.out) == (code, "")
    assert "核验没有通过" in ended.err
    document = json.loads(command("archive", "verify", path, "--json").out)
    assert (document["consistent"], document["exit_code"]) == (False, code)


def test_explain(command, reviewed):
    """One organisation's story, by code or exact name, whole or one item."""
    by_code = command("explain", reviewed / "review.zip", "0112")
    assert by_code.code == 0
    assert "0112" in by_code.out
    item = command("explain", reviewed / "review.zip", "0112", "5.2")
    assert item.code == 0
    assert 0 < len(item.out) < len(by_code.out)
    document = json.loads(command("explain", reviewed / "review.zip", "0112", "--json").out)
    assert (document["exit_code"], document["faults"]) == (0, [])
    assert document["story"]


def test_explain_of_nobody(command, reviewed):
    """An unknown organisation or item is told with what there is."""
    nobody = command("explain", reviewed / "review.zip", "0199")
    assert nobody.code == 2
    assert "A303" in nobody.err
    document = json.loads(command("explain", reviewed / "review.zip", "0112", "9.9", "--json").out)
    assert [fault["code"] for fault in document["faults"]] == ["A304"]
    assert document["story"] is None
