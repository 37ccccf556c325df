"""A workbook of ours: what all have in common, and one of plain tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from starrating.report.workbook.draw import draw_samples, draw_table
from starrating.report.workbook.filling import Body, filled
from starrating.report.workbook.layout import TableSheet
from starrating.report.workbook.styles import Styles

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Texts stay texts, whatever they look like."""


class Drawing:
    """A workbook that is being drawn: XlsxWriter's `book`, its styles, and `number`, the 结果编号 of
    the footers."""

    def __init__(self, book: Any, number: str) -> None:
        """Begin with no sheet."""
        self.book, self.look, self.number = book, Styles(book), number
        self.bodies: dict[str, Body] = {}

    def table(self, table: TableSheet) -> None:
        """Add a sheet with one table, however many rows it has."""
        sheet = self.book.add_worksheet(table.name)
        self.bodies[table.name] = draw_samples(sheet, table, self.look, self.number)

    def charted(self, table: TableSheet) -> Any:
        """Add a sheet with one table of few rows, and give it: a chart takes figures of it, and
        XlsxWriter keeps in the chart those that it wrote itself."""
        sheet = self.book.add_worksheet(table.name)
        draw_table(sheet, table, self.look, self.number)
        return sheet


def workbook(properties: Mapping[str, Any], number: str, draw: Callable[[Drawing], None]) -> bytes:
    """A workbook as xlsx: what draws the same gives the same bytes.

    `properties` are XlsxWriter's, with the document's date (the clock is never read).
    """
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        book.set_properties(properties)
        drawing = Drawing(book, number)
        draw(drawing)
    return filled(target.getvalue(), drawing.bodies)


def tables_workbook(title: str, created: date, number: str, sheets: Sequence[TableSheet]) -> bytes:
    """The sheets as xlsx, drawn like those of results.xlsx: the same sheets give the same bytes.

    `created` is the document's date, `number` the 结果编号 of the footer.
    """
    properties = {"title": title, "created": datetime.combine(created, time())}

    def draw(drawing: Drawing) -> None:
        for sheet in sheets:
            drawing.table(sheet)

    return workbook(properties, number, draw)
