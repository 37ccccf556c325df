"""Which organisations a review is of, and which of them are rated, all at once (step 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import Bools
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.rows.days import Days
from starrating.engine.kernel.subjects import SubjectFacts


@dataclass(frozen=True, eq=False)
class Rated:
    """Who is rated, and why not: it does not exist at the cut-off, or the condition is not met."""

    rated: Bools
    absent: Bools
    unmet: Bools


def in_scope(facts: SubjectFacts) -> Bools:
    """Where the organisation existed in the period and `where` holds or may hold."""
    part = facts.part
    when = part.when
    founded, begun = part.organisations.days("成立日期")
    dissolved, ended = _ended(part)
    first, last = when.start.toordinal(), min(when.end, when.cut_off).toordinal()
    existed = (~begun | (founded <= last)) & (~ended | (dissolved >= first))
    where = facts.plan.book.subjects.where
    return np.asarray(existed if where is None else existed & judge(where, facts).may)


def rated(facts: SubjectFacts) -> Rated:
    """Of subjects in scope those that exist at the cut-off and meet `rated_when`, or may."""
    part = facts.part
    founded, begun = part.organisations.days("成立日期")
    _, ended = _ended(part)
    absent = (begun & (founded > part.when.cut_off.toordinal())) | ended
    condition = facts.plan.book.subjects.rated_when
    unmet = np.zeros(part.n, bool) if condition is None else ~judge(condition, facts).may
    return Rated(~absent & ~unmet, absent, unmet)


def _ended(part: Part) -> tuple[Days, Bools]:
    """The days of dissolution, and where it lies not after the cut-off."""
    dissolved, there = part.organisations.days("撤销日期")
    return dissolved, np.asarray(there & (dissolved <= part.when.cut_off.toordinal()))
