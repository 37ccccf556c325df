"""`bands` and `table`: clauses that set the base to the points of a band or a row (step 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.arrays import (
    HELD,
    NONE,
    Bools,
    Exact,
    Ints,
    Numbers,
    Truths,
    Value,
    choose,
    compare,
)
from starrating.engine.kernel.expressions.cells import cell_passes
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.expressions.operations import as_truth, value_of
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.ground import Ground
from starrating.engine.kernel.scoring.plan import ZERO, ClausePlan
from starrating.number import exact
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Bands, PointsTable


def banded(ground: Ground, plan: ClausePlan, bands: Bands) -> Effect:
    """A clause that sets the base to the points of the band a value falls in."""
    value = evaluate(bands.of, ground)
    quantity = value if isinstance(value, Numbers) else None
    return replace(
        Effect.alone(plan, ground.n),
        sets=band_points(bands, value),
        quantity=quantity,
        lacks=_no_number(value),
    )


def _no_number(value: Value) -> Bools | None:
    """Where the value is no number though there is one: a fact lacks."""
    if isinstance(value, Numbers):
        return None if value.state is None else (value.state != HELD) & (value.state != NONE)
    every = np.ones(len(value), bool)
    return every if value.state is None else np.asarray(value.state != NONE)


def band_points(bands: Bands, value: Value) -> Numbers:
    """The points of the band a value falls in; the hull over all bands it may fall in."""
    op, edges = next(
        (op, edges)
        for op, edges in ((">=", bands.from_), (">", bands.over), ("<=", bands.upto))
        if edges is not None
    )
    ordered = sorted(((_edge(text), points) for text, points in edges.items()), reverse=op != "<=")
    n = len(value)
    rows = [(compare(op, value, Numbers.at(edge, n)), points) for edge, points in ordered]
    last = bands.otherwise if bands.otherwise is not None else ordered[-1][1]
    return _first(rows, last, n)


def _edge(text: str) -> Fraction:
    edge = exact(text)
    assert edge is not None
    return edge


def tabled(ground: Ground, plan: ClausePlan, table: PointsTable) -> Effect:
    """A clause that sets the base to the outcome of a decision table."""
    points = table_points(ground, table)
    return replace(
        Effect.alone(plan, ground.n),
        sets=points,
        lacks=None if points.sharp else ~points.certain,
    )


Rows = Sequence[tuple[Truths, Fraction]]
"""How surely each row holds, and its points."""


def table_points(ground: Ground, table: PointsTable) -> Numbers:
    """The hull of the table's outcomes over the cells of its inputs: the table is one condition."""
    conditions, outcomes = table.conditions(), table.outcomes()
    whole = conditions[0] if len(conditions) == 1 else ex.Or(conditions)
    hit, otherwise = _HITS[table.hit], table.otherwise or ZERO
    truths = [as_truth(value_of(each, ground)) for each in conditions]
    found = hit(list(zip(truths, outcomes, strict=True)), otherwise, ground.n)
    met: Bools | None = None
    for part in cell_passes(whole, ground):
        truths = [as_truth(value_of(each, part.facts, part.split)) for each in conditions]
        here = hit(list(zip(truths, outcomes, strict=True)), otherwise, len(part.at))
        met = np.zeros(ground.n, bool) if met is None else met
        found = _taken_in(found, here, part.at, met)
        met[part.at] = True
    return found


def _taken_in(found: Numbers, here: Numbers, at: Ints, met: Bools) -> Numbers:
    """`found` widened at these places; what was not met before is only what stands here."""
    index = np.zeros(len(met), np.int64)
    index[at] = np.arange(len(at))
    inside = np.zeros(len(met), bool)
    inside[at] = True
    spread = here.take(index)
    low = choose(inside & met, found.low.minimum(spread.low), found.low)
    high = choose(inside & met, found.high.maximum(spread.high), found.high)
    new = inside & ~met
    return Numbers(choose(new, spread.low, low), choose(new, spread.high, high))


# --- which rows hit -------------------------------------------------------------------------


class _Range:
    """The least and the most of the outcomes that are let in, subject by subject."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.low = self.high = Exact.at(0, n)
        self.some = np.zeros(n, bool)

    def let_in(self, mask: Bools, points: Exact) -> None:
        self.low = choose(mask & (~self.some | points.less(self.low)), points, self.low)
        self.high = choose(mask & (~self.some | self.high.less(points)), points, self.high)
        self.some = self.some | mask

    def numbers(self) -> Numbers:
        if self.low.same(self.high).all():
            return Numbers.known(self.low)
        return Numbers.between(self.low, self.high)


def _first(rows: Rows, otherwise: Fraction, n: int) -> Numbers:
    """The first row that holds."""
    found, waiting = _Range(n), np.ones(n, bool)
    for truths, points in rows:
        found.let_in(waiting & truths.may, Exact.at(points, n))
        waiting = waiting & ~truths.sure
    found.let_in(waiting, Exact.at(otherwise, n))
    return found.numbers()


def _any(rows: Rows, otherwise: Fraction, n: int) -> Numbers:
    """The one row that holds; several that surely do leave their points open."""
    found, none = _Range(n), np.ones(n, bool)
    for truths, points in rows:
        found.let_in(truths.may, Exact.at(points, n))
        none &= ~truths.sure
    found.let_in(none, Exact.at(otherwise, n))
    return found.numbers()


def _most(rows: Rows, otherwise: Fraction, n: int) -> Numbers:
    """Of the rows that hold the one with the most points."""
    sure, possible, none = _Range(n), _Range(n), np.ones(n, bool)
    for truths, points in rows:
        sure.let_in(truths.sure, Exact.at(points, n))
        possible.let_in(truths.may, Exact.at(points, n))
        none &= ~truths.sure
    possible.let_in(none, Exact.at(otherwise, n))
    low = choose(none, possible.low, sure.high)
    return Numbers.between(low, possible.high)


def _all(rows: Rows, otherwise: Fraction, n: int) -> Numbers:
    """All rows that hold, added up; `otherwise` where none does."""
    nil = Exact.at(0, n)
    low = high = nil
    some, maybe = np.zeros(n, bool), _Range(n)
    for truths, points in rows:
        amount, open_ = Exact.at(points, n), truths.may & ~truths.sure
        low = low + choose(truths.sure | (open_ if points < 0 else np.zeros(n, bool)), amount, nil)
        high = high + choose(
            truths.sure | (open_ if points > 0 else np.zeros(n, bool)), amount, nil
        )
        some |= truths.sure
        maybe.let_in(open_, amount)
    other = Exact.at(otherwise, n)
    # None may hold; where some do, at least one.
    least = choose(low.sign() != 0, low, choose(maybe.some, maybe.low, other)).minimum(other)
    most = choose(high.sign() != 0, high, choose(maybe.some, maybe.high, other)).maximum(other)
    return Numbers.between(choose(some, low, least), choose(some, high, most))


_HITS = {"first": _first, "unique": _any, "priority": _most, "collect": _all}
