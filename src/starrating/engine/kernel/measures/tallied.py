"""Measures as sums over classes of rows (step 4), for the subjects all of whose rows are clear.

`Tallies` says which measures of a plan can be counted together, and tells of each one what it
comes to and of which subjects that is not yet it: a row of theirs only may count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from starrating.engine.days import add
from starrating.engine.kernel.expressions.entries import columns_of
from starrating.engine.kernel.expressions.operations import Overflow
from starrating.engine.kernel.groups.quotients import of_sums
from starrating.engine.kernel.measures.calendar_units import between
from starrating.engine.kernel.measures.measured import Measured
from starrating.engine.kernel.measures.tally import DATED, Asked, Counts, SheetTally, TooMany, over
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.plan import Plan
from starrating.engine.kernel.rows.reach import Reacher
from starrating.engine.kernel.rows.units import Cuts, DueUnits, due_units, lacking, units_of
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.numbers import Numbers, select
from starrating.rulebook.fields import Every
from starrating.rulebook.model import Measure


@dataclass(frozen=True, eq=False)
class Tallied:
    """A measure of all subjects; `open` are those to be measured row by row instead, `any_row`
    those of which a row may count."""

    found: Measured
    open: Bools
    any_row: Bools


class Tallies:
    """The measures of a plan that are counted together, sheet by sheet."""

    def __init__(self, plan: Plan, part: Part, reacher: Reacher) -> None:
        self.plan, self.part, self.reacher = plan, part, reacher
        self._sheets: dict[str, SheetTally | None] = {}
        self._due: dict[Every, DueUnits] = {}

    def measured(self, name: str, rule: Measure, sheet: str) -> Tallied | None:
        """The measure; None where it is not counted with others."""
        asked = self._asked(rule, sheet)
        if asked is None:
            return None
        if sheet not in self._sheets:
            self._sheets[sheet] = self._tally(sheet)
        own = self._sheets[sheet]
        if own is None:
            return None
        try:
            return _FORMS[rule.form](_Measuring(self, own, name, rule, asked))
        except (TooMany, Overflow):
            # Row by row only rows that count are looked at.
            self._sheets[sheet] = None
            return None

    def due(self, every: Every) -> DueUnits:
        """The units of a kind, and for whom each is due."""
        if every not in self._due:
            self._due[every] = due_units(self.part, self.plan.book, every)
        return self._due[every]

    def _tally(self, sheet: str) -> SheetTally | None:
        """What the sheet's measures ask together."""
        plain, timed, units = [], [], []
        for node in self.plan.measures:
            asked = self._asked(node.rule, sheet) if node.rule.sheet == sheet else None
            if asked is None:
                continue
            wanted = node.rule.missing or node.rule.short
            if wanted is None:
                plain.append(asked)
            else:
                timed.append(asked)
                units.append((units_of(self.part, self.plan.book, wanted.every), wanted.grace))
        return SheetTally(self.reacher, sheet, plain, timed, Cuts.of(units))

    def _asked(self, rule: Measure, sheet: str) -> Asked | None:
        """What a measure asks of the rows; None where it needs the rows themselves, or asks for
        more than their own columns."""
        rows = self.part.rows(sheet)
        if rule.form not in _FORMS or rule.values is not None or not rows.n:
            return None
        sums = rule.ratio or tuple(each for each in (rule.sum_, rule.average) if each is not None)
        exprs = [each for each in (rule.where, rule.share, *sums) if each is not None]
        if any(columns_of(each, rows) is None for each in exprs):
            return None
        wanted, until = rule.missing or rule.short, None
        if wanted is not None and wanted.grace is not None:
            until = add(self.part.when.end, wanted.grace.count, wanted.grace.unit)
        span = self.reacher.span(rule.look_back, until)
        return Asked(rule.where, *span, rule.share, tuple(sums))


class _Measuring:
    """One measure over a tally."""

    def __init__(
        self, tallies: Tallies, own: SheetTally, name: str, rule: Measure, asked: Asked
    ) -> None:
        self.tallies, self.own, self.name, self.rule, self.asked = tallies, own, name, rule, asked
        self.n = own.n

    def absent(self, any_row: Bools) -> Bools:
        """Where no row tells nothing."""
        found = self.tallies.reacher.absent(self.own.sheet)
        return found | ~any_row if self.name in self.tallies.part.unkept else found

    def where_absent(self, found: Numbers, otherwise: Numbers, any_row: Bools) -> Numbers:
        """`otherwise` for the subjects of which no row tells nothing."""
        absent = self.absent(any_row)
        return select(absent, otherwise, found) if absent.any() else found


def _plain(of: _Measuring) -> tuple[Bools, Bools, Counts]:
    """The classes that count; where some row only may; how many rows count."""
    level = of.own.classified.counting(of.asked)
    return level > 0, of.own.counted(level == 1) > 0, of.own.counted(level > 0)


def _count(of: _Measuring) -> Tallied:
    _, open_, number = _plain(of)
    any_row = number > 0
    found = Numbers.known(Exact.whole(number))
    found = of.where_absent(found, Numbers.unlimited(of.n), any_row)
    return Tallied(Measured(found), open_, any_row)


def _share(of: _Measuring) -> Tallied:
    counting, open_, number = _plain(of)
    assert of.asked.told is not None
    told = of.own.classified.level(of.asked.told)
    open_ = open_ | (of.own.counted(counting & (told == 1)) > 0)
    of_these = of.own.counted(counting & (told == 2))
    found, gone = of_sums(Exact.whole(of_these), Exact.whole(number))
    whole = Numbers(Exact.at(0, of.n), Exact.at(1, of.n))
    return Tallied(Measured(select(gone, whole, found)), open_, number > 0)


def _sums(of: _Measuring) -> tuple[list[Exact] | None, Bools, Bools, Bools, Counts]:
    """The sums of the amounts over the rows that have them all and how many those are; where a
    row only may count, where one lacks an amount, and where there is any."""
    counting, open_, number = _plain(of)
    kept, classified = counting.copy(), of.own.classified
    for expr in of.asked.sums:
        kept &= classified.level(("known", expr)) == 2
    lacks = np.zeros(of.n, np.bool_)
    if not of.rule.skip_missing:
        lacks = of.own.counted(counting & ~kept) > 0
    found = [of.own.sum(expr, kept) for expr in of.asked.sums]
    every = [each for each in found if each is not None]
    sums = every if len(every) == len(found) else None
    return sums, open_, lacks, number > 0, of.own.counted(kept)


def _unless(gone: Bools, found: Numbers) -> Numbers:
    return select(gone, Numbers.anything(len(found)), found) if gone.any() else found


def _total(of: _Measuring) -> Tallied | None:
    sums, open_, lacks, any_row, _ = _sums(of)
    if sums is None:
        return None
    found = _unless(lacks, Numbers.known(sums[0]))
    found = of.where_absent(found, Numbers.anything(of.n), any_row)
    return Tallied(Measured(found), open_, any_row)


def _ratio(of: _Measuring) -> Tallied | None:
    sums, open_, lacks, any_row, number = _sums(of)
    if sums is None:
        return None
    below = sums[1] if len(sums) > 1 else Exact.whole(number)
    found, gone = of_sums(sums[0], below)
    return Tallied(Measured(_unless(lacks | gone, found)), open_, any_row)


def _units(of: _Measuring) -> Tallied:
    """Units missed, or events short."""
    wanted = of.rule.missing or of.rule.short
    assert wanted is not None
    due = of.tallies.due(wanted.every)
    classified, ends = of.own.stretched
    level = classified.counting(of.asked)
    counting = level > 0
    unclear = counting & ((level == 1) | (classified.level(DATED) < 2))
    open_ = np.zeros(of.n, np.bool_)
    if unclear.any():
        open_ = np.asarray(over(ends[:, -1], unclear) > 0)
    sums = over(ends, counting)
    any_row = sums[-1] > 0
    most = 1 if of.rule.missing is not None else wanted.at_least
    worst = np.zeros(of.n, np.int64)
    if len(due.units):
        before = of.own.cuts.before(sums, due.units, wanted.grace)
        worst = lacking(due, before, wanted.at_least, most)
    found = between(due, worst, worst, of.absent(any_row), most)
    return Tallied(found, open_, any_row)


_FORMS: Mapping[str, Callable[[_Measuring], Tallied | None]] = {
    "count": _count,
    "share": _share,
    "sum": _total,
    "ratio": _ratio,
    "average": _ratio,
    "missing": _units,
    "short": _units,
}
"""The forms of measures that need no row by itself."""
