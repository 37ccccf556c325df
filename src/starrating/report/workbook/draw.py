"""Draw a `TableSheet`: title, notes, head, rows, and everything a printer needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from starrating.report.workbook import styles
from starrating.report.workbook.filling import Body
from starrating.report.workbook.layout import (
    Column,
    Marked,
    Shown,
    TableSheet,
    clipped,
    row_height,
    widths,
)
from starrating.report.workbook.styles import Styles, nature, set_page


def put(
    sheet: Any, at: tuple[int, int], value: Shown, look: Styles, *style: dict[str, Any]
) -> None:
    """Write one cell: numbers and dates as such, text as text whatever it begins with."""
    row, column = at
    shown = look.of(*style, styles.NATURES[nature(value)])
    if value is None or value == "":
        sheet.write_blank(row, column, None, shown)
    elif isinstance(value, Marked):
        sheet.write_number(row, column, value.number, shown)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, value, shown)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, shown)
    else:
        sheet.write_string(row, column, _string(value), shown)


def spread(sheet: Any, row: int, span: tuple[int, int], text: str, look: Any) -> None:
    """Write a text over the columns of `span` (first, last)."""
    first, last = span
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)
    sheet.write_string(row, first, _string(text), look)


def _string(text: str) -> str:
    """A text that XlsxWriter writes as text: one from `<r>` to `</r>` it would take for XML."""
    return (
        f"{clipped(text)} " if text.startswith("<r>") and text.endswith("</r>") else clipped(text)
    )


def draw_table(sheet: Any, table: TableSheet, look: Styles, number: str) -> None:
    """Draw the whole sheet; `number` is 结果编号 for the footer."""
    top, sizes = _draw_frame(sheet, table, look, number)
    looks = [_look(column) for column in table.columns]
    for place, row in enumerate(table.body):
        total = styles.TOTAL if place == table.sums_at else styles.PLAIN
        for column, (value, style) in enumerate(zip(row, looks, strict=True)):
            put(sheet, (top + place, column), value, look, style, total)
        texts = [
            (text, size) for text, size in zip(row, sizes, strict=True) if isinstance(text, str)
        ]
        sheet.set_row(top + place, row_height(texts))


def draw_samples(sheet: Any, table: TableSheet, look: Styles, number: str) -> Body:
    """Draw the sheet but for its rows, and of these blank samples for `filled` to replace."""
    top, sizes = _draw_frame(sheet, table, look, number)
    looks = [_look(column) for column in table.columns]
    samples = _samples(table)
    for place in samples:
        total = styles.TOTAL if place == table.sums_at else styles.PLAIN
        for column, (value, style) in enumerate(zip(table.body[place], looks, strict=True)):
            shown = look.of(style, total, styles.NATURES[nature(value)])
            sheet.write_blank(top + place, column, None, shown)
    return Body(table, top + 1, sizes, samples)


def _draw_frame(
    sheet: Any, table: TableSheet, look: Styles, number: str
) -> tuple[int, list[float]]:
    """Draw all but the rows; gives the first row of theirs, and the widths of the columns."""
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
    head = 1 + len(table.notes)
    top = _draw_head(sheet, table, look, (head, sizes))
    end = top + len(table.body)
    for at, line in enumerate(table.tail, end):
        spread(sheet, at, (0, last), line, look.of(styles.NOTE))
        sheet.set_row(at, row_height([(line, sum(sizes))]))
    sheet.repeat_rows(head, top - 1)
    sheet.freeze_panes(top, table.frozen)
    if table.filtered and table.rows:
        sheet.autofilter(top - 1, 0, end - 1, last)
    return top, sizes


def _samples(table: TableSheet) -> list[int]:
    """The places of rows that have every nature of cell that a column has, and of the last."""
    rows = table.body[: table.sums_at]
    found = {len(table.body) - 1}
    for column in range(len(table.columns)):
        for one in {nature(value) for value in {row[column] for row in rows}}:
            found.add(next(at for at, row in enumerate(rows) if nature(row[column]) == one))
    return sorted(found)


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


def _look(column: Column) -> dict[str, Any]:
    """How the cells of a column look."""
    style: dict[str, Any] = {**styles.CELL, "align": column.align}
    if column.decimals is not None:
        style["num_format"] = f"0.{'0' * column.decimals}" if column.decimals else "0"
    if column.shaded:
        style["bg_color"] = styles.TOTAL["bg_color"]
    return style
