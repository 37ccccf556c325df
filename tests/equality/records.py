"""The sheets of a review: the roll, and rows of every sheet with gaps, duplicates and doubt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from equality.cells import Cells
from equality.dice import Dice
from equality.world import LEVELLED, LEVELS, LISTS, POINTS, RATERS, words_of

Row = dict[str, str | None]
Given = dict[str, list[Row]]


def _is_number(measure: dict[str, Any]) -> bool:
    """Whether a count may stand for it: the kernel refuses one that stands for a day or a word."""
    return not measure.keys() & {"min", "max", "latest", "field", "value"}


class Inspection:
    """Writes the sheets of some organisations."""

    def __init__(self, dice: Dice, book: dict[str, Any], codes: list[str]) -> None:
        self.dice, self.codes = dice, codes
        self.cells = Cells(dice)
        self.items = [item["id"] for part in book.get("sections", ()) for item in part["items"]]
        self.counted = [name for name, own in book["measures"].items() if _is_number(own)]

    def sheets(self, crowd: int) -> Given:
        """All sheets, some not supplied, some empty; `crowd` is about how many rows one has."""
        found: Given = {"党组织": [self.organisation(code) for code in self.codes]}
        found["检查记录"] = self._checks()
        if self.items:
            found["考核评分"] = self._rows(crowd * 2, self.score)
        writers: dict[str, tuple[int, Callable[[], Row]]] = {
            "组织生活": (crowd * 4, self.activity), "问题清单": (crowd, self.problem),
            "民主测评": (crowd, self.poll), "表彰奖励": (crowd, self.honour),
            "负面情形": (crowd, self.negative), "核查计数": (crowd, self.count),
            "班子": (crowd, self.officer), "收支": (crowd, self.entry),
            "无日期表": (crowd, lambda: {"数": self.cells.number(), "类": self.cells.word(words_of("类"))}),
        }  # fmt: skip
        for name, (most, make) in writers.items():
            if self.dice.maybe(85):
                found[name] = self._rows(most, make)
        for number, row in enumerate(found.get("问题清单", ()), start=1):
            row["问题编号"] = f"W{number}"
        return found

    def _rows(self, most: int, make: Callable[[], Row]) -> list[Row]:
        rows: list[Row] = []
        for _ in range(self.dice.whole(0, most)):
            owner = self.dice.one(self.codes) if not self.dice.maybe(3) else "不在册"
            rows.append({"党组织": owner, **make()})
            if self.dice.maybe(5):
                rows.append(dict(rows[-1]))
        return rows

    def organisation(self, code: str) -> Row:
        """A row of the roll; some are founded or dissolved within the year."""
        cells, dice = self.cells, self.dice
        return {
            "党组织代码": code, "党组织名称": f"第{code}支部", "领域": cells.word(words_of("领域")[:2]),
            "所属乡镇": cells.word(words_of("所属乡镇")), "组织类别": cells.word(words_of("组织类别")),
            "上级党组织": dice.one([None, *self.codes, "县委"]),
            "成立日期": cells.day(date(2023, 1, 1)) if dice.maybe(20) else dice.pick("2010-01-01", None),
            "撤销日期": cells.day() if dice.maybe(8) else None,
            "党员数": cells.number(), "正式党员数": cells.number(), "党小组数": cells.number(),
            "是否设支委会": cells.truth(), "是否参评": cells.truth() if dice.maybe(30) else "是",
            "书记到任日期": cells.day(date(2020, 1, 1)), "书记空缺起始日期": cells.day() if dice.maybe(30) else None,
            "任期届满日期": cells.day(date(2022, 6, 1)), "最近换届日期": cells.day(date(2021, 6, 1)),
            "上年度星级": cells.word(("五星", "3", "4星", "一星", "未评")), "收入": cells.number(),
            "挂牌": cells.truth(), "备案": cells.day(), "评议日": cells.day(), "类型码": cells.word(("0101", "0102")),
            "地类": cells.word(words_of("地类")),
        }  # fmt: skip

    # --- what was checked and scored ---

    def _checks(self) -> list[Row]:
        rows: list[Row] = []
        elements = sorted({name for own in LISTS.values() for name in own})
        for code in self.codes:
            asked = self.dice.some((*POINTS, *elements, *LEVELLED), 0, 11)
            asked += [point for point in asked if self.dice.maybe(10)]
            rows.extend({"党组织": code, **self.check(point)} for point in asked)
        return rows

    def check(self, point: str) -> Row:
        """An answer to one check point."""
        cells = self.cells
        answer = cells.word(LEVELLED[point]) if point in LEVELLED else cells.answer()
        return {
            "检查项目": point, "结果": answer, "数量": cells.number() if self.dice.maybe(30) else None,
            "分值": self.dice.pick("2", "1", "0.5", "9", None), "检查日期": self._near(5),
        }  # fmt: skip

    def _near(self, month: int) -> str | None:
        """One of three days, so that dates tie."""
        return self.cells.day(date(2023, month, 1), date(2023, month, 3))

    def score(self) -> Row:
        """A rater's figure for an item."""
        return {
            "项目": self.dice.one([*self.items, "总分"]), "评分主体": self.dice.one(RATERS),
            "得分": self.cells.number(), "扣分": self.cells.number(), "等次": self.cells.word(LEVELS),
            "加扣分原因": self.dice.pick("按细则", None), "日期": self._near(6),
        }  # fmt: skip

    def count(self) -> Row:
        """What an inspector counted for a measure."""
        return {
            "指标": self.dice.one([*self.counted, "没有这个指标"]),
            "数值": self.cells.number(),
            "日期": self._near(5),
        }

    # --- what happened ---

    def activity(self) -> Row:
        """A row of 组织生活."""
        cells = self.cells
        return {
            "日期": cells.day(), "类型": cells.word(words_of("类型")), "实到": cells.number(),
            "应到": cells.number(), "请假": cells.number() if self.dice.maybe(30) else None,
            "状态": cells.word(words_of("状态")) if self.dice.maybe(30) else None,
            "主讲人职务": cells.word(("书记", "甲")), "党小组": cells.word(("甲", "乙")),
            "合格": cells.truth(), "得票": cells.number(), "复核日": cells.day(),
        }  # fmt: skip

    def problem(self) -> Row:
        """A row of 问题清单 but its number."""
        cells = self.cells
        return {
            "问题内容": self.dice.pick("活动室被占用", "台账不全"), "问题类别": cells.word(("甲", "乙")),
            "严重程度": cells.word(("甲", "乙")), "问题来源": cells.word(("甲", "丙9")),
            "发现日期": cells.day(), "是否通报": cells.truth(), "整改时限": cells.day(),
            "完成日期": cells.day() if self.dice.maybe(50) else None,
            "销号日期": cells.day() if self.dice.maybe(50) else None,
        }  # fmt: skip

    def poll(self) -> Row:
        """A row of 民主测评."""
        cells = self.cells
        return {
            "等次": cells.word(words_of("等次")[: self.dice.pick(3, 5)]), "票数": cells.number(),
            "测评主体": cells.word(("甲", "乙")), "项目": cells.word(("甲", "1.1")), "日期": cells.day(),
        }  # fmt: skip

    def honour(self) -> Row:
        """A row of 表彰奖励."""
        cells = self.cells
        return {
            "名称": "先进",
            "级别": cells.word(words_of("级别")),
            "类别": cells.word(("甲", "乙")),
            "日期": cells.day(),
        }

    def negative(self) -> Row:
        """A row of 负面情形."""
        cells = self.cells
        return {
            "情形": cells.word(words_of("情形")), "层级": cells.word(("甲", "乙")), "数量": cells.number(),
            "日期": cells.day(), "是否核实": cells.truth(),
        }  # fmt: skip

    def officer(self) -> Row:
        """A row of the own table 班子."""
        return {
            "任职": self.cells.day(),
            "离任": self.cells.day(),
            "学历": self.cells.word(("本科", "甲")),
        }

    def entry(self) -> Row:
        """A row of the own table 收支."""
        cells = self.cells
        return {
            "记账日": cells.day(),
            "金额": cells.number(),
            "科目": cells.word(("甲", "乙")),
            "核对": cells.answer(),
        }
