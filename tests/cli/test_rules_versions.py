"""`rules list` and `rules freeze`, and a review with a frozen version that was changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.fixture
def rules(tmp_path):
    """The shipped rules of the town's example, to write in."""
    for name in ("branch-norms", "town-village", "layers-province", "layers-county"):
        shutil.copytree(TOP / "rules" / name, tmp_path / "rules" / name)
    return tmp_path / "rules"


def rewrite(path: Path, old: str, new: str) -> None:
    """Put something else in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_freeze_then_change(rules, command):
    """Frozen; frozen again without harm; a change is refused by check and by freeze itself."""
    first = command("rules", "freeze", "layers-county@2024", "--rules", rules)
    assert (first.code, "已定稿" in first.out) == (0, True), first.err
    record = rules / "layers-county" / "2024.frozen"
    kept = record.read_bytes()
    again = command("rules", "freeze", rules / "layers-county" / "2024.yaml")
    assert (again.code, "没有变" in again.out) == (0, True), again.err
    assert "已定稿" in command("rules", "list", rules).out
    rewrite(rules / "layers-county" / "2024.yaml", "5: {from: 92}", "5: {from: 95}")
    checked = command("rules", "check", rules)
    assert checked.code == 1
    assert "layers-county/2024.yaml:3:1: R417" in checked.out
    assert command("rules", "freeze", "layers-county@2024", "--rules", rules).code == 4
    assert record.read_bytes() == kept


def test_freeze_as_a_document(rules, command):
    """The digest, the file, and whether it was frozen before."""
    told = [
        json.loads(command("rules", "freeze", "layers-county@2024", "--rules", rules, "--json").out)
        for _ in range(2)
    ]
    assert [document["already_frozen"] for document in told] == [False, True]
    assert len(told[0]["meaning"]) == 64
    assert told[0]["meaning"] == told[1]["meaning"]


def test_broken_rules_are_not_frozen(rules, command):
    """Only what can be used can be frozen."""
    rewrite(rules / "layers-county" / "2024.yaml", "5: {from: 92}", "5: {from: 85}")
    ended = command("rules", "freeze", "layers-county@2024", "--rules", rules)
    assert ended.code == 4
    assert "R601" in ended.err
    assert not (rules / "layers-county" / "2024.frozen").exists()


def test_unknown_versions_are_not_frozen(rules, command):
    """A name that is not there: exit 2."""
    assert command("rules", "freeze", "layers-town@2024", "--rules", rules).code == 2


def test_a_review_refuses_a_changed_frozen_version(rules, tmp_path, command):
    """Exit 4 and nothing written; as it was frozen, it runs."""
    data = TOP / "fixtures" / "town-2023"
    asked = ("review", data, "--rules", rules, "--rulebook", "town-village@2023")
    frozen = command("rules", "freeze", "town-village@2023", "--rules", rules)
    assert frozen.code == 0, frozen.err
    good = command(*asked, "--out", tmp_path / "good")
    assert good.code == 0, good.err
    rewrite(
        rules / "town-village" / "2023.yaml",
        "deduct: 2, per: 缺开党员大会季度",
        "deduct: 1, per: 缺开党员大会季度",
    )
    bad = command(*asked, "--out", tmp_path / "bad")
    assert bad.code == 4
    assert "R417" in bad.err
    assert not (tmp_path / "bad").exists()


def test_list_tells_gaps_and_overlaps(rules, command):
    """A line for each stretch without rules or with two, and the same as a document."""
    rewrite(rules / "town-village" / "2023.yaml", "until: 2023-12-31", "until: 2023-10-31")
    rewrite(rules / "town-village" / "2022.yaml", "until: 2022-12-31", "until: 2023-01-31")
    told = command("rules", "list", rules)
    assert "空档：town-village 2023-11-01至2023-12-31" in told.out
    assert "重叠：town-village 2023-01-01至2023-01-31 同时施行 2022、2023 版" in told.out
    document = json.loads(command("rules", "list", rules, "--json").out)
    stretches = document["in_force"]["town-village"]
    assert [each["versions"] for each in stretches][:4] == [
        ["2022"],
        ["2022", "2023"],
        ["2023"],
        [],
    ]
