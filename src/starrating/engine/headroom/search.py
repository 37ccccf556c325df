"""The fewest findings that gain enough: ways of healing, put together part by part.

A way heals some findings. Worths of parts add up, so the search is three passes, each with only
the ways that can still matter: how many findings are needed at least; how few days that many take;
which of those ways comes first in the order of the items. The answer is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

MAX_WAYS = 3_000
"""How many ways are followed at once; beyond, no answer is given."""


class TooMany(Exception):
    """More ways than can be followed."""


@dataclass(frozen=True, slots=True)
class Way:
    """Findings healed together.

    `days` until the last is done; `picks` their places in the order of items, ascending; `worth`
    what is gained.
    """

    count: int
    days: int
    picks: tuple[int, ...]
    worth: Fraction

    def __add__(self, other: Way) -> Way:
        return Way(
            self.count + other.count,
            max(self.days, other.days),
            self.picks + other.picks,
            self.worth + other.worth,
        )


NOTHING = Way(0, 0, (), Fraction(0))
Parts = Sequence[Sequence[Way]]
"""For each part the ways of healing it; parts stand in the order of their picks."""


def fewest(parts: Parts, need: Fraction) -> Way | None:
    """The way with the fewest findings that gains `need`, then the fewest days, then the first in
    order; None where all healing does not gain it. Raises TooMany."""
    counted = [way for way in _joined(parts, _by_count) if way.worth >= need]
    if not counted:
        return None
    count = min(way.count for way in counted)
    few = _within(parts, lambda way: way.count <= count)
    quick = [
        way for way in _joined(few, _by_days, count) if way.worth >= need and way.count == count
    ]
    days = min(way.days for way in quick)
    short = _within(few, lambda way: way.days <= days)
    return _first(short, count, need)


def _within(parts: Parts, keep: Callable[[Way], bool]) -> Parts:
    return [[way for way in part if keep(way)] for part in parts]


def joined(parts: Parts) -> list[Way]:
    """All ways that take one way of each part; raises TooMany, before any is put together."""
    if prod(len(part) for part in parts) > MAX_WAYS:
        raise TooMany
    found = [NOTHING]
    for part in parts:
        if list(part) != [NOTHING]:
            found = [one + two for one in found for two in part]
    return found


def _joined(parts: Parts, beats: Callable[[Way, Way], bool], most: int | None = None) -> list[Way]:
    found = [NOTHING]
    for part in parts:
        if len(part) > 1:
            ways = (one + two for one in found for two in part)
            few = (way for way in ways if most is None or way.count <= most)
            found = _undominated(few, beats)
    return found


def _by_count(one: Way, two: Way) -> bool:
    return one.count <= two.count and one.worth >= two.worth


def _by_days(one: Way, two: Way) -> bool:
    return _by_count(one, two) and one.days <= two.days


def _undominated(ways: Iterable[Way], beats: Callable[[Way, Way], bool]) -> list[Way]:
    kept: list[Way] = []
    for way in sorted(ways, key=lambda each: (each.count, each.days, -each.worth, each.picks)):
        if not any(beats(other, way) for other in kept):
            kept.append(way)
    if len(kept) > MAX_WAYS:
        raise TooMany
    return kept


def _first(parts: Parts, count: int, need: Fraction) -> Way | None:
    """The first way in order of picks with exactly that count that gains enough.

    Parts are taken in order; a start is followed only where the best rest still gains enough.
    """
    rest = _rest(parts, count)
    found: Way | None = None
    starts = [NOTHING]
    for number, part in enumerate(parts):
        after = rest[number + 1]
        longer = [one + two for one in starts for two in part]
        starts = [
            way
            for way in longer
            if way.count <= count and _reaches(way, after[count - way.count], need)
        ]
        if len(starts) > MAX_WAYS:
            raise TooMany
    for way in starts:
        if way.count == count and (found is None or way.picks < found.picks):
            found = way
    return found


def _reaches(way: Way, after: Fraction | None, need: Fraction) -> bool:
    return after is not None and way.worth + after >= need


def _rest(parts: Parts, count: int) -> list[list[Fraction | None]]:
    """From each part on, the most that exactly 0, 1, … `count` findings gain; None: impossible."""
    table: list[Fraction | None] = [Fraction(0)] + [None] * count
    found = [table]
    for part in reversed(parts):
        longer: list[Fraction | None] = [None] * (count + 1)
        for way in part:
            for more, gained in enumerate(table):
                total = way.count + more
                if gained is None or total > count:
                    continue
                known = longer[total]
                worth = gained + way.worth
                longer[total] = worth if known is None else max(known, worth)
        table = longer
        found.append(table)
    found.reverse()
    return found
