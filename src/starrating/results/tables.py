"""Results as csv files and back, and their digest."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.results import columns
from starrating.results.cells import MalformedCell, Value, decoded, encoder
from starrating.results.columns import FILES, KIND_WORDS, Column, File
from starrating.results.model import (
    ChangeRow,
    FindingRow,
    FlagRow,
    ItemRow,
    RatingRow,
    Results,
    SubjectRow,
    TaskRow,
)

BOM = b"\xef\xbb\xbf"
DESCRIPTION = "字段说明.csv"
COMPUTED = "computed/"
"""Before the names of the files that hold the results without people's part (step 16)."""

_COMPUTED_HOLDS = (
    "未计人工认定（核查更正、异议复核、审定结果）的评定结果，各文件和列与上面同名的相同"
)

Row = TypeVar("Row")
_TEXT_PLACE = re.compile(r"(\d+)(?::(\d+))?")


class MalformedTable(ValueError):
    """A csv file that no writer of ours can have written; the text says where."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of the csv files of one review, each in the order of its file.

    `computed` are those without people's part, where people took part.
    """

    subjects: tuple[SubjectRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    flags: tuple[FlagRow, ...] = ()
    ratings: tuple[RatingRow, ...] = ()
    faults: tuple[Fault, ...] = ()
    computed: Tables | None = None


def csv_files(results: Results) -> dict[str, bytes]:
    """The seven csv files of a review by name, in the order of `columns`."""
    return {
        columns.SUBJECTS.name: _rows_csv(columns.SUBJECTS, results.subjects),
        columns.ITEMS.name: _rows_csv(columns.ITEMS, results.items),
        columns.FINDINGS.name: _rows_csv(columns.FINDINGS, results.findings),
        columns.TASKS.name: _rows_csv(columns.TASKS, results.tasks),
        columns.FLAGS.name: _rows_csv(columns.FLAGS, results.flags),
        columns.RATINGS.name: _rows_csv(columns.RATINGS, results.ratings),
        columns.FAULTS.name: _csv(columns.FAULTS, [map(of, results.faults) for of in _OF_FAULT]),
    }


def result_files(results: Results) -> dict[str, bytes]:
    """The csv files as they go out and are archived, by name.

    The seven of `csv_files` and 字段说明.csv; the same seven under computed/ where people took
    part, and changes.csv of a corrected review.
    """
    files = csv_files(results)
    if results.computed is not None:
        own = csv_files(results.computed).items()
        files |= {f"{COMPUTED}{name}": data for name, data in own}
    files[DESCRIPTION] = description_csv(computed=results.computed is not None)
    if results.correction is not None:
        files[columns.CHANGES.name] = changes_csv(results.correction.changes)
    return files


def computed_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of `result_files` that stand under computed/, by their names there."""
    return {
        name.removeprefix(COMPUTED): data
        for name, data in files.items()
        if name.startswith(COMPUTED)
    }


def changes_csv(rows: Sequence[ChangeRow]) -> bytes:
    """changes.csv (更正对照)."""
    return _rows_csv(columns.CHANGES, rows)


def read_changes(data: bytes) -> tuple[ChangeRow, ...]:
    """The rows of changes.csv; what no writer of ours can have written raises MalformedTable."""
    name = columns.CHANGES.name
    return _read({name: data}, columns.CHANGES, ChangeRow)


def description_csv(*, computed: bool = False) -> bytes:
    """字段说明.csv: every file and column in Chinese; `computed` where there is a computed/."""
    lines = [["文件", "内容", "序号", "列名", "含义", "类型", "能否为空", "说明"]]
    lines.extend(
        [
            file.name,
            file.title,
            str(number),
            column.name,
            column.title,
            KIND_WORDS[column.kind],
            "否" if column.required else "是",
            column.note,
        ]
        for file in (*FILES, columns.CHANGES)
        for number, column in enumerate(file.columns, 1)
    )
    if computed:
        lines.append([COMPUTED, _COMPUTED_HOLDS, *[""] * (len(lines[0]) - 2)])
    return table_bytes(lines)


def results_digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 (hex) over the seven files of `csv_files`.

    It is the digest of the lines `<sha-256 of the file>  <name>` in the order of `columns`,
    so `sha256sum subjects.csv items.csv … | sha256sum` gives it too. Other files are left out.
    """
    return digest_of({file.name: hashlib.sha256(files[file.name]).hexdigest() for file in FILES})


def digest_of(sums: Mapping[str, str]) -> str:
    """The results digest (hex), from the SHA-256 of each of the seven files by its name."""
    lines = (f"{sums[file.name]}  {file.name}\n" for file in FILES)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def result_number(digest: str) -> str:
    """结果编号: the first 12 hex digits of the results digest."""
    return digest[:12]


def read_tables(files: Mapping[str, bytes]) -> Tables:
    """The rows of the csv files of `csv_files` or `result_files`.

    All seven must be there, and all seven under computed/ where there is one of them; what no
    writer of ours can have written raises MalformedTable. Faults come back without their `parts`.
    """
    computed = computed_files(files)
    return replace(_tables(files), computed=_tables(computed, COMPUTED) if computed else None)


def _tables(files: Mapping[str, bytes], folder: str = "") -> Tables:
    read = partial(_read, files, folder=folder)
    return Tables(
        subjects=read(columns.SUBJECTS, SubjectRow),
        items=read(columns.ITEMS, ItemRow),
        findings=read(columns.FINDINGS, FindingRow),
        tasks=read(columns.TASKS, TaskRow),
        flags=read(columns.FLAGS, FlagRow),
        ratings=read(columns.RATINGS, RatingRow),
        faults=read(columns.FAULTS, _fault),
    )


def table_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """Cells as csv: UTF-8 with BOM, CRLF, quotes only where they are needed."""
    data = io.BytesIO(BOM)
    data.seek(len(BOM))
    text = io.TextIOWrapper(data, "utf-8", newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    text.flush()
    return data.getvalue()


def table_lines(data: bytes) -> Iterator[list[str]]:
    """The cells of a csv that `table_bytes` wrote; other bytes raise MalformedTable."""
    if not data.startswith(BOM):
        raise MalformedTable("no byte order mark")
    try:
        text = data[len(BOM) :].decode()
        csv.field_size_limit(max(csv.field_size_limit(), len(text)))
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise MalformedTable(str(error)) from error


def _rows_csv(file: File, rows: Sequence[object]) -> bytes:
    return _csv(file, [map(attrgetter(column.name), rows) for column in file.columns])


def _csv(file: File, columns: Iterable[Iterable[Value]]) -> bytes:
    """The file with the values of its columns."""
    cells = [map(encoder(column), of) for column, of in zip(file.columns, columns, strict=True)]
    return table_bytes(chain([[column.name for column in file.columns]], zip(*cells, strict=True)))


def _read(
    files: Mapping[str, bytes], file: File, make: Callable[..., Row], *, folder: str = ""
) -> tuple[Row, ...]:
    shown = f"{folder}{file.name}"
    if file.name not in files:
        raise MalformedTable(f"{shown}: missing")
    lines = table_lines(files[file.name])
    if next(lines, None) != [column.name for column in file.columns]:
        raise MalformedTable(f"{shown}: columns")
    try:
        return tuple(make(**_values(file.columns, line)) for line in lines)
    except (MalformedCell, ValueError) as error:
        raise MalformedTable(f"{shown}: {error}") from error


def _values(wanted: tuple[Column, ...], line: Sequence[str]) -> dict[str, Any]:
    if len(line) != len(wanted):
        raise MalformedCell("number of cells")
    return {column.name: decoded(column, cell) for column, cell in zip(wanted, line, strict=True)}


def fault_place(origin: Origin) -> str | None:
    """The cell of a fault as printed: `B7`, or `line:column` of a text file."""
    if origin.cell is not None or origin.line is None:
        return origin.cell
    return f"{origin.line}:{origin.column}" if origin.column is not None else str(origin.line)


_OF_FAULT: tuple[Callable[[Fault], Value], ...] = (
    lambda fault: fault.code,
    lambda fault: fault.level.value,
    lambda fault: fault.origin.file,
    lambda fault: fault.origin.sheet,
    lambda fault: fault_place(fault.origin),
    lambda fault: fault.message,
    lambda fault: fault.remedy,
)
"""The columns of faults.csv."""


def _fault(
    *,
    code: str,
    level: str,
    file: str,
    sheet: str | None,
    cell: str | None,
    message: str,
    remedy: str,
) -> Fault:
    place = _TEXT_PLACE.fullmatch(cell or "")
    if place is None:
        origin = Origin(file, sheet=sheet, cell=cell)
    else:
        line, column = place.groups()
        origin = Origin(file, int(line), int(column) if column else None, sheet)
    return Fault(code, Level(level), message, remedy, origin)


__all__ = [
    "COMPUTED",
    "DESCRIPTION",
    "MalformedTable",
    "Tables",
    "computed_files",
    "csv_files",
    "description_csv",
    "fault_place",
    "read_tables",
    "result_files",
    "result_number",
    "results_digest",
    "table_bytes",
    "table_lines",
]
