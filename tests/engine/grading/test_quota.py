"""Quotas, ties and readings: semantics.md step 12 and the states of step 0."""

from fractions import Fraction

import pytest

from starrating.engine.grading import Quota, grade

from .build import bands, one, seats, stars

SHARE = Fraction(30, 100)


def table(rows, *edges, **more):
    """Codes 01, 02 … with the given totals against bands of (star, edge, quota)."""
    ladder = bands(*edges)
    return [one(f"{n:02}", total, len(ladder), **more) for n, total in enumerate(rows, 1)], ladder


def graded(rows, *edges, **more):
    return stars(grade(*table(rows, *edges, **more)))


@pytest.mark.parametrize(
    ("members", "seats_there"), [(3, 0), (4, 1), (6, 1), (7, 2), (9, 2), (10, 3)]
)
def test_capacity_is_the_floor_of_share_times_members(members, seats_there):
    """30% of ten is three, of nine two, of three none."""
    found = graded(range(100, 100 - members, -1), (5, 90, Quota(SHARE)), (4, 0))
    assert sum(star == 5 for star in found.values()) == seats_there


def test_share_and_number_together_take_the_smaller():
    """Half of four, at most one."""
    quota = Quota(Fraction(1, 2), 1)
    assert graded([99, 98, 97, 96], (5, 90, quota), (4, 0)) == {"01": 5, "02": 4, "03": 4, "04": 4}


def test_a_quota_needs_a_measure():
    """Neither share nor number: misuse."""
    with pytest.raises(ValueError, match="share or a number"):
        Quota()


def test_members_are_those_of_the_of_and_not_the_holders():
    """The subjects that meet `of` count, whatever star they hold; also one that is not rated."""
    ladder = bands((5, 90, Quota(Fraction(1, 2))), (4, 0))
    batch = [
        one("01", 95, 2),
        one("02", 94, 2),
        one("03", 10, 2, member=(True, False)),
        one("04", 10, 2, rated=False),
    ]
    assert stars(grade(batch, ladder)) == {"01": 5, "02": 5, "03": 4, "04": None}
    batch[2] = one("03", 10, 2, member=(False, False))
    assert stars(grade(batch, ladder)) == {"01": 5, "02": 4, "03": 4, "04": None}


def test_each_group_has_its_own_seats():
    """One seat in each town."""
    ladder = bands((5, 90, seats(1)), (4, 0))
    batch = [
        one(code, total, 2, group=town)
        for code, total, town in [("01", 99, "甲"), ("02", 98, "甲"), ("03", 91, "乙")]
    ]
    assert stars(grade(batch, ladder)) == {"01": 5, "02": 4, "03": 5}


def test_beyond_the_seats_falls_to_a_band_whose_requires_holds():
    """The second falls past four stars, whose requires it fails."""
    ladder = bands((5, 90, seats(1)), (4, 80), (3, 0))
    batch = [one("01", 99, 3), one("02", 98, 3, requires=(1,))]
    assert stars(grade(batch, ladder)) == {"01": 5, "02": 3}


def test_who_falls_counts_in_the_next_quota():
    """The second falls to four stars and takes that seat from the third."""
    found = graded([99, 98, 85], (5, 90, seats(1)), (4, 80, seats(1)), (3, 0))
    assert found == {"01": 5, "02": 4, "03": 3}


def test_a_capped_subject_takes_no_seat_above_its_cap():
    """Only those who hold the band after step 11 contend."""
    ladder = bands((5, 90, seats(1)), (4, 0))
    assert stars(grade([one("01", 99, 2, cap=4), one("02", 91, 2)], ladder)) == {"01": 4, "02": 5}


def test_the_last_band_full_leaves_no_star():
    """Beyond the seats of the lowest band there is no star."""
    assert graded([9, 8], (1, 0, seats(1))) == {"01": 1, "02": 0}


def test_a_tie_over_the_edge_leaves_the_tied_undecided():
    """Two tied for one seat: each four to five; shown is the lower; those above and below stand."""
    batch, ladder = table([99, 95, 95, 92], (5, 90, seats(2)), (4, 0))
    found = grade(batch, ladder)
    assert stars(found) == {"01": 5, "02": (4, 5), "03": (4, 5), "04": 4}
    assert [each.star for each in found] == [5, 4, 4, 4]
    assert [each.state for each in found] == ["determined", "undecided", "undecided", "determined"]
    assert found[1].reasons == {
        "ties": ({"star": 5, "group": None, "seats": 1, "codes": ("02", "03")},)
    }


@pytest.mark.parametrize("number", [1, 3])
def test_a_tie_that_does_not_stand_over_the_edge_is_none(number):
    """All the tied have seats, or none has."""
    found = graded([99, 95, 95, 92], (5, 90, seats(number)), (4, 0))
    assert found == {"01": 5, "02": 5 if number == 3 else 4, "03": 5 if number == 3 else 4, "04": 4}


@pytest.mark.parametrize(("on_tie", "tied"), [("include", 5), ("exclude", 4)])
def test_on_tie_include_and_exclude(on_tie, tied):
    """All the tied take seats, or all fall and the seat stays empty for those behind them."""
    found = graded([99, 95, 95, 92], (5, 90, seats(2, on_tie=on_tie)), (4, 0))
    assert found == {"01": 5, "02": tied, "03": tied, "04": 4}


def test_on_tie_by_measures_in_turn():
    """The second measure decides where the first is equal too; what is left stays open."""
    ladder = bands((5, 90, seats(2, on_tie=("党课", "群众满意率"))), (4, 0))
    values = {"01": (3, 1), "02": (3, 2), "03": (4, 0), "04": (3, 1)}
    batch = [one(code, 95, 2, tie_break=(each, ())) for code, each in values.items()]
    assert stars(grade(batch, ladder)) == {"01": 4, "02": 5, "03": 5, "04": 4}
    batch[1] = one("02", 95, 2, tie_break=((3, 1), ()))
    found = grade(batch, ladder)
    assert stars(found) == {"01": (4, 5), "02": (4, 5), "03": 5, "04": (4, 5)}


def test_a_tie_is_told_as_a_tie_and_a_full_quota_as_a_quota():
    """The steps name the kind; a broken tie is a tie step too."""
    batch, ladder = table([99, 95, 95, 92], (5, 90, seats(2, on_tie="exclude")), (4, 0))
    kinds = [[step.kind for step in each.steps] for each in grade(batch, ladder)]
    assert kinds == [["band", "quota"], ["band", "tie"], ["band", "tie"], ["band", "quota"]]


def test_a_tie_that_measures_break_is_told_as_a_tie():
    """Both subjects of equal total see that the measure parted them; the one above does not."""
    ladder = bands((5, 90, seats(2, on_tie=("党课",))), (4, 0))
    batch = [
        one(code, total, 2, tie_break=((lessons,), ()))
        for code, total, lessons in [("01", 99, 0), ("02", 95, 3), ("03", 95, 2)]
    ]
    kinds = [[step.kind for step in each.steps] for each in grade(batch, ladder)]
    assert kinds == [["band", "quota"], ["band", "tie"], ["band", "tie"]]


def test_a_quota_with_seats_for_all_is_not_told():
    """Nobody contends, so no step is written."""
    batch, ladder = table([99, 95], (5, 90, seats(2)), (4, 0))
    assert [len(each.steps) for each in grade(batch, ladder)] == [1, 1]


def test_a_quota_step_tells_seats_members_and_place():
    """The detail of the step that took the star away."""
    ladder = bands((5, 90, Quota(SHARE, among="所属乡镇")), (4, 0))
    batch = [one(f"{n:02}", 100 - n, 2, group="甲镇") for n in range(1, 6)]
    step = grade(batch, ladder)[1].steps[-1]
    assert (step.kind, step.from_star, step.to_star) == ("quota", 5, 4)
    assert step.detail == {
        "star": 5,
        "share": SHARE,
        "among": "所属乡镇",
        "group": "甲镇",
        "members": 5,
        "seats": 1,
        "holders": 5,
        "ahead": 1,
        "on_tie": "undecided",
    }


def test_ties_nest_over_two_bands():
    """Three tied for one seat of five stars; of the two who lose one takes the seat of four."""
    found = graded([95, 95, 95], (5, 90, seats(1)), (4, 80, seats(1)), (3, 0))
    assert found == {"01": (3, 5), "02": (3, 5), "03": (3, 5)}


def test_another_is_undecided_only_where_its_own_star_differs():
    """If 01 loses it takes the four-star seat of 03; if 02 loses, who may not have it, 03 keeps it.

    04, behind them all, has three stars in every filling.
    """
    ladder = bands((5, 90, seats(1)), (4, 80, seats(1)), (3, 0))
    batch = [
        one("01", 95, 3),
        one("02", 95, 3, requires=(1,)),
        one("03", 85, 3),
        one("04", 82, 3),
    ]
    found = grade(batch, ladder)
    assert stars(found) == {"01": (4, 5), "02": (3, 5), "03": (3, 4), "04": 3}
    assert found[2].reasons == {"others_tie": True}
    assert found[2].state == "undecided"


def test_a_tie_that_arises_only_in_some_fillings_is_found():
    """04 is tied with a loser of the upper tie only where that loser may hold four stars."""
    ladder = bands((5, 90, seats(1)), (4, 80, seats(1)), (3, 0))
    batch = [one("01", 95, 3), one("02", 95, 3, requires=(1,)), one("03", 95, 3, requires=(0,))]
    found = grade(batch, ladder)
    assert stars(found) == {"01": (3, 5), "02": (3, 5), "03": (3, 4)}


def test_order_uses_the_low_total_and_the_high_filling_opens_the_star():
    """01 is surely 92; 02 is 91 to 95: shown by the low totals, both provisional."""
    ladder = bands((5, 90, seats(1)), (4, 0))
    found = grade([one("01", 92, 2), one("02", 91, 2, high={"total": 95})], ladder)
    assert stars(found) == {"01": (4, 5), "02": (4, 5)}
    assert [each.star for each in found] == [5, 4]
    assert {each.state for each in found} == {"provisional"}
    assert found[0].reasons == {"facts": True}


def test_missing_facts_that_change_no_star_leave_it_determined():
    """A total that is open within its band and behind the edge opens nothing."""
    ladder = bands((5, 90, seats(1)), (4, 0))
    found = grade([one("01", 96, 2), one("02", 91, 2, high={"total": 95})], ladder)
    assert [each.state for each in found] == ["determined", "determined"]


def test_a_proposal_decides():
    """If the proposal is confirmed 01 falls to two stars and 02 takes the seat: undecided, both."""
    ladder = bands((5, 90, seats(1)), (4, 80), (2, 0))
    found = grade([one("01", 96, 3, low={"cap": 2}), one("02", 91, 3)], ladder)
    assert stars(found) == {"01": (2, 5), "02": (4, 5)}
    assert [each.star for each in found] == [5, 4]
    assert [each.state for each in found] == ["undecided", "undecided"]
    assert found[0].reasons == {"proposal": True}


def test_undecided_goes_before_provisional():
    """A proposal and missing facts together: undecided."""
    ladder = bands((5, 90), (4, 80), (2, 0))
    (found,) = grade([one("01", 85, 3, low={"cap": 2}, high={"total": 95})], ladder)
    assert (found.star, found.star_low, found.star_high) == (4, 2, 5)
    assert found.state == "undecided"


def test_a_progress_run_is_provisional():
    """进度测算: what would be determined is provisional, with a closed span."""
    (found,) = grade([one("01", 85, 2)], bands((5, 90), (4, 0)), progress_run=True)
    assert (found.star_low, found.star_high, found.state) == (4, 4, "provisional")


def test_not_rated_has_neither_star_nor_seat():
    """Not rated comes before every other state."""
    ladder = bands((5, 90, seats(1)), (4, 0))
    found = grade([one("01", 99, 2, rated=False), one("02", 95, 2)], ladder)
    assert stars(found) == {"01": None, "02": 5}
    assert (found[0].state, found[0].band, found[0].steps) == ("not_rated", None, ())


def test_a_quota_of_a_higher_level_is_not_applied_and_marks_recommended():
    """All keep five stars, as recommended; four stars are nobody's recommendation."""
    batch, ladder = table([99, 95, 85], (5, 90, seats(1, applied=False)), (4, 0))
    found = grade(batch, ladder)
    assert stars(found) == {"01": 5, "02": 5, "03": 4}
    assert [each.recommended for each in found] == [True, True, False]
    assert found[0].steps[-1].detail == {"star": 5, "applied": False}


def test_recommended_reaches_those_whom_the_fallen_may_push_out():
    """Who falls from five stars stands before 03 for the seat of four; 04 has no quota above."""
    edges = (5, 90, seats(1, applied=False)), (4, 80, seats(1)), (3, 0)
    found = grade(*table([99, 95, 85, 60], *edges))
    assert stars(found) == {"01": 5, "02": 5, "03": 4, "04": 3}
    assert [each.recommended for each in found] == [True, True, True, False]


def test_recommended_reaches_equals_and_not_those_ahead():
    """A capped 99 stands before any who may fall from five stars; a capped 95 is tied with one."""
    ladder = bands((5, 90, seats(1, applied=False)), (4, 80, seats(1)), (3, 0))
    batch = [one("01", 95, 3), one("02", 99, 3, cap=4), one("03", 95, 3, cap=3)]
    assert [each.recommended for each in grade(batch, ladder)] == [True, False, False]
    batch = [one("01", 95, 3), one("02", 95, 3, cap=4)]
    assert [each.recommended for each in grade(batch, ladder)] == [True, True]


def test_recommended_stops_at_a_band_without_a_quota():
    """Who falls to four stars stays there: the seats of three stars are not touched."""
    edges = (5, 90, seats(1, applied=False)), (4, 80), (3, 70, seats(1)), (2, 0)
    found = grade(*table([99, 95, 75], *edges))
    assert [each.recommended for each in found] == [True, True, False]


def test_grades_stand_in_code_order_after_nfkc():
    """Full-width digits sort as their plain ones."""
    found = grade(
        [one("02", 1), one("１", 1), one("01", 1)], bands((5, 90), *[(n, 0) for n in (4, 3, 2, 1)])
    )
    assert [each.code for each in found] == ["01", "02", "１"]


def test_misuse_is_refused():
    """A code given twice, or a tuple of the wrong length."""
    ladder = bands((5, 90), (4, 0))
    with pytest.raises(ValueError, match="twice"):
        grade([one("01", 1, 2), one("01", 2, 2)], ladder)
    with pytest.raises(ValueError, match="as long as the bands"):
        grade([one("01", 1, 3)], ladder)


def test_thousands_of_interchangeable_subjects_are_counted_by_kind():
    """Three thousand tied on full marks over three quotas are settled exactly, within the bound."""
    ladder = bands((4, 90, seats(900)), (3, 80, seats(900)), (2, 70, seats(900)), (1, 0))
    found = grade([one(f"{n:04}", 100, 4) for n in range(3000)], ladder)
    assert {(each.star_low, each.star_high) for each in found} == {(1, 4)}
    assert not any("inexact" in each.reasons for each in found)


def test_past_the_bound_the_hull_says_inexact():
    """Sixty tied who differ in every condition: the span holds, and says that it may be wider."""
    ladder = bands(*[(6 - n, 90 - n, seats(7)) for n in range(6)])
    batch = [
        one(f"{n:02}", 100, 6, requires=[rung for rung in range(1, 6) if n >> rung & 1])
        for n in range(64)
    ]
    found = grade(batch, ladder)
    assert all(each.reasons["inexact"] for each in found)
    assert all(each.star_low == 0 and each.star_high == 6 for each in found)
