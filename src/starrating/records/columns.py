"""The columns of one grid bound to the columns of its sheet, each with its cell reader."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.cells import Reader, reader
from starrating.records.codes import CODES
from starrating.records.headers import Head, Header, column_names
from starrating.records.near import near, nearest
from starrating.records.raw import Grid, letters
from starrating.records.text import squeeze
from starrating.records.units import conversion
from starrating.records.wide import COMMON, is_point, is_wide
from starrating.schema import ORGANISATION, ORGANISATIONS, Column, ColumnType, Sheet

_LIKE_UNITS = ("元", "币", "米", "亩", "顷", "吨", "斤", "里")


@dataclass(frozen=True, slots=True)
class Bound:
    """A column with the heads it is read from: one, or several that must agree.

    `refused` columns (their unit can not be converted) give no values.
    """

    column: Column
    heads: tuple[Head, ...]
    read: Reader
    refused: bool = False

    @property
    def index(self) -> int:
        """The number of the column in the file that is read first."""
        return self.heads[0].index


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a grid offers its sheet: bound columns, columns of check points, and the rest."""

    columns: tuple[Bound, ...]
    points: tuple[Head, ...]
    extra: tuple[Head, ...]

    def has(self, name: str) -> bool:
        """Whether the grid has a column of that name."""
        return any(bound.column.name == name for bound in self.columns)


def head_origin(grid: Grid, header: Header, head: Head | None = None) -> Origin:
    """Where a head stands; without one, the first cell of the header."""
    column = head.index if head else 1
    return Origin(grid.file, sheet=grid.sheet, cell=f"{letters(column)}{header.last_row}")


def is_organisation(sheet: Sheet, column: Column) -> bool:
    """Whether the column says which organisation a row belongs to."""
    return column.name == ORGANISATION.name and sheet.name != ORGANISATIONS


def bind(grid: Grid, header: Header, sheet: Sheet, faults: list[Fault]) -> Bounds | None:
    """The columns of the grid; None where it can not be used without its 党组织 column."""
    binder = _Binder(grid, header, sheet, faults)
    columns = tuple(
        binder.bound(column, heads)
        for column in sheet.columns
        if (heads := header.found.get(column.name))
    )
    wide = is_wide(sheet, header)
    points = tuple(head for head in header.extra if wide and is_point(head))
    extra = sorted({*header.extra, *binder.left}.difference(points), key=lambda head: head.index)
    if not binder.missing(wide=wide):
        return None
    if not wide and not grid.minimal:
        binder.near_misses(extra)
    return Bounds(columns, points, tuple(extra))


class _Binder:
    """Binds one column after the other and gathers faults and heads left over."""

    def __init__(self, grid: Grid, header: Header, sheet: Sheet, faults: list[Fault]) -> None:
        self.grid = grid
        self.header = header
        self.sheet = sheet
        self.faults = faults
        self.left: list[Head] = []

    def _fault(self, code: str, head: Head | None = None, **parts: object) -> None:
        origin = head_origin(self.grid, self.header, head)
        self.faults.append(CODES.fault(code, origin, **parts))

    def bound(self, column: Column, heads: list[Head]) -> Bound:
        first, *others = heads
        if is_organisation(self.sheet, column):
            ordered = sorted(heads, key=lambda head: head.index)
            return Bound(column, tuple(ordered), reader(column))
        twins = [head for head in others if head.label == first.label]
        self.left.extend(head for head in others if head.label != first.label)
        for twin in twins:
            place = f"{letters(first.index)}{self.header.last_row}"
            self._fault("D204", twin, column=column.name, other=place)
        factor = self._factor(column, first)
        read = reader(column, factor or Fraction(1))
        return Bound(column, (first, *twins), read, refused=factor is None)

    def _factor(self, column: Column, head: Head) -> Fraction | None:
        """What numbers of the column are multiplied by; None (and a fault) if not known."""
        if column.type is not ColumnType.NUMBER:
            return Fraction(1)
        unit = head.unit
        if not unit and column.unit and head.remark.endswith(_LIKE_UNITS):
            unit = head.remark
        if not unit:
            above = conversion(self.header.unit, column.unit) if column.unit else None
            return above or Fraction(1)
        factor = conversion(unit, column.unit)
        if factor is None:
            wanted = column.unit or "规则所用的单位（表头不写单位）"
            self._fault("D205", head, column=column.name, unit=unit, wanted=wanted)
        return factor

    def missing(self, *, wide: bool) -> bool:
        """Tell the required columns that are missing; False if the sheet is of no use so."""
        useful = True
        labels = [head.label for head in self.header.extra]
        for column in self.sheet.columns:
            if not column.required or column.name in self.header.found:
                continue
            if is_organisation(self.sheet, column):
                self._fault("D203", column=column.name)
                useful = False
            elif not self.grid.minimal and not (wide and column.name in {"检查项目", "结果"}):
                self._fault("D202", column=column.name, near=near(column.name, labels))
        return useful

    def near_misses(self, extra: list[Head]) -> None:
        """Name the columns that extra headers may have meant; they are never taken."""
        missing = {
            name: column.name
            for name, (column, _) in column_names(self.sheet).items()
            if column.name not in self.header.found and not column.required
        }
        for head in extra:
            if head.label in COMMON:
                continue
            close = nearest(squeeze(head.label), missing, count=1, cutoff=0.66)
            if close:
                self._fault("D206", head, header=head.label, near=missing[close[0]])
