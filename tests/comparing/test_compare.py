"""Two archives compared: who changed, and by what."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest

from reviewing.small import reviewed
from starrating.archive.bundle import pack
from starrating.cli import run
from starrating.comparing import NotComparable, compare, crossed
from starrating.comparing.document import workbook_of


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Bundles by name: the first review, and others that differ from it in one thing each."""
    folder = tmp_path_factory.mktemp("compared")
    decided = [("0005", "四星")]
    facts = {
        "old": {"decided": decided},
        "data": {"decided": decided, "base": {"0001": 75}},
        "rules": {"decided": decided, "version": "2", "sign": 4, "signs": ()},
        "quota": {"decided": decided, "version": "2", "seats": 2},
        "people": {"decided": [*decided, ("0003", "五星")]},
        "both": {"decided": decided, "version": "2", "sign": 4, "signs": ("0003",)},
        "more": {"decided": decided, "base": {"0009": 50}},
    }
    return {name: reviewed(folder / name, **more) for name, more in facts.items()}


def compared(made, one, other):
    old, new = made[one], made[other]
    return compare(old, new, crossed(old, new, "old.zip", "new.zip"), ("old.zip", "new.zip"))


def causes(found):
    return {each.code: [(c.kind, c.step) for c in each.causes] for each in found.changes}


def test_nothing_changed(made):
    """A review held against itself has no changes."""
    found = compared(made, "old", "old")
    assert (found.subjects, found.changes) == (5, ())


def test_data_and_those_carried_along(made):
    """Who lost points changed by data; who only took the seat that came free, by 名额连带."""
    found = compared(made, "old", "data")
    assert causes(found) == {"0001": [("data", "data")], "0002": [("knock_on", "data")]}
    (lost, taken) = found.changes
    assert (lost.before.star, lost.after.star) == (5, 4)
    assert (taken.before.star, taken.after.star) == (4, 5)
    assert [item.item for item in lost.causes[0].items] == ["1"]


def test_a_quota_that_changed_is_a_rule(made):
    """More seats are the rules' doing, not others' stars."""
    assert causes(compared(made, "old", "quota")) == {"0002": [("rules", "rules")]}


def test_a_rule_nobody_is_touched_by(made):
    """A dearer clause that nobody met changes nobody."""
    assert causes(compared(made, "old", "rules")) == {}


def test_people(made):
    """A star decided in one review only is people's doing; the computed one stays, and whoever
    held the only seat waits for a decision (名额连带)."""
    found = compared(made, "old", "people")
    assert causes(found) == {"0001": [("knock_on", "people")], "0003": [("people", "people")]}
    (_, change) = found.changes
    assert (change.before.star, change.after.star) == (4, 4)
    assert (change.before.final, change.after.final) == ("4", "5")


def test_the_other_order_is_shown_where_it_differs(made):
    """The sign costs 2 by the old rules and 4 by the new: both orders are told."""
    found = compared(made, "old", "both")
    (change,) = found.changes
    assert [(c.step, c.before.total[0], c.after.total[0]) for c in change.causes] == [
        ("data", 89, 87),
        ("rules", 87, 85),
    ]
    assert [(c.step, c.before.total[0], c.after.total[0]) for c in change.turned] == [
        ("data", 89, 85)
    ]


def test_one_order_where_both_say_the_same(made):
    """Where the order does not matter it is told once."""
    assert all(not each.turned for each in compared(made, "old", "data").changes)


def test_organisations_of_one_review_only(made):
    """New ones and lost ones stand without causes."""
    (came,) = compared(made, "old", "more").changes
    assert (came.code, came.before, came.causes) == ("0009", None, ())
    (gone,) = compared(made, "more", "old").changes
    assert (gone.code, gone.after) == ("0009", None)


@pytest.mark.parametrize("other", ["data", "quota", "people", "both"])
def test_causes_lead_from_one_to_the_other(made, other):
    """The steps join: each begins where the one before ended, the last ends at the new stand."""
    for change in compared(made, "old", other).changes:
        totals = [each.before.total for each in change.causes]
        ends = [each.after.total for each in change.causes]
        assert totals == [change.before.total, *ends[:-1]]
        assert ends[-1] == change.after.total


def test_an_archive_that_does_not_reproduce_is_refused(made):
    """Causes are told only of results that come out again."""
    old = made["old"]
    rows = old.results["subjects.csv"].replace(b"99.00", b"98.50")
    wrong = replace(old, results={**old.results, "subjects.csv": rows})
    with pytest.raises(NotComparable, match="复算"):
        crossed(wrong, old, "old.zip", "new.zip")


def test_the_workbook(made):
    """Three sheets; the same comparison gives the same bytes."""
    found = compared(made, "old", "both")
    data = workbook_of(found)
    assert data == workbook_of(found)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["变化", "原因", "项目"]
    texts = [cell.value for row in book["变化"].iter_rows() for cell in row if cell.value]
    assert "第0003党支部" in texts
    assert "数据、规则" in texts


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    for name, bundle in made.items():
        (tmp_path / f"{name}.zip").write_bytes(pack(bundle))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text(folder, capsys):
    """Who changed from what to what, and why, in Chinese."""
    assert run(["compare", "old.zip", "data.zip", "--out", "对比.xlsx"]) == 0
    out = capsys.readouterr().out
    assert "党组织 5 个：不变 3，变化 2" in out
    assert "名额连带（因数据）：星级 四星→五星" in out
    assert (folder / "对比.xlsx").read_bytes().startswith(b"PK")


def test_json(folder, capsys):
    """One document, scores as texts."""
    assert run(["compare", "old.zip", "both.zip", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["causes"] == {"data": 1, "knock_on": 0, "people": 0, "rules": 1}
    assert document["changes"][0]["before"]["total"] == ["89.00", "89.00"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["old.zip", "none.zip"], 3),
        (["old.zip", "broken.zip"], 5),
        (["old.zip", "slim.zip"], 5),
        (["old.zip", "data.zip", "--out", "x.csv"], 2),
    ],
)
def test_exit_codes(folder, words, code):
    """Unreadable data 3, archives that do not verify or cannot be run again 5, slips 2."""
    (folder / "broken.zip").write_bytes((folder / "old.zip").read_bytes()[:-9])
    assert run(["archive", "slim", "old.zip", "--out", "slim.zip"]) == 0
    assert run(["compare", *words]) == code


def test_what_nobody_asked_for_is_not_known(tmp_path):
    """Old data under rules with a new check point: open, not found lacking."""
    old = reviewed(tmp_path / "old")
    new = reviewed(tmp_path / "new", version="2", point="无台账")
    runs = crossed(old, new, "old.zip", "new.zip")
    open_item = next(r for r in runs.rules_first.items if (r.code, r.item) == ("0001", "2"))
    assert open_item.score_low < open_item.score_high
