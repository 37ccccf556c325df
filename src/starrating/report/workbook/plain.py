"""A workbook of plain tables, drawn like those of results.xlsx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

from starrating.report.workbook.draw import draw_table
from starrating.report.workbook.layout import TableSheet
from starrating.report.workbook.styles import Styles

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Texts stay texts, whatever they look like."""


def tables_workbook(title: str, created: date, number: str, sheets: Sequence[TableSheet]) -> bytes:
    """The sheets as xlsx: the same sheets give the same bytes.

    `created` is the document's date (the clock is never read), `number` the 结果编号 of the footer.
    """
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "created": datetime.combine(created, time())})
        look = Styles(book)
        for sheet in sheets:
            draw_table(book.add_worksheet(sheet.name), sheet, look, number)
    return target.getvalue()
