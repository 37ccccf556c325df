"""Every filling of the seats of one field, counted by kind (step 12): exact, within a bound.

The search goes down the contests. A state says how many subjects have fallen onto each lane and
which origins may be among them; where subjects of one key share too few seats, it branches by
how many of each lane lose, never by who. By symmetry each subject of an origin may come wherever
one of them may. Contests that no longer touch each other are searched apart: what may happen in
one depends on the other only by the seats left over, and all ways to leave them are open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starrating.engine.grading.contests import Field
from starrating.engine.grading.seating import Lanes, Ledger, Row, seat, shares

Falls = tuple[tuple[int, int], ...]
"""How many subjects have fallen onto each lane, lanes ascending."""
States = Mapping[Falls, frozenset[int]]
"""Every reachable state with the origins that may be among the fallen."""


class TooManyFillings(Exception):
    """The search would pass its bound; a hull must serve."""


def search(field: Field, lanes: Lanes, bound: int) -> Ledger:
    """What may happen over all fillings; TooManyFillings when the work passes `bound` entries."""
    running = _Search(field, lanes, bound)
    running.go_down(tuple(range(len(field.contests))), {(): frozenset()})
    return running.ledger


@dataclass(slots=True)
class _Seated:
    """One contest in one state: who stands there, how they are seated, who has not come yet."""

    contest: int
    rows: Sequence[Row]
    origins: Mapping[int, Sequence[int]]
    passing: Mapping[int, int]
    elsewhere: Iterable[int]


class _Search:
    def __init__(self, field: Field, lanes: Lanes, bound: int) -> None:
        self.field = field
        self.lanes = lanes
        self.bound = bound
        self.ledger = Ledger()

    def go_down(self, contests: tuple[int, ...], states: States) -> None:
        """Settle the first of `contests` in every state, then each part of the others."""
        first, parts = contests[0], self.lanes.parts(contests[1:])
        following: list[dict[Falls, frozenset[int]]] = [{} for _ in parts]
        for falls, waiting in states.items():
            seated = self._seated(first, falls, waiting)
            self._spend(len(falls) + len(self.lanes.starts[first]))
            self.ledger.enter(first, seated.rows, seated.origins)
            for part, found in zip(parts, following, strict=True):
                for after, origins in self._advance(seated, frozenset(part)):
                    self._spend(len(after) + 1)
                    found[after] = found.get(after, frozenset()) | origins
        for part, found in zip(parts, following, strict=True):
            self.go_down(part, found)

    def _spend(self, work: int) -> None:
        self.bound -= work
        if self.bound < 0:
            raise TooManyFillings

    def _seated(self, contest: int, falls: Falls, waiting: Iterable[int]) -> _Seated:
        lanes = self.lanes
        present = {lane: lanes.count[lane] for lane in lanes.starts[contest]}
        origins: dict[int, list[int]] = defaultdict(list, {lane: [lane] for lane in present})
        passing: dict[int, int] = {}
        for lane, count in falls:
            if lanes.contest[lane] == contest:
                present[lane] = present.get(lane, 0) + count
            else:
                passing[lane] = count
        elsewhere: list[int] = []
        for origin in waiting:
            lane = lanes.at(origin, contest)
            (origins[lane] if lanes.contest[lane] == contest else elsewhere).append(origin)
        rows = seat(self.field.contests[contest], lanes, present)
        return _Seated(contest, rows, origins, passing, elsewhere)

    def _advance(
        self, seated: _Seated, part: frozenset[int]
    ) -> Iterator[tuple[Falls, frozenset[int]]]:
        """The states of the contests of `part` afterwards, one for each way a tie turns out."""
        lanes = self.lanes
        passing = {lane: n for lane, n in seated.passing.items() if lanes.contest[lane] in part}
        waiting = {
            origin
            for origin in seated.elsewhere
            if lanes.contest[lanes.at(origin, seated.contest)] in part
        }
        for losers in self._losers(seated, part):
            after, moved = dict(passing), set(waiting)
            for lane, lost in losers.items():
                rest = lanes.rest[lane]
                if rest is not None and lost:
                    after[rest] = after.get(rest, 0) + lost
                    moved.update(seated.origins[lane])
            yield tuple(sorted(after.items())), frozenset(moved)

    def _losers(self, seated: _Seated, part: frozenset[int]) -> Iterator[dict[int, int]]:
        """How many of each lane that leads into `part` lose, for every filling of the seats."""
        live = {
            lane: count
            for row in seated.rows
            if row.fate != "in"
            for lane, count in row.lanes
            if self._leads_into(lane, part)
        }
        tied = next((row for row in seated.rows if row.fate == "tie"), None)
        if tied is None:
            yield live
            return
        sharing = [lane for lane, _ in tied.lanes if lane in live]
        counts = [live[lane] for lane in sharing]
        size = sum(count for _, count in tied.lanes)
        losing, others = size - tied.open_seats, size - sum(counts)
        for lost in shares(counts, losing - others, losing):
            yield live | dict(zip(sharing, lost, strict=True))

    def _leads_into(self, lane: int, part: frozenset[int]) -> bool:
        rest = self.lanes.rest[lane]
        return rest is not None and self.lanes.contest[rest] in part
