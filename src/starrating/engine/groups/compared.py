"""The figures of a group, sorted once for all the ranks and shares that are read of it (step 5)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from starrating.engine.values import Interval


@dataclass(frozen=True)
class Compared:
    """The figures of a group's members that have one, by code.

    `lows` and `highs` are their ends that have a limit, in order. `telling` are the members with
    the two least and two greatest ends, and two with none: no share of the best reads another.
    """

    figures: Mapping[str, Interval]
    lows: tuple[Fraction, ...]
    highs: tuple[Fraction, ...]
    telling: tuple[str, ...]

    @classmethod
    def of(cls, figures: Mapping[str, Interval]) -> Compared:
        """The figures, sorted."""
        by_low = sorted((f.low, code) for code, f in figures.items() if f.low is not None)
        by_high = sorted((f.high, code) for code, f in figures.items() if f.high is not None)
        return cls(
            figures,
            tuple(end for end, _ in by_low),
            tuple(end for end, _ in by_high),
            tuple(dict.fromkeys(_telling(figures, by_low, by_high))),
        )

    def better(self, own: Interval, code: str, order: str) -> Interval:
        """How many others are better than `own`, the figure of `code`: surely, and possibly."""
        if order == "high":
            sure = 0 if own.high is None else len(self.lows) - bisect_right(self.lows, own.high)
            no_better = 0 if own.low is None else bisect_right(self.highs, own.low)
        else:
            sure = 0 if own.low is None else bisect_left(self.highs, own.low)
            no_better = 0 if own.high is None else len(self.lows) - bisect_left(self.lows, own.high)
        # An open figure may be better than itself.
        itself = code in self.figures and not own.known
        return Interval(Fraction(sure), Fraction(len(self.figures) - no_better - itself))

    def others(self, code: str) -> list[Interval]:
        """Of the others' figures those that tell the best, the least, and what is open."""
        return [self.figures[other] for other in self.telling if other != code]


def _telling(
    figures: Mapping[str, Interval],
    by_low: list[tuple[Fraction, str]],
    by_high: list[tuple[Fraction, str]],
) -> Iterator[str]:
    for ends in (by_low, by_high):
        yield from (code for _, code in (*ends[:2], *ends[-2:]))
    for lacks in (
        [code for code, figure in figures.items() if figure.low is None],
        [code for code, figure in figures.items() if figure.high is None],
        [code for code, figure in figures.items() if not figure.known],
    ):
        yield from lacks[:2]
