"""A review by the kernel gives the reference's rows: every column, every sentence."""

from contextlib import contextmanager
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.made import inspected_sheets, setting
from engine.rulebook_strategies import STARS, inspections, rulebooks
from reviews import REQUESTS, outcome
from semantics.test_semantics import EXAMPLES
from starrating.engine import readout, reference
from starrating.engine.findings import findings_of, flag_states
from starrating.engine.result_rows import item_rows, subject_row
from starrating.reviewing import evaluations, run
from starrating.rulecases import run_case

TABLES = ("subjects", "items", "findings", "tasks", "flags", "ratings", "pending", "faults")


@contextmanager
def by_the_kernel(way=readout.evaluate):
    """While it lasts, reviews are made by the kernel."""
    usual, evaluations.evaluate = evaluations.evaluate, way
    try:
        yield
    finally:
        evaluations.evaluate = usual


def differences(one, two):
    """Lines that name the first row of each table in which two results differ."""
    found = []
    for table in TABLES:
        left, right = getattr(one, table), getattr(two, table)
        if len(left) != len(right):
            found.append(f"{table}: {len(left)} rows, {len(right)}")
        for row, other in zip(left, right, strict=False):
            if row != other:
                names = [
                    f.name for f in fields(row) if getattr(row, f.name) != getattr(other, f.name)
                ]
                found.append(f"{table}: {names} of {row}: {other}")
                break
    return found


WAYS = pytest.mark.parametrize("way", [readout.evaluate, readout.evaluate_in_bulk])


def both(review, way):
    """The results that `review` gathers by the reference, and by the kernel."""
    wanted, found = [], []
    review(lambda _book, _case, reviewed: wanted.append(reviewed.results))
    with by_the_kernel(way):
        review(lambda _book, _case, reviewed: found.append(reviewed.results))
    return list(zip(wanted, found, strict=True))


@WAYS
@pytest.mark.parametrize(("book", "case"), EXAMPLES)
def test_worked_example(book, case, way):
    """Every row of every table of every worked example."""
    pairs = both(lambda observe: run_case(book, case, "native", observe), way)
    assert [line for one, two in pairs for line in differences(one, two)] == []


@WAYS
@pytest.mark.parametrize("name", REQUESTS)
def test_fixture(name, way):
    """Every row of the shipped fixtures."""
    wanted = outcome(name).results
    with by_the_kernel(way):
        found = run(REQUESTS[name]).results
    assert differences(wanted, found) == []


def rows(evaluation):
    """Subjects, items and findings as rows."""
    found = []
    for result in evaluation.subjects:
        found.append(subject_row(evaluation, result, None))
        found.extend(item_rows(evaluation, result))
        found.extend(findings_of(evaluation, result, flag_states(evaluation, result)))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rulebooks(), st.lists(inspections, min_size=1, max_size=5), st.sampled_from(["", STARS]))
def test_random_rulebooks(rules, inspected, stars):
    """Every row under random rulebooks, with points that nobody recorded."""
    ground = setting(rules + stars, **inspected_sheets(inspected))
    wanted = rows(reference.evaluate(ground, prefer="native"))
    assert rows(readout.evaluate(ground, prefer="native")) == wanted
    assert rows(readout.evaluate_in_bulk(ground, prefer="native")) == wanted
