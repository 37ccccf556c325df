"""What stands under the header of a grid: merged ranges spread, rows that hold no data left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from starrating.records.coded import Coded
from starrating.records.notes import is_blank, is_note, no_data, squeezed
from starrating.records.raw import Grid, Raw, Span, letters

Tell = Callable[[str, str, str], None]
"""Told the code of a fault, the cell it stands in, and what that cell says."""


@dataclass(frozen=True)
class Body:
    """The rows of a grid below its header, column by column.

    `numbers` are their numbers in the file. `merged` names the range of each cell that belongs to
    one, by place of the row and number of the column; `notes` are the rows, by place, that hold
    one text merged over several columns and nothing else.
    """

    numbers: Sequence[int]
    columns: Mapping[int, Coded[Raw]]
    merged: Mapping[tuple[int, int], Span] = field(default_factory=dict)
    notes: Collection[int] = ()

    def column(self, index: int) -> Coded[Raw]:
        """A column by its number; one that the grid lacks is blank."""
        return self.columns.get(index) or Coded([None], [0] * len(self.numbers))

    def place(self, row: int, index: int) -> str:
        """Where a cell stands: its name, or the range to which it belongs."""
        span = self.merged.get((row, index)) if self.merged else None
        return str(span) if span else f"{letters(index)}{self.numbers[row]}"

    def taken(self, rows: Sequence[int]) -> Body:
        """The body of these rows alone."""
        if len(rows) == len(self.numbers):
            return self
        places = {row: place for place, row in enumerate(rows)}
        merged = {(places[r], c): span for (r, c), span in self.merged.items() if r in places}
        columns = {index: column.take(rows) for index, column in self.columns.items()}
        return Body([self.numbers[row] for row in rows], columns, merged)

    def first_cells(self) -> list[str]:
        """The name of the first filled cell of each row."""
        found = [""] * len(self.numbers)
        for index, rows in self._firsts(lambda raw: raw is not None):
            letter = letters(index)
            for row in rows:
                found[row] = f"{letter}{self.numbers[row]}"
        return found

    def data(self, heads: Mapping[int, str], wanted: Collection[int], tell: Tell) -> list[int]:
        """The rows that hold data: not blank, no note, total or repeated header (these are told).

        `heads` are the labels of the columns found, `wanted` those of which a row must fill one.
        """
        kept: list[int] = []
        repeats = self._repeats(heads)
        for index, rows in self._firsts(lambda raw: not is_blank(raw)):
            suspects = {*self.columns[index].where(is_note), *repeats, *self.notes}
            gone = {
                row for row in suspects.intersection(rows) if self._told(row, index, heads, tell)
            }
            left = [row for row in rows if row not in gone] if gone else rows
            kept.extend(left if index in wanted else self._filling(left, wanted))
        return sorted(kept)

    def _firsts(self, fills: Callable[[Raw], bool]) -> Iterator[tuple[int, Sequence[int]]]:
        """The rows by the first column that something fills."""
        left: Sequence[int] = range(len(self.numbers))
        for index, column in self.columns.items():
            codes = column.codes
            empty = {code for code, raw in enumerate(column.words) if not fills(raw)}
            yield index, [row for row in left if codes[row] not in empty] if empty else left
            left = [row for row in left if codes[row] in empty] if empty else ()
            if not left:
                return

    def _repeats(self, heads: Mapping[int, str]) -> Iterable[int]:
        """The rows that say in the first column found what its header says."""
        index, label = next(iter(heads.items()), (0, ""))
        return self.column(index).where(lambda raw: isinstance(raw, str) and squeezed(raw) == label)

    def _told(self, row: int, first: int, heads: Mapping[int, str], tell: Tell) -> bool:
        """Whether a row is no data, which is told."""
        cells = {index: column[row] for index, column in self.columns.items()}
        code = no_data(cells, first, heads, alone=row in self.notes)
        if code:
            tell(code, f"{letters(first)}{self.numbers[row]}", str(cells[first]))
        return bool(code)

    def _filling(self, rows: Iterable[int], wanted: Collection[int]) -> list[int]:
        columns = [self.columns[index] for index in sorted(wanted) if index in self.columns]
        return [row for row in rows if any(not is_blank(column[row]) for column in columns)]


def body_of(grid: Grid, last: int) -> Body:
    """What stands below the row of that number; a cell of a merged range has the value of its first."""
    below = range(bisect_right(grid.numbers, last), len(grid.numbers))
    columns = {index: column.take(below) for index, column in grid.columns.items()}
    body = Body([grid.numbers[row] for row in below], columns)
    spans = [span for span in grid.spans if span.first_row > last]
    return _spread(body, spans) if spans else body


def _spread(body: Body, spans: Iterable[Span]) -> Body:
    rows = {number: row for row, number in enumerate(body.numbers)}
    spread: dict[int, dict[int, Raw]] = {}
    merged: dict[tuple[int, int], Span] = {}
    notes: set[int] = set()
    for span in spans:
        first = rows.get(span.first_row, -1)
        filled = _filled(body, first, spread)
        raw = filled.get(span.first_column)
        if raw is None:
            continue
        wide = span.last_column > span.first_column
        if wide and len(filled) == 1 and span.first_row == span.last_row:
            notes.add(first)
            continue
        for row in _rows_of(span, rows):
            for column in range(span.first_column, span.last_column + 1):
                spread.setdefault(row, {})[column] = raw
                merged[row, column] = span
    told: dict[int, dict[int, Raw]] = {}
    for row, cells in spread.items():
        for column, raw in cells.items():
            told.setdefault(column, {})[row] = raw
    changed = {column: body.column(column).replaced(cells) for column, cells in told.items()}
    columns = dict(sorted({**body.columns, **changed}.items()))
    return replace(body, columns=columns, merged=merged, notes=notes)


def _filled(body: Body, row: int, spread: Mapping[int, Mapping[int, Raw]]) -> dict[int, Raw]:
    """The filled cells of a row, with those that ranges have spread into it."""
    if row < 0:
        return {}
    own = {index: column[row] for index, column in body.columns.items()}
    return {index: raw for index, raw in own.items() if raw is not None} | dict(spread.get(row, {}))


def _rows_of(span: Span, rows: Mapping[int, int]) -> list[int]:
    """The rows of a range that there are; others would be empty but for the range."""
    if span.last_row - span.first_row < len(rows):
        numbers = range(span.first_row, span.last_row + 1)
        return [rows[number] for number in numbers if number in rows]
    return [row for number, row in rows.items() if span.first_row <= number <= span.last_row]
