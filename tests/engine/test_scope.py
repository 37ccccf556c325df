"""Scope, cut-off and active window; the last star (semantics.md steps 1, 2 and 11)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from engine.made import book, setting
from starrating.engine.scope import default_cut_off, last_star, read_star, roll_star, window
from starrating.engine.setting import Previous, newest
from starrating.engine.subjects import scopes
from starrating.engine.values import NONE, UNKNOWN, Interval
from starrating.origin import Origin
from starrating.records.model import UNREADABLE, Row

YEAR = date(2023, 12, 31)


def roll(**more):
    return [{"党组织代码": "0001", "党组织名称": "甲村党支部", "领域": "农村", **more}]


def scoped(text="", cut_off=YEAR, **more):
    return scopes(setting(text, cut_off=cut_off, 党组织=roll(**more)), lambda _fault: None)


@pytest.mark.parametrize(
    ("founded", "dissolved", "days"),
    [
        (None, None, (date(2023, 1, 1), YEAR)),
        ("2023-04-05", None, (date(2023, 4, 5), YEAR)),
        (None, "2023-06-30", (date(2023, 1, 1), date(2023, 6, 30))),
        ("2023-12-31", None, (YEAR, YEAR)),
    ],
)
def test_the_active_window(founded, dissolved, days):
    """period ∩ [founded, dissolved], both days included."""
    (scope,) = scoped(成立日期=founded, 撤销日期=dissolved)
    assert scope.window == days


@pytest.mark.parametrize(("founded", "dissolved"), [("2024-01-01", None), (None, "2022-12-31")])
def test_who_did_not_exist_in_the_period(founded, dissolved):
    """Such an organisation is out of scope."""
    assert scoped(成立日期=founded, 撤销日期=dissolved) == []


def test_the_window_ends_with_the_cut_off():
    """A 进度测算 looks no further."""
    (scope,) = scoped(cut_off=date(2023, 9, 30))
    assert scope.window == (date(2023, 1, 1), date(2023, 9, 30))


def test_a_dissolution_after_the_cut_off_has_not_happened():
    """撤销日期 is an event."""
    ground = setting(cut_off=date(2023, 9, 30), 党组织=roll(撤销日期="2023-11-01"))
    assert window(ground, ground.records.organisations[0])[1] == date(2023, 9, 30)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"撤销日期": "2023-06-30"}, "截止日前已撤销"),
        ({"是否参评": "否", "不参评原因": "整顿中"}, "整顿中"),
        ({"是否参评": "否"}, "不符合参评条件"),
    ],
)
def test_why_an_organisation_is_not_rated(more, reason):
    """It is scored, and the reason is shown."""
    (scope,) = scoped("subjects: {rated_when: 是否参评}\n", **more)
    assert (scope.rated, scope.reasons) == (False, (reason,))


def test_scope_is_what_where_says():
    """`where` no is out of scope; a blank 领域 is in scope, with a fault."""
    text = "subjects: {where: 领域 = '农村'}\n"
    assert scoped(text, 领域="机关") == []
    faults = []
    ground = setting(text, 党组织=roll(领域=None))
    assert len(scopes(ground, faults.append)) == 1
    assert [fault.code for fault in faults] == ["E113"]


def test_the_default_cut_off():
    """The last day plus the longest grace of missing and short; a late grace never moves it."""
    text = (
        "measures:\n"
        "  甲: {sheet: 组织生活, missing: {every: month, grace: 10 days}}\n"
        "  乙: {sheet: 组织生活, short: {every: quarter, grace: 1 month}}\n"
        "  丙: {late: {due: 任期届满日期, done: 最近换届日期, grace: 6 months}}\n"
    )
    assert default_cut_off(YEAR, [book(text)]) == date(2024, 1, 31)
    assert default_cut_off(YEAR, [book()]) == YEAR


@pytest.mark.parametrize(
    ("text", "star"),
    [
        ("五星", 5), ("5", 5), ("４星级", 4), ("★★★", 3), ("不定星", 0), ("无星级", 0),
        ("十星", 10), ("优秀", None), ("", None),
    ],
)  # fmt: skip
def test_stars_as_offices_write_them(text, star):
    """Words, digits, full-width digits and drawn stars."""
    assert read_star(text) == star


@pytest.mark.parametrize(
    ("cell", "star"),
    [
        (None, NONE), ("三星", Interval.at(3)), ("未参评", NONE), ("好", UNKNOWN),
        (UNREADABLE, UNKNOWN), (Fraction(2), Interval.at(2)),
    ],
)  # fmt: skip
def test_the_star_on_the_roll(cell, star):
    """Blank and not rated are none; what can not be read is unknown."""
    assert roll_star(Row("0001", {"上年度星级": cell}, Origin("a.csv"))) == star


@pytest.mark.parametrize(
    ("previous", "star"),
    [
        (Previous(), Interval.at(2)),
        (Previous(stars={"0001": 4}), Interval.at(4)),
        (Previous(stars={"0001": 0}), Interval.at(0)),
        (Previous(stars={"0001": None}), NONE),
        (Previous(stars={"0001": 4}, unknown_stars=frozenset({"0001"})), UNKNOWN),
    ],
)
def test_the_last_star(previous, star):
    """The archive's final star, else the roll's; after a merger one that nobody knows."""
    ground = replace(setting(党组织=roll(上年度星级="二星")), previous=previous)
    assert last_star(ground, ground.records.organisations[0]) == star


def test_the_newest_rows():
    """Rows without a date are older than all others."""
    rows = [
        Row("0001", {"日期": day}, Origin("a.csv", line))
        for line, day in enumerate([date(2023, 1, 1), None, date(2023, 5, 1), date(2023, 5, 1)])
    ]
    assert newest(rows, "日期") == (rows[2], rows[3])
    assert newest(rows[1:2], "日期") == (rows[1],)
    assert newest([], "日期") == ()
