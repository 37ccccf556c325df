"""What grading reads of subjects, of one part or of several joined (semantics.md steps 10 to 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from starrating.engine.kernel import grading
from starrating.engine.kernel.arrays import Bools, Exact, Ints, joined, order_keys

WORLDS = ("shown", "low", "high")


@dataclass(frozen=True, eq=False)
class Breaker:
    """One measure that breaks ties: its numbers, and where there is none to compare."""

    number: Exact
    lost: Bools

    def order(self) -> Ints:
        """Codes that order as the numbers do; what is not known comes last."""
        return np.where(self.lost, -1, order_keys(self.number))


Breakers = tuple[tuple[Breaker, ...], ...]
"""The measures that break the ties of each band, high first."""


@dataclass(frozen=True, eq=False)
class Contenders:
    """Who is rated, the quota groups, and by reading (shown, low, high) the standings, still
    without the codes that break ties: those order all who compete."""

    rated: Bools
    groups: grading.Groups
    standings: Mapping[str, grading.Standings]
    breakers: Mapping[str, Breakers]


def candidates(all_: Contenders) -> grading.Candidates:
    """The three readings of all who compete."""
    shown, low, high = (_ordered(all_, world) for world in WORLDS)
    return grading.Candidates(
        all_.rated,
        all_.groups,
        shown,
        shown if _equal(low, shown) else low,
        shown if _equal(high, shown) else high,
    )


def _ordered(all_: Contenders, world: str) -> grading.Standings:
    n = len(all_.rated)
    codes = tuple(
        np.stack([each.order() for each in band], axis=1) if band else np.zeros((n, 0), np.int64)
        for band in all_.breakers[world]
    )
    return replace(all_.standings[world], tie_break=codes)


def _equal(one: grading.Standings, two: grading.Standings) -> bool:
    """Whether two readings are the same in every column."""
    for each in fields(grading.Standings):
        left, right = getattr(one, each.name), getattr(two, each.name)
        pairs = zip(left, right, strict=True) if isinstance(left, tuple) else ((left, right),)
        if any(a is not b and not np.array_equal(a, b) for a, b in pairs):
            return False
    return True


# --- several parts --------------------------------------------------------------------------


def joined_contenders(parts: Sequence[Contenders]) -> Contenders:
    """The subjects of all parts, one part after the other."""
    return Contenders(
        np.concatenate([part.rated for part in parts]),
        _joined_groups([part.groups for part in parts]),
        {world: _joined_standings([part.standings[world] for part in parts]) for world in WORLDS},
        {world: _joined_breakers([part.breakers[world] for part in parts]) for world in WORLDS},
    )


def _joined_groups(parts: Sequence[grading.Groups]) -> grading.Groups:
    """Groups of one name are one group."""
    bands = range(len(parts[0].names))
    places: list[dict[str | None, int]] = [{} for _ in bands]
    ids = []
    for part in parts:
        own = np.empty_like(part.ids)
        for band in bands:
            table = [places[band].setdefault(name, len(places[band])) for name in part.names[band]]
            own[:, band] = np.array(table, np.int64)[part.ids[:, band]]
        ids.append(own)
    return grading.Groups(np.concatenate(ids), tuple(tuple(each) for each in places))


def _joined_standings(parts: Sequence[grading.Standings]) -> grading.Standings:
    columns: dict[str, Any] = {}
    for each in fields(grading.Standings):
        own = [getattr(part, each.name) for part in parts]
        if isinstance(own[0], np.ndarray):
            columns[each.name] = np.concatenate(own)
    return replace(parts[0], **columns)


def _joined_breakers(parts: Sequence[Breakers]) -> Breakers:
    return tuple(
        tuple(_joined_breaker(own) for own in zip(*band, strict=True))
        for band in zip(*parts, strict=True)
    )


def _joined_breaker(parts: Sequence[Breaker]) -> Breaker:
    lost = np.concatenate([part.lost for part in parts])
    return Breaker(joined([part.number for part in parts]), lost)
