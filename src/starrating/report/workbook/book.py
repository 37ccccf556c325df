"""The whole of results.xlsx, its sheets in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import Any

from starrating.report.words import UNKNOWN
from starrating.report.workbook import cover, details, lists, statistics, summary
from starrating.report.workbook.corrected import corrected
from starrating.report.workbook.layout import TableSheet
from starrating.report.workbook.pieces import pieces
from starrating.report.workbook.plain import Drawing, workbook
from starrating.report.workbook.scores import item_scores
from starrating.report.workbook.view import View
from starrating.results.model import Heading, Results
from starrating.results.tables import csv_files, result_number, results_digest


def results_workbook(results: Results, digest: str | None = None) -> bytes:
    """results.xlsx: the same results give the same bytes.

    `digest` is the results digest where the caller has it already; its first 12 digits are
    printed as 结果编号. The document's creation date is the cut-off.
    """
    view = View(results, result_number(digest or results_digest(csv_files(results))))
    properties = _properties(results.heading, view.number)
    return workbook(properties, view.number, partial(_draw_all, view))


def tables(view: View) -> list[TableSheet]:
    """All sheets that hold one table, in order (all but 封面 and 统计分析)."""
    heading = view.results.heading
    line = (
        f"{heading.title}　阶段：{heading.stage}　截止日：{heading.cut_off}　"
        f"编制单位：{heading.office.get('name') or UNKNOWN}"
    )
    made = [
        summary.summary(view),
        summary.by_town(view),
        *item_scores(view),
        details.findings(view),
        details.flags(view),
        *details.other_flags(view),
        lists.problems(view),
        lists.duties(view),
        lists.rectifications(view),
        details.people(view),
        *_corrected(view),
        details.pending(view),
        details.faults(view),
        details.unused(view),
    ]
    return [replace(table, notes=(line, *table.notes)) for table in made]


def _corrected(view: View) -> list[TableSheet]:
    """更正对照, which only a corrected review has."""
    correction = view.results.correction
    return [] if correction is None else [corrected(view, correction)]


def _draw_all(view: View, drawing: Drawing) -> None:
    book, look = drawing.book, drawing.look
    sheets = [piece for table in tables(view) for piece in pieces(table)]
    contents: list[tuple[str, int | None]] = [(t.name, cover.row_count(t)) for t in sheets]
    front = book.add_worksheet(cover.NAME)
    cover.draw_cover(front, view, [*contents, (statistics.NAME, None)], look)
    for table in sheets:
        drawing.table(table)
    statistics.draw_statistics(book, book.add_worksheet(statistics.NAME), view, look)


def _properties(heading: Heading, number: str) -> dict[str, Any]:
    return {
        "title": heading.title,
        "subject": f"评定周期 {heading.period}，阶段 {heading.stage}",
        "author": heading.office.get("name", ""),
        "keywords": number,
        "comments": f"结果编号 {number}",
        "created": datetime.combine(heading.cut_off, time()),
    }
