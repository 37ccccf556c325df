"""Batches of any size: partitioned Parquet or csv in, the kernel over each part, Parquet out.

A batch folder holds a folder for each sheet, and in it one file for each part: every part holds
whole groups (all organisations of one superior, of one town …), so that parts are reviewed one by
one, in this process or in several, with the same bytes. `source` finds the parts, `files`,
`columns` and `parts` read one, `outcome` and `tasks` turn its result into tables, `turns` hands on what one
rulebook leaves for the next, `run` carries a batch out, `reading` tells of one organisation in sentences.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starrating.batch.run import Batch, run_batch
    from starrating.batch.source import is_batch

__all__ = ["Batch", "is_batch", "run_batch"]

_PLACES = {"Batch": "run", "is_batch": "source", "run_batch": "run"}


def __getattr__(name: str) -> Any:
    """Give a name of this room, importing it when it is first asked for (PEP 562): a process that
    works on parts does not load what carries out a batch."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = value
    return value
