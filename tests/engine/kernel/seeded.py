"""Records of a seed: more rows and more doubt at once than examples that are drawn and shrunk."""

import random
from datetime import date, timedelta
from fractions import Fraction

from engine.kernel.recorded import CODES, END, SCOPES, START, review_of
from starrating.records.model import UNREADABLE, Answer, AnswerCell

WORDS = ["党课", "党课", "支委会", "党课、主题党日", "主题党日"]
ANSWERS = [
    AnswerCell(Answer.YES, "是"), AnswerCell(Answer.YES, "√"), AnswerCell(Answer.NO, "否"),
    AnswerCell(Answer.NOT_APPLICABLE, "不适用"), AnswerCell(None, "较好"),
]  # fmt: skip


class Maker:
    """Makes cells; `doubt` is how often one is empty or unreadable."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.doubt = self.random.choice([0, 0, 0.05, 0.2])

    def pick(self, choices):
        if self.random.random() < self.doubt:
            return self.random.choice([None, UNREADABLE])
        return self.random.choice(choices)

    def day(self, first=START, last=END):
        days = [first + timedelta(self.random.randint(0, (last - first).days)) for _ in range(3)]
        return self.pick([*days, date(2023, 3, 31), date(2023, 4, 1), date(2024, 1, 8)])

    def number(self):
        return self.pick([*map(Fraction, range(9)), Fraction(-1), Fraction(5, 2)])

    def rows(self, most, make):
        if self.random.random() < 0.05:
            return None
        owners = [*CODES, *CODES[:2], ""]
        count = self.random.randint(0, most)
        return [{"党组织": self.random.choice(owners), **make()} for _ in range(count)]

    def sheets(self):
        return {
            "组织生活": self.rows(70, self.activity),
            "问题清单": self.rows(12, self.problem),
            "民主测评": self.rows(14, self.poll),
            "检查记录": self.rows(18, self.check),
            "核查计数": self.rows(5, self.count),
            "班子": self.rows(9, self.officer),
            "无日期表": self.rows(9, lambda: {"数": self.number()}),
        }

    def activity(self):
        return {
            "日期": self.day(), "类型": self.pick(WORDS), "实到": self.number(),
            "应到": self.number(), "状态": self.pick([None, None, None, "作废", "补开"]),
            "合格": self.pick([True, True, False]), "得票": self.number(), "复核日": self.day(),
        }  # fmt: skip

    def problem(self):
        return {
            "发现日期": self.day(), "整改时限": self.day(), "销号日期": self.day(),
            "完成日期": self.day(date(2021, 6, 1)),
        }  # fmt: skip

    def poll(self):
        words = ["满意", "基本满意", "不满意", "不了解", "弃权"]
        return {"日期": self.day(), "等次": self.pick(words[: self.random.choice([3, 5])]),
                "票数": self.number()}  # fmt: skip

    def check(self):
        point = self.random.choice(["挂牌上墙", "有制度", "发现问题"])
        return {"检查项目": point, "结果": self.pick(ANSWERS[:4]), "数量": self.number(),
                "检查日期": self.day(date(2023, 5, 1), date(2023, 5, 9))}  # fmt: skip

    def count(self):
        names = ["次数", "缺月", "换届", "到会率", "最少", "合格率", "数和"]
        return {"指标": self.random.choice(names), "数值": self.number(),
                "日期": self.day(date(2023, 5, 1), date(2023, 5, 2))}  # fmt: skip

    def officer(self):
        return {"任职": self.day(), "离任": self.day(), "学历": self.pick(["本科", "大专"])}

    def organisation(self):
        return {
            "领域": self.pick(["农村", "社区"]), "所属乡镇": self.pick(["甲镇", "乙镇"]),
            "上级党组织": self.random.choice([*CODES, None, "不在册"]),
            "成立日期": self.random.choice([None, self.day(date(2022, 6, 1), date(2023, 4, 1))]),
            "撤销日期": self.random.choice([None, None, None, self.day()]),
            "党员数": self.number(), "收入": self.number(), "挂牌": self.pick([True, False]),
            "备案": self.day(), "书记到任日期": self.day(date(2020, 1, 1)),
            "书记空缺起始日期": self.day(), "任期届满日期": self.day(date(2022, 6, 1)),
            "最近换届日期": self.day(date(2021, 6, 1)),
            "上年度星级": self.pick(["五星", "3", "未评", "很好"]),
        }  # fmt: skip


def setting_of(seed):
    """The review that a seed stands for."""
    maker = Maker(seed)
    pick = maker.random.choice
    policies = (
        pick(["unknown", "not_found"]),
        pick(["unknown", "present", "lacking"]),
        SCOPES[seed // 4 % len(SCOPES)],
    )
    roll = [{"党组织": code, "党组织代码": code, **maker.organisation()} for code in CODES]
    scores = [{code: Fraction(maker.random.randint(0, 99)) for code in CODES[1:]} for _ in range(3)]
    stars = [{code: pick([None, 0, 3, 5]) for code in CODES[:3]} for _ in range(2)]
    cut_off = pick([END, date(2024, 1, 31), date(2023, 8, 15)])
    return review_of(policies, roll, maker.sheets(), cut_off, scores, stars)
