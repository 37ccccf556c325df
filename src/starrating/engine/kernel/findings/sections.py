"""The findings of sections and of the total (step 14)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Ints
from starrating.engine.kernel.findings.columns import Node, Sink
from starrating.engine.kernel.scoring.sections import Move
from starrating.engine.kernel.scoring.totals import TotalColumns

_MESSAGES = {
    "base": "F134",
    "leave_out": "F131",
    "section_clamp": "F135",
    "scale": "F133",
    "weight": "F132",
    "clamp": "F136",
    "zeroed": "F123",
    "round": "F137",
}
TOTAL = "总分"


def section_findings(sink: Sink, total: TotalColumns, first: int, n: int) -> int:
    """The steps from the items to the sections and from the sections to the total; rows are
    ordered from `first` on, and the next free order is returned."""
    for part in total.sections:
        lost = part.section.kind == "deduction"
        first = _moves(sink, part.section.title, (part.low, part.high), lost, first, n)
    return _moves(sink, TOTAL, (total.low, total.high), False, first, n)


def _moves(
    sink: Sink,
    title: str,
    ways: tuple[Sequence[Move], Sequence[Move]],
    lost: bool,
    first: int,
    n: int,
) -> int:
    """A row for each kind of step that moves a subject in either reading, in the order in which
    the low reading takes them, then the high one."""
    width = len(ways[0]) + len(ways[1])
    for kind in dict.fromkeys(move.kind for way in ways for move in way):
        low, in_low, at = _summed(ways[0], kind, n)
        high, in_high, also = _summed(ways[1], kind, n)
        order = first + np.where(in_low, at, len(ways[0]) + also)
        subject = np.flatnonzero(in_low | in_high)
        # In a deduction section rows count as they act on the total, where its high is low.
        points = (-high, -low) if lost else (low, high)
        message = sink.message(_MESSAGES[kind])
        sink.add(Node(kind, section=title), subject, order[subject], message, points)
    return first + width


def _summed(way: Sequence[Move], kind: str, n: int) -> tuple[Exact, Bools, Ints]:
    """What the steps of a kind add up to, who takes one, and where the first of them stands."""
    points, some = Exact.at(0, n), np.zeros(n, bool)
    at = np.zeros(n, np.int64)
    for place, move in enumerate(way):
        if move.kind == kind:
            moved = move.points.sign() != 0
            at = np.where(moved & ~some, place, at)
            points, some = points + move.points, some | moved
    return points, some, at
