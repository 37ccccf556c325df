"""From totals to stars before quotas, all subjects at once (semantics.md steps 10 and 11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.grading.columns import (
    LAST_UNKNOWN,
    NO_CAP,
    Bools,
    Ints,
    Ladder,
    Standings,
)


@dataclass(frozen=True)
class Climbs:
    """The rungs of all subjects on the way up: one column a station.

    `edge` is the rung of the figure (or the grant) alone, `band` after `requires`; `risen` after
    the rise limit, `moved` after the fall limit (or `band` where `unless` holds), `capped` and
    `held` after cap and forbid. `granted` tells where a grant beat the edge. `taken` is the last
    star that moves were counted from (negative: no limit), `limited` what moves would have made
    of the band without `unless`.
    """

    edge: Ints
    granted: Bools
    band: Ints
    taken: Ints
    risen: Ints
    limited: Ints
    moved: Ints
    capped: Ints
    held: Ints


def climb(standings: Standings, ladder: Ladder, *, best: bool) -> Climbs:
    """Band, moves, caps and forbid; `best`: an unknown last star is the top one, else the lowest.

    Forbid beats cap, cap beats move. A cap and a fall limit do not ask `requires`; the falls of
    step 10 and the rise limit do.
    """
    edge, granted = _reached(standings, ladder)
    band = standings.met_from(edge)
    taken = _last(standings, ladder, best=best)
    risen = _risen(standings, ladder, taken, band)
    limited = _fallen(ladder, taken, risen)
    moved = np.where(standings.unless, band, limited)
    floor = ladder.at_most(np.maximum(standings.cap, 0))
    capped = np.where(standings.cap == NO_CAP, moved, np.maximum(moved, floor))
    held = np.where(standings.forbidden, ladder.size, capped)
    return Climbs(edge, granted, band, taken, risen, limited, moved, capped, held)


def _reached(standings: Standings, ladder: Ladder) -> tuple[Ints, Bools]:
    """The rung that the figure or a grant reaches, and where it was the grant."""
    figure = standings.total if standings.figure is None else standings.figure
    edges = np.array(ladder.edges, np.int64)
    # Edges do not rise: those above the figure are exactly the ones before the rung it reaches.
    reached = (figure[:, None] < edges[None, :]).sum(1).astype(np.int64)
    grant = ladder.at_most(standings.direct)
    granted = (standings.direct >= 0) & (grant < reached)
    return np.where(granted, grant, reached), granted


def _last(standings: Standings, ladder: Ladder, *, best: bool) -> Ints:
    """The star to move from; negative where there is no limit. Both limits let more through the
    higher it is: an unknown one is the lowest star of the bands, or the highest."""
    unknown = ladder.stars[0] if best else ladder.stars[-1]
    return np.where(standings.last == LAST_UNKNOWN, unknown, standings.last)


def _risen(standings: Standings, ladder: Ladder, last: Ints, rung: Ints) -> Ints:
    """A rise limit falls on to the next band whose `requires` holds."""
    most = ladder.moves.rise_at_most
    if most is None:
        return rung
    bound = last >= 0
    allowed = np.where(bound, ladder.at_most(np.where(bound, last + most, 0)), 0)
    return np.where(rung >= allowed, rung, standings.met_from(allowed))


def _fallen(ladder: Ladder, last: Ints, rung: Ints) -> Ints:
    """A fall limit lifts to the lowest star it allows; where the bands leave a gap never above
    the last star, but to the nearest band below."""
    most = ladder.moves.fall_at_most
    if most is None:
        return rung
    floor = np.where(last >= 0, last - most, -1)
    lowest = (ladder.star_of[None, :] >= floor[:, None]).sum(1) - 1
    within = (lowest >= 0) & (ladder.star_of[lowest] <= last)
    lifted = np.minimum(rung, np.where(within, lowest, ladder.at_most(np.maximum(floor, 0))))
    return np.where((last < 0) | (ladder.star_of[rung] >= floor), rung, lifted)
