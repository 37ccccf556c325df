"""One counting pass over the rows of a sheet for all measures that ask only how many, or how much.

The conditions of these measures put the rows into classes; what is counted is every (subject,
class), and where calendar units are asked for every (subject, class, stretch of days). A measure
is a sum over the classes that count.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.expressions.entries import Entries, columns_of
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.measures.binned import binned
from starrating.engine.kernel.rows.classes import RowClasses, narrow
from starrating.engine.kernel.rows.reach import Reacher, RowFacts
from starrating.engine.kernel.rows.units import Cuts
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import Truths
from starrating.engine.kernel.values.numbers import Numbers, as_numbers
from starrating.rulebook import expressions as ex

CELLS = 1 << 22
"""So many cells are counted however few rows there are; beyond, eight a row."""
EXACT_SUM = 1 << 53
"""Below this, sums of whole numbers are exact in binary floating point."""
Counts = NDArray[np.integer]
"""Numbers of rows, in the narrowest type that holds the rows of any subject."""
STANDS, DATED = "stands", "dated"
"""The conditions that a row is not 作废, and that its day can be read."""


class TooMany(Exception):
    """The conditions of a sheet tell too many classes apart to count them all."""


@dataclass(frozen=True)
class Asked:
    """What a measure asks of a row: a filter, and its first and last day. `told` is a condition
    whose rows are counted apart, `sums` are amounts that are added up."""

    where: ex.Expr | None
    start: date
    end: date
    told: ex.Expr | None = None
    sums: tuple[ex.Expr, ...] = ()


@dataclass(frozen=True, eq=False)
class Classified:
    """The rows in classes; `terms` are the places of the conditions among the levels."""

    classes: RowClasses
    terms: Mapping[Hashable, int]

    def level(self, term: Hashable) -> NDArray[np.uint8]:
        """How surely the rows of each class meet a condition: 0 no, 1 open, 2 yes. A condition
        that is not among the terms is met by all."""
        place = self.terms.get(term)
        if place is None:
            return np.full(self.classes.count, 2, np.uint8)
        return self.classes.levels[:, place]

    def counting(self, asked: Asked) -> NDArray[np.uint8]:
        """How surely the rows of each class count for a measure."""
        found = np.minimum(self.level((asked.start, asked.end)), self.level(STANDS))
        return found if asked.where is None else np.minimum(found, self.level(asked.where))


def over(cells: Counts, chosen: Bools) -> Counts:
    """The sum of the cells of the chosen classes, in their type; the classes go first."""
    places = np.flatnonzero(chosen)
    one = len(places) == 1
    return np.asarray(cells[places[0]] if one else cells[places].sum(axis=0, dtype=cells.dtype))


@dataclass(eq=False)
class SheetTally:
    """The passes over one sheet for the measures that it serves: `plain` ones, and those `timed`
    by the stretches between `cuts`.

    A pass raises TooMany where the classes are too many, and Overflow where a condition or an
    amount of some row can not be computed.
    """

    reacher: Reacher
    sheet: str
    plain: Sequence[Asked]
    timed: Sequence[Asked]
    cuts: Cuts

    @property
    def n(self) -> int:
        """How many subjects."""
        return self.reacher.part.n

    @cached_property
    def lengths(self) -> Ints:
        """How many rows each subject has."""
        return np.bincount(self._subject, minlength=self.n)

    @property
    def _subject(self) -> Ints:
        return self.reacher.part.rows(self.sheet).subject

    # --- passes -----------------------------------------------------------------------------

    @cached_property
    def classified(self) -> Classified:
        """The classes of the plain measures."""
        return self._classified(self.plain, stretches=1, dated=False)

    @cached_property
    def counts(self) -> Counts:
        """How many rows each subject has in each class (shape (classes, subjects))."""
        classes = self.classified.classes
        return binned(classes.code, classes.count, self._subject, self.n, kind=self._counted_in)

    @cached_property
    def _counted(self) -> dict[bytes, Counts]:
        return {}

    def counted(self, chosen: Bools) -> Counts:
        """How many rows of the chosen classes each subject has."""
        key = chosen.tobytes()
        if key not in self._counted:
            self._counted[key] = over(self.counts, chosen)
        return self._counted[key]

    @property
    def _counted_in(self) -> np.dtype[np.integer]:
        """The narrowest type that holds how many rows a subject has."""
        return narrow(self._most + 1)

    @cached_property
    def _most(self) -> int:
        return int(self.lengths.max(initial=0))

    @cached_property
    def stretched(self) -> tuple[Classified, Counts]:
        """The classes of the timed measures, and how many rows each subject has in each class up to
        the end of each stretch (shape (classes, stretches, subjects))."""
        stretches = self.cuts.stretches
        found = self._classified(self.timed, stretches=stretches, dated=True)
        count = found.classes.count
        code = found.classes.code.astype(narrow(count * stretches + 1))
        code *= code.dtype.type(stretches)
        code += self.cuts.stretch(self.reacher.days(self.sheet)[0]).astype(code.dtype, copy=False)
        cells = binned(code, count * stretches, self._subject, self.n, kind=self._counted_in)
        ends = cells.reshape(count, stretches, self.n)
        for before, stretch in pairwise(ends.swapaxes(0, 1)):
            np.add(before, stretch, out=stretch)
        return found, ends

    # --- amounts ----------------------------------------------------------------------------

    @cached_property
    def _amounts(self) -> dict[ex.Expr, Numbers]:
        facts = RowFacts(self.reacher.subjects, self.reacher.part.rows(self.sheet))
        exprs = dict.fromkeys(expr for each in self.plain for expr in each.sums)
        return {expr: as_numbers(evaluate(expr, facts)) for expr in exprs}

    @cached_property
    def _sums(self) -> dict[ex.Expr, Ints]:
        return {}

    def sum(self, expr: ex.Expr, chosen: Bools) -> Exact | None:
        """The sum of an amount over each subject's rows of the chosen classes, rows that lack it
        as 0; None where floating point might not be exact, or there is no common denominator."""
        amount, most = self._amounts[expr], self._most
        low = amount.low
        if not isinstance(low.den, int) or low.bound * most >= EXACT_SUM:
            return None
        if expr not in self._sums:
            known = amount.sharp and amount.state is None
            num = low.num if known else np.where(amount.certain, low.num, 0)
            code, count = self.classified.classes.code, self.classified.classes.count
            sums = binned(code, count, self._subject, self.n, amounts=num)
            self._sums[expr] = np.asarray(sums, np.int64)
        found = np.asarray(over(self._sums[expr], chosen), np.int64)
        return Exact(found, low.den, low.bound * most, low.den)

    # --- classes ----------------------------------------------------------------------------

    def _classified(self, asked: Sequence[Asked], *, stretches: int, dated: bool) -> Classified:
        """The rows in classes by all conditions of these measures."""
        found, terms = RowClasses.one(self.reacher.part.rows(self.sheet).n), dict[Hashable, int]()
        by_column, alone = self._conditions(asked)
        for column, exprs in by_column.items():
            entries = self.reacher.entries(self.sheet, column)
            assert entries is not None
            judged = [entries.judged(expr, self.reacher.subjects) for expr in exprs]
            terms |= {expr: len(terms) + number for number, expr in enumerate(exprs)}
            found = self._bounded(found.by_entry(entries.place, judged), stretches)
        for term, make in (*alone.items(), *self._marks(asked, dated=dated)):
            truths = make()
            if not truths.sure.all():
                terms[term] = len(terms)
                found = self._bounded(found.by_row(truths), stretches)
        return Classified(found, terms)

    def _conditions(
        self, asked: Sequence[Asked]
    ) -> tuple[dict[str, list[ex.Expr]], dict[Hashable, Callable[[], Truths]]]:
        """The conditions on the entries of one column, by column; and the others."""
        by_column: dict[str, list[ex.Expr]] = {}
        alone: dict[Hashable, Callable[[], Truths]] = {}
        rows = self.reacher.part.rows(self.sheet)
        exprs = (expr for each in asked for expr in (each.where, each.told) if expr is not None)
        for expr in dict.fromkeys(exprs):
            columns = columns_of(expr, rows) or frozenset()
            column = min(columns) if len(columns) == 1 else None
            if column is not None and self._entries(column) is not None:
                by_column.setdefault(column, []).append(expr)
            else:
                alone[expr] = partial(self.reacher.filtered, self.sheet, expr)
        return by_column, alone

    def _entries(self, column: str) -> Entries | None:
        return self.reacher.entries(self.sheet, column)

    def _marks(
        self, asked: Sequence[Asked], *, dated: bool
    ) -> Iterator[tuple[Hashable, Callable[[], Truths]]]:
        """What is asked of rows beside conditions: their day, that they stand, their amounts."""
        reacher, sheet = self.reacher, self.sheet
        for span in dict.fromkeys((each.start, each.end) for each in asked):
            yield span, partial(reacher.in_time, sheet, *span)
        void = reacher.void(sheet)
        if void is not None:
            yield STANDS, partial(Truths.known, ~void)
        if dated:
            yield DATED, partial(Truths.known, reacher.days(sheet)[1])
            return
        for expr, amount in self._amounts.items():
            if not amount.sharp or amount.state is not None:
                yield ("known", expr), partial(Truths.known, amount.certain)

    def _bounded(self, classes: RowClasses, stretches: int) -> RowClasses:
        if classes.count * self.n * stretches > max(CELLS, 8 * len(self._subject)):
            raise TooMany
        return classes
