"""Conditions and expressions over facts of which not everything is known (step 0).

Inside one condition a fact that is used in two places is one fact (`cells`): the condition is yes
(no) only if it is so in every cell. Across conditions facts are not correlated; the hull of the
parts stands.
"""

from __future__ import annotations

from datetime import date
from functools import reduce

from starrating.engine.expressions.cells import splits
from starrating.engine.expressions.operations import WHOLE, value_of
from starrating.engine.values import (
    OPEN,
    UNKNOWN,
    Interval,
    Nothing,
    Truth,
    Unknown,
    Value,
    as_interval,
    as_truth,
)
from starrating.rulebook import expressions as ex


class Facts:
    """Where an expression finds its facts.

    What may not be asked in a place was refused when the rules were checked; here it is a
    KeyError.
    """

    def quotient(self, value: Interval) -> Interval:
        """What a division gives here: exact, except where it becomes points at once (step 8)."""
        return value

    def name(self, name: str) -> Value:
        """The value of a column, measure or built-in."""
        raise KeyError(name)

    def found(self, point: str) -> Truth:
        """Whether a check point was found."""
        raise KeyError(point)

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """How many elements of a named list are present, or lacking."""
        raise KeyError(("present" if present else "lacking", listed))

    def flag(self, kind: str, flag: str) -> Truth:
        """Whether a flag is `flagged`, `confirmed` or `denied`."""
        raise KeyError((kind, flag))

    def item_score(self, item: str) -> Interval:
        """得分("2.1")."""
        raise KeyError(item)

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook, or None if there is no list of that name."""
        raise KeyError(name)


class FactsOver(Facts):
    """Facts that are those of somebody else, where a subclass does not say otherwise."""

    def __init__(self, under: Facts) -> None:
        self.under = under

    def name(self, name: str) -> Value:
        """The value of a column, measure or built-in."""
        return self.under.name(name)

    def found(self, point: str) -> Truth:
        """Whether a check point was found."""
        return self.under.found(point)

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """How many elements of a named list are present, or lacking."""
        return self.under.count_of(listed, present=present)

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook."""
        return self.under.options(name)


def judge(expr: ex.Expr, facts: Facts) -> Truth:
    """The truth of a condition over all ways its unknown facts could turn out."""
    if not ex.read_twice(expr):
        return as_truth(value_of(expr, facts, WHOLE))
    answers = {as_truth(value_of(expr, facts, split)) for split in splits(expr, facts)}
    return answers.pop() if len(answers) == 1 else OPEN


def evaluate(expr: ex.Expr, facts: Facts) -> Value:
    """The value of an expression; an arithmetic one as the hull over the cells."""
    if not ex.read_twice(expr):
        return value_of(expr, facts, WHOLE)
    return hull_of([value_of(expr, facts, split) for split in splits(expr, facts)])


def hull_of(values: list[Value]) -> Value:
    """The smallest value that holds all of them."""
    first, *rest = values
    if all(value == first for value in rest):
        return first
    if all(isinstance(value, Truth) for value in values):
        return OPEN
    if any(isinstance(value, (str, date, Unknown, Nothing)) for value in values):
        return UNKNOWN
    return reduce(Interval.hull, (n for v in values if isinstance(n := as_interval(v), Interval)))
