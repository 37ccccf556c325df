"""Bands as they are printed: 村集体收入100万元以上（含）得6分，50万元以上（含）得5.5分，其余得2分."""

from __future__ import annotations

from fractions import Fraction

from starrating.number import exact, plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.conditions import figure, formula
from starrating.rulebook.describe.words import points
from starrating.rulebook.model import Bands, Rulebook


def bands_text(book: Rulebook, bands: Bands) -> str:
    """All bands of a clause, in the order written."""
    said = [
        f"{_edge(book, bands, edge)}得{points(amount)}" for edge, amount in _edges(bands).items()
    ]
    if bands.otherwise is not None:
        said.append(f"其余得{points(bands.otherwise)}")
    return f"{formula(book, bands.of)}{'，'.join(said)}"


def _edges(bands: Bands) -> dict[str, Fraction]:
    return bands.from_ or bands.over or bands.upto or {}


def _edge(book: Rulebook, bands: Bands, written: str) -> str:
    value = exact(written)
    if value is None:
        return written
    if bands.upto is not None and _is_rank(book, bands.of):
        return figure(book, bands.of, value) if value == 1 else f"前{plain(value)}名"
    shown = figure(book, bands.of, value)
    if bands.from_ is not None:
        return f"{shown}以上（含）"
    return f"超过{shown}" if bands.over is not None else f"不超过{shown}"


def _is_rank(book: Rulebook, of: ex.Expr) -> bool:
    rule = book.measures.get(of.name) if isinstance(of, ex.Name) else None
    return rule is not None and rule.form == "rank"
