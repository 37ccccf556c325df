"""Each kind of clause of published sheets can be written, and its slips are noticed.

`<CODE>/good.yaml` is a rulebook whose cases lie at, below and above each edge. `<CODE>/twins.yaml`
lists slips of one line: `was` and `becomes`, and what finds it: codes of the checks, or `cases`
where the slip is a good rule that says something else, so that the cases of the good file fail.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from language.page import GROUPS, page
from starrating.faults import Fault, Level
from starrating.rulebook import checks
from starrating.rulebook.checks import check
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_text
from starrating.rulecases import run_case

HERE = Path(__file__).parent
PATTERNS = [code for codes in GROUPS.values() for code in codes]
TWINS = [
    pytest.param(code, twin, id=f"{code}-{twin['why']}")
    for code in PATTERNS
    for twin in yaml.safe_load((HERE / code / "twins.yaml").read_text("utf-8"))
]
INFORMATION = {"R324"}


def good(code: str) -> str:
    return (HERE / code / "good.yaml").read_text("utf-8")


def read(text: str, code: str) -> tuple[Rulebook | None, list[Fault]]:
    """The rulebook and what reading and checking say of it, notes left out."""
    loaded = read_text(text.encode(), f"{code}.yaml", lambda _id, _version: None)
    found = list(loaded.faults)
    if loaded.book is not None and not found:
        found += check(loaded.book)
    return loaded.book, [fault for fault in found if fault.code not in INFORMATION]


def failing(book: Rulebook) -> list[str]:
    return [case.title for case in book.cases if run_case(book, case, "native")]


def test_every_pattern_has_a_folder():
    """No pattern is without example, no example without pattern."""
    assert sorted(path.name for path in HERE.iterdir() if (path / "good.yaml").exists()) == sorted(
        PATTERNS
    )


@pytest.mark.parametrize("code", PATTERNS)
def test_good_rule(code):
    """The rule is clean and all its cases come out as worked out by hand."""
    book, found = read(good(code), code)
    assert [str(fault) for fault in found] == []
    assert book is not None
    assert book.cases
    assert failing(book) == []


@pytest.mark.parametrize(("code", "twin"), TWINS)
def test_bad_twin(code, twin):
    """A slip of one line is found by the checks named, or turns a case of the good rule red."""
    text = good(code)
    assert twin["was"] in text
    assert "\n" not in twin["was"] + twin["becomes"]
    book, found = read(text.replace(twin["was"], twin["becomes"], 1), code)
    if twin["finds"] == "cases":
        assert [fault for fault in found if fault.level is Level.ERROR] == []
        assert book is not None
        assert failing(book) != []
    else:
        assert sorted({fault.code for fault in found}) == sorted(twin["finds"])


@pytest.mark.parametrize("code", PATTERNS)
def test_every_pattern_has_a_slip_that_the_checks_find(code):
    """At least one bad twin is refused before any data are read."""
    twins = yaml.safe_load((HERE / code / "twins.yaml").read_text("utf-8"))
    assert any(twin["finds"] != "cases" for twin in twins)


def test_the_page_is_made_from_the_examples():
    """docs/patterns.md shows what the examples say."""
    assert (HERE.parent.parent / "docs" / "patterns.md").read_text("utf-8") == page()


CAUGHT = [
    pytest.param(*twin.values, id=twin.id)
    for twin in TWINS
    if twin.values[1]["finds"] != "cases" and twin.values[1]["finds"][0].startswith("R3")
]


@pytest.mark.parametrize(("code", "twin"), CAUGHT)
def test_without_its_check_the_slip_is_not_found(code, twin, monkeypatch):
    """One check finds the slip: taken away, the bad twin is red."""
    (first, *_) = twin["finds"]
    book, _ = read(good(code).replace(twin["was"], twin["becomes"], 1), code)
    speaking = [each for each in checks.CHECKS if first in {f.code for f in each(book)}]
    assert len(speaking) == 1
    kept = tuple(each for each in checks.CHECKS if each not in speaking)
    monkeypatch.setattr(checks, "CHECKS", kept)
    with pytest.raises(AssertionError):
        test_bad_twin(code, twin)
