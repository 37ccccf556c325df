"""Which rows a measure reaches, and how surely, for all subjects at once (steps 1, 2 and 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from starrating.engine.days import add
from starrating.engine.kernel.expressions.entries import Entries, columns_of
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Facts, FactsAt, NoFacts
from starrating.engine.kernel.part import Part, SheetRows
from starrating.engine.kernel.rows.days import Days
from starrating.engine.kernel.rows.segments import Segments
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.marks import NONE, UNKNOWN, Truths, has, some
from starrating.engine.kernel.values.numbers import Value
from starrating.rulebook.expressions import Expr
from starrating.rulebook.fields import Span
from starrating.schema import Blank, DateKind

STATUS = "状态"
CANCELLED = "作废"
KEPT_FILTERS = 8
"""How many masks over all rows of a sheet are kept."""
_Asked = tuple[str, "Expr | None", "Span | None", "date | None"]


class RowFacts(FactsAt):
    """The facts of a condition on rows: their columns first, then those of their subjects."""

    def __init__(self, subjects: Facts, rows: SheetRows, index: Ints | None = None) -> None:
        super().__init__(subjects, rows.subject if index is None else rows.subject[index])
        self._rows, self._at = rows, index

    def name(self, name: str) -> Value:
        """The values of a column of the rows, else of their subjects."""
        if self._rows.column(name) is None:
            return super().name(name)
        if name not in self._names:
            value = self._rows.value(name)
            self._names[name] = value if self._at is None else value.take(self._at)
        return self._names[name]


@dataclass(frozen=True, eq=False)
class Reach:
    """The rows of one sheet that one measure counts, in order of the subject.

    `index` are their places among the sheet's rows. `sure` is whether a row surely counts (it may
    else); `day` its day where `dated`. `absent` tells of each subject that no row tells nothing:
    the sheet was not supplied, or is declared so and holds no row of the subject (step 4).
    """

    rows: SheetRows
    subjects: Facts
    index: Ints
    sure: Bools
    day: Ints
    dated: Bools
    absent: Bools

    @cached_property
    def segments(self) -> Segments:
        """The rows by subject."""
        return Segments(self.rows.subject[self.index], self.subjects.n)

    @cached_property
    def facts(self) -> NoFacts:
        """The facts of the rows."""
        return RowFacts(self.subjects, self.rows, self.index)

    @cached_property
    def all_sure(self) -> bool:
        """Whether every row surely counts."""
        return bool(self.sure.all())


@dataclass(eq=False)
class Reacher:
    """Reaches rows of a part; filters and dates that several measures share are computed once."""

    part: Part
    subjects: Facts
    _last: tuple[_Asked, Reach] | None = None
    _filters: dict[tuple[str, Expr], Truths] = field(default_factory=dict)
    _dated: dict[tuple[str, date, date], Truths] = field(default_factory=dict)
    _cancelled: dict[str, Bools | None] = field(default_factory=dict)
    _entries: dict[tuple[str, str], Entries | None] = field(default_factory=dict)

    def reach(
        self,
        sheet: str,
        where: Expr | None,
        look_back: Span | None = None,
        until: date | None = None,
        only: Bools | None = None,
    ) -> Reach:
        """The rows inside the period (widened by `look_back`, and by grace up to `until`), of all
        subjects or only of some.

        Measures that ask for the same rows one after the other share them, with whatever was
        gathered of them; only the last reach is kept.
        """
        asked = (sheet, where, look_back, until)
        if only is not None:
            return self._reached(sheet, where, self.span(look_back, until), only)
        if self._last is None or self._last[0] != asked:
            self._last = (asked, self._reached(sheet, where, self.span(look_back, until), None))
        return self._last[1]

    def span(self, look_back: Span | None, until: date | None) -> tuple[date, date]:
        """The first and the last day on which an event counts."""
        when = self.part.when
        start = when.start
        if look_back is not None:
            start = add(start, -look_back.count, look_back.unit)
        return start, min(max(when.end, until or when.end), when.cut_off)

    def _reached(
        self, sheet: str, where: Expr | None, span: tuple[date, date], only: Bools | None
    ) -> Reach:
        rows = self.part.rows(sheet)
        counts = self.in_time(sheet, *span)
        if where is not None:
            counts = counts & self.filtered(sheet, where)
        may = counts.may
        void = self.void(sheet)
        if void is not None:
            may = may & ~void
        if only is not None:
            may = may & only[rows.subject]
        index = np.flatnonzero(may)
        day, dated = self.days(sheet)
        return Reach(
            rows, self.subjects, index, counts.sure[index], day[index].astype(np.int64),
            dated[index], self.absent(sheet),
        )  # fmt: skip

    def filtered(self, sheet: str, where: Expr) -> Truths:
        """The rows of a sheet that pass a condition; equal conditions share one mask, as long as
        it is among the last few."""
        key = (sheet, where)
        if key not in self._filters:
            if len(self._filters) >= KEPT_FILTERS:
                self._filters.pop(next(iter(self._filters)))
            self._filters[key] = self._judged(sheet, where)
        return self._filters[key]

    def _judged(self, sheet: str, where: Expr) -> Truths:
        rows = self.part.rows(sheet)
        columns = columns_of(where, rows)
        entries = self.entries(sheet, min(columns)) if columns and len(columns) == 1 else None
        if entries is None:
            return judge(where, RowFacts(self.subjects, rows))
        return entries.judged(where, self.subjects).take(entries.place)

    def entries(self, sheet: str, column: str) -> Entries | None:
        """The entries of a text column of a sheet, if it is one."""
        key = (sheet, column)
        if key not in self._entries:
            self._entries[key] = Entries.of(self.part.rows(sheet), column)
        return self._entries[key]

    def void(self, sheet: str) -> Bools | None:
        """The rows that are 作废; None where there is none."""
        if sheet not in self._cancelled:
            rows = self.part.rows(sheet)
            self._cancelled[sheet] = None
            if rows.column(STATUS) is not None:
                status, there = rows.texts(STATUS)
                void = status.where_entry([word == CANCELLED for word in status.vocabulary])
                self._cancelled[sheet] = some(void & there)
        return self._cancelled[sheet]

    def absent(self, sheet: str) -> Bools:
        """Where no row tells nothing."""
        n, rows = self.part.n, self.part.rows(sheet)
        if not rows.supplied:
            return np.ones(n, np.bool_)
        if rows.sheet.no_rows is not Blank.UNKNOWN:
            return np.zeros(n, np.bool_)
        return np.asarray(np.bincount(rows.subject, minlength=n) == 0)

    def days(self, sheet: str) -> tuple[Days, Bools]:
        """The day of each row, for sheets with one date column."""
        rows = self.part.rows(sheet)
        if len(rows.sheet.date) != 1:
            return np.ones(rows.n, np.int64), np.zeros(rows.n, np.bool_)
        return rows.days(rows.sheet.date[0])

    def in_time(self, sheet: str, start: date, end: date) -> Truths:
        """Which rows lie on one of these days."""
        key = (sheet, start, end)
        if key not in self._dated:
            self._dated[key] = self._by_date(self.part.rows(sheet), start, end)
        return self._dated[key]

    def _by_date(self, rows: SheetRows, start: date, end: date) -> Truths:
        if not rows.sheet.date:
            return Truths.at(True, rows.n)
        if len(rows.sheet.date) == 2:
            return self._in_force(rows)
        column = rows.column(rows.sheet.date[0])
        assert column is not None
        if column.date_kind is DateKind.RECORD:
            return Truths.at(True, rows.n)
        day, dated = rows.days(column.name)
        last = min(end, self.part.when.cut_off).toordinal()
        inside = dated & (day >= start.toordinal()) & (day <= last)
        value = rows.value(column.name)
        if dated.all():
            return Truths.known(inside)
        none = has(value.state, NONE, rows.n)
        return Truths(inside, inside | (~dated & ~none))

    def _in_force(self, rows: SheetRows) -> Truths:
        """Whether a row with a first and a last day is in force at the cut-off."""
        cut_off, n = self.part.when.cut_off.toordinal(), rows.n
        first, begun = rows.days(rows.sheet.date[0])
        last, ended = rows.days(rows.sheet.date[1])
        unread = has(rows.raw(rows.sheet.date[0]).state, UNKNOWN, n)
        began = Truths(~unread & (~begun | (first <= cut_off)), ~begun | (first <= cut_off))
        over = ended & (last < cut_off)
        open_end = has(rows.raw(rows.sheet.date[1]).state, UNKNOWN, n)
        return began & ~Truths(over, over | open_end)
