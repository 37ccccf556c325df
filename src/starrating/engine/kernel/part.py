"""A part of a review as encoded records: n subjects, and every sheet as columns beside them.

A part is made from the same `Records` the reference evaluator reads (`encode`), or from frames
(any `Columns`). Rows stand in order of their subject, so that a sum over the rows of each subject
is a difference of two running sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.rows.columns import blank, encoded_at, meant
from starrating.engine.kernel.rows.days import Days
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.marks import HELD, Dates, Texts
from starrating.engine.kernel.values.numbers import Value
from starrating.engine.setting import Previous, Setting
from starrating.records.model import Table
from starrating.schema import ORGANISATIONS, Column, Schema, Sheet

Columns = Mapping[str, Callable[[], Value]]
"""Column → what makes its raw array; called when the column is first read."""


@dataclass(frozen=True, slots=True)
class When:
    """The days of a review."""

    start: date
    end: date
    cut_off: date
    issued: date | None = None


@dataclass(eq=False)
class SheetRows:
    """The rows of one sheet that belong to the part's subjects, in order of the subject.

    `subject` holds the subject's index of each row; `order` the row's place in the sheet as
    supplied, for what is told of it (None: as they stand). `supplied` is whether there is such a
    sheet at all.
    """

    sheet: Sheet
    supplied: bool
    subject: Ints
    order: Ints | None
    columns: Columns
    cut_off: int
    _raw: dict[str, Value] = field(default_factory=dict)
    _meant: dict[str, Value] = field(default_factory=dict)
    _by_word: dict[str, tuple[Mapping[str, int], Ints, Ints]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many rows."""
        return len(self.subject)

    @property
    def place(self) -> Ints:
        """The place of each row in the sheet as supplied."""
        return np.arange(self.n) if self.order is None else self.order

    def column(self, name: str) -> Column | None:
        """The declaration of a column."""
        return self.sheet.column(name)

    def raw(self, name: str) -> Value:
        """The cells of a declared column as read; a column the file lacks is blank."""
        if name not in self._raw:
            column = self.sheet.column(name)
            assert column is not None
            maker = self.columns.get(name)
            self._raw[name] = blank(column, self.n) if maker is None else maker()
        return self._raw[name]

    def value(self, name: str) -> Value:
        """What the cells of a declared column mean (steps 1 and 4)."""
        if name not in self._meant:
            column = self.sheet.column(name)
            assert column is not None
            self._meant[name] = meant(column, self.raw(name), self.cut_off)
        return self._meant[name]

    def days(self, name: str) -> tuple[Days, Bools]:
        """The days of a raw date column (of whatever width), and where there is one."""
        raw = self.raw(name)
        if not isinstance(raw, Dates):
            return np.ones(self.n, np.int64), np.zeros(self.n, np.bool_)
        there = np.ones(self.n, np.bool_) if raw.state is None else raw.state == HELD
        return raw.days, np.asarray(there)

    def texts(self, name: str) -> tuple[Texts, Bools]:
        """A raw text column, and where it has a text."""
        raw = self.raw(name)
        assert isinstance(raw, Texts)
        there = np.ones(self.n, np.bool_) if raw.state is None else np.asarray(raw.state == HELD)
        return raw, there

    def of_word(self, name: str, word: str) -> Ints:
        """The rows of which a raw text column says this word, in order of the subject.

        The rows are dealt out by word once, however many words are asked for.
        """
        if name not in self._by_word:
            self._by_word[name] = _dealt(*self.texts(name))
        codes, order, bounds = self._by_word[name]
        code = codes.get(word)
        return order[:0] if code is None else order[bounds[code] : bounds[code + 1]]


def _dealt(texts: Texts, there: Bools) -> tuple[Mapping[str, int], Ints, Ints]:
    """Word → code, the rows ordered by code, and where those of each code begin."""
    last = len(texts.vocabulary)
    kind = np.uint8 if last < 1 << 8 else np.uint16 if last < 1 << 16 else np.int64
    codes = np.where(there, texts.codes, last).astype(kind)
    bounds = np.zeros(last + 2, np.int64)
    np.cumsum(np.bincount(codes, minlength=last + 1), out=bounds[1:])
    places = {word: place for place, word in enumerate(texts.vocabulary)}
    return places, np.argsort(codes, kind="stable"), bounds


@dataclass(eq=False)
class Part:
    """n subjects in code order with all that is recorded of them.

    `organisations` has one row a subject. `start` and `end` are the first and last day of each
    active window (step 2), `open` whether it holds any day. `unasked` are the check points that
    the inspection did not ask for, `unkept` the measures over rows of a kind that nobody kept.
    `whole` is the part that this one is a subset of (None: of nothing).
    """

    codes: tuple[str, ...]
    when: When
    organisations: SheetRows
    sheets: Mapping[str, SheetRows]
    previous: Previous = field(default_factory=Previous)
    others: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    schema: Schema = field(default_factory=Schema)
    unasked: frozenset[str] = frozenset()
    unkept: frozenset[str] = frozenset()
    whole: Part | None = None
    start: Ints = field(init=False)
    end: Ints = field(init=False)
    open: Bools = field(init=False)

    def __post_init__(self) -> None:
        when = self.when
        founded, begun = self.organisations.days("成立日期")
        dissolved, ended = self.organisations.days("撤销日期")
        ended = ended & (dissolved <= when.cut_off.toordinal())
        first, last = when.start.toordinal(), min(when.end, when.cut_off).toordinal()
        self.start = np.where(begun, np.maximum(founded, first), first)
        self.end = np.where(ended, np.minimum(dissolved, last), last)
        self.open = self.start <= self.end

    @property
    def n(self) -> int:
        """How many subjects."""
        return len(self.codes)

    def rows(self, sheet: str) -> SheetRows:
        """The rows of a sheet; a declared one that was not supplied has none."""
        found = self.sheets.get(sheet)
        if found is None:
            declared = self.schema.sheet(sheet)
            if declared is None:
                raise KeyError(f"no sheet {sheet}")
            nothing = np.zeros(0, np.int64)
            cut_off = self.when.cut_off.toordinal()
            found = SheetRows(declared, False, nothing, nothing, {}, cut_off)
        return found


def encode(setting: Setting, codes: Sequence[str] | None = None) -> Part:
    """The part of these organisations (by default all of the records), in code order."""
    records = setting.records
    wanted = None if codes is None else frozenset(codes)
    roll = {each.code: each.row for each in records.organisations}
    own = tuple(sorted(code for code in roll if wanted is None or code in wanted))
    index = {code: place for place, code in enumerate(own)}
    cut_off = setting.cut_off.toordinal()
    sheets = {}
    for name, table in records.tables.items():
        owners = table.owners
        known = np.array([*(index.get(code, -1) for code in owners.words), -1], np.int64)
        subject = known[np.array(owners.codes, np.int64)]
        at = np.flatnonzero(subject >= 0)
        at = at[np.argsort(subject[at], kind="stable")]
        columns = _columns(setting.sheet(name), table, at)
        sheets[name] = SheetRows(setting.sheet(name), True, subject[at], at, columns, cut_off)
    every, sheet = np.arange(len(own)), setting.sheet(ORGANISATIONS)
    registered = Table(ORGANISATIONS, (), tuple(roll[code] for code in own))
    columns = _columns(sheet, registered, every)
    organisations = SheetRows(sheet, True, every, every, columns, cut_off)
    return part_of(setting, own, organisations, sheets)


def part_of(
    setting: Setting,
    codes: tuple[str, ...],
    organisations: SheetRows,
    sheets: Mapping[str, SheetRows],
) -> Part:
    """The part of these subjects on a setting; `organisations` has a row for each."""
    when = When(setting.start, setting.end, setting.cut_off, setting.issued)
    return Part(
        codes,
        when,
        organisations,
        sheets,
        setting.previous,
        setting.others,
        setting.schema,
        setting.unasked,
        setting.unkept,
    )


def _columns(sheet: Sheet, table: Table, at: Ints) -> Columns:
    """The columns of these rows; each is encoded when it is first read."""

    def maker(column: Column) -> Callable[[], Value]:
        return lambda: encoded_at(column, table.column(column.name), at)

    return {column.name: maker(column) for column in sheet.columns}


def subset(part: Part, kept: Bools) -> Part:
    """A whole part with only the subjects where the mask holds; nothing is encoded again."""
    assert part.whole is None
    if kept.all():
        return part
    place = np.cumsum(kept) - 1
    chosen = np.flatnonzero(kept)
    sheets = {}
    for name, rows in part.sheets.items():
        at = np.flatnonzero(kept[rows.subject])
        sheets[name] = _at(rows, at, place[rows.subject[at]])
    return replace(
        part,
        codes=tuple(part.codes[each] for each in chosen),
        organisations=_at(part.organisations, chosen, np.arange(len(chosen))),
        sheets=sheets,
        whole=part,
    )


def _at(rows: SheetRows, at: Ints, subject: Ints) -> SheetRows:
    def maker(name: str) -> Callable[[], Value]:
        return lambda: rows.raw(name).take(at)

    columns = {name: maker(name) for name in rows.columns}
    return SheetRows(rows.sheet, rows.supplied, subject, rows.place[at], columns, rows.cut_off)
