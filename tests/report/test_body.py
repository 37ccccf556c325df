"""Rows written at once are the bytes that XlsxWriter gives cell by cell."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from xlsxwriter import Workbook

from starrating.report.workbook import draw, styles
from starrating.report.workbook.body import look_of
from starrating.report.workbook.draw import draw_table, put
from starrating.report.workbook.layout import Column, Marked, TableSheet, clipped, row_height
from starrating.report.workbook.plain import OPTIONS
from starrating.report.workbook.styles import Styles

COLUMNS = (
    Column("代码", align="center"),
    Column("数\n量", "组", decimals=2),
    Column("日期", "组", shaded=True),
    Column("说明", widest=12),
)
VALUES = [
    ("0001", Decimal("12.50"), date(2024, 2, 29), "一段要换行的比较长的说明，两行以上"),
    ("=1+1", Marked(Decimal(3), "△"), date(1900, 1, 3), 'a & "b" <c>\n第二行'),
    (None, 7, None, ""),
    (" x", Decimal("-0.125"), date(1900, 3, 1), "x" * 40_000),
]


def by_cells(sheet, table, look, place):
    """The rows drawn cell by cell."""
    top, sizes = place
    rows = list(table.rows) or [["无", *[None] * (len(sizes) - 1)]]
    for at, row in enumerate(rows, top):
        last = table.total and table.rows and at == top + len(rows) - 1
        for column, value in enumerate(row):
            style = (look_of(table.columns[column]), styles.TOTAL if last else styles.PLAIN)
            put(sheet, (at, column), value, look, *style)
        texts = [
            (text, size) for text, size in zip(row, sizes, strict=True) if isinstance(text, str)
        ]
        sheet.set_row(at, row_height(texts))
    return top + len(rows)


def workbook(tables):
    """The bytes of a workbook of these tables, the second after a sheet of cells."""
    target = io.BytesIO()
    with Workbook(target, dict(OPTIONS)) as book:
        book.set_properties({"created": datetime.combine(date(2024, 1, 1), time())})
        look = Styles(book)
        front = book.add_worksheet("封面")
        put(front, (2, 1), "题目", look, styles.TITLE)
        for table in tables:
            draw_table(book, table, look, "abc")
    return target.getvalue()


@pytest.mark.parametrize("count", [0, 1, 4, 15, 40])
def test_the_bytes_are_those_of_cells(count, monkeypatch):
    """Texts, numbers, marked numbers, dates, blanks, sums and lines after the table."""
    rows = [VALUES[n % 4] for n in range(count)]
    tables = [
        TableSheet("甲", "甲表", COLUMNS, rows, ("注",), ("尾",), total=True, filtered=True),
        TableSheet("乙", "乙表", COLUMNS[3:], [row[3:] for row in rows], frozen=1),
    ]
    found = workbook(tables)
    monkeypatch.setattr(draw, "_draw_rows", by_cells)
    assert workbook(tables) == found


def test_a_text_is_cut_by_what_a_cell_holds():
    """Signs beyond the first plane take two of the 32,767 units that a cell has."""
    assert clipped("字" * 32_000) == "字" * 32_000
    assert clipped("字" * 32_001) == "字" * 32_000 + "……（过长，全文见 csv 文件）"
    assert len(clipped("😀" * 20_000).encode("utf-16-le")) // 2 < 32_767
