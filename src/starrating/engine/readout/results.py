"""The results of single subjects, read out of a review's columns; all of them as one evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from starrating.engine.codes import CODES
from starrating.engine.concluded import concluded
from starrating.engine.evaluation import Evaluation, Judged, SubjectResult
from starrating.engine.expressions.evidence import Evidence
from starrating.engine.facts import SubjectFacts
from starrating.engine.flag_sets import Flags
from starrating.engine.groups.batch import Batch
from starrating.engine.judge import Preference
from starrating.engine.judgements import Outcome
from starrating.engine.kernel.evaluate import Reviewed, review_columns
from starrating.engine.kernel.flags import Masks
from starrating.engine.kernel.grading import GradeReader
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.scoring.sections import Move, SectionColumns
from starrating.engine.kernel.subjects import last_stars
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.readout.items import ItemReader
from starrating.engine.rows.checks import check_rows
from starrating.engine.rows.facts import RowReadings
from starrating.engine.scope import Scope, window
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.readings import Reading
from starrating.engine.scoring.sections import SectionScore, SectionStep
from starrating.engine.scoring.totals import Total
from starrating.engine.scoring.variants import readings_of
from starrating.engine.screening.reads import beside_items
from starrating.engine.setting import Setting
from starrating.engine.subjects import compare_last_star, tell_later_events
from starrating.engine.values import NONE, Interval, Unknown
from starrating.faults import Fault, in_order
from starrating.records.model import Organisation
from starrating.rulebook.expressions import Expr
from starrating.schema import ORGANISATIONS


def evaluate(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
) -> Evaluation:
    """Review all subjects in scope under one rulebook with the kernel, and read all of them out."""
    return evaluation_of(review_columns(setting, decided, prefer))


def evaluation_of(columns: Reviewed) -> Evaluation:
    """Everything that the columns hold, subject by subject in code order.

    The faults are those met while the stories were looked up.
    """
    reader = Reader(columns)
    subjects = concluded_of(columns, [reader.subject(place) for place in range(columns.part.n)])
    reader.tell_of_records(subjects)
    return Evaluation(
        columns.setting,
        subjects,
        in_order(reader.faults),
        columns.judge,
        columns.vectors,
        columns.stages,
    )


def concluded_of(columns: Reviewed, read: Sequence[SubjectResult]) -> tuple[SubjectResult, ...]:
    """The subjects with facts under which measures that read results stand."""
    return tuple(concluded(columns.setting.book, read))


class Reader:
    """Reads subjects out of a review's columns, one by one."""

    def __init__(self, columns: Reviewed) -> None:
        self.columns = columns
        self.faults: dict[Fault, None] = {}
        self._last = last_stars(columns.part)
        self._batch, self._readings = Batch(), RowReadings(columns.setting)
        organisations = {each.code: each for each in columns.setting.records.organisations}
        self._facts = [
            self._facts_of(organisations[code], place) for place, code in enumerate(columns.codes)
        ]
        self._batch.subjects = {each.code: each for each in self._facts}

    def _facts_of(self, organisation: Organisation, place: int) -> SubjectFacts:
        rated, setting = self.columns.rated, self.columns.setting
        reasons = []
        if rated.absent[place]:
            gone = organisation.row.value("撤销日期") is not None
            reasons.append("截止日前已撤销" if gone else "截止日尚未成立")
        if rated.unmet[place]:
            told = organisation.row.value("不参评原因")
            reasons.append(str(told) if told is not None else "不符合参评条件")
        scope = Scope(
            organisation, bool(rated.rated[place]), tuple(reasons), window(setting, organisation)
        )
        return self._facts_within(scope, place)

    def _facts_within(self, scope: Scope, _place: int) -> SubjectFacts:
        """What the stories of one subject, at its place among the columns, are looked up in."""
        setting, report = self.columns.setting, self.faults.setdefault
        return SubjectFacts(setting, scope, report, self._batch.measure, self._readings)

    def tell_of_records(self, subjects: Sequence[SubjectResult]) -> None:
        """The faults that a review reports of the records beside what it scores (step 1)."""
        setting, report = self.columns.setting, self.faults.setdefault
        beside = tuple(beside_items(setting.book))
        for subject in subjects:
            facts = subject.facts
            for expr in (*beside, *_applicability(subject), *_listing(subject)):
                Evidence(facts, expr).unknown()
            _tell_no_domain(facts)
            for rule in setting.book.row_checks:
                check_rows(facts, rule)
            compare_last_star(setting, facts.organisation, report)
            tell_later_events(setting, facts.organisation, report)

    @cached_property
    def _grades(self) -> GradeReader | None:
        columns = self.columns
        if columns.grades is None or columns.grounds is None:
            return None
        return GradeReader(columns.grades, columns.codes, columns.grounds.scale)

    def subject(self, place: int) -> SubjectResult:
        """One subject with all its items and the story of each."""
        columns, scores = self.columns, self.columns.scores
        facts = self._facts[place]
        reader = ItemReader(facts, scores.ground, place)
        items = self._items(reader)
        last = decoded(self._last, place)
        assert isinstance(last, (Interval, Unknown)) or last is NONE
        return SubjectResult(
            facts=facts,
            scope=facts.scope,
            items=tuple(before for before, _ in items),
            final_items=tuple(final for _, final in items),
            total=self._total(reader, place),
            shown_total=scores.shown.fraction(place),
            judged=Judged(
                _outcome(scores.first, place),
                _outcome(columns.second, place),
                columns.flags.at(place),
            ),
            last=last,
            grade=self._grades.grade(place) if self._grades is not None else None,
            lagging=bool(columns.lagging[place]),
        )

    def _items(self, reader: ItemReader) -> Iterable[tuple[Scored, Scored]]:
        """Every item of a subject, before judgements and after."""
        pairs = zip(self.columns.before, self.columns.scores.items, strict=True)
        return [reader.both(before, final) for before, final in pairs]

    def _total(self, reader: ItemReader, place: int) -> Total:
        total = self.columns.scores.total
        sections = tuple(_section(reader, part, place) for part in total.sections)
        steps: dict[Reading, tuple[SectionStep, ...]] = {
            "low": tuple(_steps(total.low, None, place)),
            "high": tuple(_steps(total.high, None, place)),
        }
        return Total(reader.interval(total.value), sections, steps)


def _tell_no_domain(facts: SubjectFacts) -> None:
    """领域 blank is in scope, with an error (step 1)."""
    row, roll = facts.organisation.row, facts.setting.records.tables.get(ORGANISATIONS)
    if row.value("领域") is None and roll is not None and "领域" in roll.columns:
        facts.report(CODES.fault("E113", row.place("领域")))


def _applicability(subject: SubjectResult) -> Iterator[Expr | None]:
    """What decides whether sections, and items as they read for this subject, apply."""
    for section, item in subject.facts.setting.book.items():
        yield section.applies_when
        yield from (each.applies_when for each in readings_of(subject.facts, item))


def _listing(subject: SubjectResult) -> Iterator[Expr | None]:
    """What decides whether 倒排建议 look at a subject that has a star."""
    if subject.grade is not None and subject.scope.rated:
        yield from (rule.where for rule in subject.facts.setting.book.lagging)


def _section(reader: ItemReader, part: SectionColumns, place: int) -> SectionScore:
    title = part.section.title
    steps: dict[Reading, tuple[SectionStep, ...]] = {
        "low": tuple(_steps(part.low, title, place)),
        "high": tuple(_steps(part.high, title, place)),
    }
    return SectionScore(part.section, reader.interval(part.score), reader.truth(part.alive), steps)


def _steps(moves: tuple[Move, ...], section: str | None, place: int) -> Iterator[SectionStep]:
    for move in moves:
        points: Fraction = move.points.fraction(place)
        if points:
            yield SectionStep(move.kind, section, points)


def _outcome(outcomes: Outcomes, place: int) -> Outcome:
    return Outcome(
        _fired(outcomes.sure, place),
        _fired(outcomes.possible, place),
        {world: _fired(masks, place) for world, masks in outcomes.worlds.items()},
    )


def _fired(masks: Masks, place: int) -> frozenset[str]:
    return frozenset(name for name, mask in masks.items() if mask[place])
