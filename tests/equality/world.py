"""The world that drawn rulebooks and records share: sheets with their columns by kind, words of
cells, check points, lists, flags."""

from __future__ import annotations

NUMBER, DATE, TEXT, TRUTH = "number", "date", "text", "truth"

OWN_COLUMNS = {
    "党组织": {
        "收入": {"type": "number", "unit": "万元", "blank": "none"},
        "挂牌": {"type": "truth", "blank": "unknown"},
        "备案": {"type": "date", "date_kind": "deadline", "aliases": ["备案日"]},
        "评议日": {"type": "date", "date_kind": "record", "blank": "none"},
        "类型码": {"type": "code"},
        "地类": "text",
    },
    "组织生活": {
        "合格": {"type": "truth"},
        "得票": {"type": "number", "blank": "none"},
        "复核日": {"type": "date", "blank": "none"},
    },
}
OWN_TABLES = {
    "班子": {
        "columns": {
            "任职": {"type": "date", "date_kind": "deadline"},
            "离任": {"type": "date", "date_kind": "deadline"},
            "学历": {"type": "text", "required": True},
        },
        "date": ["任职", "离任"],
        "no_rows": "unknown",
        "aliases": ["班子成员"],
    },
    "收支": {
        "columns": {
            "记账日": {"type": "date", "date_kind": "event"},
            "金额": {"type": "number", "unit": "元"},
            "科目": "text",
            "核对": {"type": "answer"},
        },
        "date": "记账日",
        "no_rows": "none",
    },
    "无日期表": {
        "columns": {"数": {"type": "number"}, "类": "text"},
        "date": "none",
        "no_rows": "none",
    },
}
"""What every drawn rulebook may declare of its own; each declares some."""

ROLL = {
    NUMBER: ("党员数", "正式党员数", "党小组数", "收入"),
    DATE: ("任期届满日期", "最近换届日期", "书记到任日期", "书记空缺起始日期", "成立日期", "备案", "评议日"),
    TEXT: ("领域", "所属乡镇", "组织类别", "简称", "类型码", "地类"),
    TRUTH: ("是否设支委会", "是否参评", "挂牌"),
}  # fmt: skip
SHEETS = {
    "组织生活": {
        NUMBER: ("实到", "应到", "请假", "得票"),
        DATE: ("日期", "复核日"),
        TEXT: ("类型", "状态", "主讲人职务", "党小组"),
        TRUTH: ("合格",),
    },
    "问题清单": {
        NUMBER: (),
        DATE: ("整改时限", "销号日期", "发现日期", "完成日期"),
        TEXT: ("问题类别", "严重程度", "问题来源"),
        TRUTH: ("是否通报",),
    },
    "民主测评": {NUMBER: ("票数",), DATE: ("日期",), TEXT: ("等次", "测评主体", "项目"), TRUTH: ()},
    "表彰奖励": {NUMBER: (), DATE: ("日期",), TEXT: ("级别", "类别"), TRUTH: ()},
    "负面情形": {NUMBER: ("数量",), DATE: ("日期",), TEXT: ("情形", "层级"), TRUTH: ("是否核实",)},
    "检查记录": {NUMBER: ("数量", "分值"), DATE: ("检查日期",), TEXT: ("检查项目",), TRUTH: ()},
    "考核评分": {
        NUMBER: ("得分", "扣分"), DATE: ("日期",), TEXT: ("项目", "评分主体", "等次"), TRUTH: (),
    },
    "班子": {NUMBER: (), DATE: ("任职", "离任"), TEXT: ("学历",), TRUTH: ()},
    "收支": {NUMBER: ("金额",), DATE: ("记账日",), TEXT: ("科目",), TRUTH: ()},
    "无日期表": {NUMBER: ("数",), DATE: (), TEXT: ("类",), TRUTH: ()},
}  # fmt: skip
"""sheet → kind → its columns."""

WORDS = {
    "领域": ("农村", "社区", "机关"),
    "所属乡镇": ("甲镇", "乙镇"),
    "组织类别": ("党支部", "党总支", "党委"),
    "类型": ("党课", "支委会", "党课、主题党日", "党员大会"),
    "状态": ("补开", "作废", "补报", "按期"),
    "等次": ("满意", "基本满意", "不满意", "不了解", "弃权"),
    "级别": ("省级", "市级", "县级"),
    "情形": ("违纪", "上访"),
    "地类": ("山区", "城郊"),
}
"""What the cells of a column say; those of the others are `ANY_WORDS`."""
ANY_WORDS = ("甲", "乙", "丙9", "书记")

POINTS = ("缺台账", "缺计划", "无场所", "未公开", "发现问题")
LISTS = {"两项": ("挂牌上墙", "有制度", "有党旗"), "四项": ("缺台账", "有制度", "公开栏", "电教")}
LEVELLED = {"台账": ("健全", "不全", "无"), "阵地": ("好", "一般", "差")}
"""Check points that are answered by a level."""
LEVELS = ("好", "一般", "差")
"""Levels that a rater gives."""
FLAGS = ("软弱涣散", "后进", "奖励")
RATERS = ("复核", "初评", "自评")
OTHER, PAST = "other", "made"
"""Ids of another rulebook whose results are read, and of the one reviewed (also in earlier years)."""


def words_of(column: str) -> tuple[str, ...]:
    """What the cells of a column of text may say."""
    return WORDS.get(column, ANY_WORDS)
