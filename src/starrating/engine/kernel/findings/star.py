"""The findings on the way to the star, and of flags and honours denied (steps 9 to 14)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints, Numbers, Value, as_numbers
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.findings.columns import Node, Sink
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.grading import Grades
from starrating.engine.kernel.judging import Outcomes
from starrating.rulebook.model import Judgement
from starrating.rulebook.money import CENTS

MESSAGES = {
    "band": "F201",
    "requires": "F202",
    "move": "F203",
    "cap": "F204",
    "forbid": "F205",
    "quota": "F206",
    "tie": "F207",
}


def star_findings(sink: Sink, grades: Grades, first: int) -> int:
    """A row for each step from the total to the star, ordered from `first` on."""
    rows = _StarRows(sink, grades, first)
    rows.climb()
    rows.quotas()
    return first + 4 * grades.ladder.size + 16


class _StarRows:
    def __init__(self, sink: Sink, grades: Grades, first: int) -> None:
        self.sink, self.grades, self.first = sink, grades, first
        self.rated = grades.candidates.rated
        self.star = grades.ladder.star_of

    def _row(self, kind: str, mask: Bools, at: int) -> None:
        subject = np.flatnonzero(mask & self.rated)
        self._rows(kind, subject, np.full(len(subject), at, np.int64))

    def _rows(self, kind: str, subject: Ints, at: Ints) -> None:
        shown = "cap" if kind == "forbid" else kind
        message = self.sink.message(MESSAGES[kind])
        self.sink.add(Node(shown), subject, self.first + at, message)

    def climb(self) -> None:
        """Band, gates, moves, caps."""
        grades, size = self.grades, self.grades.ladder.size
        climbs, standings = grades.shown.climbs, grades.candidates.shown
        self._row("band", self.rated, 0)
        for rung in range(size):
            self._row("requires", (climbs.edge <= rung) & (rung < climbs.band), 1 + rung)
        self._moves(1 + size)
        self._row("cap", self.star[climbs.moved] != self.star[climbs.capped], size + 3)
        self._row("forbid", standings.forbidden, size + 4)

    def _moves(self, at: int) -> None:
        grades = self.grades
        moves, climbs = grades.ladder.moves, grades.shown.climbs
        if moves.rise_at_most is None and moves.fall_at_most is None:
            return
        band, risen, limited = (
            self.star[each] for each in (climbs.band, climbs.risen, climbs.limited)
        )
        bound, unless = climbs.taken >= 0, grades.candidates.shown.unless
        free = bound & ~unless
        self._row(
            "move", ~bound | (bound & unless & (limited != band)) | (free & (risen != band)), at
        )
        self._row("move", free & (limited != risen), at + 1)

    def quotas(self) -> None:
        """Contended contests, and quotas of a higher level."""
        grades, size = self.grades, self.grades.ladder.size
        passages = grades.shown.passages
        tie = passages.tied | passages.settled
        for kind, mask in (("tie", tie), ("quota", ~tie)):
            self._rows(kind, passages.subject[mask], size + 5 + passages.rung[mask])
        rest = grades.shown.lowest
        above = np.array([*(q is not None and not q.applied for q in grades.ladder.quotas), False])
        self._row("quota", above[rest], 2 * size + 5)


def flag_findings(
    sink: Sink,
    stages: Iterable[tuple[tuple[Judgement, ...], Outcomes]],
    flags: FlagColumns,
    first: int,
    facts: Facts,
) -> int:
    """A row for each flag and case, then for each confirmed flag that no judgement raised, then
    for each honour denied."""
    pairs = [(judgement, outcome) for stage, outcome in stages for judgement in stage]
    cased: dict[str, Bools] = {}
    message = sink.message("F211")
    for judgement, outcome in pairs:
        flag = judgement.then.flag
        if flag is not None:
            fired = outcome.sure[judgement.id] | outcome.possible[judgement.id]
            cased[flag] = cased[flag] | fired if flag in cased else fired
            node, amount = Node("flag", judgement=judgement.id), judgement.then.amount
            money = None if amount is None else _to_cents(evaluate(amount, facts))
            first = _each(sink, node, fired, first, message, money)
    for flag in sorted(flags.confirmed):
        rest = flags.confirmed[flag]
        rest = rest & ~cased[flag] if flag in cased else rest
        first = _each(sink, Node("flag", judgement=flag), rest, first, message)
    message = sink.message("F212")
    for judgement, outcome in pairs:
        if judgement.then.deny is not None:
            node = Node("flag", judgement=judgement.id)
            first = _each(sink, node, outcome.sure[judgement.id], first, message)
    return first


def _to_cents(value: Value) -> Numbers:
    """Money, both ends rounded half up to cents; what is no number is told nowhere."""
    return as_numbers(value).rounded(CENTS)


def _each(
    sink: Sink,
    node: Node,
    mask: Bools,
    order: int,
    message: int,
    quantity: Numbers | None = None,
) -> int:
    subject = np.flatnonzero(mask)
    order_of = np.full(len(subject), order, np.int64)
    sink.add(node, subject, order_of, message, quantity=quantity)
    return order + 1
