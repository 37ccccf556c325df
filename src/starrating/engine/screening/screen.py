"""Scores what may bring a fault, and tells which rows measures reach (steps 1 to 7 and 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from starrating.engine.expressions.evidence import Evidence
from starrating.engine.facts import SubjectFacts
from starrating.engine.groups.batch import Batch
from starrating.engine.measures import grace_of
from starrating.engine.rows.checks import check_rows
from starrating.engine.rows.facts import RowReadings
from starrating.engine.rows.reach import is_reached, span_of
from starrating.engine.scoring.items import score_item
from starrating.engine.scoring.roles import Placed
from starrating.engine.scoring.variants import readings_of
from starrating.engine.screening.marks import EVERYBODY, marks_of
from starrating.engine.screening.reads import Asked, Reader, Reads, beside_items, early_leaves
from starrating.engine.setting import Setting
from starrating.engine.subjects import compare_last_star, scopes, tell_later_events
from starrating.faults import Fault, in_order
from starrating.records.model import Row
from starrating.rulebook import expressions as ex

Days = tuple[date, date]


@dataclass(frozen=True)
class Screened:
    """What a review of one rulebook would report of the facts.

    `codes` are the organisations in scope. `spans` are, for each of them, the sheets and days that
    the measures asked of it reach.
    """

    setting: Setting
    faults: tuple[Fault, ...]
    codes: frozenset[str]
    spans: Mapping[str, Mapping[str, Days]]

    def reaches(self, sheet: str, row: Row) -> bool:
        """Whether some measure reaches the row."""
        days = self.spans.get(row.organisation, {}).get(sheet)
        return days is not None and is_reached(self.setting, self.setting.sheet(sheet), row, days)


def screen(setting: Setting) -> Screened:
    """The faults that evaluating would report (`reference.evaluate`), in their order."""
    return _Screen(setting).screened()


class _Screen:
    def __init__(self, setting: Setting) -> None:
        self.setting, self.book = setting, setting.book
        self.reader = Reader(self.book)
        self.faults: dict[Fault, None] = {}
        report = self.faults.setdefault
        batch, readings = Batch(), RowReadings(setting)
        self.subjects = [
            SubjectFacts(setting, scope, report, batch.measure, readings)
            for scope in scopes(setting, report)
        ]
        batch.subjects = {each.code: each for each in self.subjects}
        self._days: dict[frozenset[Asked], Mapping[str, Days]] = {}
        self._readings: dict[tuple[str | int, ...], frozenset[Asked]] = {}

    def screened(self) -> Screened:
        """Screen every organisation in scope."""
        marks = marks_of(self.setting)
        spans = {}
        for subject in self.subjects:
            own = marks.get(subject.code, EVERYBODY)
            for item, reads in self._items:
                if not own.isdisjoint(reads.keys):
                    score_item(subject, item)
            for leaves, reads in self._beside:
                if not own.isdisjoint(reads.keys):
                    Evidence(subject, *leaves).unknown()
            self._records(subject)
            spans[subject.code] = self._spans(subject)
        return Screened(self.setting, in_order(self.faults), frozenset(spans), spans)

    def _records(self, subject: SubjectFacts) -> None:
        """What is told of the records beside what is scored."""
        report: Callable[[Fault], None] = self.faults.setdefault
        for rule in self.book.row_checks:
            check_rows(subject, rule)
        compare_last_star(self.setting, subject.organisation, report)
        tell_later_events(self.setting, subject.organisation, report)

    @cached_property
    def _items(self) -> list[tuple[Placed, Reads]]:
        """Every item with whatever any of its variants reads."""
        found = []
        for section, item in self.book.items():
            parts = [self.reader.item(each) for each in item.readings()]
            parts.append(self.reader.expressions((section.applies_when,)))
            found.append((Placed.of(self.book, section, item), Reads.all_of(parts)))
        return found

    @cached_property
    def _beside(self) -> list[tuple[tuple[ex.Expr, ...], Reads]]:
        """What every judgement, gate and total reads that stands before them."""
        each = [tuple(early_leaves(self.book, expr)) for expr in beside_items(self.book)]
        return [(leaves, self.reader.expressions(leaves)) for leaves in each]

    # --- rows that measures reach ---

    def _spans(self, subject: SubjectFacts) -> Mapping[str, Days]:
        asked = frozenset[Asked]().union(self._always, *self._by_variant(subject))
        if asked not in self._days:
            self._days[asked] = self._days_of(asked)
        return self._days[asked]

    @cached_property
    def _always(self) -> frozenset[Asked]:
        """The rows asked of every organisation, whatever variants read for it."""
        parts = [reads for _, reads in self._beside]
        parts += [self.reader.clauses(i) for _, i in self.book.items() if i.variants is None]
        return Reads.all_of(parts).asked

    def _by_variant(self, subject: SubjectFacts) -> Iterator[frozenset[Asked]]:
        for _, item in self.book.items():
            if item.variants is not None:
                for reading in readings_of(subject, item):
                    which: tuple[str | int, ...] = (item.id, *map(id, reading.clauses))
                    if which not in self._readings:
                        self._readings[which] = self.reader.clauses(reading).asked
                    yield self._readings[which]

    def _days_of(self, asked: frozenset[Asked]) -> Mapping[str, Days]:
        """The first and last day a sheet's rows are asked for; every span holds the period."""
        found: dict[str, Days] = {}
        for each in asked:
            rule = self.book.measures[each.measure] if each.measure is not None else None
            grace = grace_of(self.setting, rule) if rule is not None else None
            first, last = span_of(self.setting, each.look_back, grace)
            begun, ended = found.get(each.sheet, (first, last))
            found[each.sheet] = min(first, begun), max(last, ended)
        return found
