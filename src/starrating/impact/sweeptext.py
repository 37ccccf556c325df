"""A sweep as text for the screen, as a JSON document and as a workbook with a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from starrating.impact.sweep import Row, Sweep
from starrating.impact.text import aligned, bar
from starrating.impact.workbook import dress
from starrating.report.workbook.layout import Column, Shown, TableSheet
from starrating.report.workbook.plain import Drawing, workbook

_COLOURS = ("#B5483A", "#D9A441", "#4F6D8F", "#8FA9C4", "#9DB58A", "#A9A9A9", "#7A6A8F")


def sweep_text(sweep: Sweep) -> str:
    """A table with a row for each value, and a bar as long as the highest star is frequent."""
    lines = [
        f"试算：{sweep.title}（{sweep.period}，{sweep.archive}）",
        f"规则 {sweep.reference}，{sweep.path} 逐个取值",
        "",
        *_table(sweep),
        "",
        "升星、降星与规则现在的样子相比。",
    ]
    return "\n".join(lines) + "\n"


def _table(sweep: Sweep) -> Iterator[str]:
    shown = [star for star, _ in sweep.stars if _occurs(sweep, star)]
    names = dict(sweep.stars)
    rows = [(sweep.path, *(names[star] for star in shown), "升星", "降星")]
    rows += [_cells(row, shown) for row in (sweep.now, *sweep.rows)]
    top = next(iter(shown), 0)
    counts = [row.distribution[top] for row in (sweep.now, *sweep.rows)]
    lines = list(aligned(rows))
    yield f"{lines[0]}  {names[top]}（图）"
    for line, count in zip(lines[1:], counts, strict=True):
        yield f"{line}  {bar(count, max(counts))}".rstrip()


def _occurs(sweep: Sweep, star: int) -> bool:
    return any(row.distribution[star] for row in (sweep.now, *sweep.rows))


def _cells(row: Row, shown: Sequence[int]) -> tuple[str, ...]:
    counts = (str(row.distribution[star]) for star in shown)
    return row.value, *counts, str(row.rising), str(row.falling)


def sweep_document(sweep: Sweep) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "archive": sweep.archive,
        "title": sweep.title,
        "period": sweep.period,
        "rulebook": sweep.reference,
        "path": sweep.path,
        "now": _row_document(sweep, sweep.now),
        "rows": [_row_document(sweep, row) for row in sweep.rows],
    }


def _row_document(sweep: Sweep, row: Row) -> dict[str, Any]:
    return {
        "value": row.value,
        "stars": [
            {"star": star, "name": name, "count": row.distribution[star]}
            for star, name in sweep.stars
        ],
        "rising": row.rising,
        "falling": row.falling,
    }


def sweep_workbook(sweeps: Sequence[Sweep]) -> bytes:
    """A sheet for each past review, with a line for each star; the same bytes each time."""
    day = max(each.day for each in sweeps)
    properties = {"title": "试算", "created": datetime.combine(day, time())}
    return workbook(properties, "", partial(_draw, sweeps))


def _draw(sweeps: Sequence[Sweep], drawing: Drawing) -> None:
    for number, sweep in enumerate(sweeps, start=1):
        name = "试算" if len(sweeps) == 1 else f"试算{number}"
        table = _sheet(sweep, name)
        _chart(drawing.book, drawing.charted(table), sweep, table)


def _sheet(sweep: Sweep, name: str) -> TableSheet:
    columns = (
        Column("取值", align="center", narrowest=12),
        *(Column(said, align="center", narrowest=9) for _, said in sweep.stars),
        Column("升星", align="center", narrowest=9),
        Column("降星", align="center", narrowest=9),
    )
    rows: list[list[Shown]] = [
        [row.value, *(row.distribution[star] for star, _ in sweep.stars), row.rising, row.falling]
        for row in (sweep.now, *sweep.rows)
    ]
    notes = (
        f"{sweep.title}：{sweep.reference}，{sweep.path} 逐个取值",
        "“现在”是规则现在的样子；升星、降星与它相比。",
    )
    return TableSheet(name, "试算", columns, rows, notes)


def _chart(book: Any, sheet: Any, sweep: Sweep, table: TableSheet) -> None:
    head = 1 + len(table.notes)
    first, last = head + 2, head + 1 + len(sweep.rows)
    chart = book.add_chart({"type": "line"})
    for column, (star, _) in enumerate(sweep.stars, start=1):
        if _occurs(sweep, star):
            colour = _COLOURS[(column - 1) % len(_COLOURS)]
            chart.add_series(
                {
                    "name": [table.name, head, column],
                    "categories": [table.name, first, 0, last, 0],
                    "values": [table.name, first, column, last, column],
                    "line": {"color": colour, "width": 2},
                    "marker": {"type": "circle", "size": 5, "fill": {"color": colour}},
                }
            )
    dress(chart, f"{sweep.path} 取不同的值时各星级的个数")
    sheet.insert_chart(last + 2, 0, chart, {"object_position": 2})
    sheet.fit_to_pages(1, 1)
