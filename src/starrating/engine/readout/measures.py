"""What measures over rows rest on, of all subjects at once: cells counted, units missing (step 14).

A subject's story is *clear* where every row that passes the condition surely counts and nobody
wrote the count down: then it is told by the rows and units alone. Other subjects are told by the
reference's own facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from starrating.engine.days import Unit, add
from starrating.engine.kernel.arrays import HELD, NONE, Bools, Ints, Numbers, Truths, Value
from starrating.engine.kernel.measures import OVER_ROWS
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.rows.units import count_before, due_units, settled
from starrating.engine.kernel.scoring.subjects import SubjectGround
from starrating.engine.kernel.values.marks import UNKNOWN
from starrating.engine.readout.cells import CellColumn, SheetCells
from starrating.records.model import Records
from starrating.rulebook.expressions import Expr
from starrating.rulebook.model import Measure, Units
from starrating.schema import COUNTS

_NOTHING: tuple[tuple[str, ...], ...] = ((),)
_Rows = tuple[str, tuple[str, ...], "Expr | None", date, date]


@dataclass(frozen=True, eq=False)
class MeasureStory:
    """One measure over rows: its cells, where its story is clear, where no row counts, and the
    units that lack: `lacking` is a code of each subject into `units`."""

    cells: CellColumn
    clear: Bools
    empty: Bools
    lacking: Ints
    units: tuple[tuple[str, ...], ...]


class MeasureStories:
    """The measures over rows of one ground, each looked up once; equal rows share their cells."""

    def __init__(self, ground: SubjectGround, records: Records) -> None:
        self.ground, self._records = ground, records
        self._stories: dict[str, MeasureStory | None] = {}
        self._cells: dict[_Rows, CellColumn] = {}
        self._sheets: dict[str, SheetCells] = {}

    def story(self, name: str) -> MeasureStory | None:
        """The story of a measure; None where it is not one over rows."""
        if name not in self._stories:
            rule = self.ground.plan.book.measures[name]
            over_rows = rule.sheet is not None and rule.form in OVER_ROWS
            self._stories[name] = self._story(name, rule) if over_rows else None
        return self._stories[name]

    def sheet(self, name: str) -> SheetCells:
        """The places of a sheet's rows."""
        if name not in self._sheets:
            rows = self.ground.part.rows(name)
            self._sheets[name] = SheetCells(rows, self._records.rows(name))
        return self._sheets[name]

    def _story(self, name: str, rule: Measure) -> MeasureStory:
        assert rule.sheet is not None
        reacher, part, sheet = self.ground.reacher, self.ground.part, rule.sheet
        asked = rule.missing or rule.short
        until = None
        if asked is not None and asked.grace is not None:
            until = add(part.when.end, asked.grace.count, asked.grace.unit)
        span = reacher.span(rule.look_back, until)
        rows = part.rows(sheet)
        passes = Truths.at(True, rows.n)
        if rule.where is not None:
            passes = reacher.filtered(sheet, rule.where)
        stands, void = reacher.in_time(sheet, *span).sure, reacher.void(sheet)
        stands = stands if void is None else stands & ~void
        index = np.flatnonzero(passes.sure & stands)
        segments = Segments(rows.subject[index], part.n)
        doubtful = passes.may & ~(passes.sure & stands)
        unclear = np.bincount(rows.subject[doubtful], minlength=part.n) > 0
        unclear |= rule.skip_missing
        counts = part.rows(COUNTS)
        if counts.n:
            unclear[counts.subject[counts.of_word("指标", name)]] = True
        read = tuple(name for name in rule.columns_read if rows.sheet.column(name) is not None)
        columns = read or rows.sheet.date[:1]
        key = (sheet, columns, rule.where, *span)
        if key not in self._cells:
            self._cells[key] = self.sheet(sheet).many(index, segments.bounds, columns)
        lacking, units = np.zeros(part.n, np.int64), _NOTHING
        if asked is not None:
            lacking, units = self._lacking(asked, index, rows.subject, sheet)
        return MeasureStory(self._cells[key], ~unclear, segments.lengths == 0, lacking, units)

    def _lacking(
        self, asked: Units, index: Ints, subject: Ints, sheet: str
    ) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
        """The units not met; rows without a day serve none."""
        part = self.ground.part
        due = due_units(part, self.ground.plan.book, asked.every)
        if not due.units:
            return np.zeros(part.n, np.int64), _NOTHING
        day, dated = self.ground.reacher.days(sheet)
        own = index[dated[index]]
        before = count_before(
            due.units, asked.grace, subject[own], day[own].astype(np.int64), part.n
        )
        lack = settled(due, before, asked.at_least)
        vectors, code = np.unique(lack, axis=1, return_inverse=True)
        told = tuple(_told(due.units, vector.tolist(), asked) for vector in vectors.T)
        return code.reshape(-1), told


def _told(units: tuple[Unit, ...], lacking: list[int], asked: Units) -> tuple[str, ...]:
    """The units that were not met, as they are printed."""
    return tuple(
        unit.name if asked.at_least == 1 else f"{unit.name}缺{count}次"
        for unit, count in zip(units, lacking, strict=True)
        if count
    )


def known(value: Value) -> Bools:
    """Where a value is known, or known not to exist."""
    n = len(value)
    if isinstance(value, Numbers):
        found = value.certain
        return found if value.state is None else found | (value.state == NONE)
    if isinstance(value, Truths) and value.state is None:
        return ~value.open
    if value.state is None:
        return np.ones(n, bool)
    found = np.asarray(value.state < UNKNOWN)
    return found & (~value.open | (value.state != HELD)) if isinstance(value, Truths) else found
