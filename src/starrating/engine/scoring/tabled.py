"""`table`: the points that a decision table sets, over all ways its inputs could turn out (step 6).

The table is one condition: a fact that several rows read is one fact (step 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.expressions.cells import splits
from starrating.engine.expressions.evidence import Evidence
from starrating.engine.expressions.formulas import evaluate
from starrating.engine.expressions.operations import value_of
from starrating.engine.scoring.effect import Effect, Story
from starrating.engine.values import NO, YES, ZERO, Interval, Truth, as_truth
from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import say
from starrating.rulebook.model import Clause, PointsTable

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

Rows = Sequence[tuple[Truth, Fraction]]
"""How surely each row holds, and its points."""


def tabled(subject: SubjectFacts, clause: Clause, table: PointsTable, number: str) -> Effect:
    """A clause that sets the base to the outcome of a decision table."""
    for given in table.of:
        # Also what no row asks is read: what is wrong with it is told before any story is.
        evaluate(given, subject)
    points = table_points(subject, table)
    evidence = Evidence(subject, *table.of)
    return Effect(
        number,
        clause.origin,
        clause.form,
        applies=evidence.applies(),
        sets=points,
        lacks_facts=not points.known,
        story=lambda: Story(
            "、".join(say(given) for given in table.of),
            evidence.sources(),
            (),
            evidence.not_counted(),
            evidence.unknown(),
        ),
    )


def table_points(subject: SubjectFacts, table: PointsTable) -> Interval:
    """The hull of the table's outcomes over the cells of its inputs."""
    conditions, outcomes = table.conditions(), table.outcomes()
    whole = conditions[0] if len(conditions) == 1 else ex.Or(conditions)
    found: Interval | None = None
    for split in splits(whole, subject):
        truths = [as_truth(value_of(each, subject, split)) for each in conditions]
        rows = list(zip(truths, outcomes, strict=True))
        if table.hit == "unique" and sum(truth is YES for truth in truths) > 1:
            _two_rows(subject, table, truths)
        points = _HITS[table.hit](rows, table.otherwise or ZERO)
        found = points if found is None else found.hull(points)
    assert found is not None
    return found


def _two_rows(subject: SubjectFacts, table: PointsTable, truths: Sequence[Truth]) -> None:
    """Two rows of a unique table hold: a fault that names both."""
    held = "、".join(f"第{n}行" for n, truth in enumerate(truths, start=1) if truth is YES)
    subject.report(CODES.fault("E121", table.origin, rows=held, name=subject.organisation.name))


def _first(rows: Rows, otherwise: Fraction) -> Interval:
    """The first row that holds."""
    possible: list[Fraction] = []
    for truth, points in rows:
        if truth is not NO:
            possible.append(points)
        if truth is YES:
            break
    else:
        possible.append(otherwise)
    return Interval(min(possible), max(possible))


def _any(rows: Rows, otherwise: Fraction) -> Interval:
    """The one row that holds; several that surely do leave their points open."""
    possible = [points for truth, points in rows if truth is not NO]
    if not any(truth is YES for truth, _ in rows):
        possible.append(otherwise)
    return Interval(min(possible), max(possible))


def _most(rows: Rows, otherwise: Fraction) -> Interval:
    """Of the rows that hold the one with the most points."""
    sure = [points for truth, points in rows if truth is YES]
    possible = [points for truth, points in rows if truth is not NO]
    if sure:
        return Interval(max(sure), max(possible))
    every = [*possible, otherwise]
    return Interval(min(every), max(every))


def _all(rows: Rows, otherwise: Fraction) -> Interval:
    """All rows that hold, added up; `otherwise` where none does."""
    sure = [points for truth, points in rows if truth is YES]
    maybe = [points for truth, points in rows if truth not in (YES, NO)]
    low = sum((points for points in maybe if points < 0), sum(sure, ZERO))
    high = sum((points for points in maybe if points > 0), sum(sure, ZERO))
    if sure:
        return Interval(low, high)
    # None may hold; where some do, at least one.
    low, high = (low or min(maybe, default=otherwise)), (high or max(maybe, default=otherwise))
    return Interval(min(low, otherwise), max(high, otherwise))


_HITS = {"first": _first, "unique": _any, "priority": _most, "collect": _all}
