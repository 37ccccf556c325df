"""Conditions and expressions over values of which not everything is known (step 0).

Inside one condition a fact that is used in two places is one fact: it is split into the cells
that the condition's own comparisons tell apart, and the condition is yes (no) only if it is so
in every cell. Across conditions facts are not correlated; the hull of the parts stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Protocol

from starrating.engine import days
from starrating.engine.values import (
    ANY,
    NO,
    NONE,
    OPEN,
    UNKNOWN,
    YES,
    Interval,
    Nothing,
    Truth,
    Unknown,
    Value,
    as_interval,
    as_truth,
    known,
)
from starrating.rulebook import expressions as ex
from starrating.rulebook.patterns import safe_pattern

MAX_CELLS = 4096
"""Beyond this many cells a condition is judged without correlation (still sound, less sharp)."""

_JOINTS = str.maketrans(dict.fromkeys("，,；;/|", "、"))


class Facts(Protocol):
    """Where an expression finds its facts."""

    def quotient(self, value: Interval) -> Interval:
        """What a division gives here: exact, except where it becomes points at once (step 8)."""

    def name(self, name: str) -> Value:
        """The value of a column, measure or built-in."""

    def found(self, point: str) -> Value:
        """The answer of a check point: a truth (in a condition) with its quantity apart."""

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """How many elements of a named list are present, or lacking."""

    def flag(self, kind: str, flag: str) -> Truth:
        """Whether a flag is `flagged`, `confirmed` or `denied`."""

    def item_score(self, item: str) -> Interval:
        """得分("2.1")."""

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook, or None if there is no list of that name."""


class ExactFacts:
    """Facts among which a division stays exact."""

    def quotient(self, value: Interval) -> Interval:
        """The quotient as it is."""
        return value


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a split fact: `sample` decides direct comparisons, `hull` everything else."""

    sample: Value
    hull: Value


Split = Mapping[ex.Expr, Cell]
NO_SPLIT: Split = {}


def judge(expr: ex.Expr, facts: Facts) -> Truth:
    """The truth of a condition over all ways its unknown facts could turn out."""
    answers = {as_truth(_value(expr, facts, split)) for split in _splits(expr, facts)}
    return answers.pop() if len(answers) == 1 else OPEN


def evaluate(expr: ex.Expr, facts: Facts) -> Value:
    """The value of an expression; an arithmetic one as the hull over the cells."""
    values = [_value(expr, facts, split) for split in _splits(expr, facts)]
    if len(values) == 1:
        return values[0]
    return hull_of(values)


def hull_of(values: list[Value]) -> Value:
    """The smallest value that holds all of them."""
    first = values[0]
    if all(value == first for value in values):
        return first
    if all(isinstance(value, Truth) for value in values):
        return OPEN
    numbers = [as_interval(value) for value in values]
    hull: Interval | None = None
    for number in numbers:
        if isinstance(number, Nothing):
            return UNKNOWN
        hull = number if hull is None else hull.hull(number)
    return hull if hull is not None and not _mixed(values) else UNKNOWN


def _mixed(values: list[Value]) -> bool:
    return any(isinstance(value, (str, date, Unknown)) for value in values)


# --- the cells of facts that stand in more than one place ---------------------------------


def _splits(expr: ex.Expr, facts: Facts) -> Iterator[Split]:
    leaves = [node for node in ex.walk(expr) if isinstance(node, (ex.Name, ex.Found))]
    often = [
        leaf
        for leaf in dict.fromkeys(leaves)
        if leaves.count(leaf) > 1 and not known(_leaf(leaf, facts))
    ]
    if not often:
        yield NO_SPLIT
        return
    cells = [_cells(leaf, expr, facts) for leaf in often]
    size = 1
    for each in cells:
        size *= len(each)
    if size > MAX_CELLS:
        yield NO_SPLIT
        return
    for choice in product(*cells):
        yield dict(zip(often, choice, strict=True))


def _leaf(leaf: ex.Expr, facts: Facts) -> Value:
    if isinstance(leaf, ex.Found):
        return facts.found(leaf.point)
    assert isinstance(leaf, ex.Name)
    return facts.name(leaf.name)


def _cells(leaf: ex.Expr, expr: ex.Expr, facts: Facts) -> list[Cell]:
    value = _leaf(leaf, facts)
    if isinstance(value, Truth) or isinstance(leaf, ex.Found):
        return [Cell(NO, NO), Cell(YES, YES)]
    marks = list(_marks(leaf, expr, facts))
    if any(isinstance(mark, Truth) for mark in marks) or not marks:
        return [Cell(NO, NO), Cell(YES, YES)] if _used_bare(leaf, expr) else [Cell(value, value)]
    if all(isinstance(mark, str) for mark in marks):
        words = list(dict.fromkeys(mark for mark in marks if isinstance(mark, str)))
        return [*(Cell(word, word) for word in words), Cell("\0", UNKNOWN)]
    if all(isinstance(mark, date) for mark in marks):
        return _date_cells(sorted({mark for mark in marks if isinstance(mark, date)}))
    numbers = sorted({mark.number for mark in marks if isinstance(mark, Interval) and mark.known})
    bounds = as_interval(value)
    return _number_cells(numbers, bounds if isinstance(bounds, Interval) else ANY)


def _used_bare(leaf: ex.Expr, expr: ex.Expr) -> bool:
    logical = [node for node in ex.walk(expr) if isinstance(node, (ex.And, ex.Or, ex.Not))]
    parts = [part for node in logical for part in _parts(node)]
    return leaf in parts


def _parts(node: ex.And | ex.Or | ex.Not) -> tuple[ex.Expr, ...]:
    return (node.of,) if isinstance(node, ex.Not) else node.parts


def _marks(leaf: ex.Expr, expr: ex.Expr, facts: Facts) -> Iterator[Value]:
    """The known values that the leaf is compared with directly."""
    for node in ex.walk(expr):
        if isinstance(node, ex.Compare):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if one == leaf:
                    mark = _value(other, facts, NO_SPLIT)
                    if known(mark) and mark is not NONE:
                        yield mark
        elif isinstance(node, ex.In) and node.of == leaf:
            yield from _option_values(node, facts)
        elif isinstance(node, ex.Includes) and node.of == leaf:
            mark = _value(node.text, facts, NO_SPLIT)
            if isinstance(mark, str):
                yield mark


def _number_cells(edges: list[Fraction], bounds: Interval) -> list[Cell]:
    ends: list[Fraction | None] = [None, *edges, None]
    cells: list[Cell] = []
    for low, high in zip(ends, ends[1:], strict=False):
        if low is not None:
            cells.append(Cell(Interval.at(low), Interval.at(low)))
        cells.append(Cell(Interval.at(_between(low, high)), Interval(low, high)))
    return [cell for cell in cells if _touches(cell, bounds)]


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        assert high is not None
        return high - 1
    return low + 1 if high is None else (low + high) / 2


def _touches(cell: Cell, bounds: Interval) -> bool:
    hull = cell.hull
    assert isinstance(hull, Interval)
    if hull.known:
        return bounds.less(hull) is not YES and hull.less(bounds) is not YES
    return bounds.less(hull, equal=True) is not YES and hull.less(bounds, equal=True) is not YES


def _date_cells(edges: list[date]) -> list[Cell]:
    one = timedelta(days=1)
    samples = {edge + shift * one for edge in edges for shift in (-1, 0, 1)}
    return [Cell(sample, UNKNOWN) for sample in sorted(samples)]


# --- evaluation in one cell ------------------------------------------------------------------


def _value(expr: ex.Expr, facts: Facts, split: Split) -> Value:
    rule = _RULES.get(type(expr))
    if rule is None:
        raise TypeError(f"no meaning for {type(expr).__name__}")
    return rule(expr, facts, split)


def _direct(expr: ex.Expr, facts: Facts, split: Split) -> Value:
    """The operand of a comparison: a split fact stands for its sample."""
    cell = split.get(expr)
    return cell.sample if cell else _value(expr, facts, split)


def _hulled(expr: ex.Expr, facts: Facts, split: Split) -> Value:
    cell = split.get(expr)
    return cell.hull if cell is not None else _leaf(expr, facts)


def _compare(expr: ex.Compare, facts: Facts, split: Split) -> Truth:
    left, right = _direct(expr.left, facts, split), _direct(expr.right, facts, split)
    return compare(expr.op, left, right)


def compare(op: str, left: Value, right: Value) -> Truth:
    """A comparison; one with none is no, one with the unknown is open (step 4)."""
    if left is NONE or right is NONE:
        return NO
    if op == "!=":
        return ~compare("=", left, right)
    if isinstance(left, str) or isinstance(right, str):
        return _compare_texts(op, left, right)
    if isinstance(left, date) or isinstance(right, date):
        if not (isinstance(left, date) and isinstance(right, date)):
            return OPEN if isinstance(left, Unknown) or isinstance(right, Unknown) else NO
        return Truth.of(_ordered(op, (left > right) - (left < right)))
    one, two = as_interval(left), as_interval(right)
    assert isinstance(one, Interval)
    assert isinstance(two, Interval)
    if op == "=":
        return one.same(two)
    if op in ("<", "<="):
        return one.less(two, equal=op == "<=")
    return two.less(one, equal=op == ">=")


def _ordered(op: str, sign: int) -> bool:
    return {"=": sign == 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[op]


def _compare_texts(op: str, left: Value, right: Value) -> Truth:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return OPEN
    if not (isinstance(left, str) and isinstance(right, str)):
        return NO
    return Truth.of(_ordered(op, (left > right) - (left < right)))


def _option_values(expr: ex.In, facts: Facts) -> Iterator[Value]:
    for option in expr.options:
        if isinstance(option, ex.Text):
            listed = facts.options(option.value) if option.bare else None
            yield from listed if listed is not None else (option.value,)
        elif isinstance(option, ex.Num):
            yield Interval.at(option.value)
        else:
            yield option.value


def _in(expr: ex.In, facts: Facts, split: Split) -> Truth:
    value = _direct(expr.of, facts, split)
    answer = NO
    for option in _option_values(expr, facts):
        answer |= compare("=", value, option)
    return ~answer if expr.negated else answer


def _includes(expr: ex.Includes, facts: Facts, split: Split) -> Truth:
    value, wanted = _direct(expr.of, facts, split), _direct(expr.text, facts, split)
    if value is NONE or wanted is NONE:
        return NO
    if not isinstance(value, str) or not isinstance(wanted, str):
        return OPEN
    parts = {part.strip() for part in value.translate(_JOINTS).split("、")}
    return Truth.of(wanted in parts)


def _is_blank(expr: ex.IsBlank, facts: Facts, split: Split) -> Truth:
    value = _direct(expr.of, facts, split)
    if value is NONE:
        answer = YES
    elif isinstance(value, Unknown):
        answer = YES if value.blank else OPEN
    else:
        answer = NO
    return ~answer if expr.negated else answer


def _text_test(expr: ex.TextTest, facts: Facts, split: Split) -> Truth:
    value = _direct(expr.of, facts, split)
    if value is NONE:
        return NO
    if not isinstance(value, str):
        return OPEN
    if expr.kind == "starts":
        return Truth.of(value.startswith(expr.pattern))
    if expr.kind == "ends":
        return Truth.of(value.endswith(expr.pattern))
    if expr.kind == "contains":
        return Truth.of(expr.pattern in value)
    pattern = safe_pattern(expr.pattern)
    return Truth.of(pattern is not None and pattern.search(value) is not None)


def _arith(expr: ex.Arith, facts: Facts, split: Split) -> Value:
    left = _value(expr.left, facts, split)
    if isinstance(expr.right, ex.Duration):
        if not isinstance(left, date):
            return left if left is NONE else UNKNOWN
        sign = 1 if expr.op == "+" else -1
        return days.add(left, sign * expr.right.count, expr.right.unit)
    right = _value(expr.right, facts, split)
    if left is NONE or right is NONE:
        return NONE
    if isinstance(left, date) and isinstance(right, date):
        return Interval.at((left - right).days)
    one, two = as_interval(left), as_interval(right)
    assert isinstance(one, Interval)
    assert isinstance(two, Interval)
    if expr.op == "+":
        return one + two
    if expr.op == "-":
        return one - two
    return one * two if expr.op == "*" else facts.quotient(one / two)


def _call(expr: ex.Call, facts: Facts, split: Split) -> Value:
    values = [_value(argument, facts, split) for argument in expr.args]
    if any(value is NONE for value in values):
        return NONE
    if expr.function in ("years", "months", "days"):
        start, end = values
        if isinstance(start, date) and isinstance(end, date):
            return Interval.at(days.whole(expr.function.removesuffix("s"), start, end))
        return ANY
    numbers = [number for value in values if isinstance(number := as_interval(value), Interval)]
    if expr.function == "abs":
        return _absolute(numbers[0])
    pick = min if expr.function == "min" else max
    return _extreme(numbers, pick)


def _absolute(number: Interval) -> Interval:
    if number.low is not None and number.low >= 0:
        return number
    if number.high is not None and number.high <= 0:
        return -number
    high = None if number.low is None or number.high is None else max(-number.low, number.high)
    return Interval(Fraction(0), high)


def _extreme(numbers: list[Interval], pick: Callable[..., Fraction]) -> Interval:
    lowest = pick is min
    lows, highs = [n.low for n in numbers], [n.high for n in numbers]

    def ends(found: list[Fraction | None], unlimited_wins: bool) -> Fraction | None:
        limited = [end for end in found if end is not None]
        if len(limited) < len(found) and unlimited_wins:
            return None
        return pick(limited) if limited else None

    return Interval(ends(lows, lowest), ends(highs, not lowest))


def _and(expr: ex.And, facts: Facts, split: Split) -> Truth:
    answer = YES
    for part in expr.parts:
        answer &= as_truth(_condition(part, facts, split))
    return answer


def _or(expr: ex.Or, facts: Facts, split: Split) -> Truth:
    answer = NO
    for part in expr.parts:
        answer |= as_truth(_condition(part, facts, split))
    return answer


def _condition(expr: ex.Expr, facts: Facts, split: Split) -> Value:
    return _direct(expr, facts, split)


def _negate(expr: ex.Negate, facts: Facts, split: Split) -> Value:
    value = as_interval(_value(expr.of, facts, split))
    return value if isinstance(value, Nothing) else -value


_RULES: dict[type, Callable[..., Value]] = {
    ex.Num: lambda e, _f, _s: Interval.at(e.value),
    ex.Text: lambda e, _f, _s: e.value,
    ex.DateLit: lambda e, _f, _s: e.value,
    ex.Truth: lambda e, _f, _s: Truth.of(e.value),
    ex.Name: _hulled,
    ex.Found: _hulled,
    ex.Present: lambda e, f, _s: f.count_of(e.list, present=True),
    ex.Lacking: lambda e, f, _s: f.count_of(e.list, present=False),
    ex.Flagged: lambda e, f, _s: f.flag("flagged", e.flag),
    ex.Confirmed: lambda e, f, _s: f.flag("confirmed", e.flag),
    ex.Denied: lambda e, f, _s: f.flag("denied", e.flag),
    ex.ItemScore: lambda e, f, _s: f.item_score(e.item),
    ex.Arith: _arith,
    ex.Negate: _negate,
    ex.Compare: _compare,
    ex.In: _in,
    ex.Includes: _includes,
    ex.IsBlank: _is_blank,
    ex.TextTest: _text_test,
    ex.And: _and,
    ex.Or: _or,
    ex.Not: lambda e, f, s: ~as_truth(_condition(e.of, f, s)),
    ex.Call: _call,
}
