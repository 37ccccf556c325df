"""Draw a `TableSheet`: title, notes, head, rows, and everything a printer needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from starrating.report.workbook import styles
from starrating.report.workbook.layout import (
    Column,
    Marked,
    Shown,
    TableSheet,
    clipped,
    row_height,
    widths,
)
from starrating.report.workbook.styles import Styles, set_page


def put(
    sheet: Any, at: tuple[int, int], value: Shown, look: Styles, *style: dict[str, Any]
) -> None:
    """Write one cell: numbers and dates as such, text as text whatever it begins with."""
    row, column = at
    if value is None or value == "":
        sheet.write_blank(row, column, None, look.of(*style))
    elif isinstance(value, Marked):
        shown = look.of(*style, num_format=f'General"{value.sign}"')
        sheet.write_number(row, column, value.number, shown)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, value, look.of(*style))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look.of(*style, styles.DATE))
    else:
        guard = styles.GUARD if value.startswith(styles.RUNNABLE) else styles.PLAIN
        sheet.write_string(row, column, clipped(value), look.of(*style, guard))


def spread(sheet: Any, row: int, span: tuple[int, int], text: str, look: Any) -> None:
    """Write a text over the columns of `span` (first, last)."""
    first, last = span
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)
    sheet.write_string(row, first, clipped(text), look)


def draw_table(sheet: Any, table: TableSheet, look: Styles, number: str) -> None:
    """Draw the whole sheet; `number` is 结果编号 for the footer."""
    sizes = widths(table)
    last = len(table.columns) - 1
    for column, size in enumerate(sizes):
        sheet.set_column(column, column, size)
    set_page(sheet, number)
    spread(sheet, 0, (0, last), table.title, look.of(styles.TITLE))
    sheet.set_row(0, 34)
    for at, note in enumerate(table.notes, 1):
        spread(sheet, at, (0, last), note, look.of(styles.NOTE))
        sheet.set_row(at, row_height([(note, sum(sizes))]))
    top = 1 + len(table.notes)
    body = _draw_head(sheet, table, look, (top, sizes))
    end = _draw_rows(sheet, table, look, (body, sizes))
    for at, line in enumerate(table.tail, end):
        spread(sheet, at, (0, last), line, look.of(styles.NOTE))
        sheet.set_row(at, row_height([(line, sum(sizes))]))
    sheet.repeat_rows(top, body - 1)
    sheet.freeze_panes(body, table.frozen)
    if table.filtered and table.rows:
        sheet.autofilter(body - 1, 0, end - 1, last)


def _draw_head(sheet: Any, table: TableSheet, look: Styles, place: tuple[int, list[float]]) -> int:
    """Draw the head and give the row after it."""
    top, sizes = place
    style = look.of(styles.HEAD)
    head = top + 1 if table.grouped else top
    for column, (one, _) in enumerate(zip(table.columns, sizes, strict=True)):
        if table.grouped and one.group is None:
            sheet.merge_range(top, column, head, column, one.head, style)
        else:
            sheet.write_string(head, column, one.head, style)
    if table.grouped:
        _draw_groups(sheet, table.columns, top, style)
        sheet.set_row(top, 22)
    heads = [(c.head, size) for c, size in zip(table.columns, sizes, strict=True)]
    sheet.set_row(head, max(26.0, row_height(heads)))
    return head + 1


def _draw_groups(sheet: Any, columns: Sequence[Column], row: int, style: Any) -> None:
    for group, members in groupby(range(len(columns)), lambda at: columns[at].group):
        span = list(members)
        if group is not None:
            spread(sheet, row, (span[0], span[-1]), group, style)


def _draw_rows(sheet: Any, table: TableSheet, look: Styles, place: tuple[int, list[float]]) -> int:
    """Draw the rows (or 无) and give the row after the last."""
    top, sizes = place
    looks = [_look(column) for column in table.columns]
    rows = list(table.rows) or [["无", *[None] * (len(sizes) - 1)]]
    last = top + len(rows) - 1 if table.total and table.rows else None
    for at, row in enumerate(rows, top):
        total = styles.TOTAL if at == last else styles.PLAIN
        for column, (value, style) in enumerate(zip(row, looks, strict=True)):
            put(sheet, (at, column), value, look, style, total)
        texts = [
            (text, size) for text, size in zip(row, sizes, strict=True) if isinstance(text, str)
        ]
        sheet.set_row(at, row_height(texts))
    return top + len(rows)


def _look(column: Column) -> dict[str, Any]:
    """How the cells of a column look."""
    style: dict[str, Any] = {**styles.CELL, "align": column.align}
    if column.decimals is not None:
        style["num_format"] = f"0.{'0' * column.decimals}" if column.decimals else "0"
    if column.shaded:
        style["bg_color"] = styles.TOTAL["bg_color"]
    return style
