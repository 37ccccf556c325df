"""Amounts of money that a judgement proposes for an organisation (semantics.md step 13)."""

from __future__ import annotations

from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Rulebook

CENTS = 2
"""Amounts are told to so many decimals, rounded half up."""


def money_unit(book: Rulebook, amount: ex.Expr) -> str:
    """The unit of a measure that is the amount, else 元."""
    measure = book.measures.get(amount.name) if isinstance(amount, ex.Name) else None
    return (measure.unit if measure is not None else None) or "元"
