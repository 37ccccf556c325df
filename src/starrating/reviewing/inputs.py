"""inputs/ of an archive, and back: files as supplied, and DataFrames cell by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from starrating.archive.canonical import Json, canonical_json
from starrating.archive.records_csv import file_name
from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.records.assemble import Used, assemble
from starrating.records.coded import Coded
from starrating.records.folder import read_file
from starrating.records.frames import FRAMES
from starrating.records.model import Records
from starrating.records.raw import Grid, Raw
from starrating.records.tables import grid_of_columns
from starrating.schema import Schema

if TYPE_CHECKING:
    import pandas as pd

_FOLDER = f"{FRAMES}/"


def frame_inputs(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The DataFrames of a review as files of inputs/: every cell with its type, nothing rounded."""
    files: dict[str, bytes] = {}
    for sheet in sorted(frames):
        frame = frames[sheet]
        columns = [list(frame.iloc[:, number]) for number in range(frame.shape[1])]
        grid = grid_of_columns(FRAMES, sheet, list(frame.columns), columns)
        rows: list[Json] = [
            [row, [[column, _written(raw)] for column, raw in cells.items()]]
            for row, cells in grid.rows.items()
        ]
        name = f"{_FOLDER}{file_name(sheet).removesuffix('.csv')}.json"
        files[name] = canonical_json({"sheet": sheet, "rows": rows, "beyond": grid.beyond})
    return files


def records_of(
    inputs: Mapping[str, bytes], beside: list[Fault], schema: Schema, used: Used
) -> Records:
    """The records that the files of inputs/ hold, read as they were when they were supplied.

    `beside` are the faults of what lay beside them and was not read.
    """
    grids: list[Grid] = []
    faults = list(beside)
    for name in sorted(inputs):
        if name.startswith(_FOLDER):
            grids.append(_grid(inputs[name]))
        else:
            found, told = read_file(name, inputs[name])
            grids.extend(found)
            faults.extend(told)
    return assemble(grids, schema, faults, inputs=inputs, used=used)


def beside_faults(document: Any) -> list[Fault]:
    """The faults that plan.json keeps of what lay beside the data."""
    return [
        Fault(
            each["code"],
            Level(each["level"]),
            each["message"],
            each["remedy"],
            Origin(each["file"]),
        )
        for each in document.get("beside", ())
    ]


def _grid(data: bytes) -> Grid:
    document = json.loads(data)
    rows = {
        int(row): {int(column): _read(cell) for column, cell in cells}
        for row, cells in document["rows"]
    }
    columns = {
        index: Coded.of([cells.get(index) for cells in rows.values()])
        for index in sorted({index for cells in rows.values() for index in cells})
    }
    own, beyond = document["sheet"], document["beyond"]
    return Grid(FRAMES, own, tuple(rows), columns, beyond=beyond, header_row=1)


def _written(raw: Raw) -> Json:
    """A cell as its type and its exact text."""
    kind = type(raw)
    if isinstance(raw, date | time):
        return [kind.__name__, raw.isoformat()]
    if isinstance(raw, timedelta):
        return ["timedelta", str(raw // timedelta(microseconds=1))]
    if isinstance(raw, float):
        return ["float", float(raw).hex()]
    return [kind.__name__, str(raw)]


def _read(cell: tuple[str, str]) -> Raw:
    kind, text = cell
    if kind == "timedelta":
        return timedelta(microseconds=int(text))
    readers: Mapping[str, Any] = {
        "str": str,
        "int": int,
        "float": float.fromhex,
        "Decimal": Decimal,
        "bool": lambda text: text == "True",
        "date": date.fromisoformat,
        "datetime": _datetime,
        "time": time.fromisoformat,
    }
    raw: Raw = readers[kind](text)
    return raw


def _datetime(text: str) -> date:
    from datetime import datetime

    return datetime.fromisoformat(text)
