"""The sheets of details: 加扣分明细, 排查建议, 其他建议, 人工认定明细, 待定事项, 数据核对, 可停报项目."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from starrating.report.words import FLAG_STATES, KINDS, LEVELS, SCREENED, cells_word
from starrating.report.workbook.layout import Column, Shown, TableSheet
from starrating.report.workbook.view import View, town
from starrating.results.model import FindingRow, FlagRow
from starrating.results.tables import fault_place

FLAGS_NAME = "软弱涣散排查建议（内部，待研究）"
FLAGS_NOTE = (
    "内部资料，供研究使用，不得公示。本表只列与排查情形相符的事实和尚缺的依据，是建议，不是认定结论；"
    "是否认定由党委按程序集体研究决定。"
)
OTHER_FLAGS_NAME = "其他建议（内部，待研究）"
OTHER_FLAGS_NOTE = (
    "内部资料，供研究使用，不得公示。本表列软弱涣散排查以外的各项建议（如奖励、提醒），"
    "事项见“事项”一列；只是建议，不是决定，是否采纳由有权限的党组织研究决定。"
)
_STAR_KINDS = frozenset({"requires", "cap", "move", "quota", "tie", "decision"})
_CODE = Column("党组织\n代码", align="center", widest=16)
_NAME = Column("党组织名称", narrowest=14, widest=26)
_NUMBER = Column("序号", align="center", narrowest=5)


def findings(view: View) -> TableSheet:
    """加扣分明细: each step that took or gave points, or changed the star; all steps are in csv."""
    columns = (
        _NUMBER,
        _CODE,
        _NAME,
        Column("项目\n编号", align="center", widest=12),
        Column("项目", widest=18),
        Column("条款", align="center", narrowest=5, widest=8),
        Column("类型", align="center", widest=12),
        Column("数量", align="center", narrowest=6, widest=12),
        Column("分值", align="center", narrowest=6, widest=12),
        Column("说明", narrowest=30, widest=60),
        Column("细则位置", widest=20),
        Column("数据来源", widest=26),
        Column("备注", widest=14),
    )
    wanted = [row for row in view.results.findings if _is_told(view, row)]
    rows: list[list[Shown]] = [
        [
            number,
            row.code,
            view.name(row.code),
            row.item,
            _item_title(view, row.rulebook, row.item),
            row.clause,
            KINDS.get(row.kind, row.kind),
            row.quantity,
            row.points,
            row.text,
            row.rule,
            cells_word(row.sources),
            "经复核不再计入" if row.set_aside else None,
        ]
        for number, row in enumerate(wanted, 1)
    ]
    notes = ("列出改变得分或星级的每一步；起评分和未扣分的条款见 findings.csv。",)
    return TableSheet("加扣分明细", "加扣分明细表", columns, rows, notes, frozen=3, filtered=True)


def _is_told(view: View, row: FindingRow) -> bool:
    if row.rulebook not in {book.id for book in view.rating_books}:
        return False
    changed = bool(row.points) and row.kind != "base"
    return changed or row.set_aside or row.kind in _STAR_KINDS


def _item_title(view: View, rulebook: str, item: str | None) -> str | None:
    head = view.heads.get((rulebook, item or ""))
    return head.title if head else None


def flags(view: View) -> TableSheet:
    """软弱涣散排查建议: matched cases and missing evidence, for study only."""
    rows = [row for row in view.results.flags if is_screened(row)]
    return _flag_table(view, rows, FLAGS_NAME, "软弱涣散党组织排查建议表", FLAGS_NOTE)


def other_flags(view: View) -> list[TableSheet]:
    """其他建议: proposals of other kinds, where there are any."""
    rows = [row for row in view.results.flags if not is_screened(row)]
    if not rows:
        return []
    return [_flag_table(view, rows, OTHER_FLAGS_NAME, "其他建议表", OTHER_FLAGS_NOTE)]


def is_screened(row: FlagRow) -> bool:
    """Whether a flag is one of 软弱涣散排查."""
    return SCREENED in row.flag


def _flag_table(
    view: View, flags: Sequence[FlagRow], name: str, title: str, note: str
) -> TableSheet:
    columns = (
        _NUMBER,
        _CODE,
        _NAME,
        Column("所属乡镇", align="center", widest=16),
        Column("事项", align="center", widest=14),
        Column("对应情形", widest=28),
        Column("状态", align="center", widest=18),
        Column("已有依据", narrowest=20, widest=40),
        Column("尚缺依据", narrowest=14, widest=30),
        Column("研究意见", narrowest=18),
    )
    rows: list[list[Shown]] = [
        [
            number,
            row.code,
            view.name(row.code),
            town(view.organisations[row.code]) if row.code in view.organisations else None,
            row.flag,
            row.case,
            FLAG_STATES.get(row.state, row.state),
            cells_word(row.evidence),
            row.missing_evidence,
            None,
        ]
        for number, row in enumerate(flags, 1)
    ]
    return TableSheet(name, title, columns, rows, (note,), frozen=3)


def people(view: View) -> TableSheet:
    """人工认定明细: raters' figures, and the corrections, objections and decisions of people."""
    columns = (
        _NUMBER,
        Column("类别", align="center", widest=10),
        _CODE,
        _NAME,
        Column("事项", widest=24),
        Column("主体", align="center", widest=20),
        Column("经办人", align="center", widest=12),
        Column("结果", align="center", widest=16),
        Column("理由", narrowest=20, widest=46),
        Column("文号", widest=18),
        Column("日期", align="center", narrowest=11, widest=12),
        Column("是否\n采用", align="center", narrowest=6),
    )
    lines: list[list[Shown]] = [
        [
            "人工评分",
            row.code,
            view.name(row.code),
            _item_words(view, row.rulebook, row.item),
            row.rater,
            row.scorer,
            row.score,
            row.reason,
            None,
            row.date,
            "是" if row.used else "否",
        ]
        for row in view.results.ratings
    ]
    lines += [_decision(view, row) for row in view.results.decisions]
    rows = [[number, *line] for number, line in enumerate(lines, 1)]
    return TableSheet("人工认定明细", "人工认定明细表", columns, rows, frozen=4)


def _item_words(view: View, rulebook: str, item: str) -> str:
    title = _item_title(view, rulebook, item)
    return f"{item} {title}" if title else item


def _decision(view: View, row: Mapping[str, str]) -> list[Shown]:
    def first(*columns: str) -> str | None:
        return next((row[column] for column in columns if row.get(column)), None)

    kinds = {"审定事项": "审定", "针对": "异议复核", "更正": "核查更正", "变更类型": "组织变更"}
    written = first("党组织", "现党组织")
    code = _code_of(view, written)
    day = first("日期", "答复日期", "收到日期")
    return [
        next((word for column, word in kinds.items() if column in row), "其他"),
        code,
        view.name(code) if code else written,
        first("审定事项", "针对", "来源", "变更类型"),
        first("审定机关", "复核机关"),
        first("复核人", "核查人"),
        first("结果", "结论", "更正"),
        first("理由", "核查情况", "异议内容"),
        first("文号", "编号"),
        as_date(day),
        row.get("采用"),
    ]


def _code_of(view: View, written: str | None) -> str | None:
    if written is None or written in view.organisations:
        return written
    return next((code for code, row in view.organisations.items() if row.name == written), None)


def as_date(text: str | None) -> date | str | None:
    """A date where the text is an ISO date, else the text."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else text
    except ValueError:
        return text


def pending(view: View) -> TableSheet:
    """待定事项: what a person must settle before the stars stand."""
    columns = (
        _NUMBER,
        _CODE,
        _NAME,
        Column("类别", align="center", widest=14),
        Column("事项", widest=28),
        Column("说明", narrowest=24, widest=56),
        Column("影响", widest=24),
        Column("处理意见", narrowest=20),
    )
    rows: list[list[Shown]] = [
        [number, row.code, row.name, row.kind, row.subject, row.text, row.effect, None]
        for number, row in enumerate(view.results.pending, 1)
    ]
    return TableSheet("待定事项", "待定事项表", columns, rows, frozen=3)


def faults(view: View) -> TableSheet:
    """数据核对: every data fault with its place and how to mend it."""
    columns = (
        _NUMBER,
        Column("级别", align="center", narrowest=11, widest=20),
        Column("编码", align="center", narrowest=7),
        Column("文件", widest=24),
        Column("工作表", align="center", widest=16),
        Column("单元格", align="center", narrowest=8),
        Column("问题", narrowest=24, widest=60),
        Column("处理办法", narrowest=20, widest=48),
    )
    rows: list[list[Shown]] = [
        [
            number,
            LEVELS.get(fault.level.value, fault.level.value),
            fault.code,
            fault.origin.file,
            fault.origin.sheet,
            fault_place(fault.origin),
            fault.message,
            fault.remedy,
        ]
        for number, fault in enumerate(view.results.faults, 1)
    ]
    notes = ("请对照原表逐条核对；疑点提示只供核查，不影响得分。",)
    return TableSheet("数据核对", "数据核对表", columns, rows, notes, filtered=True)


def unused(view: View) -> TableSheet:
    """可停报项目: supplied columns that no rule reads."""
    columns = (
        _NUMBER,
        Column("文件", narrowest=20, widest=40),
        Column("工作表", align="center", narrowest=14, widest=24),
        Column("列", narrowest=16, widest=40),
        Column("已填行数", align="center", narrowest=10),
    )
    rows: list[list[Shown]] = [
        [number, row.file, row.sheet, row.column, row.filled]
        for number, row in enumerate(view.results.unused, 1)
    ]
    notes = ("以下项目报送了但本次所用细则都不读取，可研究是否停止要求基层填报。",)
    return TableSheet("可停报项目", "可停报项目表", columns, rows, notes)
