"""Rows under a header."""

from __future__ import annotations

from starrating.records.body import body_of
from starrating.records.raw import Span

from .books import grid

HEADS = {1: "党组织", 2: "类型"}


def test_rows_that_hold_data() -> None:
    """Totals, notes and repeated headers are told, each with what stands first in it."""
    lines = (
        ("党组织", "类型"),
        ("0101", "党课"),
        ("合计", 3),
        ("党组织", "类型"),
        ("　", "党课"),
        (None, None, "远"),
    )
    told: list[tuple[str, str, str]] = []
    rows = body_of(grid(*lines), 1).data(HEADS, {1, 2}, lambda *what: told.append(what))
    assert rows == [0, 3]
    assert told == [("D210", "A3", "合计"), ("D211", "A4", "党组织")]


def test_places_and_first_cells() -> None:
    """Their names in the file, and the range of a merged cell; rows may be taken out."""
    one = grid(("党组织", "类型"), (None, "党课"), ("0101", "党课"), (None, None, "x"))
    one.spans = (Span(3, 1, 4, 1),)
    body = body_of(one, 1)
    assert body.first_cells() == ["B2", "A3", "A4"]
    assert list(body.column(1).cells()) == [None, "0101", "0101"]
    last = body.taken([2])
    assert (last.numbers, last.first_cells(), last.place(0, 1)) == ([4], ["A4"], "A3:A4")
    assert (last.place(0, 3), list(last.column(9).cells())) == ("C4", [None])
