"""晋星差距: what healing reaches the next star, worked out by hand."""

from decimal import Decimal

from starrating.reviewing.evaluate import review
from starrating.rulebook.read import read_text
from starrating.rulecases import ground_of

HEAD = """\
format: 1
id: away
version: "1"
title: 晋星差距
in_force: {from: 2024-01-01}
defaults: {not_applicable: full}
"""
BODY = """\
sections:
  - title: 基础
    points: 100
    items:
      - {id: "1.1", title: 台账, points: 80, clauses: [{deduct: {缺台账: 4, 缺计划: 3}}]}
      - {id: "1.2", title: 记录, points: 10, clauses: [{deduct: 6, per: found 缺记录}]}
      - {id: "1.3", title: 设施, points: 10, clauses: [{add: {党旗: 5, 书柜: 5}}]}
stars: [{star: 5, from: 95}, {star: 4, from: 80}, {star: 3, from: 0}]
rectification: {"1.1": {within: 10 days}, "1.2": {within: 30 days}, "1.3": {within: 20 days}}
"""


def away(body, organisation=None, scores=None, **answers):
    """The row of 0001 where these check points are answered so."""
    rows = [f"{{检查项目: {name}, 结果: {answer}}}" for name, answer in answers.items()]
    sheets = f"检查记录: [{', '.join(rows)}]" + (
        f", 党组织: {organisation}" if organisation else ""
    )
    sheets += f", 考核评分: {scores}" if scores else ""
    case = f"cases: [{{title: 甲, plan: {{period: 2024}}, given: {{{sheets}}}}}]\n"
    loaded = read_text((HEAD + body + case).encode(), "away.yaml", lambda _id, _version: None)
    assert loaded.book is not None, loaded.faults
    found = review(ground_of(loaded.book, loaded.book.cases[0])).results.headroom
    return found[0] if found else None


ALL = {"缺台账": "是", "缺计划": "是", "缺记录": "是", "党旗": "有", "书柜": "无"}


def test_fewest_findings():
    """80−7, 10−6, 5: 82; the 13 to 95 need three of 4, 3, 6 and 5: 4＋3＋6, 4＋6＋5 or 3＋6＋5;
    all with 1.2 take 30 days, and 1.1 comes first."""
    row = away(BODY, **ALL)
    assert (row.star, row.gap, row.total) == (5, Decimal("13.00"), Decimal("95.00"))
    assert row.heal == ("0001-1.1-1.1", "0001-1.1-1.2", "0001-1.2-1")
    assert row.days == 30


def test_fewer_days_go_before_the_order_of_items():
    """87 lacks 8: one finding does not do; 4＋5 (20 days) goes before 4＋6 (30 days)."""
    row = away(BODY.replace("from: 95", "from: 91"), **ALL)
    assert row.gap == Decimal("9.00")
    assert row.heal == ("0001-1.1-1.1", "0001-1.3-not_earned")
    assert (row.total, row.days) == (Decimal("91.00"), 20)


def test_one_finding_may_do():
    """89 lacks 6, which the records are worth."""
    row = away(BODY, **{**ALL, "缺台账": "否", "缺计划": "否"})
    assert row.heal == ("0001-1.2-1",)
    assert row.total == Decimal("95.00")


def test_the_highest_star_has_no_next():
    """Nothing is said of who stands at the top."""
    answers = dict.fromkeys(("缺台账", "缺计划", "缺记录"), "否") | {"党旗": "有", "书柜": "有"}
    assert away(BODY, **answers) is None


def test_points_that_suffice_say_what_keeps_the_star():
    """97 reach 95, but the condition of the fifth star is not met."""
    body = BODY.replace("{star: 5, from: 95}", "{star: 5, from: 95, requires: found 创新}")
    answers = dict.fromkeys(("缺台账", "缺记录", "创新"), "否") | {
        "缺计划": "是",
        "党旗": "有",
        "书柜": "有",
    }
    row = away(body, **answers)
    assert (row.gap, row.heal) == (Decimal("0.00"), None)
    assert "附加条件" in row.told[0]


def test_what_no_healing_reaches_is_said():
    """An edge above all points that can be had again."""
    row = away(BODY.replace("from: 95", "from: 101"), **ALL)
    assert row.heal is None
    assert row.told[0] == "所有扣分全部整改也达不到"


def test_a_final_clause_stops_the_others():
    """不得分 takes the 80; healing it lets the other clause act, so both are healed."""
    body = BODY.replace(
        "points: 80, clauses: [",
        "points: 80, starts_at: full, clauses: [{score: 0, if: found 无台账}, ",
    ).replace("from: 95", "from: 85")
    row = away(body, **{**ALL, "无台账": "是", "缺计划": "否"})
    assert row.heal == ("0001-1.1-1", "0001-1.1-2.1")
    assert row.total == Decimal("89.00")


def test_sections_with_limits():
    """A section capped at 90 gives no more than that, whatever is healed inside."""
    body = BODY.replace("    points: 100\n", "    points: 100\n    cap: 90\n").replace(
        "from: 95", "from: 91"
    )
    row = away(body, **ALL)
    assert row.told[0] == "所有扣分全部整改也达不到"


def test_a_total_of_its_own():
    """基础 × 90%: 82 × 90% ＝ 73.8; 88 × 90% ＝ 79.2 and 89 × 90% ＝ 80.1."""
    row = away("total: 基础 * 90%\n" + BODY, **ALL)
    assert (row.star, row.gap) == (4, Decimal("6.20"))
    assert row.heal == ("0001-1.1-1.1", "0001-1.1-1.2")
    assert row.total == Decimal("80.10")


def test_a_total_that_reads_more_is_not_guessed():
    """A total that reads a column can not be told from the rows."""
    row = away("total: 基础 * (党员数 / 10)\n" + BODY, organisation="[{党员数: 10}]", **ALL)
    assert row.gap == Decimal("13.00")
    assert row.told[0] == "总分不能只凭明细推算"


def test_what_was_lost_in_a_deduction_section_is_healed():
    """82 − 20 ＝ 62; the 20 again are 82, and 81 is reached."""
    section = "  - {title: 减分, kind: deduction, items: [{id: '9.1', title: 通报, clauses: [{deduct: 20, if: found 通报}]}]}\n"
    body = BODY.replace("stars:", section + "stars:").replace("from: 95", "from: 81")
    body = body.replace("{star: 4, from: 80}, ", "")
    row = away(body, **ALL, 通报="是")
    assert row.heal == ("0001-9.1-1",)
    assert row.total == Decimal("82.00")


def test_a_bonus_that_was_not_had_is_no_finding_to_heal():
    """82 without the bonus of 20: only losses are healed."""
    section = "  - {title: 加分, kind: bonus, items: [{id: '9.1', title: 推广, clauses: [{add: 20, if: found 推广}]}]}\n"
    row = away(BODY.replace("stars:", section + "stars:"), **ALL, 推广="否")
    assert row.heal == ("0001-1.1-1.1", "0001-1.1-1.2", "0001-1.2-1")


def test_what_a_person_judged_is_not_healed():
    """80−7, 10−6, 0: 77, and 80 is wanted: the ten that a person did not give are not healed."""
    body = "raters: [复核]\n" + BODY.replace(
        '{id: "1.3", title: 设施, points: 10, clauses: [{add: {党旗: 5, 书柜: 5}}]}',
        '{id: "1.3", title: 成效, points: 10, clauses: [{score: {好: 10, 差: 0}}]}',
    )
    scores = "[{项目: '1.3', 评分主体: 复核, 等次: 差, 加扣分原因: 没有成效, 日期: 2024-12-01}]"
    answers = {"缺台账": "是", "缺计划": "是", "缺记录": "是"}
    row = away(body, scores=scores, **answers)
    assert row.star == 4
    assert row.heal == ("0001-1.1-1.1",)
