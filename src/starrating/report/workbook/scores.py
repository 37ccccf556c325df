"""分项得分: one row an organisation, one column an item, the sums of the sections between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from starrating.report.words import number_word, range_word
from starrating.report.workbook.layout import Column, Marked, Shown, TableSheet
from starrating.report.workbook.sections import SectionSums
from starrating.report.workbook.summary import decimals, total
from starrating.report.workbook.view import View
from starrating.results.model import ItemHead, ItemRow, RulebookHead, SubjectRow

SIGNS = {"scored": "", "not_applicable": "△", "no_data": "◇", "awaiting_person": "○"}
LEGEND = (
    "△ 不适用　◇ 缺数据　○ 待评分。“0–5”表示得分的可能范围；“小计”为本部分各项得分之和，"
    "含本部分的封顶、折算。"
)


def item_scores(view: View) -> list[TableSheet]:
    """分项得分, one sheet for each rulebook that gives stars (as a rule one)."""
    books = view.rating_books
    if not books:
        return [_sheet(view, None, "分项得分")]
    return [
        _sheet(view, book, "分项得分" if number == 1 else f"分项得分（{number}）")
        for number, book in enumerate(books, 1)
    ]


def _sheet(view: View, book: RulebookHead | None, name: str) -> TableSheet:
    heads = [head for head in view.results.item_heads if book and head.rulebook == book.id]
    sections = [(title, list(members)) for title, members in groupby(heads, lambda h: h.section)]
    subjects = [row for row in view.subjects if book and row.rulebook == book.id]
    columns = [
        Column("代码", align="center", widest=12),
        Column("党组织名称", narrowest=14, widest=18),
    ]
    for title, members in sections:
        columns += [
            Column(_head(head), title, align="center", narrowest=4.6, widest=4.8)
            for head in members
        ]
        columns.append(Column("小计", title, align="center", widest=6.4, shaded=True))
    columns += [
        Column("总分", align="center", widest=8.6, decimals=decimals(subjects), shaded=True),
        Column("星级", align="center", widest=8),
    ]
    sums = SectionSums(view.results.findings)
    rows = [_row(view, row, sections, sums) for row in subjects]
    title = f"分项得分表（{book.title}）" if book else "分项得分表"
    return TableSheet(name, title, tuple(columns), rows, (LEGEND,), frozen=2)


def _head(head: ItemHead) -> str:
    points = "" if head.points is None else f"\n({number_word(head.points)})"
    return f"{head.id}\n{head.title}{points}"


def _row(
    view: View,
    subject: SubjectRow,
    sections: Sequence[tuple[str, list[ItemHead]]],
    sums: SectionSums,
) -> list[Shown]:
    items = view.items.get((subject.rulebook, subject.code), {})
    cells: list[Shown] = [subject.code, subject.name]
    for title, members in sections:
        rows = [items[head.id] for head in members if head.id in items]
        cells += [_cell(items.get(head.id)) for head in members]
        low, high = sums.of(title, rows)
        cells.append(low if low == high else range_word(low, high))
    return [*cells, total(subject), view.star(subject) if subject.rated else "不参评"]


def _cell(row: ItemRow | None) -> Shown:
    if row is None:
        return None
    sign = SIGNS.get(row.state, "")
    if row.score_low != row.score_high:
        return range_word(row.score_low, row.score_high) + sign
    score = row.score_low
    return Marked(score, sign) if sign else score
