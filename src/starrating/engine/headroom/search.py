"""The fewest findings that gain enough: ways of healing, put together part by part.

A way heals some findings. Worths of parts add up, so that one table answers everything: from each
part on, the most that exactly so many findings gain. It tells how many findings are needed at
least, how few days that many take, and which of those ways comes first in the order of the items.
The answer is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod

MAX_WAYS = 3_000
"""How many ways are put together at once; beyond, no answer is given."""


class TooMany(Exception):
    """More ways than can be put together."""


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

Most = Sequence[Fraction | None]
"""The most that exactly 0, 1, … findings gain; None where there is no such way."""


def joined(parts: Parts) -> list[Way]:
    """All ways that take one way of each part; raises TooMany, before any is put together."""
    if prod(len(part) for part in parts) > MAX_WAYS:
        raise TooMany
    found = [NOTHING]
    for part in parts:
        if list(part) != [NOTHING]:
            found = [one + two for one in found for two in part]
    return found


def fewest(parts: Parts, need: Fraction) -> Way | None:
    """The way with the fewest findings that gains `need`, then the fewest days, then the first in
    order; None where all healing does not gain it."""
    count = next(
        (count for count, most in enumerate(_from_each(parts)[0]) if _reaches(most, need)), None
    )
    if count is None:
        return None
    for days in sorted({way.days for part in parts for way in part}):
        quick = [[way for way in part if way.days <= days] for part in parts]
        most = _from_each(quick)
        if len(most[0]) > count and _reaches(most[0][count], need):
            return _first(quick, most, count, need)
    return None


def _reaches(most: Fraction | None, need: Fraction) -> bool:
    return most is not None and most >= need


def _from_each(parts: Parts) -> list[Most]:
    """From each part on, and after the last, what its ways and those of the rest gain at most."""
    found: list[Most] = [(Fraction(0),)]
    for part in reversed(parts):
        found.append(_added(_most(part), found[-1]))
    found.reverse()
    return found


def _most(part: Sequence[Way]) -> Most:
    """What the ways of one part gain at most."""
    most: list[Fraction | None] = [None] * (max(way.count for way in part) + 1)
    for way in part:
        most[way.count] = _larger(most[way.count], way.worth)
    return most


def _added(one: Most, two: Most) -> Most:
    """What two together gain at most."""
    most: list[Fraction | None] = [None] * (len(one) + len(two) - 1)
    for count, gained in enumerate(one):
        for more, further in enumerate(two):
            if gained is not None and further is not None:
                most[count + more] = _larger(most[count + more], gained + further)
    return most


def _larger(known: Fraction | None, worth: Fraction) -> Fraction:
    return worth if known is None or worth > known else known


def _first(parts: Parts, most: Sequence[Most], count: int, need: Fraction) -> Way:
    """The first way in order of picks with exactly that count that gains `need`: part by part the
    first after which the best rest still gains enough."""
    chosen = NOTHING
    for part, rest in zip(parts, most[1:], strict=True):
        left, lacks = count - chosen.count, need - chosen.worth
        chosen += min(
            (way for way in part if _leads(way, rest, left, lacks)),
            key=lambda way: (*way.picks, inf),
        )
    return chosen


def _leads(way: Way, rest: Most, left: int, lacks: Fraction) -> bool:
    """Whether the rest, with what is left of the count, gains what still lacks after a way."""
    more = left - way.count
    return 0 <= more < len(rest) and _reaches(rest[more], lacks - way.worth)
