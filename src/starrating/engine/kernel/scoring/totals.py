"""The total: sections put together, limits, rounding, for every subject (step 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import (
    Exact,
    Numbers,
    Overflow,
    TooLarge,
    Truths,
    Value,
    as_numbers,
    choose,
)
from starrating.engine.kernel.expressions.formulas import evaluate
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.scoring.items import ItemColumns
from starrating.engine.kernel.scoring.overlay import FactsOver
from starrating.engine.kernel.scoring.plan import ZERO, SheetPlan
from starrating.engine.kernel.scoring.proportions import Share, proportion
from starrating.engine.kernel.scoring.sections import (
    Move,
    Path,
    SectionColumns,
    end,
    section_columns,
)
from starrating.engine.kernel.values.marks import NONE
from starrating.engine.kernel.values.numbers import select
from starrating.number import DIVIDED
from starrating.rulebook.model import Rulebook, Section


@dataclass(frozen=True, eq=False)
class TotalColumns:
    """The totals of all subjects, rounded, and the steps from the sections to them."""

    value: Numbers
    sections: tuple[SectionColumns, ...]
    low: tuple[Move, ...]
    high: tuple[Move, ...]

    @property
    def by_title(self) -> dict[str, Numbers]:
        """The sections' scores as expressions read them."""
        return {part.section.title: part.read for part in self.sections}


def total_columns(
    plan: SheetPlan, items: Sequence[ItemColumns], under: Facts, zero: Truths
) -> TotalColumns:
    """Sections and totals from the items' scores; `zero` is how surely a judgement zeroes them.

    Overflow where exact integers could pass 2⁶³, with the place of the section.
    """
    sections = tuple(
        placed_section(section, [items[place] for place in places], under.n)
        for section, places in plan.sections
    )
    return total_from(plan.book, items, sections, under, zero)


def total_from(
    book: Rulebook,
    items: Sequence[ItemColumns],
    sections: tuple[SectionColumns, ...],
    under: Facts,
    zero: Truths,
) -> TotalColumns:
    """The totals from the sections' scores; `items` for a total that reads them."""
    put = _put_together(book, items, sections, under)
    low = _path(book, sections, put, zero, high=False)
    high = _path(book, sections, put, zero, high=True)
    value = Numbers.between(low.score, high.score)
    if low.score.same(high.score).all():
        value = Numbers.known(low.score)
    return TotalColumns(value, sections, tuple(low.moves), tuple(high.moves))


def placed_section(section: Section, items: Sequence[ItemColumns], n: int) -> SectionColumns:
    """One section from the scores of its items; Overflow with its place."""
    try:
        return section_columns(section, items, n)
    except TooLarge:
        raise Overflow(section.origin) from None


class _TotalFacts(FactsOver):
    """What a `total:` expression may read: sections by title (lost points positive), items, and
    the subject's measures and columns. What is divided becomes points at once."""

    def quotient(self, value: Numbers) -> Numbers:
        return value.rounded(DIVIDED)


def _put_together(
    book: Rulebook,
    items: Sequence[ItemColumns],
    sections: Sequence[SectionColumns],
    under: Facts,
) -> Numbers | None:
    """What the `total:` expression comes to, if there is one; none is 0, and what has no limit runs
    from the least to the most that a total may be (step 0)."""
    if book.total is None:
        return None
    names: Mapping[str, Value] = {part.section.title: part.read for part in sections}
    scores = {each.placed.item.id: each.score for each in items}
    found = as_numbers(evaluate(book.total, _TotalFacts(under, names, scores)))
    if found.state is not None:
        found = select(found.state == NONE, Numbers.at(ZERO, under.n), found)
    return _limited(found, book)


def _limited(total: Numbers, book: Rulebook) -> Numbers:
    """The total with both ends."""
    n, low, high = len(total), total.low, total.high
    if total.no_low is not None:
        low = choose(total.no_low, Exact.at(book.floor, n), low)
    if total.no_high is not None:
        high = choose(total.no_high, Exact.at(book.top, n).maximum(low), high)
    return Numbers(low, high)


def _path(
    book: Rulebook,
    sections: Sequence[SectionColumns],
    put: Numbers | None,
    zero: Truths,
    *,
    high: bool,
) -> Path:
    """The way from the sections' scores to the total in one reading."""
    n = len(zero)
    score = Exact.at(0, n)
    for part in sections:
        if part.section.kind == "deduction":
            score = score - end(part.score, not high)
        else:
            score = score + end(part.score, high)
    path = Path(score)
    path.to("leave_out", _without_empty(sections, path.score, n, high=high))
    if put is not None:
        path.to("weight", put.high if high else put.low)
    path.to("clamp", path.score.maximum(Exact.at(book.floor, n)))
    if book.total_cap is not None:
        path.to("clamp", path.score.minimum(Exact.at(book.total_cap, n)))
    if zero.may.any():
        nil = Exact.at(0, n)
        lower = path.score.maximum(nil) if high else path.score.minimum(nil)
        path.to("zeroed", choose(zero.sure, nil, choose(zero.open, lower, path.score)))
    path.to("round", path.score.rounded(book.points.decimals))
    return path


def _without_empty(
    sections: Sequence[SectionColumns], score: Exact, n: int, *, high: bool
) -> Exact:
    """The total after empty base sections dropped out on both sides, as items do (step 7)."""
    base = [part for part in sections if part.section.kind == "base"]
    some = np.zeros(n, bool)
    any_sure = some.copy()
    for part in base:
        some |= ~part.alive.sure
        any_sure |= part.alive.sure
    if not some.any():
        return score
    outside, nil = score, Exact.at(0, n)
    printed = ZERO
    shares = []
    for part in base:
        own, points = end(part.score, high), part.section.printed
        outside = outside - own
        printed += points
        shares.append(Share(own, Exact.at(points, n), part.alive.sure, part.alive.open))
    # Where all may drop out nothing may be left to score.
    whole = Exact.at(printed, n)
    shares.append(Share(nil, whole, np.zeros(n, bool), ~any_sure))
    return choose(some, outside + proportion(shares, whole, high=high), score)
