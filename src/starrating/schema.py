"""The sheets that come in: their columns, types and what a blank or absent row means.

This is the model that rulebook, records and engine share (interfaces.md, "Sheets that come
in"; semantics.md steps 1 and 4). A rulebook adds columns and sheets through `extended`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType

from starrating.lean import dataclass


class ColumnType(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    CODE = "code"
    """Text made of digits, whose leading zeros matter; a number cell is a fault."""
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    ANSWER = "answer"
    """An inspector's answer: yes, no, not applicable, or a level word."""


class Blank(StrEnum):
    """What a blank cell means: the fact does not exist, or it is not known (step 4)."""

    NONE = "none"
    UNKNOWN = "unknown"


class DateKind(StrEnum):
    """How a date column stands to the cut-off (step 1)."""

    EVENT = "event"
    DEADLINE = "deadline"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; `unit` is the unit its numbers are converted to."""

    name: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    blank: Blank = Blank.UNKNOWN
    date_kind: DateKind | None = None
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    choices: tuple[str, ...] = ()
    free_text: bool = False
    blank_means: str | None = None
    """The word that an empty cell stands for (an empty 状态 is 按期, step 3)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns in order, its date column(s), and what no row means.

    `date` names no column, one, or two (in force from, until) that say when a row counts.
    `no_rows` is `none` where no row means that nothing happened, else `unknown`.
    """

    name: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    no_rows: Blank = Blank.UNKNOWN
    by_rulebook: bool = False
    _by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    def column(self, name: str) -> Column | None:
        """The column of that canonical name, or None."""
        return self._by_name.get(name)


def _text(name: str, *, required: bool = False, **more: object) -> Column:
    return Column(name, ColumnType.TEXT, required=required, **more)  # type: ignore[arg-type]


def _free(name: str) -> Column:
    return Column(name, ColumnType.TEXT, blank=Blank.NONE, free_text=True)


def _date(name: str, kind: DateKind, *, required: bool = False, none: bool = False) -> Column:
    blank = Blank.NONE if none else Blank.UNKNOWN
    return Column(name, ColumnType.DATE, required=required, blank=blank, date_kind=kind)


def _number(name: str, *, required: bool = False, none: bool = False) -> Column:
    return Column(
        name, ColumnType.NUMBER, required=required, blank=Blank.NONE if none else Blank.UNKNOWN
    )


EVENT, DEADLINE, RECORD = DateKind.EVENT, DateKind.DEADLINE, DateKind.RECORD
ORGANISATION = Column(
    "党组织",
    ColumnType.CODE,
    required=True,
    aliases=("党组织名称", "党组织代码", "支部", "党支部", "支部名称"),
)

ORGANISATIONS = "党组织"
PARENT = "上级党组织"
"""The column of ORGANISATIONS that names the organisation above."""
ACTIVITIES = "组织生活"
CHECKS = "检查记录"
PROBLEMS = "问题清单"
COUNTS = "核查计数"
SCORES = "考核评分"
POLLS = "民主测评"
HONOURS = "表彰奖励"
NEGATIVES = "负面情形"
LEDGER = "整改台账"
CORRECTIONS = "核查更正"
OBJECTIONS = "异议复核"
DECISIONS = "审定结果"
CHANGES = "组织变更"

_SHEETS = (
    Sheet(
        ORGANISATIONS,
        (
            Column("党组织代码", ColumnType.CODE, aliases=("代码", "编号", "组织代码")),
            Column("党组织名称", required=True, aliases=("名称", "组织名称", "支部名称")),
            Column("简称", blank=Blank.NONE),
            Column("曾用名", blank=Blank.NONE),
            Column("领域", required=True, aliases=("所属领域",)),
            Column(
                "组织类别", choices=("党委", "党总支", "党支部", "联合党支部"), aliases=("类别",)
            ),
            Column("所属乡镇", aliases=("乡镇", "所属镇", "镇街")),
            Column(PARENT, ColumnType.CODE, aliases=("上级",)),
            _date("成立日期", EVENT, none=True),
            _date("撤销日期", EVENT, none=True),
            _number("党员数"),
            _number("正式党员数"),
            Column("是否设支委会", ColumnType.TRUTH, aliases=("设支委会",)),
            _number("党小组数"),
            _date("书记到任日期", EVENT),
            _date("书记空缺起始日期", EVENT, none=True),
            _date("任期届满日期", DEADLINE),
            _date("最近换届日期", EVENT, none=True),
            Column("上年度星级", blank=Blank.NONE, aliases=("上年星级", "去年星级")),
            Column("申报星级", blank=Blank.NONE),
            Column("是否参评", ColumnType.TRUTH, aliases=("参评",)),
            _free("不参评原因"),
        ),
        aliases=("党组织名册", "党组织基本情况", "支部名册", "党支部名册", "基本情况"),
    ),
    Sheet(
        ACTIVITIES,
        (
            ORGANISATION,
            _date("日期", EVENT, required=True),
            Column("类型", required=True, aliases=("活动类型", "会议类型", "类别")),
            _number("应到"),
            _number("实到"),
            _number("请假", none=True),
            _free("记录"),
            Column(
                "状态",
                blank=Blank.NONE,
                choices=("按期", "补开", "补报", "作废"),
                blank_means="按期",
            ),
            _free("主题"),
            Column("党小组", blank=Blank.NONE),
            Column("主讲人职务"),
            _free("佐证"),
        ),
        aliases=("三会一课", "组织生活记录", "三会一课记录"),
        date=("日期",),
        no_rows=Blank.NONE,
    ),
    Sheet(
        CHECKS,
        (
            ORGANISATION,
            Column("检查项目", required=True, aliases=("项目", "检查内容")),
            Column("结果", ColumnType.ANSWER, required=True, aliases=("检查结果",)),
            _number("数量"),
            _number("分值"),
            _date("检查日期", RECORD),
            _free("检查人"),
            _free("说明"),
        ),
        aliases=("活动场所", "活动阵地", "现场检查"),
        date=("检查日期",),
    ),
    Sheet(
        PROBLEMS,
        (
            Column("问题编号", ColumnType.CODE, required=True, aliases=("编号", "序号")),
            ORGANISATION,
            Column("问题内容", required=True, free_text=True, aliases=("问题", "存在问题")),
            Column("问题类别", aliases=("类别",)),
            Column("严重程度"),
            Column("问题来源", aliases=("来源",)),
            _date("发现日期", EVENT, required=True),
            Column("是否通报", ColumnType.TRUTH, aliases=("通报",)),
            _free("整改措施"),
            _free("责任人"),
            _date("整改时限", DEADLINE),
            _free("整改情况"),
            _date("完成日期", EVENT, none=True),
            _free("验收人"),
            _date("销号日期", EVENT, none=True),
        ),
        aliases=("问题台账",),
        date=("发现日期",),
        no_rows=Blank.NONE,
    ),
    Sheet(
        COUNTS,
        (
            ORGANISATION,
            Column("指标", required=True),
            _number("数值", required=True),
            _free("依据"),
            _free("核查人"),
            _date("日期", RECORD),
        ),
        date=("日期",),
    ),
    Sheet(
        SCORES,
        (
            ORGANISATION,
            Column("项目", ColumnType.CODE, required=True),
            Column("评分主体", required=True),
            _number("得分"),
            _number("扣分"),
            Column("等次"),
            _free("加扣分原因"),
            _free("评分人"),
            _free("佐证材料"),
            _date("日期", RECORD),
        ),
        date=("日期",),
    ),
    Sheet(
        POLLS,
        (
            ORGANISATION,
            Column("项目", ColumnType.CODE),
            Column("测评主体"),
            Column("等次", required=True),
            _number("票数", required=True),
            _date("日期", RECORD),
        ),
        date=("日期",),
    ),
    Sheet(
        HONOURS,
        (
            ORGANISATION,
            Column("名称", required=True, aliases=("荣誉名称", "奖项名称")),
            Column("类别"),
            Column("级别", required=True),
            _free("文号"),
            _date("日期", EVENT, required=True),
        ),
        date=("日期",),
        no_rows=Blank.NONE,
    ),
    Sheet(
        NEGATIVES,
        (
            ORGANISATION,
            Column("情形", required=True),
            Column("来源部门"),
            Column("层级"),
            _number("数量"),
            _date("日期", EVENT),
            Column("是否核实", ColumnType.TRUTH),
            _free("依据"),
        ),
        aliases=("一票否决情形", "反向情形"),
        date=("日期",),
        no_rows=Blank.NONE,
    ),
    Sheet(
        LEDGER,
        (
            Column("任务编号", ColumnType.CODE, required=True),
            ORGANISATION,
            _free("问题内容"),
            _free("整改任务"),
            _free("责任人"),
            _date("整改时限", DEADLINE),
            _free("整改进展"),
            _date("完成日期", EVENT, none=True),
            _free("佐证材料"),
            _free("验收人"),
            _date("验收日期", EVENT, none=True),
            _date("销号日期", EVENT, none=True),
            _date("延期至", DEADLINE, none=True),
            _free("延期批准"),
            _free("备注"),
        ),
        aliases=("整改清单",),
        no_rows=Blank.NONE,
    ),
    Sheet(
        CORRECTIONS,
        (
            Column("来源", required=True),
            Column("更正", required=True),
            Column("理由", required=True),
            Column("核查人", required=True),
            _date("日期", RECORD),
        ),
        date=("日期",),
    ),
    Sheet(
        OBJECTIONS,
        (
            Column("编号", ColumnType.CODE, required=True),
            ORGANISATION,
            Column("针对", required=True),
            _date("收到日期", RECORD, required=True),
            _free("途径"),
            _free("异议内容"),
            _free("核查情况"),
            Column("结论", required=True, choices=("维持", "调整", "不予受理")),
            _free("复核机关"),
            _date("答复日期", RECORD),
        ),
        date=("收到日期",),
    ),
    Sheet(
        DECISIONS,
        (
            ORGANISATION,
            Column("审定事项", required=True),
            Column("结果", required=True),
            Column("理由", required=True),
            _free("审定机关"),
            _free("文号"),
            _date("日期", RECORD),
            _free("复核人"),
        ),
        date=("日期",),
    ),
    Sheet(
        CHANGES,
        (
            _date("日期", EVENT, required=True),
            Column(
                "变更类型", required=True, choices=("更名", "合并", "拆分", "改隶", "撤销", "升格")
            ),
            Column("原党组织", ColumnType.CODE, required=True),
            Column("现党组织", ColumnType.CODE, required=True),
            _free("文号"),
        ),
        date=("日期",),
        no_rows=Blank.NONE,
    ),
)

EVIDENCE = ("佐证", "佐证材料")
"""Columns that say where a paper proof of a row is kept: archived and told with the findings,
whether a rulebook reads them or not."""

PEOPLE_SHEETS = (CORRECTIONS, OBJECTIONS, DECISIONS, CHANGES)
"""The sheets of step 16 and 17, archived under people/."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The sheets one review reads, by canonical name, in the order of interfaces.md."""

    sheets: Mapping[str, Sheet] = field(
        default_factory=lambda: MappingProxyType({sheet.name: sheet for sheet in _SHEETS})
    )

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that canonical name, or None."""
        return self.sheets.get(name)

    def extended(self, columns: Mapping[str, Iterable[Column]], tables: Iterable[Sheet]) -> Schema:
        """This schema with further columns of known sheets and further sheets.

        A column of a known name replaces the known one's declaration (blank, date kind,
        aliases …); new sheets follow in the order given.
        """
        sheets = dict(self.sheets)
        for table in tables:
            sheets[table.name] = table
        for name, extra in columns.items():
            sheet = sheets[name]
            own = {column.name: column for column in sheet.columns}
            own.update({column.name: column for column in extra})
            sheets[name] = replace(sheet, columns=tuple(own.values()))
        return Schema(MappingProxyType(sheets))


STANDARD = Schema()
"""The sheets of interfaces.md without any rulebook's additions."""
