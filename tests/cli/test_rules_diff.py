"""`starrating rules diff`."""

import json
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "rules"
OLD, NEW = "town-village@2023", "town-village@2024"


def test_on_the_screen(command):
    """Versions that differ end with 1, and the sentences stand on stdout."""
    ended = command("rules", "diff", OLD, NEW, "--rules", RULES)
    assert ended.code == 1
    assert "2.5 主题党日：主题党日每月1次，每缺一个月由扣0.5分改为扣0.4分" in ended.out


def test_equal(command):
    """A version against itself ends with 0."""
    ended = command("rules", "diff", OLD, OLD, "--rules", RULES)
    assert ended.code == 0
    assert "没有变化" in ended.out


def test_as_a_document(command):
    """The JSON names each change by its path."""
    ended = command("rules", "diff", OLD, NEW, "--rules", RULES, "--json")
    document = json.loads(ended.out)
    assert document["exit_code"] == 1
    assert "items.2.5.clauses.1" in [change["path"] for change in document["changes"]]


@pytest.mark.parametrize(
    ("name", "head"), [("a.md", b"# "), ("a.docx", b"PK"), ("a.txt", "《".encode())]
)
def test_into_a_file(name, head, command, tmp_path):
    """The ending says the form; written again, the bytes are the same."""
    path = tmp_path / name
    assert command("rules", "diff", OLD, NEW, "--rules", RULES, "--out", path).code == 1
    first = path.read_bytes()
    command("rules", "diff", OLD, NEW, "--rules", RULES, "--out", path)
    assert first.startswith(head)
    assert path.read_bytes() == first


def test_word_needs_a_file(command):
    """A Word document cannot be shown on the screen."""
    ended = command("rules", "diff", OLD, NEW, "--rules", RULES, "--format", "docx")
    assert ended.code == 2
    assert "--out" in ended.err


def test_unknown_rulebook(command):
    """The nearest known name is offered."""
    ended = command("rules", "diff", "town-vilage@2023", NEW, "--rules", RULES)
    assert ended.code == 2
    assert "town-village" in ended.err
