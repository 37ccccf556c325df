"""How results.xlsx looks: fonts, borders, fills, page set-up, footer."""

from __future__ import annotations

from datetime import date
from typing import Any

from starrating.report.workbook.layout import Marked, Shown

FONT, HEAD_FONT = "宋体", "黑体"
_LINE = "#7F7F7F"
_HEAD_FILL, _TOTAL_FILL = "#E4EAF1", "#F3F5F8"
_A4 = 9

CELL = {
    "font_name": FONT,
    "font_size": 10,
    "border": 1,
    "border_color": _LINE,
    "valign": "vcenter",
    "text_wrap": True,
}
HEAD = {**CELL, "font_name": HEAD_FONT, "align": "center", "bg_color": _HEAD_FILL}
TOTAL = {"bold": True, "bg_color": _TOTAL_FILL}
TITLE = {"font_name": HEAD_FONT, "font_size": 18, "align": "center", "valign": "vcenter"}
NOTE = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
COVER_TITLE = {**TITLE, "font_size": 24, "text_wrap": True}
BLOCK = {**NOTE, "font_name": HEAD_FONT, "font_size": 12}
LABEL = {**HEAD}
PLAIN: dict[str, Any] = {}
_RUNNABLE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet would take for a formula."""


class _Natures(dict[str, dict[str, Any]]):
    """What a cell's style has beside that of its column, by the nature of its value."""

    def __missing__(self, sign: str) -> dict[str, Any]:
        self[sign] = style = {"num_format": f'General"{sign}"'}
        return style


_DATE, _GUARD = "date", "guard"
NATURES = _Natures(
    {
        "": PLAIN,
        _DATE: {"num_format": "yyyy-mm-dd"},
        _GUARD: {"quote_prefix": True},  # stays text also after somebody edits the cell
    }
)


def nature(value: Shown) -> str:
    """What sets the style of a cell apart from that of others in its column, or nothing: a date, a
    text that must be kept from being a formula, or the sign after a number."""
    if isinstance(value, str):
        return _GUARD if value.startswith(_RUNNABLE) else ""
    if isinstance(value, date):
        return _DATE
    return value.sign if isinstance(value, Marked) else ""


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        """Serve the xlsxwriter workbook `book`."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._known: dict[tuple[int, ...], tuple[Any, tuple[dict[str, Any], ...]]] = {}

    def of(self, *parts: dict[str, Any], **more: Any) -> Any:
        """The format that has all those properties, later ones first.

        Parts are never changed once they were given here: they are known again by themselves.
        """
        if more:
            return self._of((*parts, more))
        key = tuple(map(id, parts))
        if key not in self._known:
            self._known[key] = self._of(parts), parts  # parts that are kept keep their ids
        return self._known[key][0]

    def _of(self, parts: tuple[dict[str, Any], ...]) -> Any:
        properties: dict[str, Any] = {}
        for part in parts:
            properties.update(part)
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def set_page(sheet: Any, number: str, pages_high: int = 0) -> None:
    """A4 landscape, one page wide (0 high is as many as it takes), page numbers below, and 结果编号
    unless it is empty."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.65)
    sheet.fit_to_pages(1, pages_high)
    sheet.center_horizontally()
    own = f'&L&"{FONT}"&9结果编号：{number}' if number else ""
    sheet.set_footer(f'{own}&R&"{FONT}"&9第 &P 页，共 &N 页')
    sheet.hide_gridlines(2)
