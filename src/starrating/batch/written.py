"""Tables of a part as Parquet, and the tables of several rulebooks as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

WRITTEN = 1 << 16
"""Rows that are handed on to a file at once."""


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table; equal tables are equal bytes."""
    # Least and greatest texts of a column would cost more than writing it.
    numbers = [each.name for each in table.schema if pa.types.is_primitive(each.type)]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=1,
        store_decimal_as_integer=True,
        write_statistics=numbers,
        write_batch_size=WRITTEN,
    )


def bound(paths: Sequence[Path]) -> pa.Table:
    """The rows of the files one after another, with the columns of all, those of the widest first;
    a column that a file lacks is null there."""
    tables = [pq.read_table(path) for path in paths]
    widest = sorted((table.schema for table in tables), key=len, reverse=True)
    names = pa.unify_schemas(widest).names
    return pa.concat_tables(tables, promote_options="default").select(names).unify_dictionaries()
