"""Sections: sums, what is left out, limits, scales, weights, for every subject (steps 6 to 8).

Everything is computed in two readings; a reading's steps add up exactly. What is divided is
rounded half-up to 4 decimals at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.arrays import (
    Exact,
    Ints,
    Numbers,
    Truths,
    all_of,
    any_of,
    choose,
)
from starrating.engine.kernel.scoring.items import ItemColumns
from starrating.engine.kernel.scoring.proportions import Share, proportion
from starrating.engine.kernel.values.alike import gathered
from starrating.number import DIVIDED
from starrating.rulebook.model import Section


@dataclass(frozen=True, eq=False)
class Move:
    """One step of a section or of the total, what it adds to every subject."""

    kind: str
    points: Exact


class Path:
    """Scores on their way, and the steps they have taken; a step that moves nobody is none."""

    def __init__(self, score: Exact) -> None:
        self.score = score
        self.moves: list[Move] = []

    def to(self, kind: str, after: Exact) -> None:
        """Take a step of this kind to other scores."""
        if after is self.score:
            return
        moved = after - self.score
        if moved.num.any():
            self.moves.append(Move(kind, moved))
        self.score = after


@dataclass(frozen=True, eq=False)
class SectionColumns:
    """One section of all subjects: its score if it stays in, and `alive`: where it does not every
    base item is left out, so that it drops out of the total."""

    section: Section
    score: Numbers
    alive: Truths
    low: tuple[Move, ...]
    high: tuple[Move, ...]

    @property
    def read(self) -> Numbers:
        """The score as expressions read it: 0 where the section dropped out, or may have."""
        if self.alive.closed:
            return self.score
        open_, nil = self.alive.open, Exact.at(0, len(self.score))
        low = choose(open_, self.score.low.minimum(nil), self.score.low)
        return Numbers.between(low, choose(open_, self.score.high.maximum(nil), self.score.high))


def section_columns(section: Section, items: Sequence[ItemColumns], n: int) -> SectionColumns:
    """One section from the scores of its items."""
    low = _path(section, items, n, high=False)
    sharp = all(item.score.sharp and item.applies.closed for item in items)
    high = low if sharp else _path(section, items, n, high=True)
    score = Numbers.known(low.score) if sharp else Numbers.between(low.score, high.score)
    return SectionColumns(
        section, score, _alive(section, items, n), tuple(low.moves), tuple(high.moves)
    )


def _alive(section: Section, items: Sequence[ItemColumns], n: int) -> Truths:
    """Whether any base item of the section is left in; a section without one always stays."""
    if section.kind != "base" or any(_stays(item) for item in items):
        return Truths.at(True, n)
    if not any((item.base & item.gone).any() for item in items):
        return Truths.at(True, n)
    some = np.zeros(n, bool)
    sure, may = some.copy(), some.copy()
    for item in items:
        some |= item.base
        sure |= item.base & (~item.gone | item.applies.sure)
        may |= item.base & (~item.gone | item.applies.may)
    sure, may = sure | ~some, may | ~some
    return Truths.known(sure) if np.array_equal(sure, may) else Truths(sure, may)


def _stays(item: ItemColumns) -> bool:
    """Whether a base item is left in for every subject, told where it is plain."""
    return all_of(item.base) and (all_of(item.applies.sure) or not any_of(item.gone))


def end(interval: Numbers, high: bool) -> Exact:
    """One end of a score; scores always have both."""
    return interval.high if high else interval.low


def _path(section: Section, items: Sequence[ItemColumns], n: int, *, high: bool) -> Path:
    """The way from the items' scores to the section's."""
    score = Exact.at(0, n)
    for item in items:
        score = score + end(item.score, high)
    path, points = Path(score), section.points
    if points is not None and any(any_of(item.on_section) for item in items):
        _on_section(path, items, points, n)
    path.to("leave_out", _left_out(items, path.score, n, high=high))
    if section.clamp and points is not None:
        path.to("section_clamp", _inside(path.score, points, n))
    if section.floor is not None:
        path.to("section_clamp", path.score.maximum(Exact.at(section.floor, n)))
    if section.cap is not None:
        path.to("section_clamp", path.score.minimum(Exact.at(section.cap, n)))
    if section.scale_to is not None and points:
        scaled = path.score * Exact.at(section.scale_to / points, n)
        path.to("scale", scaled.rounded(DIVIDED))
    if section.weight is not None:
        path.to("weight", path.score * Exact.at(section.weight, n))
    return path


def _inside(score: Exact, points: Fraction, n: int) -> Exact:
    return score.minimum(Exact.at(points, n)).maximum(Exact.at(0, n))


def _on_section(path: Path, items: Sequence[ItemColumns], points: Fraction, n: int) -> None:
    """Items without points act on the section, which starts full and stays within its points."""
    acts, own, nil = np.zeros(n, bool), Exact.at(0, n), Exact.at(0, n)
    for item in items:
        acts |= item.on_section
        own = own + choose(item.base, item.points, nil)
    whole = path.score + Exact.at(points, n) - own
    path.to("base", choose(acts, whole, path.score))
    path.to("section_clamp", choose(acts, _inside(path.score, points, n), path.score))


def _left_out(items: Sequence[ItemColumns], score: Exact, n: int, *, high: bool) -> Exact:
    """The score after items that do not apply left both sides: × P / A (step 7)."""
    some = np.zeros(n, bool)
    for item in items:
        if not all_of(item.applies.sure):
            some |= item.base & item.gone & ~item.applies.sure
    at = np.flatnonzero(some)
    if not len(at):
        return score
    # Few subjects lack an item: the others are not looked at.
    left = _in_proportion(items, score.take(at), at, high=high)
    return choose(some, left.take(np.cumsum(some) - 1), score)


def _in_proportion(items: Sequence[ItemColumns], score: Exact, at: Ints, *, high: bool) -> Exact:
    """The score of the subjects at these places in proportion to the items that apply to them."""
    outside, printed, nil = score, Exact.at(0, len(at)), Exact.at(0, len(at))
    shares = []
    for item in items:
        own, points = end(item.score, high).take(at), item.points.take(at)
        base, gone = gathered(item.base, at), gathered(item.gone, at)
        applies = item.applies.take(at)
        leaves = base & gone & ~applies.sure
        printed = printed + choose(base, points, nil)
        outside = outside - choose(base, own, nil)
        counted = choose(gone, end(item.inside, high).take(at), own)
        shares.append(Share(counted, points, base & ~leaves, leaves & applies.may))
    return outside + proportion(shares, printed, high=high)
