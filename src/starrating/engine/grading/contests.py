"""Who contends where: quotas as contests, falls as paths, and what can be settled apart (step 12).

A contest is one quota in one group. A subject's path is the contests it would fall through, losing
each; it rests at the first band without an applied quota. Subjects with one path are
interchangeable for every filling, so they are counted and never told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from starrating.engine.grading.ladder import next_met
from starrating.engine.grading.model import Band, Candidate, OnTie, Quota, Standing

ContestId = tuple[int, str | None]
"""The rung of the band and the group."""
Key = tuple[Fraction, ...]
"""The order inside a contest, high first: total, then the values that break ties."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One contest of a path and the key the subject has there."""

    contest: ContestId
    key: Key


Path = tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """One quota in one group: `seats` = floor(share × members), or the number."""

    id: ContestId
    members: int
    seats: int
    on_tie: OnTie


@dataclass(frozen=True, slots=True)
class Field:
    """Contests that can touch each other, high bands first, with the subjects of every path."""

    contests: tuple[Contest, ...]
    entrants: Mapping[Path, tuple[str, ...]]


def path_of(
    candidate: Candidate, standing: Standing, held: int, bands: Sequence[Band]
) -> tuple[Path, int]:
    """The contests from the rung `held` down, and the rung where one who loses all of them rests."""
    stops: list[Stop] = []
    rung = held
    while rung < len(bands) and (quota := bands[rung].quota) and quota.applied:
        broken = standing.tie_break[rung] if isinstance(quota.on_tie, tuple) else ()
        stops.append(Stop((rung, candidate.group[rung]), (standing.total, *broken)))
        rung = next_met(standing.requires, rung + 1)
    return tuple(stops), rung


def fields_of(
    paths: Mapping[str, Path], members: Mapping[ContestId, int], bands: Sequence[Band]
) -> list[Field]:
    """The contests that `paths` (by code) enter, parted where no path leads from one to another."""
    by_path: dict[Path, list[str]] = defaultdict(list)
    for code, path in paths.items():
        if path:
            by_path[path].append(code)
    part = _parts(by_path)
    contests: dict[ContestId, set[ContestId]] = defaultdict(set)
    entrants: dict[ContestId, dict[Path, tuple[str, ...]]] = defaultdict(dict)
    for path, codes in by_path.items():
        root = part[path[0].contest]
        contests[root].update(stop.contest for stop in path)
        entrants[root][path] = tuple(sorted(codes))
    return [
        Field(
            tuple(_contest(each, members, bands) for each in sorted(contests[root], key=_order)),
            entrants[root],
        )
        for root in sorted(contests, key=_order)
    ]


def members_of(
    candidates: Iterable[tuple[Candidate, Standing]], bands: Sequence[Band]
) -> Counter[ContestId]:
    """How many subjects of each group count in the `of` of each quota."""
    limited = [rung for rung, band in enumerate(bands) if band.quota]
    return Counter(
        (rung, candidate.group[rung])
        for candidate, standing in candidates
        for rung in limited
        if standing.quota_member[rung]
    )


def seats_of(quota: Quota, members: int) -> int:
    """The capacity: floor(share × members), the number, or the smaller of both."""
    limits = [] if quota.share is None else [quota.share * members // 1]
    if quota.number is not None:
        limits.append(quota.number)
    return min(limits)


def _contest(each: ContestId, members: Mapping[ContestId, int], bands: Sequence[Band]) -> Contest:
    quota = bands[each[0]].quota
    assert quota is not None
    count = members.get(each, 0)
    return Contest(each, count, seats_of(quota, count), quota.on_tie)


def _parts(paths: Iterable[Path]) -> dict[ContestId, ContestId]:
    """Every contest with the one that stands for all it can touch."""
    parent: dict[ContestId, ContestId] = {}

    def root(contest: ContestId) -> ContestId:
        parent.setdefault(contest, contest)
        while parent[contest] != contest:
            parent[contest] = parent[parent[contest]]
            contest = parent[contest]
        return contest

    for path in paths:
        for stop in path:
            one, other = sorted((root(path[0].contest), root(stop.contest)), key=_order)
            parent[other] = one
    return {contest: root(contest) for contest in list(parent)}


def _order(contest: ContestId) -> tuple[int, bool, str]:
    rung, group = contest
    return rung, group is not None, group or ""
