"""Every filling of the seats of one field, counted by kind (step 12): exact, within a bound.

The search goes down the contests. A state says how many subjects have fallen onto each lane and
which origins may be among them; where subjects of one key share too few seats, it branches by
how many of each lane lose, never by who. By symmetry each subject of an origin may come wherever
one of them may.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from starrating.engine.grading.contests import Field
from starrating.engine.grading.seating import Lanes, Ledger, Row, seat, shares

Falls = tuple[tuple[int, int], ...]
"""How many subjects have fallen onto each lane, lanes ascending."""


class TooManyFillings(Exception):
    """The search would pass its bound; a hull must serve."""


def search(field: Field, lanes: Lanes, bound: int) -> Ledger:
    """What may happen over all fillings; TooManyFillings when the work passes `bound` entries."""
    ledger = Ledger()
    states: dict[Falls, frozenset[int]] = {(): frozenset()}
    for contest in range(len(field.contests)):
        following: dict[Falls, frozenset[int]] = {}
        for state in states.items():
            for after, origins in _advance(field, lanes, contest, state, ledger):
                bound -= len(after) + len(lanes.starts[contest]) + 1
                if bound < 0:
                    raise TooManyFillings
                following[after] = following.get(after, frozenset()) | origins
        states = following
    return ledger


def _advance(
    field: Field,
    lanes: Lanes,
    contest: int,
    state: tuple[Falls, frozenset[int]],
    ledger: Ledger,
) -> Iterator[tuple[Falls, frozenset[int]]]:
    """The states after `contest`, one for each way its tie may turn out."""
    falls, waiting = state
    present: dict[int, int] = defaultdict(int)
    origins: dict[int, list[int]] = defaultdict(list)
    for lane in lanes.starts[contest]:
        present[lane] = lanes.count[lane]
        origins[lane].append(lane)
    passing = {lane: count for lane, count in falls if lanes.contest[lane] != contest}
    for lane, count in falls:
        if lanes.contest[lane] == contest:
            present[lane] += count
    elsewhere = set()
    for origin in waiting:
        now = lanes.at(origin, contest)
        if now is not None and lanes.contest[now] == contest:
            origins[now].append(origin)
        elif now is not None:
            elsewhere.add(origin)
    rows = seat(field.contests[contest], lanes, present)
    ledger.enter(contest, rows, origins)
    for losers in _losers(rows, lanes):
        after = dict(passing)
        moved = set(elsewhere)
        for lane, lost in losers.items():
            rest = lanes.rest[lane]
            if rest is not None and lost:
                after[rest] = after.get(rest, 0) + lost
                moved.update(origins[lane])
        _write_tie(ledger, contest, rows, losers, origins)
        yield tuple(sorted(after.items())), frozenset(moved)


def _losers(rows: Sequence[Row], lanes: Lanes) -> Iterator[dict[int, int]]:
    """How many of each lane lose, for every filling; tied lanes that then rest are left out."""
    sure = {lane: count for row in rows if row.fate == "out" for lane, count in row.lanes}
    tied = next((row for row in rows if row.fate == "tie"), None)
    if tied is None:
        yield sure
        return
    live = [(lane, count) for lane, count in tied.lanes if lanes.rest[lane] is not None]
    resting = sum(count for lane, count in tied.lanes if lanes.rest[lane] is None)
    losing = sum(count for _, count in tied.lanes) - tied.open_seats
    for lost in shares([count for _, count in live], losing - resting, losing):
        yield sure | {lane: each for (lane, _), each in zip(live, lost, strict=True)}


def _write_tie(
    ledger: Ledger,
    contest: int,
    rows: Sequence[Row],
    losers: Mapping[int, int],
    origins: Mapping[int, Sequence[int]],
) -> None:
    """Who of the tied may be seated and may lose, in one filling of the seats.

    A lane that rests after this contest is not in `losers`: it may always turn out either way.
    """
    for row in rows:
        for lane, count in row.lanes if row.fate == "tie" else ():
            places = {(origin, contest) for origin in origins[lane]}
            if lane not in losers or losers[lane]:
                ledger.lost |= places
            if lane not in losers or losers[lane] < count:
                ledger.seated |= places
