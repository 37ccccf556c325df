"""What the parts of a rulebook read of the records, as keys, through measures of measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from starrating.engine.screening.keys import LISTED, Key, counted, point, rating, rows_of
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Between, Span
from starrating.rulebook.model import Clause, Item, Measure, Rulebook
from starrating.rulebook.stages import late_measures


class Asked(NamedTuple):
    """Rows that some measure asks for: the sheet, and the measure's name where it is one."""

    sheet: str
    measure: str | None
    look_back: Span | None


@dataclass(frozen=True)
class Reads:
    """Keys, and the rows that are asked for."""

    keys: frozenset[Key] = frozenset()
    asked: frozenset[Asked] = frozenset()

    @staticmethod
    def all_of(parts: Iterable[Reads]) -> Reads:
        """What any of the parts reads."""
        parts = tuple(parts)
        keys = frozenset[Key]().union(*(part.keys for part in parts))
        return Reads(keys, frozenset[Asked]().union(*(part.asked for part in parts)))

    @staticmethod
    def of_keys(*keys: Key) -> Reads:
        """These keys, and no rows."""
        return Reads(frozenset(keys))


class Reader:
    """Reads a rulebook; measures are read once."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._measures: dict[str, Reads] = {}

    def expressions(self, exprs: Iterable[ex.Expr | None]) -> Reads:
        """What expressions over an organisation read."""
        nodes = (node for expr in exprs if expr is not None for node in ex.walk(expr))
        return Reads.all_of(map(self._node, nodes))

    def item(self, item: Item) -> Reads:
        """What an item without variants reads."""
        return Reads.all_of((self.expressions((item.applies_when,)), self.clauses(item)))

    def clauses(self, item: Item) -> Reads:
        """What the clauses of an item without variants read."""
        return Reads.all_of(
            part for _, clause in item.every_clause() for part in self._clause(item, clause)
        )

    # --- expressions and measures ---

    def _node(self, node: ex.Expr) -> Reads:
        if isinstance(node, ex.Found):
            return Reads.of_keys(point(node.point))
        if isinstance(node, (ex.Present, ex.Lacking)):
            return Reads.of_keys(*map(point, self._book.lists.get(node.list, ())))
        if isinstance(node, ex.Name) and node.name in self._book.measures:
            return self._measure(node.name)
        return Reads()

    def _measure(self, name: str) -> Reads:
        if name not in self._measures:
            self._measures[name] = Reads()  # a measure that asks for itself is refused elsewhere
            self._measures[name] = Reads.all_of(self._of_measure(name, self._book.measures[name]))
        return self._measures[name]

    def _of_measure(self, name: str, rule: Measure) -> Iterator[Reads]:
        yield Reads.of_keys(counted(name))
        if rule.values is not None or rule.contest is not None or rule.together is not None:
            yield Reads.of_keys(LISTED)
        if rule.sheet is not None:
            asked = frozenset({Asked(rule.sheet, name, rule.look_back)})
            yield Reads(frozenset({rows_of(rule.sheet)}), asked)
        yield self.expressions((*rule.formulas, *_over_rows(rule)))

    # --- clauses ---

    def _clause(self, item: Item, clause: Clause) -> Iterator[Reads]:
        yield self.expressions((clause.if_, clause.per, clause.of, clause.below, clause.above))
        if clause.bands is not None:
            yield self.expressions((clause.bands.of,))
        if clause.table is not None:
            yield self.expressions(clause.table.of)
            yield Reads.of_keys(LISTED)
        amounts = clause.amount
        each = amounts.values() if isinstance(amounts, dict) else (amounts,)
        if any(isinstance(amount, Between) for amount in each):
            yield Reads.of_keys(rating(item.id))
        if not isinstance(amounts, dict):
            return
        if clause.by is None and clause.form != "score":
            yield Reads.of_keys(*map(point, amounts))
            return
        yield Reads.of_keys(LISTED)
        if clause.by is not None and isinstance(clause.per, ex.Name):
            rule = self._book.measures.get(clause.per.name)
            sheet = rule.sheet if rule is not None and rule.sheet is not None else clause.per.name
            span = rule.look_back if rule is not None else None
            yield Reads(frozenset({rows_of(sheet)}), frozenset({Asked(sheet, None, span)}))


def _over_rows(rule: Measure) -> Iterator[ex.Expr | None]:
    """The expressions over single rows; they may ask for check points of the organisation."""
    yield from (
        rule.where, rule.distinct, rule.sum_, rule.average, rule.min_, rule.max_, rule.latest,
        rule.share, *(rule.ratio or ()),
    )  # fmt: skip


def early_leaves(book: Rulebook, expr: ex.Expr) -> Iterator[ex.Expr]:
    """What an expression reads that stands before any result, through measures of results."""
    late = late_measures(book)
    for node in ex.walk(expr):
        if isinstance(node, ex.Name) and node.name in late:
            for formula in book.measures[node.name].formulas:
                yield from early_leaves(book, formula)
        elif isinstance(node, (ex.Name, ex.Found, ex.Present, ex.Lacking)):
            yield node


def beside_items(book: Rulebook) -> Iterator[ex.Expr]:
    """What is read of every subject beside the clauses: total, judgements, gates of stars, whom
    倒排建议 looks at."""
    found = [book.total, *(judgement.if_ for judgement in book.judgements)]
    for star in book.stars:
        found += [star.requires, star.if_]
        if star.at_most is not None:
            found.append(star.at_most.of)
            broken = star.at_most.on_tie
            found += [] if isinstance(broken, str) else [ex.Name(name) for name in broken]
    if book.moves is not None:
        found.append(book.moves.unless)
    if book.stars:
        found += [rule.where for rule in book.lagging]
    return (expr for expr in found if expr is not None)
