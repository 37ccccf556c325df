"""Which check points and kinds of rows rules ask for, and which an inspection recorded.

What nobody asked for then is not known now: under other rules such a point stays unknown,
whatever they say of points that nobody recorded (`Ground.unasked`), and so do measures over rows
of a kind that nobody kept (`Ground.unkept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from starrating.records.model import Records
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Clause, Item, Measure, Rulebook
from starrating.schema import CHECKS, ORGANISATIONS

Written = Callable[[str, str], frozenset[str]]
"""The different texts in a column of a sheet."""


def points_of(book: Rulebook, item: Item) -> Iterator[str]:
    """The check points that an item asks for, elements of lists included."""
    columns = book.columns.get(ORGANISATIONS, {})
    for _, clause in item.every_clause():
        amount = clause.amount
        if isinstance(amount, dict) and clause.by is None and clause.form != "score":
            yield from amount
        if clause.by is not None and clause.per is None and clause.by not in columns:
            yield clause.by
        for expr in _formulas(clause):
            yield from _asked(book, expr)
    if item.applies_when is not None:
        yield from _asked(book, item.applies_when)


def _formulas(clause: Clause) -> Iterator[ex.Expr]:
    held = (clause.if_, clause.per, clause.of, clause.below, clause.above)
    yield from (each for each in held if each is not None)
    if clause.bands is not None:
        yield clause.bands.of
    if clause.table is not None:
        yield from clause.table.of


def _asked(book: Rulebook, expr: ex.Expr) -> Iterator[str]:
    for leaf in ex.walk(expr):
        if isinstance(leaf, ex.Found):
            yield leaf.point
        elif isinstance(leaf, ex.Present | ex.Lacking):
            yield from book.lists.get(leaf.list, ())


def asked(book: Rulebook) -> frozenset[str]:
    """All check points that a rulebook asks for."""
    found = {name for _, item in book.items() for name in points_of(book, item)}
    for judgement in book.judgements:
        found.update(_asked(book, judgement.if_))
    for star in book.stars:
        for expr in (star.requires, star.if_):
            if expr is not None:
                found.update(_asked(book, expr))
    return frozenset(found)


def written_in(records: Records) -> Written:
    """The texts of records."""

    def written(sheet: str, column: str) -> frozenset[str]:
        cells = (row.value(column) for row in records.rows(sheet))
        return frozenset(cell for cell in cells if isinstance(cell, str))

    return cache(written)


def unasked(book: Rulebook, own: Iterable[Rulebook], written: Written) -> frozenset[str]:
    """The check points that only `book` asks for: none of the review's `own` rulebooks did, and
    its records answer none of them."""
    answered = written(CHECKS, "检查项目")
    return asked(book) - answered.union(*(asked(each) for each in own))


@dataclass(frozen=True, slots=True)
class Lacking:
    """Check points that nobody asked for, and measures over rows of a kind that nobody kept."""

    points: frozenset[str]
    measures: frozenset[str]

    def listed(self) -> tuple[list[str], list[str]]:
        """Both in order, for a digest."""
        return sorted(self.points), sorted(self.measures)


def lacking(book: Rulebook, own: Sequence[Rulebook], written: Written) -> Lacking:
    """What `book` asks for that neither the rulebooks of the review nor its records know of."""
    known = {kind for each in own for m in each.measures.values() for kind in kinds_of(m)}
    return Lacking(
        unasked(book, own, written),
        frozenset(
            name
            for name, measure in book.measures.items()
            if (kinds := kinds_of(measure))
            and not known & {*kinds}
            and not _kept(written, measure.sheet or "", kinds)
        ),
    )


# --- kinds of rows ----------------------------------------------------------------------------------


def kinds_of(measure: Measure) -> tuple[tuple[str, str], ...]:
    """The columns with the texts that a measure's rows must hold: (类型, 党课) of
    `类型 includes '党课'`. Yes and no are no kinds: who keeps one keeps the other."""
    if measure.sheet is None or measure.where is None:
        return ()
    parts = measure.where.parts if isinstance(measure.where, ex.And) else (measure.where,)
    return tuple(kind for part in parts for kind in _texts(part) if kind[1] not in ("是", "否"))


def _texts(part: ex.Expr) -> Iterator[tuple[str, str]]:
    match part:
        case ex.Includes(of=ex.Name(name=column), text=ex.Text(value=value)):
            yield column, value
        case ex.Compare(op="=", left=ex.Name(name=column), right=ex.Text(value=value)):
            yield column, value
        case ex.In(of=ex.Name(name=column), options=options, negated=False):
            yield from ((column, each.value) for each in options if isinstance(each, ex.Text))


def _kept(written: Written, sheet: str, kinds: Iterable[tuple[str, str]]) -> bool:
    """Whether some row of a sheet holds one of the texts."""
    return any(kind in cell for column, kind in kinds for cell in written(sheet, column))
