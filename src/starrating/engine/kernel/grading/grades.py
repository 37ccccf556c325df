"""Three readings joined to the stars of all subjects (semantics.md steps 0 and 10–12)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from starrating.engine.grading.model import State
from starrating.engine.kernel.grading.columns import (
    LAST_UNKNOWN,
    Bools,
    Groups,
    Ints,
    Ladder,
    Standings,
)
from starrating.engine.kernel.grading.quotas import Ground, Reading, settle
from starrating.engine.kernel.grading.recommended import recommended
from starrating.limits import MAX_FILLING_WORK

DETERMINED, PROVISIONAL, UNDECIDED, NOT_RATED = 0, 1, 2, 3
STATES: tuple[State, ...] = ("determined", "provisional", "undecided", "not_rated")
"""The words of the state codes."""


@dataclass(frozen=True)
class Candidates:
    """All subjects of a batch: the shown, low and high standings, groups, and who is rated."""

    rated: Bools
    groups: Groups
    shown: Standings
    low: Standings
    high: Standings


@dataclass(frozen=True)
class Grades:
    """The stars of all subjects as columns; those of one who is not rated mean nothing.

    `star` is the one shown, `star_low` to `star_high` span the three readings, `state` holds
    codes of STATES. The columns named after reasons say where each holds.
    """

    ladder: Ladder
    candidates: Candidates
    shown: Reading
    low: Reading
    high: Reading
    progress_run: bool
    recommended: Bools

    def _stars(self, reading: Reading) -> tuple[Ints, Ints]:
        return self.ladder.star_of[reading.lowest], self.ladder.star_of[reading.highest]

    @cached_property
    def band(self) -> Ints:
        """The star of step 10 in the shown reading."""
        return self.ladder.star_of[self.shown.climbs.band]

    @cached_property
    def star(self) -> Ints:
        """The lowest star of the shown reading over all fillings."""
        return self._stars(self.shown)[0]

    @cached_property
    def star_low(self) -> Ints:
        """The lowest star over missing facts, ties and proposals."""
        lows = [self._stars(each)[0] for each in (self.shown, self.low, self.high)]
        return np.minimum(np.minimum(lows[0], lows[1]), lows[2])

    @cached_property
    def star_high(self) -> Ints:
        """The highest star over missing facts, ties and proposals."""
        highs = [self._stars(each)[1] for each in (self.shown, self.low, self.high)]
        return np.maximum(np.maximum(highs[0], highs[1]), highs[2])

    @cached_property
    def tied(self) -> Bools:
        """Part of a tie over an edge in the shown reading."""
        found = np.zeros(len(self.candidates.rated), bool)
        found[self.shown.passages.subject[self.shown.passages.tied]] = True
        return found

    @cached_property
    def _open(self) -> Bools:
        return np.asarray(self.shown.lowest != self.shown.highest)

    @cached_property
    def others_tie(self) -> Bools:
        """Undecided by a tie of others."""
        return np.asarray(self._open & ~self.tied)

    @cached_property
    def proposal(self) -> Bools:
        """A proposal decides the star."""
        return self._differs(self.low)

    @cached_property
    def facts(self) -> Bools:
        """Missing facts decide the star."""
        return self._differs(self.high)

    def _differs(self, reading: Reading) -> Bools:
        lowest, highest = self.shown.lowest, self.shown.highest
        return np.asarray((reading.lowest != lowest) | (reading.highest != highest))

    @cached_property
    def inexact(self) -> Bools:
        """The span is the safe hull of more fillings than could be searched."""
        found = np.zeros(len(self.candidates.rated), bool)
        for each in (self.shown, self.low, self.high):
            found |= (each.lowest != each.highest) & ~each.exact
        return found

    @cached_property
    def state(self) -> Ints:
        """The state codes."""
        moving = (self.star_low != self.star_high) | self.progress_run
        state = np.where(moving, PROVISIONAL, DETERMINED)
        state = np.where(self._open | self.proposal, UNDECIDED, state)
        return np.where(self.candidates.rated, state, NOT_RATED)


def grade(
    candidates: Candidates,
    ladder: Ladder,
    *,
    progress_run: bool = False,
    bound: int = MAX_FILLING_WORK,
) -> Grades:
    """The stars of all subjects: steps 10, 11 and 12, as `engine.grading.grade` defines them."""
    shown = _settled(candidates, candidates.shown, ladder, bound, best=False)
    low = high = shown
    if candidates.low is not candidates.shown:
        low = _settled(candidates, candidates.low, ladder, bound, best=False)
    if candidates.high is not candidates.shown or (candidates.high.last == LAST_UNKNOWN).any():
        high = _settled(candidates, candidates.high, ladder, bound, best=True)
    touched = recommended(
        candidates.shown, ladder, candidates.groups, candidates.rated, shown.lowest
    )
    return Grades(ladder, candidates, shown, low, high, progress_run, touched)


def _settled(
    candidates: Candidates, standings: Standings, ladder: Ladder, bound: int, *, best: bool
) -> Reading:
    ground = Ground(standings, ladder, candidates.groups, candidates.rated, bound)
    return settle(ground, best=best)
