"""The second statement of grading is held equal to brute force and to the grader in use."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from amounts import many
from engine.grading.batches import batches, crowds, nested
from engine.grading.build import FIVE, one, seats
from engine.grading.test_against_brute_force import EXAMPLES, expected, spans
from starrating.engine import naive
from starrating.engine.grading import Band, grade
from starrating.engine.naive import Naive


def told(each):
    return each.code, each.band, each.star, each.star_low, each.star_high, each.state


@EXAMPLES
@given(batches() | nested())
def test_naive_equals_brute_force(batch):
    """Star, span and state are those of the enumeration of all fillings, subject by subject."""
    subjects, bands, moves = batch
    readings = spans(subjects, bands, moves)
    grader = Naive()
    for each in grader(subjects, bands, moves):
        if each.state == "not_rated":
            assert each.code not in readings[0]
        else:
            found = each.star, each.star_low, each.star_high, each.state
            assert found == expected(each.code, readings)
    assert not grader.skipped


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(crowds())
def test_naive_equals_the_grader_on_crowds(batch):
    """Hundreds of subjects: what the plain statement can enumerate is what the grader says."""
    subjects, bands, moves = batch
    grader = Naive()
    for plain, usual in zip(
        grader(subjects, bands, moves), grade(subjects, bands, moves), strict=True
    ):
        if "inexact" not in usual.reasons:
            assert told(plain) == told(usual)


def test_large_ties_are_enumerated_by_kind():
    """A hundred alike tied for fifty seats are two kinds of loser, not 10²⁹ fillings."""
    bands = (Band(5, Fraction(90), seats(50)), *FIVE[1:])
    grader = Naive()
    grades = grader([one(f"{n:03}", 95) for n in range(100)], bands)
    assert {told(each)[2:] for each in grades} == {(4, 4, 5, "undecided")}
    assert not grader.skipped


def test_what_can_not_be_enumerated_is_named(monkeypatch):
    """Past the bound the usual grade stands, and who was not checked is said."""
    monkeypatch.setattr(naive, "MAX_FILLINGS", 0)
    bands = (Band(5, Fraction(90), seats(1)), *FIVE[1:])
    subjects = [one("01", 95), one("02", 95), one("03", 70)]
    grader = Naive()
    grades = grader(subjects, bands)
    assert grader.skipped == {"01", "02"}
    assert [told(each) for each in grades] == [told(each) for each in grade(subjects, bands)]


@pytest.mark.slow
@settings(EXAMPLES, max_examples=many(1_000))
@given(batches() | nested())
def test_naive_equals_brute_force_on_many(batch):
    """The same on many more examples."""
    subjects, bands, moves = batch
    readings = spans(subjects, bands, moves)
    for each in Naive()(subjects, bands, moves):
        if each.state != "not_rated":
            found = each.star, each.star_low, each.star_high, each.state
            assert found == expected(each.code, readings)
