"""What each part of an expression means over arrays, where its split facts lie in given cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.expressions.compare import compare, differs_nowhere
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.rows import days
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import (
    BLANK,
    NONE,
    UNKNOWN,
    Dates,
    Texts,
    Truths,
    has,
    nones,
    unknown,
    with_words,
)
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers, pick_state, select
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.patterns import safe_pattern

JOINTS = "、，,；;/|"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """Values of one fact that the comparisons of a condition do not tell apart, for n elements.

    `hull` holds all of them, `sample` is one of them; `marks` are the values (each where its mask
    holds) with which `sample` compares as all of them do.
    """

    hull: Value
    sample: Value
    marks: Sequence[tuple[Value, Bools]] = ()


Split = Mapping[ex.Expr, Cell]
WHOLE: Split = {}
"""Nothing is split."""


class Overflow(ArithmeticError):
    """Exact integers could pass 2⁶³ at a place of the rules (step 8)."""

    def __init__(self, origin: Origin) -> None:
        super().__init__(str(origin))
        self.origin = origin


def value_of(expr: ex.Expr, facts: Facts, split: Split = WHOLE) -> Value:
    """The values of an expression where its split facts lie in the cells of `split`."""
    cell = split.get(expr) if split else None
    return cell.hull if cell is not None else _RULES[type(expr)](expr, facts, split)


def as_truth(value: Value) -> Truths:
    """The values as conditions: a number is yes when it is not 0, none is no."""
    if isinstance(value, Truths):
        return Truths(value.sure, value.may)
    n = len(value)
    if isinstance(value, Numbers):
        found = ~value.same(Numbers.at(0, n))
        if value.state is None:
            return found
        there = value.state != NONE
        return Truths(found.sure & there, found.may & there)
    if isinstance(value, Texts):
        holds = value.where_entry([text != "" for text in value.vocabulary])
    else:
        holds = np.ones(n, np.bool_)
    return _plain(Truths.held(holds, value.state))


def _plain(truths: Truths) -> Truths:
    return Truths(truths.sure, truths.may)


def _against(expr: ex.Expr, own: Value, other: Value, split: Split) -> Value:
    """The operand as a comparison with `other` sees it: the sample of its cell where the cell was
    made for that comparison."""
    cell = split.get(expr) if split else None
    if cell is None or not cell.marks:
        return own
    seen = np.zeros(len(own), np.bool_)
    for mark, valid in cell.marks:
        seen |= valid & differs_nowhere(other, mark)
    return choose_value(seen, cell.sample, own)


def choose_value(mask: Bools, one: Value, two: Value) -> Value:
    """`one` where the mask holds, else `two`; both of one kind."""
    if one is two or mask.all():
        return one
    if not mask.any():
        return two
    if isinstance(one, Numbers) and isinstance(two, Numbers):
        return select(mask, one, two)
    state = pick_state(mask, one.state, two.state)
    if isinstance(one, Truths) and isinstance(two, Truths):
        sure, may = np.where(mask, one.sure, two.sure), np.where(mask, one.may, two.may)
        return Truths(sure, may, state)
    if isinstance(one, Dates) and isinstance(two, Dates):
        return Dates(np.where(mask, one.days, two.days), state)
    assert isinstance(one, Texts)
    assert isinstance(two, Texts)
    vocabulary, further = with_words(one, two)
    return Texts(np.where(mask, one.codes, further), vocabulary, state)


# --- comparisons ----------------------------------------------------------------------------


def _compare(expr: ex.Compare, facts: Facts, split: Split) -> Truths:
    left, right = value_of(expr.left, facts, split), value_of(expr.right, facts, split)
    one = _against(expr.left, left, right, split)
    two = _against(expr.right, right, left, split)
    return compare(expr.op, one, two)


def options_of(expr: ex.In, facts: Facts) -> list[Value]:
    """The values after `in`; a single bare name may name a list of the rulebook."""
    found: list[Value] = []
    for option in expr.options:
        if isinstance(option, ex.Text):
            listed = facts.options(option.value) if option.bare else None
            words = listed if listed is not None else (option.value,)
            found.extend(Texts.at(word, facts.n) for word in words)
        elif isinstance(option, ex.Num):
            found.append(Numbers.at(option.value, facts.n))
        else:
            found.append(Dates.at(option.value, facts.n))
    return found


def _in(expr: ex.In, facts: Facts, split: Split) -> Truths:
    value = value_of(expr.of, facts, split)
    answer = Truths.at(False, facts.n)
    for option in options_of(expr, facts):
        answer |= compare("=", _against(expr.of, value, option, split), option)
    return ~answer if expr.negated else answer


def _is_blank(expr: ex.IsBlank, facts: Facts, _split: Split) -> Truths:
    """Whether the cell of a fact is empty, which is known even where the fact is not."""
    state, n = value_of(expr.of, facts).state, facts.n
    blank = has(state, NONE, n) | has(state, BLANK, n)
    answer = Truths(blank, blank | has(state, UNKNOWN, n))
    return ~answer if expr.negated else answer


# --- texts ----------------------------------------------------------------------------------


def parts_of(text: str) -> frozenset[str]:
    """The texts that are joined by 、 (or a comma, a semicolon, a bar) in one cell."""
    for joint in JOINTS[1:]:
        text = text.replace(joint, "、")
    return frozenset(part.strip() for part in text.split("、"))


def _includes(expr: ex.Includes, facts: Facts, split: Split) -> Truths:
    value, wanted = value_of(expr.of, facts, split), value_of(expr.text, facts, split)
    n = facts.n
    no = has(value.state, NONE, n) | has(wanted.state, NONE, n)
    if not (isinstance(value, Texts) and isinstance(wanted, Texts)):
        return Truths(np.zeros(n, np.bool_), ~no)
    gone = (unknown(value.state, n) | unknown(wanted.state, n)) & ~no
    holds = _holding(value, wanted) & ~gone & ~no
    return Truths(holds, holds | gone)


def _holding(value: Texts, wanted: Texts) -> Bools:
    """Where the wanted text is a part of the value: looked up once a pair of entries."""
    width = max(len(wanted.vocabulary), 1)
    if width == 1 and wanted.vocabulary:
        word = wanted.vocabulary[0]
        return value.where_entry([word in parts_of(text) for text in value.vocabulary])
    keys = value.codes.astype(np.int64) * width + wanted.codes
    pairs, place = np.unique(keys, return_inverse=True)
    holds = np.zeros(len(pairs), np.bool_)
    for number, (of, word) in enumerate(zip(*np.divmod(pairs, width), strict=True)):
        if 0 <= of < len(value.vocabulary) and word < len(wanted.vocabulary):
            holds[number] = wanted.vocabulary[word] in parts_of(value.vocabulary[of])
    return holds[place]


def _text_test(expr: ex.TextTest, facts: Facts, split: Split) -> Truths:
    value, n = value_of(expr.of, facts, split), facts.n
    no = has(value.state, NONE, n)
    if not isinstance(value, Texts):
        return Truths(np.zeros(n, np.bool_), ~no)
    test = tester(expr)
    holds = value.where_entry([test(text) for text in value.vocabulary])
    return _plain(Truths.held(holds, value.state))


def tester(expr: ex.TextTest) -> Callable[[str], bool]:
    """The test of one text."""
    pattern = expr.pattern
    if expr.kind == "matches":
        safe = safe_pattern(pattern)
        return lambda text: safe is not None and safe.search(text) is not None
    return {
        "starts": lambda text: text.startswith(pattern),
        "ends": lambda text: text.endswith(pattern),
        "contains": lambda text: pattern in text,
    }[expr.kind]


# --- arithmetic -----------------------------------------------------------------------------


def _arith(expr: ex.Arith, facts: Facts, split: Split) -> Value:
    left = value_of(expr.left, facts, split)
    if isinstance(expr.right, ex.Duration):
        return _shifted(left, expr.right, forward=expr.op == "+")
    right = value_of(expr.right, facts, split)
    if isinstance(left, Dates) and isinstance(right, Dates):
        # Between two days every operation is their difference; the rules allow only `-`.
        return _days_between(left, right, lambda one, two: one - two)
    one, two = as_numbers(left), as_numbers(right)
    if expr.op == "+":
        return one + two
    if expr.op == "-":
        return one - two
    return one * two if expr.op == "*" else facts.quotient(one / two)


def _days_between(
    one: Dates, two: Dates, of: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> Numbers:
    """A number of two days, anything where one is not known, none where one is none."""
    n, state = len(one), nones(one.state, two.state)
    number = Exact.whole(of(np.asarray(one.days, np.int64), np.asarray(two.days, np.int64)))
    gone = unknown(one.state, n) | unknown(two.state, n)
    if state is None and not gone.any():
        return Numbers.known(number)
    return Numbers(number, number, gone, gone, state)


def _shifted(day: Value, by: ex.Duration, *, forward: bool) -> Value:
    n, count = len(day), by.count if forward else -by.count
    if not isinstance(day, Dates):
        state = np.where(has(day.state, NONE, n), np.int8(NONE), np.int8(UNKNOWN))
        return Dates(np.ones(n, np.int64), state)
    state_ = None
    if day.state is not None:
        state_ = np.where(day.state == BLANK, np.int8(UNKNOWN), day.state)
    return Dates(days.add(day.days, count, by.unit), state_)


def _negate(expr: ex.Negate, facts: Facts, split: Split) -> Value:
    return -as_numbers(value_of(expr.of, facts, split))


def _call(expr: ex.Call, facts: Facts, split: Split) -> Value:
    values = [value_of(argument, facts, split) for argument in expr.args]
    if expr.function in ("years", "months", "days"):
        start, end = values
        if isinstance(start, Dates) and isinstance(end, Dates):
            unit = expr.function.removesuffix("s")
            return _days_between(start, end, lambda one, two: days.whole(unit, one, two))
        return Numbers.anything(facts.n, nones(start.state, end.state))
    first, *rest = [as_numbers(value) for value in values]
    if expr.function == "abs":
        return first.larger(-first).clamp(Numbers.at(0, facts.n), None)
    for number in rest:
        first = first.larger(number) if expr.function == "max" else first.smaller(number)
    return first


# --- conditions -----------------------------------------------------------------------------


def holds(expr: ex.Expr, facts: Facts, split: Split) -> Truths:
    """A part of a condition: a number holds where it is not 0."""
    own = value_of(expr, facts, split)
    if split and expr in split:
        own = _against(expr, own, Numbers.at(0, facts.n), split)
    return as_truth(own)


def _and(expr: ex.And, facts: Facts, split: Split) -> Truths:
    answer = Truths.at(True, facts.n)
    for part in expr.parts:
        answer &= holds(part, facts, split)
    return answer


def _or(expr: ex.Or, facts: Facts, split: Split) -> Truths:
    answer = Truths.at(False, facts.n)
    for part in expr.parts:
        answer |= holds(part, facts, split)
    return answer


_RULES: dict[type, Callable[..., Value]] = {
    ex.Num: lambda e, f, _s: Numbers.at(e.value, f.n),
    ex.Text: lambda e, f, _s: Texts.at(e.value, f.n),
    ex.DateLit: lambda e, f, _s: Dates.at(e.value, f.n),
    ex.Truth: lambda e, f, _s: Truths.at(e.value, f.n),
    ex.Name: lambda e, f, _s: f.name(e.name),
    ex.Found: lambda e, f, _s: f.found(e.point),
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
    ex.Not: lambda e, f, s: ~holds(e.of, f, s),
    ex.Call: _call,
}
