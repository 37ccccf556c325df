"""From rules and records to results: people's part first, then every rulebook, then the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from starrating.engine import result_rows
from starrating.engine.changes import after_changes
from starrating.engine.findings import (
    FlagState,
    findings_of,
    flag_states,
    noted_rows,
    with_proofs,
)
from starrating.engine.headroom import headroom
from starrating.engine.people.part import (
    Decisions,
    SetAside,
    corrected,
    decisions,
    set_aside,
    unknown_targets,
)
from starrating.engine.reference import Evaluation, SubjectResult
from starrating.engine.setting import Previous
from starrating.engine.tasks.causes import losses
from starrating.engine.tasks.codes import warning_faults
from starrating.engine.tasks.ledgers import duties, ledger
from starrating.engine.tasks.rectify import strangers, tasks
from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.model import Records, Row
from starrating.results.model import (
    FindingRow,
    FlagRow,
    HeadroomRow,
    ItemRow,
    Pending,
    RatingRow,
    Results,
    SubjectRow,
    TaskRow,
)
from starrating.reviewing.evaluations import evaluate_all, known_flags, second_person
from starrating.reviewing.ground import Ground
from starrating.reviewing.knock_on import knocked_on
from starrating.reviewing.texts import people_texts, problem_rows, unused_rows
from starrating.reviewing.unreached import unreached
from starrating.schema import LEDGER


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The results, the evaluations behind them, and who judged (outside the content digest)."""

    results: Results
    evaluations: tuple[Evaluation, ...]
    judge: str
    vectors: int


def review(ground: Ground) -> Reviewed:
    """Review all organisations under all rulebooks of the plan (semantics.md, steps 0–17).

    Where people took part, the same is done without them first, and kept (step 16).
    """
    bare = ground.without_people
    return _reviewed(ground, None if bare is ground else _reviewed(bare, None))


def _reviewed(ground: Ground, computed: Reviewed | None) -> Reviewed:
    records, correction_faults = corrected(ground.records)
    renamed = after_changes(Previous(), records, None, ground.heading.cut_off, ground.last_known)
    decided, decision_faults = decisions(
        renamed.records, known_flags(ground), second_person(ground)
    )
    asides, aside_faults = set_aside(renamed.records)
    change_faults: list[Fault] = []
    final = evaluate_all(ground, records, decided, asides, change_faults)
    faults = (*correction_faults, *decision_faults, *aside_faults, *change_faults)
    results = _Builder(ground, renamed.records, decided, asides, final, computed, faults).build()
    judges = {each.judge for each in final} or {"native"}
    vectors = sum(each.vectors for each in final)
    return Reviewed(results, final, "、".join(sorted(judges)), vectors)


class _Builder:
    """Turns evaluations into result rows."""

    def __init__(
        self,
        ground: Ground,
        records: Records,
        decided: Decisions,
        asides: Mapping[str, SetAside],
        final: tuple[Evaluation, ...],
        computed: Reviewed | None,
        faults: Iterable[Fault],
    ) -> None:
        self.ground, self.records, self.decided = ground, records, decided
        self.asides, self.final, self.computed = asides, final, computed
        self.faults: list[Fault] = [*faults]

    def build(self) -> Results:
        """The results of a review, rows in the order of semantics.md, "Determinism"."""
        ground = self.ground
        findings: list[FindingRow] = []
        task_rows: list[TaskRow] = []
        subjects: list[SubjectRow] = []
        pending: list[Pending] = []
        flags: list[FlagRow] = []
        items: list[ItemRow] = []
        ratings: list[RatingRow] = []
        distances: list[HeadroomRow] = []
        plain = self.computed.evaluations if self.computed is not None else None
        knock_on = knocked_on(self.final, plain, self.decided, self.asides)
        for number, evaluation in enumerate(self.final):
            states = {r.code: flag_states(evaluation, r) for r in evaluation.subjects}
            noted = noted_rows(evaluation.setting.records)
            numbers: dict[int, tuple[Decimal | None, Decimal, Decimal]] = {}
            rows = {
                r.code: self._findings(evaluation, r, states[r.code], noted)
                for r in evaluation.subjects
            }
            for result in evaluation.subjects:
                findings.extend(rows[result.code])
                verdicts = self.decided.flags.get(result.code, {})
                flags.extend(
                    result_rows.flag_rows(evaluation, result.code, states[result.code], verdicts)
                )
                pending.extend(result_rows.pending(result, states[result.code]))
                if not evaluation.setting.book.sections:
                    continue
                told = knock_on.get(result.code) if evaluation.setting.book.stars else None
                open_ = told is not None and told.in_doubt
                subjects.append(self._subject(evaluation, result, knock_on=open_))
                scores = tuple(result_rows.item_rows(evaluation, result, numbers))
                items.extend(scores)
                away = self._headroom(evaluation, subjects[-1], scores, rows[result.code])
                distances.extend([away] if away is not None else [])
                ratings.extend(result_rows.rating_rows(evaluation, result))
                if told is not None:
                    pending.append(told.matter)
            answers = number in self._answer_for_problems()
            task_rows.extend(self._tasks(evaluation, rows, problems=answers))
            self.faults.extend(evaluation.faults)
        self._strangers(task_rows)
        codes = {result.code for each in self.final for result in each.subjects}
        settings = [each.setting for each in self.final]
        reaches = [_reaches(each) for each in self.final]
        self.faults.extend(
            unreached(settings, codes, lambda sheet, row: any(of(sheet, row) for of in reaches))
        )
        self.faults.extend(unknown_targets(self.asides, (row.finding for row in findings)))
        return Results(
            heading=replace(ground.heading, named=self.records.named),
            rulebooks=tuple(result_rows.head_of(*each) for each in ground.books),
            item_heads=tuple(
                h for book, _, _ in ground.books for h in result_rows.item_heads(book)
            ),
            subjects=tuple(subjects),
            items=tuple(items),
            findings=tuple(findings),
            tasks=tuple(task_rows),
            flags=tuple(flags),
            ratings=tuple(ratings),
            faults=in_order((*self.records.faults, *self.faults)),
            pending=tuple(pending),
            unused=unused_rows(self.records),
            problems=problem_rows(self.records),
            decisions=people_texts(self.records, self.decided),
            computed=self.computed.results if self.computed is not None else None,
            headroom=tuple(distances),
        )

    @staticmethod
    def _headroom(
        evaluation: Evaluation,
        subject: SubjectRow,
        scores: Iterable[ItemRow],
        findings: Sequence[FindingRow],
    ) -> HeadroomRow | None:
        by_item = {row.item: row for row in scores}
        return headroom(evaluation.setting.book, subject, by_item, findings)

    def _subject(
        self, evaluation: Evaluation, result: SubjectResult, *, knock_on: bool
    ) -> SubjectRow:
        decision = self.decided.stars.get(result.code) if evaluation.setting.book.stars else None
        row = result_rows.subject_row(evaluation, result, decision, knock_on=knock_on)
        return replace(row, final_star=None) if knock_on and decision is None else row

    # --- findings and tasks ---

    def _findings(
        self,
        evaluation: Evaluation,
        result: SubjectResult,
        states: Sequence[FlagState],
        noted: Mapping[str, Sequence[Row]],
    ) -> tuple[FindingRow, ...]:
        shown = []
        if evaluation.setting.book.stars and result.code in self.decided.stars:
            shown.append(self.decided.stars[result.code])
        cased = {state.flag for state in states}
        verdicts = self.decided.flags.get(result.code, {})
        shown.extend(verdict for flag, verdict in verdicts.items() if flag in cased)
        rows = findings_of(evaluation, result, states, shown)
        return tuple(with_proofs(rows, noted.get(result.code, ())))

    def _answer_for_problems(self) -> Sequence[int]:
        """The rulebooks whose tasks include the open problems: those that grade, else the first."""
        books = [book for book, _, _ in self.ground.books]
        return [n for n, book in enumerate(books) if book.stars] or [0]

    def _tasks(
        self,
        evaluation: Evaluation,
        findings: Mapping[str, Iterable[FindingRow]],
        *,
        problems: bool,
    ) -> tuple[TaskRow, ...]:
        setting, heading = evaluation.setting, self.ground.heading
        rows, warnings = tasks(
            losses(evaluation, findings, problems=problems),
            duties(setting.book),
            ledger(setting.records),
            setting.previous.tasks,
            issued=heading.issued,
            as_of=heading.issued or heading.cut_off,
            calendar=self.ground.calendar,
            period=heading.period,
            rulebook=setting.book.id,
        )
        self.faults.extend(warning_faults(warnings, Origin(LEDGER)))
        return rows

    def _strangers(self, rows: Iterable[TaskRow]) -> None:
        earlier = [t for each in self.final for t in each.setting.previous.tasks]
        for evaluation in self.final[:1]:
            warnings = strangers(ledger(evaluation.setting.records), rows, earlier)
            self.faults.extend(warning_faults(warnings, Origin(LEDGER)))


def _reaches(evaluation: Evaluation) -> Callable[[str, Row], bool]:
    """Tells of a row of a sheet whether some measure reaches it."""
    if evaluation.reaches is not None:
        return evaluation.reaches
    found = {place for result in evaluation.subjects for place in result.facts.reached}
    return lambda _, row: row.origin.key in found
