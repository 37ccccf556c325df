"""What rulebooks add to the sheets that come in, and what they read of them."""

from __future__ import annotations

from collections.abc import Iterable

from starrating.rulebook.model import ColumnDecl, Rulebook
from starrating.schema import STANDARD, Blank, Column, ColumnType, DateKind, Schema, Sheet


def schema_of(books: Iterable[Rulebook]) -> Schema:
    """The standard sheets with the columns and tables that the books declare.

    Where two books declare one column, the first declaration stands.
    """
    columns: dict[str, dict[str, Column]] = {}
    tables: dict[str, Sheet] = {}
    for book in books:
        for name, table in book.tables.items():
            tables.setdefault(
                name,
                Sheet(
                    name,
                    tuple(
                        _column(column, declared) for column, declared in _own(table.columns)
                    ),
                    aliases=table.aliases,
                    date=table.date,
                    no_rows=Blank(table.no_rows),
                    by_rulebook=True,
                ),
            )
        for sheet, declared_columns in book.columns.items():
            known = columns.setdefault(sheet, {})
            for name, declared in declared_columns.items():
                known.setdefault(name, _column(name, declared))
    listed = {sheet: tuple(declared.values()) for sheet, declared in columns.items()}
    return STANDARD.extended(listed, tables.values())


def _own(columns: dict[str, ColumnDecl]) -> list[tuple[str, ColumnDecl]]:
    """A declared table's columns; every table says whose row it is."""
    whose = ColumnDecl(type="code", required=True)
    return [("党组织", columns.get("党组织", whose)), *((n, d) for n, d in columns.items() if n != "党组织")]


def _column(name: str, declared: ColumnDecl) -> Column:
    is_date = declared.type == "date"
    aliases = declared.aliases
    if name == "党组织":
        aliases = tuple(dict.fromkeys((*aliases, "党组织名称", "党组织代码", "支部", "党支部")))
    return Column(
        name,
        ColumnType(declared.type),
        required=declared.required,
        blank=Blank(declared.blank),
        date_kind=DateKind(declared.date_kind) if is_date else None,
        aliases=aliases,
        unit=declared.unit,
    )
