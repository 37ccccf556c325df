"""Truths, texts and dates over arrays, and what is none or unknown of them (semantics.md step 0).

Every array value carries `state`: None where every element is a known fact, else one code an
element. `NONE` says that the fact does not exist, `UNKNOWN` that it is not known, `BLANK` that it
is not known because its cell is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.values.alike import (
    Bools,
    Ints,
    constant,
    everywhere,
    gathered,
    nowhere,
    repeated,
)

States = NDArray[np.int8]
Index = NDArray[np.integer] | Bools
HELD, NONE, UNKNOWN, BLANK = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Truths:
    """n answers: `sure` where it is yes, `may` where it is yes or open.

    An element that is none reads as no, an unknown one as open; `state` still tells them apart
    from answers.
    """

    sure: Bools
    may: Bools
    state: States | None = None

    @staticmethod
    def known(mask: Bools) -> Truths:
        """Yes where the mask holds, else no."""
        return Truths(mask, mask)

    @staticmethod
    def at(answer: bool | None, n: int) -> Truths:
        """The same answer n times; None is open."""
        sure = everywhere(n) if answer is True else nowhere(n)
        return Truths(sure, sure if answer is not None else everywhere(n))

    @staticmethod
    def held(sure: Bools, state: States | None) -> Truths:
        """Answers of which those with a state are none or unknown."""
        if state is None:
            return Truths.known(sure)
        there = state == HELD
        return Truths(sure & there, (sure & there) | (state >= UNKNOWN), state)

    def __len__(self) -> int:
        return len(self.sure)

    def __and__(self, other: Truths) -> Truths:
        for one, two in ((self, other), (other, self)):
            if one.closed and constant(one.sure) and one.sure[0]:
                return Truths(two.sure, two.may)
        sure = self.sure & other.sure
        return Truths(sure, sure if self.closed and other.closed else self.may & other.may)

    def __or__(self, other: Truths) -> Truths:
        sure = self.sure | other.sure
        return Truths(sure, sure if self.closed and other.closed else self.may | other.may)

    def __invert__(self) -> Truths:
        sure = ~self.may
        return Truths(sure, sure if self.closed else ~self.sure)

    @property
    def closed(self) -> bool:
        """Whether none is open, told without looking: one mask serves for both."""
        return self.sure is self.may

    @property
    def open(self) -> Bools:
        """Where the answer is open."""
        return self.may & ~self.sure

    def take(self, index: Index) -> Truths:
        """The answers at these places."""
        sure = gathered(self.sure, index)
        return Truths(
            sure, sure if self.closed else gathered(self.may, index), taken(self.state, index)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """n texts as codes into a vocabulary; what a text means is looked up once an entry.

    `meanings` stands for answers of inspectors: one of `ANSWERS` a word.
    """

    codes: NDArray[np.integer]
    vocabulary: Sequence[str]
    state: States | None = None
    meanings: Sequence[str | None] | None = None

    @staticmethod
    def at(text: str, n: int) -> Texts:
        """The same text n times."""
        return Texts(repeated(np.int32(0), n), (text,))

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, index: Index) -> Texts:
        """The texts at these places."""
        state = taken(self.state, index)
        return Texts(gathered(self.codes, index), self.vocabulary, state, self.meanings)

    def where_entry(self, holds: Sequence[bool]) -> Bools:
        """Where the text's entry holds; elements without a text say nothing."""
        table = np.array([*holds, False], np.bool_)
        return np.asarray(table[self.codes], np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """n days as their ordinal numbers (day 1 is 0001-01-01)."""

    days: NDArray[np.integer]
    state: States | None = None

    @staticmethod
    def at(day: date, n: int) -> Dates:
        """The same day n times."""
        return Dates(repeated(np.int64(day.toordinal()), n))

    def __len__(self) -> int:
        return len(self.days)

    def take(self, index: Index) -> Dates:
        """The days at these places."""
        return Dates(gathered(self.days, index), taken(self.state, index))


# --- states ---------------------------------------------------------------------------------


def taken(state: States | None, index: Index) -> States | None:
    """The states at these places."""
    return None if state is None else state[index]


def has(state: States | None, code: int, n: int) -> Bools:
    """Where the state is this one."""
    return np.zeros(n, np.bool_) if state is None else np.asarray(state == code)


def unknown(state: States | None, n: int) -> Bools:
    """Where the fact is not known, blank or not."""
    return np.zeros(n, np.bool_) if state is None else np.asarray(state >= UNKNOWN)


def some(mask: Bools | None) -> Bools | None:
    """The mask, or None where it holds nowhere."""
    return mask if mask is not None and mask.any() else None


def both(one: Bools, two: Bools) -> Bools:
    """Where both masks hold; one that is known to hold everywhere leaves the other as it is."""
    if constant(two) and two[0]:
        return one
    return two if constant(one) and one[0] else one & two


def either(one: Bools | None, two: Bools | None) -> Bools | None:
    """Where one of two masks holds; None holds nowhere."""
    if one is None or two is None:
        return two if one is None else one
    return one | two


def nones(*states: States | None) -> States | None:
    """The state of what is computed from facts: none where one of them is none."""
    found: Bools | None = None
    for state in states:
        if state is not None:
            found = either(found, some(state == NONE))
    return None if found is None else found.astype(np.int8) * np.int8(NONE)


def recoded(one: Texts, two: Texts) -> NDArray[np.integer]:
    """The codes of `two` in the vocabulary of `one`; -1 for a text that is not in it."""
    if one.vocabulary is two.vocabulary:
        return two.codes
    place: Mapping[str, int] = {text: code for code, text in enumerate(one.vocabulary)}
    table = np.array([place.get(text, -1) for text in two.vocabulary] or [-1], np.int64)
    return np.asarray(table[two.codes] if len(two.vocabulary) else np.full(len(two), -1), np.int64)


def with_words(one: Texts, two: Texts) -> tuple[Sequence[str], NDArray[np.integer]]:
    """The vocabulary of `one` with the further words of `two`, and the codes of `two` in it."""
    if one.vocabulary is two.vocabulary:
        return one.vocabulary, two.codes
    words = tuple(dict.fromkeys((*one.vocabulary, *two.vocabulary)))
    return words, recoded(Texts(one.codes, words), two)


def text_ranks(texts: Texts) -> Ints:
    """Codes that order as the texts do, by code points."""
    order = sorted(range(len(texts.vocabulary)), key=lambda code: texts.vocabulary[code])
    table = np.zeros(len(order) + 1, np.int64)
    table[order] = np.arange(len(order))
    return np.asarray(table[texts.codes])
