"""Grading in bulk is held equal to grading one by one, to the last step told."""

from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amounts import many
from engine.grading.batches import batches, crowds, nested
from starrating.engine import grading
from starrating.engine.grading import LastStar, Placing
from starrating.engine.kernel import grading as bulk

LASTS = {
    LastStar.NONE: bulk.LAST_NONE,
    LastStar.UNKNOWN: bulk.LAST_UNKNOWN,
    LastStar.NOT_RATED: bulk.LAST_NOT_RATED,
}


def scale_of(subjects, bands):
    """A scale at which all totals and edges are whole."""
    numbers = [band.edge for band in bands]
    for each in subjects:
        for standing in (each.shown, each.low, each.high):
            numbers += [standing.total, standing.figure or Fraction(0)]
    return lcm(*(number.denominator for number in numbers))


def columns(standings, bands, scale):
    """One reading as columns."""
    size = len(bands)

    def broken(rung):
        width = max(len(each.tie_break[rung]) for each in standings)
        values = [[*each.tie_break[rung], *[Fraction(0)] * width][:width] for each in standings]
        order = {value: n for n, value in enumerate(sorted({v for row in values for v in row}))}
        return np.array([[order[v] for v in row] for row in values], np.int64).reshape(
            len(values), width
        )

    figures = [each.total if each.figure is None else each.figure for each in standings]
    return bulk.Standings(
        total=np.array([int(each.total * scale) for each in standings]),
        requires=np.array([each.requires for each in standings]).reshape(-1, size),
        member=np.array([each.quota_member for each in standings]).reshape(-1, size),
        tie_break=tuple(broken(rung) for rung in range(size)),
        last=np.array([LASTS.get(each.last, each.last.star) for each in standings]),
        cap=np.array([bulk.NO_CAP if each.cap is None else each.cap for each in standings]),
        forbidden=np.array([each.forbidden for each in standings]),
        unless=np.array([each.unless for each in standings]),
        direct=np.array([bulk.NO_GRANT if s.direct is None else s.direct for s in standings]),
        figure=np.array([int(each * scale) for each in figures]),
    )


def groups_of(subjects, size):
    """The quota groups as dense ids with their names."""
    names, ids = [], []
    for rung in range(size):
        own = sorted({each.group[rung] for each in subjects}, key=str)
        names.append(tuple(own))
        ids.append([own.index(each.group[rung]) for each in subjects])
    return bulk.Groups(np.array(ids, np.int64).T, tuple(names))


def in_bulk(subjects, bands, moves, bound):
    """All grades, read out of the columns one by one."""
    subjects = sorted(subjects, key=lambda each: each.code)
    scale = scale_of(subjects, bands)
    ladder = bulk.Ladder(
        tuple(band.star for band in bands),
        tuple(int(band.edge * scale) for band in bands),
        tuple(band.quota for band in bands),
        moves,
    )
    shown, low, high = (
        columns([getattr(each, name) for each in subjects], bands, scale)
        for name in ("shown", "low", "high")
    )
    rated = np.array([each.rated for each in subjects])
    candidates = bulk.Candidates(rated, groups_of(subjects, len(bands)), shown, low, high)
    grades = bulk.grade(candidates, ladder, bound=bound)
    reader = bulk.GradeReader(grades, [each.code for each in subjects], scale)
    return tuple(reader.grade(place) for place in range(len(subjects)))


def check(batch, bound=200_000):
    subjects, bands, moves = batch
    one_by_one = grading.grade(subjects, bands, moves, bound=bound)
    assert in_bulk(subjects, bands, moves, bound) == one_by_one


EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@EXAMPLES
@given(batches() | nested())
def test_every_grade_is_that_of_the_reference(batch):
    """Stars, spans, states, reasons and every step are equal on small groups full of ties."""
    check(batch)


@EXAMPLES
@given(nested(), st.sampled_from([0, 3, 20]))
def test_the_safe_hull_serves_alike(batch, bound):
    """Where the search for fillings would pass its bound both take the hull, and say so."""
    check(batch, bound)


@settings(EXAMPLES, max_examples=25)
@given(crowds())
def test_crowds_are_graded_alike(batch):
    """Hundreds of subjects in shared and crossing groups, with conditions, grants and figures."""
    check(batch)


@pytest.mark.slow
@settings(EXAMPLES, max_examples=many(1_500))
@given(batches() | nested())
def test_every_grade_is_that_of_the_reference_on_many(batch):
    """As above, with many more examples."""
    check(batch)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc"), st.booleans()), max_size=12),
    st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), Fraction(2)]),
)
def test_lagging_is_that_of_the_reference(rows, share):
    """The lowest of each group, ties at the edge included."""
    total = np.array([row[0] for row in rows], np.int64)
    group = np.array(["abc".index(row[1]) for row in rows], np.int64)
    listed = np.array([row[2] for row in rows], bool)
    placings = [Placing(str(n), Fraction(row[0]), row[1]) for n, row in enumerate(rows) if row[2]]
    found = bulk.lagging(total, group, listed, share)
    assert {str(n) for n in np.flatnonzero(found)} == grading.lagging(placings, share)


def test_bands_stand_high_first():
    """A ladder that rises is refused."""
    with pytest.raises(ValueError, match="high first"):
        bulk.Ladder((4, 5), (80, 90), (None, None))


def test_a_far_last_star_in_a_gap_lifts_to_the_nearest_band_below():
    """Bands 5 and 2, last star 4, fall limit 1: the star 3 is no band, so 2 is held."""
    bands = (grading.Band(5, Fraction(90)), grading.Band(2, Fraction(60)))
    standing = grading.Standing(
        Fraction(10), (True, True), (True, True), ((), ()), last=LastStar(4)
    )
    one = grading.Candidate("1", True, (None, None), standing, standing, standing)
    check(((one, replace(one, code="2")), bands, grading.Moves(None, 1)))
