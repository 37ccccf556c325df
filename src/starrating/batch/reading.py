"""One organisation of a batch, read as an ordinary review tells it: with sentences.

It and all whom it is compared with are taken out of the parts, with the places of their rows, and
reviewed as any other data are; what nobody compares with them changes no row of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from starrating.batch.arrow import one_array
from starrating.batch.closure import NOBODY, compared_with
from starrating.batch.columns import coded_column
from starrating.batch.files import open_table
from starrating.batch.ground import Ground
from starrating.batch.opening import ground_of
from starrating.batch.parts import CODE, NAME
from starrating.batch.source import Source, source_of
from starrating.batch.table import Unusable, places_of
from starrating.faults import in_order
from starrating.records.assemble import assemble
from starrating.records.coded import Coded
from starrating.records.raw import Grid, Raw
from starrating.records.tables import plain_value
from starrating.records.text import tidy
from starrating.reviewing import Outcome, Request
from starrating.reviewing.prepared import Prepared, prepare
from starrating.reviewing.request import DATA, USAGE
from starrating.reviewing.whole import review_records
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.schema import ORGANISATIONS, Schema


def review_one(request: Request, subject: str) -> Outcome:
    """The ordinary review of one organisation of a batch folder (by code or name) and of all whom
    it is compared with; their rows are those that the batch has, with sentences."""
    ground, prepared = ground_of(request), prepare(request)
    if not isinstance(ground, Ground):
        return ground
    assert isinstance(prepared, Prepared)
    books = [each.book for each in prepared.choices.chosen]
    schema = schema_of(books)
    source, faults = source_of(request.data, schema)
    if source is None:
        return Outcome(None, None, in_order(faults), DATA)
    try:
        wanted = compared_with(source, ground.settings, subject)
        grids = list(_grids(source, schema, wanted))
    except Unusable as error:
        unknown = any(fault.code == NOBODY for fault in error.faults)
        return Outcome(None, None, error.faults, USAGE if unknown else DATA)
    return review_records(prepared, assemble(grids, schema, used=columns_read(books, schema)))


def _grids(source: Source, schema: Schema, wanted: frozenset[str]) -> Iterator[Grid]:
    """The rows of these organisations of every sheet and part, where they stand."""
    for sheet, files in source.files.items():
        declared = schema.sheet(sheet)
        assert declared is not None
        for part, path in files.items():
            table = open_table(source, sheet, part)
            places = places_of(declared, table.names)
            keys = (CODE, NAME) if sheet == ORGANISATIONS else (ORGANISATIONS,)
            key = next((places[each] for each in keys if each in places), None)
            if key is None:
                continue
            entries, codes = coded_column(one_array(table.column(key)))
            own = [
                place
                for place, entry in enumerate(entries.to_pylist())
                if tidy(str(entry)) in wanted
            ]
            at = np.flatnonzero(np.isin(codes, own))
            names = list(dict.fromkeys(table.names))
            columns = {
                number: _column(name, table.column(name).take(at).to_pylist())
                for number, name in enumerate(names, start=1)
            }
            numbers = [1, *(place + 2 for place in at.tolist())]
            yield Grid(f"{sheet}/{path.name}", sheet, numbers, columns, header_row=1)


def _column(name: str, cells: Sequence[object]) -> Coded[Raw]:
    """A column of the file under its name."""
    raws = Coded.of([name, *map(plain_value, cells)])
    return raws.turned(lambda raw: None if raw == "" else raw)
