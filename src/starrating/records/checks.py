"""Checks of rows against one another: oddities for a human, never points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starrating.faults import Fault
from starrating.records.model import Organisation, Table
from starrating.schema import Schema


def check_rows(
    schema: Schema, tables: Mapping[str, Table], organisations: tuple[Organisation, ...]
) -> Iterable[Fault]:
    """All faults of rows against one another."""
    return ()
