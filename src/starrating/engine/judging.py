"""The two stages of judgements around grading, and what stage 1 does to scores (9 and 13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from starrating.engine.alternatives import WORLDS, compiled
from starrating.engine.evaluation import Judged, SubjectResult
from starrating.engine.facts import SubjectFacts
from starrating.engine.flag_sets import Flags
from starrating.engine.judge import Preference, judge_for
from starrating.engine.judgements import Outcome, Subject, judge_stage
from starrating.engine.scope import last_star
from starrating.engine.scoring.items import Scored, zeroed
from starrating.engine.scoring.totals import total
from starrating.engine.values import NO, OPEN, YES, Truth
from starrating.rulebook.model import Judgement, Rulebook
from starrating.rulebook.stages import in_stages

NOTHING_FIRED = Outcome(frozenset(), frozenset(), dict.fromkeys(WORLDS, frozenset()))


class Judging:
    """Judges one rulebook's subjects, stage by stage; knows who judged, and how often."""

    def __init__(self, book: Rulebook, prefer: Preference | None) -> None:
        self.book = book
        self.stages = in_stages(book)
        self.judge = "native"
        self.vectors = 0
        self._prefer = prefer

    def first(
        self,
        facts: Sequence[SubjectFacts],
        scored: Sequence[tuple[Scored, ...]],
        decided: Mapping[str, Flags],
    ) -> list[SubjectResult]:
        """Stage 1, and the totals with its effects."""
        before = [decided.get(each.code, Flags()) for each in facts]
        subjects = [Subject(each, flags) for each, flags in zip(facts, before, strict=True)]
        outcomes = self._judge(self.stages[0], subjects)
        return [
            self._result(subject, items, outcome)
            for subject, items, outcome in zip(subjects, scored, outcomes, strict=True)
        ]

    def second(self, results: Sequence[SubjectResult]) -> list[SubjectResult]:
        """Stage 2, which may read the total, the star and every score."""
        subjects = [
            Subject(result.facts, result.judged.flags, result.later, result.item_scores)
            for result in results
        ]
        outcomes = self._judge(self.stages[1], subjects)
        return [
            replace(result, judged=self._judged_twice(result.judged, outcome))
            for result, outcome in zip(results, outcomes, strict=True)
        ]

    def _judge(
        self, judgements: Sequence[Judgement], subjects: Sequence[Subject]
    ) -> tuple[Outcome, ...]:
        stage = compiled(judgements)
        judge = judge_for(stage.ruleset, self._prefer)
        if judgements:
            self.judge = judge.name
        outcomes, count = judge_stage(judge, stage, subjects)
        self.vectors += count
        return outcomes

    def _judged_twice(self, judged: Judged, outcome: Outcome) -> Judged:
        flags = _joined(judged.flags, self.stages[1], outcome)
        return Judged(judged.first, outcome, flags)

    def _result(
        self, subject: Subject, items: tuple[Scored, ...], outcome: Outcome
    ) -> SubjectResult:
        facts, first = subject.facts, self.stages[0]
        final = tuple(zeroed(each, when=zeroes(each, first, outcome)) for each in items)
        zero = acts((j for j in first if j.then.total == 0), outcome)
        whole = total(self.book, final, facts, zero=zero)
        shown, shown_zero = self._shown(items, outcome)
        same = (shown, shown_zero) == (final, zero)
        as_shown = whole if same else total(self.book, shown, facts, zero=shown_zero)
        assert as_shown.value.low is not None
        return SubjectResult(
            facts=facts,
            scope=facts.scope,
            items=items,
            final_items=final,
            total=whole,
            shown_total=as_shown.value.low,
            judged=Judged(outcome, NOTHING_FIRED, _joined(subject.flags, first, outcome)),
            last=last_star(facts.setting, facts.organisation),
        )

    def _shown(
        self, items: tuple[Scored, ...], outcome: Outcome
    ) -> tuple[tuple[Scored, ...], Truth]:
        """The items with facts low and proposals as not confirmed, and whether the total is
        zeroed then."""
        acting = [each.then for each in self.stages[0] if each.id in outcome.effects["shown"]]
        gone = {then.item for then in acting if then.score == 0}
        shown = tuple(zeroed(each, when=Truth.of(each.item.id in gone)) for each in items)
        return shown, Truth.of(any(then.total == 0 for then in acting))


# --- what judgements do ---------------------------------------------------------------------------


def acts(judgements: Iterable[Judgement], outcome: Outcome) -> Truth:
    """How surely any of the judgements acts: yes in the high world, open only in the low one."""
    ids = {judgement.id for judgement in judgements}
    if ids & outcome.effects["high"]:
        return YES
    return OPEN if ids & outcome.effects["low"] else NO


def zeroes(scored: Scored, judgements: Iterable[Judgement], outcome: Outcome) -> Truth:
    """How surely some judgement sets the item to 0."""
    item = scored.item.id
    return acts((j for j in judgements if j.then.score == 0 and j.then.item == item), outcome)


def _joined(before: Flags, judgements: Iterable[Judgement], outcome: Outcome) -> Flags:
    """The flags after a stage: what people decided stands, whatever is proposed."""
    raised = {j.id: j.then.flag for j in judgements if j.then.flag is not None}
    decided = before.confirmed | before.rejected
    proposed = before.proposed | (_raised(raised, outcome.sure) - decided)
    possible = (before.possible | _raised(raised, outcome.possible)) - decided - proposed
    return Flags(before.confirmed, before.rejected, proposed, possible)


def _raised(raised: Mapping[str, str], fired: frozenset[str]) -> frozenset[str]:
    return frozenset(flag for judgement, flag in raised.items() if judgement in fired)
