"""`starrating rules describe` and `starrating rules schema`."""

import json
from pathlib import Path

import pytest

from starrating.report import wordfile

RULES = Path(__file__).parents[2] / "rules"
BOOK = "weak-and-lax"


def test_on_the_screen(command):
    """Without --out the Markdown is shown."""
    ended = command("rules", "describe", f"{BOOK}@2023", "--rules", RULES)
    assert ended.code == 0
    assert ended.out.startswith("# 软弱涣散基层党组织排查办法\n")


def test_of_a_file(command):
    """A rule file may be named; what it extends is found beside it."""
    ended = command("rules", "describe", RULES / BOOK / "2023.yaml")
    assert ended.code == 0
    assert "换届逾期月" in ended.out


def test_into_a_folder(command, tmp_path):
    """A folder takes both forms; written again, they are the same bytes."""
    ended = command("rules", "describe", BOOK, "--rules", RULES, "--out", tmp_path / "out")
    assert (ended.code, ended.out) == (0, "")
    names = [f"{BOOK}-2023.docx", f"{BOOK}-2023.md"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    command("rules", "describe", BOOK, "--rules", RULES, "--out", tmp_path / "out")
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("name", ["a.md", "a.docx"])
def test_into_a_file(name, command, tmp_path):
    """The ending says the form."""
    path = tmp_path / "new" / name
    ended = command("rules", "describe", BOOK, "--rules", RULES, "--out", path)
    assert ended.code == 0
    assert path.read_bytes()[:2] == (b"PK" if name.endswith("docx") else b"# ")


def test_as_a_document(command):
    """Rows carry the ids they stand for."""
    ended = command("rules", "describe", "town-village@2024", "--rules", RULES, "--json")
    document = json.loads(ended.out)
    ids = [row["id"] for chapter in document["chapters"] for row in chapter["rows"]]
    assert document["exit_code"] == 0
    assert "2.1" in ids


def test_without_python_docx(command, tmp_path, monkeypatch):
    """Word needs the optional part: a clear message, nothing written; Markdown works."""
    monkeypatch.setattr(wordfile, "find_spec", lambda _name: None)
    ended = command("rules", "describe", BOOK, "--rules", RULES, "--out", tmp_path / "out")
    assert ended.code == 2
    assert "starrating[documents]" in ended.err
    assert not (tmp_path / "out").exists()
    assert (
        command("rules", "describe", BOOK, "--rules", RULES, "--out", tmp_path / "a.md").code == 0
    )


def test_what_can_not_be_written(command, tmp_path):
    """A file in the way of the folder, or a name of another form: exit 2, no trace left."""
    (tmp_path / "a.txt").write_text("x")
    assert (
        command("rules", "describe", BOOK, "--rules", RULES, "--out", tmp_path / "a.txt").code == 2
    )
    ended = command(
        "rules", "describe", BOOK, "--rules", RULES, "--out", tmp_path / "a.txt" / "b.md"
    )
    assert ended.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_unknown_rulebooks(command, tmp_path):
    """Which is meant is unclear: 2; no rules, or none that can be read: 4."""
    assert command("rules", "describe", "town-village", "--rules", RULES).code == 2
    assert command("rules", "describe", "nothing", "--rules", RULES).code == 2
    assert command("rules", "describe", "nothing", "--rules", tmp_path).code == 4
    assert command("rules", "describe", tmp_path / "nothing.yaml").code == 4
    (tmp_path / "broken.yaml").write_text("format: 1\nid: x\n", encoding="utf-8")
    ended = command("rules", "describe", tmp_path / "broken.yaml")
    assert (ended.code, ended.out) == (4, "")
    assert "R202" in ended.err


def test_schema(command, tmp_path):
    """On the screen, into a file, and inside a document: the same schema."""
    path = tmp_path / "new" / "rulebook.schema.json"
    shown = command("rules", "schema")
    assert shown.code == 0
    assert command("rules", "schema", "--out", path).code == 0
    assert path.read_text("utf-8") == shown.out
    document = json.loads(command("rules", "schema", "--json").out)
    assert document["schema"] == json.loads(shown.out)
