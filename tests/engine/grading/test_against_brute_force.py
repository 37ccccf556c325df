"""Quotas are held equal to an enumeration of every filling on small random groups."""

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amounts import many
from starrating.engine.grading import grade
from starrating.engine.grading.readings import read

from . import oracle
from .batches import batches, nested


def spans(subjects, bands, moves):
    """What brute force says of every rated subject, reading by reading."""
    return [
        oracle.outcomes([(each, pick(each)) for each in subjects], bands, moves, best)
        for pick, best in (
            (lambda each: each.shown, False),
            (lambda each: each.low, False),
            (lambda each: each.high, True),
        )
    ]


def expected(code, readings):
    shown, low, high = ((min(each[code]), max(each[code])) for each in readings)
    least, most = min(shown[0], low[0], high[0]), max(shown[1], low[1], high[1])
    if shown[0] != shown[1] or shown != low:
        return shown[0], least, most, "undecided"
    return shown[0], least, most, "determined" if least == most else "provisional"


EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_equal(batch):
    subjects, bands, moves = batch
    readings = spans(subjects, bands, moves)
    for each in grade(subjects, bands, moves):
        if each.state == "not_rated":
            assert each.code not in readings[0]
            continue
        found = each.star, each.star_low, each.star_high, each.state
        assert found == expected(each.code, readings)


@EXAMPLES
@given(batches() | nested())
def test_grade_equals_brute_force(batch):
    """Star, span and state are those of the enumeration of all fillings."""
    check_equal(batch)


@pytest.mark.slow
@settings(EXAMPLES, max_examples=many(4_000))
@given(batches() | nested())
def test_grade_equals_brute_force_on_many(batch):
    """Star, span and state are those of the enumeration of all fillings (many more examples)."""
    check_equal(batch)


@EXAMPLES
@given(batches() | nested())
def test_every_star_between_is_told_exactly(batch):
    """One reading gives each subject the very set of stars that some filling gives it."""
    subjects, bands, moves = batch
    stars = [*(band.star for band in bands), 0]
    pairs = [(each, each.shown) for each in subjects]
    found = read(pairs, bands, moves, best=False, bound=10**6)
    told = {code: {stars[rung] for rung in outcome.rungs} for code, outcome in found.items()}
    assert told == oracle.outcomes(pairs, bands, moves, best=False)


@EXAMPLES
@given(batches() | nested())
def test_the_hull_is_never_narrower(batch):
    """Past the bound the span holds the exact one, and equals it unless it says inexact."""
    subjects, bands, moves = batch
    exact = {each.code: each for each in grade(subjects, bands, moves)}
    for each in grade(subjects, bands, moves, bound=0):
        if each.state == "not_rated":
            continue
        truth = exact[each.code]
        assert each.star_low <= truth.star_low <= truth.star_high <= each.star_high
        if "inexact" not in each.reasons:
            found = each.star, each.star_low, each.star_high, each.state
            assert found == (truth.star, truth.star_low, truth.star_high, truth.state)


@EXAMPLES
@given(batches() | nested(), st.randoms(use_true_random=False))
def test_order_of_subjects_changes_nothing(batch, random):
    """Grades are the same, and in code order, however the subjects are ordered."""
    subjects, bands, moves = batch
    shuffled = list(subjects)
    random.shuffle(shuffled)
    assert grade(shuffled, bands, moves) == grade(subjects, bands, moves)


@EXAMPLES
@given(batches() | nested())
def test_splitting_by_groups_changes_nothing(batch):
    """Grading each town by itself gives what grading all together gives."""
    subjects, bands, moves = batch
    towns = [replace(each, group=(each.group[0],) * len(bands)) for each in subjects]
    towns.sort(key=lambda each: str(each.group[0]))
    parts = [
        each
        for _, part in groupby(towns, key=lambda each: each.group[0])
        for each in grade(list(part), bands, moves)
    ]
    assert sorted(parts, key=lambda each: each.code) == list(grade(towns, bands, moves))


@EXAMPLES
@given(batches() | nested())
def test_steps_lead_from_the_band_to_the_star(batch):
    """Every step starts where the one before ended; the last ends at the star shown."""
    for each in grade(*batch):
        if each.state == "not_rated":
            continue
        assert each.steps[0].kind == "band"
        ends = [step.to_star for step in each.steps]
        assert [step.from_star for step in each.steps] == [None, *ends[:-1]]
        assert ends[-1] == each.star
