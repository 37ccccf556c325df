"""定稿: what may still be written in a frozen version, and what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from starrating.faults import Level
from starrating.rulebook.freezing import read_record, record_of, record_path, record_text
from starrating.rulebook.read import Loaded, read_rulebook
from starrating.rulebook.versions import find_rulebooks

BASE = """# 虚构的规则
format: 1
id: base
version: "1"
title: 上级规则
in_force: {from: 2024-01-01}
defaults: {not_applicable: full}
sections:
  - title: 组织生活
    points: 10
    items:
      - {id: "1.1", title: 台账, points: 10, clauses: [{deduct: 4, if: found 台账不全}]}
stars: [{star: 2, from: 8}, {star: 1, from: 0}]
"""
TOWN = """format: 1
id: town
version: "1"
title: 本级规则
in_force: {from: 2024-01-01}
extends: {id: base, version: "1"}
judgements: [{id: V1, if: found 严重违纪, then: {star_at_most: 1}}]
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A base and a book that extends it."""
    folder = tmp_path / "rules"
    for name, text in (("base", BASE), ("town", TOWN)):
        path = folder / name / "1.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return folder


def read(folder: Path, name: str) -> Loaded:
    """A version of the folder."""
    path = folder / name / "1.yaml"
    return read_rulebook(path, f"rules/{name}/1.yaml", find_rulebooks(folder).path)


def freeze(folder: Path, name: str) -> None:
    """Record what the version means now."""
    book = read(folder, name).book
    assert book is not None
    record_path(folder / name / "1.yaml").write_text(record_text(record_of(book)), "utf-8")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Write something else into a version."""
    path = folder / name / "1.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def errors(folder: Path, name: str) -> list[str]:
    """The codes of its errors."""
    graves = (Level.FATAL, Level.ERROR)
    return [fault.code for fault in read(folder, name).faults if fault.level in graves]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# 虚构的规则", "# 另一句说明"),
        ("deduct: 4, if: found 台账不全", "if: found 台账不全, deduct: 4.0"),
        ("{from: 2024-01-01}", "{from: 2024-01-01, until: 2024-12-31}"),
    ],
)
def test_what_may_still_be_written(rules: Path, old: str, new: str) -> None:
    """Comments, the order of keys, other spellings, and the last day where it was open."""
    freeze(rules, "base")
    edit(rules, "base", old, new)
    assert errors(rules, "base") == []


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("deduct: 4", "deduct: 3", "sections"),
        ("from: 8", "from: 7", "stars"),
        ("{from: 2024-01-01}", "{from: 2023-01-01}", "in_force"),
        ("title: 上级规则", "title: 新的上级规则", "title"),
    ],
)
def test_what_may_not(rules: Path, old: str, new: str, part: str) -> None:
    """Any change of meaning is an error that names the part."""
    freeze(rules, "base")
    edit(rules, "base", old, new)
    (fault,) = read(rules, "base").faults
    assert (fault.code, fault.level) == ("R417", Level.ERROR)
    assert part in fault.message


def test_an_end_that_was_frozen_stays(rules: Path) -> None:
    """A last day that was written when it was frozen may not move."""
    edit(rules, "base", "{from: 2024-01-01}", "{from: 2024-01-01, until: 2024-12-31}")
    freeze(rules, "base")
    edit(rules, "base", "until: 2024-12-31", "until: 2024-06-30")
    assert errors(rules, "base") == ["R417"]


def test_the_superior_counts(rules: Path) -> None:
    """A frozen book means something else when what it extends changes."""
    freeze(rules, "town")
    edit(rules, "base", "deduct: 4", "deduct: 3")
    assert errors(rules, "town") == ["R417"]
    assert errors(rules, "base") == []


def test_a_changed_frozen_superior_is_told_below(rules: Path) -> None:
    """Whoever extends a frozen book that changed cannot use it either."""
    freeze(rules, "base")
    edit(rules, "base", "deduct: 4", "deduct: 3")
    assert errors(rules, "town") == ["R417"]


@pytest.mark.parametrize("text", ["", "form: 2\n", "form: 1\nid: base\n", "{{{", "- 1"])
def test_a_record_that_cannot_be_read(rules: Path, text: str) -> None:
    """An empty, foreign or broken record is an error, never taken as unfrozen."""
    record_path(rules / "base" / "1.yaml").write_text(text, "utf-8")
    assert errors(rules, "base") == ["R418"]


def test_a_record_without_its_file(rules: Path) -> None:
    """Deleting a frozen version is noticed."""
    freeze(rules, "town")
    (rules / "town" / "1.yaml").unlink()
    assert [fault.code for fault in find_rulebooks(rules).faults] == ["R419"]


def test_the_record_is_read_back(rules: Path) -> None:
    """What is written is what is read."""
    freeze(rules, "base")
    book = read(rules, "base").book
    assert book is not None
    path = rules / "base" / "1.yaml"
    assert read_record(path, "rules/base/1.yaml") == (record_of(book), ())
