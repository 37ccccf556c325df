"""The facts of all subjects of a part: columns, measures and built-ins, each computed once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.expressions.operations import Overflow
from starrating.engine.kernel.facts import NoFacts
from starrating.engine.kernel.measures import measure
from starrating.engine.kernel.measures.measured import Measured
from starrating.engine.kernel.measures.tallied import Tallies
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.plan import Plan
from starrating.engine.kernel.rows import days
from starrating.engine.kernel.rows.points import Point, Points
from starrating.engine.kernel.rows.reach import Reacher
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import Exact, TooLarge
from starrating.engine.kernel.values.marks import BLANK, HELD, NONE, UNKNOWN, Dates, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value, restated, select
from starrating.engine.scope import NOT_RATED_WORDS, read_star
from starrating.rulebook import expressions as ex


@dataclass(frozen=True, eq=False)
class Given:
    """Measures that stand already, by name, because they look beyond the part; `credit` are those
    read for what gives, where they differ (step 4)."""

    plain: Mapping[str, Numbers] = field(default_factory=dict)
    credit: Mapping[str, Numbers] = field(default_factory=dict)


class SubjectFacts(NoFacts):
    """The facts of the subjects of a part under one plan.

    Values are computed when first asked for and kept. Flags and scores are not among these facts:
    they stand later (a subclass adds them).
    """

    def __init__(
        self,
        plan: Plan,
        part: Part,
        *,
        under: SubjectFacts | None = None,
        given: Given | None = None,
    ) -> None:
        super().__init__(part.n)
        self.plan, self.part = plan, part
        self.given: Given = (given or Given()) if under is None else under.given
        self.reacher = Reacher(part, self)
        self.tallies = Tallies(plan, part, self.reacher)
        self.points: Points = Points(part, plan.book) if under is None else under.points
        self._under = under
        self._twin: SubjectFacts | None = None
        self._everyone: SubjectFacts | None = None
        stands = self.given.plain if under is None else self.given.credit
        self._measures = {name: Measured(value) for name, value in stands.items()}
        self._built_ins: dict[str, Value] = {}
        self._pending: list[str] = []

    @property
    def codes(self) -> tuple[str, ...]:
        """The subjects' codes."""
        return self.part.codes

    @property
    def others(self) -> Mapping[str, Mapping[str, Figures]]:
        """What rulebooks that ran before gave subjects, by rulebook and code."""
        return self.part.others

    def as_credit(self) -> SubjectFacts:
        """The same facts for what gives: `checks: {unrecorded: not_found}` holds for deductions
        only, and a point nobody recorded stays unknown for a credit (step 4)."""
        if self._under is not None or self.plan.book.checks.unrecorded == "unknown":
            return self
        if self._twin is None:
            self._twin = SubjectFacts(self.plan, self.part, under=self)
        return self._twin

    def everyone(self) -> SubjectFacts:
        """The facts of all organisations of the whole part, in scope or not, in this reading."""
        if self.part.whole is None:
            return self
        if self._everyone is None:
            if self._under is None:
                self._everyone = SubjectFacts(self.plan, self.part.whole)
            else:
                self._everyone = self._under.everyone().as_credit()
        return self._everyone

    def name(self, name: str) -> Value:
        """A measure, a built-in, or a 党组织 column, in this order."""
        if name in self.plan.book.measures:
            return self.measured(name).value
        if name in _BUILT_INS:
            if name not in self._built_ins:
                self._built_ins[name] = _BUILT_INS[name](self.part)
            return self._built_ins[name]
        if self.part.organisations.column(name) is None:
            raise KeyError(name)
        return self.part.organisations.value(name)

    def measured(self, name: str) -> Measured:
        """A measure with whether it applies; one that asks for itself is a fault of the rules."""
        if self._under is not None and not self.plan.node(name).asks_points:
            return self._under.measured(name)
        if name not in self._measures:
            if name in self._pending:
                raise RecursionError(f"measure {name} depends on itself")
            self._pending.append(name)
            rule = self.plan.book.measures[name]
            try:
                self._measures[name] = measure(self, name, rule)
            except TooLarge:
                raise Overflow(rule.origin) from None
            finally:
                self._pending.pop()
            # Those over the same rows next, while the rows are at hand.
            for other in self.plan.node(name).beside:
                if other not in self._pending:
                    self.measured(other)
        return self._measures[name]

    def applies(self, *exprs: ex.Expr | None) -> Bools | None:
        """Where every measure that the expressions read has a due unit (step 2); None is all."""
        found: Bools | None = None
        for expr in exprs:
            for leaf in ex.names(expr) if expr is not None else ():
                if leaf.name in self.plan.book.measures:
                    own = self.measured(leaf.name).applies
                    if own is not None:
                        found = own if found is None else found & own
        return found

    def point(self, name: str) -> Point:
        """A check point where yes or no is asked."""
        return self.points.point(name, credit=self._under is not None)

    def found(self, point: str) -> Truths:
        """Whether a check point was found."""
        return self.point(point).found

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a named list are present, or lacking."""
        return self.points.count_of(listed, present=present)

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook."""
        return self.plan.book.lists.get(name)


def _issued(part: Part) -> Value:
    if part.when.issued is not None:
        return Dates.at(part.when.issued, part.n)
    return Dates(np.ones(part.n, np.int64), np.full(part.n, UNKNOWN, np.int8))


def _full_months(part: Part) -> Value:
    """成立满月数: whole months from the founding to the cut-off.

    A blank 成立日期 means before the period (step 1): at least the months since the day before it.
    """
    founded, there = part.organisations.days("成立日期")
    cut_off = np.full(part.n, part.when.cut_off.toordinal(), np.int64)
    months = Exact.whole(days.whole("month", founded, cut_off))
    if there.all():
        return Numbers.known(months)
    raw = part.organisations.raw("成立日期").state
    assert raw is not None
    state = np.where(raw == UNKNOWN, UNKNOWN, HELD).astype(np.int8)
    latest = np.full(part.n, part.when.start.toordinal() - 1, np.int64)
    least = Exact.whole(days.whole("month", latest, cut_off))
    since = Numbers(least, least, None, np.ones(part.n, np.bool_))
    return restated(select(raw == BLANK, since, Numbers.known(months)), state)


def last_stars(part: Part) -> Numbers:
    """The final star of the newest archive given, else 上年度星级 (step 11)."""
    written, there = part.organisations.texts("上年度星级")
    words = [_star(word) for word in written.vocabulary] or [(0, UNKNOWN)]
    stars = np.array([star for star, _ in words], np.int64)[written.codes]
    told = np.array([state for _, state in words], np.int8)[written.codes]
    raw = written.state
    state = told if raw is None else np.where(there, told, np.where(raw == BLANK, NONE, UNKNOWN))
    state = state.astype(np.int8)
    previous = part.previous
    if previous.stars or previous.unknown_stars:
        for place, code in enumerate(part.codes):
            if code in previous.unknown_stars:
                state[place] = UNKNOWN
            elif code in previous.stars:
                star = previous.stars[code]
                stars[place], state[place] = star or 0, NONE if star is None else HELD
    return Numbers.known(Exact.whole(stars), state)


def _star(word: str) -> tuple[int, int]:
    """The star a word writes, and the state of what it says."""
    if unicodedata.normalize("NFKC", word).strip() in NOT_RATED_WORDS:
        return 0, NONE
    star = read_star(word)
    return (0, UNKNOWN) if star is None else (star, HELD)


_BUILT_INS: dict[str, Callable[[Part], Value]] = {
    "截止日": lambda part: Dates.at(part.when.cut_off, part.n),
    "期初": lambda part: Dates.at(part.when.start, part.n),
    "期末": lambda part: Dates.at(part.when.end, part.n),
    "签发日": _issued,
    "成立满月数": _full_months,
    "上年度星级": last_stars,
}
