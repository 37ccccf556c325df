"""An .xlsx package, and the copy that is handed to calamine.

The copy holds only what is asked for, in one spelling: rows, shared texts, number formats and the
date system. What else a file holds (links, drawings, tables, properties, a second member of one
name) can then neither be misread nor do harm, and books of the strict standard look like others.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from starrating.records.plain import plain_texts
from starrating.records.xmltext import Attributes, attribute, parse

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData>%b</sheetData></worksheet>'.encode()
_WORKBOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
_TRUE = frozenset(("1", "true", "on"))


class Incomplete(Exception):
    """A part that a workbook must have is missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet of a package: its name as shown, its member, and whether it is hidden."""

    name: str
    member: str
    hidden: bool = False


class Package:
    """The parts of a workbook that its sheets refer to.

    Raises Incomplete, what xmltext.parse raises and whatever zipfile raises.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_plain(info.filename): info for info in archive.infolist()}
        workbook = self._workbook_part()
        relations = self._relations(workbook)
        self._dates_from_1904 = False
        self.sheets = tuple(
            Part(name, relations[id_][0], hidden)
            for name, id_, hidden in self._listed(workbook)
            if id_ in relations and relations[id_][1].endswith("/worksheet")
        )
        self._strings = _part(relations, "/sharedStrings")
        self._styles = _part(relations, "/styles")
        parse(self.read("[Content_Types].xml"))

    def read(self, member: str) -> bytes:
        """The bytes of a part."""
        info = self._members.get(_plain(member))
        if info is None:
            raise Incomplete(member)
        return self._archive.read(info)

    def copy(self, sheets: Iterable[bytes]) -> io.BytesIO:
        """A package with one sheet for each of these rows, and what their cells refer to."""
        parts: dict[str, bytes] = {
            f"xl/worksheets/sheet{number}.xml": _SHEET % rows
            for number, rows in enumerate(sheets, 1)
        }
        numbers = range(1, len(parts) + 1)
        listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        epoch = '<workbookPr date1904="1"/>' if self._dates_from_1904 else ""
        relations = [(f"worksheets/sheet{number}.xml", "worksheet") for number in numbers]
        relations.append(("styles.xml", "styles"))
        parts["xl/styles.xml"] = self._formats().encode()
        if self._strings:
            relations.append(("sharedStrings.xml", "sharedStrings"))
            parts["xl/sharedStrings.xml"] = plain_texts(self.read(self._strings))
        workbook = f"{epoch}<sheets>{listed}</sheets></workbook>"
        parts["xl/workbook.xml"] = (_WORKBOOK + workbook).encode()
        parts["xl/_rels/workbook.xml.rels"] = _relations_xml(relations)
        parts["_rels/.rels"] = _relations_xml([("xl/workbook.xml", "officeDocument")])
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as archive:
            for member, data in parts.items():
                archive.writestr(member, data)
        copy.seek(0)
        return copy

    def _workbook_part(self) -> str:
        try:
            return _part(self._relations(""), "/officeDocument") or "xl/workbook.xml"
        except Incomplete:
            return "xl/workbook.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id of a relation of the part to the member it leads to and its type."""
        folder = posixpath.dirname(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target if target.startswith("/") else posixpath.join(folder, target)
                member = posixpath.normpath(whole).lstrip("/")
                found[attributes.get("Id", "")] = (member, attributes.get("Type", ""))

        parse(self.read(_relations_of(part)), start)
        return found

    def _listed(self, workbook: str) -> list[tuple[str, str, bool]]:
        """Name, relation and hiding of every sheet, in the order of the book."""
        found: list[tuple[str, str, bool]] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "sheet":
                hidden = attributes.get("state", "visible") != "visible"
                found.append((attributes.get("name", ""), attribute(attributes, "id"), hidden))
            elif tag == "workbookPr":
                self._dates_from_1904 = attributes.get("date1904") in _TRUE

        parse(self.read(workbook), start)
        return found

    def _formats(self) -> str:
        """The number formats of the cells, as a part of styles."""
        codes: list[str] = []
        cells: list[str] = []
        within = ""

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal within
            if tag in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
                within = tag
            elif tag == "numFmt" and within == "numFmts":
                code, number = attributes.get("formatCode", ""), attributes.get("numFmtId", "")
                codes.append(f'<numFmt numFmtId="{escape(number)}" formatCode="{escape(code)}"/>')
            elif tag == "xf" and within == "cellXfs":
                cells.append(f'<xf numFmtId="{escape(attributes.get("numFmtId", "0"))}"/>')

        if self._styles:
            parse(self.read(self._styles), start)
        return (
            f'<styleSheet xmlns="{_MAIN}"><numFmts>{"".join(codes)}</numFmts>'
            f"<cellXfs>{''.join(cells)}</cellXfs></styleSheet>"
        )


def _relations_xml(relations: Iterable[tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'.encode()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _part(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((member for member, type_ in relations.values() if type_.endswith(kind)), "")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
