"""The csv files that go out and their columns, declared once.

字段说明.csv, the writer, the reader and the DataFrames are all made from `FILES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    """Words of users or of ours: neutralised where a spreadsheet would take them for a formula."""
    NUMBER = "number"
    """A Decimal, printed with the digits it has."""
    FIGURE = "figure"
    """A text that may be a plain number and is then left alone (a rater's figure)."""
    WHOLE = "whole"
    TRUTH = "truth"
    DATE = "date"


KIND_WORDS = {
    Kind.TEXT: "文本",
    Kind.NUMBER: "小数",
    Kind.FIGURE: "小数或文本",
    Kind.WHOLE: "整数",
    Kind.TRUTH: "true/false",
    Kind.DATE: "日期（年-月-日）",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a csv file; `required` cells are never empty for want of a fact.

    `free` columns hold people's names and words, which a slim archive leaves out.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    note: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One csv file: its name, what it holds (Chinese) and its columns in order."""

    name: str
    title: str
    columns: tuple[Column, ...]


def _must(
    name: str, title: str, note: str = "", kind: Kind = Kind.TEXT, *, free: bool = False
) -> Column:
    return Column(name, title, kind, required=True, note=note, free=free)


def _may(
    name: str, title: str, note: str = "", kind: Kind = Kind.TEXT, *, free: bool = False
) -> Column:
    return Column(name, title, kind, note=note, free=free)


NUMBER, WHOLE, TRUTH, DATE = Kind.NUMBER, Kind.WHOLE, Kind.TRUTH, Kind.DATE
RULEBOOK = _must("rulebook", "评分细则编号")
CODE = _must("code", "党组织代码", "原表没有代码时为党组织名称")

SUBJECTS = File(
    "subjects.csv",
    "评定结果，一行为一个党组织在一部评分细则下的结果",
    (
        RULEBOOK,
        CODE,
        _must("name", "党组织名称"),
        _may("kind", "领域"),
        _may("town", "所属乡镇"),
        _may("parent", "上级党组织"),
        _must("rated", "是否定星", "false 为不参评或截止日已撤销", TRUTH),
        _may("total_low", "总分下限", "缺少的事实都按最不利计算", NUMBER),
        _may("total_high", "总分上限", "缺少的事实都按最有利计算", NUMBER),
        _may("band", "分数对应星级", "只看分数和附加条件，未计逐级晋升、封顶和名额", WHOLE),
        _may("star_low", "可能的最低星级", kind=WHOLE),
        _may("star_high", "可能的最高星级", kind=WHOLE),
        _may("star", "星级", "对外显示的星级；0 为不定星，空为不参评", WHOLE),
        _must(
            "state",
            "定星状态",
            "determined 已定；provisional 暂定；undecided 待定；not_rated 不参评",
        ),
        _must("recommended", "是否推荐", "星级受上级名额控制，本级只作推荐", TRUTH),
        _must("lagging", "是否倒排建议", "只作提示，不影响星级", TRUTH),
        _may("last_star", "上年度星级", kind=WHOLE),
        _may("decided_star", "审定星级", "审定结果表中写明的星级"),
        _may("final_star", "最终星级"),
        _may("reasons", "说明", "不参评原因、限制情形、审定理由等", free=True),
    ),
)

ITEMS = File(
    "items.csv",
    "分项得分，一行为一个党组织的一个项目",
    (
        RULEBOOK,
        CODE,
        _must("item", "项目编号"),
        _must("title", "项目名称"),
        _may("points", "项目分值", kind=NUMBER),
        _must("score_low", "得分下限", kind=NUMBER),
        _must("score_high", "得分上限", kind=NUMBER),
        _must(
            "state",
            "项目状态",
            "scored 已评；not_applicable 不适用；no_data 缺数据；awaiting_person 待评分",
        ),
    ),
)

FINDINGS = File(
    "findings.csv",
    "加扣分与定星明细，一行为计算中的一步",
    (
        _must("finding", "明细编号", "代码-项目-条款，历次运行不变"),
        RULEBOOK,
        CODE,
        _may("item", "项目编号"),
        _may("clause", "条款序号", "按细则书写顺序从 1 起，分列情形为 .1 .2"),
        _must(
            "kind",
            "类型",
            "base 起评分；clause 条款；not_earned 未得分；not_applicable 不适用；clamp 封顶保底；"
            "leave_out 剔除折算；weight 权重；scale 换算；section_clamp 部分封顶保底；zeroed 计零；"
            "round 取整；band 分数线；requires 附加条件；cap 星级封顶；move 逐级晋升；"
            "quota 名额；tie 并列；flag 标识；decision 审定",
        ),
        _may("quantity", "数量", kind=NUMBER),
        _may("points", "分值变化", "按缺少的事实都最不利计算；逐项相加等于得分", NUMBER),
        _may("detail", "计算细节", "JSON：数量、缺少的时段、未计入的记录及原因等"),
        _must("set_aside", "是否撤销", "经异议复核调整、不再计入的明细", TRUTH),
        _may("rule", "依据位置", "细则文件:行"),
        _may(
            "sources",
            "数据来源",
            "文件!工作表!单元格，以“; ”分隔；取自下级党组织的数，写“名称：数”",
        ),
        _must("message", "句式编号"),
        _must("text", "说明"),
    ),
)

TASKS = File(
    "tasks.csv",
    "整改任务，一行为一项任务",
    (
        _must("task", "任务编号", "由评定周期、细则、代码和项目（检查点、情形、问题编号）组成"),
        CODE,
        _may("item", "项目编号"),
        _may("problem", "问题内容", free=True),
        _may("findings", "对应明细编号", "多条以“; ”分隔"),
        _must("task_text", "整改任务", free=True),
        _may("owner", "责任人", free=True),
        _may("kind", "任务类型", "立行立改、限期整改、长期坚持等"),
        _may("issued", "下达日期", kind=DATE),
        _may("due", "整改时限", "日期；未写签发日期时为时长"),
        _must(
            "status",
            "整改状态",
            "未到期、整改中、已完成待验收、已销号、逾期未完成、长期坚持、已延期、已撤销",
        ),
        _may("carried_from", "转自", "上年未销号任务的来源"),
        _must("repeated", "是否反复出现", kind=TRUTH),
    ),
)

FLAGS = File(
    "flags.csv",
    "排查建议，一行为一个党组织的一种情形（供研究，不是认定结论）",
    (
        RULEBOOK,
        CODE,
        _must("flag", "事项"),
        _must("case", "情形"),
        _must(
            "state",
            "状态",
            "possible 证据不足待核；proposed 建议研究；confirmed 已认定；rejected 不予认定",
        ),
        _may("evidence", "已有依据"),
        _may("missing_evidence", "尚缺依据"),
    ),
)

RATINGS = File(
    "ratings.csv",
    "人工评分，一行为一个评分主体的一个评分",
    (
        RULEBOOK,
        CODE,
        _must("item", "项目编号"),
        _must("rater", "评分主体"),
        _may("scorer", "评分人", free=True),
        _may("score", "得分、扣分或等次", kind=Kind.FIGURE),
        _may("reason", "理由", free=True),
        _may("date", "日期", kind=DATE),
        _must("used", "是否采用", kind=TRUTH),
    ),
)

FAULTS = File(
    "faults.csv",
    "数据问题，一行为一处",
    (
        _must("code", "问题编码", "编码含义见《问题编码表》"),
        _must(
            "level",
            "级别",
            "fatal 无法继续；error 按未知处理；warning 提醒；hint 疑点提示；info 说明",
        ),
        _must("file", "文件"),
        _may("sheet", "工作表"),
        _may("cell", "单元格", "文本文件为 行:列"),
        _must("message", "问题", free=True),
        _must("remedy", "处理办法"),
    ),
)

FILES = (SUBJECTS, ITEMS, FINDINGS, TASKS, FLAGS, RATINGS, FAULTS)
"""The csv files in the order in which they are listed and digested."""

CHANGES = File(
    "changes.csv",
    "更正对照，只在更正的评定中有：与所更正的评定不同的每一行",
    (
        _must("table", "数据文件"),
        _may("rulebook", "评分细则编号"),
        CODE,
        _may("row", "哪一行", "项目、明细编号、任务编号、事项和情形"),
        _must("change", "变化", "changed 变动；added 新增；removed 删去"),
        _may("columns", "变动的列", "多列以“; ”分隔"),
        _may("then", "原为", "所更正的评定中的内容", free=True),
        _may("now", "现为", free=True),
    ),
)
"""Of a corrected review alone; it is no part of the results digest."""
