"""Rows of organisations in scope that no measure reaches: one line a sheet (step 2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from starrating.engine.codes import CODES
from starrating.engine.setting import Setting
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.model import Row
from starrating.schema import ORGANISATIONS


def unreached(
    settings: Sequence[Setting], codes: Collection[str], reached: Callable[[str, Row], bool]
) -> Iterator[Fault]:
    """E111 for every sheet that a measure asks for and that holds rows none reaches.

    `settings` are those of all rulebooks of a review, `codes` the organisations in scope of any,
    `reached` says of a row of a sheet whether some measure of some rulebook reaches it.
    """
    asked = {
        rule.sheet
        for setting in settings
        for rule in setting.book.measures.values()
        if rule.sheet is not None and rule.sheet != ORGANISATIONS
    }
    for name in sorted(asked):
        rows = [
            row
            for row in settings[0].records.rows(name)
            if row.organisation in codes and not reached(name, row)
        ]
        if rows:
            place = Origin(rows[0].origin.file, sheet=rows[0].origin.sheet)
            yield CODES.fault("E111", place, count=len(rows))
