"""From totals and judgements to the grading layer: three readings of each subject (steps 10–12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from starrating.engine import grading
from starrating.engine.expressions.formulas import judge
from starrating.engine.flags import JudgedFacts
from starrating.engine.scoring.sections import SectionScore
from starrating.engine.setting import Setting
from starrating.engine.star_bands import bands
from starrating.engine.values import (
    NO,
    NONE,
    OPEN,
    YES,
    ZERO,
    Interval,
    Nothing,
    Unknown,
    Value,
    as_interval,
)
from starrating.number import added
from starrating.rulebook.expressions import Expr
from starrating.rulebook.fields import Reach
from starrating.rulebook.model import Star

if TYPE_CHECKING:
    from starrating.engine.evaluation import SubjectResult

World = Literal["shown", "low", "high"]
"""The three readings of a subject: as shown, facts low, facts high."""


class _Read(JudgedFacts):
    """One subject in one of its readings: total, sections and items at its ends."""

    def __init__(self, result: SubjectResult, world: World) -> None:
        subject, flags = result.facts.as_credit(), result.judged.flags
        super().__init__(subject, flags, as_confirmed=world == "low")
        self.result, self.world = result, world

    def end(self, score: Interval) -> Interval:
        """The end of a score that the reading takes."""
        end = score.high if self.world == "high" else score.low
        return score if end is None else Interval.at(end)

    def name(self, name: str) -> Value:
        """总分 and section titles, else the subject's own."""
        if name == "总分":
            return self.end(self.result.total.value)
        titled = (part for part in self.result.total.sections if part.section.title == name)
        section = next(titled, None)
        return super().name(name) if section is None else self.end(section.read)

    def item_score(self, item: str) -> Interval:
        """得分("…")."""
        return self.end(self.result.item_scores[item])

    def holds(self, condition: Expr | None) -> bool:
        """A gate: what is open holds only where facts are taken high."""
        if condition is None:
            return True
        truth = judge(condition, self)
        return truth is YES or (self.world == "high" and truth is OPEN)


_LAST, _MOST = Fraction(-(10**18)), Fraction(10**18)
"""Less, and more, than any number that the rules can come to."""


def grade_all(
    setting: Setting, results: Sequence[SubjectResult], held: Mapping[str, int] | None = None
) -> Mapping[str, grading.Grade]:
    """Grade all subjects of one rulebook.

    `held` are stars that people decided: those subjects hold them before all others, so that the
    grades of the rest tell who then wins or loses a place (step 16).
    """
    rules = setting.book.moves
    moves = grading.Moves(rules.rise_at_most, rules.fall_at_most) if rules else None
    candidates = [_candidate(setting, result) for result in results]
    candidates = [_holding(each, (held or {}).get(each.code)) for each in candidates]
    grades = setting.grader(candidates, bands(setting), moves, progress_run=setting.progress_run)
    return {grade.code: grade for grade in grades}


def _candidate(setting: Setting, result: SubjectResult) -> grading.Candidate:
    low, high = result.total.value.low, result.total.value.high
    assert low is not None
    assert high is not None
    return grading.Candidate(
        result.code,
        result.scope.rated,
        tuple(_group(result, star) for star in setting.book.bands()),
        shown=_standing(setting, result, "shown", result.shown_total),
        low=_standing(setting, result, "low", low),
        high=_standing(setting, result, "high", high),
    )


def _holding(candidate: grading.Candidate, star: int | None) -> grading.Candidate:
    """The candidate as one who has this star already and stands first for its seat."""
    if star is None:
        return candidate

    def holding(standing: grading.Standing) -> grading.Standing:
        return replace(
            standing,
            total=_MOST,
            requires=tuple(True for _ in standing.requires),
            figure=None,
            direct=None,
            unless=True,
            cap=star,
            forbidden=star == grading.NO_STAR,
        )

    shown, low, high = (holding(s) for s in (candidate.shown, candidate.low, candidate.high))
    return replace(candidate, rated=True, shown=shown, low=low, high=high)


def band_of(setting: Setting, result: SubjectResult) -> int:
    """The band that the shown total reaches (step 10); 0 below the lowest. For the unrated too."""
    standing = _standing(setting, result, "shown", result.shown_total)
    figure = standing.total if standing.figure is None else standing.figure
    rungs = zip(bands(setting), standing.requires, strict=True)
    reached = (
        band.star
        for band, requires in rungs
        if requires and (figure >= band.edge or (standing.direct or 0) >= band.star)
    )
    return next(reached, grading.NO_STAR)


def _group(result: SubjectResult, star: Star) -> str | None:
    """The quota group of a star that the subject belongs to."""
    return _named(result, star.at_most.among) if star.at_most is not None else None


def _named(result: SubjectResult, column: str | None) -> str | None:
    if column is None:
        return None
    value = result.facts.name(column)
    return value if isinstance(value, str) else ""


def _standing(
    setting: Setting, result: SubjectResult, world: World, total: Fraction
) -> grading.Standing:
    book, stars = setting.book, setting.book.bands()
    acting = [j.then for j in book.judgements if j.id in result.judged.first.effects[world]]
    read = _Read(result, world)
    caps = [then.star_at_most for then in acting if then.star_at_most is not None]
    unless = book.moves.unless if book.moves else None
    return grading.Standing(
        total=total,
        requires=tuple(_required(read, star) for star in stars),
        quota_member=tuple(_member(read, star) for star in stars),
        tie_break=tuple(_tie_break(read, star) for star in stars),
        last=_last(result.last),
        cap=min(caps) if caps else None,
        forbidden=any(then.star == "none" for then in acting),
        unless=unless is not None and read.holds(unless),
        figure=_sections_reached(setting, read),
        direct=max((s.star for s in stars if _granted(read, s)), default=None),
    )


def _granted(read: _Read, star: Star) -> bool:
    """Whether a condition gives the star directly, whatever the points."""
    return star.if_ is not None and read.holds(star.if_)


def _required(read: _Read, star: Star) -> bool:
    """`requires`, the mark for each section (but where the star is granted whatever the points),
    and the condition of a star that only it gives. Each is read, whatever the others say."""
    held = read.holds(star.requires)
    granted = _granted(read, star)
    only_granted = star.from_ is None and not granted
    marked = (
        granted
        or star.each_section is None
        or all(
            _reaches(read, part, part.score, star.each_section)
            for part in read.result.total.sections
            if part.section.kind == "base" and part.alive is not NO
        )
    )
    return not only_granted and marked and held


def _reaches(read: _Read, part: SectionScore, score: Interval, mark: Reach) -> bool:
    """Whether this score of a section reaches a mark, in points or as a share of its printed points."""
    points = part.section.points
    if points is None:
        points = added(item.points or ZERO for item in part.section.items)
    return read.end(score).number >= (mark.number * points if mark.share else mark.number)


def _sections_reached(setting: Setting, read: _Read) -> Fraction | None:
    """How many base sections reach the mark, where each of them gives a star."""
    rule = setting.book.one_per_section
    if rule is None:
        return None
    base = (part for part in read.result.total.sections if part.section.kind == "base")
    return Fraction(sum(_reaches(read, part, part.read, rule.from_) for part in base))


def _member(read: _Read, star: Star) -> bool:
    """Whether the subject counts in the quota's `of`, by default the rated ones."""
    if star.at_most is None or star.at_most.of is None:
        return read.result.scope.rated
    return read.holds(star.at_most.of)


def _tie_break(read: _Read, star: Star) -> tuple[Fraction, ...]:
    """The measures that break a tie, high first; what is not known comes last."""
    if star.at_most is None or isinstance(star.at_most.on_tie, str):
        return ()
    return tuple(_figure(read, name) for name in star.at_most.on_tie)


def _figure(read: _Read, name: str) -> Fraction:
    number = as_interval(read.result.facts.name(name))
    if not isinstance(number, Interval):
        return _LAST
    end = number.high if read.world == "high" else number.low
    return end if end is not None else _LAST


def _last(last: Interval | Nothing | Unknown) -> grading.LastStar:
    if last is NONE:
        return grading.LastStar.NONE
    if isinstance(last, Interval):
        return grading.LastStar(int(last.number))
    return grading.LastStar.UNKNOWN


def lagging_codes(setting: Setting, results: Sequence[SubjectResult]) -> frozenset[str]:
    """The 倒排建议 of all lagging rules: never changes a star (step 12).

    Whom a rule looks at is asked of the unrated too, as gates of stars are, for the faults of
    what it reads are told of everybody.
    """
    found: frozenset[str] = frozenset()
    for rule in setting.book.lagging:
        placings = [
            grading.Placing(result.code, result.shown_total, _named(result, rule.among))
            for result in results
            if _listed(result, rule.where) and result.scope.rated
        ]
        found |= grading.lagging(placings, rule.at_least)
    return found


def _listed(result: SubjectResult, condition: Expr | None) -> bool:
    """Whether a subject is among those that a lagging rule looks at; open counts as yes."""
    if condition is None:
        return True
    flags, scores = result.judged.flags, result.item_scores
    return judge(condition, JudgedFacts(result.facts, flags, result.later, scores)) is not NO
