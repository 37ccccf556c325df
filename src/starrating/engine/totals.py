"""Sections and total: sums, what is left out, weights, limits, rounding (steps 7 and 8).

Everything is computed in two readings. A reading's steps add up exactly from the items' scores
to the total. What is divided is rounded half-up to 4 decimals at once; the total is rounded
once, at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from starrating.engine.formulas import evaluate
from starrating.engine.items import READINGS, ZERO, Reading, Role, Scored, Step
from starrating.engine.quotients import Pair, quotient_range
from starrating.engine.values import NO, OPEN, YES, Interval, Truth, Value, as_interval, rounded
from starrating.number import DIVIDED, round_half_up
from starrating.rulebook.model import Rulebook, Section


@dataclass(frozen=True, slots=True)
class SectionStep:
    """One step of a section (or, with section None, of the total) in one reading."""

    kind: str
    section: str | None
    points: Fraction


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section of one subject: its score in both readings; `alive` is no where every base
    item is left out, so that the section drops out of the total."""

    section: Section
    score: Interval
    alive: Truth
    steps: Mapping[Reading, tuple[SectionStep, ...]]


@dataclass(frozen=True, slots=True)
class Total:
    """The total of one subject, rounded, and the steps from the sections to it."""

    value: Interval
    sections: tuple[SectionScore, ...]
    steps: Mapping[Reading, tuple[SectionStep, ...]]


def total(book: Rulebook, items: Sequence[Scored], *, zero: Truth = NO) -> Total:
    """Sections and total from the items' scores; `zero` is how surely a judgement zeroes it."""
    by_section = _grouped(book, items)
    sections = tuple(_section(section, by_section[section.title]) for section in book.sections)
    ends: dict[Reading, Fraction] = {}
    steps: dict[Reading, tuple[SectionStep, ...]] = {}
    for reading in READINGS:
        ends[reading], steps[reading] = _sum_up(book, sections, reading, zero)
    # A weight may be negative: the readings then cross.
    low, high = min(ends.values()), max(ends.values())
    if ends["low"] > ends["high"]:
        steps = {"low": steps["high"], "high": steps["low"]}
    return Total(Interval(low, high), sections, steps)


def _grouped(book: Rulebook, items: Sequence[Scored]) -> dict[str, list[Scored]]:
    rest = iter(items)
    return {section.title: [next(rest) for _ in section.items] for section in book.sections}


# --- one section ----------------------------------------------------------------------------------


def _section(section: Section, items: Sequence[Scored]) -> SectionScore:
    alive = _alive(section, items)
    ends: dict[Reading, Fraction] = {}
    steps: dict[Reading, tuple[SectionStep, ...]] = {}
    for reading in READINGS:
        points, way = _way(section, items, reading)
        ends[reading], steps[reading] = points, tuple(way)
    return SectionScore(section, Interval(ends["low"], ends["high"]), alive, steps)


def _alive(section: Section, items: Sequence[Scored]) -> Truth:
    """Whether any base item of the section is left in."""
    base = [item for item in items if item.role is Role.BASE]
    if section.kind != "base" or not base:
        return YES
    answer = NO
    for item in base:
        answer |= item.applies if item.out is None else YES
    return answer


def _way(
    section: Section, items: Sequence[Scored], reading: Reading
) -> tuple[Fraction, list[SectionStep]]:
    """The steps from the items' scores to the section's."""
    steps: list[SectionStep] = []
    score = sum((_end(item.score, reading) for item in items), ZERO)

    def move(kind: str, after: Fraction) -> None:
        nonlocal score
        if after != score:
            steps.append(SectionStep(kind, section.title, after - score))
            score = after

    on_section = [item for item in items if item.role is Role.ON_SECTION]
    if on_section and section.points is not None:
        own = sum((item.points for item in items if item.role is Role.BASE), ZERO)
        move("base", score + section.points - own)
        move("section_clamp", min(max(score, ZERO), section.points))
    move("leave_out", _left_out(items, score, reading))
    if section.clamp and section.points is not None:
        move("section_clamp", min(max(score, ZERO), section.points))
    if section.floor is not None:
        move("section_clamp", max(score, section.floor))
    if section.cap is not None:
        move("section_clamp", min(score, section.cap))
    if section.scale_to is not None and section.points:
        move("scale", round_half_up(score * section.scale_to / section.points, DIVIDED))
    if section.weight is not None:
        move("weight", score * section.weight)
    return score, steps


def _end(interval: Interval, reading: Reading) -> Fraction:
    end = interval.low if reading == "low" else interval.high
    return end if end is not None else (interval.high or interval.low or ZERO)


def _left_out(items: Sequence[Scored], score: Fraction, reading: Reading) -> Fraction:
    """The section score after items that do not apply left both sides: × P / A (step 7)."""
    base = [item for item in items if item.role is Role.BASE]
    leavers = [item for item in base if item.out is None and item.applies is not YES]
    if not leavers:
        return score
    printed = sum((item.points for item in base), ZERO)
    outside = score - sum((_end(item.score, reading) for item in base), ZERO)
    sure = [_pair(item, reading) for item in base if item not in leavers]
    maybe = [_pair(item, reading) for item in leavers if item.applies is OPEN]
    if not sum((points for _, points in sure), ZERO):
        # With only open items left the section may be empty; the total then drops it.
        full = [pair for pair in maybe if pair[1]]
        quotient = [score_ / points for score_, points in full]
        if not quotient:
            return outside
        best = min(quotient) if reading == "low" else max(quotient)
        return outside + round_half_up(best * printed, DIVIDED)
    bounds = quotient_range(sure, maybe)
    assert bounds is not None
    return outside + round_half_up(_end(bounds, reading) * printed, DIVIDED)


def _pair(item: Scored, reading: Reading) -> Pair:
    return _end(item.inside if item.out is None else item.score, reading), item.points


# --- the total --------------------------------------------------------------------------------------


class SectionFacts:
    """What a `total:` expression may read: sections by title."""

    def __init__(self, scores: Mapping[str, Interval]) -> None:
        self._scores = scores

    def quotient(self, value: Interval) -> Interval:
        """Something divided becomes points: rounded half-up to 4 decimals at once (step 8)."""
        return rounded(value)

    def name(self, name: str) -> Value:
        """A section's score; of a deduction section the points lost, positive."""
        return self._scores[name]

    def found(self, point: str) -> Value:
        """Not to be asked here."""
        raise KeyError(point)

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """Not to be asked here."""
        raise KeyError(f"{listed} {present}")

    def flag(self, kind: str, flag: str) -> Truth:
        """Not to be asked here."""
        raise KeyError(f"{kind} {flag}")

    def item_score(self, item: str) -> Interval:
        """Not to be asked here."""
        raise KeyError(item)

    def options(self, name: str) -> tuple[str, ...] | None:
        """No lists here."""
        raise KeyError(name)


def _sum_up(
    book: Rulebook, sections: Sequence[SectionScore], reading: Reading, zero: Truth
) -> tuple[Fraction, tuple[SectionStep, ...]]:
    """The total in one reading, and the steps from the sections' scores to it."""
    steps: list[SectionStep] = []
    other: Reading = "high" if reading == "low" else "low"
    score = ZERO
    for part in sections:
        lost = part.section.kind == "deduction"
        score += -_end(part.score, other) if lost else _end(part.score, reading)

    def move(kind: str, after: Fraction) -> None:
        nonlocal score
        if after != score:
            steps.append(SectionStep(kind, None, after - score))
            score = after

    move("leave_out", _without_empty(sections, score, reading))
    if book.total is not None:
        value = as_interval(
            evaluate(book.total, SectionFacts({p.section.title: p.score for p in sections}))
        )
        assert isinstance(value, Interval)
        move("weight", _end(value, reading))
    floor = book.total_floor if book.total_floor is not None else ZERO
    move("clamp", max(score, floor))
    if book.total_cap is not None:
        move("clamp", min(score, book.total_cap))
    if zero is YES or (zero is OPEN and reading == "low"):
        move("zeroed", ZERO)
    move("round", round_half_up(score, book.points.decimals))
    return score, tuple(steps)


def _without_empty(
    sections: Sequence[SectionScore], score: Fraction, reading: Reading
) -> Fraction:
    """The total after empty sections dropped out on both sides: × P / A over base sections."""
    base = [part for part in sections if part.section.kind == "base"]
    if all(part.alive is YES for part in base):
        return score
    printed = sum((_printed(part) for part in base), ZERO)
    outside = score - sum((_end(part.score, reading) for part in base), ZERO)
    sure = [(_end(p.score, reading), _printed(p)) for p in base if p.alive is YES]
    maybe = [(_end(p.score, reading), _printed(p)) for p in base if p.alive is OPEN]
    bounds = quotient_range(sure, maybe)
    if bounds is None:
        return outside
    return outside + round_half_up(_end(bounds, reading) * printed, DIVIDED)


def _printed(part: SectionScore) -> Fraction:
    if part.section.scale_to is not None:
        points: Fraction | None = part.section.scale_to
    else:
        points = part.section.points
    if points is None:
        points = sum((item.points or ZERO for item in part.section.items), ZERO)
    return points * part.section.weight if part.section.weight is not None else points


def zeroed(scored: Scored, *, when: Truth) -> Scored:
    """The item after a judgement's `score: 0` that acts surely, or only when facts are low."""
    def down(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        score = sum((step.points for step in steps), ZERO)
        return (*steps, Step("zeroed", None, -score)) if score else steps

    low = down(scored.steps["low"])
    high = down(scored.steps["high"]) if when is YES else scored.steps["high"]
    nil = Interval.at(0)
    if when is YES:
        return replace(
            scored, score=nil, inside=nil, steps={"low": low, "high": high},
            state="scored" if scored.state != "not_applicable" else scored.state,
        )  # fmt: skip
    return replace(
        scored,
        score=scored.score.hull(nil),
        inside=scored.inside.hull(nil),
        steps={"low": low, "high": high},
        state="no_data" if scored.score != nil else scored.state,
    )
