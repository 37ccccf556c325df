"""From totals and judgements to what grading in bulk reads: three readings (steps 10 to 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm

import numpy as np

from starrating.engine import grading as one_by_one
from starrating.engine.kernel import grading
from starrating.engine.kernel.arrays import (
    HELD,
    NONE,
    Bools,
    Exact,
    Ints,
    Numbers,
    Texts,
    Truths,
    Value,
    as_numbers,
    choose,
)
from starrating.engine.kernel.contenders import Breaker, Breakers, Contenders, candidates
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.judged import JudgedFacts
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.scoring.items import ItemColumns
from starrating.engine.kernel.scoring.plan import ZERO
from starrating.engine.kernel.scoring.sections import SectionColumns
from starrating.engine.kernel.scoring.subjects import SubjectGround
from starrating.engine.kernel.scoring.totals import TotalColumns
from starrating.engine.kernel.subjects import last_stars
from starrating.rulebook.expressions import Expr
from starrating.rulebook.fields import Reach
from starrating.rulebook.model import Rulebook, Star


@dataclass(frozen=True, eq=False)
class Scores:
    """What stands of all subjects before grading; `zero` is how surely judgements set a total to
    0, `shown` are the totals with facts low and proposals not confirmed."""

    ground: SubjectGround
    rated: Bools
    items: tuple[ItemColumns, ...]
    total: TotalColumns
    zero: Truths
    shown: Exact
    first: Outcomes
    flags: FlagColumns


@dataclass(frozen=True)
class Grounds:
    """The grading of one rulebook's subjects: bands with their quotas, and all that stands."""

    book: Rulebook
    bands: tuple[one_by_one.Band, ...]
    scores: Scores

    @cached_property
    def scale(self) -> int:
        """The whole number that one point is in totals and edges."""
        return _scale(self.book, self.bands)

    @cached_property
    def ladder(self) -> grading.Ladder:
        """The bands as a ladder."""
        return ladder_of(self.book, self.bands)

    def candidates(self) -> grading.Candidates:
        """All subjects in their three readings."""
        return candidates(self.contenders())

    def contenders(self) -> Contenders:
        """What grading reads of the subjects; parts of a batch are joined before they compete."""
        total = self.scores.total.value
        totals = {"shown": self.scores.shown, "low": total.low, "high": total.high}
        return Contenders(
            self.scores.rated,
            self._groups(),
            {world: self.standings(world, own) for world, own in totals.items()},
            {world: _World(self, world).breakers() for world in totals},
        )

    def _groups(self) -> grading.Groups:
        found = [
            named(self.scores.ground, star.at_most.among if star.at_most is not None else None)
            for star in self.book.bands()
        ]
        ids = np.stack([ids for ids, _ in found], axis=1)
        return grading.Groups(ids, tuple(names for _, names in found))

    def standings(self, world: str, total: Exact) -> grading.Standings:
        """One reading of all subjects, its ties not yet broken."""
        return _World(self, world).standings(total)


def ladder_of(book: Rulebook, bands: Sequence[one_by_one.Band]) -> grading.Ladder:
    """The bands of a rulebook as a ladder."""
    scale, rules = _scale(book, bands), book.moves
    moves = one_by_one.Moves(rules.rise_at_most, rules.fall_at_most) if rules else None
    return grading.Ladder(
        tuple(band.star for band in bands),
        tuple(int(band.edge * scale) for band in bands),
        tuple(band.quota for band in bands),
        moves or one_by_one.Moves(),
    )


def _scale(book: Rulebook, bands: Sequence[one_by_one.Band]) -> int:
    return lcm(10**book.points.decimals, *(band.edge.denominator for band in bands))


def named(ground: Facts, column: str | None) -> tuple[Ints, tuple[str | None, ...]]:
    """The quota groups by a column: a dense id a subject, and the groups' names."""
    n = ground.n
    if column is None:
        return np.zeros(n, np.int64), (None,)
    value: Value = ground.name(column)
    if not isinstance(value, Texts):
        return np.zeros(n, np.int64), ("",)
    there = np.ones(n, bool) if value.state is None else value.state == HELD
    places = {word: place for place, word in enumerate(dict.fromkeys((*value.vocabulary, "")))}
    table = np.array([places[word] for word in value.vocabulary] or [0], np.int64)
    return np.where(there, table[value.codes], places[""]), tuple(places)


@dataclass(frozen=True)
class _World:
    """One reading: facts low or high, proposals as confirmed (low) or not."""

    grounds: Grounds
    name: str

    @property
    def _high(self) -> bool:
        return self.name == "high"

    @property
    def _n(self) -> int:
        return self.grounds.scores.ground.n

    def standings(self, total: Exact) -> grading.Standings:
        scores, book = self.grounds.scores, self.grounds.book
        stars = book.bands()
        granted = [self._granted(star) for star in stars]
        return grading.Standings(
            total=_at_scale(total, self.grounds.scale),
            requires=_stacked(
                [self._required(star, has) for star, has in zip(stars, granted, strict=True)]
            ),
            member=_stacked([self._member(star) for star in stars]),
            tie_break=(),
            last=_last(last_stars(scores.ground.part)),
            cap=self._cap(),
            forbidden=self._acting([j.id for j in book.judgements if j.then.star == "none"]),
            unless=self._unless(),
            direct=self._direct(stars, granted),
            figure=self._figure(),
        )

    # --- conditions -----------------------------------------------------------------------

    @cached_property
    def _facts(self) -> JudgedFacts:
        scores = self.grounds.scores
        names: dict[str, Value] = {
            part.section.title: self._end(part.read) for part in scores.total.sections
        }
        names["总分"] = self._end(scores.total.value)
        items = {each.placed.item.id: self._end(each.score) for each in scores.items}
        as_confirmed = self.name == "low"
        return JudgedFacts(scores.ground.as_credit(), scores.flags, as_confirmed, names, items)

    def _end(self, score: Numbers) -> Numbers:
        return Numbers.known(score.high if self._high else score.low)

    def _holds(self, condition: Expr | None) -> Bools:
        """A gate: what is open holds only where facts are taken high."""
        if condition is None:
            return np.ones(self._n, bool)
        truths = judge(condition, self._facts)
        return truths.may if self._high else truths.sure

    def _granted(self, star: Star) -> Bools:
        """Where a condition gives the star directly, whatever the points."""
        return np.zeros(self._n, bool) if star.if_ is None else self._holds(star.if_)

    def _required(self, star: Star, granted: Bools) -> Bools:
        """`requires`, the mark for each section (but where the star is granted whatever the
        points), and the condition of a star that only it gives."""
        met = self._holds(star.requires)
        if star.from_ is None:
            met = met & granted
        if star.each_section is None:
            return met
        marked = np.ones(self._n, bool)
        for part in self.grounds.scores.total.sections:
            if part.section.kind == "base":
                marked &= ~part.alive.may | self._reaches(part, part.score, star.each_section)
        return met & (granted | marked)

    def _reaches(self, part: SectionColumns, score: Numbers, mark: Reach) -> Bools:
        """Where a score of a section reaches a mark, in points or as a share of its points."""
        points = part.section.points
        if points is None:
            points = sum((item.points or ZERO for item in part.section.items), ZERO)
        edge = mark.number * points if mark.share else mark.number
        return Exact.at(edge, self._n).less(self._end(score).low, equal=True)

    def _figure(self) -> Ints | None:
        """How many base sections reach the mark, where each of them gives a star."""
        rule = self.grounds.book.one_per_section
        if rule is None:
            return None
        count = np.zeros(self._n, np.int64)
        for part in self.grounds.scores.total.sections:
            if part.section.kind == "base":
                count += self._reaches(part, part.read, rule.from_)
        return count * self.grounds.scale

    def _member(self, star: Star) -> Bools:
        """Who counts in the quota's `of`, by default the rated ones."""
        if star.at_most is None or star.at_most.of is None:
            return self.grounds.scores.rated
        return self._holds(star.at_most.of)

    def breakers(self) -> Breakers:
        """The measures that break the ties of each band."""
        return tuple(self._broken_by(star) for star in self.grounds.book.bands())

    def _broken_by(self, star: Star) -> tuple[Breaker, ...]:
        if star.at_most is None or isinstance(star.at_most.on_tie, str):
            return ()
        return tuple(self._breaker(name) for name in star.at_most.on_tie)

    def _breaker(self, name: str) -> Breaker:
        value = as_numbers(self.grounds.scores.ground.name(name))
        end, gone = (value.high, value.no_high) if self._high else (value.low, value.no_low)
        lost = np.zeros(self._n, bool) if gone is None else gone
        if value.state is not None:
            lost = lost | (value.state == NONE)
        return Breaker(choose(lost, Exact.at(0, self._n), end) if lost.any() else end, lost)

    # --- judgements -----------------------------------------------------------------------

    def _acting(self, judgements: Sequence[str]) -> Bools:
        fired = self.grounds.scores.first.worlds[self.name]
        found = np.zeros(self._n, bool)
        for each in judgements:
            if each in fired:
                found |= fired[each]
        return found

    def _cap(self) -> Ints:
        cap = np.full(self._n, grading.NO_CAP, np.int64)
        for judgement in self.grounds.book.judgements:
            most = judgement.then.star_at_most
            if most is not None:
                acting = self._acting([judgement.id])
                cap = np.where(acting, np.minimum(cap, most), cap)
        return cap

    def _unless(self) -> Bools:
        moves = self.grounds.book.moves
        if moves is None or moves.unless is None:
            return np.zeros(self._n, bool)
        return self._holds(moves.unless)

    def _direct(self, stars: Sequence[Star], granted: Sequence[Bools]) -> Ints:
        found = np.full(self._n, grading.NO_GRANT, np.int64)
        for star, has in zip(stars, granted, strict=True):
            found = np.where(has, np.maximum(found, star.star), found)
        return found


def _stacked(masks: Sequence[Bools]) -> Bools:
    return np.stack(masks, axis=1)


def _at_scale(total: Exact, scale: int) -> Ints:
    """Rounded totals as whole numbers at the ladder's scale."""
    assert isinstance(total.den, int)
    assert scale % total.den == 0
    return total.num * (scale // total.den)


def _last(stars: Numbers) -> Ints:
    found = stars.low.num
    if stars.state is None:
        return np.asarray(found, np.int64)
    other = np.where(stars.state == NONE, grading.LAST_NONE, grading.LAST_UNKNOWN)
    return np.where(stars.state == HELD, found, other)
