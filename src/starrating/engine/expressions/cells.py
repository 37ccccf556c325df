"""The splitting of unknown facts into cells: correlation inside one condition (step 0).

A fact that a condition reads in two places is one fact. Its possible values fall into cells that
the condition's own comparisons do not tell apart: numbers and dates below, at and above the
values they are compared with, the texts it is compared with and any other text. In each cell the
condition is judged by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING

from starrating.engine.days import ONE_DAY
from starrating.engine.expressions.operations import WHOLE, Cell, Split, options_of, value_of
from starrating.engine.values import (
    ANY,
    NIL,
    NO,
    NONE,
    UNKNOWN,
    YES,
    Interval,
    Truth,
    Value,
    known,
)
from starrating.rulebook import expressions as ex

if TYPE_CHECKING:
    from starrating.engine.expressions.formulas import Facts

MAX_CELLS = 4096
"""Beyond this many cells a condition is judged without correlation (still sound, less sharp)."""

OTHER_TEXT = "\0"
"""Stands for any text that the condition does not name."""

_EITHER = (Cell(NO, NO), Cell(YES, YES))


def splits(expr: ex.Expr, facts: Facts) -> Iterator[Split]:
    """Every way to lay the unknown facts that stand in several places into their cells."""
    often = ex.read_twice(expr)
    if not often:
        yield WHOLE
        return
    ways = [_ways(leaf, value, expr, facts) for leaf, value in _unknown(often, facts)]
    if prod(len(each) for each in ways) > MAX_CELLS:
        yield WHOLE
        return
    for choice in product(*ways):
        yield {part: cell for way in choice for part, cell in way.items()}


def _unknown(leaves: Iterable[ex.Expr], facts: Facts) -> Iterator[tuple[ex.Expr, Value]]:
    for leaf in leaves:
        value = value_of(leaf, facts, WHOLE)
        if not known(value):
            yield leaf, value


def _ways(leaf: ex.Expr, value: Value, expr: ex.Expr, facts: Facts) -> list[Split]:
    """The cells of one fact; for texts, with the outcome of the tests on any other text."""
    marks = list(dict.fromkeys(_marks(leaf, expr, facts)))
    bare = _stands_bare(leaf, expr)
    if isinstance(value, Truth) or any(isinstance(mark, Truth) for mark in marks):
        return [{leaf: cell} for cell in _EITHER]
    texts = [mark for mark in marks if isinstance(mark, str)]
    dates = [mark for mark in marks if isinstance(mark, date)]
    edges = [mark.number for mark in marks if isinstance(mark, Interval)]
    tests = _text_tests(leaf, expr)
    if texts or tests:
        return _text_ways(leaf, texts, tests)
    if dates:
        return [{leaf: cell} for cell in _date_cells(dates)]
    if isinstance(value, Interval) and bare:
        edges.append(NIL.number)
    if edges:
        bounds = value if isinstance(value, Interval) else ANY
        return [{leaf: cell} for cell in _number_cells(edges, bounds)]
    return [{leaf: cell} for cell in _EITHER] if bare else [WHOLE]


def _stands_bare(leaf: ex.Expr, expr: ex.Expr) -> bool:
    """Whether the fact stands as a condition of its own."""
    return any(
        leaf in ((node.of,) if isinstance(node, ex.Not) else node.parts)
        for node in ex.walk(expr)
        if isinstance(node, (ex.And, ex.Or, ex.Not))
    )


def _marks(leaf: ex.Expr, expr: ex.Expr, facts: Facts) -> Iterator[Value]:
    """The known values that the fact is compared with directly."""
    for node in ex.walk(expr):
        if isinstance(node, ex.Compare) and leaf in (node.left, node.right):
            for other in (node.left, node.right):
                mark = value_of(other, facts, WHOLE)
                if other != leaf and known(mark) and mark is not NONE:
                    yield mark
        elif isinstance(node, ex.In) and node.of == leaf:
            yield from options_of(node, facts)


# --- texts ------------------------------------------------------------------------------------


def _text_tests(leaf: ex.Expr, expr: ex.Expr) -> list[ex.Expr]:
    nodes = (node for node in ex.walk(expr) if isinstance(node, (ex.Includes, ex.TextTest)))
    return list(dict.fromkeys(node for node in nodes if node.of == leaf))


def _text_ways(leaf: ex.Expr, words: list[str], tests: list[ex.Expr]) -> list[Split]:
    """Each word that the condition names, and any other text with every outcome of the tests."""
    named: list[Split] = [{leaf: Cell(word, word)} for word in words]
    other = Cell(UNKNOWN, OTHER_TEXT, frozenset(words))
    return named + [
        {leaf: other, **dict(zip(tests, outcome, strict=True))}
        for outcome in product(_EITHER, repeat=len(tests))
    ]


# --- numbers and dates ------------------------------------------------------------------------


def _number_cells(edges: list[Fraction], bounds: Interval) -> Iterator[Cell]:
    marks = frozenset[Value](Interval.at(edge) for edge in edges)
    for low, high in pairwise((None, *sorted(set(edges)), None)):
        if low is not None:
            yield from _touching(Cell(Interval.at(low), Interval.at(low), marks), bounds)
        sample = Interval.at(_between(low, high))
        yield from _touching(Cell(Interval(low, high), sample, marks), bounds)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None or high is None:
        return (low or Fraction(0)) + 1 if high is None else high - 1
    return (low + high) / 2


def _touching(cell: Cell, bounds: Interval) -> Iterator[Cell]:
    """The cell, if any number inside the bounds lies in it; the ends of a stretch are not in it."""
    hull = cell.hull
    assert isinstance(hull, Interval)
    apart = (one.less(two, equal=not hull.known) for one, two in ((bounds, hull), (hull, bounds)))
    if YES not in apart:
        yield cell


def _date_cells(edges: list[date]) -> Iterator[Cell]:
    marks = frozenset[Value](edges)
    near = {edge + shift * ONE_DAY for edge in edges for shift in (-1, 0, 1)}
    for day in sorted(near):
        yield Cell(day if day in marks else UNKNOWN, day, marks)
