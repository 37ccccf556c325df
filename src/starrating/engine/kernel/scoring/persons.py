"""A person's number inside a printed range, of all subjects (step 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Numbers, select
from starrating.engine.kernel.scoring.ground import Figures, Ground
from starrating.number import DIVIDED
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.raters import Seat

RATED_IN = {"deduct": "扣分", "add": "得分", "score": "得分"}
"""The column of 考核评分 that a clause of each form reads."""


@dataclass(frozen=True, eq=False)
class Given:
    """Amounts as they stand: printed, or a person's; `awaits` where one has to be given."""

    amount: Numbers
    awaits: Bools | None = None


def given(
    ground: Ground,
    item: str,
    form: str,
    amount: Amount,
    point: str | None = None,
    of: Sequence[Seat] | None = None,
) -> Given:
    """The amount of a clause of this form: a printed number is itself, a range is a person's
    number of the check point, else of the item, the mean over the seats `of` (by default those of
    the item); out of range it is not known."""
    n = ground.n
    if not isinstance(amount, Between):
        return Given(Numbers.at(amount, n))
    column = RATED_IN[form]
    found = mean(
        [_read(ground.rating(item, column, seat), amount) for seat in of or ground.seats(item)]
    )
    if point is None:
        return found
    figures = ground.point_figure(point)
    own = _read(figures, amount)
    awaits = np.where(figures.there, waiting(own, n), waiting(found, n))
    return Given(select(figures.there, own.amount, found.amount), awaits)


def mean(given: Sequence[Given]) -> Given:
    """The mean of what several seats gave, points at once; that of one is its own."""
    first, *rest = given
    if not rest:
        return first
    n, total = len(first.amount), first.amount
    awaits = waiting(first, n)
    for each in rest:
        total = total + each.amount
        awaits = awaits | waiting(each, n)
    return Given((total / Numbers.at(len(given), n)).rounded(DIVIDED), awaits)


def waiting(given: Given, n: int) -> Bools:
    """Where a person has to give a number that is not there."""
    return np.zeros(n, bool) if given.awaits is None else given.awaits


def _read(figures: Figures, amount: Between) -> Given:
    """One person's number inside the printed range."""
    n = len(figures.row)
    low, high = Exact.at(amount.low, n), Exact.at(amount.high, n)
    number = figures.number
    fits = low.less(number, equal=True) & number.less(high, equal=True)
    good = figures.there & figures.usable & fits
    if good.all():
        return Given(Numbers.known(number))
    return Given(select(good, Numbers.known(number), Numbers.between(low, high)), ~good)
