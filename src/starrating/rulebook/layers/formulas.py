"""How the value of an expression moves, from that of all it reads."""

from __future__ import annotations

from typing import Protocol

from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Span
from starrating.rulebook.layers.movement import (
    DOWN,
    MIXED,
    SAME,
    UP,
    Movement,
    number,
    span,
    together,
)


class Reads(Protocol):
    """What an expression can read, and how each moves."""

    def name(self, name: str) -> Movement:
        """A measure, a column, a section title or a built-in."""

    def named(self, node: ex.Named) -> Movement:
        """`found`, `present`, `lacking`, `flagged`, `confirmed`, `denied`."""

    def options(self, before: ex.In, after: ex.In) -> Movement:
        """How many values the options of `in` are true of."""

    def item(self, item: str) -> Movement:
        """得分 of an item."""

    def steady(self, expr: ex.Expr) -> bool:
        """Whether what an expression reads is asked for in the same units of time as before."""


def value(reads: Reads, before: ex.Expr, after: ex.Expr) -> Movement:
    """How the value of `before` moves to that of `after`."""
    if isinstance(before, (ex.And, ex.Or)) or isinstance(after, (ex.And, ex.Or)):
        return _joined(reads, before, after)
    if type(before) is not type(after):
        return MIXED
    for found in (
        _constant(before, after), _read(reads, before, after), _made(reads, before, after)
    ):  # fmt: skip
        if found is not None:
            return found
    inside = zip(ex.children(before), ex.children(after), strict=False)
    moved = together(value(reads, one, other) for one, other in inside)
    return moved.unclear if before == after else MIXED


def _constant(before: ex.Expr, after: ex.Expr) -> Movement | None:
    match before, after:
        case ex.Num(value=one), ex.Num(value=other):
            return number(one, other)
        case ex.DateLit(value=day), ex.DateLit(value=later):
            return number(day.toordinal(), later.toordinal())
        case ex.Duration() as one, ex.Duration() as other:
            first = Span(one.count, one.unit, one.working)
            return span(first, Span(other.count, other.unit, other.working))
        case _:
            return None


def _read(reads: Reads, before: ex.Expr, after: ex.Expr) -> Movement | None:
    """What a name stands for; another name is another thing."""
    match before:
        case ex.Name(name=name):
            return reads.name(name) if before == after else MIXED
        case ex.ItemScore(item=item):
            return reads.item(item) if before == after else MIXED
        case ex.Found() | ex.Present() | ex.Lacking() | ex.Flagged() | ex.Confirmed() | ex.Denied():
            return reads.named(before) if before == after else MIXED
        case _:
            return None


def _made(reads: Reads, before: ex.Expr, after: ex.Expr) -> Movement | None:
    match before, after:
        case ex.Compare() as one, ex.Compare() as other:
            return _compare(reads, one, other)
        case ex.In() as one, ex.In() as other:
            return _in(reads, one, other)
        case ex.Arith() as one, ex.Arith() as other:
            return _arith(reads, one, other)
        case ex.Call() as one, ex.Call() as other:
            return _call(reads, one, other)
        case (ex.Not() as one, ex.Not() as other) | (ex.Negate() as one, ex.Negate() as other):
            return -value(reads, one.of, other.of)
        case _:
            return None


def condition(reads: Reads, before: ex.Expr | None, after: ex.Expr | None) -> Movement:
    """How the truth of a condition moves; none written is always true."""
    if before is None or after is None:
        return SAME if before is after else UP if after is None else DOWN
    return value(reads, before, after)


def _parts(kind: type[ex.And | ex.Or], expr: ex.Expr) -> list[ex.Expr]:
    return list(expr.parts) if isinstance(expr, kind) else [expr]


def _joined(reads: Reads, before: ex.Expr, after: ex.Expr) -> Movement:
    """Parts joined by and / or: more alternatives are truer, more demands less true."""
    kind = ex.Or if isinstance(before, ex.Or) or isinstance(after, ex.Or) else ex.And
    ones, others = _parts(kind, before), _parts(kind, after)
    if len(ones) == len(others):
        return together(value(reads, one, other) for one, other in zip(ones, others, strict=True))
    fewer, more = (ones, others) if len(ones) < len(others) else (others, ones)
    if any(part not in more for part in fewer):
        return MIXED
    grown = (fewer is ones) is (kind is ex.Or)
    read = together(value(reads, part, part) for part in ones)
    return (UP if grown else DOWN) & read


def _compare(reads: Reads, before: ex.Compare, after: ex.Compare) -> Movement:
    left = value(reads, before.left, after.left)
    right = value(reads, before.right, after.right)
    if before.op != after.op:
        edge = _EDGE.get((before.op, after.op), MIXED)
        return edge & (left - right if before.op[0] == ">" else right - left)
    if before.op in ("=", "!="):
        return (left & right).unclear
    return left - right if before.op[0] == ">" else right - left


_EDGE = {(">", ">="): UP, ("<", "<="): UP, (">=", ">"): DOWN, ("<=", "<"): DOWN}


def _in(reads: Reads, before: ex.In, after: ex.In) -> Movement:
    of = value(reads, before.of, after.of).unclear
    if before.negated is not after.negated:
        return MIXED
    options = reads.options(before, after)
    return of & (-options if before.negated else options)


def _arith(reads: Reads, before: ex.Arith, after: ex.Arith) -> Movement:
    left = value(reads, before.left, after.left)
    right = value(reads, before.right, after.right)
    if before.op != after.op:
        return MIXED
    if before.op == "+":
        return left & right
    if before.op == "-":
        return left - right
    if not left.moves and not right.moves:
        return SAME
    constant = isinstance(after.right, ex.Num) and after.right.value > 0 and not right.moves
    if constant:
        return left
    first = isinstance(after.left, ex.Num) and after.left.value >= 0 and not left.moves
    return right if before.op == "*" and first else (left & right).unclear


def _call(reads: Reads, before: ex.Call, after: ex.Call) -> Movement:
    if before.function != after.function or len(before.args) != len(after.args):
        return MIXED
    args = [value(reads, one, other) for one, other in zip(before.args, after.args, strict=True)]
    match before.function:
        case "min" | "max":
            return together(args)
        case "abs":
            return args[0].unclear
        case _:
            return args[1] - args[0]
