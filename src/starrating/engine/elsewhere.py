"""Values from elsewhere: earlier reviews, and results of other rulebooks of this one (step 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from starrating.engine.values import ANY, NONE, Interval, Value
from starrating.rulebook.model import ReviewDecl


@dataclass(frozen=True, slots=True)
class PastReview:
    """An earlier review of one rulebook: totals, stars and items by organisation."""

    rulebook: str
    period: str
    totals: Mapping[str, Interval] = field(default_factory=dict)
    stars: Mapping[str, int | None] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, Interval]] = field(default_factory=dict)

    def figure(self, code: str, of: str) -> Value | None:
        """An organisation's total, star or item; None where this review has none."""
        if of == "total":
            return self.totals.get(code)
        if of == "star":
            star = self.stars.get(code)
            return None if star is None else Interval.at(star)
        return self.items.get(code, {}).get(of)


@dataclass(frozen=True, slots=True)
class Figures:
    """What another rulebook of this review gave one organisation."""

    total: Interval
    star: Value = NONE


def of_reviews(past: Sequence[PastReview], rule: ReviewDecl, code: str) -> Value:
    """The figures of the asked periods, taken together; a period without one is unknown.

    `past` stands oldest first. `weights` are written from the earliest period to the latest.
    """
    own = [review for review in past if review.rulebook == rule.id]
    if isinstance(rule.periods, int):
        chosen: Sequence[PastReview | None] = own[-rule.periods :] if rule.periods else ()
        missing = rule.periods - len(chosen)
        chosen = [*[None] * missing, *chosen]
    else:
        by_period = {review.period: review for review in own}
        chosen = [by_period.get(period) for period in rule.periods]
    figures = [None if review is None else review.figure(code, rule.of) for review in chosen]
    if rule.take == "latest":
        latest = figures[-1] if figures else None
        return latest if latest is not None else ANY
    numbers = [figure if isinstance(figure, Interval) else ANY for figure in figures]
    return taken(rule, numbers)


def taken(rule: ReviewDecl, numbers: Sequence[Interval]) -> Interval:
    """Sum, mean, or weighted sum, exact."""
    weights = rule.weights or (Fraction(1),) * len(numbers)
    total = Interval.at(0)
    for number, weight in zip(numbers, weights, strict=True):
        total += number * Interval.at(weight)
    if rule.take == "average" and numbers:
        return total / Interval.at(len(numbers))
    return total
