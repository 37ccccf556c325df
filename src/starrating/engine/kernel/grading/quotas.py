"""All quotas of one reading, from the highest band down (semantics.md step 12).

Each round seats the contests of one band by sorting. A tie that is left open spans the rungs of
the tied; only where their fall leads into a further contest does it matter how many of them fall,
and the contests that touch each other there are searched together (`fields`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.grading.climbing import Climbs, climb
from starrating.engine.kernel.grading.columns import Bools, Groups, Ints, Ladder, Standings
from starrating.engine.kernel.grading.fields import Found, search_fields
from starrating.engine.kernel.grading.passages import Passages
from starrating.engine.kernel.grading.seating import IN, OUT, TIE, seat, seats_of


@dataclass(frozen=True)
class Reading:
    """All subjects in one reading: the rungs they may come to, `highest` and `lowest` of them,
    whether that span is exact, and the contended contests on their ways."""

    climbs: Climbs
    highest: Ints
    lowest: Ints
    exact: Bools
    passages: Passages


@dataclass(frozen=True)
class Ground:
    """What one reading is settled on."""

    standings: Standings
    ladder: Ladder
    groups: Groups
    rated: Bools
    bound: int

    def members(self, rung: int) -> Ints:
        """How many subjects of each group count in the `of` of a band's quota."""
        inside = self.groups.ids[self.standings.member[:, rung], rung]
        return np.bincount(inside, minlength=len(self.groups.names[rung])).astype(np.int64)


def settle(ground: Ground, *, best: bool) -> Reading:
    """One reading of all subjects; only the rated ones take seats."""
    climbs = climb(ground.standings, ground.ladder, best=best)
    rounds = _Rounds(ground, climbs.held)
    for rung in np.flatnonzero(ground.ladder.contested):
        rounds.play(int(rung))
    passages = Passages.joined(rounds.passages)
    exact = np.ones(len(ground.rated), bool)
    reading = Reading(climbs, rounds.highest, rounds.lowest, exact, passages)
    return _searched(ground, reading, rounds.crossing) if rounds.crossing else reading


class _Rounds:
    """The rounds played so far: where everybody stands, and who may stand higher."""

    def __init__(self, ground: Ground, held: Ints) -> None:
        self.ground = ground
        self.highest, self.lowest = held.copy(), held.copy()
        self.passages: list[Passages] = []
        self.crossing: list[tuple[int, int]] = []
        """The contests (rung, group) in which tied subjects may fall into a further contest."""

    def play(self, rung: int) -> None:
        """Seat all who stand on a rung; a tied subject keeps standing here, and below."""
        ground = self.ground
        standings, quota = ground.standings, ground.ladder.quotas[rung]
        assert quota is not None
        here = np.flatnonzero(ground.rated & (self.highest == rung) & (self.lowest == rung))
        if not len(here):
            return
        members = ground.members(rung)
        broken = standings.tie_break[rung]
        chosen = broken[here] if isinstance(quota.on_tie, tuple) else broken[here, :0]
        group = ground.groups.ids[here, rung]
        seats = seats_of(quota, members)
        seated = seat(quota, seats, here, group, standings.total[here], chosen)
        self.passages.append(Passages.of_round(rung, members, seated))
        falling = seated.subjects[seated.fate != IN]
        below = standings.met_from(np.full(len(falling), rung + 1), falling)
        self.lowest[falling] = below
        lost = seated.fate[seated.fate != IN] == OUT
        self.highest[falling[lost]] = below[lost]
        crossed = (seated.fate[seated.fate != IN] == TIE) & ground.ladder.contested[below]
        groups = ground.groups.ids[falling[crossed], rung]
        self.crossing.extend((rung, int(each)) for each in np.unique(groups))


def _searched(ground: Ground, reading: Reading, crossing: list[tuple[int, int]]) -> Reading:
    """The reading after the contests that a crossing tie can touch were searched together."""
    found: Found = search_fields(
        ground.standings, ground.ladder, ground.groups, _entered(ground, reading), crossing,
        [ground.members(rung) for rung in range(ground.ladder.size)], ground.bound,
    )  # fmt: skip
    highest, lowest, exact = reading.highest.copy(), reading.lowest.copy(), reading.exact.copy()
    highest[found.subjects], lowest[found.subjects] = found.highest, found.lowest
    exact[found.subjects] = found.exact
    outside = ~np.isin(reading.passages.subject, found.subjects)
    passages = Passages.joined([reading.passages.kept(outside), found.passages])
    return Reading(reading.climbs, highest, lowest, exact, passages)


def _entered(ground: Ground, reading: Reading) -> Ints:
    """The rung of the first contest of each subject; no star where it enters none."""
    held = reading.climbs.held
    enters = ground.rated & ground.ladder.contested[held]
    return np.where(enters, held, ground.ladder.size)
