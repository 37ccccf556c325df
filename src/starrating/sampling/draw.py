"""Drawing by stated hashes: whole numbers only, the same on every machine and in every year.

Every organisation has as many tickets as its weight; ticket n is the SHA-256 of
`seed:code:n`. Its lot is the smallest of them, and in a stratum the smallest lots are drawn:
that is drawing ticket after ticket without putting back, so that weight 4 is drawn four times as
readily as weight 1, and who else stands in the list does not change a lot.

Places go to the strata (town and star) one by one, each to the stratum with the most weight for
every place it would then have; a stratum without a place goes before all that have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from starrating.sampling.risks import Candidate


@dataclass(frozen=True, slots=True)
class Drawn:
    """One organisation that was drawn: its smallest ticket (hex) and that ticket's number."""

    candidate: Candidate
    lot: str
    ticket: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """One town and star: how many stand in it, their weight, and who was drawn, lots ascending."""

    town: str
    star: int
    size: int
    weight: int
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole draw: strata by town, high stars first."""

    seed: int
    asked: int
    strata: tuple[Stratum, ...]

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """All that were drawn, by stratum."""
        return tuple(each for stratum in self.strata for each in stratum.drawn)

    @property
    def size(self) -> int:
        """How many could have been drawn."""
        return sum(stratum.size for stratum in self.strata)


def draw(candidates: Sequence[Candidate], seed: int, size: int) -> Sample:
    """Draw `size` organisations, or all where there are fewer; a size below 1 is a ValueError."""
    if size < 1:
        raise ValueError("a sample has at least one member")
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for each in candidates:
        groups.setdefault((each.town, each.star), []).append(each)
    order = sorted(groups, key=lambda key: (key[0], -key[1]))
    places = _places([groups[key] for key in order], size)
    return Sample(
        seed,
        size,
        tuple(
            _stratum(key, groups[key], seed, count)
            for key, count in zip(order, places, strict=True)
        ),
    )


def lot(seed: int, code: str, weight: int) -> tuple[str, int]:
    """The smallest ticket of an organisation (hex) and its number, from 1."""
    tickets = (
        (sha256(f"{seed}:{code}:{number}".encode()).hexdigest(), number)
        for number in range(1, weight + 1)
    )
    return min(tickets)


def _places(groups: Sequence[Sequence[Candidate]], size: int) -> list[int]:
    weights = [sum(each.weight for each in group) for group in groups]
    places = [0] * len(groups)
    for _ in range(min(size, sum(map(len, groups)))):
        free = [n for n, group in enumerate(groups) if places[n] < len(group)]
        best = max(free, key=lambda n: (not places[n], Fraction(weights[n], places[n] + 1), -n))
        places[best] += 1
    return places


def _stratum(key: tuple[str, int], group: Sequence[Candidate], seed: int, count: int) -> Stratum:
    lots = sorted(
        (Drawn(each, *lot(seed, each.row.code, each.weight)) for each in group),
        key=lambda drawn: (drawn.lot, drawn.candidate.row.code),
    )
    return Stratum(*key, len(group), sum(each.weight for each in group), tuple(lots[:count]))
