"""Where an expression over arrays finds its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.values.marks import Truths
from starrating.engine.kernel.values.numbers import Numbers, Value


class Facts(Protocol):
    """n facts of every name: one an element (a subject, a row, a pair of subjects).

    What may not be asked in a place is refused when the plan is compiled; here it is a KeyError.
    """

    n: int

    def name(self, name: str) -> Value:
        """The values of a column, measure or built-in."""

    def found(self, point: str) -> Truths:
        """Whether a check point was found."""

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a named list are present, or lacking."""

    def flag(self, kind: str, flag: str) -> Truths:
        """Whether a flag is `flagged`, `confirmed` or `denied`."""

    def item_score(self, item: str) -> Numbers:
        """得分("2.1")."""

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook, or None if there is no list of that name."""

    def quotient(self, value: Numbers) -> Numbers:
        """What a division gives here: exact, except where it becomes points at once (step 8)."""


class Subjects(Facts, Protocol):
    """The facts of subjects that a batch measure compares (step 5)."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The subjects' codes."""

    @property
    def others(self) -> Mapping[str, Mapping[str, Figures]]:
        """What rulebooks that ran before gave organisations, by rulebook and code."""

    def everyone(self) -> Subjects:
        """The facts of all organisations on the roll, in scope or not."""


class NoFacts:
    """Facts of which none may be asked; the ground of every kind of facts."""

    def __init__(self, n: int) -> None:
        self.n = n

    def name(self, name: str) -> Value:
        """No name is known here."""
        raise KeyError(name)

    def found(self, point: str) -> Truths:
        """No check point is known here."""
        raise KeyError(point)

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """No list is known here."""
        raise KeyError(("present" if present else "lacking", listed))

    def flag(self, kind: str, flag: str) -> Truths:
        """No flag is known here."""
        raise KeyError((kind, flag))

    def item_score(self, item: str) -> Numbers:
        """No item is known here."""
        raise KeyError(item)

    def options(self, name: str) -> tuple[str, ...] | None:
        """No list is known here."""
        raise KeyError(name)

    def quotient(self, value: Numbers) -> Numbers:
        """Exact."""
        return value


class FactsAt(NoFacts):
    """The facts of others at some of their places: a subset, or each repeated as often as asked.

    What is asked is gathered once and kept.
    """

    def __init__(self, under: Facts, index: NDArray[np.integer]) -> None:
        super().__init__(len(index))
        self.under, self.index = under, index
        self._names: dict[str, Value] = {}

    def name(self, name: str) -> Value:
        """The values of a name at these places."""
        if name not in self._names:
            self._names[name] = self.under.name(name).take(self.index)
        return self._names[name]

    def found(self, point: str) -> Truths:
        """Whether a check point was found, at these places."""
        return self.under.found(point).take(self.index)

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a list, at these places."""
        return self.under.count_of(listed, present=present).take(self.index)

    def flag(self, kind: str, flag: str) -> Truths:
        """A flag at these places."""
        return self.under.flag(kind, flag).take(self.index)

    def item_score(self, item: str) -> Numbers:
        """An item's score at these places."""
        return self.under.item_score(item).take(self.index)

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list."""
        return self.under.options(name)

    def quotient(self, value: Numbers) -> Numbers:
        """What a division gives there."""
        return self.under.quotient(value)
