"""Records drawn for both evaluators, and a rulebook whose measures use every word over them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from hypothesis import strategies as st

from engine.made import book
from starrating.engine.elsewhere import Figures, PastReview
from starrating.engine.evaluation import Evaluation
from starrating.engine.reference import evaluate
from starrating.engine.setting import Previous, Setting
from starrating.engine.values import NONE, Interval
from starrating.origin import Origin
from starrating.records.model import (
    UNREADABLE,
    Answer,
    AnswerCell,
    Organisation,
    Records,
    Row,
    Table,
)
from starrating.rulebook.sheets import schema_of

MEASURES = """
subjects: {where: WHERE}
terms: {上学期: {from: 02-10, until: 06-30}, 寒假: {from: 12-20, until: 02-09}}
columns:
  党组织: {收入: {type: number, blank: none}, 挂牌: {type: truth}, 备案: {type: date, date_kind: deadline}}
  组织生活: {合格: {type: truth}, 得票: {type: number, blank: none}, 复核日: {type: date, blank: none}}
tables:
  班子: {columns: {任职: {type: date, date_kind: deadline}, 离任: {type: date, date_kind: deadline},
    学历: {type: text}}, date: [任职, 离任], no_rows: unknown}
  无日期表: {columns: {数: {type: number}}, date: none, no_rows: none}
lists: {两项: [挂牌上墙, 有制度], 类别: [党课, 主题党日]}
checks: {unrecorded: UNRECORDED, unrecorded_elements: ELEMENTS, count: [发现问题]}
measures:
  次数: {sheet: 组织生活, count: rows}
  党课次数: {sheet: 组织生活, where: 类型 includes '党课', count: rows}
  非党课: {sheet: 组织生活, where: not (类型 includes '党课') and 实到 >= 3, count: rows}
  同类: {sheet: 组织生活, where: 类型 in 类别 or 类型 starts '支', count: rows}
  回看: {sheet: 组织生活, where: 类型 includes '党课', look_back: 6 months, count: rows}
  看两处: {sheet: 组织生活, where: 实到 < 2 or 实到 > 5 or 实到 = 应到, count: rows}
  与本组织比: {sheet: 组织生活, where: 实到 > 党员数 and 实到 < 党员数 + 5, count: rows}
  当日以后: {sheet: 组织生活, where: 日期 > 任期届满日期 or 日期 < 任期届满日期, count: rows}
  种类: {sheet: 组织生活, distinct: 类型}
  人数种类: {sheet: 组织生活, distinct: 实到 / 应到}
  日数: {sheet: 组织生活, distinct: 日期}
  合格与否: {sheet: 组织生活, distinct: 合格}
  到会: {sheet: 组织生活, sum: 实到}
  到会略: {sheet: 组织生活, sum: 实到 - 3, skip_missing: true}
  缺席率和: {sheet: 组织生活, sum: (应到 - 实到) / 应到, skip_missing: true}
  得票和: {sheet: 组织生活, sum: 得票}
  均到会: {sheet: 组织生活, average: 实到}
  均到会略: {sheet: 组织生活, average: 实到 * 0.5, skip_missing: true}
  到会率: {sheet: 组织生活, ratio: [实到, 应到], skip_missing: true}
  到会率严: {sheet: 组织生活, ratio: [实到 - 2, 应到 - 3]}
  最少: {sheet: 组织生活, min: 实到}
  最多略: {sheet: 组织生活, max: 实到, skip_missing: true}
  最早: {sheet: 组织生活, min: 日期, skip_missing: true}
  最后: {sheet: 组织生活, max: 复核日, skip_missing: true}
  最大类: {sheet: 组织生活, max: 类型}
  最近人数: {sheet: 组织生活, latest: 实到}
  最近类型: {sheet: 组织生活, latest: 类型}
  最近合格: {sheet: 组织生活, latest: 合格}
  最近复核: {sheet: 组织生活, latest: 复核日}
  合格率: {sheet: 组织生活, share: 合格}
  三人率: {sheet: 组织生活, where: 类型 includes '党课', share: 实到 >= 3}
  缺月: {sheet: 组织生活, missing: {every: month}}
  缺月宽: {sheet: 组织生活, missing: {every: month, grace: 10 days}}
  缺季: {sheet: 组织生活, where: 类型 includes '党课', missing: {every: quarter, at_least: 2, grace: 1 month}}
  缺半年: {sheet: 组织生活, missing: {every: half, at_least: 3}}
  缺年: {sheet: 组织生活, where: 合格, missing: {every: year, at_least: 4}}
  缺学期: {sheet: 组织生活, missing: {every: 上学期, at_least: 3, grace: 14 days}}
  缺寒假: {sheet: 组织生活, missing: {every: 寒假}}
  缺滚动: {sheet: 组织生活, missing: {every: rolling 4 months, at_least: 2, grace: 7 days}}
  短月: {sheet: 组织生活, short: {every: month, at_least: 2}}
  短季: {sheet: 组织生活, where: 合格, short: {every: quarter, at_least: 3, grace: 20 days}}
  短滚动: {sheet: 组织生活, short: {every: rolling 6 months, at_least: 4}}
  最长间隔: {sheet: 组织生活, longest_gap: true}
  党课间隔: {sheet: 组织生活, where: 类型 includes '党课', longest_gap: true}
  逾期: {sheet: 问题清单, where: 整改时限 < 截止日 and (销号日期 is blank or 销号日期 > 整改时限), count: rows}
  逾期周: {sheet: 问题清单, late: {due: 整改时限, done: 销号日期, unit: week, grace: 5 days, take: sum}}
  逾期月: {sheet: 问题清单, late: {due: 整改时限, done: 销号日期, unit: month, grace: 10 days, take: max, if_blank: 0.5}}
  逾期数: {sheet: 问题清单, late: {due: 整改时限, done: 完成日期, unit: quarter, grace: 1 month, take: rows, not_before: 60 days}}
  换届: {late: {due: 任期届满日期, done: 最近换届日期, unit: month, grace: 2 months}}
  换届天: {late: {due: 任期届满日期, done: 最近换届日期, unit: day, grace: 1 month, if_blank: 0}}
  满意率: {sheet: 民主测评, values: {满意: 100, 基本满意: 75, 不满意: 0}, of: 等次, weighted_by: 票数, leave_out: [不了解], average: true}
  满意票: {sheet: 民主测评, values: {满意: 1, 不满意: 0, 基本满意: -0.5}, of: 等次, weighted_by: 票数, leave_out: [弃权], sum: 票数}
  均等次: {sheet: 民主测评, values: {满意: 3, 基本满意: 2}, of: 等次, average: true, skip_missing: true}
  在任: {sheet: 班子, where: 学历 contains '本', count: rows}
  在任种: {sheet: 班子, distinct: 学历}
  数和: {sheet: 无日期表, sum: 数}
  数均: {sheet: 无日期表, average: 数, skip_missing: true}
  党员: {field: 党员数}
  领域值: {field: 领域, values: {农村: 2, 社区: 3}}
  空缺: {field: 书记空缺起始日期}
  满月: {field: 成立满月数}
  算: {value: 党员数 * 2 - 收入 / 3}
  比: {value: 收入 / 党员数}
  差: {value: "max(收入, 党员数) - min(收入, 党员数)"}
  两处: {value: 党课次数 / (党课次数 + 1)}
  月差: {value: "months(书记到任日期, 截止日)"}
  备案差: {value: "days(备案 + 1 month, 截止日)"}
  点: {value: lacking 两项 + 2 * present 两项}
  点数: {value: (found 发现问题) * 3}
  名次: {rank: {of: 到会略, among: 领域}}
  倒名次: {rank: {of: 比, order: low}}
  最好比: {best: {of: 到会略, among: 所属乡镇}}
  最低比: {best: {of: 党员数, order: low}}
  上年分: {review: {id: made, of: total, periods: 2, take: average}}
  上年星: {review: {id: made, of: star}}
  历年: {review: {id: made, of: total, periods: ["2021", "2022"], take: weights, weights: [0.4, 0.6]}}
  项分: {review: {id: made, of: "1", periods: 2, take: sum}}
  下级数: {subordinates: {take: count, where: 党员数 > 3}}
  下级率: {subordinates: {level: all, take: share, where: 挂牌}}
  下级均: {subordinates: {of: 党员数, level: all, take: mean}}
  下级和: {subordinates: {of: 到会略, take: sum, where: 领域 = '农村'}}
  下级低: {subordinates: {of: 比, level: all, take: min}}
  下级高: {subordinates: {of: 次数, take: max, where: 挂牌}}
  组数: {group: {take: count, where: 党员数 > 3}}
  组率: {group: {among: 领域, take: share, where: 挂牌}}
  组均: {group: {of: 党员数, among: 所属乡镇}}
  全均: {group: {of: 到会略, take: mean, where: 挂牌}}
  组和: {group: {of: 次数, among: 领域, take: sum}}
  组低: {group: {of: 比, take: min}}
  组高: {group: {of: 次数, among: 领域, take: max, where: 领域 = '农村'}}
  他分: {subordinates: {of: total, rulebook: other, take: mean}}
  他星: {subordinates: {of: star, rulebook: other, level: all, take: min, where: 星级 >= 1}}
  他星率: {subordinates: {rulebook: other, level: all, take: share, where: 星级 >= 4 and 总分 > 2}}
  他星数: {subordinates: {rulebook: other, take: count, where: 党课次数 > 1 or found 发现问题}}
  他分和: {subordinates: {of: total, rulebook: other, level: all, take: sum, where: 满月 > 10 or 总分 < 星级}}
  无此规则: {subordinates: {of: star, rulebook: absent, take: max}}
  下级点: {subordinates: {level: all, take: count, where: found 发现问题 or (lacking 两项) > 0}}
  名次点: {rank: {of: lacking 两项}}
  最好点: {best: {of: present 两项, among: 领域}}
"""

START, END = date(2023, 1, 1), date(2023, 12, 31)
CODES = ("1", "2", "3", "4")


@cache
def rulebook(unrecorded="unknown", elements="unknown", where="党组织代码 is not blank"):
    """The rulebook with these policies for what nobody recorded, and this scope."""
    words = {"UNRECORDED": unrecorded, "ELEMENTS": elements, "WHERE": where}
    text = MEASURES
    for word, own in words.items():
        text = text.replace(word, own)
    return book(text)


SCOPES = ("党组织代码 is not blank", "领域 = '农村'", "党组织代码 in 1、3")
"""Who may be in scope: all, some who depend on a cell, every other one."""


def days(first=START, last=END):
    near = st.sampled_from(
        [date(2023, 3, 31), date(2023, 4, 1), date(2023, 6, 30), date(2024, 1, 8)]
    )
    return st.one_of(st.dates(first, last), near)


def cells(kind, *, gaps=True):
    return st.one_of(kind, kind, st.sampled_from([None, UNREADABLE])) if gaps else kind


def numbers():
    return st.sampled_from([Fraction(n) for n in range(8)] + [Fraction(-1), Fraction(5, 2)])


def answers():
    return st.sampled_from([
        AnswerCell(Answer.YES, "是"), AnswerCell(Answer.YES, "√"), AnswerCell(Answer.NO, "否"),
        AnswerCell(Answer.NOT_APPLICABLE, "不适用"), AnswerCell(None, "较好"), AnswerCell(None, "差"),
    ])  # fmt: skip


def rows(**columns):
    own = st.fixed_dictionaries({"党组织": st.sampled_from((*CODES, "")), **columns})
    return st.one_of(st.none(), st.lists(own, max_size=9))


SHEETS = {
    "组织生活": rows(
        日期=cells(days()),
        类型=cells(st.sampled_from(["党课", "支委会", "党课、主题党日", "主题党日"])),
        实到=cells(numbers()),
        应到=cells(numbers()),
        状态=st.sampled_from([None, None, "作废", "补开", UNREADABLE]),
        合格=cells(st.booleans()),
        得票=cells(numbers()),
        复核日=cells(days()),
    ),
    "问题清单": rows(
        发现日期=cells(days()),
        整改时限=cells(days()),
        销号日期=cells(days()),
        完成日期=cells(days(date(2022, 6, 1))),
    ),
    "民主测评": rows(
        日期=cells(days()),
        等次=cells(st.sampled_from(["满意", "基本满意", "不满意", "不了解", "弃权"])),
        票数=cells(numbers()),
    ),
    "检查记录": rows(
        检查项目=cells(st.sampled_from(["挂牌上墙", "有制度", "发现问题"]), gaps=False),
        结果=cells(answers()),
        数量=cells(numbers()),
        检查日期=cells(st.dates(date(2023, 5, 1), date(2023, 5, 3))),
    ),
    "核查计数": rows(
        指标=cells(st.sampled_from(["次数", "缺月", "换届", "到会率", "最少", "合格率"]), gaps=False),
        数值=cells(numbers()),
        日期=cells(st.dates(date(2023, 5, 1), date(2023, 5, 2))),
    ),
    "班子": rows(任职=cells(days()), 离任=cells(days()), 学历=cells(st.sampled_from(["本科", "大专"]))),
    "无日期表": rows(数=cells(numbers())),
}  # fmt: skip
ROLL = st.fixed_dictionaries(
    {
        "领域": st.sampled_from(["农村", "社区", "机关", None, UNREADABLE]),
        "所属乡镇": st.sampled_from(["甲镇", "乙镇", None]),
        "上级党组织": st.sampled_from((*CODES, None, "不在册")),
        "成立日期": cells(st.dates(date(2022, 6, 1), date(2024, 2, 1))),
        "撤销日期": st.one_of(st.none(), st.none(), cells(days())),
        "党员数": cells(numbers()),
        "收入": cells(numbers()),
        "挂牌": cells(st.booleans()),
        "备案": cells(days()),
        "书记到任日期": cells(days(date(2020, 1, 1))),
        "书记空缺起始日期": cells(days()),
        "任期届满日期": cells(days(date(2022, 6, 1))),
        "最近换届日期": cells(days(date(2021, 6, 1))),
        "上年度星级": st.sampled_from(["五星", "3", None, "未评", "很好", UNREADABLE]),
    }
)


def _table(name, given):
    made = []
    for number, values in enumerate(given, start=2):
        origin = Origin("drawn.xlsx", sheet=name, cell=f"A{number}")
        own = {column: cell for column, cell in values.items() if column != "党组织"}
        made.append(Row(values["党组织"], own, origin))
    return Table(name, tuple(given[0]) if given else (), tuple(made))


@st.composite
def settings_drawn(draw):
    """A review of some organisations with drawn records."""
    policies = (
        draw(st.sampled_from(["unknown", "not_found"])),
        draw(st.sampled_from(["unknown", "present", "lacking"])),
        draw(st.sampled_from(SCOPES)),
    )
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True))
    roll = [{"党组织": code, "党组织代码": code, **draw(ROLL)} for code in sorted(codes)]
    sheets = {name: draw(drawn) for name, drawn in SHEETS.items()}
    cut_off = draw(st.sampled_from([END, date(2024, 1, 31), date(2023, 8, 15)]))
    scores = st.dictionaries(st.sampled_from(CODES), numbers())
    scored = [draw(scores) for _ in range(3)]
    return review_of(policies, roll, sheets, cut_off, scored, [draw(_stars()), draw(_stars())])


def review_of(policies, roll, sheets, cut_off, scores, stars):
    """A review of these records; `scores` are totals of two earlier reviews and of another
    rulebook, `stars` those of the earlier reviews. A sheet that is None was not supplied."""
    rules = rulebook(*policies)
    given = {"党组织": roll, **{name: own for name, own in sheets.items() if own is not None}}
    tables = {name: _table(name, own) for name, own in given.items()}
    organisations = tuple(
        Organisation(row.organisation, row.organisation, row) for row in tables["党组织"].rows
    )
    records = Records(schema_of([rules]), MappingProxyType(tables), organisations)
    *earlier, others = [{code: Interval.at(n) for code, n in own.items()} for own in scores]
    reviews = tuple(
        PastReview("made", year, totals, own, {"1": {"1": Interval.at(3)}})
        for year, totals, own in zip(("2021", "2022"), earlier, stars, strict=True)
    )
    previous = Previous(stars=stars[1], reviews=reviews)
    other = {
        "other": {
            code: Figures(score, _star_given(stars[0].get(code, 4)))
            for code, score in others.items()
        }
    }
    return Setting(rules, records, "2023", START, END, cut_off, previous=previous, others=other)


def _star_given(star):
    """A star as another rulebook gives it; 0 stands for one that is open between 0 and 3."""
    if star is None:
        return NONE
    return Interval.at(star) if star else Interval(Fraction(0), Fraction(3))


def _stars():
    return st.dictionaries(st.sampled_from(CODES), st.sampled_from([None, 0, 3, 5]))


def evaluated(setting) -> Evaluation:
    """The reference's evaluation."""
    return evaluate(setting, prefer="native")
