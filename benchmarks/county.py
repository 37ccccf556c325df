"""An invented county workbook for the sixty indicators: `python -m benchmarks.county FILE BRANCHES`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import xlsxwriter

from benchmarks.generate import PLAN, tables


def county(folder: Path, branches: int) -> None:
    """A review folder with one workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(folder / "inspection.xlsx", options) as book:
        for name, table in tables(0, branches, np.random.default_rng(1)).items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, table.column_names)
            columns = [_plain(table.column(each)) for each in table.column_names]
            for number, row in enumerate(zip(*columns, strict=True), 1):
                sheet.write_row(number, 0, row)


def _plain(column: pa.ChunkedArray) -> list[object]:
    return column.to_pylist()


if __name__ == "__main__":
    county(Path(sys.argv[1]), int(sys.argv[2]))
