"""One version's review of the organisations that both versions cover, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from starrating.engine.kernel.arrays import Exact, Ints, Truths
from starrating.engine.kernel.evaluate import Reviewed, section_applies
from starrating.engine.kernel.facts import Facts, FactsAt
from starrating.engine.kernel.scoring.clauses import effect_of
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns, applies_where
from starrating.engine.kernel.scoring.plan import ClausePlan, ItemPlan
from starrating.engine.kernel.scoring.taken import taken
from starrating.engine.kernel.scoring.totals import TotalColumns
from starrating.rulebook.model import Rulebook, Section

Column = tuple[Exact, Exact]
"""A figure of all organisations with facts low and with facts high."""


class Side:
    """The columns of one version at some of its subjects; `at` None is all of them.

    Effects are computed anew where the most that an unbounded quantity can take differs from
    that of its own item.
    """

    def __init__(self, reviewed: Reviewed, at: Ints | None, *, bare: bool = False) -> None:
        self.reviewed, self.at, self._bare = reviewed, at, bare
        self.n = reviewed.part.n if at is None else len(at)
        self._effects: dict[tuple[str, int], tuple[ClausePlan, Effect]] = {}

    def repeated(self, times: int) -> Side:
        """The same subjects several times, one round after another; items without their
        readings."""
        at = np.arange(self.n) if self.at is None else self.at
        return Side(self.reviewed, np.tile(at, times), bare=True)

    @property
    def book(self) -> Rulebook:
        """The version's rulebook."""
        return self.reviewed.setting.book

    @cached_property
    def items(self) -> Mapping[str, ItemColumns]:
        """The items by id, before judgements set any to 0."""
        own = self.reviewed.before
        if self._bare:
            own = tuple(replace(each, readings=()) for each in own)
        return {each.placed.item.id: taken(each, self.at) for each in own}

    @cached_property
    def facts(self) -> Facts:
        """The facts of the subjects."""
        ground = self.reviewed.scores.ground
        return ground if self.at is None else FactsAt(ground, self.at)

    @cached_property
    def zero_total(self) -> Truths:
        """How surely judgements set the total to 0."""
        zero = self.reviewed.scores.zero
        return zero if self.at is None else zero.take(self.at)

    @cached_property
    def zero_items(self) -> Mapping[str, Truths]:
        """How surely judgements set an item to 0; those that none does are left out."""
        found = {each.placed.item.id: each.zero for each in self.reviewed.scores.items}
        return {
            item: zero if self.at is None else zero.take(self.at)
            for item, zero in found.items()
            if zero is not None
        }

    @cached_property
    def total(self) -> Column:
        """The total, rounded."""
        value = self.reviewed.scores.total.value
        return taken(value.low, self.at), taken(value.high, self.at)

    @cached_property
    def unrounded(self) -> Column:
        """The total before its last step."""
        low, high = unrounded(self.reviewed.scores.total)
        return taken(low, self.at), taken(high, self.at)

    def applies(self, plan: ItemPlan, section: Section) -> tuple[Truths, Truths]:
        """Where an item applies by its own words and its section's, and where its section does."""
        whole = section_applies(self.facts, section)
        return whole & applies_where(self.facts, plan), whole

    def effect(self, item: str, clause: ClausePlan) -> Effect:
        """What a clause does; it has its own version's number."""
        key = item, id(clause)
        if key not in self._effects:
            ground = self.reviewed.scores.ground
            self._effects[key] = clause, taken(effect_of(ground, item, clause), self.at)
        return self._effects[key][1]


def sides(old: Reviewed, new: Reviewed) -> tuple[tuple[str, ...], Side, Side]:
    """The codes that both versions cover, and both sides of them."""
    if old.codes == new.codes:
        return old.codes, Side(old, None), Side(new, None)
    codes = tuple(code for code in old.codes if code in set(new.codes))
    places = [{code: n for n, code in enumerate(each.codes)} for each in (old, new)]
    at = [np.array([own[code] for code in codes], np.int64) for own in places]
    return codes, Side(old, at[0]), Side(new, at[1])


def unrounded(total: TotalColumns) -> Column:
    """Totals before their last step."""
    value = total.value
    low, high = value.low, value.high
    for move in total.low:
        low = low - move.points if move.kind == "round" else low
    for move in total.high:
        high = high - move.points if move.kind == "round" else high
    return low, high


def minus(one: Column, two: Column) -> Column:
    """The difference, end by end."""
    return one[0] - two[0], one[1] - two[1]


def plus(one: Column, two: Column) -> Column:
    """The sum, end by end."""
    return one[0] + two[0], one[1] + two[1]
