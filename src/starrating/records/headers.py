"""Finding the header of a sheet and what each column of the file is.

The header stands in the first ten rows, below titles and notes, in one row or in up to three
(groups over their parts, merged or not). Names match exactly after NFKC without spaces and
marks, through name and aliases; remarks and units in brackets are told apart from the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from starrating.limits import HEADER_ROWS
from starrating.records.raw import Grid, Span
from starrating.records.text import squeeze
from starrating.records.units import is_unit
from starrating.schema import CHECKS, Column, Sheet

_BRACKETS = re.compile(r"(.+?)[(\[【〔{](.*)[)\]】〕}]")
_TAIL = re.compile(r"(.+?)[/,、:](.+)")
_UNIT_WORD = re.compile(r"(?:计量)?单位[:为]?")
_SHEET_UNIT = re.compile(r".*?\(?单位[:为]([^\s,;)]+?)\)?")
_MARKS = "*※★:"
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the file: its number, its header as written, and the unit written with it."""

    index: int
    label: str
    unit: str = ""
    remark: str = ""


@dataclass(slots=True)
class Header:
    """The header of a grid: its rows, the columns found, and the rest.

    `found` maps a column's name to its heads, the best first; `extra` are heads no column
    matches; `unit` is a unit written above the header (单位：万元).
    """

    first_row: int
    last_row: int
    found: dict[str, list[Head]] = field(default_factory=dict)
    extra: list[Head] = field(default_factory=list)
    unit: str = ""

    def place(self, head: Head) -> tuple[int, int]:
        """Row and column number of a head."""
        return self.last_row, head.index


@lru_cache(maxsize=256)
def column_names(sheet: Sheet) -> Mapping[str, tuple[Column, int]]:
    """Every name a column of the sheet goes by, with 0 for its own name and more for aliases."""
    names: dict[str, tuple[Column, int]] = {}
    for column in sheet.columns:
        names[squeeze(column.name)] = (column, 0)
    for column in sheet.columns:
        for rank, alias in enumerate(column.aliases, start=1):
            names.setdefault(squeeze(alias), (column, rank))
    return names


def find_header(grid: Grid, sheet: Sheet) -> Header | None:
    """The header of the grid as a `sheet`, or None where the first ten rows hold none."""
    labels = _Labels(grid)
    if grid.header_row:
        return _header(labels, sheet, grid.header_row, grid.header_row)
    cells = grid.top(HEADER_ROWS)
    rows = sorted(cells)
    best = (0, 0, 0)
    for depth in range(1, _DEEPEST + 1):
        for row in rows:
            score = _score(labels, sheet, row, depth)
            if score > best[0] and (
                depth == 1 or score > _score(labels, sheet, row + 1, depth - 1)
            ):
                best = (score, row, depth)
    score, row, depth = best
    if not _enough(score, sheet, cells.get(row, {})):
        return None
    header = _header(labels, sheet, row, row + depth - 1)
    if depth < _DEEPEST and labels.grouped(row + depth - 1, _matched(header)):
        header = _header(labels, sheet, row, row + depth)
    header.unit = _unit_above(grid, row)
    return header


def _enough(score: int, sheet: Sheet, cells: Mapping[int, object]) -> bool:
    """Two columns make a header; one does in a sheet of one, or of check points (wide)."""
    if score >= min(2, len(sheet.columns)):
        return True
    return score == 1 and sheet.name == CHECKS and len(cells) > 1


class _Labels:
    """The texts of the top rows of a grid, merged ranges taken into account."""

    def __init__(self, grid: Grid) -> None:
        top = HEADER_ROWS + _DEEPEST
        rows = grid.top(top)
        self.texts = {
            (row, column): text
            for row, cells in rows.items()
            for column, raw in cells.items()
            if isinstance(raw, str) and (text := squeeze(raw))
        }
        self.cells = {(row, column) for row, cells in rows.items() for column in cells}
        self.spans = [span for span in grid.spans if span.first_row <= top]
        for span in self.spans:
            self._spread(span, top)
        self.columns = sorted({column for _, column in self.texts})

    def _spread(self, span: Span, top: int) -> None:
        """A range merged downwards says the same in each of its rows."""
        text = self.texts.get((span.first_row, span.first_column))
        if text:
            for row in range(span.first_row, min(span.last_row, top) + 1):
                self.texts[row, span.first_column] = text

    def label(self, column: int, first: int, last: int) -> str:
        """The lowest text of a column within these rows."""
        rows = range(last, first - 1, -1)
        return next((self.texts[row, column] for row in rows if (row, column) in self.texts), "")

    def below(self, column: int, row: int) -> bool:
        """Whether the cell under (row, column) holds something that is not the same label."""
        under = (row + 1, column)
        if under not in self.cells:
            return False
        return self.texts.get(under) != self.texts.get((row, column))

    def grouped(self, row: int, matched: set[int]) -> bool:
        """Whether this row has merged groups over texts, and nothing under matched columns."""
        groups = [
            span
            for span in self.spans
            if span.last_row == row
            and span.last_column > span.first_column
            and span.first_column not in matched
        ]
        parts = [
            column
            for span in groups
            for column in range(span.first_column, span.last_column + 1)
            if (row + 1, column) in self.texts
        ]
        return len(parts) > len(groups) and not any(self.below(c, row) for c in matched)


def _score(labels: _Labels, sheet: Sheet, row: int, depth: int) -> int:
    """How many columns a header of that depth from that row would find; 0 if it is no header."""
    names = column_names(sheet)
    last = row + depth - 1
    found = set()
    for column in labels.columns:
        label = labels.label(column, row, last)
        name = _match(label, names)
        if name is None:
            continue
        upper = _match(labels.label(column, row, last - 1), names) if depth > 1 else None
        if upper is not None and labels.below(column, last - 1):
            return 0  # what stands under a found column is data
        found.add(name[0].name)
    return len(found)


def _match(label: str, names: Mapping[str, tuple[Column, int]]) -> tuple[Column, int] | None:
    return next((names[text] for text, _, _ in _readings(label) if text in names), None)


@lru_cache(maxsize=4096)
def _readings(label: str) -> tuple[tuple[str, str, str], ...]:
    """(name, unit, remark) as `label` may mean them: whole, without brackets, without a tail."""
    whole = label.strip(_MARKS)
    readings = [(whole, "", "")]
    if match := _BRACKETS.fullmatch(whole):
        inner = _UNIT_WORD.sub("", match[2]).strip(_MARKS)
        is_known = is_unit(inner) or inner != match[2].strip(_MARKS)
        unit, remark = (inner, "") if is_known else ("", inner)
        readings.append((match[1].strip(_MARKS), unit, remark))
    elif (match := _TAIL.fullmatch(whole)) and is_unit(match[2]):
        readings.append((match[1].strip(_MARKS), match[2], ""))
    return tuple(readings)


def _header(labels: _Labels, sheet: Sheet, first: int, last: int) -> Header:
    names = column_names(sheet)
    header = Header(first, last)
    ranked: dict[str, list[tuple[int, int, Head]]] = {}
    for index in labels.columns:
        label = labels.label(index, first, last)
        if not label:
            continue
        for text, unit, remark in _readings(label):
            if text in names:
                column, rank = names[text]
                head = Head(index, label, unit, remark)
                ranked.setdefault(column.name, []).append((rank, index, head))
                break
        else:
            header.extra.append(Head(index, label))
    for name, heads in ranked.items():
        header.found[name] = [head for _, _, head in sorted(heads, key=lambda one: one[:2])]
    return header


def _matched(header: Header) -> set[int]:
    return {head.index for heads in header.found.values() for head in heads}


def _unit_above(grid: Grid, first: int) -> str:
    """The unit that a note above the header gives for the whole sheet, or ""."""
    for cells in grid.top(first - 1).values():
        for raw in cells.values():
            match = _SHEET_UNIT.fullmatch(squeeze(raw)) if isinstance(raw, str) else None
            if match and is_unit(match[1]):
                return match[1]
    return ""
