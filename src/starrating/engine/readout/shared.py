"""A review read out for its files: what many subjects have alike is told once (step 14).

Subjects of one profile under an item share its `Scored` and the rows made of it; only the cells
are put in for each. What is open, awaited, set aside or left out is read subject by subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.facts import SubjectFacts
from starrating.engine.findings.items import rows_of
from starrating.engine.findings.rows import RowMaker
from starrating.engine.flag_sets import Flags
from starrating.engine.judge import Preference
from starrating.engine.kernel.evaluate import Reviewed, review_columns
from starrating.engine.readout.facts import ReadFacts
from starrating.engine.readout.items import ItemReader
from starrating.engine.readout.measures import MeasureStories
from starrating.engine.readout.profiles import Profile, profile_of
from starrating.engine.readout.results import Reader, concluded_of
from starrating.engine.readout.sources import Sources
from starrating.engine.scope import Scope
from starrating.engine.scoring import items as told
from starrating.engine.screening import screen
from starrating.engine.setting import Setting
from starrating.progress import counted
from starrating.results.model import FindingRow

_Both = tuple[told.Scored, told.Scored]


def evaluate_in_bulk(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
) -> Evaluation:
    """Review all subjects in scope under one rulebook with the kernel, read out for the files.

    The effects of shared items name no cells; `Evaluation.item_rows` puts them into the rows.
    The faults are those that screening finds, which are those of an evaluation.
    """
    columns = review_columns(setting, decided, prefer)
    reader = SharedReader(columns)
    reader.find_alike()  # before anybody is counted: the bar tells of organisations
    places = counted("评定", range(columns.part.n), "个党组织")
    subjects = concluded_of(columns, [reader.subject(place) for place in places])
    found = screen(setting)
    return Evaluation(
        setting,
        tuple(subjects),
        found.faults,
        columns.judge,
        columns.vectors,
        columns.stages,
        item_rows=reader.rows,
        reaches=found.reaches,
    )


class SharedReader(Reader):
    """Reads subjects, sharing what is alike."""

    def __init__(self, columns: Reviewed) -> None:
        self._places = {code: place for place, code in enumerate(columns.codes)}
        ground, records = columns.scores.ground, columns.setting.records
        credit = ground.as_credit()
        plain = MeasureStories(ground, records)
        twin = plain if credit is ground else MeasureStories(credit, records)
        self._stories = (plain, twin)
        super().__init__(columns)
        self._read: list[dict[int, _Both]] = [{} for _ in columns.before]
        self._made: dict[int, tuple[told.Scored, tuple[FindingRow, ...]]] = {}

    def _facts_within(self, scope: Scope, place: int) -> ReadFacts:
        setting, report = self.columns.setting, self.faults.setdefault
        batch, readings = self._batch.measure, self._readings
        return ReadFacts(setting, scope, report, batch, self._stories, place, readings)

    def find_alike(self) -> None:
        """Find out who is alike under which item."""
        assert len(self._profiles) == len(self._read)

    def facts_of(self, code: str) -> SubjectFacts:
        """What the story of an organisation is looked up in."""
        return self._facts[self._places[code]]

    @cached_property
    def _profiles(self) -> Sequence[Profile]:
        sources = Sources(self._stories, self._facts)
        pairs = zip(self.columns.before, self.columns.scores.items, strict=True)
        return [profile_of(sources, before, final) for before, final in pairs]

    def _items(self, reader: ItemReader) -> tuple[_Both, ...]:
        pairs = zip(self._profiles, self._read, strict=True)
        return tuple(
            self._item(reader, number, int(profile.code[reader.place]), known)
            for number, (profile, known) in enumerate(pairs)
        )

    def _item(self, reader: ItemReader, number: int, code: int, known: dict[int, _Both]) -> _Both:
        found = known.get(code) if code >= 0 else None
        if found is None:
            found = reader.both(self.columns.before[number], self.columns.scores.items[number])
            if code >= 0:
                known[code] = found
        return found

    # --- rows ---------------------------------------------------------------------------------

    def rows(self, evaluation: Evaluation, result: SubjectResult) -> Iterator[FindingRow]:
        """The rows of all items of one subject, in the order of the sheet."""
        place = self._places[result.code]
        for number, scored in enumerate(result.final_items):
            profile = self._profiles[number]
            if profile.code[place] < 0:
                maker = RowMaker(evaluation.setting.book.id, result.code)
                yield from rows_of(maker, evaluation, scored)
                continue
            reading = int(self.columns.before[number].reading[place])
            for row in self._alike(evaluation, scored):
                column = profile.cells.get((reading, row.clause or ""))
                sources = column.joined[place] if column is not None else None
                yield _own(row, result.code, sources)

    def _alike(self, evaluation: Evaluation, scored: told.Scored) -> tuple[FindingRow, ...]:
        """The rows of an item that subjects share, of nobody yet."""
        if id(scored) not in self._made:
            maker = RowMaker(evaluation.setting.book.id, "")
            self._made[id(scored)] = scored, tuple(rows_of(maker, evaluation, scored))
        return self._made[id(scored)][1]


def _own(row: FindingRow, code: str, sources: str | None) -> FindingRow:
    return FindingRow(
        code + row.finding,
        row.rulebook,
        code,
        row.item,
        row.clause,
        row.kind,
        row.quantity,
        row.points,
        row.detail,
        row.set_aside,
        row.rule,
        sources,
        row.message,
        row.text,
    )
