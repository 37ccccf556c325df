"""`starrating rules impact`."""

import json
from pathlib import Path

import pytest

from impact.past import archive_bytes

RULES = Path(__file__).parents[2] / "rules"
NEW = "town-village@2024"


@pytest.fixture
def archive(tmp_path):
    """The town's review.zip."""
    path = tmp_path / "review.zip"
    path.write_bytes(archive_bytes())
    return path


def test_everywhere_at_once(command, archive, tmp_path):
    """The workbook is written and the screen tells who falls; written again, the same bytes."""
    out = tmp_path / "测算.xlsx"
    words = ("rules", "impact", NEW, "--on", archive, "--rules", RULES, "--out", out)
    ended = command(*words)
    assert ended.code == 0
    assert "降星 10 个" in ended.out
    assert "0118 辛巳村党支部  四星 → 三星" in ended.out
    first = out.read_bytes()
    command(*words)
    assert out.read_bytes() == first


def test_as_a_document(command, archive):
    """The parts of each organisation add up to its change, as texts of exact numbers."""
    from fractions import Fraction

    ended = command(
        "rules", "impact", "town-village@2023", NEW, "--on", archive, "--rules", RULES, "--json"
    )
    (found,) = json.loads(ended.out)["impacts"]
    for each in found["subjects"]:
        parts = sum((Fraction(part["low"]) for part in each["parts"]), Fraction(0))
        assert parts == Fraction(each["change"]["low"])
        after, before = each["after"]["total_low"], each["before"]["total_low"]
        assert parts == Fraction(after) - Fraction(before)


def test_a_broken_archive(command, archive):
    """An archive that does not verify is not computed on."""
    archive.write_bytes(archive.read_bytes()[:-10])
    ended = command("rules", "impact", NEW, "--on", archive, "--rules", RULES)
    assert ended.code == 3
    assert ended.out == ""


def test_rules_of_something_else(command, archive):
    """A library stands in no review's place."""
    ended = command("rules", "impact", "branch-norms@2018", "--on", archive, "--rules", RULES)
    assert ended.code == 2


def test_another_ending(command, archive, tmp_path):
    """Only workbooks and texts are written."""
    ended = command(
        "rules", "impact", NEW, "--on", archive, "--rules", RULES, "--out", tmp_path / "a.pdf"
    )
    assert ended.code == 2
    assert ".xlsx" in ended.err
