"""One grid as rows of its sheet: typed cells, faults with their place, columns left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from starrating.faults import Fault
from starrating.limits import HEADER_ROWS, MAX_COLUMNS
from starrating.origin import Origin
from starrating.records.body import body_of
from starrating.records.cells import Reader
from starrating.records.coded import Coded
from starrating.records.codes import CODES
from starrating.records.columns import Bound, Bounds, bind, head_origin, is_organisation
from starrating.records.headers import Header, find_header
from starrating.records.model import UNREADABLE, Cell, Unused
from starrating.records.notes import is_blank
from starrating.records.raw import Grid, letters
from starrating.records.rows import Block
from starrating.records.text import tidy
from starrating.records.trouble import Trouble, shorten
from starrating.records.wide import Point, answer_reader, points_of
from starrating.schema import Sheet

Resolve = Callable[[str, Origin, list[Fault]], str]
"""The code of the organisation that a text names, or "" (and a fault)."""


@dataclass(frozen=True, slots=True)
class GridRead:
    """What a grid gave: the columns it has, its rows, and columns nothing asked for."""

    block: Block
    extra: tuple[Unused, ...]


def read_grid(
    grid: Grid, sheet: Sheet, resolve: Resolve | None, faults: list[Fault]
) -> GridRead | None:
    """The rows of a grid as a `sheet`; None where it counts as not supplied (a fault says why).

    `resolve` finds the organisation of a row; None for the 党组织 sheet itself.
    """
    _tell_oddities(grid, faults)
    if not grid.numbers:
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
    """Reads the rows under a header, column by column."""

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
        self.body = body_of(grid, header.last_row)
        self.elsewhere: dict[int, dict[str, str]] = {}

    def read(self) -> GridRead:
        bounds = self.bounds.columns
        extra = tuple(self._extra())
        heads = {bound.index: bound.heads[0].label for bound in bounds}
        wanted = {head.index for bound in bounds for head in bound.heads}
        wanted.update(head.index for head in self.bounds.points)
        self.body = self.body.taken(self.body.data(heads, wanted, self._told))
        self._merged()
        owners = Coded([""], [0] * len(self.body.numbers))
        columns: dict[str, Coded[Cell]] = {}
        for bound in bounds:
            if is_organisation(self.sheet, bound.column):
                owners, cells = self._organisations(bound)
            else:
                cells = self._cells(bound)
            if bound.column.required:
                for row in cells.where(lambda cell: cell is None):
                    self._fault("D301", self.body.place(row, bound.index), column=bound.column.name)
            columns[bound.column.name] = cells
        block = Block(
            self.grid.file,
            self.grid.sheet,
            self.body.numbers,
            self.body.first_cells(),
            owners,
            columns,
            {bound.column.name: letters(bound.index) for bound in bounds},
            self.elsewhere,
        )
        return GridRead(self._points(block) if self.bounds.points else block, extra)

    def _fault(self, code: str, cell: str, **parts: object) -> None:
        origin = Origin(self.grid.file, sheet=self.grid.sheet, cell=cell)
        self.faults.append(CODES.fault(code, origin, **parts))

    def _told(self, code: str, cell: str, text: str) -> None:
        self._fault(code, cell, text=shorten(tidy(text)))

    def _merged(self) -> None:
        """Note the places of columns whose cell belongs to a merged range."""
        names = {bound.index: bound.column.name for bound in self.bounds.columns}
        for (row, index), span in self.body.merged.items():
            if index in names:
                self.elsewhere.setdefault(row, {})[names[index]] = str(span)

    def _read(self, index: int, read: Reader) -> Coded[Cell]:
        """A column of the file as cells; those that can not be read are told, each in its place."""
        found = self.body.column(index).turned(read)
        for row in found.where(lambda cell: isinstance(cell, Trouble)):
            trouble = found[row]
            assert isinstance(trouble, Trouble)
            self._fault(trouble.code, self.body.place(row, index), **dict(trouble.parts))
        return found.turned(lambda cell: UNREADABLE if isinstance(cell, Trouble) else cell)

    def _cells(self, bound: Bound) -> Coded[Cell]:
        if bound.refused:
            column = self.body.column(bound.index)
            return column.turned(lambda raw: None if is_blank(raw) else UNREADABLE)
        first, *others = [self._read(head.index, bound.read) for head in bound.heads]
        return self._agreed(bound, (first, *others)) if others else first

    def _agreed(self, bound: Bound, twins: Sequence[Coded[Cell]]) -> Coded[Cell]:
        """A column that stands in the file several times: unreadable where it differs."""
        cells = Coded.beside(twins)
        for row in cells.where(_differ):
            held = [place for place, cell in enumerate(cells[row]) if cell is not None]
            one, other = (bound.heads[place].index for place in held[:2])
            self._fault(
                "D322",
                self.body.place(row, other),
                column=bound.column.name,
                one=shorten(str(self.body.column(one)[row])),
                other=shorten(str(self.body.column(other)[row])),
            )
        return cells.turned(lambda each: UNREADABLE if _differ(each) else _first(each))

    def _organisations(self, bound: Bound) -> tuple[Coded[str], Coded[Cell]]:
        """The codes of the rows' organisations, and the column as cells: by the code or the name of
        each, or both if they agree."""
        named = Coded.beside([self._read(head.index, bound.read) for head in bound.heads])
        codes = self._codes(named.words)
        meant = named.turned(lambda texts: _meant(texts, codes))
        for row in meant.where(lambda one: one.faulty or one.head > 0):
            self._tell_organisation(row, bound, named[row], codes, meant[row])
        return meant.turned(lambda one: one.code), meant.turned(lambda one: one.cell)

    def _codes(self, lines: Iterable[tuple[Cell, ...]]) -> dict[str, str]:
        """The code that each text means, "" for none."""
        assert self.resolve is not None
        place = Origin(self.grid.file, sheet=self.grid.sheet)
        codes: dict[str, str] = {}
        for text in chain.from_iterable(lines):
            if isinstance(text, str) and text not in codes:
                codes[text] = self.resolve(text, place, [])
        return codes

    def _tell_organisation(
        self,
        row: int,
        bound: Bound,
        texts: tuple[Cell, ...],
        codes: Mapping[str, str],
        meant: _Meant,
    ) -> None:
        """Note where the text stands that a row is named by, and tell why it is nobody's."""
        assert self.resolve is not None
        cells = [self.body.place(row, head.index) for head in bound.heads]
        if meant.head > 0:
            self.elsewhere.setdefault(row, {})[bound.column.name] = cells[meant.head]
        named = [codes[text] if isinstance(text, str) else None for text in texts]
        for text, code, cell in zip(texts, named, cells, strict=True):
            if isinstance(text, str) and not code:
                place = Origin(self.grid.file, sheet=self.grid.sheet, cell=cell)
                self.resolve(text, place, self.faults)
        if meant.other:
            self._fault("D406", cells[meant.other], one=named[meant.head], other=named[meant.other])

    def _points(self, block: Block) -> Block:
        """Wide rows as one row a check point; a blank cell records nothing (step 4)."""
        read = answer_reader()
        points = [
            Point(
                head.label,
                head_origin(self.grid, self.header, head).cell or "",
                self._read(head.index, read),
                partial(self.body.place, index=head.index),
            )
            for head in self.bounds.points
        ]
        return points_of(block, points)

    def _extra(self) -> Iterator[Unused]:
        for head in self.bounds.extra:
            filled = self.body.column(head.index).where(lambda raw: not is_blank(raw))
            yield Unused(self.grid.file, self.grid.sheet, head.label, len(filled))


def _differ(cells: tuple[Cell, ...]) -> bool:
    return len({repr(cell) for cell in cells if cell is not None}) > 1


def _first(cells: tuple[Cell, ...]) -> Cell:
    return next((cell for cell in cells if cell is not None), None)


@dataclass(frozen=True, slots=True)
class _Meant:
    """Which organisation a row names: its code and cell, and the head under which it does first.

    `faulty` rows name what is not known, or two organisations: another one under the head `other`.
    """

    code: str
    cell: Cell
    head: int = 0
    faulty: bool = False
    other: int = 0


def _meant(texts: tuple[Cell, ...], codes: Mapping[str, str]) -> _Meant:
    named = [codes[text] if isinstance(text, str) else None for text in texts]
    different = list(dict.fromkeys(filter(None, named)))
    failed = "" in named
    if len(different) > 1:
        one, other = different[:2]
        return _Meant("", UNREADABLE, named.index(one), faulty=True, other=named.index(other))
    if different and not failed:
        (code,) = different
        return _Meant(code, code, named.index(code))
    return _Meant("", UNREADABLE if failed or UNREADABLE in texts else None, faulty=failed)
