"""One rulebook over all subjects of a part, step by step (semantics.md steps 1 to 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.alternatives import WORLDS, compiled
from starrating.engine.flag_sets import Flags
from starrating.engine.judge import Preference, judge_for
from starrating.engine.kernel import grading
from starrating.engine.kernel.arrays import HELD, NONE, Bools, Exact, Numbers, Truths, Value
from starrating.engine.kernel.concluded import ConcludedFacts
from starrating.engine.kernel.flags import FlagColumns, raised
from starrating.engine.kernel.formulas import judge
from starrating.engine.kernel.judged import JudgedFacts
from starrating.engine.kernel.judging import Outcomes, judge_columns
from starrating.engine.kernel.part import Part, encode, subset
from starrating.engine.kernel.plan import compile_measures
from starrating.engine.kernel.scopes import Rated, in_scope, rated
from starrating.engine.kernel.scoring.items import ItemColumns, score_item, zeroed
from starrating.engine.kernel.scoring.plan import SheetPlan, plan_of
from starrating.engine.kernel.scoring.subjects import SubjectGround
from starrating.engine.kernel.scoring.totals import TotalColumns, total_columns
from starrating.engine.kernel.standing import Grounds, Scores, named
from starrating.engine.setting import Setting
from starrating.engine.star_bands import bands
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Judgement
from starrating.rulebook.stages import in_stages


@dataclass(frozen=True, eq=False)
class Reviewed:
    """One rulebook's review of all subjects in scope, as columns in code order.

    `before` are the items before judgements set any to 0, `scores` what stands after; `flags`
    stand after both stages, `concluded` are the facts with totals and stars. `judge` says who chained, `vectors` how many distinct vectors were
    judged. `grades` and `grounds` are None for a screening rulebook.
    """

    setting: Setting
    plan: SheetPlan
    part: Part
    rated: Rated
    before: tuple[ItemColumns, ...]
    scores: Scores
    second: Outcomes
    flags: FlagColumns
    concluded: ConcludedFacts
    grades: grading.Grades | None
    grounds: Grounds | None
    lagging: Bools
    stages: tuple[tuple[Judgement, ...], tuple[Judgement, ...]]
    judge: str
    vectors: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the subjects."""
        return self.part.codes


def review_columns(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
    part: Part | None = None,
) -> Reviewed:
    """Review all subjects in scope under one rulebook; `part` holds them where the setting's
    records do not.

    `decided` gives the flags that are decided, or proposed by rulebooks that ran before.
    NotLowered words of the rulebook are a ValueError that names their places; Overflow where exact
    integers could pass 2⁶³.
    """
    return _Review(setting, decided or {}, prefer, part).reviewed()


class _Review:
    """The steps in their order; each reads what stands before it."""

    def __init__(
        self,
        setting: Setting,
        decided: Mapping[str, Flags],
        prefer: Preference | None,
        part: Part | None,
    ) -> None:
        self.setting, self.prefer = setting, prefer
        self.book = setting.book
        measures = compile_measures(self.book)
        if measures.refused:
            places = "; ".join(f"{each.origin}: {each.word}" for each in measures.refused)
            raise ValueError(f"not lowered: {places}")
        whole = encode(setting) if part is None else part
        part = subset(whole, in_scope(SubjectGround(measures, whole)))
        self.part = part
        self.ground = SubjectGround(measures, part, setting.aside)
        self.plan = plan_of(self.book)
        self.stages = in_stages(self.book)
        self.flags = FlagColumns.of(part.codes, decided)
        self.judge, self.vectors = "native", 0

    def reviewed(self) -> Reviewed:
        who = rated(self.ground)
        items = self._items()
        first = self._judged(0, self.flags, self.ground)
        flags = self._after(0, first, self.flags)
        final = tuple(zeroed(each, self._zeroes(each, first)) for each in items)
        total = total_columns(self.plan, final, self.ground, self._zero_total(first))
        shown = self._shown_total(items, total, first)
        scores = Scores(self.ground, who.rated, final, total, shown, first, flags)
        grounds = grades = None
        if self.book.stars:
            grounds = Grounds(self.book, bands(self.setting), scores)
            grades = grading.grade(
                grounds.candidates(), grounds.ladder, progress_run=self.setting.progress_run
            )
        later = self._later(total, grades, who)
        item_scores = {each.placed.item.id: each.score for each in final}
        concluded = ConcludedFacts(self.ground, later, item_scores)
        lagging = self._lagging(scores, concluded)
        second = self._judged(1, flags, concluded)
        return Reviewed(
            self.setting,
            self.plan,
            self.part,
            who,
            items,
            scores,
            second,
            self._after(1, second, flags),
            concluded,
            grades,
            grounds,
            lagging,
            self.stages,
            self.judge,
            self.vectors,
        )

    # --- steps 6 to 8 -----------------------------------------------------------------------

    def _items(self) -> tuple[ItemColumns, ...]:
        every = Truths.at(True, self.part.n)
        applies = {
            section.title: every
            if section.applies_when is None
            else judge(section.applies_when, self.ground)
            for section in self.book.sections
        }
        return tuple(
            score_item(self.ground, each, applies[each.section.title]) for each in self.plan.items
        )

    def _acts(self, judgements: Sequence[Judgement], outcome: Outcomes) -> Truths:
        """How surely any of the judgements acts: yes in the high world, open only in the low."""
        n = self.part.n
        sure, low = np.zeros(n, bool), np.zeros(n, bool)
        for judgement in judgements:
            sure |= outcome.worlds["high"][judgement.id]
            low |= outcome.worlds["low"][judgement.id]
        return Truths.known(sure) if not (low & ~sure).any() else Truths(sure, sure | low)

    def _zeroers(self, item: str) -> list[Judgement]:
        first = self.stages[0]
        return [j for j in first if j.then.score == 0 and j.then.item == item]

    def _zeroes(self, item: ItemColumns, outcome: Outcomes) -> Truths:
        return self._acts(self._zeroers(item.placed.item.id), outcome)

    def _total_zeroers(self) -> list[Judgement]:
        return [judgement for judgement in self.stages[0] if judgement.then.total == 0]

    def _zero_total(self, outcome: Outcomes) -> Truths:
        return self._acts(self._total_zeroers(), outcome)

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

    # --- steps 9 and 13 ---------------------------------------------------------------------

    def _judged(
        self,
        stage: int,
        flags: FlagColumns,
        facts: SubjectGround | ConcludedFacts,
    ) -> Outcomes:
        judgements = self.stages[stage]
        if not judgements:
            return Outcomes({}, {}, {world: {} for world in WORLDS}, 0)
        rules = compiled(judgements)
        chainer = judge_for(rules.ruleset, self.prefer)
        self.judge = chainer.name

        def condition(expr: ex.Expr, own: FlagColumns, as_confirmed: bool | None) -> Truths:
            return judge(expr, JudgedFacts(facts, own, as_confirmed))

        found = judge_columns(chainer, rules, flags, condition)
        self.vectors += found.distinct
        return found

    def _after(self, stage: int, outcome: Outcomes, flags: FlagColumns) -> FlagColumns:
        """The flags after a stage."""
        pairs = [(j.id, j.then.flag) for j in self.stages[stage] if j.then.flag is not None]
        return flags.after(raised(pairs, outcome.sure), raised(pairs, outcome.possible))

    def _later(
        self, total: TotalColumns, grades: grading.Grades | None, who: Rated
    ) -> dict[str, Value]:
        """What stands only after the total and the star: 总分, 星级, sections by title."""
        names: dict[str, Value] = {**total.by_title, "总分": total.value}
        n = self.part.n
        if grades is None:
            nobody = np.full(n, NONE, np.int8)
            names["星级"] = Numbers.known(Exact.at(0, n), nobody)
            return names
        state = np.where(who.rated, HELD, NONE).astype(np.int8)
        low, high = Exact.whole(grades.star_low), Exact.whole(grades.star_high)
        open_ = bool((grades.star_low != grades.star_high).any())
        names["星级"] = Numbers(low, high if open_ else low, None, None, state)
        return names

    # --- 倒排建议 -----------------------------------------------------------------------------

    def _lagging(self, scores: Scores, concluded: ConcludedFacts) -> Bools:
        found = np.zeros(self.part.n, bool)
        if not self.book.stars:
            return found
        facts = JudgedFacts(concluded, scores.flags)
        for rule in self.book.lagging:
            listed = scores.rated
            if rule.where is not None:
                listed = listed & judge(rule.where, facts).may
            group, _ = named(self.ground, rule.among)
            found |= grading.lagging(scores.shown.num, group, listed, rule.at_least)
        return found
