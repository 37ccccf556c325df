"""Tables with more rows than a sheet holds go on in further sheets; each says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from starrating.report.workbook.layout import TableSheet

MAX_ROWS = 1_000_000
"""Rows of a table in one sheet; Excel holds 1,048,576 with title, notes and head."""


def pieces(table: TableSheet) -> Iterator[TableSheet]:
    """The table as it is, or its rows in order in sheets 名称, 名称（2）, 名称（3） …

    A row that sums up the others stays the last row of the last sheet, and so do the lines under
    the table.
    """
    count = -(-len(table.rows) // MAX_ROWS)
    if count < 2:
        yield table
        return
    for number in range(1, count + 1):
        first = (number - 1) * MAX_ROWS
        rows = table.rows[first : first + MAX_ROWS]
        told = (
            f"共 {len(table.rows)} 行，超过一张表的行数，分成 {count} 张；"
            f"这是第 {number} 张，第 {first + 1}—{first + len(rows)} 行"
        )
        last = number == count
        yield replace(
            table,
            name=table.name if number == 1 else f"{table.name}（{number}）",
            rows=rows,
            notes=(*table.notes, told),
            tail=table.tail if last else (),
            total=table.total and last,
        )
