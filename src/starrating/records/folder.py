"""The files of a review: a workbook, a table, or a folder of them, in an order of our own."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from types import MappingProxyType
from unicodedata import normalize

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.records.assemble import Used, assemble, nothing
from starrating.records.codes import CODES
from starrating.records.container import DATA, is_package
from starrating.records.model import Records
from starrating.records.raw import Grid
from starrating.records.tables import read_csv, read_parquet
from starrating.records.workbook import read_workbook
from starrating.schema import Schema

_QUIET_FOLDERS = frozenset(("rules", "calendar", "out", "expected"))
"""Folders of a review that hold no data."""
_DOCUMENTS = frozenset(
    (".doc", ".docx", ".wps", ".pdf", ".jpg", ".jpeg", ".png", ".zip", ".rar", ".7z", ".ofd")
)


def read_records(path: Path, schema: Schema, used: Used | None = None) -> Records:
    """What was inspected: a workbook, a csv or Parquet file, or a folder of such files.

    Never raises for what a file holds: `Records.faults` has everything found, and records with
    a fatal fault hold no tables. A file that can not be read is fatal also in a folder, for
    nobody knows which rows it holds. `used` maps a sheet to the columns that the rulebooks
    read; with it `Records.unused` also lists columns of known sheets that none reads. File names
    are told in the composed form (NFC), whatever system wrote them.
    """
    files, faults = _files(path)
    if not files:
        return nothing(schema, faults, MappingProxyType({}))
    inputs: dict[str, bytes] = {}
    grids: list[Grid] = []
    for shown, file in files:
        name = normalize("NFC", shown)
        if name in inputs:
            faults.append(
                CODES.fault("D117", Origin(name), reason="有两个同名文件，只是编码形式不同")
            )
            continue
        try:
            data = file.read_bytes()
        except OSError as error:
            reason = why(error)
            faults.append(CODES.fault("D117", Origin(name), reason=reason))
            continue
        inputs[name] = data
        found, told = read_file(name, data)
        grids.extend(found)
        faults.extend(told)
    return assemble(grids, schema, faults, inputs=MappingProxyType(inputs), used=used)


def closed(path: Path) -> Fault | None:
    """Why nothing can be read at a path: D101 where nothing is there, D117 where the system
    refuses; None where it may be read."""
    try:
        if path.is_dir():
            any(entry.is_file() for entry in path.iterdir())
        else:
            path.open("rb").close()
    except FileNotFoundError:
        return CODES.fault("D101", Origin(path.name), path=path)
    except OSError as error:
        return CODES.fault("D117", Origin(path.name), reason=why(error))
    return None


def read_file(name: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """The sheets of one file, by its content where that is plain, else by its extension."""
    suffix = PurePosixPath(name).suffix.lower()
    if not is_package(data):
        if suffix in {".csv", ".tsv"}:
            return read_csv(name, data)
        if suffix == ".parquet":
            return read_parquet(name, data)
    return read_workbook(name, data)


def _files(path: Path) -> tuple[list[tuple[str, Path]], list[Fault]]:
    """Relative names and paths of the data files, by name."""
    if path.is_file():
        return [(path.name, path)], []
    if not path.is_dir():
        return [], [CODES.fault("D101", Origin(path.name), path=path)]
    files: list[tuple[str, Path]] = []
    faults: list[Fault] = []
    for entry in sorted(path.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith(("~$", ".")):
            continue
        suffix = entry.suffix.lower()
        if entry.is_dir():
            if _holds_data(entry):
                faults.append(CODES.fault("D113", Origin(entry.name), name=entry.name))
        elif suffix in DATA:
            files.append((entry.name, entry))
        elif suffix in _DOCUMENTS:
            faults.append(CODES.fault("D115", Origin(entry.name)))
    if not files:
        faults.append(CODES.fault("D111", Origin(path.name)))
    return files, faults


def _holds_data(folder: Path) -> bool:
    """Whether a folder beside the data seems to hold data as well."""
    if folder.name in _QUIET_FOLDERS or folder.name.startswith("_"):
        return False
    return any(
        entry.suffix.lower() in DATA and not entry.name.startswith(("~$", "."))
        for entry in folder.iterdir()
    )
