"""From grids to records: sheets by name, organisations first, then every row to its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.records.checks import check_rows
from starrating.records.codes import CODES
from starrating.records.grids import GridRead, Resolve, read_grid
from starrating.records.model import Cell, Records, Row, Table, Unused
from starrating.records.near import nearest
from starrating.records.organisations import Directory, directory
from starrating.records.raw import Grid
from starrating.records.rows import Rows
from starrating.records.text import squeeze
from starrating.schema import CHANGES, ORGANISATIONS, Schema, Sheet

Used = Mapping[str, frozenset[str]]
"""Sheet to the columns that the rulebooks of a review read."""
_NO_INPUTS: Mapping[str, bytes] = MappingProxyType({})


def nothing(schema: Schema, faults: Iterable[Fault], inputs: Mapping[str, bytes]) -> Records:
    """Records of which nothing could be read, with the fatal fault that says why."""
    return Records(schema, MappingProxyType({}), (), in_order(faults), inputs)


def assemble(
    grids: Iterable[Grid],
    schema: Schema,
    faults: Iterable[Fault] = (),
    *,
    inputs: Mapping[str, bytes] = _NO_INPUTS,
    used: Used | None = None,
) -> Records:
    """The records that the grids hold, whatever their order; `faults` are those found before."""
    gathered = list(faults)
    if any(fault.level is Level.FATAL for fault in gathered):
        return nothing(schema, gathered, inputs)
    ordered = sorted(grids, key=lambda grid: (grid.file, grid.sheet))
    reader = _Assembler(schema, gathered)
    by_sheet = reader.sorted_out(ordered)
    if ORGANISATIONS not in by_sheet:
        place = Origin(ordered[0].file if ordered else "")
        return nothing(schema, [*gathered, CODES.fault("D112", place, sheet=ORGANISATIONS)], inputs)
    tables, known = reader.tables(by_sheet)
    if not known.organisations:
        place = Origin(by_sheet[ORGANISATIONS][0].file, sheet=by_sheet[ORGANISATIONS][0].sheet)
        gathered.append(CODES.fault("D119", place, sheet=ORGANISATIONS))
        return nothing(schema, gathered, inputs)
    gathered.extend(check_rows(schema, tables, known.organisations))
    return Records(
        schema,
        MappingProxyType(tables),
        known.organisations,
        in_order(gathered),
        inputs,
        known.named,
        tuple(sorted([*reader.unused, *_unread(tables, used)], key=_unused_key)),
    )


def _unused_key(one: Unused) -> tuple[str, str, str]:
    return one.file, one.sheet, one.column


class _Assembler:
    """Reads grids sheet by sheet, gathering faults and what nothing asked for."""

    def __init__(self, schema: Schema, faults: list[Fault]) -> None:
        self.schema = schema
        self.faults = faults
        self.unused: list[Unused] = []

    def sorted_out(self, grids: list[Grid]) -> dict[str, list[Grid]]:
        """The grids of each sheet known by name or alias; the others are listed as unused."""
        names = sheet_names(self.schema)
        by_sheet: dict[str, list[Grid]] = {}
        for grid in grids:
            name = names.get(squeeze(grid.sheet))
            if name:
                by_sheet.setdefault(name, []).append(grid)
            else:
                self._unknown(grid, names)
        return by_sheet

    def _unknown(self, grid: Grid, names: Mapping[str, str]) -> None:
        self.unused.append(Unused(grid.file, grid.sheet, "", len(grid.numbers)))
        close = nearest(squeeze(grid.sheet), names, count=1, cutoff=0.66)
        if close and grid.numbers:
            place = Origin(grid.file, sheet=grid.sheet)
            fault = CODES.fault("D207", place, name=grid.sheet, near=names[close[0]])
            self.faults.append(fault)

    def tables(self, by_sheet: Mapping[str, list[Grid]]) -> tuple[dict[str, Table], Directory]:
        """The tables in the order of the schema, and the organisations."""
        sheet = self.schema.sheets[ORGANISATIONS]
        registered = self._read(by_sheet[ORGANISATIONS], sheet, None)
        known = directory(Rows(read.block for read in registered), self.faults)
        tables: dict[str, Table] = {}
        for name, sheet in self.schema.sheets.items():
            if name == ORGANISATIONS:
                own = (organisation.row for organisation in known.organisations)
                parents = tuple(_with_codes(row, ("上级党组织",), known) for row in own)
                tables[name] = _table(sheet, registered, parents)
            elif name in by_sheet:
                reads = self._read(by_sheet[name], sheet, known.resolve)
                if reads:
                    tables[name] = _table(sheet, reads, _rows(sheet, reads, known))
        rows = tables[ORGANISATIONS].rows
        organisations = tuple(
            replace(organisation, row=row)
            for organisation, row in zip(known.organisations, rows, strict=True)
        )
        return tables, replace(known, organisations=organisations)

    def _read(self, grids: list[Grid], sheet: Sheet, resolve: Resolve | None) -> list[GridRead]:
        reads = []
        for grid in grids:
            read = read_grid(grid, sheet, resolve, self.faults)
            if read:
                reads.append(read)
                self.unused.extend(read.extra)
        return reads


def sheet_names(schema: Schema) -> dict[str, str]:
    """Every name a sheet goes by to its own name; a sheet's own name goes before aliases."""
    names = {squeeze(name): name for name in schema.sheets}
    for name, sheet in schema.sheets.items():
        for alias in sheet.aliases:
            names.setdefault(squeeze(alias), name)
    return names


def _table(sheet: Sheet, reads: list[GridRead], rows: Sequence[Row]) -> Table:
    """All rows of a sheet with the columns any of its grids has, in the sheet's order."""
    present = {name for read in reads for name in read.block.columns}
    columns = tuple(column.name for column in sheet.columns if column.name in present)
    return Table(sheet.name, columns, rows)


def _rows(sheet: Sheet, reads: list[GridRead], known: Directory) -> Sequence[Row]:
    rows = Rows(read.block for read in reads)
    if sheet.name == CHANGES:
        return tuple(_with_codes(row, ("原党组织", "现党组织"), known) for row in rows)
    return rows


def _with_codes(row: Row, columns: tuple[str, ...], known: Directory) -> Row:
    """The row with names in those columns replaced by codes, where they are known."""
    codes: dict[str, Cell] = {}
    for column in columns:
        value = row.value(column)
        code = known.known(value) if isinstance(value, str) else None
        if code is not None:
            codes[column] = code
    return replace(row, values={**row.values, **codes}) if codes else row


def _unread(tables: Mapping[str, Table], used: Used | None) -> Iterable[Unused]:
    """Columns of known sheets that the rulebooks do not read, where `used` tells which they do."""
    if used is None:
        return
    for name, table in tables.items():
        counts: dict[tuple[str, str, str], int] = {}
        for file, sheet, column, filled in _filled(table.rows):
            if column in table.columns and column not in used.get(name, ()):
                key = (file, sheet, column)
                counts[key] = counts.get(key, 0) + filled
        for (file, sheet, column), count in counts.items():
            yield Unused(file, sheet, column, count)


def _filled(rows: Sequence[Row]) -> Iterator[tuple[str, str, str, int]]:
    """How many cells the columns of each file and sheet fill, where it has rows."""
    if isinstance(rows, Rows):
        for block in filter(len, rows.blocks):
            for name, column in block.columns.items():
                filled = len(column.where(lambda cell: cell is not None))
                yield block.file, block.sheet, name, filled
        return
    for row in rows:
        for name in row.cells:
            yield row.origin.file, row.origin.sheet or "", name, int(row.value(name) is not None)
