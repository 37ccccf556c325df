"""Worksheets and shared texts in the one spelling that their readers search as bytes.

Office programs write rows and cells alike. XML allows more: prefixes, comments, CDATA, UTF-16,
nameless cells, rows in any order. A part that makes use of that is written anew.
"""

from __future__ import annotations

import re
from html import escape

from starrating.records.raw import letters
from starrating.records.xmltext import Attributes, LocalNames, guarded_parser, parse

_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^<>]*encoding\s*=\s*[\"'](?!utf-8))[^<>]*\?>)?\s*<\w",
                   re.IGNORECASE)  # fmt: skip
_PREFIXED = re.compile(rb"<[^<>\s/\"]*:")
_INSIDE = re.compile(rb"<(?:[!?c]|row|[^<>\s/\"]*:)")
"""What stands in no cell that is plain."""
_VALUES = re.compile(rb"<(/?)v(?:\s[^<>]*[^<>/])?>")
"""Starts and ends of values."""
_NAME = re.compile(r"([A-Z]{1,9})([1-9]\d{0,9})")
_TRUE = frozenset(("1", "true", "on"))


def is_plain(data: bytes) -> bool:
    """Whether every tag stands in the bytes as it is: not in comments, CDATA or UTF-16."""
    whole = not (b"\0" in data or b"<!" in data or data.rfind(b"<?") > len("BOM"))
    return whole and _UTF8.match(data) is not None


def is_plain_cell(body: bytes) -> bool:
    """Whether what stands in a cell is unprefixed and no other cell, and every value has its end;
    calamine would not mind."""
    values = _VALUES.findall(body)
    return values == [b"", b"/"] * (len(values) // 2) and not _INSIDE.search(body)


def sheet_anew(data: bytes) -> bytes:
    """A worksheet part with one unprefixed `sheetData` of rows and cells named `r` first, each row
    once, in order, with the cells that name it.

    Texts, values and attributes that are read stay; the rest goes. Raises what `guarded_parser`
    says.
    """
    return _SheetWriter(data).written


def plain_texts(data: bytes) -> bytes:
    """The shared texts as unprefixed UTF-8 without CDATA. Raises what `guarded_parser` says."""
    if not is_plain(data) or _PREFIXED.search(data):
        return _TextsWriter(data).written
    parse(data)
    return data


def place_of(name: str) -> tuple[int, int]:
    """Row and column of a cell's name, from 1; (0, 0) for what names no cell."""
    match = _NAME.fullmatch(name)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def column_number(name: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


class _Writer:
    """Takes the events of a part and writes what is wanted of it."""

    def __init__(self, data: bytes) -> None:
        self.parts: list[str] = []
        self.texts: list[str] = []
        self.path: list[str] = []
        local = LocalNames()
        parser = guarded_parser()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: self._open(local[name], attributes)
        parser.EndElementHandler = lambda _: self._close()
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    @property
    def written(self) -> bytes:
        """The part in the plain spelling."""
        return "".join(self.parts).encode()

    def start(self, tag: str, _attributes: Attributes, /) -> None:
        """Take the start of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def _open(self, tag: str, attributes: Attributes) -> None:
        self.path.append(tag)
        self.start(tag, attributes)

    def _close(self) -> None:
        self.end(self.path.pop())

    def _text(self, data: str) -> None:
        # phonetic hints (rPh) are no part of a text
        if self.path[-1] in ("t", "v") and "rPh" not in self.path:
            self.texts.append(data)

    def take_text(self) -> str:
        """What has been written since, for XML."""
        text = escape("".join(self.texts), quote=False)
        self.texts.clear()
        return text.replace("\r", "&#13;")


class _TextsWriter(_Writer):
    def start(self, tag: str, _attributes: Attributes, /) -> None:
        if len(self.path) == 1:
            self.parts.append("<sst>")
        elif tag == "si":
            self.texts.clear()

    def end(self, tag: str) -> None:
        if not self.path:
            self.parts.append("</sst>")
        elif tag == "si":
            self.parts.append(f'<si><t xml:space="preserve">{self.take_text()}</t></si>')


class _SheetWriter(_Writer):
    """Names what goes without a name, for a row or cell follows the one before, and puts every cell
    into the row that it names."""

    def __init__(self, data: bytes) -> None:
        self.rows: dict[int, list[str]] = {}
        self.hidden: set[int] = set()
        self.row = self.column = 0
        self.cell: Attributes = {}
        self.has_formula = self.has_value = False
        super().__init__(data)

    def start(self, tag: str, attributes: Attributes, /) -> None:
        depth = len(self.path)
        if depth == 1:
            self.parts.append("<worksheet>")
        elif tag in ("sheetData", "mergeCells") and depth == 2:
            self.parts.append(f"<{tag}>")
        elif tag == "mergeCell" and self.path[1] == "mergeCells":
            self.parts.append(f'<mergeCell ref="{escape(attributes.get("ref", ""))}"/>')
        elif self.path[1] == "sheetData":
            self._in_rows(tag, attributes)

    def _in_rows(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
            self.rows.setdefault(self.row, [])
            if attributes.get("hidden") in _TRUE:
                self.hidden.add(self.row)
        elif tag == "c":
            self.cell = attributes
            self.texts.clear()
            self.has_formula = self.has_value = False
        elif tag == "f":
            self.has_formula = True
        elif tag == "v":
            self.has_value = True

    def end(self, tag: str) -> None:
        if not self.path:
            self.parts.append("</worksheet>")
        elif tag in ("sheetData", "mergeCells") and len(self.path) == 1:
            if tag == "sheetData":
                self._write_rows()
            self.parts.append(f"</{tag}>")
        elif tag == "c" and len(self.path) > 1 and self.path[1] == "sheetData":
            self._write_cell()

    def _write_rows(self) -> None:
        for row, cells in sorted(self.rows.items()):
            hidden = ' hidden="1"' if row in self.hidden else ""
            self.parts += (f'<row r="{row}"{hidden}>', *cells, "</row>")

    def _write_cell(self) -> None:
        row, self.column = place_of(self.cell.get("r", "")) if "r" in self.cell else (
            self.row, self.column + 1)  # fmt: skip
        kind, style = self.cell.get("t"), self.cell.get("s")
        shown = "".join(
            f' {key}="{escape(value)}"' for key, value in (("s", style), ("t", kind)) if value
        )
        name = f"{letters(self.column)}{row}"
        formula = "<f/>" if self.has_formula else ""
        text = self.take_text()
        if kind == "inlineStr":
            value = f'<is><t xml:space="preserve">{text}</t></is>'
        else:
            value = f"<v>{text}</v>" if self.has_value else ""
        cells = self.rows.setdefault(row, [])
        cells.append(f'<c r="{name}"{shown}>{formula}{value}</c>')
