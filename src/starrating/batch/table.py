"""The file of one sheet and part, read column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from starrating.batch.codes import BATCH
from starrating.batch.source import Source
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.text import squeeze
from starrating.schema import Sheet

_TEXT = (pa.string(), pa.large_string())


class Unusable(Exception):
    """A part that can not be read; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


def origin_of(source: Source, sheet: str, part: str) -> Origin:
    """Where the file of a sheet and part is."""
    return Origin(f"{source.folder.name}/{sheet}/{part}.parquet")


class Table:
    """The file of one sheet and part; a column is read when it is asked for."""

    def __init__(self, source: Source, sheet: str, part: str) -> None:
        self.origin = origin_of(source, sheet, part)
        path: Path = source.files[sheet][part]
        with self._unread():
            plain = pq.ParquetFile(path)
            texts = [each.name for each in plain.schema_arrow if each.type in _TEXT]
            # Texts come as codes, whoever wrote the file.
            self._file = pq.ParquetFile(path, metadata=plain.metadata, read_dictionary=texts)
        self.names: list[str] = self._file.schema_arrow.names
        self.rows: int = self._file.metadata.num_rows

    def column(self, name: str) -> pa.ChunkedArray:
        """One column. Raises Unusable."""
        with self._unread():
            return self._file.read([name], use_threads=False).column(name)

    @contextmanager
    def _unread(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            reason = type(error).__name__
            raise Unusable(BATCH.fault("D702", self.origin, reason=reason)) from error


def places_of(sheet: Sheet, names: Sequence[str]) -> dict[str, str]:
    """The column of the file for each declared column, by name or alias."""
    titles = {squeeze(name): name for name in reversed(names)}
    found = {}
    for column in sheet.columns:
        own = (titles.get(squeeze(each)) for each in (column.name, *column.aliases))
        name = next((each for each in own if each is not None), None)
        if name is not None:
            found[column.name] = name
    return found
