"""Who evaluates is decided by size alone, and changes no byte of the results."""

import pytest

from reviewing.small import written
from starrating.engine import reference
from starrating.results.tables import result_files
from starrating.reviewing import evaluator, run
from starrating.reviewing.request import Request

BRANCHES = {f"{n:04}": 55 + n % 27 for n in range(evaluator.MANY + 40)}


@pytest.fixture
def county(tmp_path) -> Request:
    """More organisations than the reference evaluates; some with signs, some decided by people."""
    signs = [code for code in BRANCHES if code.endswith("7")]
    missed = [(code, "无制度") for code in BRANCHES if code.endswith("3")]
    decided = [("0010", "四星")]
    return written(tmp_path, base=BRANCHES, signs=signs, found=missed, decided=decided)


def test_many_organisations_are_evaluated_by_the_kernel(county, monkeypatch):
    """The reference is not asked, and the files are its own to the byte."""
    found = result_files(run(county).results)
    asked = []
    usual = reference.evaluate
    monkeypatch.setattr(reference, "evaluate", lambda *given: asked.append(1) or usual(*given))
    assert result_files(run(county).results) == found
    assert not asked
    monkeypatch.setattr(evaluator, "MANY", len(BRANCHES) + 1)
    assert result_files(run(county).results) == found
    assert asked
