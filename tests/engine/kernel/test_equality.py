"""The kernel finds of every worked example and fixture what the reference finds."""

from importlib import import_module

import pytest

import reviews
from engine.kernel.held import differences
from semantics.test_semantics import EXAMPLES
from starrating.rulecases import run_case


def held(evaluations):
    return [line for each in evaluations for line in differences(each)[1]]


@pytest.mark.parametrize(("book", "case"), EXAMPLES)
def test_worked_example(book, case):
    """Each measure, check point and list of each subject is the same, and applies alike."""
    found = []
    run_case(book, case, "native", lambda _book, _case, gone: found.extend(gone.evaluations))
    assert held(found) == []


@pytest.mark.parametrize("name", sorted(reviews.REQUESTS))
def test_fixture(name, monkeypatch):
    """The same for every rulebook that reviews a fixture."""
    found = []
    running = import_module("starrating.reviewing.whole")
    review = running.review

    def observed(ground):
        gone = review(ground)
        found.extend(gone.evaluations)
        return gone

    monkeypatch.setattr(running, "review", observed)
    running.run(reviews.REQUESTS[name])
    assert found
    assert held(found) == []
