"""The sheets and columns a rulebook may read: the standard ones and its own."""

from __future__ import annotations

from starrating.rulebook.model import ColumnDecl, Rulebook
from starrating.schema import ORGANISATIONS, STANDARD, ColumnType

Kind = str
"""number, date, truth, text, found (yes or no, also a number), or any (not known here)."""

_KINDS: dict[ColumnType, Kind] = {
    ColumnType.TEXT: "text",
    ColumnType.CODE: "text",
    ColumnType.NUMBER: "number",
    ColumnType.DATE: "date",
    ColumnType.TRUTH: "truth",
    ColumnType.ANSWER: "any",
}

WORDS: dict[Kind, str] = {
    "number": "数",
    "date": "日期",
    "truth": "是否",
    "text": "文字",
    "found": "检查结果",
    "any": "内容",
}
"""The kinds in Chinese."""


def columns(book: Rulebook, sheet: str) -> dict[str, Kind] | None:
    """The columns of a sheet with their kinds, or None where there is no such sheet."""
    table = book.tables.get(sheet)
    standard = STANDARD.sheet(sheet)
    if table is not None:
        found = _declared(table.columns)
        found.setdefault(ORGANISATIONS, "text")
    elif standard is not None:
        found = {column.name: _KINDS[column.type] for column in standard.columns}
    else:
        return None
    return {**found, **_declared(book.columns.get(sheet, {}))}


def organisation_columns(book: Rulebook) -> dict[str, Kind]:
    """The columns of 党组织."""
    return columns(book, ORGANISATIONS) or {}


def sheets(book: Rulebook) -> tuple[str, ...]:
    """All sheets, the standard ones first."""
    return (*STANDARD.sheets, *book.tables)


def _declared(written: dict[str, ColumnDecl]) -> dict[str, Kind]:
    return {name: _KINDS[ColumnType(column.type)] for name, column in written.items()}
