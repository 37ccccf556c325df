"""Comparisons of two arrays of any kinds: yes, no or open (semantics.md steps 0 and 4)."""

from __future__ import annotations

import numpy as np

from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.marks import (
    HELD,
    NONE,
    Dates,
    Texts,
    Truths,
    has,
    recoded,
    text_ranks,
    unknown,
)
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers

_YES = frozenset(("是", "有", "√", "1", "对"))
_NO = frozenset(("否", "无", "×", "0", "没有"))


def compare(op: str, left: Value, right: Value) -> Truths:
    """One of = != < <= > >=; a comparison with none is no, one with the unknown is open."""
    if op == "!=":
        found = ~compare("=", left, right)
    elif isinstance(left, Texts) and isinstance(right, Truths):
        found = _answered(op, left, right)
    elif isinstance(left, Truths) and isinstance(right, Texts):
        found = _answered(_TURNED[op], right, left)
    elif isinstance(left, Texts) and isinstance(right, Texts):
        found = _marks(left, right, _texts(op, left, right))
    elif isinstance(left, Dates) and isinstance(right, Dates):
        found = _marks(left, right, _ORDER[op](left.days, right.days))
    elif isinstance(left, (Texts, Dates)) or isinstance(right, (Texts, Dates)):
        found = _marks(left, right, np.zeros(len(left), np.bool_))
    else:
        found = _numbers(op, as_numbers(left), as_numbers(right))
    return _without_none(found, left, right)


_TURNED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ORDER = {
    "=": np.equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip


def _without_none(found: Truths, left: Value, right: Value) -> Truths:
    for value in (left, right):
        if value.state is not None:
            there = value.state != NONE
            sure = found.sure & there
            found = Truths(sure, sure if found.closed else found.may & there)
    return found


def _numbers(op: str, left: Numbers, right: Numbers) -> Truths:
    if op == "=":
        return left.same(right)
    if op in ("<", "<="):
        return left.less(right, equal=op == "<=")
    return right.less(left, equal=op == ">=")


def _marks(left: Value, right: Value, holds: Bools) -> Truths:
    """Where both are known, whether it holds; else open."""
    if left.state is None and right.state is None:
        return Truths.known(holds)
    n = len(left)
    gone = unknown(left.state, n) | unknown(right.state, n)
    return Truths(holds & ~gone, holds | gone)


def _texts(op: str, left: Texts, right: Texts) -> Bools:
    if op == "=":
        return np.asarray(left.codes == recoded(left, right))
    both = Texts(
        np.concatenate([left.codes, right.codes + len(left.vocabulary)]),
        (*left.vocabulary, *right.vocabulary),
    )
    words = sorted(set(both.vocabulary))
    merged = Texts(recoded(Texts(both.codes, words), both), words)
    ranks = text_ranks(merged)
    return np.asarray(_ORDER[op](ranks[: len(left)], ranks[len(left) :]))


def _answered(op: str, word: Texts, truth: Truths) -> Truths:
    """An inspector's word where yes or no is asked: 有 and √ are yes, 无 and × are no."""
    n = len(word)
    yes = word.where_entry([each in _YES for each in word.vocabulary])
    no = word.where_entry([each in _NO for each in word.vocabulary])
    held = np.ones(n, np.bool_) if word.state is None else has(word.state, HELD, n)
    asked = held & ~unknown(truth.state, n)
    meant = _numbers(op, as_numbers(Truths(yes, yes)), as_numbers(truth))
    means = asked & (yes | no)
    gone = ~held | unknown(truth.state, n)
    return Truths(means & meant.sure, (means & meant.may) | gone)


def differs_nowhere(one: Value, two: Value) -> Bools:
    """Where both are the same value of the same state (equality of facts, not of quantities)."""
    n = len(one)
    left = np.zeros(n, np.int8) if one.state is None else one.state
    right = np.zeros(n, np.int8) if two.state is None else two.state
    alike = left == right
    held = alike & (left == HELD)
    return np.asarray((alike & (left != HELD)) | (held & _same(one, two)))


def _same(one: Value, two: Value) -> Bools:
    if isinstance(one, Numbers) and isinstance(two, Numbers):
        return _same_ends(one, two)
    if isinstance(one, Truths) and isinstance(two, Truths):
        return np.asarray((one.sure == two.sure) & (one.may == two.may))
    if isinstance(one, Texts) and isinstance(two, Texts):
        return np.asarray(one.codes == recoded(one, two))
    if isinstance(one, Dates) and isinstance(two, Dates):
        return np.asarray(one.days == two.days)
    return np.zeros(len(one), np.bool_)


def _same_ends(one: Numbers, two: Numbers) -> Bools:
    found = np.ones(len(one), np.bool_)
    ends = (
        (one.low, one.no_low, two.low, two.no_low),
        (one.high, one.no_high, two.high, two.no_high),
    )
    for left, open_left, right, open_right in ends:
        first = np.zeros(len(one), np.bool_) if open_left is None else open_left
        second = np.zeros(len(one), np.bool_) if open_right is None else open_right
        found &= (first & second) | (~first & ~second & left.same(right))
    return found
