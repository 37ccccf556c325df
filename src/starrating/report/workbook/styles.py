"""How results.xlsx looks: fonts, borders, fills, page set-up, footer."""

from __future__ import annotations

from functools import cached_property
from typing import Any

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
_DATE = {"num_format": "yyyy-mm-dd"}
GUARD = {"quote_prefix": True}
"""Text that begins like a formula stays text also after somebody edits the cell."""


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        """Serve the xlsxwriter workbook `book`."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, *parts: dict[str, Any], **more: Any) -> Any:
        """The format that has all those properties, later ones first."""
        properties: dict[str, Any] = {}
        for part in (*parts, more):
            properties.update(part)
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


class CellStyle:
    """One style, as the formats that cells of each kind have in it; each is found once."""

    def __init__(self, look: Styles, *parts: dict[str, Any]) -> None:
        """Take the format of `parts`, later ones first, out of the workbook's."""
        self._look, self._parts = look, parts
        self._marked: dict[str, Any] = {}
        self.plain = look.of(*parts)

    @cached_property
    def guarded(self) -> Any:
        """For text that begins like a formula."""
        return self._look.of(*self._parts, GUARD)

    @cached_property
    def dated(self) -> Any:
        """For dates."""
        return self._look.of(*self._parts, _DATE)

    def marked(self, sign: str) -> Any:
        """For numbers with that sign after them."""
        if sign not in self._marked:
            self._marked[sign] = self._look.of(*self._parts, num_format=f'General"{sign}"')
        return self._marked[sign]


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
