"""csv and Parquet files as grids: the file's name is the sheet's, the header is a row of it."""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from starrating.faults import Fault
from starrating.limits import MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES
from starrating.origin import Origin
from starrating.records.coded import Coded
from starrating.records.codes import CODES
from starrating.records.raw import Grid, Raw, letters


def read_csv(file: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """A csv file in UTF-8 (with or without mark), GBK or UTF-16; commas, tabs or semicolons."""
    origin = Origin(file)
    if not data:
        return [], [CODES.fault("D102", origin)]
    if len(data) > MAX_TABLE_BYTES:
        return [], [CODES.fault("D107", origin, what=f"{len(data)} 字节", limit=MAX_TABLE_BYTES)]
    text = decoded(data)
    if text is None:
        return [], [CODES.fault("D109", origin)]
    rows: list[list[str]] = []
    try:
        stream = io.StringIO(text, newline="")
        rows.extend(csv.reader(stream, delimiter=delimiter(text), strict=True))
    except csv.Error as error:
        return [], [CODES.fault("D116", origin, row=len(rows) + 1, reason=error)]
    return [grid_of_rows(file, PurePosixPath(file).stem, rows)], []


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8 (with or without mark), GBK or UTF-16; None if it is none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def delimiter(text: str) -> str:
    """The delimiter that the first line with any holds most often; a comma if none does."""
    for line in text.splitlines():
        counts = {mark: line.count(mark) for mark in (",", "\t", ";")}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ","


def grid_of_rows(file: str, sheet: str, rows: Iterable[Sequence[Raw]]) -> Grid:
    """A grid of rows in order; None and empty texts are blank."""
    lines = list(rows)
    beyond = next(_beyond(lines), "")
    columns = zip_longest(*(line[:MAX_COLUMNS] for line in lines[:MAX_ROWS]))
    numbers = range(1, min(len(lines), MAX_ROWS) + 1)
    coded = {
        index: Coded.of(cells).turned(lambda raw: None if raw == "" else raw)
        for index, cells in enumerate(columns, start=1)
    }
    return Grid(file, sheet, numbers, coded, beyond=beyond).without_blanks()


def _beyond(lines: Sequence[Sequence[Raw]]) -> Iterator[str]:
    """The last filled cells of lines that reach beyond the limits."""
    for number, line in enumerate(lines, start=1):
        if number > MAX_ROWS or len(line) > MAX_COLUMNS:
            last = max(
                (place for place, raw in enumerate(line, 1) if raw not in (None, "")), default=1
            )
            if number > MAX_ROWS or last > MAX_COLUMNS:
                yield f"{letters(last)}{number}"


def read_parquet(file: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """A Parquet file; its column names are row 1."""
    if not data:
        return [], [CODES.fault("D102", Origin(file))]
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data))
        columns = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        return [], [CODES.fault("D110", Origin(file), reason=type(error).__name__)]
    return [grid_of_columns(file, PurePosixPath(file).stem, table.column_names, columns)], []


def grid_of_columns(
    file: str, sheet: str, names: Sequence[object], columns: Sequence[Sequence[Any]]
) -> Grid:
    """A grid of columns of any values, with their names as row 1."""
    values = [[plain_value(value) for value in column] for column in columns]
    rows: list[Sequence[Raw]] = [[str(name) for name in names], *zip(*values, strict=True)]
    return grid_of_rows(file, sheet, rows)


def plain_value(value: Any) -> Raw:
    """A value of pyarrow, pandas or NumPy as a raw cell; not-a-number and not-a-time are blank."""
    if hasattr(value, "item") and not isinstance(value, date):
        value = value.item()
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, float | Decimal) and math.isnan(value):
        return None
    if isinstance(value, float):
        return value + 0.0  # -0.0 is 0.0
    if isinstance(value, datetime) and hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    if isinstance(value, str | bool | int | float | Decimal | date | time | timedelta):
        return value
    return str(value)
