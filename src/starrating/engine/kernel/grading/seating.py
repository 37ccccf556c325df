"""One round of contests: all groups of one quota seated by sorting (semantics.md step 12)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from starrating.engine.grading.model import Quota
from starrating.engine.kernel.grading.columns import Bools, Ints

IN, OUT, TIE = 0, 1, 2
"""Seated; not seated; one of more tied subjects than seats."""


@dataclass(frozen=True)
class Seated:
    """What one round found of its entrants: columns in the order of `subjects`.

    `group` is the group's id, `holders` how many came to its contest, `seats` its capacity,
    `ahead` how many stand before the subject, `room` the seats that are left for its class;
    `settled` tells that `on_tie` decided what the totals alone would have left tied.
    """

    subjects: Ints
    group: Ints
    holders: Ints
    seats: Ints
    ahead: Ints
    room: Ints
    fate: Ints
    settled: Bools


def seats_of(quota: Quota, members: Ints) -> Ints:
    """The capacity of each group: floor(share × members), the number, or the smaller of both."""
    found = np.full(len(members), np.iinfo(np.int64).max, np.int64)
    if quota.share is not None:
        found = members * quota.share.numerator // quota.share.denominator
    return found if quota.number is None else np.minimum(found, quota.number)


def seat(
    quota: Quota, seats: Ints, subjects: Ints, group: Ints, total: Ints, broken: Ints
) -> Seated:
    """Seat the entrants `subjects` in their groups, the highest first.

    `total` and `broken` ([entrants, k], the values that break ties) order them inside a group,
    high first; equal ones are one class, which is seated or not as a whole, or tied.
    """
    keys = (*(-broken[:, place] for place in range(broken.shape[1] - 1, -1, -1)), -total, group)
    order = np.lexsort(keys)
    subjects, group, total, broken = subjects[order], group[order], total[order], broken[order]
    first_of_group = _starts(group[:, None])
    first_of_class = _starts(np.column_stack((group, total, broken)))
    group_start, holders = _spans(first_of_group)
    class_start, size = _spans(first_of_class)
    ahead = class_start - group_start
    room = np.maximum(0, seats[group] - ahead)
    fate = np.where(size <= room, IN, np.where(room == 0, OUT, TIE))
    settled = np.zeros(len(fate), bool)
    if quota.on_tie in ("include", "exclude"):
        settled = fate == TIE
        fate = np.where(settled, IN if quota.on_tie == "include" else OUT, fate)
    elif isinstance(quota.on_tie, tuple):
        settled = _parted(_starts(np.column_stack((group, total))), fate)
    return Seated(subjects, group, holders, seats[group], ahead, room, fate, settled)


def _starts(keys: Ints) -> Bools:
    """Where a row differs from the one before it."""
    found = np.ones(len(keys), bool)
    found[1:] = (keys[1:] != keys[:-1]).any(1)
    return found


def _spans(first: Bools) -> tuple[Ints, Ints]:
    """For every row where its run begins, and how long the run is."""
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, len(first)))
    run = np.cumsum(first) - 1
    return starts[run], sizes[run]


def _parted(first: Bools, fate: Ints) -> Bools:
    """The rows of equal total that the values breaking ties part across the edge."""
    starts = np.flatnonzero(first)
    if not len(starts):
        return np.zeros(0, bool)
    run = np.cumsum(first) - 1
    parted: Bools = np.minimum.reduceat(fate, starts) != np.maximum.reduceat(fate, starts)
    return np.asarray(parted[run])
