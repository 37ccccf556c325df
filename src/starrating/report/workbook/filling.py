"""Fill in the rows of tables: a workbook is copied, and rows stand where it has samples of them.

XlsxWriter draws all but the rows of tables, for which it would take minutes where a table has
millions of cells. Of these it draws blank samples, one for each look that cells of a column have;
where they stand and the numbers of their styles are read from the sheet (ECMA-376, SpreadsheetML).
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from starrating.progress import counted
from starrating.report.workbook.layout import TableSheet
from starrating.report.workbook.rows import Look, rows_xml
from starrating.report.workbook.styles import nature

_FOLDER = "xl"


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table whose sheet has samples of them.

    `first` is the number of the first row in its sheet, from 1; `sizes` are the widths of the
    columns; `samples` are the places of the rows that stand as samples, the last always being one.
    """

    table: TableSheet
    first: int
    sizes: Sequence[float]
    samples: Sequence[int]


def filled(workbook: bytes, bodies: Mapping[str, Body]) -> bytes:
    """The workbook with the rows of its tables, which are given by the names of their sheets."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as source, ZipFile(target, "w") as copy:
        names = _sheet_names(source)
        for info in counted("写工作簿", source.infolist(), "个部分"):
            data = source.read(info)
            body = bodies.get(names.get(info.filename, ""))
            with copy.open(_alike(info), "w") as member:
                for part in [data] if body is None else _with_rows(data, body):
                    member.write(part)
    return target.getvalue()


def _alike(info: ZipInfo) -> ZipInfo:
    """A member of the same name, date and attributes."""
    own = ZipInfo(info.filename, info.date_time)
    own.compress_type = info.compress_type
    own.create_system, own.external_attr = info.create_system, info.external_attr
    return own


def _sheet_names(archive: ZipFile) -> dict[str, str]:
    """The names of the sheets by the members that hold them."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def link(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes["Id"]] = posixpath.join(_FOLDER, attributes["Target"])

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            names[targets[attributes["r:id"]]] = attributes["name"]

    for name, begin in (("_rels/workbook.xml.rels", link), ("workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = begin
        parser.Parse(archive.read(f"{_FOLDER}/{name}"), True)
    return names


def _with_rows(sheet: bytes, body: Body) -> Iterator[bytes]:
    """The XML of a sheet, rows for its samples, in parts."""
    drawn, rows, sums = _drawn(sheet), body.table.body, body.table.sums_at
    yield sheet[: drawn[body.first].begin]
    plain = range(len(rows) if sums is None else sums)
    for alike in (plain, range(len(plain), len(rows))):
        looks = _looks(body, drawn, alike)
        shown = (rows[place] for place in alike)
        yield from rows_xml(shown, body.first + alike.start, body.sizes, looks)
    yield sheet[drawn[body.first + len(rows) - 1].end :]


def _looks(body: Body, drawn: Mapping[int, _Drawn], places: range) -> Sequence[Look]:
    """The styles of each column's cells, as the samples at those places have them."""
    looks: list[dict[str, str]] = [{} for _ in body.sizes]
    for place in filter(places.__contains__, body.samples):
        styles = drawn[body.first + place].styles
        for look, value, style in zip(looks, body.table.body[place], styles, strict=True):
            look[nature(value)] = style
    return looks


@dataclass(slots=True)
class _Drawn:
    """A row of a sheet: where it begins and ends in the XML, and the styles of its cells."""

    begin: int
    end: int = 0
    styles: list[str] = field(default_factory=list)


def _drawn(sheet: bytes) -> dict[int, _Drawn]:
    """The rows of a sheet by number."""
    rows: dict[int, _Drawn] = {}
    parser = expat.ParserCreate()

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            rows[int(attributes["r"])] = _Drawn(parser.CurrentByteIndex)
        elif tag == "c":
            rows[next(reversed(rows))].styles.append(attributes.get("s", "0"))

    def end(tag: str) -> None:
        if tag == "row":
            rows[next(reversed(rows))].end = parser.CurrentByteIndex + len("</row>")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(sheet, True)
    return rows
