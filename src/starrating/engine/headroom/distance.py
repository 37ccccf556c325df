"""How far one organisation is from the next star, and the fewest findings that reach it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from starrating.engine.expressions.formulas import Facts
from starrating.engine.headroom.remedies import Sheet, sheets
from starrating.engine.headroom.search import TooMany, Way, fewest, joined
from starrating.engine.scoring.sections import SectionScore, section_score
from starrating.engine.scoring.totals import put_together
from starrating.engine.values import YES, Interval, Truth
from starrating.number import added, to_decimal
from starrating.results.model import FindingRow, HeadroomRow, ItemRow, SubjectRow
from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.conditions import when
from starrating.rulebook.model import Rulebook, Section, Star

MAX_TOTALS = 3_000
"""How many totals of a `total:` expression are tried for one organisation."""
_NOT_REACHED = "所有扣分全部整改也达不到"
_NOT_TOLD = "总分不能只凭明细推算"
_WAY = frozenset(("requires", "cap", "move", "quota", "tie"))
"""Findings that kept a star although the points reach it."""


def headroom(
    book: Rulebook,
    subject: SubjectRow,
    items: Mapping[str, ItemRow],
    findings: Sequence[FindingRow],
) -> HeadroomRow | None:
    """How far the organisation is from the next star; None where there is no next star by points.

    `items` are its rows by item id and `findings` all its rows under this rulebook. `heal` is
    None where the rows do not tell the total again (a `total:` that reads measures, a judgement
    that zeroed it) or where all healing does not reach the edge. Fewest findings, then the fewest
    days until the last is done (the lengths of `rectification`), then the order of the items.
    """
    star = _next(book, subject)
    if star is None or star.from_ is None or subject.total_low is None:
        return None
    edge, stands = star.from_, Fraction(subject.total_low)
    told = _conditions(book, star, subject)
    if stands >= edge:
        told = tuple(row.text for row in findings if row.kind in _WAY) or told
    gap = max(edge - stands, Fraction(0))
    way, reached, names = None, None, dict[int, str]()
    if gap > 0:
        own = sheets(book, items, findings)
        way, reached, why = _Reach(book, own).to(stands, edge)
        names = {loss.place: loss.finding for sheet in own for loss in sheet.losses}
        told = (*((why,) if why else ()), *told)
    return HeadroomRow(
        rulebook=subject.rulebook,
        code=subject.code,
        star=star.star,
        edge=to_decimal(edge),
        gap=to_decimal(gap),
        heal=None if way is None else tuple(names[place] for place in way.picks),
        days=None if way is None else way.days,
        total=None if reached is None else to_decimal(reached, book.points.decimals),
        told=told,
    )


def _next(book: Rulebook, subject: SubjectRow) -> Star | None:
    """The star above the one shown."""
    if not subject.rated or not subject.star or book.one_per_section is not None:
        return None
    above = [star for star in book.stars if star.star > subject.star]
    return min(above, key=lambda star: star.star, default=None)


def _conditions(book: Rulebook, star: Star, subject: SubjectRow) -> tuple[str, ...]:
    """What the star asks beside its points."""
    told = []
    if star.requires is not None:
        told.append(f"另须{when(book, star.requires)}")
    if star.each_section is not None:
        told.append("另须各部分达到规定分数")
    if star.at_most is not None:
        told.append("另受名额限制")
    rise = book.moves.rise_at_most if book.moves is not None else None
    if rise is not None and subject.last_star and star.star > subject.last_star + rise:
        told.append(f"一年最多升{rise}星")
    return tuple(told)


class _Reach:
    """The sections and the total of one organisation under healing; each is computed once."""

    def __init__(self, book: Rulebook, all_sheets: list[Sheet]) -> None:
        self.book = book
        self.parts = [
            (section, [sheet for sheet in all_sheets if sheet.section is section])
            for section in book.sections
        ]
        self._sections: dict[tuple[str, frozenset[int]], SectionScore] = {}
        self._totals: dict[tuple[tuple[Interval, Truth], ...], Fraction] = {}

    def to(self, stands: Fraction, edge: Fraction) -> tuple[Way | None, Fraction | None, str]:
        """The best way to the edge and the total it leads to, or why there is none."""
        try:
            by_total = [] if self.book.total is None else self._every_way()
            if self._total([self._section(*part, frozenset()) for part in self.parts]) != stands:
                return None, None, _NOT_TOLD
            way = (
                self._by_sums(edge) if self.book.total is None else self._by_totals(by_total, edge)
            )
        except (TooMany, LookupError, TypeError, AssertionError):
            return None, None, _NOT_TOLD
        if way is None:
            return None, None, _NOT_REACHED
        return way, self._after(way), ""

    def _after(self, way: Way) -> Fraction:
        """The total once a way is healed."""
        picks = frozenset(way.picks)
        return self._total([self._section(*part, picks) for part in self.parts])

    def _total(self, sections: Sequence[SectionScore]) -> Fraction:
        """The total of these scores; LookupError where more than scores would have to be known."""
        key = tuple((part.score, part.alive) for part in sections)
        if key not in self._totals:
            total = put_together(self.book, tuple(sections), (), Facts()).value
            if not total.known:
                raise LookupError(total)
            self._totals[key] = total.number
        return self._totals[key]

    def _section(self, section: Section, own: list[Sheet], picks: frozenset[int]) -> SectionScore:
        picks &= {loss.place for sheet in own for loss in sheet.losses}
        key = (section.title, picks)
        if key not in self._sections:
            self._sections[key] = self._scored(section, own, picks)
        return self._sections[key]

    def _scored(self, section: Section, own: list[Sheet], picks: frozenset[int]) -> SectionScore:
        scored = []
        for sheet in own:
            chosen = [loss for loss in sheet.losses if loss.place in picks]
            score = sheet.healed(chosen) if chosen else sheet.score
            policy = sheet.item.not_applicable or self.book.defaults.not_applicable
            scored.append(sheet.scored(score, policy))
        return section_score(section, scored)

    def _ways(self, now: SectionScore, own: list[Sheet]) -> list[Way]:
        """The ways of healing a section, worth what its score gains."""
        found = []
        for way in joined([sheet.ways() for sheet in own]):
            healed = self._section(now.section, own, frozenset(way.picks))
            found.append(replace(way, worth=_gain(now, healed)))
        return found

    def _by_sums(self, edge: Fraction) -> Way | None:
        """Under the default total what the sections gain adds up, up to the last rounding."""
        sections = [self._section(*part, frozenset()) for part in self.parts]
        if any(part.alive is not YES for part in sections):
            raise TooMany
        stands = added(_counted(part) for part in sections)
        half = Fraction(1, 2 * 10**self.book.points.decimals)
        if self.book.total_cap is not None and self.book.total_cap < edge:
            return None
        parts = [
            ways
            for now, (section, own) in zip(sections, self.parts, strict=True)
            for ways in (
                [sheet.ways() for sheet in own] if _adds(section) else [self._ways(now, own)]
            )
        ]
        return fewest(parts, edge - half - stands)

    def _every_way(self) -> list[list[list[Way]]]:
        """The ways of healing each item, by section, where all of them together can be tried."""
        assert self.book.total is not None
        titles = {section.title for section in self.book.sections}
        if any(name.name not in titles for name in ex.names(self.book.total)):
            raise LookupError
        if prod(len(sheet.choices) for _, own in self.parts for sheet in own) > MAX_TOTALS:
            raise TooMany
        return [[sheet.ways() for sheet in own] for _, own in self.parts]

    def _by_totals(self, each: list[list[list[Way]]], edge: Fraction) -> Way | None:
        """Under a `total:` expression every way is put into it."""
        ways = joined([joined(part) for part in each])
        ways.sort(key=lambda way: (way.count, way.days, way.picks))
        return next((way for way in ways if self._after(way) >= edge), None)


def _adds(section: Section) -> bool:
    """Whether a section's score is no more than the sum of its items' scores."""
    limits = (section.cap, section.floor, section.scale_to, section.weight)
    plain = all(limit is None for limit in limits) and not section.clamp
    whole = all(item.points is not None for item in section.items) or section.kind != "base"
    stays = all(item.applies_when is None for item in section.items)
    return plain and whole and stays and section.kind != "deduction"


def _counted(part: SectionScore) -> Fraction:
    """A section as it counts in the default total."""
    return -part.score.number if part.section.kind == "deduction" else part.score.number


def _gain(now: SectionScore, healed: SectionScore) -> Fraction:
    """What the default total gains by a section."""
    gain = healed.score.number - now.score.number
    return -gain if now.section.kind == "deduction" else gain
