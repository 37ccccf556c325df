"""Which word of the rule language stands in which column of which sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

REST = "其他"
"""The last column of each sheet: the words that have no column of their own, as `{word: value}`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Chinese title, the word it holds ("" for one that is only read by people)."""

    title: str
    word: str
    width: int = 12
    text: bool = False
    """Whether a number typed here has lost something (2.10 → 2.1): ids and versions."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of blocks, a row each: the map or list that stands behind `word` at top level.

    A `map` has the name of each entry in its first column, whose word is "".
    """

    title: str
    word: str
    form: Literal["map", "list"]
    columns: tuple[Column, ...]


MAIN = "评分细则"
READ_ALOUD = Column("评分标准", "", 44)
_TITLE, _WORTH = Column("部分", "title", 12), Column("部分分值", "points", 8)
_BASIS = Column("依据", "basis", 22)
_PRINTED = (
    Column("编号", "id", 7, text=True),
    Column("项目", "title", 16),
    Column("分值", "points", 6),
)
CLAUSE = (
    Column("动作", "", 7),
    Column("数额", "", 24),
    Column("每", "per", 18),
    Column("条件", "if", 24),
    Column("按", "by", 12),
    Column("最多", "up_to", 7),
    Column("每步", "every", 7),
    Column("比", "of", 12),
    Column("低于", "below", 8),
    Column("高于", "above", 8),
    Column("条款其他", REST, 18),
)
_ITEM_SETTINGS = (
    Column("适用条件", "applies_when", 18),
    Column("不适用时", "not_applicable", 10),
    Column("从几分起", "starts_at", 9),
    Column("项目其他", REST, 24),
)
_SECTION_SETTINGS = (Column("部分类别", "kind", 9), Column("部分其他", REST, 16))
SECTION = (_TITLE, _WORTH, *_SECTION_SETTINGS)
ITEM = (*_PRINTED, _BASIS, *_ITEM_SETTINGS)
MAIN_COLUMNS = (
    _TITLE, _WORTH, *_PRINTED, READ_ALOUD, _BASIS, *CLAUSE, *_ITEM_SETTINGS, *_SECTION_SETTINGS,
)  # fmt: skip
"""First what a printed sheet has, then how the computer reads it."""
PRINTED = MAIN_COLUMNS.index(_BASIS) + 1
"""How many columns of the main sheet are printed."""

ACTIONS = {
    "deduct": "扣分",
    "add": "加分",
    "score": "定分",
    "bands": "分档",
    "table": "查表",
    "worst_of": "就重",
    "best_of": "就高",
}
"""The forms of a clause as the column 动作 names them."""

HEAD = "基本信息"
HEAD_COLUMNS = (Column("词", "", 16), Column("内容", "", 60), Column("说明", "", 50))

TABS = (
    Tab(
        "指标", "measures", "map",
        (
            Column("指标", "", 22), Column("表", "sheet", 12), Column("条件", "where", 40),
            Column("算法", REST, 50), Column("单位", "unit", 8), Column("依据", "basis", 24),
        ),
    ),
    Tab("清单", "lists", "map", (Column("清单", "", 18), Column("内容", "*", 80))),
    Tab(
        "星级", "stars", "list",
        (
            Column("星级", "star", 7), Column("名称", "name", 16), Column("分数线", "from", 9),
            Column("附加条件", "requires", 40), Column("名额", "at_most", 40),
            Column("命名机关", "named_by", 18), Column(REST, REST, 30),
        ),
    ),
    Tab(
        "限制情形", "judgements", "list",
        (
            Column("编号", "id", 8, text=True), Column("名称", "title", 18), Column("条件", "if", 44),
            Column("处置", "then", 40), Column("依据", "basis", 24), Column(REST, REST, 24),
        ),
    ),
    Tab(
        "整改", "rectification", "map",
        (
            Column("对象", "", 18, text=True), Column("整改任务", "task", 36), Column("期限", "within", 16),
            Column("责任人", "owner", 14), Column("类别", "kind", 12), Column(REST, REST, 24),
        ),
    ),
    Tab(
        "逐行检查", "row_checks", "list",
        (
            Column("表", "sheet", 14), Column("条件", "if", 44), Column("程度", "severity", 10),
            Column("提示", "message", 40), Column(REST, REST, 24),
        ),
    ),
    Tab(
        "样例", "cases", "list",
        (
            Column("标题", "title", 36), Column("说明", "why", 30), Column("评定", "plan", 20),
            Column("已知", "given", 60), Column("预期", "expect", 60), Column(REST, REST, 30),
        ),
    ),
)  # fmt: skip
"""The sheets beside the main one, in their order."""

COMMENTS = "未带入的注释"
OTHERS = frozenset({COMMENTS})
"""Sheets that are only for reading."""
