"""Which shown stars a quota of a higher level may still touch, all subjects at once (step 12, 推荐)."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.grading.columns import Bools, Groups, Ints, Ladder, Standings

_NEVER = np.iinfo(np.int64).min


def recommended(
    standings: Standings, ladder: Ladder, groups: Groups, rated: Bools, rests: Ints
) -> Bools:
    """Whether such a quota may take the star of each subject; `rests` are the shown rungs.

    It may take the star of its own band, and, by those it sends down, the star of anyone not above
    them in the order who holds a lower band with a quota in the same group.
    """
    touched = np.zeros(len(standings), bool)
    if all(quota is None or quota.applied for quota in ladder.quotas):
        return touched
    arrivals = [np.full(len(names), _NEVER, np.int64) for names in groups.names]
    limited = np.array([*(quota is not None for quota in ladder.quotas), False])
    for rung, quota in enumerate(ladder.quotas):
        if quota is None:
            continue
        here = np.flatnonzero(rated & (rests == rung))
        highest = arrivals[rung][groups.ids[here, rung]]
        pushed = (highest != _NEVER) & (standings.total[here] <= highest)
        hit = here[pushed] if quota.applied else here
        touched[hit] = True
        _send_down(standings, groups, limited, hit, rung, arrivals)
    return touched


def _send_down(
    standings: Standings,
    groups: Groups,
    limited: Bools,
    subjects: Ints,
    rung: int,
    arrivals: list[Ints],
) -> None:
    """Note the highest totals that may come to lower quotas when the subjects fall."""
    at = np.full(len(subjects), rung, np.int64)
    while len(subjects):
        at = standings.met_from(at + 1, subjects)
        goes_on = limited[at]
        subjects, at = subjects[goes_on], at[goes_on]
        for each in np.unique(at).tolist():
            those = subjects[at == each]
            np.maximum.at(arrivals[each], groups.ids[those, each], standings.total[those])
