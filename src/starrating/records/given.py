"""Records from rows written in a rulebook's cases (`given:`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.assemble import assemble
from starrating.records.codes import CODES
from starrating.records.model import Records
from starrating.records.raw import Grid, Raw
from starrating.records.tables import grid_of_rows
from starrating.schema import ORGANISATION, ORGANISATIONS, Schema, Sheet

Row = dict[str, str | None]
Given = Mapping[str, Sequence[Mapping[str, str | None]]]
"""Sheet to rows; a row maps a column to its text, None or "" for blank."""

ALONE = "0001"
"""The organisation of a case that names none."""
_CODE, _NAME = "党组织代码", "党组织名称"
_ALONE_ROW = {_CODE: ALONE, _NAME: ALONE, "成立日期": "2010-01-01", "是否参评": "是"}


def records_from_rows(given: Given, schema: Schema, origin_file: str) -> Records:
    """The records that a case gives, typed by column like the cells of a file.

    A sheet with no rows is supplied and empty. Without a 党组织 sheet there is one organisation,
    0001, founded 2010-01-01, that is rated and in scope. With one organisation rows may leave
    out 党组织, and it may leave out its code (0001) and name. Places read `origin_file!sheet!B2`.
    """
    sheets: dict[str, list[Row]] = {
        name: [dict(row) for row in rows] for name, rows in given.items()
    }
    registered = sheets.setdefault(ORGANISATIONS, [dict(_ALONE_ROW)])
    if len(registered) == 1:
        _only(registered[0], sheets, schema)
    grids: list[Grid] = []
    faults: list[Fault] = []
    for name, rows in sheets.items():
        sheet = schema.sheet(name)
        if sheet is None:
            faults.append(CODES.fault("D215", Origin(origin_file, sheet=name), name=name))
        else:
            grids.append(_grid(origin_file, sheet, rows))
    records = assemble(grids, schema, faults)
    unknown = (
        CODES.fault("D216", Origin(one.file, sheet=one.sheet), column=one.column)
        for one in records.unused
    )
    return replace(records, faults=in_order((*records.faults, *unknown)), unused=())


def _only(alone: Row, sheets: Mapping[str, list[Row]], schema: Schema) -> None:
    """Give the only organisation a code, and its rows the organisation."""
    code = alone.get(_CODE) or alone.get(_NAME) or ALONE
    alone.setdefault(_CODE, code)
    alone.setdefault(_NAME, code)
    for name, rows in sheets.items():
        sheet = schema.sheet(name)
        if name == ORGANISATIONS or sheet is None or not sheet.column(ORGANISATION.name):
            continue
        for row in rows:
            row.setdefault(ORGANISATION.name, code)


def _grid(file: str, sheet: Sheet, rows: Sequence[Row]) -> Grid:
    """The rows under a header of the columns they name; a case may name as few as it needs."""
    own = [ORGANISATION.name] if sheet.column(ORGANISATION.name) else []
    names = list(dict.fromkeys([*own, *(column for row in rows for column in row)]))
    names = names or [sheet.columns[0].name]
    body: list[Sequence[Raw]] = [[row.get(column) for column in names] for row in rows]
    grid = grid_of_rows(file, sheet.name, [names, *body])
    grid.header_row, grid.minimal = 1, True
    return grid
