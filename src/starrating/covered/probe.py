"""A probe: a part of the rules, the sides it should be seen from, and how one result shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from starrating.engine.evaluation import SubjectResult
from starrating.engine.expressions.formulas import Facts, evaluate, judge
from starrating.engine.flags import JudgedFacts
from starrating.engine.scoring.effect import Effect
from starrating.engine.values import NO, YES, Interval, Value, as_interval
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.conditions import when
from starrating.rulebook.model import Rulebook

BELOW, AT, ABOVE = "界线以下", "正好在界线上", "界线以上"
HOLDS, FAILS = "成立", "不成立"
_ORDERED = frozenset(("<", "<=", ">", ">="))
_FRACTIONS = frozenset(("ratio", "share"))


@dataclass(frozen=True, slots=True)
class Seen:
    """One subject's result under the rulebook: what a probe looks at."""

    book: Rulebook
    result: SubjectResult

    @property
    def facts(self) -> Facts:
        """All that conditions may read: facts, flags, scores, total, star."""
        result = self.result
        return JudgedFacts(result.facts, result.judged.flags, result.later, result.item_scores)

    def effects(self, item: str) -> Iterator[Effect]:
        """Every effect of an item, groups and their parts."""
        for scored in self.result.items:
            if scored.item.id == item:
                yield from _all(scored.effects)


def _all(effects: Iterable[Effect]) -> Iterator[Effect]:
    for effect in effects:
        yield effect
        yield from _all(effect.inner)


@dataclass(frozen=True, slots=True)
class Probe:
    """`see` gives the sides that a result shows; other words than `sides` do not count."""

    origin: Origin
    what: str
    sides: tuple[str, ...]
    see: Callable[[Seen], Iterable[str]]


# --- conditions and edges ---------------------------------------------------------------------------


def condition_probes(
    book: Rulebook, what: str, expr: ex.Expr | None, at: Origin
) -> Iterator[Probe]:
    """The condition holding and not, and each of its edges from below, at, and above.

    `at` is where it stands if its parts have no place of their own (cells of a table).
    """
    if expr is None:
        return

    def holds(seen: Seen) -> Iterator[str]:
        truth = judge(expr, seen.facts)
        if truth is YES:
            yield HOLDS
        elif truth is NO:
            yield FAILS

    if not has_edge(expr):
        yield Probe(placed(expr, at), f"{what}“{when(book, expr)}”", (HOLDS, FAILS), holds)
    yield from edge_probes(book, what, expr, at)


def placed(expr: ex.Expr, at: Origin) -> Origin:
    """Where an expression stands, or the block that holds it."""
    return expr.origin if expr.origin.file else at


def edge_probes(book: Rulebook, what: str, expr: ex.Expr, at: Origin) -> Iterator[Probe]:
    """Each edge inside a condition from below, at, and above."""
    for node in ex.walk(expr):
        if isinstance(node, ex.Compare) and has_edge(node):
            value, edge = node.left, node.right
            # 空缺起始 + 2 months < 截止日 is read as a time of more than two months.
            if _later(value) or _earlier(edge):
                value, edge = edge, value
            yield edge_probe(book, f"{what}“{when(book, node)}”", value, edge, placed(node, at))


def has_edge(expr: ex.Expr) -> bool:
    """Whether a condition is one comparison with an edge: its sides say all of it."""
    return isinstance(expr, ex.Compare) and expr.op in _ORDERED


def _later(expr: ex.Expr) -> bool:
    return isinstance(expr, ex.Arith) and expr.op == "+" and isinstance(expr.right, ex.Duration)


def _earlier(expr: ex.Expr) -> bool:
    return isinstance(expr, ex.Arith) and expr.op == "-" and isinstance(expr.right, ex.Duration)


def edge_probe(book: Rulebook, what: str, value: ex.Expr, edge: ex.Expr, origin: Origin) -> Probe:
    """A value against an edge; sides that the value can never be on are not asked for."""

    def side(seen: Seen) -> Iterator[str]:
        sign = _sign(evaluate(value, seen.facts), evaluate(edge, seen.facts))
        if sign is not None:
            yield (AT, ABOVE, BELOW)[sign]

    return Probe(origin, what, _sides(book, value, edge), side)


def _sides(book: Rulebook, value: ex.Expr, edge: ex.Expr) -> tuple[str, ...]:
    if not isinstance(edge, ex.Num) or not isinstance(value, ex.Name):
        return (BELOW, AT, ABOVE)
    rule = book.measures.get(value.name)
    low = edge.value <= 0
    high = edge.value >= 1 and rule is not None and rule.form in _FRACTIONS
    return tuple(side for side, never in ((BELOW, low), (AT, False), (ABOVE, high)) if not never)


def _sign(value: Value, edge: Value) -> int | None:
    """-1, 0 or 1 where both are known numbers or days."""
    if isinstance(value, date) and isinstance(edge, date):
        return (value > edge) - (value < edge)
    one, two = number(value), number(edge)
    return None if one is None or two is None else (one > two) - (one < two)


def number(value: Value) -> Fraction | None:
    """A known number."""
    found = None if isinstance(value, (str, date)) else as_interval(value)
    return found.number if isinstance(found, Interval) and found.known else None
