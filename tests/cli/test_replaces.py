"""`starrating review … --replaces ARCHIVE --reason TEXT`: corrected reviews."""

import csv
from dataclasses import replace

import openpyxl
import pytest

from starrating.archive.bundle import content_digest, pack, unpack, verify
from starrating.cli import run
from starrating.ledger import add, examine
from starrating.results.changes import changes
from starrating.results.tables import changes_csv
from tiny import CHECKS, CORRECTIONS, ORGANISATIONS, PLAN, tiny, write

REASON = "漏录一处门牌破损"
MORE = CHECKS.replace("0001,门牌破损,否", "0001,门牌破损,是")


@pytest.fixture
def old(tmp_path):
    assert run([*tiny(tmp_path / "a"), "--out", str(tmp_path / "old")]) == 0
    return tmp_path / "old" / "review.zip"


@pytest.fixture
def corrected(tmp_path, old):
    """Review corrected data; gives the exit code and the folder."""

    def review(*words, reason=REASON, **sheets):
        out = tmp_path / "new"
        data = tiny(tmp_path / "b", **({"检查记录": MORE} | sheets))
        named = ["--replaces", str(old), "--reason", reason]
        return run([*data, *named, *words, "--out", str(out)]), out

    return review


def rows_of(out):
    return list(csv.DictReader((out / "changes.csv").read_text("utf-8-sig").splitlines()))


def test_it_names_the_archive_it_replaces(old, corrected):
    """By content digest and 结果编号, with the reason."""
    code, out = corrected()
    replaced = unpack((out / "review.zip").read_bytes()).facts.links.replaces
    assert code == 0
    assert (replaced.digest, replaced.reason) == (content_digest(old.read_bytes()), REASON)


def test_every_changed_row_is_listed(corrected):
    """Totals, items, findings, tasks: then and now; what stayed the same is not."""
    _, out = corrected()
    rows = rows_of(out)
    assert {row["table"] for row in rows} == {
        "subjects.csv", "items.csv", "findings.csv", "tasks.csv",
    }  # fmt: skip
    total = next(r for r in rows if r["table"] == "subjects.csv" and r["code"] == "0001")
    assert "总分下限 100.00" in total["then"]
    assert "总分下限 95.00" in total["now"]
    item = next(r for r in rows if r["table"] == "items.csv")
    assert (item["code"], item["row"], item["change"]) == ("0001", "1", "changed")
    assert not any(row["code"] == "0003" for row in rows)


def test_rows_that_came_and_went(corrected):
    """A new finding has no then; one that is gone has no now."""
    _, out = corrected(检查记录=CHECKS.replace("0003,没有台账,是", "0003,没有台账,否"))
    gone = [row for row in rows_of(out) if row["change"] == "removed"]
    assert {row["table"] for row in gone} == {"findings.csv", "tasks.csv", "flags.csv"}
    assert all(row["then"] and not row["now"] for row in gone)


def test_the_list_is_in_archive_and_workbook(corrected):
    """results/changes.csv, and the sheet 更正对照 with the reason."""
    _, out = corrected()
    bundle = unpack((out / "review.zip").read_bytes())
    assert bundle.results["changes.csv"] == (out / "changes.csv").read_bytes()
    book = openpyxl.load_workbook(out / "results.xlsx", read_only=True)
    lines = [
        "\n".join(str(c) for c in row if c) for row in book["更正对照"].iter_rows(values_only=True)
    ]
    text = "\n".join(lines)
    assert REASON in text
    assert "总分下限 95.00" in text


def test_it_verifies_and_reproduces(corrected):
    """Also the list of changes, as far as it tells of now."""
    _, out = corrected()
    assert verify((out / "review.zip").read_bytes()) == []
    assert run(["archive", "reproduce", str(out / "review.zip")]) == 0


def test_an_altered_list_does_not_reproduce(corrected):
    """A change that was put into the list, consistently packed."""
    _, out = corrected()
    bundle = unpack((out / "review.zip").read_bytes())
    listed = bundle.results["changes.csv"].replace(
        "总分下限 95.00".encode(), "总分下限 96.00".encode()
    )
    results = {**bundle.results, "changes.csv": listed}
    (out / "review.zip").write_bytes(pack(replace(bundle, results=results, readme=None, sm3=None)))
    assert run(["archive", "reproduce", str(out / "review.zip")]) == 5


def test_nothing_changed(old, tmp_path):
    """A correction without effect lists nothing, and says so in a file."""
    words = ["--replaces", str(old), "--reason", "核对无误", "--out", str(tmp_path / "new")]
    assert run(["review", str(old), *words]) == 0
    assert rows_of(tmp_path / "new") == []


def test_an_archive_may_be_corrected_by_its_own_data(old, tmp_path):
    """With 核查更正 beside it: no workbook is needed."""
    rows = CORRECTIONS + "检查记录.csv!检查记录!C4,改为否,现场复查,赵某,2024-01-10\n"
    people = write(tmp_path / "people", {"核查更正.csv": rows})
    words = ["--people", str(people), "--replaces", str(old), "--reason", "复查更正"]
    assert run(["review", str(old), *words, "--out", str(tmp_path / "new")]) == 0
    links = unpack((tmp_path / "new" / "review.zip").read_bytes()).facts.links
    assert links.based_on == links.replaces.digest


def test_no_changes_csv_without_a_correction(old):
    """The files of an ordinary review hold no list of changes."""
    assert not (old.parent / "changes.csv").exists()


@pytest.mark.parametrize("words", [("--replaces", "x.zip"), ("--reason", "理由")])
def test_archive_and_reason_go_together(tmp_path, words):
    """One without the other is a slip."""
    assert run([*tiny(tmp_path), *words, "--out", str(tmp_path / "out")]) == 2


def test_a_reason_is_asked_for(corrected):
    """Blanks are none."""
    assert corrected(reason="  ")[0] == 2


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"plan": None}, ("--period", "2024")),
        (
            {
                "党组织": ORGANISATIONS.replace("000", "009"),
                "检查记录": CHECKS.replace("000", "009"),
            },
            (),
        ),
        ({}, ("--level", "镇")),
    ],
)
def test_another_review_is_refused(corrected, capsys, sheets, words):
    """Another period, other organisations, another level: A308, nothing written."""
    sheets = {name: text for name, text in sheets.items() if text is not None}
    code, out = corrected(*words, **sheets)
    assert (code, out.exists()) in [(2, False), (4, False)]


def test_another_set_of_rules_is_refused(tmp_path, old, capsys):
    """The rulebooks are those of the review."""
    words = tiny(tmp_path / "b")
    write(
        tmp_path / "b",
        {
            "data/plan.yaml": PLAN.replace("tiny", "other"),
            "rules/other/2023.yaml": (tmp_path / "b/rules/tiny/2023.yaml")
            .read_text("utf-8")
            .replace("id: tiny", "id: other"),
        },
    )
    named = ["--replaces", str(old), "--reason", REASON, "--out", str(tmp_path / "new")]
    assert run([*words, *named]) == 2
    assert "A308" in capsys.readouterr().err


def test_an_archive_that_does_not_verify_is_refused(old, corrected):
    """Exit code 5."""
    data = bytearray(old.read_bytes())
    data[len(data) // 2] ^= 1
    old.write_bytes(bytes(data))
    code, out = corrected()
    assert (code, out.exists()) == (5, False)


# --- the ledger -----------------------------------------------------------------------------------


def test_the_ledger_links_both(old, corrected, tmp_path, capsys):
    """list tells both ways."""
    _, out = corrected()
    add(tmp_path / "台账", old.read_bytes())
    added = add(tmp_path / "台账", (out / "review.zip").read_bytes())
    assert (added.entry.number, added.entry.reason) == (2, REASON)
    assert examine(tmp_path / "台账").notes == ()
    capsys.readouterr()
    assert run(["archive", "list", "--ledger", str(tmp_path / "台账")]) == 0
    told = capsys.readouterr().out
    assert "更正第1号" in told
    assert "已由第2号更正" in told


def test_a_correction_of_what_is_not_there_is_noticed(corrected, tmp_path):
    """The archive it replaces was never entered."""
    _, out = corrected()
    add(tmp_path / "台账", (out / "review.zip").read_bytes())
    assert [note.code for note in examine(tmp_path / "台账").notes] == ["A414"]


def test_a_second_correction_of_one_is_noticed(old, corrected, tmp_path):
    """Two corrections of the same archive."""
    add(tmp_path / "台账", old.read_bytes())
    for reason in ("理由一", "理由二"):
        _, out = corrected(reason=reason)
        add(tmp_path / "台账", (out / "review.zip").read_bytes())
    assert [note.code for note in examine(tmp_path / "台账").notes] == ["A415"]


def test_the_ledger_refuses_a_false_list(old, corrected, tmp_path):
    """A list that leaves a change out is not what the two archives say."""
    _, out = corrected()
    bundle = unpack((out / "review.zip").read_bytes())
    listed = changes(unpack(old.read_bytes()).results, bundle.results)
    results = {**bundle.results, "changes.csv": changes_csv(listed[1:])}
    add(tmp_path / "台账", old.read_bytes())
    added = add(tmp_path / "台账", pack(replace(bundle, results=results, readme=None, sm3=None)))
    assert [fault.code for fault in added.faults] == ["A416"]
