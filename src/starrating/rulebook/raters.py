"""Whose figures count where a person gives one (semantics.md step 6)."""

from __future__ import annotations

from starrating.rulebook.fields import Mean
from starrating.rulebook.model import Item, Rulebook

Seat = tuple[str, ...]
"""Raters of whom the first that has a figure counts."""
DEFAULT: Seat = ("复核", "初评")
"""Who counts where nothing is written."""


def seats(book: Rulebook, item: Item) -> tuple[Seat, ...]:
    """The seats of an item, whose figures are averaged: one in order, or one for each rater of a
    `mean`."""
    said = item.raters or book.raters or DEFAULT
    return tuple((name,) for name in said.of) if isinstance(said, Mean) else (said,)
