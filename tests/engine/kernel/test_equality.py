"""The kernel gives every measure of every worked example and rulebook case as the reference does."""

from pathlib import Path

import pytest

from engine.kernel.held import differences
from semantics.test_semantics import EXAMPLES
from starrating.rulecases import run_case, run_cases

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("book", "case"), EXAMPLES)
def test_worked_example(book, case):
    """Each measure of each subject is the same interval, and applies alike."""
    found = []
    run_case(
        book, case, "native", lambda _book, _case, reviewed: found.extend(reviewed.evaluations)
    )
    assert [line for each in found for line in differences(each)[1]] == []


def test_cases_beside_the_rules():
    """The same for every case of the rulebooks that are delivered."""
    found = []
    run_cases(
        ROOT / "rules",
        "native",
        lambda _book, _case, reviewed: found.extend(reviewed.evaluations),
    )
    assert found
    assert [line for each in found for line in differences(each)[1]] == []
