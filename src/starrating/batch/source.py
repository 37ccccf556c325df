"""The parts of a batch folder: a folder for each sheet, in it a Parquet file for each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from starrating.batch.codes import BATCH
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.text import squeeze
from starrating.schema import ORGANISATIONS, Schema


@dataclass(frozen=True, slots=True)
class Source:
    """A batch folder: the names of its parts in order, and sheet → part → file."""

    folder: Path
    parts: tuple[str, ...]
    files: Mapping[str, Mapping[str, Path]]


def is_batch(folder: Path) -> bool:
    """Whether a folder holds a folder of Parquet parts for 党组织."""
    return any((folder / ORGANISATIONS).glob("*.parquet")) if folder.is_dir() else False


def source_of(folder: Path, schema: Schema) -> tuple[Source | None, tuple[Fault, ...]]:
    """The parts of a batch folder; every sheet that is there has every part."""
    files: dict[str, dict[str, Path]] = {}
    for place in sorted(folder.iterdir(), key=lambda entry: entry.name):
        sheet = _sheet(schema, place.name) if place.is_dir() else None
        parts = {path.stem: path for path in sorted(place.glob("*.parquet"))} if sheet else {}
        if sheet is not None and parts:
            files[sheet] = parts
    if ORGANISATIONS not in files:
        return None, (BATCH.fault("D703", Origin(folder.name)),)
    names = tuple(files[ORGANISATIONS])
    faults = [
        BATCH.fault("D701", Origin(f"{folder.name}/{sheet}"), sheet=sheet, part=part)
        for sheet, parts in files.items()
        for part in sorted(set(names) ^ set(parts))
    ]
    return (None if faults else Source(folder, names, files)), tuple(faults)


def organisations(source: Source) -> tuple[int, ...]:
    """How many organisations each part has; 1 of a part that can not be read."""
    return tuple(_rows(source.files[ORGANISATIONS][part]) for part in source.parts)


def _rows(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException):
        return 1


def _sheet(schema: Schema, name: str) -> str | None:
    """The sheet that a folder's name means, by its name or one of its aliases."""
    wanted = squeeze(name)
    for sheet in schema.sheets.values():
        if wanted in {squeeze(each) for each in (sheet.name, *sheet.aliases)}:
            return sheet.name
    return None
