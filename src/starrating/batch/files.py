"""The files of parts: Parquet, and csv.

A csv file gives every column as text, blank where a cell is empty: its cells are read by the same
rules as text columns of Parquet. It is read whole, so it is kept on the shelf for later steps.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from starrating.batch.codes import BATCH
from starrating.batch.source import Source
from starrating.batch.table import Table, Unusable, unread
from starrating.limits import MAX_COLUMNS, MAX_TABLE_BYTES
from starrating.origin import Origin
from starrating.records.codes import CODES
from starrating.records.tables import decoded, delimiter

_TEXT = (pa.string(), pa.large_string())
_HEAD = 1_000_000
"""How many characters are looked at for the delimiter."""


def open_table(source: Source, sheet: str, part: str) -> Table:
    """The table of a sheet and part. Raises Unusable."""
    path, origin = source.files[sheet][part], source.origin(sheet, part)
    if path.suffix.lower() != ".csv":
        return _Parquet(path, origin)
    if source.shelf is None:
        return _Csv(path, origin)
    name = f"csv-{sorted(source.files).index(sheet)}-{source.parts.index(part)}"
    if not source.shelf.has(name):
        source.shelf.put(name, _Csv(path, origin))
    kept: Table = source.shelf.take(name)
    return kept


class _Parquet:
    """A Parquet file; a column is read when it is asked for."""

    def __init__(self, path: Path, origin: Origin) -> None:
        self.origin = origin
        with unread(origin):
            plain = pq.ParquetFile(path)
            texts = [each.name for each in plain.schema_arrow if each.type in _TEXT]
            # Texts come as codes, whoever wrote the file.
            self._file = pq.ParquetFile(path, metadata=plain.metadata, read_dictionary=texts)
        self.names: list[str] = self._file.schema_arrow.names
        self.rows: int = self._file.metadata.num_rows

    def column(self, name: str) -> pa.ChunkedArray:
        """One column. Raises Unusable."""
        with unread(self.origin):
            return self._file.read([name], use_threads=False).column(name)


class _Csv:
    """A csv file, in the encodings and with the delimiters of an ordinary review; read whole."""

    def __init__(self, path: Path, origin: Origin) -> None:
        self.origin = origin
        text = _text(path, origin)
        mark = delimiter(text[:_HEAD])
        self.names = _header(text, mark, origin)
        self._columns = _columns(text, mark, len(self.names), origin)
        self.rows: int = self._columns.num_rows

    def column(self, name: str) -> pa.ChunkedArray:
        """One column, as text."""
        return self._columns.column(self.names.index(name))


def _text(path: Path, origin: Origin) -> str:
    """The text of a csv file, without empty lines before the header."""
    with unread(origin):
        size = path.stat().st_size
        if size > MAX_TABLE_BYTES:
            what = f"{size} 字节"
            raise Unusable(CODES.fault("D107", origin, what=what, limit=MAX_TABLE_BYTES))
        data = path.read_bytes()
    text: str | None = decoded(data)
    if text is None:
        raise Unusable(CODES.fault("D109", origin))
    text = text.lstrip("\r\n")
    if not text:
        raise Unusable(CODES.fault("D102", origin))
    return text


def _header(text: str, mark: str, origin: Origin) -> list[str]:
    """The names of the columns, once all quotes are found to close where they should."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    read = 0
    names: list[str] = []
    try:
        for row in rows:
            read += 1
            names = names or row
            if '"' not in text:  # Arrow takes what follows an open quote as one cell, silently.
                break
    except csv.Error as error:
        raise Unusable(CODES.fault("D116", origin, row=read + 1, reason=error)) from error
    if len(names) > MAX_COLUMNS:
        what = f"{len(names)} 列"
        raise Unusable(CODES.fault("D107", origin, what=what, limit=MAX_COLUMNS))
    return names


def _columns(text: str, mark: str, columns: int, origin: Origin) -> pa.Table:
    """The rows after the header, every column as text; an empty cell is null."""
    data = (text if text.endswith("\n") else text + "\n").encode()
    places = [str(number) for number in range(columns)]
    bad: list[pc.InvalidRow] = []

    def refused(row: pc.InvalidRow) -> str:
        bad.append(row)
        return "error"

    try:
        return pc.read_csv(
            pa.BufferReader(data),
            # One block: a cell may be longer than those of Arrow.
            pc.ReadOptions(
                use_threads=False,
                block_size=len(data),
                column_names=places,
                skip_rows_after_names=1,
            ),
            pc.ParseOptions(delimiter=mark, newlines_in_values=True, invalid_row_handler=refused),
            pc.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowException as error:
        if not bad:
            reason = type(error).__name__
            raise Unusable(BATCH.fault("D702", origin, reason=reason)) from error
        row = bad[0]
        told = {"row": row.number, "count": row.actual_columns, "columns": columns}
        raise Unusable(BATCH.fault("D708", origin, **told)) from error
