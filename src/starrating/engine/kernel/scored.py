"""One rulebook over all subjects of a part, up to their totals (semantics.md steps 1 to 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from starrating.engine.flag_sets import Flags
from starrating.engine.judge import Preference
from starrating.engine.kernel.arrays import Exact, Truths, Value
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.finishing import Ending
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.judged import JudgedFacts
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.part import Part, encode, subset
from starrating.engine.kernel.plan import Plan
from starrating.engine.kernel.program import program_of
from starrating.engine.kernel.scopes import Rated, in_scope, rated
from starrating.engine.kernel.scoring.items import ItemColumns, score_item, zeroed
from starrating.engine.kernel.scoring.plan import SheetPlan
from starrating.engine.kernel.scoring.subjects import SubjectGround
from starrating.engine.kernel.scoring.totals import TotalColumns, total_columns
from starrating.engine.kernel.stages import judged
from starrating.engine.kernel.standing import Grounds, Scores
from starrating.engine.kernel.subjects import Given
from starrating.engine.setting import Setting
from starrating.engine.star_bands import bands
from starrating.rulebook.model import Judgement, Section


@dataclass(frozen=True, eq=False)
class Scored:
    """All subjects in scope up to their totals, in code order: what their stars are made from.

    `before` are the items before judgements set any to 0, `scores` what stands after. `judge`
    says who chained, `vectors` how many distinct vectors were judged.
    """

    setting: Setting
    plan: SheetPlan
    part: Part
    rated: Rated
    before: tuple[ItemColumns, ...]
    scores: Scores
    stages: tuple[tuple[Judgement, ...], tuple[Judgement, ...]]
    judge: str
    vectors: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the subjects."""
        return self.part.codes

    @cached_property
    def grounds(self) -> Grounds | None:
        """What grading reads; None for a screening rulebook."""
        if not self.setting.book.stars:
            return None
        return Grounds(self.setting.book, bands(self.setting), self.scores)

    @property
    def ending(self) -> Ending:
        """What the steps after the stars read."""
        scores = self.scores
        names: dict[str, Value] = {**scores.total.by_title, "总分": scores.total.value}
        items = {each.placed.item.id: each.score for each in scores.items}
        return Ending(scores.ground, scores.flags, names, items, scores.rated, scores.shown)


def ground_of(
    setting: Setting, part: Part | None = None, given: Given | None = None
) -> SubjectGround:
    """The facts of all subjects in scope, of a part or of the setting's records.

    NotLowered words of the rulebook are a ValueError that names their places.
    """
    measures = _lowered(setting)
    whole = encode(setting) if part is None else part
    own = subset(whole, in_scope(SubjectGround(measures, whole)))
    return SubjectGround(measures, own, setting.aside, given=given)


def _lowered(setting: Setting) -> Plan:
    measures = program_of(setting.book).measures
    if measures.refused:
        places = "; ".join(f"{each.origin}: {each.word}" for each in measures.refused)
        raise ValueError(f"not lowered: {places}")
    return measures


def score_columns(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
    part: Part | None = None,
    given: Given | None = None,
    known: Mapping[str, ItemColumns] = MappingProxyType({}),
) -> Scored:
    """All subjects in scope up to their totals; see `evaluate.review_columns`."""
    ground = ground_of(setting, part, given)
    return _Scoring(setting, ground, decided or {}, known).scored(prefer)


class _Scoring:
    """The steps in their order; each reads what stands before it."""

    def __init__(
        self,
        setting: Setting,
        ground: SubjectGround,
        decided: Mapping[str, Flags],
        known: Mapping[str, ItemColumns],
    ) -> None:
        self.setting, self.ground, self.part = setting, ground, ground.part
        self.known = known
        self.program = program_of(setting.book)
        self.plan, self.stages = self.program.sheet, self.program.stages
        self.flags = FlagColumns.of(self.part.codes, decided)

    def scored(self, prefer: Preference | None) -> Scored:
        """Scope, items, judgements of stage 1, totals."""
        who = rated(self.ground)
        items = self._items()

        def facts(own: FlagColumns, as_confirmed: bool | None) -> JudgedFacts:
            return JudgedFacts(self.ground, own, as_confirmed)

        stage = judged(self.program, 0, self.flags, facts, prefer)
        first = stage.found
        final = tuple(zeroed(each, self._zeroes(each, first)) for each in items)
        zero = _acts(self._total_zeroers(), first, self.part.n)
        total = total_columns(self.plan, final, self.ground, zero)
        shown = self._shown_total(items, total, first)
        scores = Scores(self.ground, who.rated, final, total, zero, shown, first, stage.flags)
        return Scored(
            self.setting,
            self.plan,
            self.part,
            who,
            items,
            scores,
            self.stages,
            stage.judge or "native",
            first.distinct,
        )

    # --- steps 6 to 8 -----------------------------------------------------------------------

    def _items(self) -> tuple[ItemColumns, ...]:
        sections = self.setting.book.sections
        applies = {section.title: section_applies(self.ground, section) for section in sections}
        return tuple(
            self.known.get(each.item.id)
            or score_item(self.ground, each, applies[each.section.title])
            for each in self.plan.items
        )

    def _zeroers(self, item: str) -> list[Judgement]:
        first = self.stages[0]
        return [j for j in first if j.then.score == 0 and j.then.item == item]

    def _zeroes(self, item: ItemColumns, outcome: Outcomes) -> Truths:
        return _acts(self._zeroers(item.placed.item.id), outcome, self.part.n)

    def _total_zeroers(self) -> list[Judgement]:
        return [judgement for judgement in self.stages[0] if judgement.then.total == 0]

    def _shown_total(
        self, items: Sequence[ItemColumns], total: TotalColumns, outcome: Outcomes
    ) -> Exact:
        """The totals with facts low and proposals as not confirmed."""
        if not any(j.then.score == 0 or j.then.total == 0 for j in self.stages[0]):
            return total.value.low
        shown = outcome.worlds["shown"]

        def acting(judgements: Sequence[Judgement]) -> Truths:
            found = np.zeros(self.part.n, bool)
            for judgement in judgements:
                found |= shown[judgement.id]
            return Truths.known(found)

        gone = [zeroed(each, acting(self._zeroers(each.placed.item.id))) for each in items]
        return total_columns(self.plan, gone, self.ground, acting(self._total_zeroers())).value.low


def section_applies(ground: Facts, section: Section) -> Truths:
    """Where a section applies."""
    if section.applies_when is None:
        return Truths.at(True, ground.n)
    return judge(section.applies_when, ground)


def _acts(judgements: Sequence[Judgement], outcome: Outcomes, n: int) -> Truths:
    """How surely any of the judgements acts: yes in the high world, open only in the low."""
    sure, low = np.zeros(n, bool), np.zeros(n, bool)
    for judgement in judgements:
        sure |= outcome.worlds["high"][judgement.id]
        low |= outcome.worlds["low"][judgement.id]
    return Truths.known(sure) if not (low & ~sure).any() else Truths(sure, sure | low)
