"""Which stars a quota of a higher level may still touch (semantics.md step 12, 推荐)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from starrating.engine.grading.contests import ContestId
from starrating.engine.grading.ladder import next_met
from starrating.engine.grading.model import Band, Candidate
from starrating.engine.grading.readings import Reading


def recommended(candidates: Sequence[Candidate], bands: Sequence[Band], shown: Reading) -> set[str]:
    """The codes whose shown star such a quota may take away.

    It may take the star of its own band, and, by those it sends down, the star of anyone not above
    them in the order who holds a lower band with a quota in the same group.
    """
    touched: set[str] = set()
    arrivals: dict[ContestId, Fraction] = {}
    rests = {code: outcome.rungs[-1] for code, outcome in shown.items()}
    for rung, band in enumerate(bands):
        for each in candidates:
            if band.quota is None or rests.get(each.code) != rung:
                continue
            highest = arrivals.get((rung, each.group[rung]))
            pushed = highest is not None and each.shown.total <= highest
            if not band.quota.applied or pushed:
                touched.add(each.code)
                _send_down(each, rung, bands, arrivals)
    return touched


def _send_down(
    candidate: Candidate, rung: int, bands: Sequence[Band], arrivals: dict[ContestId, Fraction]
) -> None:
    """Note the quotas that the subject may come to when it falls from `rung`."""
    total = candidate.shown.total
    while (rung := next_met(candidate.shown.requires, rung + 1)) < len(bands):
        if bands[rung].quota is None:
            return
        place = (rung, candidate.group[rung])
        arrivals[place] = max(total, arrivals.get(place, total))
