"""What grading in bulk reads: ladders and standings as columns of whole integers (steps 10–12).

A rung is the index of a band, high first; the index after the last band is no star. Totals and
edges of one ladder are whole numbers at one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from starrating.engine.grading.model import NO_STAR, Moves, Quota

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LAST_NONE, LAST_UNKNOWN, LAST_NOT_RATED = -1, -2, -3
"""A last star that does not exist, that nobody knows, of one who was not rated."""
NO_CAP = 1 << 30
NO_GRANT = -1


@dataclass(frozen=True)
class Ladder:
    """The bands, high first: stars fall strictly and edges do not rise, else ValueError."""

    stars: tuple[int, ...]
    edges: tuple[int, ...]
    quotas: tuple[Quota | None, ...]
    moves: Moves = field(default_factory=Moves)

    def __post_init__(self) -> None:
        rungs = list(pairwise(zip(self.stars, self.edges, strict=True)))
        if not self.stars or any(one[0] <= two[0] or one[1] < two[1] for one, two in rungs):
            raise ValueError("bands must stand high first")
        if self.stars[-1] <= NO_STAR:
            raise ValueError("the lowest band must have a star above 0")

    @property
    def size(self) -> int:
        """How many bands there are; also the rung of no star."""
        return len(self.stars)

    @cached_property
    def star_of(self) -> Ints:
        """The star of every rung, no star last."""
        return np.array([*self.stars, NO_STAR], np.int64)

    def applied(self, rung: int) -> Quota | None:
        """The quota that is applied to a rung, if any."""
        quota = self.quotas[rung] if rung < self.size else None
        return quota if quota is not None and quota.applied else None

    @cached_property
    def contested(self) -> Bools:
        """Per rung (no star last), whether a quota is applied there."""
        return np.array([self.applied(rung) is not None for rung in range(self.size + 1)])

    def at_most(self, star: Ints) -> Ints:
        """The highest rung whose star is at most `star`; one past no star where none is."""
        return np.asarray((self.star_of[None, :] > star[:, None]).sum(1), np.int64)


@dataclass(frozen=True)
class Standings:
    """One reading of n subjects in columns; two-dimensional ones are [n, bands].

    total      rounded totals at the ladder's scale
    requires   whether the band's `requires` holds
    member     counts in the `of` of the band's quota
    tie_break  per band [n, k]: order codes of the k measures that break ties, more is better
    last       the last star, or one of LAST_…
    cap        the highest star allowed, or NO_CAP
    forbidden  a judgement says `star: none`
    unless     the `unless` of the moves holds
    direct     the star that a condition grants whatever the points, or NO_GRANT
    figure     what the edges are compared with where it is not the total, at the same scale
    """

    total: Ints
    requires: Bools
    member: Bools
    tie_break: tuple[Ints, ...]
    last: Ints
    cap: Ints
    forbidden: Bools
    unless: Bools
    direct: Ints
    figure: Ints | None = None

    def __len__(self) -> int:
        return len(self.total)

    @cached_property
    def met(self) -> Ints:
        """[n, bands + 1]: from each rung down, the highest whose `requires` holds."""
        count, size = self.requires.shape
        found = np.full((count, size + 1), size, np.int64)
        for rung in range(size - 1, -1, -1):
            found[:, rung] = np.where(self.requires[:, rung], rung, found[:, rung + 1])
        return found

    def met_from(self, rung: Ints, subjects: Ints | None = None) -> Ints:
        """The highest rung from `rung` down whose `requires` holds; no star asks nothing."""
        rows = np.arange(len(self)) if subjects is None else subjects
        return np.asarray(self.met[rows, rung])


@dataclass(frozen=True)
class Groups:
    """Per band the quota group of each subject: `ids` [n, bands] into the band's `names`."""

    ids: Ints
    names: tuple[Sequence[str | None], ...]
