"""Clauses and items as the printed 评分标准 says them."""

import pytest

from starrating.rulebook.describe.whole import describe
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import parse_rulebook

FRAME = """\
format: 1
id: example
version: "1"
title: 例
in_force: {{from: 2024-01-01}}
defaults: {{not_applicable: full}}
columns: {{党组织: {{村集体收入: {{type: number, unit: 万元}}, 平均年龄: {{type: number, unit: 岁}}, 场所类型: text}}}}
lists: {{五统一: [标识, 门牌], 重点村: [农村, 社区]}}
terms: {{上学期: {{from: 02-15, until: 07-15}}}}
measures:
  缺大会季: {{sheet: 组织生活, where: 类型 includes '党员大会', missing: {{every: quarter}}}}
  缺党日月: {{sheet: 组织生活, where: 类型 includes '主题党日', missing: {{every: month, grace: 7 days}}}}
  少于两次的季: {{sheet: 组织生活, where: 类型 includes '党课', missing: {{every: quarter, at_least: 2}}}}
  半年没党课: {{sheet: 组织生活, where: 类型 includes '党课', missing: {{every: rolling 6 months}}}}
  学期少党课: {{sheet: 组织生活, where: 类型 includes '党课', short: {{every: 上学期, at_least: 2}}}}
  志愿服务次数: {{sheet: 组织生活, where: 类型 includes '志愿服务', count: rows}}
  群体性事件: {{sheet: 负面情形, where: 情形 = '群体性事件' and 是否核实 = 是, count: rows}}
  到会率: {{sheet: 组织生活, where: 类型 includes '党课', ratio: [实到, 应到]}}
  满意率: {{sheet: 民主测评, values: {{满意: 100, 不满意: 0}}, of: 等次, average: true}}
  换届逾期月: {{late: {{due: 任期届满日期, done: 最近换届日期, unit: month, grace: 2 months}}}}
  逾期问题: {{sheet: 问题清单, late: {{due: 整改时限, done: 销号日期, unit: day, take: rows}}}}
  收入: {{field: 村集体收入}}
  收入名次: {{rank: {{of: 收入, among: 所属乡镇}}}}
  占最好: {{best: {{of: 收入}}}}
sections:
  - title: {title}
    {kind}
    items:
      - id: "1"
        title: 项
        {points}
        clauses: [{clause}]
"""


def told(clause: str, kind: str = "points: 20", points: str = "points: 20") -> str:
    """What the 评分标准 column says of an item with one clause."""
    text = FRAME.format(title="基础", kind=kind, points=points, clause=clause)
    book, faults = parse_rulebook(text.encode(), "x")
    assert not faults
    assert book is not None
    return cells(book)[3]


def cells(book: Rulebook) -> tuple[str, ...]:
    """The row of item 1."""
    return next(row.cells for row in describe(book).rows() if row.id == "1")


@pytest.mark.parametrize(
    ("clause", "chinese"),
    [
        ("{deduct: 2, per: 缺大会季}", "党员大会每季度1次，每缺一个季度扣2分。"),
        ("{deduct: 1, per: 缺党日月}", "主题党日每月1次，每缺一个月扣1分（顺延7日内补开的算）。"),
        ("{deduct: 1, per: 少于两次的季}", "党课每季度不少于2次，每有一个季度达不到扣1分。"),
        ("{deduct: 2, per: 半年没党课}", "连续6个月内党课一次也没有的，每出现一次扣2分。"),
        ("{deduct: 1, per: 学期少党课}", "党课每个上学期不少于2次，每少一次扣1分。"),
        ("{deduct: 1, per: 逾期问题}", "问题清单的记录，销号日期晚于整改时限的，每个扣1分。"),
        (
            "{deduct: 1, per: 换届逾期月}",
            "最近换届日期晚于任期届满日期（宽限2个月）的，每逾期一个月扣1分（不足一个月按一个月算，未办的算到截止日）。",
        ),
        (
            "{deduct: 0.2, every: 1%, of: 到会率, below: 70%}",
            "到会率低于70%的，每低1个百分点扣0.2分（不足1个百分点的不算）。",
        ),
        (
            "{deduct: 3, every: 1, of: 平均年龄, above: 48, partial: counts}",
            "平均年龄超过48岁的，每超过1岁扣3分（不足1岁的按1岁算）。",
        ),
        (
            "{deduct: 0.5, per: found 记录不规范, up_to: 2}",
            "记录不规范，每发现一处扣0.5分，最多扣2分。",
        ),
        ("{add: 1, per: present 五统一}", "五统一（标识、门牌），有一项得1分。"),
        ("{deduct: 1, per: lacking 五统一}", "五统一（标识、门牌），缺一项扣1分。"),
        ("{add: 1, per: 志愿服务次数, up_to: 3}", "志愿服务，每次得1分，最多得3分。"),
        ("{add: 10, per: 占最好}", "按占最好折算，100%的得10分，其余按比例计。"),
        ("{add: 2, per: 收入}", "按收入计，每1万元得2分。"),
        ("{deduct: 2, if: 群体性事件 > 0}", "出现群体性事件的，扣2分。"),
        ("{deduct: 2, if: 志愿服务次数 < 4}", "志愿服务次数少于4次的，扣2分。"),
        ("{deduct: 2, if: 领域 in 重点村}", "领域属于农村、社区的，扣2分。"),
        ("{deduct: 2, if: 满意率 >= 90 and 是否参评}", "满意率不低于90分，且参评的，扣2分。"),
        ("{add: 2, if: found 创新项目}", "有创新项目的，得2分。"),
        ("{score: 0, if: found 无计划}", "无计划的，本项不得分。"),
        ("{score: 6, if: found 迟报}", "迟报的，本项得6分。"),
        ("{score: 0 to 10}", "由评分人在0至10分内打分。"),
        ("{deduct: 2 to 4}", "由评分人在2至4分内酌情扣分。"),
        ("{deduct: {甲: 3, 乙: 1 to 2}}", "甲的，扣3分；乙的，由评分人在1至2分内酌情扣分。"),
        ("{deduct: {无: 3, 健全: 0}, by: 台账}", "台账：无的扣3分，健全的不扣分，只取一档。"),
        ("{score: {好: 4, 差: 0}}", "由评分人评定等次：好得4分、差不得分。"),
        (
            "{add: {省: 3, 市: 2}, per: 表彰奖励, by: 级别, highest: only}",
            "表彰奖励按级别：省得3分、市得2分，就高不重复。",
        ),
        (
            "{bands: {of: 村集体收入, from: {100: 10, 50: 8}, otherwise: 2}}",
            "村集体收入100万元以上（含）得10分，50万元以上（含）得8分，其余得2分。",
        ),
        (
            "{bands: {of: 收入名次, upto: {1: 10, 3: 8}, otherwise: 5}}",
            "收入名次第1名得10分，前3名得8分，其余得5分。",
        ),
        (
            "{bands: {of: 收入, over: {50: 10}, otherwise: 2}}",
            "收入超过50万元得10分，其余得2分。",
        ),
        (
            "{worst_of: [{deduct: 2, if: found 迟报}, {deduct: 3, if: found 未报}]}",
            "迟报的，扣2分；未报的，扣3分；以上不重复扣分，就重计一项。",
        ),
        (
            "{deduct: 2, if: found 不全, if_unknown: as_lost, note: 见附表}",
            "不全的，扣2分（情况不明的，视为没有做到）（见附表）。",
        ),
    ],
)
def test_phrase(clause: str, chinese: str) -> None:
    """Each shape of a clause has its printed phrase."""
    assert told(clause) == chinese


def test_verbs_of_sections() -> None:
    """A bonus adds, a deduction section subtracts."""
    assert told("{add: 1, if: found 甲}", "kind: bonus", "basis: 乙") == "有甲的，加1分。"
    assert told("{deduct: 1, if: found 甲}", "kind: deduction", "basis: 乙") == "甲的，减1分。"


def test_rows_of_the_sheet(shipped: dict[str, Rulebook]) -> None:
    """One row for each printed item, joined by its id, with points and basis beside it."""
    book = shipped["town-village@2024"]
    tables = [chapter.table for chapter in describe(book).chapters[1:3]]
    rows = {row.id: row.cells for table in tables if table for row in table.rows}
    for item in (item for section in book.sections for item in section.items):
        assert rows[item.id][1] == f"{item.id}\n{item.title}"
        assert rows[item.id][4] == item.basis
    assert rows["2.2"][3].splitlines() == [
        "支委会每月1次，每缺一个月扣0.5分。",
        "（适用于设支委会的，不适用的不计入，按比例折算）",
    ]
    assert rows["1.1"][2] == "5"
