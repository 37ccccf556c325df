"""A county of invented towns, each like fixtures/town-2023: `python -m benchmarks.past FOLDER TOWNS`.

Forty towns of 25 organisations are the past review of 1,000 organisations that
`starrating rules impact` is measured on.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import xlsxwriter

TOWN = Path(__file__).parent.parent / "fixtures" / "town-2023"
_OWN = ("党组织代码", "党组织名称", "简称", "党组织", "问题编号", "所属乡镇", "上级党组织")
"""Columns whose words must differ from town to town."""


def past(folder: Path, towns: int) -> None:
    """A review folder: the town's workbook with every row once for each town."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TOWN / "plan.yaml", folder / "plan.yaml")
    source = openpyxl.load_workbook(TOWN / "inspection.xlsx", read_only=True)
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(folder / "inspection.xlsx", options) as book:
        for sheet in source.worksheets[1:]:
            rows = [row for row in sheet.iter_rows(values_only=True) if _filled(row) > 1]
            while "党组织" not in rows[0] and "党组织代码" not in rows[0]:
                del rows[0]
            written = book.add_worksheet(sheet.title)
            for number, row in enumerate(_repeated(rows, towns)):
                written.write_row(number, 0, row)


def _filled(row: tuple[object, ...]) -> int:
    return sum(cell is not None for cell in row)


def _repeated(rows: list[tuple[object, ...]], towns: int) -> Iterator[tuple[object, ...]]:
    head, *body = rows
    own = [name in _OWN for name in head]
    yield head
    for town in range(10, 10 + towns):
        for row in body:
            yield tuple(
                f"{town}{cell}" if mine and cell is not None else cell
                for cell, mine in zip(row, own, strict=True)
            )


if __name__ == "__main__":
    past(Path(sys.argv[1]), int(sys.argv[2]))
