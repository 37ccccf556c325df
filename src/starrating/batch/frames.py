"""DataFrames as the parts of a batch.

They are written as Parquet, which is how processes and machines are handed a part anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from starrating.limits import MAX_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


def write_parts(folder: Path, parts: Sequence[Mapping[str, pd.DataFrame]]) -> None:
    """Write a batch folder: the frames of each part by sheet; their index is not written.

    NaN, NaT and None are blank; what a column holds stays what it is. Raises ValueError for a
    column of cells of several kinds, for two columns of one name, and for no part at all.
    """
    if not parts:
        raise ValueError("no part given")
    for number, frames in enumerate(parts):
        for sheet in sorted(frames):
            if Path(sheet).name != sheet:
                raise ValueError(f"no name of a sheet: {sheet!r}")
            (folder / sheet).mkdir(parents=True, exist_ok=True)
            table = _table(sheet, frames[sheet])
            pq.write_table(table, folder / sheet / f"part-{number:05d}.parquet")


def _table(sheet: str, frame: pd.DataFrame) -> pa.Table:
    names = [str(name) for name in frame.columns]
    if len(set(names)) < len(names) or len(names) > MAX_COLUMNS:
        raise ValueError(f"{sheet}: two columns of one name, or more than {MAX_COLUMNS}")
    columns = [_array(f"{sheet}.{name}", frame.iloc[:, place]) for place, name in enumerate(names)]
    return pa.table(columns, names)


def _array(place: str, column: pd.Series) -> pa.Array:
    try:
        found = pa.Array.from_pandas(column)
    except (pa.ArrowException, TypeError) as error:
        raise ValueError(f"{place}: cells of several kinds ({error})") from error
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
