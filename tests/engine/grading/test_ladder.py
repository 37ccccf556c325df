"""Bands, moves and caps: semantics.md steps 10 and 11, one subject alone."""

from fractions import Fraction

import pytest

from starrating.engine.grading import LastStar, Moves, grade

from .build import FIVE, bands, one

GAPS = bands((5, 90), (3, 70), (1, 0))


def star(moves=None, ladder=FIVE, **subject):
    (found,) = grade([one("01", size=len(ladder), **subject)], ladder, moves)
    return found.star


def steps(moves=None, ladder=FIVE, **subject):
    (found,) = grade([one("01", size=len(ladder), **subject)], ladder, moves)
    return [(step.kind, step.from_star, step.to_star) for step in found.steps]


@pytest.mark.parametrize(
    ("total", "expected"),
    [(100, 5), (90, 5), ("89.99", 4), (80, 4), (60, 2), ("59.99", 1), (0, 1)],
)
def test_a_band_is_reached_at_its_edge(total, expected):
    """The edge itself is included (step 10)."""
    assert star(total=total) == expected


def test_below_the_last_band_is_no_star():
    """A total under every edge gives the star 0."""
    assert star(total=59, ladder=bands((2, 80), (1, 60))) == 0


@pytest.mark.parametrize(("fails", "expected"), [((0,), 4), ((0, 1), 3), ((1,), 5), ((0, 2), 4)])
def test_requires_falls_to_the_next_band_that_holds(fails, expected):
    """Only the bands above the star are asked (step 10)."""
    assert star(total=95, requires=fails) == expected


def test_no_band_holds():
    """Where no band's requires holds there is no star."""
    assert star(total=95, requires=range(5)) == 0


@pytest.mark.parametrize(
    ("last", "expected"),
    [(5, 5), (4, 5), (3, 4), (1, 2), (0, 1)],
)
def test_rise_limit(last, expected):
    """A total of five stars rises one from the last star; no star is a last star of 0."""
    assert star(Moves(rise_at_most=1), total=95, last=LastStar(last)) == expected


def test_a_rise_limit_falls_on_to_a_band_whose_requires_holds():
    """Four stars are allowed, but their requires fails: three."""
    assert star(Moves(rise_at_most=1), total=95, last=LastStar(3), requires=(1,)) == 3


@pytest.mark.parametrize(("last", "expected"), [(5, 4), (4, 3), (2, 1), (1, 1), (0, 1)])
def test_fall_limit(last, expected):
    """A total of one star falls at most one from the last star."""
    assert star(Moves(fall_at_most=1), total=5, last=LastStar(last)) == expected


def test_a_fall_limit_lifts_without_asking_requires():
    """Four stars are kept though their requires fails."""
    assert star(Moves(fall_at_most=1), total=5, last=LastStar(5), requires=(1,)) == 4


def test_the_fall_limit_acts_after_the_rise_limit():
    """A rise that falls on too far is lifted again."""
    moves = Moves(rise_at_most=1, fall_at_most=1)
    assert star(moves, total=95, last=LastStar(3), requires=(1, 2, 3)) == 2


@pytest.mark.parametrize(("last", "expected"), [(5, 5), (4, 3), (3, 3), (2, 1)])
def test_a_fall_limit_over_a_gap_never_lifts_above_the_last_star(last, expected):
    """Bands 5, 3, 1 and a fall of at most one: 4 is no band, so 4 may come to 3 and 5 stays."""
    assert star(Moves(fall_at_most=1), GAPS, total=5, last=LastStar(last)) == expected


@pytest.mark.parametrize("last", [LastStar.NONE, LastStar.NOT_RATED])
def test_no_last_star_sets_no_limit_and_says_so(last):
    """None and not rated set no limit; a step shows it (step 11)."""
    moves = Moves(rise_at_most=1)
    assert star(moves, total=95, last=last) == 5
    assert steps(moves, total=95, last=last) == [("band", None, 5), ("move", 5, 5)]


def test_an_unknown_last_star_is_worst_low_and_best_high():
    """Shown and low take it as the lowest star, high as the top star; the star is provisional."""
    subject = one("01", 75, last=LastStar.UNKNOWN)
    (found,) = grade([subject], FIVE, Moves(rise_at_most=1, fall_at_most=1))
    assert (found.star, found.star_low, found.star_high) == (2, 2, 4)
    assert found.state == "provisional"


def test_an_unknown_last_star_without_moves_opens_nothing():
    """Without limits the last star does not matter."""
    (found,) = grade([one("01", 75, last=LastStar.UNKNOWN)], FIVE)
    assert (found.star, found.state) == (3, "determined")


def test_unless_lifts_the_limits():
    """Where `unless` holds no limit acts, and a step tells that one would have."""
    moves = Moves(rise_at_most=1)
    found = {"total": 95, "last": LastStar(2), "unless": True}
    assert star(moves, **found) == 5
    assert steps(moves, **found) == [("band", None, 5), ("move", 5, 5)]


@pytest.mark.parametrize(("cap", "expected"), [(5, 5), (2, 2), (0, 0), (None, 5)])
def test_cap(cap, expected):
    """The star is the least of cap and band."""
    assert star(total=95, cap=cap) == expected


def test_a_cap_asks_no_requires():
    """star = min(cap, band): the capped band's requires is not asked."""
    assert star(total=95, cap=2, requires=(3,)) == 2


def test_a_cap_between_bands_takes_the_band_below():
    """Four at most, with bands 5, 3, 1: three."""
    assert star(total=95, cap=4, ladder=GAPS) == 3


def test_a_cap_beats_a_fall_limit():
    """Lifted to four, capped to two (cap > move)."""
    found = {"total": 5, "last": LastStar(5), "cap": 2}
    assert star(Moves(fall_at_most=1), **found) == 2
    assert steps(Moves(fall_at_most=1), **found) == [
        ("band", None, 1),
        ("move", 1, 4),
        ("cap", 4, 2),
    ]


def test_forbid_beats_a_cap_and_a_move():
    """Forbidden: no star, whatever the cap and the limit say."""
    found = {"total": 95, "last": LastStar(5), "cap": 3, "forbidden": True}
    assert star(Moves(fall_at_most=1), **found) == 0


def test_the_band_told_is_that_of_step_10():
    """`band` counts requires, but neither moves nor caps."""
    (found,) = grade([one("01", 95, requires=(0,), cap=2)], FIVE)
    assert (found.band, found.star) == (4, 2)


def test_the_steps_tell_edge_and_next_edge():
    """The band step carries what headroom needs."""
    (found,) = grade([one("01", 85)], FIVE)
    assert found.steps[0].detail == {
        "total": Fraction(85),
        "edge": Fraction(80),
        "next_star": 5,
        "next_edge": Fraction(90),
    }


def test_a_last_star_is_known_or_is_not():
    """A number and a reason for having none exclude each other."""
    with pytest.raises(ValueError, match="if and only if"):
        LastStar(3, "unknown")


@pytest.mark.parametrize(
    "ladder",
    [(), bands((1, 0), (2, 60)), bands((2, 60), (1, 70)), bands((2, 60), (2, 0)), bands((0, 0))],
)
def test_bands_out_of_order_are_refused(ladder):
    """Bands stand high first, with stars from 1."""
    with pytest.raises(ValueError, match="band"):
        grade([], ladder)
