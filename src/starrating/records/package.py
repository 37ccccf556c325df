"""An .xlsx package as it is handed to openpyxl: a copy that holds only what is asked for.

openpyxl would read filters, validations, links, comments, drawings, tables, pivots and document
properties as well: each can make it refuse a book whose cells are sound, some it expands cell by
cell whatever a file claims, and all take time. It skips a sheet whose part is missing without a
word, and takes a book of the strict standard as an empty one. Hence the copy: cells, merged
ranges, shared texts, formats and the list of sheets.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from starrating.records.look import cut
from starrating.records.xmltext import Attributes, attribute, parse

_TYPES = "[Content_Types].xml"
_STYLES = "xl/styles.xml"
"""Where openpyxl looks for styles."""
_WANTED = frozenset(("workbookPr", "sheets"))
"""What is read of the workbook part."""
_WANTED_STYLES = frozenset(("numFmts", "borders", "cellXfs"))
"""What is read of the styles: formats; openpyxl looks at borders where cells are merged."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"officeDocument/2006/"),
)
"""Names of the strict standard, and the ends of the usual ones that openpyxl knows."""


class Incomplete(Exception):
    """A part that a workbook must have is missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet of a package: its name as shown and its member."""

    name: str
    member: str


class Package:
    """The parts of a workbook that its sheets refer to.

    Raises Incomplete, what xmltext.parse raises and whatever zipfile raises.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_plain(info.filename): info for info in archive.infolist()}
        self.workbook = self._workbook_part()
        relations = self._relations(self.workbook)
        self.sheets = tuple(
            Part(name, relations[id_][0])
            for name, id_ in self._listed()
            if id_ in relations and relations[id_][1].endswith("/worksheet")
        )
        self._is_strict = _STRICT[0][0] in self.read(self.workbook)
        self._strings = _part(relations, "/sharedStrings")
        self._styles = _part(relations, "/styles")

    def read(self, member: str) -> bytes:
        """The bytes of a part."""
        info = self._members.get(_plain(member))
        if info is None:
            raise Incomplete(member)
        return self._archive.read(info)

    def copy(self, sheets: Iterable[bytes]) -> io.BytesIO:
        """A package of these worksheets, one for each of `self.sheets`, and what they refer to."""
        parts = {
            _TYPES: self._safe(_TYPES),
            self.workbook: cut(self.read(self.workbook), _WANTED),
            _relations_of(self.workbook): self._safe(_relations_of(self.workbook)),
        }
        if self._strings:
            parts[self._strings] = self._safe(self._strings)
        if self._styles:
            parts[_STYLES] = cut(self.read(self._styles), _WANTED_STYLES)
        parts |= zip((part.member for part in self.sheets), sheets, strict=True)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as archive:
            for member, data in parts.items():
                archive.writestr(member, _usual(data) if self._is_strict else data)
        copy.seek(0)
        return copy

    def _safe(self, member: str) -> bytes:
        """The bytes of a part that is XML without declarations."""
        data = self.read(member)
        parse(data)
        return data

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

    def _listed(self) -> list[tuple[str, str]]:
        """Name and relation of every sheet, in the order of the book."""
        found: list[tuple[str, str]] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "sheet":
                found.append((attributes.get("name", ""), attribute(attributes, "id")))

        parse(self.read(self.workbook), start)
        return found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _part(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((member for member, type_ in relations.values() if type_.endswith(kind)), "")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _usual(data: bytes) -> bytes:
    """The part with names of the strict standard replaced by the usual ones."""
    for strict, usual in _STRICT:
        data = data.replace(strict, b"http://schemas.openxmlformats.org/" + usual)
    return data
