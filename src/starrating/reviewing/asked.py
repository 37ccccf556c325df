"""Which check points rules ask for, and which an inspection recorded.

What nobody asked for then is not known now: under other rules such a point stays unknown,
whatever they say of points that nobody recorded (`Ground.unasked`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from starrating.records.model import Records
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Clause, Item, Rulebook
from starrating.schema import CHECKS, ORGANISATIONS


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


def recorded(records: Records) -> frozenset[str]:
    """The check points that some row answers."""
    cells = (row.value("检查项目") for row in records.rows(CHECKS))
    return frozenset(cell for cell in cells if isinstance(cell, str))


def unasked(book: Rulebook, own: Iterable[Rulebook], records: Records) -> frozenset[str]:
    """The check points that only `book` asks for: none of the review's `own` rulebooks did, and
    its records answer none of them."""
    known = recorded(records).union(*(asked(each) for each in own))
    return asked(book) - known
