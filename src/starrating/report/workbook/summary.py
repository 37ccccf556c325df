"""评定结果汇总 and 分乡镇汇总: the stars, in code order, and their counts by town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from starrating.report.words import STATES, star_word
from starrating.report.workbook.details import is_screened
from starrating.report.workbook.layout import Column, Shown, TableSheet
from starrating.report.workbook.view import View
from starrating.results.model import SubjectRow

BEFORE = "“未计人工”：没有计入核查更正、异议复核、审定结果的测算。"
NOTE = (
    "按党组织代码排列，不分名次。“暂定”：缺少的事实可能改变星级；“待定”：并列或待研究事项可能"
    "改变星级，见“待定事项”。"
)
HEADROOM_NOTE = (
    "“晋星差距”只按扣分和未得分的条款推算：先取处数最少的，再取整改期限最短的；要由人评的分、"
    "缺少的事实和别的党组织的变化不在内。"
)


def summary(view: View) -> TableSheet:
    """评定结果汇总: one row for each organisation, in code order."""
    several = len(view.rating_books) > 1
    book = (Column("细则", widest=18),) if several else ()
    columns = (
        Column("序号", align="center", narrowest=5),
        Column("党组织\n代码", align="center", widest=16),
        Column("党组织名称", narrowest=16, widest=34),
        Column("领域", align="center", widest=12),
        Column("所属乡镇", align="center", widest=16),
        Column("上级党组织", widest=22),
        *book,
        Column("总分", align="center", narrowest=8, decimals=decimals(view.subjects)),
        Column("星级", align="center", narrowest=8, widest=16),
        Column("可能\n星级", align="center", narrowest=8, widest=14),
        Column("定星\n状态", align="center", narrowest=7),
        Column("上年度\n星级", align="center", narrowest=8),
        *_before_heads(view),
        Column("审定\n星级", align="center", narrowest=7),
        Column("最终\n星级", align="center", narrowest=7),
        Column("说明", narrowest=16, widest=46),
        Column("晋星差距", narrowest=16, widest=40),
    )
    titles = {head.id: head.title for head in view.results.rulebooks}
    rows = [
        [
            number,
            row.code,
            row.name,
            row.kind,
            row.town,
            row.parent,
            *([titles.get(row.rulebook, row.rulebook)] if several else []),
            total(row),
            view.star(row) if row.rated else "—",
            view.star_range(row),
            STATES.get(row.state, row.state),
            view.past_star(row, row.last_star),
            *_before(view, row),
            view.decided(row, row.decided_star),
            view.decided(row, row.final_star),
            _remark(row),
            view.headroom(row),
        ]
        for number, row in enumerate(view.subjects, 1)
    ]
    notes = (NOTE, HEADROOM_NOTE, BEFORE) if view.computed else (NOTE, HEADROOM_NOTE)
    return TableSheet(
        "评定结果汇总", "评定结果汇总表", columns, rows, notes, frozen=3, filtered=True
    )


def _before_heads(view: View) -> tuple[Column, ...]:
    """Two columns for the result without people's part, where people took part (step 16)."""
    if not view.computed:
        return ()
    return (
        Column("未计人工\n总分", align="center", narrowest=9, decimals=decimals(view.subjects)),
        Column("未计人工\n星级", align="center", narrowest=9),
    )


def _before(view: View, row: SubjectRow) -> tuple[Shown, ...]:
    if not view.computed:
        return ()
    before = view.computed.get((row.rulebook, row.code))
    if before is None:
        return None, None
    return total(before), view.star(before) if before.rated else "—"


def decimals(rows: Iterable[SubjectRow]) -> int:
    """The digits after the point that totals have."""
    exponents = (row.total_low.as_tuple().exponent for row in rows if row.total_low is not None)
    return max((-digits for digits in exponents if isinstance(digits, int)), default=2)


def total(row: SubjectRow) -> Shown:
    """The total: a number, or both ends where it is not known."""
    if row.total_low is None or row.total_high is None or row.total_low == row.total_high:
        return row.total_low if row.total_high is None else row.total_high
    return f"{row.total_low:f}–{row.total_high:f}"


def _remark(row: SubjectRow) -> str:
    return "；".join(part for part in ("倒排建议" if row.lagging else "", row.reasons) if part)


def by_town(view: View) -> TableSheet:
    """分乡镇汇总: counts by town, and their sum."""
    counts = _counts(view)
    columns = (
        Column("所属乡镇", narrowest=16, widest=30),
        *(Column(head, group, align="center", narrowest=8) for head, group, _ in counts),
    )
    rows: list[Sequence[Shown]] = [
        [place, *(sum(map(count, codes)) for *_, count in counts)]
        for place, codes in view.towns.items()
    ]
    if rows:
        everyone = tuple(view.organisations)
        rows.append(["合　计", *(sum(map(count, everyone)) for *_, count in counts)])
    return TableSheet(
        "分乡镇汇总", "分乡镇汇总表", columns, rows, ("单位：个",), frozen=1, total=True
    )


Count = Callable[[str], int]


def _counts(view: View) -> list[tuple[str, str | None, Count]]:
    """Head, group and counting function of each column."""
    rated = {row.code: row for row in view.subjects if row.rated}
    present = {row.code for row in view.subjects}
    screened = filter(is_screened, view.results.flags)
    flagged = {row.code for row in screened if row.state in {"proposed", "confirmed"}}
    tasks = Counter(task.code for task in view.results.tasks)
    closed = {"已销号", "已撤销"}
    still_open = Counter(task.code for task in view.results.tasks if task.status not in closed)

    def star(level: int) -> Count:
        return lambda code: int(code in rated and (rated[code].star or 0) == level)

    def state(word: str) -> Count:
        return lambda code: int(code in rated and rated[code].state == word)

    return [
        ("党组织数", None, lambda _: 1),
        ("定星数", None, lambda code: int(code in rated)),
        *((star_word(level), "星级", star(level)) for level in (*view.stars, 0)),
        ("待定", "其中", state("undecided")),
        ("暂定", "其中", state("provisional")),
        ("不参评", None, lambda code: int(code in present and code not in rated)),
        ("软弱涣散\n排查建议", None, lambda code: int(code in flagged)),
        ("整改任务", None, lambda code: tasks[code]),
        ("未销号\n任务", None, lambda code: still_open[code]),
    ]
