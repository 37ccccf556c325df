"""Indicators as expressions with `a ? b : c`, for tools whose rules are such texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.peers.table import UNIT, Indicator


@dataclass(frozen=True)
class Ternary:
    """What the languages of two tools write in ways of their own: an expression rounded to four
    decimals, and one that is 0 at least."""

    rounded: Callable[[str], str]
    above_zero: Callable[[str], str]

    def formula(self, item: Indicator) -> str:
        """The points of one indicator."""
        n, *others = item.figures
        points, step = (f"{each / UNIT:g}" for each in (item.points, item.step))
        if item.form == "less":
            return self.above_zero(f"{points} - {step} * {n}")
        if item.form == "found":
            return f"{n} > 0 ? {points} : {(item.points - item.step) / UNIT:g}"
        if item.form == "given":
            return f"{n} / 100"
        (d,) = others
        if item.form == "share":
            return f"{d} == 0 ? {points} : {self.rounded(f'{points} * {n} / {d}')}"
        bands = "".join(f"({n} * {b} >= {d} * {a} ? {p / UNIT:g} : " for a, b, p in item.edges)
        return f"{d} == 0 ? {points} : {bands}0{')' * len(item.edges)}"

    def section(self, items: tuple[Indicator, ...]) -> str:
        """The points of a section, in proportion where some of its indicators do not apply."""
        whole = sum(item.points for item in items) / UNIT
        if not any(item.applies for item in items):
            return " + ".join(item.id for item in items)
        points = " + ".join(_counted(item, item.id) for item in items)
        printed = " + ".join(_counted(item, f"{item.points / UNIT:g}") for item in items)
        return self.rounded(f"({points}) * {whole:g} / ({printed})")


def _counted(item: Indicator, what: str) -> str:
    return f"({item.applies} > 0 ? {what} : 0)" if item.applies else what
