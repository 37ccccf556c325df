"""Small workbooks, grids and records for the tests of this room."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from starrating.records import Records, read_records
from starrating.records.raw import Grid
from starrating.records.tables import grid_of_rows
from starrating.schema import STANDARD, Schema

Rows = Sequence[Sequence[Any]]
REGISTER: Rows = (
    ("党组织代码", "党组织名称", "领域", "党员数"),
    ("0101", "甲子村党支部", "农村", 30),
    ("0102", "乙丑村党支部", "农村", 40),
)


def grid(*rows: Sequence[Any], sheet: str = "组织生活") -> Grid:
    """A grid as read from a file."""
    return grid_of_rows("book.xlsx", sheet, rows)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(sheets: dict[str, Rows], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these rows, changed before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    return saved(book)


def rewritten(data: bytes, pattern: bytes, by: bytes, member: str = "xl/worksheets/") -> bytes:
    """The workbook with a pattern replaced in members whose name begins like that."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            text = old.read(info)
            if info.filename.startswith(member):
                text = re.sub(pattern, by, text)
            new.writestr(info, text)
    return out.getvalue()


def read(folder: Path, schema: Schema = STANDARD, **sheets: Rows) -> Records:
    """The records of a workbook with the usual register and these sheets."""
    (folder / "book.xlsx").write_bytes(workbook({"党组织": REGISTER, **sheets}))
    return read_records(folder / "book.xlsx", schema)


def told(records: Records) -> list[tuple[str, str]]:
    """Code and place (sheet!cell) of all faults."""
    return [
        (f.code, "!".join(part for part in (f.origin.sheet, f.origin.cell) if part))
        for f in records.faults
    ]
