"""The workbook of a rulebook: XlsxWriter, deterministic, texts as texts, points as numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

import xlsxwriter

from starrating.report.workbook.layout import row_height
from starrating.rulesheets.fill import Page
from starrating.rulesheets.layout import MAIN, PRINTED, READ_ALOUD

MAX_CELL = 32_767
"""The characters that a cell of a workbook can hold."""
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
_HEAD = {**_FONT, "bold": True, "bg_color": "#F2DCDB", "align": "center", "valign": "vcenter"}
_AS_NUMBERS = frozenset(("points", "up_to", "star", "from"))


def too_long(pages: Iterable[Page]) -> tuple[str, str, int] | None:
    """Sheet, column and length of the first text that no cell can hold."""
    for page in pages:
        for row in page.rows:
            for column, text in zip(page.columns, row, strict=True):
                if len(text) > MAX_CELL:
                    return page.title, column.title, len(text)
    return None


def workbook(pages: tuple[Page, ...], title: str) -> bytes:
    """The file; `title` stands in the page header. Equal pages give equal bytes."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": _CREATED})
    formats = {
        "head": book.add_format(_HEAD),
        "text": book.add_format({**_FONT, "num_format": "@", "quote_prefix": True}),
        "number": book.add_format(_FONT),
        "aloud": book.add_format({**_FONT, "num_format": "@", "font_color": "#7F7F7F"}),
    }
    for page in pages:
        sheet = book.add_worksheet(page.title)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        if page.title == MAIN:
            sheet.print_area(0, 0, len(page.rows), PRINTED - 1)
            sheet.freeze_panes(1, PRINTED - 2)
        sheet.set_header(f"&C{title.replace('&', '&&')[:100]} · {page.title}")
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for place, column in enumerate(page.columns):
            sheet.set_column(place, place, column.width, formats["text"] if column.word else None)
            sheet.write_string(0, place, column.title, formats["head"])
        for number, row in enumerate(page.rows, 1):
            heights = [(t, c.width) for c, t in zip(page.columns, row, strict=True)]
            shown = heights[:PRINTED] if page.title == MAIN else heights
            sheet.set_row(number, row_height(shown, 14.0))
            for place, (column, text) in enumerate(zip(page.columns, row, strict=True)):
                if page.title == MAIN and column is READ_ALOUD:
                    sheet.write_string(number, place, text, formats["aloud"])
                elif column.word in _AS_NUMBERS and _is_number(text):
                    sheet.write_number(number, place, float(text), formats["number"])
                elif text:
                    sheet.write_string(number, place, text, formats["text"])
                else:
                    sheet.write_blank(number, place, None, formats["text"])
    book.close()
    return data.getvalue()


def _is_number(text: str) -> bool:
    """Digits with at most one point, written as a cell would show it again."""
    whole, point, part = text.partition(".")
    digits = whole.isascii() and whole.isdigit() and len(whole) <= 9 and str(int(whole)) == whole
    return digits and (not point or (part.isdigit() and len(part) <= 4 and part[-1] != "0"))
