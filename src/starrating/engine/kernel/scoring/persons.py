"""A person's number inside a printed range, of all subjects (step 6)."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Numbers, choose, select
from starrating.engine.kernel.scoring.ground import Figures, Ground
from starrating.lean import dataclass
from starrating.rulebook.fields import Amount, Between

RATED_IN = {"deduct": "扣分", "add": "得分", "score": "得分"}
"""The column of 考核评分 that a clause of each form reads."""


@dataclass(frozen=True, eq=False)
class Given:
    """Amounts as they stand: printed, or a person's; `awaits` where one has to be given."""

    amount: Numbers
    awaits: Bools | None = None


def given(ground: Ground, item: str, form: str, amount: Amount, point: str | None = None) -> Given:
    """The amount of a clause of this form: a printed number is itself, a range is a person's
    number of the check point, else of the item; out of range it is not known."""
    n = ground.n
    if not isinstance(amount, Between):
        return Given(Numbers.at(amount, n))
    figures = ground.rating(item, RATED_IN[form])
    if point is not None:
        figures = _first(ground.point_figure(point), figures)
    low, high = Exact.at(amount.low, n), Exact.at(amount.high, n)
    number = figures.number
    fits = low.less(number, equal=True) & number.less(high, equal=True)
    good = figures.there & figures.usable & fits
    whole = Numbers.between(low, high)
    return Given(select(good, Numbers.known(number), whole), ~good)


def _first(one: Figures, two: Figures) -> Figures:
    """The first figures where there are any, else the second."""
    return Figures(
        choose(one.there, one.number, two.number),
        np.where(one.there, one.row, two.row),
        np.where(one.there, one.usable, two.usable),
    )
