"""影响测算 as a workbook: the distribution with a chart, every organisation, every part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from starrating.impact.model import Impact, Subject
from starrating.impact.text import star_text
from starrating.number import round_half_up, to_decimal
from starrating.report.workbook.layout import Column, Shown, TableSheet
from starrating.report.workbook.plain import Drawing, workbook
from starrating.report.workbook.styles import FONT

SUMMARY = "星级分布"
_BEFORE, _AFTER = "#A9B8C9", "#4F6D8F"


def impact_workbook(impacts: Sequence[Impact], day: date) -> bytes:
    """The workbook, dated `day`; the same findings give the same bytes."""
    properties = {"title": "影响测算", "created": datetime.combine(day, time())}
    return workbook(properties, "", partial(_draw, impacts))


def _draw(impacts: Sequence[Impact], drawing: Drawing) -> None:
    for number, impact in enumerate(impacts, start=1):
        name = SUMMARY if len(impacts) == 1 else f"{SUMMARY}{number}"
        _chart(drawing.book, drawing.charted(_stars(impact, name)), impact, name)
    for table in (_subjects(impacts), _parts(impacts), _changes(impacts), _needs(impacts)):
        drawing.table(table)


def title(impact: Impact) -> str:
    """Which review under which versions."""
    old, new = impact.comparison.old, impact.comparison.new
    return f"{impact.title}：{old.reference} → {new.reference}"


def number(value: Fraction) -> Decimal:
    """A number of a cell, to 4 decimals."""
    return to_decimal(round_half_up(value, 4))


# --- the distribution -------------------------------------------------------------------------------


def _stars(impact: Impact, name: str) -> TableSheet:
    before, after = impact.distribution(after=False), impact.distribution(after=True)
    rows: list[list[Shown]] = [
        [label, before[star], after[star], after[star] - before[star]]
        for star, label in impact.stars
    ]
    columns = (
        Column("星级", narrowest=14), Column("原来", align="center", narrowest=12),
        Column("改后", align="center", narrowest=12), Column("增减", align="center", narrowest=12),
    )  # fmt: skip
    notes = (
        title(impact),
        _counted(impact),
        *(f"{note}。" for note in impact.notes),
    )
    return TableSheet(name, "影响测算", columns, rows, notes)


def _counted(impact: Impact) -> str:
    rated = f"参评 {impact.rated(after=False)} → {impact.rated(after=True)} 个"
    return f"{rated}；升星 {len(impact.rising)} 个，降星 {len(impact.falling)} 个"


def _chart(book: Any, sheet: Any, impact: Impact, name: str) -> None:
    """Columns before and after, side by side, below the table."""
    head = 1 + len(_stars(impact, name).notes)
    first, last = head + 1, head + len(impact.stars)
    chart = book.add_chart({"type": "column"})
    for column, colour in ((1, _BEFORE), (2, _AFTER)):
        chart.add_series(
            {
                "name": [name, head, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 80,
                "data_labels": {"value": True, "font": _font(9)},
            }
        )
    dress(chart, "星级分布（个）")
    sheet.insert_chart(last + 2, 0, chart, {"object_position": 2})
    sheet.fit_to_pages(1, 1)


def dress(chart: Any, said: str) -> None:
    """Fonts, lines and size of a chart."""
    chart.set_title({"name": said, "name_font": {**_font(12), "bold": False}})
    chart.set_x_axis({"num_font": _font(9)})
    lines = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis({"num_font": _font(9), "min": 0, "major_gridlines": lines})
    chart.set_legend({"position": "bottom", "font": _font(9)})
    chart.set_size({"width": 640, "height": 320})


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}


# --- tables -----------------------------------------------------------------------------------------


def _subjects(impacts: Sequence[Impact]) -> TableSheet:
    columns = (
        *_WHO, Column("原总分（低）", group="总分", decimals=2, align="right"), Column("原总分（高）", group="总分", decimals=2, align="right"),
        Column("新总分（低）", group="总分", decimals=2, align="right"), Column("新总分（高）", group="总分", decimals=2, align="right"),
        Column("增减（低）", group="总分", decimals=2, align="right"), Column("增减（高）", group="总分", decimals=2, align="right"),
        Column("原星级", group="星级", align="center"), Column("新星级", group="星级", align="center"),
        Column("升降", group="星级", align="center"), Column("新列入建议", group="排查建议", widest=30),
        Column("不再列入", group="排查建议", widest=30),
    )  # fmt: skip
    rows = [_subject(impact, each) for impact in impacts for each in impact.subjects]
    return TableSheet("各党组织", "各党组织前后对照", columns, rows, frozen=3, filtered=True)


_WHO = (
    Column("周期", align="center"), Column("代码", align="center"), Column("党组织", widest=30),
)  # fmt: skip


def _subject(impact: Impact, subject: Subject) -> list[Shown]:
    cells: list[Shown] = [impact.period, subject.code, subject.name]
    for standing in (subject.before, subject.after):
        cells += [None, None] if standing is None else [number(standing.low), number(standing.high)]
    both = subject.before is not None and subject.after is not None
    cells += [number(end) for end in subject.change] if both else [None, None]
    cells += [star_text(impact, subject.before), star_text(impact, subject.after)]
    cells.append({1: "升", -1: "降", 0: ""}[(subject.stars > 0) - (subject.stars < 0)])
    return [*cells, "、".join(subject.newly_proposed), "、".join(subject.no_longer_proposed)]


def _parts(impacts: Sequence[Impact]) -> TableSheet:
    columns = (
        *_WHO, Column("条款", widest=26), Column("增减（低）", decimals=4, align="right"), Column("增减（高）", decimals=4, align="right"),
        Column("规则的变化", widest=80),
    )  # fmt: skip
    rows: list[list[Shown]] = [
        [impact.period, each.code, each.name, part.place, *map(number, part.points), part.text]
        for impact in impacts
        for each in impact.subjects
        for part in each.parts
    ]
    notes = ("每个党组织各行相加，正好等于总分的增减；同一项目内几条同时改的，按夏普利值分摊。",)
    return TableSheet("逐条归因", "总分增减逐条归因", columns, rows, notes, frozen=3, filtered=True)


def _changes(impacts: Sequence[Impact]) -> TableSheet:
    columns = (
        Column("周期", align="center"), Column("条款", widest=26), Column("涉及\n党组织数", align="center"),
        Column("合计增减（低）", decimals=4, align="right"), Column("合计增减（高）", decimals=4, align="right"), Column("规则的变化", widest=90),
    )  # fmt: skip
    rows: list[list[Shown]] = [
        [impact.period, part.place, count, *map(number, points), part.text]
        for impact in impacts
        for part, count, points in impact.by_change()
    ]
    return TableSheet("各条影响", "各处变化影响了多少", columns, rows)


def _needs(impacts: Sequence[Impact]) -> TableSheet:
    columns = (
        Column("周期", align="center"), Column("项目", widest=30), Column("缺什么", widest=90),
        Column("涉及\n党组织数", align="center"),
    )  # fmt: skip
    rows: list[list[Shown]] = [
        [impact.period, need.place, "；".join(need.reasons), need.count]
        for impact in impacts
        for need in impact.needs
    ]
    notes = ("这些项目的得分列为一个范围，不作推测。",)
    return TableSheet("缺少的事实", "新规则要用而当年没有的事实", columns, rows, notes)
