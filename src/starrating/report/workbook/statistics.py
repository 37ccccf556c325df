"""统计分析: what the tables of figures say and show as charts, in the rules' and towns' order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any, NamedTuple

from starrating.report.words import star_word
from starrating.report.workbook import styles
from starrating.report.workbook.draw import put, spread
from starrating.report.workbook.layout import Shown, row_height
from starrating.report.workbook.styles import FONT, Styles, set_page
from starrating.report.workbook.view import View, town
from starrating.results.model import ItemHead, RulebookHead

NAME = "统计分析"
_FIRST, _OTHER, _OTHERS = 24.0, 8.5, 7
_CHART_COLUMN, _CHART_COLUMNS = 9, 10
_ROW, _GAP, _LINES = 17.0, 8.0, 10
_LONG = 15
"""A table longer than this begins a page of its own."""
_PIXELS_A_ROW = 4 / 3 * _ROW
_COLOURS = ("#4F6D8F", "#8FA9C4", "#B9C7A8", "#D9C89E", "#C9A38C", "#A9A9A9")


class Block(NamedTuple):
    """One table of figures and its chart; `charted` are the columns that the chart shows."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Shown]]
    kind: dict[str, str]
    charted: tuple[int, ...]
    unit: str


def draw_statistics(book: Any, sheet: Any, view: View, look: Styles) -> None:
    """Draw all blocks one under the other, each with its chart beside it."""
    sheet.set_column(0, 0, _FIRST)
    sheet.set_column(1, _OTHERS, _OTHER)
    sheet.set_column(_CHART_COLUMN - 1, _CHART_COLUMN - 1, 2)
    sheet.set_column(_CHART_COLUMN, _CHART_COLUMN + _CHART_COLUMNS - 1, _OTHER)
    set_page(sheet, view.number)
    last = _CHART_COLUMN + _CHART_COLUMNS - 1
    spread(sheet, 0, (0, last), "统计分析", look.of(styles.TITLE))
    sheet.set_row(0, 34)
    row, breaks = 1, []
    for block in blocks(view):
        if len(block.rows) > _LONG:
            breaks.append(row)
        row = _draw(book, sheet, block, look, row)
    sheet.set_h_pagebreaks(breaks)
    sheet.freeze_panes(1, 0)


def blocks(view: View) -> list[Block]:
    """The tables of figures; rulebooks without stars have none."""
    found = [_stars(view), _towns(view)]
    for book in view.rating_books:
        suffix = f"（{book.title}）" if len(view.rating_books) > 1 else ""
        found.append(_sections(view, book, suffix))
        found.append(_losses(view, book, suffix))
    return found


def _draw(book: Any, sheet: Any, block: Block, look: Styles, top: int) -> int:
    spread(sheet, top, (0, _OTHERS), block.title, look.of(styles.BLOCK))
    sheet.set_row(top, 26)
    for column, head in enumerate(block.heads):
        sheet.write_string(top + 1, column, head, look.of(styles.HEAD))
    sheet.set_row(top + 1, row_height([(head, _OTHER) for head in block.heads[1:]]))
    rows = block.rows or [["无", *[None] * (len(block.heads) - 1)]]
    for number, row in enumerate(rows, top + 2):
        for column, value in enumerate(row):
            align = {"align": "center"} if column else {}
            put(sheet, (number, column), value, look, {**styles.CELL, **align})
        sheet.set_row(number, max(_ROW, row_height([(str(row[0]), _FIRST)])))
    lines = max(len(rows), _LINES)
    if block.rows:
        _chart(book, sheet, block, (top, lines))
    for number in range(top + 2 + len(rows), top + 2 + lines):
        sheet.set_row(number, _ROW)
    sheet.set_row(top + 2 + lines, _GAP)
    return top + lines + 3


def _chart(book: Any, sheet: Any, block: Block, place: tuple[int, int]) -> None:
    top, lines = place
    chart = book.add_chart(block.kind)
    last = top + 1 + len(block.rows)
    for number, column in enumerate(block.charted):
        chart.add_series(
            {
                "name": [NAME, top + 1, column],
                "categories": [NAME, top + 2, 0, last, 0],
                "values": [NAME, top + 2, column, last, column],
                "fill": {"color": _COLOURS[number % len(_COLOURS)]},
                "gap": 60,
                "data_labels": {"value": len(block.charted) == 1, "font": _font(8)},
            }
        )
    title = f"{block.title.split('、')[-1]}（{block.unit}）"
    chart.set_title({"name": title, "name_font": {**_font(11), "bold": False}})
    lines_across = {"visible": True, "line": {"color": "#D9D9D9"}}
    figures = {"num_font": _font(8), "min": 0, "major_gridlines": lines_across}
    if block.kind["type"] == "bar":
        chart.set_x_axis(figures)
        chart.set_y_axis({"num_font": _font(8), "reverse": True})
    else:
        chart.set_x_axis({"num_font": _font(8)})
        chart.set_y_axis(figures)
    chart.set_legend(
        {"none": True} if len(block.charted) == 1 else {"position": "bottom", "font": _font(8)}
    )
    chart.set_size({"width": 640, "height": int((lines + 1) * _PIXELS_A_ROW)})
    sheet.insert_chart(top + 1, _CHART_COLUMN, chart, {"object_position": 2})


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}


def _stars(view: View) -> Block:
    rated = [row for row in view.subjects if row.rated]
    counts = Counter(row.star or 0 for row in rated)
    rows: list[Sequence[Shown]] = [
        [star_word(star), counts[star], _rounded(Decimal(100 * counts[star]), len(rated), "0.1")]
        for star in (*view.stars, 0)
        if rated
    ]
    return Block(
        "一、星级分布", ("星级", "党组织数", "占比（%）"), rows, {"type": "column"}, (1,), "个"
    )


def _towns(view: View) -> Block:
    levels = (*view.stars, 0)
    counts = Counter((town(row), row.star or 0) for row in view.subjects if row.rated)
    places = dict.fromkeys(town(row) for row in view.subjects)
    rows: list[Sequence[Shown]] = [
        [place, *(counts[place, level] for level in levels)] for place in places
    ]
    heads = ("所属乡镇", *map(star_word, levels))
    kind = {"type": "column", "subtype": "stacked"}
    return Block("二、分乡镇星级分布", heads, rows, kind, tuple(range(1, len(heads))), "个")


def _sections(view: View, book: RulebookHead, suffix: str) -> Block:
    rows: list[Sequence[Shown]] = []
    for title, members in groupby(_heads(view, book), lambda head: head.section):
        heads = [head for head in members if head.points]
        full = sum((head.points or Decimal(0) for head in heads), Decimal(0))
        scores = [score for head in heads for score in _scores(view, head)]
        subjects = len(_scores(view, heads[0])) if heads else 0
        if full and subjects:
            gained = sum(scores, Decimal(0))
            rate = _rounded(100 * gained, full * subjects, "0.1")
            rows.append([title, full, _rounded(gained, subjects, "0.01"), rate])
    heads_shown = ("部分", "分值", "平均得分", "得分率（%）")
    return Block(f"三、各部分平均得分率{suffix}", heads_shown, rows, {"type": "column"}, (3,), "%")


def _losses(view: View, book: RulebookHead, suffix: str) -> Block:
    rows: list[Sequence[Shown]] = []
    for head in _heads(view, book):
        losses = [head.points - score for score in _scores(view, head) if head.points]
        lost = [loss for loss in losses if loss > 0]
        if head.points:
            rows.append([f"{head.id} {head.title}", head.points, len(lost), sum(lost, Decimal(0))])
    heads = ("项目", "分值", "失分\n党组织数", "合计失分")
    return Block(f"四、各项目失分情况{suffix}", heads, rows, {"type": "bar"}, (2,), "个")


def _heads(view: View, book: RulebookHead) -> list[ItemHead]:
    return [head for head in view.results.item_heads if head.rulebook == book.id]


def _scores(view: View, head: ItemHead) -> list[Decimal]:
    """The scores (facts low) of the rated organisations on an item."""
    rated = [row for row in view.subjects if row.rated and row.rulebook == head.rulebook]
    found = (view.items.get((row.rulebook, row.code), {}).get(head.id) for row in rated)
    return [item.score_low for item in found if item is not None]


def _rounded(part: Decimal, whole: Decimal | int, digits: str) -> Decimal | None:
    return (part / whole).quantize(Decimal(digits), ROUND_HALF_UP) if whole else None
