"""How what a clause takes, gives or sets moves (semantics.md step 6)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from starrating.number import exact
from starrating.rulebook.fields import Between
from starrating.rulebook.layers.formulas import Reads, condition, value
from starrating.rulebook.layers.measures import field, field_cause, unwritten
from starrating.rulebook.layers.movement import (
    DOWN,
    MIXED,
    SAME,
    UP,
    Movement,
    amount,
    kept,
    number,
    together,
)
from starrating.rulebook.model import Bands, Clause, PointsTable

_TOLD = frozenset(("basis", "note", "adjustable", "origin"))
_UNKNOWN = ("as_lost", "unassessed", "as_met")


def score(reads: Reads, before: Clause, after: Clause) -> Movement:
    """How the score of the item moves by this clause, where points are earned and it may fall to
    nothing: a clause that deducts more moves it DOWN."""
    if before.form != after.form:
        return MIXED.blame(field_cause(before, after, before.form))
    unknown = field(before, after, "if_unknown", _if_unknown(before, after))
    acts = {"deduct": _taken, "add": _given, "score": _set, "bands": _bands, "table": _table,
            "worst_of": _several, "best_of": _several}[before.form]  # fmt: skip
    return acts(reads, before, after) & unknown


def _if_unknown(before: Clause, after: Clause) -> Movement:
    return number(_UNKNOWN.index(before.if_unknown), _UNKNOWN.index(after.if_unknown))


def _taken(reads: Reads, before: Clause, after: Clause) -> Movement:
    return -_size(reads, before, after)


def _given(reads: Reads, before: Clause, after: Clause) -> Movement:
    return _size(reads, before, after)


def _size(reads: Reads, before: Clause, after: Clause) -> Movement:
    """How much the clause takes or gives: the amount times the quantity, up to a limit."""
    form = before.form
    size = field(before, after, form, _amounts(before, after))
    size &= field(before, after, "if_", condition(reads, before.if_, after.if_))
    size &= _quantity(reads, before, after)
    size &= field(before, after, "up_to", number(before.up_to, after.up_to, none=1))
    size &= field(before, after, "highest", _highest(before, after))
    known = _TOLD | {form, "if_", "per", "every", "of", "below", "above", "partial", "up_to",
                     "highest", "if_unknown"}  # fmt: skip
    return size & unwritten(before, after, known)


def _quantity(reads: Reads, before: Clause, after: Clause) -> Movement:
    if (before.per is None) != (after.per is None):
        return field(before, after, "per", MIXED)
    moved = SAME
    if before.per is not None and after.per is not None:
        moved = field(before, after, "per", value(reads, before.per, after.per))
    if before.every is None and after.every is None:
        return moved
    if any((getattr(before, word) is None) != (getattr(after, word) is None)
           for word in ("every", "of", "below", "above")):  # fmt: skip
        return field(before, after, "every", MIXED)
    sense = -_edge(reads, before, after, "of")
    if before.below is not None:
        moved &= sense & _edge(reads, before, after, "below")
    else:
        moved &= -sense - _edge(reads, before, after, "above")
    moved &= -field(before, after, "every", number(before.every, after.every))
    partial = number(before.partial is not None, after.partial is not None)
    return moved & field(before, after, "partial", partial)


def _edge(reads: Reads, before: Clause, after: Clause, word: str) -> Movement:
    return field(before, after, word, value(reads, getattr(before, word), getattr(after, word)))


def _amounts(before: Clause, after: Clause) -> Movement:
    ones, others = before.amount, after.amount
    assert ones is not None
    assert others is not None
    if not isinstance(ones, dict) or not isinstance(others, dict):
        if isinstance(ones, dict) or isinstance(others, dict):
            return MIXED
        return amount(ones, others) if _positive(ones, others) else kept(ones, others)
    if not all(_positive(each) for each in (*ones.values(), *others.values())):
        return kept(ones, others)
    moved = together(amount(ones[word], others[word]) for word in ones.keys() & others.keys())
    if ones.keys() == others.keys():
        return moved
    if before.by is not None or before.highest is not None or before.form == "score":
        return MIXED
    if ones.keys() < others.keys():
        return moved & UP
    return moved & DOWN if others.keys() < ones.keys() else MIXED


def _positive(*amounts: Fraction | Between) -> bool:
    return all((each.low if isinstance(each, Between) else each) >= 0 for each in amounts)


def _highest(before: Clause, after: Clause) -> Movement:
    """`highest: only` counts one of several, so less."""
    if before.highest == after.highest:
        return SAME
    return DOWN if after.highest is not None else UP


def _set(reads: Reads, before: Clause, after: Clause) -> Movement:
    moved = field(before, after, "score", _amounts(before, after))
    met = field(before, after, "if_", condition(reads, before.if_, after.if_))
    final = before.score == after.score == 0
    zero = (before.score == 0) is (after.score == 0)
    moved = moved if zero or isinstance(before.score, dict) else moved.unclear
    known = _TOLD | {"score", "if_", "if_unknown"}
    quantity = _quantity(reads, before, after).unclear
    known |= {"per", "every", "of", "below", "above", "partial"}
    return moved & (-met if final else met.unclear) & quantity & unwritten(before, after, known)


def _several(reads: Reads, before: Clause, after: Clause) -> Movement:
    """The largest of several losses, or of several gains; each moves with its own."""
    ones, others = before.inner(), after.inner()
    moved = together(score(reads, one, other) for one, other in zip(ones, others, strict=False))
    if len(ones) != len(others):
        more = len(others) > len(ones)
        taking = before.form == "worst_of" and all(each.form == "deduct" for each in others)
        moved &= field(before, after, before.form, DOWN if more and taking else MIXED)
    met = field(before, after, "if_", condition(reads, before.if_, after.if_))
    known = _TOLD | {"worst_of", "best_of", "if_", "if_unknown", "up_to"}
    limit = field(before, after, "up_to", number(before.up_to, after.up_to, none=1))
    turned = (-met - limit) if before.form == "worst_of" else (met & limit)
    return moved & turned & unwritten(before, after, known)


# --- bands and tables -------------------------------------------------------------------------------


def _bands(reads: Reads, before: Clause, after: Clause) -> Movement:
    ones, others = before.bands, after.bands
    assert ones is not None
    assert others is not None
    steps = field(before, after, "bands", _steps_move(ones, others))
    of = value(reads, ones.of, others.of)
    of = _along(others, of).blame(field_cause(ones, others, "of"))
    met = field(before, after, "if_", condition(reads, before.if_, after.if_)).unclear
    known = _TOLD | {"bands", "if_", "if_unknown"}
    return steps & of & met & unwritten(before, after, known)


def _along(bands: Bands, of: Movement) -> Movement:
    """How the points move with the figure: as it does where higher bands give more."""
    if not of.moves:
        return of
    given = [each for each in (_points(bands, at) for at in _samples(bands)) if each is not None]
    if all(low <= high for low, high in pairwise(given)):
        return of
    return -of if all(low >= high for low, high in pairwise(given)) else of.unclear


def _edges(bands: Bands) -> Mapping[Fraction, Fraction]:
    written = bands.from_ or bands.over or bands.upto or {}
    found = {exact(edge.strip()): points for edge, points in written.items()}
    return {edge: points for edge, points in found.items() if edge is not None}


def _samples(*several: Bands) -> list[Fraction]:
    """A value on each edge, between each two, and beyond."""
    edges = sorted({edge for bands in several for edge in _edges(bands)}) or [Fraction(0)]
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    return sorted((*edges, *between, edges[0] - 1, edges[-1] + 1))


def _points(bands: Bands, at: Fraction) -> Fraction | None:
    """The points at a value; beyond the last edge, where `otherwise` is silent, its own."""
    edges = _edges(bands)
    if bands.upto is not None:
        holding = [edge for edge in edges if at <= edge]
        nearest, last = min(holding, default=None), max(edges, default=None)
    else:
        holding = [edge for edge in edges if (at > edge if bands.over is not None else at >= edge)]
        nearest, last = max(holding, default=None), min(edges, default=None)
    if nearest is not None:
        return edges[nearest]
    return bands.otherwise if bands.otherwise is not None or last is None else edges[last]


def _steps_move(before: Bands, after: Bands) -> Movement:
    moved = []
    for at in _samples(before, after):
        one, other = _points(before, at), _points(after, at)
        if (one is None) != (other is None):
            return MIXED
        moved.append(number(one, other))
    return together(moved)


def _table(reads: Reads, before: Clause, after: Clause) -> Movement:
    ones, others = before.table, after.table
    assert ones is not None
    assert others is not None
    rows = field(before, after, "table", _outcomes(ones, others))
    read = together(value(reads, each, each).unclear for each in ones.of)
    met = field(before, after, "if_", condition(reads, before.if_, after.if_)).unclear
    return rows & read & met & unwritten(before, after, _TOLD | {"table", "if_", "if_unknown"})


def _outcomes(before: PointsTable, after: PointsTable) -> Movement:
    same = before.of == after.of and before.hit == after.hit
    if not same or before.conditions() != after.conditions():
        return MIXED
    pairs = zip(before.outcomes(), after.outcomes(), strict=True)
    moved = together(number(one, other) for one, other in pairs)
    return moved & number(before.otherwise, after.otherwise)
