"""Records from pandas DataFrames, one a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starrating.records.assemble import assemble
from starrating.records.model import Records
from starrating.records.tables import grid_of_columns
from starrating.schema import Schema

if TYPE_CHECKING:
    import pandas as pd

FRAMES = "frames"
"""The file that places in records made from frames name."""


def records_from_frames(frames: Mapping[str, pd.DataFrame], schema: Schema) -> Records:
    """The records that the frames hold, read like the sheets of a workbook.

    A frame's columns are its header (row 1 of the places); its index is not read. NaN, NaT and
    None are blank; numbers in columns of codes are faults as they are in a workbook.
    """
    grids = []
    for name in sorted(frames):
        frame = frames[name]
        columns = [list(frame.iloc[:, number]) for number in range(frame.shape[1])]
        grid = grid_of_columns(FRAMES, name, list(frame.columns), columns)
        grid.header_row = 1
        grids.append(grid)
    return assemble(grids, schema)
