"""`bands`: the points of the band a value falls in (step 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.expressions.evidence import Evidence
from starrating.engine.expressions.formulas import evaluate
from starrating.engine.expressions.operations import compare
from starrating.engine.scoring.effect import Effect, Story
from starrating.engine.values import NO, NONE, YES, Interval, Value
from starrating.number import exact
from starrating.rulebook.chinese import say
from starrating.rulebook.model import Bands, Clause

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def banded(subject: SubjectFacts, clause: Clause, bands: Bands, number: str) -> Effect:
    """A clause that sets the base to the points of a band."""
    value = evaluate(bands.of, subject)
    evidence = Evidence(subject, bands.of)
    return Effect(
        number,
        clause.origin,
        clause.form,
        applies=evidence.applies(),
        sets=band_points(bands, value),
        quantity=value if isinstance(value, Interval) else None,
        lacks_facts=not isinstance(value, Interval) and value is not NONE,
        story=lambda: Story(
            say(bands.of), evidence.sources(), (), evidence.not_counted(), evidence.unknown()
        ),
    )


def band_points(bands: Bands, value: Value) -> Interval:
    """The points of the band a value falls in; the hull over all bands it may fall in."""
    op, edges = next(
        (op, edges)
        for op, edges in ((">=", bands.from_), (">", bands.over), ("<=", bands.upto))
        if edges is not None
    )
    ordered = sorted(((_edge(text), points) for text, points in edges.items()), reverse=op != "<=")
    possible: list[Fraction] = []
    for edge, points in ordered:
        reached = compare(op, value, Interval.at(edge))
        if reached is not NO:
            possible.append(points)
        if reached is YES:
            break
    else:
        possible.append(bands.otherwise if bands.otherwise is not None else ordered[-1][1])
    return Interval(min(possible), max(possible))


def _edge(text: str) -> Fraction:
    edge = exact(text)
    if edge is None:
        raise ValueError(f"{text} is not an edge")
    return edge
