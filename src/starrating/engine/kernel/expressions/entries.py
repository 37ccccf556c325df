"""Conditions on rows that read one text column: judged once for each entry of its vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Facts, NoFacts
from starrating.engine.kernel.part import SheetRows
from starrating.engine.kernel.values.marks import BLANK, HELD, NONE, UNKNOWN, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value
from starrating.rulebook import expressions as ex

ENTRIES = 4096
"""A vocabulary with more entries is no shorter way."""
_STATES = (NONE, NONE, UNKNOWN, BLANK)
_ROW_FACTS = (
    ex.Found, ex.Present, ex.Lacking, ex.Flagged, ex.Confirmed, ex.Denied, ex.ItemScore,
)  # fmt: skip


def columns_of(expr: ex.Expr, rows: SheetRows) -> frozenset[str] | None:
    """The columns of the rows that an expression reads; None if it reads anything else."""
    names = set()
    for node in ex.walk(expr):
        if isinstance(node, _ROW_FACTS):
            return None
        if isinstance(node, ex.Name):
            if rows.column(node.name) is None:
                return None
            names.add(node.name)
    return frozenset(names)


@dataclass(frozen=True, eq=False)
class Entries:
    """The cells that a text column has: its texts, then none, unknown and blank.

    `place` is which of them each row has.
    """

    column: str
    cells: Texts
    place: NDArray[np.integer]

    @staticmethod
    def of(rows: SheetRows, column: str) -> Entries | None:
        """The entries of a column; None where it is no text, or has too many of them."""
        value = rows.value(column)
        if not isinstance(value, Texts) or len(value.vocabulary) > ENTRIES:
            return None
        words = len(value.vocabulary)
        state = np.zeros(words + len(_STATES), np.int8)
        state[words:] = _STATES
        codes = np.zeros(len(state), np.int64)
        codes[:words] = np.arange(words)
        place = value.codes
        if value.state is not None:
            place = np.where(value.state == HELD, place, words + value.state.astype(np.int32))
        return Entries(column, Texts(codes, value.vocabulary, state, value.meanings), place)

    def judged(self, expr: ex.Expr, subjects: Facts) -> Truths:
        """The truth of a condition that reads this column only, entry by entry."""
        return judge(expr, _EntryFacts(self, subjects))


class _EntryFacts(NoFacts):
    """The facts of entries: their column, and the lists of the rulebook."""

    def __init__(self, entries: Entries, subjects: Facts) -> None:
        super().__init__(len(entries.cells))
        self._entries, self._subjects = entries, subjects

    def name(self, name: str) -> Value:
        if name != self._entries.column:
            raise KeyError(name)
        return self._entries.cells

    def options(self, name: str) -> tuple[str, ...] | None:
        return self._subjects.options(name)

    def quotient(self, value: Numbers) -> Numbers:
        return self._subjects.quotient(value)
