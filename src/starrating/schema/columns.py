"""Columns as the standard sheets are written with them."""

from __future__ import annotations

from starrating.schema.model import Blank, Column, ColumnType, DateKind


def free(name: str) -> Column:
    """A column of free text: blank is none."""
    return Column(name, ColumnType.TEXT, blank=Blank.NONE, free_text=True)


def date(name: str, kind: DateKind, *, required: bool = False, none: bool = False) -> Column:
    """A date column; `none`: blank says that the day does not exist."""
    blank = Blank.NONE if none else Blank.UNKNOWN
    return Column(name, ColumnType.DATE, required=required, blank=blank, date_kind=kind)


def number(name: str, *, required: bool = False, none: bool = False) -> Column:
    """A column of numbers; `none`: blank says that there is no such number."""
    return Column(
        name, ColumnType.NUMBER, required=required, blank=Blank.NONE if none else Blank.UNKNOWN
    )


EVENT, DEADLINE, RECORD = DateKind.EVENT, DateKind.DEADLINE, DateKind.RECORD
ORGANISATION = Column(
    "党组织",
    ColumnType.CODE,
    required=True,
    aliases=("党组织名称", "党组织代码", "支部", "党支部", "支部名称"),
)
