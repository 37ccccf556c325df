"""The benchmark's data, rulebook and peers fit together: what is timed is the same result."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import peers
from benchmarks.generate import generate

from starrating.batch import run_batch
from starrating.reviewing import Request

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """120 branches in two parts, and what a batch review wrote of them."""
    folder = tmp_path_factory.mktemp("bench")
    generate(folder / "data", 120, 80)
    found = run_batch(Request(folder / "data", ROOT / "benchmarks" / "rules"), folder / "out")
    assert found.faults == []
    return folder, found


def test_the_workload_is_what_it_says(reviewed):
    """Two parts, everybody rated, at least twelve findings a branch."""
    _, found = reviewed
    assert (found.parts, found.subjects, found.rated) == (2, 120, 120)
    assert found.findings >= 12 * 120


@pytest.mark.parametrize("name", sorted(peers.PEERS))
def test_a_peer_computes_the_same_totals(name, reviewed):
    """A peer whose totals differ ends with an error and is not timed."""
    folder, _ = reviewed
    peers.main(name, folder / "data", folder / "out")
