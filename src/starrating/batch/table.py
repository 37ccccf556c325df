"""One sheet of one part, read column by column, whatever it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import pyarrow as pa

from starrating.batch.codes import BATCH
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.text import squeeze
from starrating.schema import Sheet


class Unusable(Exception):
    """A part that can not be read; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


class Table(Protocol):
    """One sheet of one part: where it stands, the names of its columns, how many rows."""

    origin: Origin
    names: list[str]
    rows: int

    def column(self, name: str) -> pa.ChunkedArray:
        """One column; of several of a name the first. Raises Unusable."""


@contextmanager
def unread(origin: Origin) -> Iterator[None]:
    """Around what reads a file: what it can not read is Unusable."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        reason = type(error).__name__
        raise Unusable(BATCH.fault("D702", origin, reason=reason)) from error


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
