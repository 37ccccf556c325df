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
    # Texts that are no codes differ from row to row: a dictionary would hold them all once more.
    repeating = [each.name for each in table.schema if not pa.types.is_string(each.type)]
    pq.write_table(
        table,
        path,
        compression="snappy",
        use_dictionary=repeating,
        store_decimal_as_integer=True,
        # Every part holds values of all sizes: knowing the least and greatest spares nobody a file.
        write_statistics=False,
        write_batch_size=WRITTEN,
    )


def bound(paths: Sequence[Path]) -> pa.Table:
    """The rows of the files one after another, with the columns of all, those of the widest first;
    a column that a file lacks is null there."""
    tables = [pq.read_table(path) for path in paths]
    widest = sorted((table.schema for table in tables), key=len, reverse=True)
    names = pa.unify_schemas(widest).names
    return pa.concat_tables(tables, promote_options="default").select(names).unify_dictionaries()
