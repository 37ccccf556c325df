"""Contests that touch each other where a tie crosses them: searched together (step 12).

Only the subjects of such fields leave their columns; everybody with one way down is counted as
one path, and the search is that of `engine.grading`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from starrating.engine.grading.contests import Contest, ContestId, Field, Path, Stop
from starrating.engine.grading.fillings import TooManyFillings, search
from starrating.engine.grading.hull import hull
from starrating.engine.grading.seating import Lanes, Ledger
from starrating.engine.kernel.grading.columns import Bools, Groups, Ints, Ladder, Standings
from starrating.engine.kernel.grading.passages import Passages
from starrating.engine.kernel.grading.seating import seats_of

Place = tuple[int, int]
"""A contest: its rung, and the id of its group."""


@dataclass(frozen=True)
class Found:
    """The rungs that the subjects of searched fields may come to, and their contests."""

    subjects: Ints
    highest: Ints
    lowest: Ints
    exact: Bools
    passages: Passages


def search_fields(
    standings: Standings,
    ladder: Ladder,
    groups: Groups,
    entered: Ints,
    crossing: Sequence[Place],
    members: Sequence[Ints],
    bound: int,
) -> Found:
    """Search every field that holds a contest of `crossing`; `entered` is the rung of each
    subject's first contest (no star: none), `members` the members of each rung's groups."""
    ways = _Ways(standings, ladder, groups)
    part = _parts(ways.joints(entered))
    touched = {part.get(place, place) for place in crossing}
    by_part: dict[Place, dict[Path, list[int]]] = defaultdict(dict)
    for subject in np.flatnonzero(entered < ladder.size).tolist():
        rung = int(entered[subject])
        first = (rung, int(groups.ids[subject, rung]))
        root = part.get(first, first)
        if root in touched:
            by_part[root].setdefault(ways.path(subject, rung), []).append(subject)
    rows = _Rows()
    for root in sorted(by_part):
        _FieldSearch(ways, by_part[root], members, bound).tell(rows)
    return rows.found()


class _Ways:
    """The ways down of subjects through the contests."""

    def __init__(self, standings: Standings, ladder: Ladder, groups: Groups) -> None:
        self.standings, self.ladder, self.groups = standings, ladder, groups

    def joints(self, entered: Ints) -> set[tuple[Place, Place]]:
        """Every two contests that follow each other on some way, whoever loses."""
        found: set[tuple[Place, Place]] = set()
        rung, subjects = entered, np.flatnonzero(entered < self.ladder.size)
        rung = rung[subjects]
        while len(subjects):
            below = self.standings.met_from(rung + 1, subjects)
            goes_on = self.ladder.contested[below]
            subjects, rung, below = subjects[goes_on], rung[goes_on], below[goes_on]
            ids = self.groups.ids
            pairs = np.column_stack((rung, ids[subjects, rung], below, ids[subjects, below]))
            for a, b, c, d in np.unique(pairs, axis=0).tolist():
                found.add(((a, b), (c, d)))
            rung = below
        return found

    def path(self, subject: int, rung: int) -> Path:
        """The contests that a subject would fall through, losing each."""
        stops: list[Stop] = []
        while self.ladder.contested[rung]:
            quota = self.ladder.quotas[rung]
            assert quota is not None
            broken: list[int] = []
            if isinstance(quota.on_tie, tuple):
                broken = self.standings.tie_break[rung][subject].tolist()
            key = tuple(Fraction(each) for each in (int(self.standings.total[subject]), *broken))
            stops.append(Stop(self.contest(subject, rung), key))
            rung = int(self.standings.met[subject, rung + 1])
        return tuple(stops)

    def contest(self, subject: int, rung: int) -> ContestId:
        """The contest of a subject at a rung, by the group's name."""
        return rung, self.groups.names[rung][int(self.groups.ids[subject, rung])]

    def rest(self, subject: int, path: Path) -> int:
        """The rung where one who loses all contests of the path rests."""
        return int(self.standings.met[subject, path[-1].contest[0] + 1])


class _Rows:
    """Gathers what is found of each subject."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, int, int, bool]] = []
        self.passages: list[tuple[int, ...]] = []

    def found(self) -> Found:
        spans = np.array(self.spans, np.int64).reshape(-1, 4)
        told = np.array(self.passages, np.int64).reshape(-1, 14)
        columns = [*told[:, :11].T, *(told[:, 11:].T != 0)]
        return Found(spans[:, 0], spans[:, 1], spans[:, 2], spans[:, 3] != 0, Passages(*columns))


class _FieldSearch:
    """One field after its search, told path by path."""

    def __init__(
        self, ways: _Ways, entrants: dict[Path, list[int]], members: Sequence[Ints], bound: int
    ) -> None:
        self.ways, self.entrants = ways, entrants
        self.groups = {
            stop.contest: int(ways.groups.ids[subjects[0], stop.contest[0]])
            for path, subjects in entrants.items()
            for stop in path
        }
        self.members = members
        contests = sorted(self.groups, key=lambda each: (each[0], each[1] or ""))
        field = Field(
            tuple(self._contest(each) for each in contests),
            {path: tuple(map(str, subjects)) for path, subjects in entrants.items()},
        )
        self.contests = field.contests
        self.lanes = Lanes(field)
        self.ledger = self._ledger(field, bound)

    def _ledger(self, field: Field, bound: int) -> Ledger:
        try:
            return search(field, self.lanes, bound)
        except TooManyFillings:
            return hull(field, self.lanes)

    def _contest(self, contest: ContestId) -> Contest:
        quota = self.ways.ladder.quotas[contest[0]]
        assert quota is not None
        count = self.members[contest[0]][self.groups[contest]]
        seats = int(seats_of(quota, np.array([count]))[0])
        return Contest(contest, int(count), seats, quota.on_tie)

    def tell(self, rows: _Rows) -> None:
        """The span and the contended contests of every entrant."""
        for path, subjects in self.entrants.items():
            places = list(self._places(path))
            origin = self.lanes.lane[path]
            rungs = [self.contests[p].id[0] for p in self._seats(path)]
            lost_all = len(places) == len(path) and (origin, places[-1]) in self.ledger.lost
            for subject in subjects:
                ends = [*rungs, self.ways.rest(subject, path)] if lost_all else rungs
                exact = self.ledger.exact or len(ends) == 1
                rows.spans.append((subject, ends[0], ends[-1], exact))
                rows.passages.extend((subject, *each) for each in self._told(origin, places))

    def _seats(self, path: Path) -> Iterator[int]:
        """The contests in which one who starts on the path may take a seat, high first."""
        origin = self.lanes.lane[path]
        for start in range(len(path)):
            place = self.lanes.contest[self.lanes.lane[path[start:]]]
            if (origin, place) in self.ledger.seated:
                yield place

    def _places(self, path: Path) -> Iterator[int]:
        """The contests that one who starts on the path may come to, high first."""
        origin = self.lanes.lane[path]
        lane: int | None = origin
        while lane is not None:
            place = self.lanes.contest[lane]
            yield place
            lane = self.lanes.rest[lane] if (origin, place) in self.ledger.lost else None

    def _told(self, origin: int, places: Sequence[int]) -> Iterator[tuple[int, ...]]:
        ledger = self.ledger
        for place in places:
            contest, here = self.contests[place], (origin, place)
            holders = ledger.holders[place]
            if holders[1] > contest.seats:
                yield (
                    contest.id[0], self.groups[contest.id], contest.members, contest.seats,
                    *holders, *ledger.ahead[here], *ledger.open_seats.get(place, (0, 0)),
                    here in ledger.lost, here in ledger.tied, here in ledger.settled,
                )  # fmt: skip


def _parts(joints: set[tuple[Place, Place]]) -> dict[Place, Place]:
    """Every joined contest with the one that stands for all it can touch."""
    parent: dict[Place, Place] = {}

    def root(place: Place) -> Place:
        parent.setdefault(place, place)
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in sorted(joints):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {place: root(place) for place in list(parent)}
