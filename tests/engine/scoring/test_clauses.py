"""Clauses and items: what acts, what is set, what counts once (semantics.md step 6)."""

from fractions import Fraction

import pytest

from engine.made import answers, reviewed, section, subject
from starrating.engine.scoring.bands import band_points
from starrating.engine.values import ANY, NONE, Interval
from starrating.rulebook.model import Bands


def item(*clauses, more="", text="", **sheets):
    """The only item of a rulebook of these clauses, of 10 points."""
    return reviewed(text + section(*clauses, more=more), **sheets).final_items[0]


def score(*clauses, found=(), **more):
    """Low and high score where these points were found, and no other."""
    named = dict.fromkeys("甲乙丙", "否") | dict.fromkeys(found, "是")
    scored = item(*clauses, 检查记录=answers(**named), **more)
    return scored.score.low, scored.score.high


@pytest.mark.parametrize(
    ("clauses", "found", "points"),
    [
        (["{deduct: 2, if: found 甲}"], "甲", 8),
        (["{add: 2, if: found 甲}"], "甲", 2),
        (["{deduct: {甲: 1, 乙: 2}}"], "甲乙", 7),
        (["{deduct: 4, per: found 甲, up_to: 3}"], "甲", 7),
        (["{score: 0, if: found 甲}", "{deduct: 2, if: found 乙}"], "甲乙", 0),
        (["{score: 0, if: found 甲}", "{deduct: 2, if: found 乙}"], "乙", 8),
        (["{score: 7, if: found 甲}", "{score: 4, if: found 乙}"], "甲乙", 4),
        (["{score: 7, if: found 甲}", "{deduct: 1, if: found 乙}"], "甲乙", 6),
        (["{worst_of: [{deduct: 2, if: found 甲}, {deduct: 5, if: found 乙}]}"], "甲乙", 5),
        (["{best_of: [{add: 2, if: found 甲}, {add: 5, if: found 乙}]}"], "甲乙", 5),
        (["{deduct: 9, if: found 甲}", "{deduct: 9, if: found 乙}"], "甲乙", 0),
        (["{deduct: {甲: 1, 乙: 2, 丙: 3}, up_to: 4}"], "甲乙丙", 6),
        (["{worst_of: [{deduct: 2, if: found 甲}, {deduct: 5, if: found 甲}], if: found 乙}"], "甲", 10),
        (["{worst_of: [{deduct: 8, if: found 甲}, {deduct: 5, if: found 甲}], up_to: 6}"], "甲", 4),
        (
            ["{best_of: [{worst_of: [{add: 1, if: found 甲}, {add: 3}]}, {add: 2, if: found 甲}]}"],
            "甲", 2,
        ),
    ],
)  # fmt: skip
def test_what_clauses_come_to(clauses, found, points):
    """Of 10 points, with the points found."""
    assert score(*clauses, found=found) == (points, points)


@pytest.mark.parametrize(
    ("clauses", "low", "high"),
    [
        (["{deduct: 2, if: found 甲}"], 8, 10),
        (["{score: 0, if: found 甲}"], 0, 0),
        (["{score: 0, if: found 甲}", "{deduct: 2, if: found 乙}"], 0, 10),
        (["{score: 7, if: found 甲}", "{score: 4, if: found 乙}"], 0, 7),
        (["{score: 7}", "{score: 4, if: found 乙}"], 4, 7),
        (["{deduct: 2, if: found 甲, if_unknown: as_met}"], 10, 10),
        (["{deduct: 2, if: found 甲, if_unknown: as_lost}"], 8, 8),
        (["{worst_of: [{deduct: 2, if: found 甲}, {deduct: 5, if: found 乙}]}"], 5, 10),
        (["{worst_of: [{deduct: 2}, {deduct: 5, if: found 乙}]}"], 5, 8),
        (["{deduct: {甲: 3, 乙: 3}, up_to: 4}"], 6, 10),
        (["{deduct: 1, per: found 甲}"], 0, 10),
        (["{deduct: 1, per: found 甲, up_to: 3}"], 7, 10),
        (["{deduct: 1 to 3}"], 7, 9),
    ],
)
def test_what_is_open(clauses, low, high):
    """Nobody recorded anything."""
    scored = item(*clauses, 检查记录=[])
    assert (scored.score.low, scored.score.high) == (low, high)


@pytest.mark.parametrize(
    ("clause", "sheets", "state"),
    [
        ("{deduct: 2, if: found 甲}", {"检查记录": answers(甲="是")}, "scored"),
        ("{deduct: 2, if: found 甲}", {"检查记录": []}, "no_data"),
        ("{deduct: {甲: 2}}", {"检查记录": answers(甲="不适用")}, "not_applicable"),
        ("{deduct: 1 to 3}", {"考核评分": []}, "awaiting_person"),
        ("{score: {好: 10, 差: 0}}", {"考核评分": []}, "awaiting_person"),
    ],
)
def test_the_state_of_an_item(clause, sheets, state):
    """scored, no_data, not_applicable or awaiting_person."""
    assert item(clause, **sheets).state == state


@pytest.mark.parametrize(("policy", "points"), [("full", 10), ("zero", 0)])
def test_an_item_that_does_not_apply(policy, points):
    """It gives what it says."""
    more = f"not_applicable: {policy}, applies_when: found 乙, "
    assert score("{deduct: 2, if: found 甲}", more=more) == (points, points)


def test_a_credit_of_what_does_not_apply_is_given():
    """不适用: a deduction does not apply; a credit is given whole."""
    scored = item("{add: {甲: 2}}", "{add: 3, per: found 甲}", 检查记录=answers(甲="不适用"))
    assert scored.score == Interval.at(5)


def test_multiplying_comes_first():
    """Quantity × points multiplies first and divides once: 10 × 1/3 is rounded once."""
    text = "measures: {率: {sheet: 组织生活, ratio: [实到, 应到]}}\n"
    rows = [{"日期": "2023-03-01", "实到": "1", "应到": "3"}]
    scored = item("{add: 10, per: 率}", text=text, 组织生活=rows)
    assert scored.score == Interval.at(Fraction("3.3333"))


# --- bands --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (Interval.at(100), (10, 10)), (Interval.at(99), (8, 8)), (Interval.at(50), (8, 8)),
        (Interval.at(49), (2, 2)), (Interval(Fraction(40), Fraction(60)), (2, 8)),
        (Interval(Fraction(60), None), (8, 10)), (ANY, (2, 10)), (NONE, (2, 2)),
    ],
)  # fmt: skip
def test_the_band_of_a_value(value, points):
    """Lower edges are included; the hull over all bands that the value may fall in."""
    bands = Bands.model_validate(
        {"of": "党员数", "from": {"100": "10", "50": "8"}, "otherwise": "2"}
    )
    assert band_points(bands, value) == Interval(*map(Fraction, points))


@pytest.mark.parametrize(
    ("kind", "edge", "points"), [("over", 50, 2), ("from", 50, 8), ("upto", 50, 8), ("upto", 51, 2)]
)
def test_whether_an_edge_belongs_to_its_band(kind, edge, points):
    """`from` and `upto` include it, `over` does not."""
    bands = Bands.model_validate({"of": "党员数", kind: {"50": "8"}, "otherwise": "2"})
    assert band_points(bands, Interval.at(edge)) == Interval.at(points)


# --- a person's number, and what an answer picks ---------------------------------------------------


def rated(*rows, clause="{deduct: 1 to 3}", text="raters: [复核, 初评]\n"):
    kept = [{"项目": "1", "加扣分原因": "缺佐证", **row} for row in rows]
    scored = item(clause, text=text, 考核评分=kept)
    return scored.score.low, scored.score.high


def by(rater, number, day="2023-12-01"):
    return {"评分主体": rater, "扣分": number, "日期": day}


@pytest.mark.parametrize(
    ("rows", "low", "high"),
    [
        ([by("初评", "1"), by("复核", "2")], 8, 8),
        ([by("初评", "1")], 9, 9),
        ([by("自评", "1")], 7, 9),
        ([by("初评", "1", "2023-05-01"), by("初评", "2", "2023-06-01")], 8, 8),
        ([by("初评", "1"), by("初评", "2")], 7, 9),
        ([by("复核", "5"), by("初评", "2")], 7, 9),
    ],
)
def test_whose_number_counts(rows, low, high):
    """The first of `raters` who has one, his latest; two on one date or one outside the range
    leave the printed range."""
    assert rated(*rows) == (low, high)


def test_two_figures_of_a_point_on_one_date():
    """检查记录.分值: different ones on one date are a fault, and unknown."""
    rows = [
        {"检查项目": "甲", "结果": "是", "分值": number, "说明": "见台账", "检查日期": "2023-05-01"}
        for number in ("2", "3")
    ]
    scored = item("{deduct: {甲: 2 to 4}}", 检查记录=rows)
    assert scored.score == Interval(Fraction(6), Fraction(8))


@pytest.mark.parametrize(
    ("answer", "points"), [("无", 7), ("否", 7), ("×", 7), ("不全", 9), ("健全", 10)]
)
def test_the_answer_picks_the_amount(answer, points):
    """The word itself, else no however it is written."""
    clause = "{deduct: {无: 3, 不全: 1, 健全: 0}, by: 台账}"
    assert item(clause, 检查记录=answers(台账=answer)).score == Interval.at(points)


@pytest.mark.parametrize(
    ("highest", "rows", "low", "high"),
    [
        ("", ["省级", "市级"], 5, 5),
        (", highest: only", ["省级", "市级"], 3, 3),
        (", highest: only", ["省级", None], 3, 5),
        ("", [], 0, 0),
    ],
)
def test_each_row_picks_its_amount(highest, rows, low, high):
    """The sum, or the highest only; a row whose cell picks nothing may be any of them, or none."""
    clause = f"{{add: {{国家级: 5, 省级: 3, 市级: 2}}, per: 表彰奖励, by: 级别{highest}}}"
    honours = [{"名称": "先进", "级别": level, "日期": "2023-07-01"} for level in rows]
    scored = item(clause, 表彰奖励=honours)
    assert (scored.score.low, scored.score.high) == (low, high)


def test_steps_beyond_a_base():
    """Whole steps; with `partial: counts` begun ones."""
    columns = "columns: {党组织: {得票率: {type: number}}}\n"
    roll = [{"党组织代码": "0001", "党组织名称": "甲", "领域": "农村", "得票率": "66.5"}]
    whole, begun = (
        item(
            f"{{deduct: 1, every: 1, of: 得票率, below: 70{more}}}", text=columns, 党组织=roll
        ).score.number
        for more in ("", ", partial: counts")
    )
    assert (whole, begun) == (7, 6)


@pytest.mark.parametrize(
    ("edge", "said"), [("below: 70", "得票率比70每低5"), ("above: 50", "得票率比50每高5")]
)
def test_steps_say_what_they_count_from(edge, said):
    """A finding that only said 2×1分 would not tell twice what."""
    columns = "columns: {党组织: {得票率: {type: number}}}\n"
    roll = [{"党组织代码": "0001", "党组织名称": "甲", "领域": "农村", "得票率": "60"}]
    scored = item(f"{{deduct: 1, every: 5, of: 得票率, {edge}}}", text=columns, 党组织=roll)
    assert [(each.story().label, each.quantity.number) for each in scored.effects] == [(said, 2)]


def test_a_measure_that_has_no_due_unit_does_not_apply():
    """A clause over it neither takes nor gives."""
    text = "measures: {缺年: {sheet: 组织生活, missing: {every: year}}}\n"
    roll = [{"党组织代码": "0001", "党组织名称": "甲", "领域": "农村", "成立日期": "2023-05-01"}]
    assert not subject(text, 党组织=roll, 组织生活=[]).measured("缺年").applies
    scored = item("{deduct: 2, per: 缺年}", text=text, 党组织=roll, 组织生活=[])
    assert scored.state == "not_applicable"
