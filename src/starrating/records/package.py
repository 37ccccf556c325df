"""An .xlsx package: its sheets, shared texts, and which cell styles show dates."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from starrating.records.xmltext import Attributes, attribute, is_true, parse

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[dmhys]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
"""Built-in number formats that show dates, those of Chinese Excel and WPS among them."""
_ELAPSED_FORMAT = 46


class Incomplete(Exception):
    """A part that a workbook must have is missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet of a package: its name as shown, whether it is hidden, its member."""

    name: str
    hidden: bool
    member: str


class Package:
    """The parts of a workbook that its sheets refer to.

    Raises Incomplete, xmltext.Declared, expat.ExpatError and whatever zipfile raises.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_plain(info.filename): info for info in archive.infolist()}
        self.workbook = self._workbook_part()
        self.epoch_1904 = False
        self._listed: list[tuple[str, bool, str]] = []
        self._read(self.workbook, self._book_start)
        relations = self._relations(self.workbook)
        self.sheets = tuple(
            Part(name, hidden, relations[id_][0])
            for name, hidden, id_ in self._listed
            if id_ in relations and relations[id_][1].endswith("/worksheet")
        )
        self.strings = self._strings(_part(relations, "/sharedStrings"))
        self.dates, self.elapsed = self._date_styles(_part(relations, "/styles"))

    def open(self, member: str) -> IO[bytes]:
        """The bytes of a part as a stream."""
        info = self._members.get(_plain(member))
        if info is None:
            raise Incomplete(member)
        return self._archive.open(info)

    def _read(self, member: str, start: Callable[[str, Attributes], None]) -> None:
        with self.open(member) as stream:
            parse(stream, start, _ignore, _ignore)

    def _workbook_part(self) -> str:
        try:
            return _part(self._relations(""), "/officeDocument") or "xl/workbook.xml"
        except Incomplete:
            return "xl/workbook.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id of a relation of the part to the member it leads to and its type."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target if target.startswith("/") else posixpath.join(folder, target)
                member = posixpath.normpath(whole).lstrip("/")
                found[attributes.get("Id", "")] = (member, attributes.get("Type", ""))

        self._read(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def _book_start(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            self.epoch_1904 = is_true(attributes.get("date1904"))
        elif tag == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self._listed.append((attributes.get("name", ""), hidden, attribute(attributes, "id")))

    def _strings(self, member: str) -> list[str]:
        if not member:
            return []
        texts = Texts()
        with self.open(member) as stream:
            parse(stream, texts.start, texts.end, texts.text)
        return texts.found

    def _date_styles(self, member: str) -> tuple[frozenset[int], frozenset[int]]:
        """Numbers of cell styles that show dates, and of those that show elapsed time."""
        custom: dict[int, str] = {}
        styles: list[int] = []
        inside = False

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal inside
            if tag == "numFmt":
                custom[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
            elif tag in {"cellXfs", "cellStyleXfs", "dxfs"}:
                inside = tag == "cellXfs"
            elif tag == "xf" and inside:
                styles.append(int(attributes.get("numFmtId", "0")))

        if member:
            self._read(member, start)
        elapsed = {
            number for number, code in custom.items() if _ELAPSED.search(_QUOTED.sub("", code))
        } | {_ELAPSED_FORMAT}
        dates = {number for number, code in custom.items() if is_date_format(code)}
        dates |= _DATES - custom.keys()
        return (
            frozenset(index for index, number in enumerate(styles) if number in dates - elapsed),
            frozenset(index for index, number in enumerate(styles) if number in elapsed),
        )


class Texts:
    """Gathers the texts of `si` or `is` elements, without their phonetic hints."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_hint = False

    def start(self, tag: str, _: Attributes) -> None:
        """Take the start of an element."""
        if tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._in_hint = True
        elif tag == "t":
            self._in_text = not self._in_hint

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "si":
            self.found.append(unescape("".join(self._pieces)))
        elif tag == "rPh":
            self._in_hint = False
        elif tag == "t":
            self._in_text = False

    def text(self, data: str) -> None:
        """Take characters."""
        if self._in_text:
            self._pieces.append(data)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time of day."""
    first = code.partition(";")[0]
    return bool(_DATE_LETTER.search(_QUOTED.sub("", first).replace("General", "")))


def unescape(text: str) -> str:
    """`text` with `_x000D_` and its like as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _part(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((member for member, type_ in relations.values() if type_.endswith(kind)), "")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _ignore(_: str) -> None:
    """Take nothing."""
