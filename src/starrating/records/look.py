"""A look at the XML of a worksheet, for what openpyxl would not tell or should not meet.

openpyxl gives a formula without a result as a blank cell and a date outside the calendar as
`#VALUE!`; and it makes an object of every merged or linked cell, whatever a file claims.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from starrating.records.xmltext import Attributes, LocalNames, guarded_parser

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_IN_CELLS = frozenset(("v", "t", "is", "r"))
_HEEDED = frozenset(("sheetData", "mergeCells", "hyperlinks", "tableParts", "legacyDrawing"))
"""Elements that openpyxl heeds wherever they stand, though only a root holds them."""
WANTED = frozenset(("sheetData", "mergeCells"))
"""What is read of a worksheet part."""

_PREFIX = rb"(?:[^\s<>/:!?]+:)?"
_ROWS = re.compile(
    rb"<" + _PREFIX + rb"sheetData(?:\s[^<>]*)?>(.*)</" + _PREFIX + rb"sheetData\s*>", re.DOTALL
)
_TELLING = re.compile(
    rb"<" + _PREFIX + rb"(?:f|mergeCell|" + "|".join(sorted(_HEEDED)).encode() + rb")[\s/>]"
    rb"|=\s*[\"']e[\"']"
)
"""What makes rows worth a look: formulas, error values, and elements out of place."""


class Odd(Exception):
    """A part holds what no office program writes."""


@dataclass(slots=True)
class Look:
    """What one look at a worksheet part tells.

    `formulas` are the cells (row, column) whose formula may lack a result: where such a cell
    has no value, it was not computed. `errors` are the cells that hold an error value.
    `merged` counts the cells of all merged ranges. `kept` is the part cut down to WANTED.
    """

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    merged: int = 0
    kept: bytes = b""


def look(data: bytes) -> Look:
    """One look at a worksheet part. Raises Odd, and what `guarded_parser` says."""
    first, last = _dull(data)
    found = _Looker(data[:first] + data[last:], WANTED).found
    rows = _ROWS.search(found.kept)
    if first < last and rows:
        found.kept = found.kept[: rows.start(1)] + data[first:last] + found.kept[rows.end(1) :]
    return found


def cut(data: bytes, wanted: frozenset[str]) -> bytes:
    """A part with only the wanted of the elements in its root. Raises what `look` raises."""
    return _Looker(data, wanted).found.kept


def _dull(data: bytes) -> tuple[int, int]:
    """Where the rows of a part begin and end if there is nothing to see in them; else (0, 0).

    Only where every tag stands in the bytes as it is: not in UTF-16, nor beside comments and
    CDATA, in which something may look like a tag. Looking at all rows takes a tenth of reading.
    """
    if b"\0" in data or b"<!" in data or data.rfind(b"<?") > len("BOM"):
        return 0, 0
    rows = _ROWS.search(data)
    if rows is None or _TELLING.search(data, *rows.span(1)):
        return 0, 0
    return rows.span(1)


class _Looker:
    """Takes the events of a part: the elements of its root, and the cells of its rows."""

    def __init__(self, data: bytes, wanted: frozenset[str]) -> None:
        self.found = Look()
        self._data = data
        self._wanted = wanted
        self._local = LocalNames()
        self._depth = 0
        self._kept: list[bytes] = []
        self._kept_to = 0
        self._dropping = False
        self._row = 0
        self._named = ""
        self._unnamed = 0
        self._cell: Attributes = {}
        self._parser = guarded_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(data, True)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        tag = self._local[name]
        if tag == "c":
            self._cell_start(attributes)
        elif tag == "v":
            if self._cell.get("t") == "str":  # an empty text is a result
                self.found.formulas.discard(self._place())
        elif tag in _IN_CELLS:
            return
        elif tag == "f":
            self.found.formulas.add(self._place())
        elif tag == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._named, self._unnamed = "", 0
        else:
            self._rare(tag, attributes)

    def _cell_start(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._named = attributes.get("r") or self._named
        self._unnamed = 0 if "r" in attributes else self._unnamed + 1
        if attributes.get("t") == "e":
            self.found.errors.add(self._place())

    def _rare(self, tag: str, attributes: Attributes) -> None:
        if self._depth == 2:
            self._cut(drop=tag not in self._wanted)
        elif tag in _HEEDED:
            raise Odd(tag)
        elif tag == "mergeCell":
            self.found.merged += _size(attributes.get("ref", ""))

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._cut(drop=False)
            self._kept.append(self._data[self._kept_to :])
            self.found.kept = b"".join(self._kept)

    def _cut(self, *, drop: bool) -> None:
        """Keep or drop what stands from here on."""
        if drop == self._dropping:
            return
        here = self._parser.CurrentByteIndex
        if drop:
            self._kept.append(self._data[self._kept_to : here])
        self._kept_to = here
        self._dropping = drop

    def _place(self) -> tuple[int, int]:
        """Row and column of the current cell; a cell without a name follows the one before."""
        match = _PLACE.fullmatch(self._named)
        if match is None:
            return self._row, self._unnamed
        row = self._row if self._unnamed else int(match[2])
        return row, _number(match[1]) + self._unnamed


def _size(reference: str) -> int:
    """How many cells a range has."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise Odd(reference)
    if not match[3]:
        return 1
    rows = int(match[4]) - int(match[2]) + 1
    return rows * (_number(match[3]) - _number(match[1]) + 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
