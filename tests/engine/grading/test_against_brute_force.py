"""Quotas are held equal to an enumeration of every filling on small random groups."""

from dataclasses import replace
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from starrating.engine.grading import Candidate, LastStar, Moves, Quota, Standing, grade
from starrating.engine.grading.model import Band
from starrating.engine.grading.readings import read

from . import oracle

TOTALS = st.sampled_from([Fraction(n) for n in (45, 60, 61, 70, 80)])
GROUPS = st.sampled_from(["a", "a", "b", None])
ON_TIE = st.sampled_from(["undecided", "undecided", "undecided", "include", "exclude", ("m",)])
LASTS = st.sampled_from(
    [LastStar.NONE, LastStar.UNKNOWN, LastStar.NOT_RATED, *(LastStar(n) for n in range(6))]
)


@st.composite
def quotas(draw):
    share = draw(st.sampled_from([None, None, Fraction(3, 10), Fraction(1, 2)]))
    number = draw(st.integers(0, 3)) if share is None else draw(st.sampled_from([None, 2]))
    return Quota(share, number, "镇", draw(ON_TIE), applied=draw(st.integers(0, 5)) > 0)


@st.composite
def ladders(draw):
    stars = sorted(draw(st.sets(st.integers(1, 5), min_size=2, max_size=4)), reverse=True)
    edges = sorted(draw(st.lists(TOTALS, min_size=len(stars), max_size=len(stars))), reverse=True)
    return tuple(
        Band(star, edge, draw(st.none() | quotas()) if draw(st.booleans()) else draw(quotas()))
        for star, edge in zip(stars, edges, strict=True)
    )


@st.composite
def standings(draw, size):
    mostly = st.integers(0, 3).map(bool)
    return Standing(
        total=draw(TOTALS),
        requires=tuple(draw(mostly) for _ in range(size)),
        quota_member=tuple(draw(mostly) for _ in range(size)),
        tie_break=tuple((Fraction(draw(st.integers(0, 1))),) for _ in range(size)),
        last=draw(LASTS),
        cap=draw(st.none() | st.integers(0, 5)),
        forbidden=draw(st.integers(0, 9)) == 9,
        unless=draw(st.integers(0, 5)) == 5,
    )


@st.composite
def candidates(draw, code, size):
    shown = draw(standings(size))
    low = high = shown
    if draw(st.integers(0, 3)) == 0:
        low = replace(shown, cap=draw(st.integers(0, 2)))
    if draw(st.integers(0, 3)) == 0:
        high = replace(shown, total=draw(TOTALS), requires=(True,) * size)
    groups = tuple(draw(GROUPS) for _ in range(size))
    if draw(st.booleans()):
        groups = (groups[0],) * size
    return Candidate(code, draw(st.integers(0, 9)) < 9, groups, shown, low, high)


@st.composite
def batches(draw):
    bands = draw(ladders())
    limit = st.none() | st.integers(0, 2)
    moves = Moves(draw(limit), draw(limit))
    subjects = [draw(candidates(f"{n:02}", len(bands))) for n in range(draw(st.integers(1, 7)))]
    return subjects, bands, moves


@st.composite
def nested(draw):
    """Ties on ties: few seats on every band, near-equal totals, conditions that part the losers."""
    size = draw(st.integers(3, 4))
    seats = st.builds(Quota, number=st.integers(0, 3), on_tie=ON_TIE.filter(lambda x: x != ("m",)))
    bands = tuple(
        Band(size - rung, Fraction(10 - rung), draw(seats if rung < size - 1 else st.none()))
        for rung in range(size)
    )
    subjects = []
    for n in range(draw(st.integers(4, 7))):
        total = Fraction(draw(st.sampled_from([10, 10, 10, 9, 11])))
        requires = tuple(draw(st.integers(0, 2)) > 0 for _ in range(size))
        plain = Standing(total, requires, (True,) * size, ((),) * size)
        groups = (None, *(draw(st.sampled_from("aaab")) for _ in range(size - 1)))
        subjects.append(Candidate(f"{n:02}", True, groups, plain, plain, plain))
    return subjects, bands, Moves()


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
@settings(EXAMPLES, max_examples=4_000)
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
