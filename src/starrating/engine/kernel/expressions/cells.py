"""The splitting of unknown facts into cells: correlation inside one condition (step 0).

A fact that a condition reads in two places is one fact. For every element whose twice-read facts
are not all known, their values fall into cells that the condition's own comparisons do not tell
apart. A pass lays all elements that have a certain cell into it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from starrating.engine.kernel.expressions.compare import differs_nowhere
from starrating.engine.kernel.expressions.edges import number_cells
from starrating.engine.kernel.expressions.operations import (
    Cell,
    Split,
    choose_value,
    options_of,
    value_of,
)
from starrating.engine.kernel.facts import Facts, FactsAt
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import BLANK, HELD, NONE, UNKNOWN, Dates, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers
from starrating.rulebook import expressions as ex

MAX_CELLS = 4096
"""Beyond this many cells a condition is judged without correlation (still sound, less sharp)."""
OTHER_TEXT = "\0"
"""Stands for any text that the condition does not name."""

Mark = tuple[Value, Bools]


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """One combination of cells: `of` are all elements that are split, `at` those in this one."""

    of: Bools
    at: Ints
    facts: Facts
    split: Split


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """The cells of one fact (and of tests on it) for the elements where `valid` holds."""

    valid: Bools
    cells: dict[ex.Expr, Cell]


def cell_passes(expr: ex.Expr, facts: Facts) -> Iterator[Pass]:
    """Every combination of cells, with the elements whose unknown facts may lie in them."""
    often = ex.read_twice(expr)
    open_ = [leaf for leaf in often if not known(value_of(leaf, facts)).all()]
    if not open_:
        return
    need = np.zeros(facts.n, np.bool_)
    for leaf in open_:
        need |= ~known(value_of(leaf, facts))
    index = np.flatnonzero(need)
    part = FactsAt(facts, index)
    ways = [_ways(leaf, expr, part) for leaf in open_]
    count = np.ones(len(index), np.int64)
    for each in ways:
        own = np.sum([way.valid for way in each], axis=0)
        count = np.minimum(count * own, MAX_CELLS + 1)
    few = count <= MAX_CELLS
    of = np.zeros(facts.n, np.bool_)
    of[index[few]] = True
    for chosen, cells in _combined(ways, few):
        at = np.flatnonzero(chosen)
        split = {leaf: _cell_at(cell, at) for leaf, cell in cells.items()}
        yield Pass(of, index[at], FactsAt(part, at), split)


def _combined(
    ways: Sequence[list[_Way]], mask: Bools
) -> Iterator[tuple[Bools, dict[ex.Expr, Cell]]]:
    """Every choice of one way a fact that some element has."""
    if not mask.any():
        return
    if not ways:
        yield mask, {}
        return
    first, *rest = ways
    for way in first:
        for chosen, cells in _combined(rest, mask & way.valid):
            yield chosen, {**way.cells, **cells}


def _cell_at(cell: Cell, at: Ints) -> Cell:
    marks = tuple((mark.take(at), valid[at]) for mark, valid in cell.marks)
    return Cell(cell.hull.take(at), cell.sample.take(at), marks)


def known(value: Value) -> Bools:
    """Where nothing about the fact is open; none is known."""
    if isinstance(value, Numbers):
        return value.certain if value.state is None else value.certain | (value.state == NONE)
    found = np.ones(len(value), np.bool_) if value.state is None else value.state < UNKNOWN
    if isinstance(value, Truths) and not value.closed:
        found = found & ~(value.open & _held(value))
    return found


def _held(value: Value) -> Bools:
    return np.ones(len(value), np.bool_) if value.state is None else np.asarray(value.state == HELD)


# --- the cells of one fact ------------------------------------------------------------------


def _ways(leaf: ex.Expr, expr: ex.Expr, facts: Facts) -> list[_Way]:
    value = value_of(leaf, facts)
    done = known(value)
    found = [_Way(done, {})]
    marks = list(_marks(leaf, expr, facts))
    bare, tests = _stands_bare(leaf, expr), _text_tests(leaf, expr)
    truths, texts, dates, numbers = (_of_kind(marks, kind) for kind in _KINDS)
    if isinstance(value, Numbers) and bare:
        numbers.append((Numbers.at(0, facts.n), _held(value)))
    either = _any(truths, facts.n)
    if isinstance(value, Truths):
        either = either | value.open & _held(value)
    rest = ~done & ~either
    asked = rest if tests else rest & _any(texts, facts.n)
    if asked.any():
        found += _text_ways(leaf, texts, tests, asked, facts.n)
    rest = rest & ~asked
    asked = rest & _any(dates, facts.n)
    if asked.any():
        found += _date_ways(leaf, dates, asked)
    rest = rest & ~asked
    asked = rest & _any(numbers, facts.n)
    if asked.any():
        found += _number_ways(leaf, numbers, as_numbers(value), asked)
    rest = rest & ~asked
    either = (either & ~done) | (rest if bare else np.zeros(facts.n, np.bool_))
    for answer in (False, True):
        truth = Truths.at(answer, facts.n)
        found.append(_Way(either, {leaf: Cell(truth, truth)}))
    if not bare:
        found.append(_Way(rest, {}))
    return [way for way in found if way.valid.any()]


_KINDS = (Truths, Texts, Dates, Numbers)


def _of_kind(marks: Sequence[Mark], kind: type) -> list[Mark]:
    return [mark for mark in marks if isinstance(mark[0], kind)]


def _any(marks: Sequence[Mark], n: int) -> Bools:
    found = np.zeros(n, np.bool_)
    for _, valid in marks:
        found |= valid
    return found


def _stands_bare(leaf: ex.Expr, expr: ex.Expr) -> bool:
    """Whether the fact stands as a condition of its own."""
    return any(
        leaf in ((node.of,) if isinstance(node, ex.Not) else node.parts)
        for node in ex.walk(expr)
        if isinstance(node, (ex.And, ex.Or, ex.Not))
    )


def _marks(leaf: ex.Expr, expr: ex.Expr, facts: Facts) -> Iterator[Mark]:
    """The known values that the fact is compared with directly."""
    for node in ex.walk(expr):
        if isinstance(node, ex.Compare) and leaf in (node.left, node.right):
            for other in (node.left, node.right):
                if other != leaf:
                    mark = value_of(other, facts)
                    yield mark, known(mark) & _held(mark)
        elif isinstance(node, ex.In) and node.of == leaf:
            for option in options_of(node, facts):
                yield option, np.ones(facts.n, np.bool_)


def _text_tests(leaf: ex.Expr, expr: ex.Expr) -> list[ex.Expr]:
    nodes = (node for node in ex.walk(expr) if isinstance(node, (ex.Includes, ex.TextTest)))
    return list(dict.fromkeys(node for node in nodes if node.of == leaf))


def _text_ways(
    leaf: ex.Expr, marks: Sequence[Mark], tests: Sequence[ex.Expr], asked: Bools, n: int
) -> list[_Way]:
    """Each word that the condition names, and any other text with every outcome of the tests."""
    found = []
    for number, (word, valid) in enumerate(marks):
        fresh = asked & valid & ~_met(word, marks[:number])
        found.append(_Way(fresh, {leaf: Cell(word, word)}))
    unknown = Texts(np.zeros(n, np.int64), (OTHER_TEXT,), np.full(n, UNKNOWN, np.int8))
    other = Cell(unknown, Texts.at(OTHER_TEXT, n), marks)
    answers = [Truths.at(answer, n) for answer in (False, True)]
    for outcome in product(answers, repeat=len(tests)):
        told = {test: Cell(truth, truth) for test, truth in zip(tests, outcome, strict=True)}
        found.append(_Way(asked, {leaf: other, **told}))
    return found


def _met(value: Value, marks: Sequence[Mark]) -> Bools:
    """Where the value is one of the marks."""
    found = np.zeros(len(value), np.bool_)
    for mark, valid in marks:
        found |= valid & differs_nowhere(value, mark)
    return found


def _date_ways(leaf: ex.Expr, marks: Sequence[Mark], asked: Bools) -> list[_Way]:
    """The days at and beside each day the condition names."""
    near: list[Mark] = []
    found = []
    for mark, valid in marks:
        assert isinstance(mark, Dates)
        for shift in (-1, 0, 1):
            day = Dates(np.asarray(mark.days, np.int64) + shift)
            fresh = asked & valid & ~_met(day, near)
            named = _met(day, marks)
            state = np.where(named, np.int8(HELD), np.int8(UNKNOWN))
            found.append(_Way(fresh, {leaf: Cell(Dates(day.days, state), day, marks)}))
            near.append((day, valid))
    return found


def _number_ways(leaf: ex.Expr, marks: Sequence[Mark], bounds: Numbers, asked: Bools) -> list[_Way]:
    """Below, at and above each number the condition names, as far as the bounds touch them."""
    edges: list[tuple[Exact, Bools]] = []
    for mark, valid in marks:
        assert isinstance(mark, Numbers)
        edges.append((mark.low, valid))
    return [
        _Way(asked & cell.valid, {leaf: Cell(cell.hull, cell.sample, marks)})
        for cell in number_cells(edges, bounds)
    ]


__all__ = ["BLANK", "MAX_CELLS", "Pass", "cell_passes", "choose_value", "known"]
