"""The total: sections put together, limits, rounding (step 8).

Both readings add up exactly from the sections' scores to the total, which is rounded once, at
the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

from starrating.engine.expressions.formulas import Facts, FactsOver, evaluate
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.readings import Reading, both, end_of, other
from starrating.engine.scoring.sections import (
    SectionScore,
    SectionStep,
    Way,
    proportion,
    section_score,
)
from starrating.engine.values import (
    NIL,
    NO,
    OPEN,
    YES,
    ZERO,
    Interval,
    Truth,
    Value,
    as_interval,
    rounded,
)
from starrating.number import added, round_half_up
from starrating.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Total:
    """The total of one subject, rounded, and the steps from the sections to it."""

    value: Interval
    sections: tuple[SectionScore, ...]
    steps: Mapping[Reading, tuple[SectionStep, ...]]


def total(
    book: Rulebook, items: Sequence[Scored], under: Facts | None = None, *, zero: Truth = NO
) -> Total:
    """Sections and total from the items' scores; `zero` is how surely a judgement zeroes it, and
    `under` the subject's facts for a total that reads them."""
    rest = iter(items)
    sections = tuple(
        section_score(section, [next(rest) for _ in section.items]) for section in book.sections
    )
    return put_together(book, sections, items, under, zero=zero)


def put_together(
    book: Rulebook,
    sections: tuple[SectionScore, ...],
    items: Sequence[Scored],
    under: Facts | None = None,
    *,
    zero: Truth = NO,
) -> Total:
    """The total from the sections' scores (step 8); `items` for a total that reads them."""
    told = _told(book, TotalFacts(sections, items, under))
    known = all(part.score.known and part.alive is not OPEN for part in sections)
    known = known and zero is not OPEN and (told is None or told.known)
    ways = both(partial(_way, book, told, sections, zero), known=known)
    value = Interval(ways["low"].score, ways["high"].score)
    return Total(value, sections, {reading: tuple(way.steps) for reading, way in ways.items()})


def _told(book: Rulebook, facts: TotalFacts) -> Interval | None:
    """What the rulebook's `total:` expression comes to, if it has one; what has no limit runs from
    the least to the most that a total may be (step 0)."""
    if book.total is None:
        return None
    value = as_interval(evaluate(book.total, facts))
    if not isinstance(value, Interval):
        return NIL
    low = value.low if value.low is not None else book.floor
    return Interval(low, value.high if value.high is not None else max(book.top, low))


class TotalFacts(FactsOver):
    """What a `total:` expression may read: sections by title (lost points positive), items, and
    the subject's measures and columns."""

    def __init__(
        self, sections: Sequence[SectionScore], items: Sequence[Scored], under: Facts | None
    ) -> None:
        super().__init__(under if under is not None else Facts())
        self._sections, self._scored = sections, items

    def quotient(self, value: Interval) -> Interval:
        """Something divided becomes points: rounded half-up to 4 decimals at once."""
        return rounded(value)

    def name(self, name: str) -> Value:
        """A section's score, else a fact of the subject."""
        return self._scores[name] if name in self._scores else self.under.name(name)

    def item_score(self, item: str) -> Interval:
        """An item's score."""
        return self._items[item]

    @cached_property
    def _scores(self) -> Mapping[str, Interval]:
        return {part.section.title: part.read for part in self._sections}

    @cached_property
    def _items(self) -> Mapping[str, Interval]:
        return {each.item.id: each.score for each in self._scored}


def _way(
    book: Rulebook,
    told: Interval | None,
    sections: Sequence[SectionScore],
    zero: Truth,
    reading: Reading,
) -> Way:
    """The way from the sections' scores to the total in one reading; `told` is what a `total:`
    expression comes to."""
    way = Way(added(_counted(part, reading) for part in sections), None)
    way.to("leave_out", _without_empty(sections, way.score, reading))
    if told is not None:
        way.to("weight", end_of(told, reading))
    way.to("clamp", max(way.score, book.floor))
    if book.total_cap is not None:
        way.to("clamp", min(way.score, book.total_cap))
    if zero is YES:
        way.to("zeroed", ZERO)
    elif zero is OPEN:
        way.to("zeroed", (min if reading == "low" else max)(way.score, ZERO))
    way.to("round", round_half_up(way.score, book.points.decimals))
    return way


def _counted(part: SectionScore, reading: Reading) -> Fraction:
    """A section as it counts in the default total: base + bonus − deduction."""
    if part.section.kind == "deduction":
        return -end_of(part.score, other(reading))
    return end_of(part.score, reading)


def _without_empty(sections: Sequence[SectionScore], score: Fraction, reading: Reading) -> Fraction:
    """The total after empty base sections dropped out on both sides, as items do (step 7)."""
    base = [part for part in sections if part.section.kind == "base"]
    if all(part.alive is YES for part in base):
        return score
    outside = score - added(end_of(part.score, reading) for part in base)
    sure = [(end_of(p.score, reading), p.section.printed) for p in base if p.alive is YES]
    maybe = [(end_of(p.score, reading), p.section.printed) for p in base if p.alive is OPEN]
    printed = added(part.section.printed for part in base)
    if not sure:
        # All may drop out: nothing is left to score.
        maybe.append((ZERO, printed))
    return outside + proportion(sure, maybe, printed, reading)
