"""One reading of all subjects: what each may come to, and the way there (steps 10–12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starrating.engine.grading.contests import Field, Path, fields_of, members_of, path_of
from starrating.engine.grading.fillings import TooManyFillings, search
from starrating.engine.grading.hull import hull
from starrating.engine.grading.ladder import Climb, climb
from starrating.engine.grading.model import Band, Candidate, Moves, Plain, Standing
from starrating.engine.grading.seating import Lanes


@dataclass(frozen=True, slots=True)
class Passage:
    """One contest on the way of one subject, over all fillings of the reading.

    `falls`: it may lose here. `tied`: it may be one of too many tied for the seats. `settled`:
    `on_tie` decided what the totals alone would have left tied. `contended`: more holders than
    seats may come. `facts` are plain, for a step.
    """

    rung: int
    falls: bool
    tied: bool
    settled: bool
    contended: bool
    facts: Mapping[str, Plain]
    tied_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One subject in one reading: the rungs it may come to (high first) and its passages."""

    climb: Climb
    rungs: tuple[int, ...]
    passages: tuple[Passage, ...]
    exact: bool


Reading = Mapping[str, Outcome]
"""The outcomes of the rated subjects by code."""


def read(
    standings: Sequence[tuple[Candidate, Standing]],
    bands: Sequence[Band],
    moves: Moves,
    *,
    best: bool,
    bound: int,
) -> Reading:
    """Settle one reading; `best`: unknown last stars are the top star, else no star."""
    climbs: dict[str, Climb] = {}
    paths: dict[str, Path] = {}
    rests: dict[str, int] = {}
    for candidate, standing in standings:
        if candidate.rated:
            each = climb(standing, bands, moves, best=best)
            climbs[candidate.code] = each
            paths[candidate.code], rests[candidate.code] = path_of(
                candidate, standing, each.held, bands
            )
    members = members_of(standings, bands)
    outcomes = {
        code: Outcome(each, (rests[code],), (), exact=True)
        for code, each in climbs.items()
        if not paths[code]
    }
    for field in fields_of(paths, members, bands):
        settled = _Settled(field, bands, bound)
        for path, entrants in field.entrants.items():
            passages = settled.passages(path)
            rungs = settled.seated(path)
            loses_all = len(passages) == len(path) and passages[-1].falls
            for code in entrants:
                ends = (*rungs, rests[code]) if loses_all else rungs
                outcomes[code] = Outcome(climbs[code], ends, passages, settled.ledger.exact)
    return outcomes


class _Settled:
    """One field after its search, asked path by path."""

    def __init__(self, field: Field, bands: Sequence[Band], bound: int) -> None:
        self.field = field
        self.bands = bands
        self.lanes = Lanes(field)
        try:
            self.ledger = search(field, self.lanes, bound)
        except TooManyFillings:
            self.ledger = hull(field, self.lanes)
        self.tied_codes = self._tied_codes()

    def _tied_codes(self) -> dict[int, tuple[str, ...]]:
        """Who may be tied over the edge of each contest."""
        found: dict[int, list[str]] = defaultdict(list)
        starts = {self.lanes.lane[path]: codes for path, codes in self.field.entrants.items()}
        for origin, place in self.ledger.tied:
            found[place].extend(starts[origin])
        return {place: tuple(sorted(codes)) for place, codes in found.items()}

    def seated(self, path: Path) -> tuple[int, ...]:
        """The rungs on which one who starts on `path` may take a seat, high first."""
        origin = self.lanes.lane[path]
        places = (self.lanes.contest[self.lanes.lane[path[i:]]] for i in range(len(path)))
        return tuple(
            self.field.contests[place].id[0]
            for place in places
            if (origin, place) in self.ledger.seated
        )

    def passages(self, path: Path) -> tuple[Passage, ...]:
        """The contests that one who starts on `path` may come to, high first."""
        passages: list[Passage] = []
        origin = self.lanes.lane[path]
        lane: int | None = origin
        while lane is not None:
            place = self.lanes.contest[lane]
            here = (origin, place)
            passages.append(
                Passage(
                    self.field.contests[place].id[0],
                    falls=here in self.ledger.lost,
                    tied=here in self.ledger.tied,
                    settled=here in self.ledger.settled,
                    contended=self.ledger.holders[place][1] > self.field.contests[place].seats,
                    facts=self._facts(origin, place),
                    tied_codes=self.tied_codes.get(place, ()),
                )
            )
            lane = self.lanes.rest[lane] if passages[-1].falls else None
        return tuple(passages)

    def _facts(self, origin: int, place: int) -> dict[str, Plain]:
        contest = self.field.contests[place]
        rung, group = contest.id
        quota = self.bands[rung].quota
        assert quota is not None
        facts: dict[str, Plain] = {
            "star": self.bands[rung].star,
            "share": quota.share,
            "number": quota.number,
            "among": quota.among,
            "group": group,
            "members": contest.members,
            "seats": contest.seats,
            "holders": _range(self.ledger.holders[place]),
            "ahead": _range(self.ledger.ahead[origin, place]),
            "on_tie": quota.on_tie,
        }
        if (origin, place) in self.ledger.tied:
            facts["open_seats"] = _range(self.ledger.open_seats[place])
        return {name: fact for name, fact in facts.items() if fact is not None}


def _range(span: tuple[int, int]) -> Plain:
    """A number, or (least, most) where the fillings differ."""
    return span[0] if span[0] == span[1] else span
