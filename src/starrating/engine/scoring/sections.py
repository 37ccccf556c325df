"""Sections: sums, what is left out, limits, scales, weights (steps 6 to 8).

Everything is computed in two readings; a reading's steps add up exactly. What is divided is
rounded half-up to 4 decimals at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from starrating.engine.groups.quotients import Pair, quotient_range
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.readings import Reading, both, end_of
from starrating.engine.scoring.roles import Role
from starrating.engine.values import NO, OPEN, YES, ZERO, Interval, Truth
from starrating.number import DIVIDED, added, round_half_up
from starrating.rulebook.model import Section


@dataclass(frozen=True, slots=True)
class SectionStep:
    """One step of a section (or, with section None, of the total) in one reading."""

    kind: str
    section: str | None
    points: Fraction


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section of one subject: its score in both readings if it stays in; `alive` is no where
    every base item is left out, so that the section drops out of the total."""

    section: Section
    score: Interval
    alive: Truth
    steps: Mapping[Reading, tuple[SectionStep, ...]]

    @property
    def read(self) -> Interval:
        """The score as expressions read it: 0 where the section dropped out, or may have."""
        return self.score.hull(Interval.at(0)) if self.alive is OPEN else self.score


class Way:
    """A score on its way, and the steps it has taken; a step that moves nothing is none."""

    def __init__(self, score: Fraction, section: str | None) -> None:
        self.score = score
        self.steps: list[SectionStep] = []
        self._section = section

    def to(self, kind: str, after: Fraction) -> None:
        """Take a step of this kind to another score."""
        if after != self.score:
            self.steps.append(SectionStep(kind, self._section, after - self.score))
            self.score = after


def section_score(section: Section, items: Sequence[Scored]) -> SectionScore:
    """One section from the scores of its items."""
    known = all(item.score.known and item.applies is not OPEN for item in items)
    ways = both(partial(_way, section, items), known=known)
    return SectionScore(
        section,
        Interval(ways["low"].score, ways["high"].score),
        _alive(section, items),
        {reading: tuple(way.steps) for reading, way in ways.items()},
    )


def _alive(section: Section, items: Sequence[Scored]) -> Truth:
    """Whether any base item of the section is left in."""
    base = [item for item in items if item.role is Role.BASE]
    if section.kind != "base" or not base:
        return YES
    answer = NO
    for item in base:
        answer |= item.applies if item.out is None else YES
    return answer


def _way(section: Section, items: Sequence[Scored], reading: Reading) -> Way:
    """The way from the items' scores to the section's."""
    way = Way(added(end_of(item.score, reading) for item in items), section.title)
    points = section.points
    if points is not None and any(item.role is Role.ON_SECTION for item in items):
        own = added(item.points for item in items if item.role is Role.BASE)
        way.to("base", way.score + points - own)
        way.to("section_clamp", min(max(way.score, ZERO), points))
    way.to("leave_out", _left_out(items, way.score, reading))
    if section.clamp and points is not None:
        way.to("section_clamp", min(max(way.score, ZERO), points))
    if section.floor is not None:
        way.to("section_clamp", max(way.score, section.floor))
    if section.cap is not None:
        way.to("section_clamp", min(way.score, section.cap))
    if section.scale_to is not None and points:
        way.to("scale", round_half_up(way.score * section.scale_to / points, DIVIDED))
    if section.weight is not None:
        way.to("weight", way.score * section.weight)
    return way


def _left_out(items: Sequence[Scored], score: Fraction, reading: Reading) -> Fraction:
    """The score after items that do not apply left both sides: × P / A (step 7)."""
    base = [item for item in items if item.role is Role.BASE]
    leavers = [item for item in base if item.out is None and item.applies is not YES]
    if not leavers:
        return score
    printed = added(item.points for item in base)
    outside = score - added(end_of(item.score, reading) for item in base)
    sure = [_pair(item, reading) for item in base if item not in leavers]
    maybe = [_pair(item, reading) for item in leavers if item.applies is OPEN]
    return outside + proportion(sure, maybe, printed, reading)


def _pair(item: Scored, reading: Reading) -> Pair:
    return end_of(item.inside if item.out is None else item.score, reading), item.points


def proportion(
    sure: Sequence[Pair], maybe: Sequence[Pair], printed: Fraction, reading: Reading
) -> Fraction:
    """(score, points) pairs of what surely and what possibly applies, in proportion to the
    printed points: Σ scores × printed / Σ points, 0 where nothing applies.

    Where only open pairs are left, any one of them may be the one that applies.
    """
    if not added(points for _, points in sure):
        alone = [score / points for score, points in maybe if points]
        share = (min if reading == "low" else max)(alone, default=ZERO)
    else:
        bounds = quotient_range(sure, maybe)
        assert bounds is not None
        share = end_of(bounds, reading)
    return round_half_up(share * printed, DIVIDED)
