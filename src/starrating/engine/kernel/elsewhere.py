"""`review`: figures of the subjects in earlier reviews (step 5)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from starrating.engine.elsewhere import PastReview
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.numbers import Numbers
from starrating.engine.values import ANY, Interval
from starrating.rulebook.model import ReviewDecl


def of_reviews(part: Part, rule: ReviewDecl) -> Numbers:
    """The figures of the asked periods, taken together; a period without one is unknown."""
    figures = [_figures(part, review, rule.of) for review in _chosen(part, rule)]
    if rule.take == "latest":
        return figures[-1] if figures else Numbers.anything(part.n)
    weights = rule.weights or (Fraction(1),) * len(figures)
    total = Numbers.at(0, part.n)
    for number, weight in zip(figures, weights, strict=True):
        total += number * Numbers.at(weight, part.n)
    if rule.take == "average" and figures:
        return total / Numbers.at(len(figures), part.n)
    return total


def _chosen(part: Part, rule: ReviewDecl) -> Sequence[PastReview | None]:
    """The reviews of the asked periods, oldest first; None where there was none."""
    own = [review for review in part.previous.reviews if review.rulebook == rule.id]
    if isinstance(rule.periods, int):
        newest = own[len(own) - min(rule.periods, len(own)) :]
        return [*[None] * (rule.periods - len(newest)), *newest]
    by_period = {review.period: review for review in own}
    return [by_period.get(period) for period in rule.periods]


def _figures(part: Part, review: PastReview | None, of: str) -> Numbers:
    """A total, a star or an item of each subject in one review."""
    if review is None:
        return Numbers.anything(part.n)
    found: list[Interval] = []
    for code in part.codes:
        if of == "star":
            star = review.stars.get(code)
            found.append(ANY if star is None else Interval.at(star))
        elif of == "total":
            found.append(review.totals.get(code, ANY))
        else:
            found.append(review.items.get(code, {}).get(of, ANY))
    return intervals(found)


def intervals(found: Sequence[Interval]) -> Numbers:
    """Single intervals as one array."""
    lows = Exact.of([each.low or 0 for each in found])
    highs = Exact.of([each.high or 0 for each in found])
    no_low = np.array([each.low is None for each in found], np.bool_)
    no_high = np.array([each.high is None for each in found], np.bool_)
    if all(each.known for each in found):
        return Numbers.known(lows)
    return Numbers(
        lows, highs, no_low if no_low.any() else None, no_high if no_high.any() else None
    )
