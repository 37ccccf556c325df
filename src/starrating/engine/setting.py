"""What one review of one rulebook is run on: rules, records, period, and what came before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from starrating.engine.elsewhere import Figures, PastReview
from starrating.engine.grading import Grader, grade
from starrating.engine.tasks.model import EarlierTask
from starrating.engine.values import BLANK, NONE, UNKNOWN, Interval, Truth, Value
from starrating.records.model import UNREADABLE, AnswerCell, Cell, Records, Row
from starrating.rulebook.model import Rulebook
from starrating.schema import SCORES, Blank, Column, ColumnType, DateKind, Schema, Sheet

CANCELLED = "作废"


def newest(rows: Sequence[Row], column: str) -> tuple[Row, ...]:
    """The rows of the latest date; rows without a date are older than all others."""
    if len(rows) == 1:
        return tuple(rows)
    last = max((_day(row, column) for row in rows), default=None)
    return tuple(row for row in rows if _day(row, column) == last)


def _day(row: Row, column: str) -> date:
    day = row.value(column)
    return day if isinstance(day, date) else date.min


@dataclass(frozen=True, slots=True)
class Previous:
    """What earlier archives say: final stars (0 = no star, None = not rated), flags, tasks.

    `unknown_stars` are the codes whose last star nobody knows, after a merger (step 17).
    """

    stars: Mapping[str, int | None] = field(default_factory=dict)
    flags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tasks: tuple[EarlierTask, ...] = ()
    unknown_stars: frozenset[str] = frozenset()
    reviews: tuple[PastReview, ...] = ()
    """Earlier reviews of any rulebook, oldest first (`review:` measures)."""


@dataclass(frozen=True)
class Setting:
    """One rulebook's review: everything that the steps read, and nothing that they change."""

    book: Rulebook
    records: Records
    period: str
    start: date
    end: date
    cut_off: date
    issued: date | None = None
    level: str | None = None
    stage: str | None = None
    previous: Previous = Previous()
    aside: Mapping[str, Mapping[tuple[str, str], str]] = field(default_factory=dict)
    """code → (item, clause) set aside by 异议复核 → the reason (step 16)."""
    others: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    """rulebook → organisation → what rulebooks that ran before gave it (step 5)."""
    unasked: frozenset[str] = frozenset()
    """Check points that the inspection did not ask for: without a row they are unknown, whatever
    the rulebook says of points that nobody recorded."""
    unkept: frozenset[str] = frozenset()
    """Measures over rows of a kind that nobody kept then: without a row they are unknown, whatever
    the sheet says of absent rows."""
    grader: Grader = grade
    """Who carries out steps 10 to 12; which one never changes a star."""

    @property
    def schema(self) -> Schema:
        """The sheets as the rulebooks of this review declare them."""
        return self.records.schema

    @property
    def progress_run(self) -> bool:
        """Whether the cut-off lies before the end of the period: a 进度测算 (step 1)."""
        return self.cut_off < self.end

    @cached_property
    def _grouped(self) -> dict[str, Mapping[str, tuple[Row, ...]]]:
        """sheet → organisation → its rows, in the order of the table, for the sheets asked for."""
        return {}

    @cached_property
    def ratings_by_item(self) -> Mapping[tuple[str, Cell], tuple[Row, ...]]:
        """organisation, 项目 → its rows of 考核评分, in the order of the table."""
        grouped: dict[tuple[str, Cell], list[Row]] = {}
        for row in self.records.rows(SCORES):
            grouped.setdefault((row.organisation, row.value("项目")), []).append(row)
        return {key: tuple(rows) for key, rows in grouped.items()}

    def ratings(self, code: str, item: str) -> tuple[Row, ...]:
        """What people wrote of an item of one organisation."""
        return self.ratings_by_item.get((code, item), ())

    def rows(self, sheet: str, code: str) -> tuple[Row, ...]:
        """One organisation's rows of a sheet."""
        if sheet not in self._grouped:
            by_code: dict[str, list[Row]] = {}
            for row in self.records.rows(sheet):
                by_code.setdefault(row.organisation, []).append(row)
            self._grouped[sheet] = {code: tuple(rows) for code, rows in by_code.items()}
        return self._grouped[sheet].get(code, ())

    def sheet(self, name: str) -> Sheet:
        """The declaration of a sheet; an unknown one was refused when the rules were read."""
        sheet = self.schema.sheet(name)
        if sheet is None:
            raise KeyError(f"no sheet {name}")
        return sheet

    def value(self, row: Row, column: Column) -> Value:
        """A cell as a value: blanks by the column's declaration (step 4), an event after the
        cut-off as not happened yet (step 1)."""
        cell = row.value(column.name)
        if isinstance(cell, str):
            return cell
        if cell is None:
            if column.blank_means is not None:
                return column.blank_means
            return NONE if column.blank is Blank.NONE else BLANK
        if cell is UNREADABLE:
            return UNKNOWN
        if isinstance(cell, bool):
            return Truth.of(cell)
        if isinstance(cell, AnswerCell):
            return cell.word
        if isinstance(cell, date):
            late = column.date_kind is DateKind.EVENT and cell > self.cut_off
            return NONE if late else cell
        assert column.type is not ColumnType.DATE
        return Interval.at(cell)
