"""The reference evaluator: the definition of the language, one subject at a time (steps 0–13).

It interprets the rulebook as written, in exact fractions, and keeps the story of every step.
Reading it from top to bottom follows semantics.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from starrating.engine.batch import Batch
from starrating.engine.codes import CODES
from starrating.engine.facts import SubjectFacts
from starrating.engine.formulas import judge as truth_of
from starrating.engine.grading import Grade
from starrating.engine.items import Scored, score_item
from starrating.engine.judge import Preference, judge_for
from starrating.engine.judgements import (
    Compiled,
    Flags,
    Outcome,
    Subject,
    compiled,
    judge_stage,
    stages,
)
from starrating.engine.scope import Scope, at_cut_off, existed, last_star, sheet_star, window
from starrating.engine.setting import Setting
from starrating.engine.stars import grade_all, lagging_codes
from starrating.engine.totals import Total, total, zeroed
from starrating.engine.values import NO, NONE, OPEN, YES, Interval, Nothing, Truth, Unknown, Value
from starrating.faults import Fault, in_order
from starrating.records.model import Organisation
from starrating.rulebook.model import Judgement
from starrating.schema import ORGANISATIONS, DateKind

Report = Callable[[Fault], None]
"""Takes a fault that was met on the way."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What judgements found of one subject: both stages, and the effects of stage 1 by world."""

    first: Outcome
    second: Outcome
    flags: Flags


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """Everything the reference evaluator found of one subject.

    `items` stand before judgements zero any; `final_items` after. `total` is over both readings
    (proposals as confirmed in the low one); `shown_total` takes facts low and proposals as not
    confirmed.
    """

    facts: SubjectFacts
    scope: Scope
    items: tuple[Scored, ...]
    final_items: tuple[Scored, ...]
    total: Total
    shown_total: Fraction
    judged: Judged
    last: Interval | Nothing | Unknown
    grade: Grade | None = None
    lagging: bool = False

    @property
    def code(self) -> str:
        """The organisation's code."""
        return self.scope.organisation.code


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One rulebook's review of all subjects in scope, in code order."""

    setting: Setting
    subjects: tuple[SubjectResult, ...]
    faults: tuple[Fault, ...]
    judge: str
    vectors: int
    stages: tuple[tuple[Judgement, ...], tuple[Judgement, ...]] = field(default=((), ()))


def evaluate(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
) -> Evaluation:
    """Review all subjects in scope under one rulebook.

    `decided` gives the flags that are decided, or proposed by rulebooks that ran before.
    """
    faults: dict[Fault, None] = {}

    def report(fault: Fault) -> None:
        faults.setdefault(fault)

    batch = Batch()
    scopes = _scopes(setting, report)
    facts = [SubjectFacts(setting, scope, report, batch.measure) for scope in scopes]
    batch.subjects = {each.code: each for each in facts}
    scored = [tuple(score_item(each, section, item) for section, item in setting.book.items()) for each in facts]
    first, second = stages(setting.book)
    run = _Run(setting, facts, scored, decided or {}, prefer)
    results = run.stage_one(compiled(first))
    results = _graded(setting, results)
    results = run.stage_two(compiled(second), results)
    for each in facts:
        _compare_last(setting, each.organisation, report)
        _later_events(setting, each.organisation, report)
    return Evaluation(
        setting, tuple(results), in_order(faults), run.judge_name, run.vectors, (first, second)
    )


# --- step 1 ---------------------------------------------------------------------------------------


def _scopes(setting: Setting, report: Report) -> list[Scope]:
    found = []
    for organisation in sorted(setting.records.organisations, key=lambda each: each.code):
        if not existed(setting, organisation):
            continue
        scope = Scope(organisation, True, (), window(setting, organisation))
        facts = SubjectFacts(setting, scope, report, Batch().measure)
        where = setting.book.subjects.where
        inside = truth_of(where, facts) if where is not None else YES
        if inside is NO:
            continue
        if organisation.row.value("领域") is None and ORGANISATIONS in setting.records.tables:
            report(CODES.fault("E113", organisation.row.place("领域")))
        found.append(_rated(setting, organisation, facts, scope))
    return found


def _rated(
    setting: Setting, organisation: Organisation, facts: SubjectFacts, scope: Scope
) -> Scope:
    reasons: list[str] = []
    if not at_cut_off(setting, organisation):
        gone = organisation.row.value("撤销日期") is not None
        reasons.append("截止日前已撤销" if gone else "截止日尚未成立")
    condition = setting.book.subjects.rated_when
    if condition is not None and truth_of(condition, facts) is NO:
        told = organisation.row.value("不参评原因")
        reasons.append(str(told) if told is not None else "不符合参评条件")
    return replace(scope, rated=not reasons, reasons=tuple(reasons))


def _compare_last(setting: Setting, organisation: Organisation, report: Report) -> None:
    """A last star on the roll that differs from the archive's is a warning (step 11)."""
    on_roll, last = sheet_star(setting, organisation), last_star(setting, organisation)
    if on_roll is NONE or on_roll == last or organisation.code not in setting.previous.stars:
        return
    place = organisation.row.place("上年度星级")
    shown = str(organisation.row.value("上年度星级"))
    star = setting.previous.stars[organisation.code]
    report(CODES.fault("E110", place, sheet=shown, archive="未定星" if star is None else star))


def _later_events(setting: Setting, organisation: Organisation, report: Report) -> None:
    """Events of 党组织 after the cut-off have not happened yet, and are listed (step 1)."""
    for column in setting.sheet(ORGANISATIONS).columns:
        day = organisation.row.value(column.name)
        if column.date_kind is DateKind.EVENT and isinstance(day, date) and day > setting.cut_off:
            place = organisation.row.place(column.name)
            report(
                CODES.fault("E112", place, column=column.name, date=day, cut_off=setting.cut_off)
            )


# --- steps 9 and 13 -------------------------------------------------------------------------------


class _Run:
    """The two stages of judgements around grading, and who judged."""

    def __init__(
        self,
        setting: Setting,
        facts: Sequence[SubjectFacts],
        scored: Sequence[tuple[Scored, ...]],
        decided: Mapping[str, Flags],
        prefer: Preference | None,
    ) -> None:
        self._setting, self._facts, self._scored = setting, facts, scored
        self._decided, self._prefer = decided, prefer
        self._first: Sequence[Judgement] = ()
        self.judge_name = "native"
        self.vectors = 0

    def _judge(self, stage: Compiled, subjects: Sequence[Subject]) -> tuple[Outcome, ...]:
        judge = judge_for(stage.ruleset, self._prefer)
        if stage.judgements:
            self.judge_name = judge.name
        outcomes, count = judge_stage(judge, stage, subjects)
        self.vectors += count
        return outcomes

    def stage_one(self, stage: Compiled) -> list[SubjectResult]:
        """Judge stage 1 and compute totals with its effects (steps 7 to 9)."""
        self._first = stage.judgements
        subjects = [
            Subject(facts, self._decided.get(facts.code, Flags()), {}, {}) for facts in self._facts
        ]
        outcomes = self._judge(stage, subjects)
        return [
            self._scored_result(facts, items, outcome)
            for facts, items, outcome in zip(self._facts, self._scored, outcomes, strict=True)
        ]

    def _scored_result(
        self, facts: SubjectFacts, items: tuple[Scored, ...], outcome: Outcome
    ) -> SubjectResult:
        book = self._setting.book
        by_id = {judgement.id: judgement for judgement in self._first}
        zero_items = _zero_items(outcome, by_id)
        zero_total = _when(outcome, (j.id for j in by_id.values() if j.then.total == 0))
        final = tuple(
            zeroed(each, when=zero_items[each.item.id]) if each.item.id in zero_items else each
            for each in items
        )
        whole = total(book, final, zero=zero_total)
        shown = self._shown_total(items, outcome, by_id, whole)
        before = self._decided.get(facts.code, Flags())
        flags = _joined_flags(before, by_id, outcome)
        nothing = Outcome(frozenset(), frozenset(), dict.fromkeys(outcome.effects, frozenset()))
        return SubjectResult(
            facts,
            facts.scope,
            items,
            final,
            whole,
            shown,
            Judged(outcome, nothing, flags),
            last_star(self._setting, facts.organisation),
        )

    def _shown_total(
        self,
        items: tuple[Scored, ...],
        outcome: Outcome,
        by_id: Mapping[str, Judgement],
        whole: Total,
    ) -> Fraction:
        """The total with facts low and proposals as not confirmed."""
        if outcome.effects["shown"] == outcome.effects["low"]:
            assert whole.value.low is not None
            return whole.value.low
        acting = [by_id[name].then for name in outcome.effects["shown"]]
        gone = {then.item for then in acting if then.item is not None and then.score == 0}
        shown = [zeroed(i, when=YES) if i.item.id in gone else i for i in items]
        zero = Truth.of(any(then.total == 0 for then in acting))
        low = total(self._setting.book, shown, zero=zero).value.low
        assert low is not None
        return low

    def stage_two(
        self, stage: Compiled, results: Sequence[SubjectResult]
    ) -> list[SubjectResult]:
        """Judge stage 2, which may read the total and the star (step 13)."""
        subjects = [
            Subject(
                result.facts,
                result.judged.flags,
                _later(result),
                {each.item.id: each.score for each in result.final_items},
            )
            for result in results
        ]
        outcomes = self._judge(stage, subjects)
        by_id = {judgement.id: judgement for judgement in stage.judgements}
        joined = []
        for result, outcome in zip(results, outcomes, strict=True):
            flags = _joined_flags(result.judged.flags, by_id, outcome)
            judged = Judged(result.judged.first, outcome, flags)
            joined.append(replace(result, judged=judged))
        return joined


def _when(outcome: Outcome, ids: Iterable[str]) -> Truth:
    """How surely any of the judgements acts: yes in the high world, open only in the low one."""
    names = frozenset(ids)
    if names & outcome.effects["high"]:
        return YES
    return OPEN if names & outcome.effects["low"] else NO


def _zero_items(outcome: Outcome, by_id: Mapping[str, Judgement]) -> dict[str, Truth]:
    found: dict[str, Truth] = {}
    for judgement in by_id.values():
        if judgement.then.item is not None and judgement.then.score == 0:
            when = _when(outcome, (judgement.id,))
            if when is not NO:
                found[judgement.then.item] = found.get(judgement.then.item, NO) | when
    return found


def _joined_flags(before: Flags, by_id: Mapping[str, Judgement], outcome: Outcome) -> Flags:
    decided = before.confirmed | before.rejected
    sure = {flag for i in outcome.sure if (flag := by_id[i].then.flag) is not None}
    maybe = {flag for i in outcome.possible if (flag := by_id[i].then.flag) is not None}
    proposed = before.proposed | (frozenset(sure) - decided)
    possible = (before.possible | frozenset(maybe)) - decided - proposed
    return Flags(before.confirmed, before.rejected, proposed, possible)


def _later(result: SubjectResult) -> dict[str, Value]:
    """总分, 星级 and section titles, as stage 2 reads them."""
    values: dict[str, Value] = {
        part.section.title: part.score for part in result.total.sections
    }
    values["总分"] = result.total.value
    grade = result.grade
    if grade is None or grade.star_low is None or grade.star_high is None:
        values["星级"] = NONE
    else:
        values["星级"] = Interval(Fraction(grade.star_low), Fraction(grade.star_high))
    return values


# --- steps 10 to 12 -------------------------------------------------------------------------------


def _graded(setting: Setting, results: Sequence[SubjectResult]) -> list[SubjectResult]:
    if not setting.book.stars:
        return list(results)
    grades = grade_all(setting, results)
    lagging = lagging_codes(setting, results)
    return [
        replace(result, grade=grades[result.code], lagging=result.code in lagging)
        for result in results
    ]
