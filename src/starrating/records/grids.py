"""One grid as rows of its sheet: typed cells, faults with their place, columns left over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starrating.faults import Fault
from starrating.limits import HEADER_ROWS, MAX_COLUMNS
from starrating.origin import Origin
from starrating.records.cells import Reader
from starrating.records.codes import CODES
from starrating.records.columns import Bound, Bounds, bind, head_origin, is_organisation
from starrating.records.headers import Header, find_header
from starrating.records.model import UNREADABLE, Cell, Row, Unreadable, Unused
from starrating.records.notes import is_blank, no_data
from starrating.records.raw import Grid, Places, Raw, Span, letters
from starrating.records.text import tidy
from starrating.records.trouble import Trouble, shorten
from starrating.records.wide import answer_reader, point_row
from starrating.schema import Sheet

Resolve = Callable[[str, Origin, list[Fault]], str]
"""The code of the organisation that a text names, or "" (and a fault)."""

_AS_USUAL: dict[str, str] = {}
"""No cell of a row stands elsewhere than in its column."""


@dataclass(frozen=True, slots=True)
class GridRead:
    """What a grid gave: the columns it has, its rows, and columns nothing asked for."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    extra: tuple[Unused, ...]


def read_grid(
    grid: Grid, sheet: Sheet, resolve: Resolve | None, faults: list[Fault]
) -> GridRead | None:
    """The rows of a grid as a `sheet`; None where it counts as not supplied (a fault says why).

    `resolve` finds the organisation of a row; None for the 党组织 sheet itself.
    """
    _tell_oddities(grid, faults)
    if not grid.rows:
        faults.append(CODES.fault("D212", Origin(grid.file, sheet=grid.sheet)))
        return None
    header = find_header(grid, sheet)
    if header is None:
        required = "、".join(column.name for column in sheet.columns if column.required)
        origin = Origin(grid.file, sheet=grid.sheet)
        fault = CODES.fault(
            "D201", origin, rows=HEADER_ROWS, sheet=sheet.name, columns=required or "规定的列名"
        )
        faults.append(fault)
        return None
    bounds = bind(grid, header, sheet, faults)
    if bounds is None:
        return None
    return _GridReader(grid, header, sheet, bounds, resolve=resolve, faults=faults).read()


def _tell_oddities(grid: Grid, faults: list[Fault]) -> None:
    place = Origin(grid.file, sheet=grid.sheet)
    if grid.hidden:
        faults.append(CODES.fault("D208", place))
    if grid.hidden_rows:
        first = Origin(grid.file, sheet=grid.sheet, cell=f"A{grid.hidden_rows[0]}")
        faults.append(CODES.fault("D209", first, count=len(grid.hidden_rows)))
    if grid.beyond:
        origin = Origin(grid.file, sheet=grid.sheet, cell=grid.beyond)
        faults.append(CODES.fault("D214", origin, limit=MAX_COLUMNS))


class _GridReader:
    """Reads the rows under a header."""

    def __init__(
        self,
        grid: Grid,
        header: Header,
        sheet: Sheet,
        bounds: Bounds,
        *,
        resolve: Resolve | None,
        faults: list[Fault],
    ) -> None:
        self.grid = grid
        self.header = header
        self.sheet = sheet
        self.bounds = bounds
        self.resolve = resolve
        self.faults = faults
        self.answer = answer_reader()
        self.heads = {bound.index: bound.heads[0].label for bound in bounds.columns}
        self.wanted = {
            *(head.index for bound in bounds.columns for head in bound.heads),
            *(head.index for head in bounds.points),
        }
        self.codes: dict[str, str] = {}
        self.columns = {bound.column.name: letters(bound.index) for bound in bounds.columns}
        self.bound = [
            (bound.column.name, bound, bound.index, self._plain_reader(bound))
            for bound in bounds.columns
        ]
        self.merged: dict[tuple[int, int], Span] = {}
        self.notes: set[int] = set()
        self._expand()

    def read(self) -> GridRead:
        names = [bound.column.name for bound in self.bounds.columns]
        if self.bounds.points:
            names += ["检查项目", "结果"]
        rows = tuple(self._rows())
        return GridRead(tuple(names), rows, tuple(self._extra()))

    def _rows(self) -> Iterator[Row]:
        for number in sorted(self.grid.rows):
            if number <= self.header.last_row:
                continue
            cells = self.grid.rows[number]
            if self._is_data(number, cells):
                row = self._row(number, cells)
                if self.bounds.points:
                    yield from self._points(number, cells, row)
                else:
                    yield row

    def _expand(self) -> None:
        """Give every cell of a range merged below the header the value of its first cell."""
        for span in self.grid.spans:
            cells = self.grid.rows.get(span.first_row, {})
            raw = cells.get(span.first_column)
            if raw is None or span.first_row <= self.header.last_row:
                continue
            wide = span.last_column > span.first_column
            if wide and len(cells) == 1 and span.first_row == span.last_row:
                self.notes.add(span.first_row)
                continue
            for row in self._rows_of(span):
                for column in range(span.first_column, span.last_column + 1):
                    self.grid.rows[row][column] = raw
                    self.merged[row, column] = span

    def _rows_of(self, span: Span) -> list[int]:
        """The rows of a range that the grid has; others would be empty but for the range."""
        if span.last_row - span.first_row < len(self.grid.rows):
            numbers = range(span.first_row, span.last_row + 1)
            return [row for row in numbers if row in self.grid.rows]
        return [row for row in self.grid.rows if span.first_row <= row <= span.last_row]

    def _fault(self, code: str, cell: str, **parts: object) -> None:
        origin = Origin(self.grid.file, sheet=self.grid.sheet, cell=cell)
        self.faults.append(CODES.fault(code, origin, **parts))

    def _is_data(self, number: int, cells: dict[int, Raw]) -> bool:
        """Whether a row holds data: not blank, not a note, total or repeated header."""
        first = next((index for index in sorted(cells) if not is_blank(cells[index])), 0)
        if not first:
            return False
        code = no_data(cells, first, self.heads, alone=number in self.notes)
        if code:
            text = shorten(tidy(str(cells[first])))
            self._fault(code, f"{letters(first)}{number}", text=text)
            return False
        return first in self.wanted or any(not is_blank(cells.get(index)) for index in self.wanted)

    def _place(self, number: int, index: int) -> str:
        span = self.merged.get((number, index)) if self.merged else None
        return str(span) if span else f"{letters(index)}{number}"

    def _row(self, number: int, cells: dict[int, Raw]) -> Row:
        values: dict[str, Cell] = {}
        elsewhere = self._elsewhere(number)
        organisation = ""
        value: Cell | Trouble
        for name, bound, index, read in self.bound:
            if read is not None:
                raw = cells.get(index)
                value = None if raw is None else read(raw)
                if isinstance(value, Trouble):
                    value = self._unreadable(number, index, value)
            elif is_organisation(self.sheet, bound.column):
                organisation, value = self._organisation(number, cells, bound, elsewhere)
            elif bound.refused:
                value = None if is_blank(cells.get(index)) else UNREADABLE
            else:
                value = self._twins(number, cells, bound)
            if value is not None:
                values[name] = value
            elif bound.column.required:
                self._fault("D301", self._place(number, index), column=name)
        first = f"{letters(min(cells))}{number}"
        origin = Origin(self.grid.file, sheet=self.grid.sheet, cell=first)
        return Row(
            organisation, values, origin, Places(self.columns, number, elsewhere or _AS_USUAL)
        )

    def _elsewhere(self, number: int) -> dict[str, str]:
        """The places of columns whose cell in this row belongs to a merged range."""
        if not self.merged:
            return {}
        spans = {name: self.merged.get((number, index)) for name, _, index, _ in self.bound}
        return {name: str(span) for name, span in spans.items() if span}

    def _plain_reader(self, bound: Bound) -> Reader | None:
        """The reader of a column that stands once, with units known, and names no organisation."""
        special = is_organisation(self.sheet, bound.column) or bound.refused or len(bound.heads) > 1
        return None if special else bound.read

    def _read(self, number: int, index: int, read: Reader, raw: Raw) -> Cell:
        value = read(raw)
        return self._unreadable(number, index, value) if isinstance(value, Trouble) else value

    def _unreadable(self, number: int, index: int, trouble: Trouble) -> Unreadable:
        self._fault(trouble.code, self._place(number, index), **dict(trouble.parts))
        return UNREADABLE

    def _twins(self, number: int, cells: dict[int, Raw], bound: Bound) -> Cell:
        """The value of a column that stands in the file twice: unreadable where they differ."""
        raws = [(head.index, cells.get(head.index)) for head in bound.heads]
        read = [(index, self._read(number, index, bound.read, raw)) for index, raw in raws]
        filled = [(index, value) for index, value in read if value is not None]
        if len({repr(value) for _, value in filled}) <= 1:
            return filled[0][1] if filled else None
        (one, _), (other, _) = filled[0], filled[1]
        self._fault(
            "D322",
            self._place(number, other),
            column=bound.column.name,
            one=shorten(str(cells[one])),
            other=shorten(str(cells[other])),
        )
        return UNREADABLE

    def _organisation(
        self, number: int, cells: dict[int, Raw], bound: Bound, places: dict[str, str]
    ) -> tuple[str, Cell]:
        """The code of the row's organisation, by its code or its name, or both if they agree."""
        codes: dict[str, str] = {}
        unreadable = failed = False
        for head in bound.heads:
            value = self._read(number, head.index, bound.read, cells.get(head.index))
            unreadable = unreadable or value is UNREADABLE
            if isinstance(value, str) and self.resolve:
                place = self._place(number, head.index)
                code = self.codes.get(value) or self._resolved(value, place)
                failed = failed or not code
                if code:
                    codes.setdefault(code, place)
        if len(codes) > 1:
            (one, first), (other, second) = list(codes.items())[:2]
            places[bound.column.name] = first
            self._fault("D406", second, one=one, other=other)
            return "", UNREADABLE
        if codes and not failed:
            ((code, place),) = codes.items()
            if len(bound.heads) > 1:
                places[bound.column.name] = place
            return code, code
        return "", UNREADABLE if unreadable or failed else None

    def _resolved(self, name: str, place: str) -> str:
        """The code of a name not met before; "" and a fault if there is none."""
        assert self.resolve is not None
        origin = Origin(self.grid.file, sheet=self.grid.sheet, cell=place)
        code = self.resolve(name, origin, self.faults)
        if code:
            self.codes[name] = code
        return code

    def _points(self, number: int, cells: dict[int, Raw], row: Row) -> Iterator[Row]:
        """A wide row as one row a check point; a blank cell records nothing (step 4)."""
        for head in self.bounds.points:
            value = self._read(number, head.index, self.answer, cells.get(head.index))
            if value is not None:
                top = head_origin(self.grid, self.header, head).cell or ""
                yield point_row(row, head.label, value, top, self._place(number, head.index))

    def _extra(self) -> Iterator[Unused]:
        for head in self.bounds.extra:
            filled = sum(
                not is_blank(cells.get(head.index))
                for number, cells in self.grid.rows.items()
                if number > self.header.last_row
            )
            yield Unused(self.grid.file, self.grid.sheet, head.label, filled)
