"""The benchmark's data, rulebook and peers fit together: what is timed is the same result."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from benchmarks import answers
from benchmarks.generate import generate
from benchmarks.lines import Line, markdown, summary
from benchmarks.peers import PEERS
from benchmarks.peers.table import Table, of_rulebook
from benchmarks.side_by_side import RULEBOOK, differ, of_peer, of_review

from starrating.batch import run_batch
from starrating.reviewing import Request

ROOT = Path(__file__).parent.parent.parent
NEEDS = {
    "openfisca-core": "openfisca_core",
    "zen-engine": "zen",
    "rule-engine": "rule_engine",
    "clipspy": "clips",
    "durable_rules": "durable",
}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """120 branches in two parts, and what a batch review wrote of them."""
    folder = tmp_path_factory.mktemp("bench")
    generate(folder / "data", 120, 80)
    of_rulebook(RULEBOOK).save(folder / "table.json")
    found = run_batch(Request(folder / "data", ROOT / "benchmarks" / "rules"), folder / "out")
    assert found.faults == []
    return folder, found


def test_the_workload_is_what_it_says(reviewed):
    """Two parts, everybody rated, at least twelve findings a branch."""
    _, found = reviewed
    assert (found.parts, found.subjects, found.rated) == (2, 120, 120)
    assert found.findings >= 12 * 120


def test_the_table_holds_the_whole_rulebook(reviewed):
    """Sixty-eight lines: 56 scored items, the bonus, the veto and ten flags; and JSON keeps them."""
    table = of_rulebook(RULEBOOK)
    assert (len(table.items), len(table.bonus), len(table.verdicts)) == (56, 1, 11)
    assert table == Table.read(reviewed[0] / "table.json")


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_gives_the_same_answers(name, reviewed):
    """Total and verdicts of every branch; a peer in float32 may be off by a hundredth."""
    if name in NEEDS and find_spec(NEEDS[name]) is None:
        pytest.skip(f"{name} is not installed")
    folder, _ = reviewed
    answers = folder / f"{name}.tsv"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.peers", name,
         folder / "table.json", folder / "data", answers],
        check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
    )  # fmt: skip
    limit = Decimal("0.01") if name == "openfisca-core" else Decimal(0)
    known = of_review(folder / "out", of_rulebook(RULEBOOK))
    assert differ(known, of_peer(answers), limit) <= len(known) // 10


def test_another_answer_ends_the_comparison(reviewed):
    """One total or one verdict that differs is an error, never a printed time."""
    folder, _ = reviewed
    known = of_review(folder / "out", of_rulebook(RULEBOOK))
    code, (total, held) = next(iter(known.items()))
    for other in ((total + 1, held), (total, held ^ {"V1"})):
        with pytest.raises(SystemExit, match=code):
            differ(known, {**known, code: other}, Decimal(0))


def test_a_sample_has_the_answers_of_the_reference_evaluator(reviewed, monkeypatch):
    """Every branch of the superiors drawn, here one."""
    folder, _ = reviewed
    monkeypatch.setattr(answers, "SUPERIORS", 1)
    found = answers.main(folder / "data", folder / "out")
    assert found["equal"] == 40
    assert found["findings"] >= 12


def test_a_finding_that_differs_ends_the_sample(reviewed, monkeypatch):
    """The branch is named."""
    folder, _ = reviewed
    monkeypatch.setattr(answers, "SUPERIORS", 1)
    monkeypatch.setattr(answers, "STEPS", {"clause"})
    with pytest.raises(SystemExit, match="other answers"):
        answers.main(folder / "data", folder / "out")


@pytest.mark.parametrize(
    ("line", "share", "short"),
    [
        (Line("a", "time", 3.0, "s", 2), 1.5, True),
        (Line("a", "time", 1.0, "s", 2), 0.5, False),
        (Line("a", "speed", 20_000.0, "rows/s", 40_000, at_least=True), 2.0, True),
        (Line("a", "speed", 80_000.0, "rows/s", 40_000, at_least=True), 0.5, False),
        (Line("a", "time", 3.0, "s"), None, False),
    ],
)
def test_a_line_says_how_many_times_what_is_wanted_it_is(line, share, short):
    """Above 1 falls short, also where more is better."""
    assert (line.share, line.short) == (share, short)


def test_what_falls_short_is_named():
    """In the last sentence, and in the table with its figure."""
    lines = [Line("a", "walking", 3.0, "s", 2), Line("b", "running", 1.0, "s", 2)]
    assert summary(lines) == "1 of 2 figures are what is wanted; falling short: walking (1.50)."
    assert "| a | walking | 3 s |  | ≤ 2 s | 1.50: falls short |" in markdown(lines)
