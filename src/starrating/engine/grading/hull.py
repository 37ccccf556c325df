"""The safe hull where a field has too many fillings to search (step 12).

Each lane holds between a least and a most number of subjects; a subject may be seated, or may
lose, wherever some numbers in these ranges let it. Nothing that can happen is left out; something
that cannot may be let in, because the ranges of lanes that share seats are not held together.
Where every class that may turn out either way is tied over the edge whatever the numbers, nothing
is let in: the hull is then exact, and its ledger says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from starrating.engine.grading.contests import Contest, Field
from starrating.engine.grading.seating import Lanes, Ledger, widen

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Class:
    """The lanes of one key: how many stand on them, and how many stand before them."""

    lanes: tuple[int, ...]
    size: Range
    ahead: Range


def hull(field: Field, lanes: Lanes) -> Ledger:
    """What may happen, taking every lane's number of subjects for itself."""
    return _Hull(field, lanes).ledger


class _Hull:
    """The ranges and origins of all lanes while the contests are settled in turn."""

    def __init__(self, field: Field, lanes: Lanes) -> None:
        self.lanes = lanes
        self.ledger = Ledger()
        self.present: dict[int, Range] = {lane: (n, n) for lane, n in lanes.count.items()}
        self.origins: dict[int, list[int]] = defaultdict(list)
        for lane in lanes.count:
            self.origins[lane].append(lane)
        for place, contest in enumerate(field.contests):
            classes = self._classes(place)
            self.ledger.holders[place] = _sum([each.size for each in classes])
            for each in classes:
                self._settle(contest, place, each)

    def _classes(self, place: int) -> list[_Class]:
        lanes = self.lanes
        here = [lane for lane in self.present if lanes.contest[lane] == place]
        here.sort(key=lambda lane: (lanes.key[lane], lane), reverse=True)
        classes: list[_Class] = []
        ahead = (0, 0)
        for _, group in groupby(here, key=lambda lane: lanes.key[lane]):
            members = tuple(group)
            size = _sum([self.present[lane] for lane in members])
            classes.append(_Class(members, size, ahead))
            ahead = _sum([ahead, size])
        return [each for each in classes if each.size[1]]

    def _settle(self, contest: Contest, place: int, each: _Class) -> None:
        """Write down what may happen to one class, and send on those who may lose."""
        may_sit, may_lose = _chances(contest, each)
        here = {(origin, place) for lane in each.lanes for origin in self.origins[lane]}
        self.ledger.ahead.update(dict.fromkeys(here, each.ahead))
        if _straddles(contest, each):
            self._straddle(contest, place, each, here)
        if may_sit:
            self.ledger.seated |= here
        if may_lose:
            self.ledger.lost |= here
            for lane in each.lanes:
                size = self.present[lane]
                self._send_on(lane, _lost(contest, each, size) if may_sit else size)
        if may_sit and may_lose and not _surely_tied(contest, each):
            self.ledger.exact = False

    def _straddle(
        self, contest: Contest, place: int, each: _Class, here: set[tuple[int, int]]
    ) -> None:
        if _by_rule(contest):
            self.ledger.settled |= here
            return
        self.ledger.tied |= here
        for ahead in each.ahead:
            widen(self.ledger.open_seats, place, max(1, contest.seats - ahead))

    def _send_on(self, lane: int, lost: Range) -> None:
        rest = self.lanes.rest[lane]
        if rest is not None:
            self.present[rest] = _sum([self.present.get(rest, (0, 0)), lost])
            self.origins[rest].extend(self.origins[lane])


def _surely_tied(contest: Contest, each: _Class) -> bool:
    return each.ahead[1] < contest.seats < each.ahead[0] + each.size[0]


def _straddles(contest: Contest, each: _Class) -> bool:
    return each.ahead[0] < contest.seats < each.ahead[1] + each.size[1]


def _by_rule(contest: Contest) -> bool:
    return contest.on_tie in {"include", "exclude"}


def _chances(contest: Contest, each: _Class) -> tuple[bool, bool]:
    """Whether one who is there may be seated, and may lose."""
    least, most = each.ahead[0], each.ahead[1] + each.size[1]
    if contest.on_tie == "include":
        return least < contest.seats, each.ahead[1] >= contest.seats
    if contest.on_tie == "exclude":
        return least + max(1, each.size[0]) <= contest.seats, most > contest.seats
    return least < contest.seats, most > contest.seats


def _lost(contest: Contest, each: _Class, size: Range) -> Range:
    """How many of one lane may lose where its class may both sit and lose."""
    if _by_rule(contest):
        return 0, size[1]
    room = max(0, contest.seats - each.ahead[0])
    over = max(0, each.ahead[1] + each.size[1] - contest.seats)
    return max(0, size[0] - room), min(size[1], over)


def _sum(ranges: Sequence[Range]) -> Range:
    return sum(least for least, _ in ranges), sum(most for _, most in ranges)
