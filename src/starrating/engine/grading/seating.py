"""Seating one contest: who is in, who is out, and who is tied over the edge (step 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from starrating.engine.grading.contests import Contest, Field, Key, Path


class Lanes:
    """The paths of a field and all their remainders, as small numbers.

    For a lane: `contest` is the index of its next contest, `key` the key there, `rest` the lane
    after losing it (None: it rests). `starts` lists the whole paths by their first contest.
    """

    def __init__(self, field: Field) -> None:
        self.contest: list[int] = []
        self.key: list[Key] = []
        self.rest: list[int | None] = []
        self.count: dict[int, int] = {}
        self.starts: list[list[int]] = [[] for _ in field.contests]
        self.lane: dict[Path, int] = {}
        places = {contest.id: place for place, contest in enumerate(field.contests)}
        for path, codes in field.entrants.items():
            lane = self._number(path, places)
            self.count[lane] = len(codes)
            self.starts[self.contest[lane]].append(lane)

    def _number(self, path: Path, places: Mapping[tuple[int, str | None], int]) -> int:
        if path in self.lane:
            return self.lane[path]
        rest = self._number(path[1:], places) if len(path) > 1 else None
        self.contest.append(places[path[0].contest])
        self.key.append(path[0].key)
        self.rest.append(rest)
        self.lane[path] = len(self.rest) - 1
        return self.lane[path]

    def at(self, origin: int, contest: int) -> int:
        """The lane of one who started on `origin` and lost up to `contest`, not resting yet."""
        lane = origin
        while self.contest[lane] < contest:
            rest = self.rest[lane]
            assert rest is not None
            lane = rest
        return lane

    def parts(self, contests: Sequence[int]) -> list[tuple[int, ...]]:
        """The given last contests of the field, parted where no lane joins them."""
        part = {contest: {contest} for contest in contests}
        for lane, rest in enumerate(self.rest):
            if rest is not None and self.contest[lane] in part:
                one, other = part[self.contest[lane]], part[self.contest[rest]]
                if one is not other:
                    one |= other
                    part.update(dict.fromkeys(other, one))
        found = {id(each): tuple(sorted(each)) for each in part.values()}
        return sorted(found.values())


@dataclass(frozen=True, slots=True)
class Row:
    """All lanes of one key in one contest, with their counts.

    `ahead` holders stand before them; `open_seats` is what a tie leaves to be shared; `settled`
    tells that `on_tie` decided what the totals alone would have left tied.
    """

    fate: Literal["in", "out", "tie"]
    lanes: tuple[tuple[int, int], ...]
    ahead: int
    open_seats: int = 0
    settled: bool = False


def seat(contest: Contest, lanes: Lanes, present: Mapping[int, int]) -> list[Row]:
    """The rows of `contest`, high first, where `present` subjects stand on each lane."""
    rows: list[Row] = []
    keys: list[Key] = []
    ahead = 0
    for key, group in groupby(
        sorted(present, key=lambda lane: (lanes.key[lane], lane), reverse=True),
        key=lambda lane: lanes.key[lane],
    ):
        counted = tuple((lane, present[lane]) for lane in group)
        size = sum(count for _, count in counted)
        rows.append(_row(contest, counted, ahead, size))
        keys.append(key)
        ahead += size
    return _broken(rows, keys) if isinstance(contest.on_tie, tuple) else rows


def _row(contest: Contest, lanes: tuple[tuple[int, int], ...], ahead: int, size: int) -> Row:
    room = max(0, contest.seats - ahead)
    if size <= room:
        return Row("in", lanes, ahead)
    if room == 0:
        return Row("out", lanes, ahead)
    if contest.on_tie == "include":
        return Row("in", lanes, ahead, settled=True)
    if contest.on_tie == "exclude":
        return Row("out", lanes, ahead, settled=True)
    return Row("tie", lanes, ahead, room)


def _broken(rows: list[Row], keys: Sequence[Key]) -> list[Row]:
    """Mark the rows of equal total that a tie-break list parted across the edge."""
    fates: dict[object, set[str]] = {}
    for row, key in zip(rows, keys, strict=True):
        fates.setdefault(key[0], set()).add(row.fate)
    return [
        Row(row.fate, row.lanes, row.ahead, row.open_seats, settled=len(fates[key[0]]) > 1)
        for row, key in zip(rows, keys, strict=True)
    ]


class Ledger:
    """What may happen to the subjects of each origin (a whole path) in each contest.

    `seated`, `lost`, `tied` and `settled` hold pairs (origin, contest); the ranges hold least and
    most over the fillings: holders and open seats of a contest, holders ahead of an origin.
    `exact` is False where more is let in than can happen (the hull).
    """

    def __init__(self) -> None:
        self.exact = True
        self.seated: set[tuple[int, int]] = set()
        self.lost: set[tuple[int, int]] = set()
        self.tied: set[tuple[int, int]] = set()
        self.settled: set[tuple[int, int]] = set()
        self.holders: dict[int, tuple[int, int]] = {}
        self.open_seats: dict[int, tuple[int, int]] = {}
        self.ahead: dict[tuple[int, int], tuple[int, int]] = {}

    def enter(
        self, contest: int, rows: Iterable[Row], origins: Mapping[int, Sequence[int]]
    ) -> None:
        """Write down the seating of one state; of the tied, each may be seated and may lose."""
        holders = 0
        for row in rows:
            holders += sum(count for _, count in row.lanes)
            if row.fate == "tie":
                widen(self.open_seats, contest, row.open_seats)
            for lane, _ in row.lanes:
                for origin in origins[lane]:
                    self._mark(row, (origin, contest))
        widen(self.holders, contest, holders)

    def _mark(self, row: Row, place: tuple[int, int]) -> None:
        widen(self.ahead, place, row.ahead)
        if row.fate != "out":
            self.seated.add(place)
        if row.fate != "in":
            self.lost.add(place)
        if row.fate == "tie":
            self.tied.add(place)
        if row.settled:
            self.settled.add(place)


def widen(ranges: dict[Any, tuple[int, int]], key: object, number: int) -> None:
    """Stretch the range under `key` to hold `number`."""
    least, most = ranges.get(key, (number, number))
    ranges[key] = (min(least, number), max(most, number))


def shares(counts: Sequence[int], least: int, most: int) -> Iterator[tuple[int, ...]]:
    """All ways to take up to `counts` of each kind, `least` to `most` together."""
    reach = [sum(counts[place:]) for place in range(len(counts) + 1)]
    open_ways: list[tuple[int, ...]] = [()]
    while open_ways:
        way = open_ways.pop()
        if len(way) == len(counts):
            yield way
            continue
        taken = sum(way)
        low = max(0, least - taken - reach[len(way) + 1])
        high = min(counts[len(way)], most - taken)
        open_ways.extend((*way, number) for number in range(high, low - 1, -1))
