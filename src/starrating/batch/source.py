"""The parts of a batch folder: a folder for each sheet, in it a Parquet or csv file for each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from starrating.batch.codes import BATCH
from starrating.batch.shelf import Shelf
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.text import squeeze
from starrating.schema import (
    CHANGES,
    CORRECTIONS,
    DECISIONS,
    OBJECTIONS,
    ORGANISATIONS,
    Schema,
)

PARTS = frozenset((".parquet", ".csv"))
"""The formats of parts."""
PEOPLE = (CORRECTIONS, OBJECTIONS, DECISIONS, CHANGES)
"""What people decided, and what became of organisations: a batch takes none of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A batch folder: the names of its parts in order, and sheet → part → file.

    Where there is a `shelf`, csv parts are kept there as columns for the steps after.
    """

    folder: Path
    parts: tuple[str, ...]
    files: Mapping[str, Mapping[str, Path]]
    shelf: Shelf | None = None

    def origin(self, sheet: str, part: str) -> Origin:
        """Where the file of a sheet and part is."""
        return Origin(f"{self.folder.name}/{sheet}/{self.files[sheet][part].name}")


def is_batch(folder: Path) -> bool:
    """Whether a folder holds a folder of parts for 党组织."""
    return bool(_part_files(folder / ORGANISATIONS))


def source_of(folder: Path, schema: Schema) -> tuple[Source | None, tuple[Fault, ...]]:
    """The parts of a batch folder; every sheet that is there has every part."""
    files: dict[str, dict[str, Path]] = {}
    twice: list[Fault] = []
    for place in sorted(folder.iterdir(), key=lambda entry: entry.name):
        sheet = _sheet(schema, place.name) if place.is_dir() else None
        found = _part_files(place) if sheet is not None else []
        if sheet is not None and found:
            files[sheet] = {path.stem: path for path in found}
            twice += [
                BATCH.fault("D709", Origin(f"{folder.name}/{sheet}"), one=one.name, two=two.name)
                for one, two in pairwise(found)
                if one.stem == two.stem
            ]
    if ORGANISATIONS not in files:
        return None, (BATCH.fault("D703", Origin(folder.name)),)
    names = tuple(files[ORGANISATIONS])
    faults = twice + [
        BATCH.fault("D701", Origin(f"{folder.name}/{sheet}"), sheet=sheet, part=part)
        for sheet, parts in files.items()
        for part in sorted(set(names) ^ set(parts))
    ]
    faults += [_of_people(folder, sheet) for sheet in PEOPLE if _filled(files.get(sheet, {}))]
    return (None if faults else Source(folder, names, files)), tuple(faults)


def _of_people(folder: Path, sheet: str) -> Fault:
    return BATCH.fault("E301", Origin(f"{folder.name}/{sheet}"), what=f"人工认定的表“{sheet}”")


def _filled(files: Mapping[str, Path]) -> bool:
    return any(_rows(path) for path in files.values())


def organisations(source: Source) -> tuple[int, ...]:
    """How many organisations each part has; 1 of a part that has none or can not be read."""
    return tuple(max(_rows(source.files[ORGANISATIONS][part]), 1) for part in source.parts)


def _rows(path: Path) -> int:
    try:
        if path.suffix.lower() == ".csv":
            with path.open("rb") as lines:
                return sum(1 for _ in lines) - 1
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException):
        return 1


def _part_files(folder: Path) -> list[Path]:
    """The files of the parts in a sheet's folder, by the names of the parts."""
    if not folder.is_dir():
        return []
    own = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in PARTS and not path.name.startswith((".", "~$"))
    ]
    return sorted(own, key=lambda path: (path.stem, path.name))


def _sheet(schema: Schema, name: str) -> str | None:
    """The sheet that a folder's name means, by its name or one of its aliases."""
    wanted = squeeze(name)
    for sheet in schema.sheets.values():
        if wanted in {squeeze(each) for each in (sheet.name, *sheet.aliases)}:
            return sheet.name
    return None
