"""Contended contests on the ways of subjects, as columns (semantics.md step 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from starrating.engine.kernel.grading.columns import Bools, Ints
from starrating.engine.kernel.grading.seating import IN, TIE, Seated


@dataclass(frozen=True)
class Passages:
    """One row for each contest that a subject may come to and that more holders than seats may
    reach: ranges over the fillings where they differ.

    `falls`: it may lose here. `tied`: it may be one of too many tied for the seats. `settled`:
    `on_tie` decided what the totals alone would have left tied. `room` are the seats a tie leaves.
    """

    subject: Ints
    rung: Ints
    group: Ints
    members: Ints
    seats: Ints
    holders_low: Ints
    holders_high: Ints
    ahead_low: Ints
    ahead_high: Ints
    room_low: Ints
    room_high: Ints
    falls: Bools
    tied: Bools
    settled: Bools

    def __len__(self) -> int:
        return len(self.subject)

    def kept(self, keep: Bools | Ints) -> Passages:
        """Some of the rows."""
        return Passages(*(getattr(self, each.name)[keep] for each in fields(self)))

    @staticmethod
    def joined(parts: Sequence[Passages]) -> Passages:
        """The rows of several, by subject and then the way down."""
        if not parts:
            return Passages.of_round(0, np.zeros(0, np.int64), _NOBODY)
        columns = [
            np.concatenate([getattr(part, each.name) for part in parts])
            for each in fields(Passages)
        ]
        whole = Passages(*columns)
        return whole.kept(np.lexsort((whole.rung, whole.subject)))

    @staticmethod
    def of_round(rung: int, members: Ints, seated: Seated) -> Passages:
        """The contended rows of one round, in which nothing about the holders is open."""
        tied = seated.fate == TIE
        whole = Passages(
            subject=seated.subjects,
            rung=np.full(len(seated.subjects), rung, np.int64),
            group=seated.group,
            members=members[seated.group],
            seats=seated.seats,
            holders_low=seated.holders,
            holders_high=seated.holders,
            ahead_low=seated.ahead,
            ahead_high=seated.ahead,
            room_low=seated.room,
            room_high=seated.room,
            falls=seated.fate != IN,
            tied=tied,
            settled=seated.settled,
        )
        return whole.kept(seated.holders > seated.seats)


_NONE = np.zeros(0, np.int64)
_NOBODY = Seated(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE, _NONE, np.zeros(0, bool))
