"""Worksheets and shared texts in the one spelling that their readers search as bytes.

Office programs write rows and cells alike. XML allows more: prefixes, comments, CDATA, UTF-16,
nameless cells, attributes in any order. A part that makes use of that is written anew.
"""

from __future__ import annotations

import re
from html import escape

from starrating.records.raw import letters
from starrating.records.xmltext import Attributes, LocalNames, guarded_parser, parse

ROWS = re.compile(rb"<sheetData(?:\s[^<>]*)?>(.*)</sheetData\s*>", re.DOTALL)
"""The rows of a plain worksheet."""
NO_ROWS = re.compile(rb"<sheetData(?:\s[^<>]*)?/>")
"""The place of the rows of a plain worksheet that has none."""

_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^<>]*encoding\s*=\s*[\"'](?!utf-8))[^<>]*\?>)?\s*<\w",
                   re.IGNORECASE)  # fmt: skip
_UNUSUAL = tuple(
    re.compile(pattern)
    for pattern in (
        rb"<[^<>\s/\"]*:",  # a prefixed element
        rb'="[^"<>]*>',  # `>` inside an attribute
        rb"<v ",  # a value with attributes
        rb'<row(?! r="[1-9]\d{0,9}")',
        rb'<c(?! r="[A-Z]{1,9}[1-9]\d{0,9}")',
    )
)
_SINGLE_QUOTES = re.compile(rb"=\s*'")
_NAME = re.compile(r"([A-Z]{1,9})([1-9]\d{0,9})")
_TRUE = frozenset(("1", "true", "on"))


def plain_sheet(data: bytes) -> bytes:
    """A worksheet part with one unprefixed `sheetData` of rows and cells named `r` first.

    Texts, values and attributes that are read stay; the rest may go. Raises what
    `guarded_parser` says.
    """
    return data if _is_plain(data) and _rows_are_plain(data) else _SheetWriter(data).written


def plain_texts(data: bytes) -> bytes:
    """The shared texts as unprefixed UTF-8 without CDATA. Raises what `guarded_parser` says."""
    if not _is_plain(data) or _UNUSUAL[0].search(data):
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


def _is_plain(data: bytes) -> bool:
    """Whether every tag stands in the bytes as it is: not in comments, CDATA or UTF-16."""
    whole = not (b"\0" in data or b"<!" in data or data.rfind(b"<?") > len("BOM"))
    return whole and _UTF8.match(data) is not None


def _rows_are_plain(data: bytes) -> bool:
    rows = ROWS.search(data)
    if rows is None:
        return data.count(b"sheetData") == 1 and NO_ROWS.search(data) is not None
    text = rows[1]
    return (
        data.count(b"sheetData") == len(("start", "end"))
        and not (b"'" in text and _SINGLE_QUOTES.search(text))
        and not any(each.search(text) for each in _UNUSUAL)
        and all(_balanced(text, tag) for tag in (b"row", b"c", b"v"))
    )


def _balanced(text: bytes, tag: bytes) -> bool:
    """Whether every start of an element has its end; calamine would not mind."""
    ends = text.count(b"</%b>" % tag)
    starts = text.count(b"<%b>" % tag) + text.count(b"<%b " % tag)
    return starts == ends or starts == ends + len(re.findall(rb"<%b\s[^<>]*/>" % tag, text))


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
    """Names what goes without a name: a row or cell follows the one before."""

    def __init__(self, data: bytes) -> None:
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
            hidden = ' hidden="1"' if attributes.get("hidden") in _TRUE else ""
            self.parts.append(f'<row r="{self.row}"{hidden}>')
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
            self.parts.append(f"</{tag}>")
        elif len(self.path) > 1 and self.path[1] == "sheetData":
            if tag == "row":
                self.parts.append("</row>")
            elif tag == "c":
                self._write_cell()

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
        self.parts.append(f'<c r="{name}"{shown}>{formula}{value}</c>')
