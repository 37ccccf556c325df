"""Grading written a second time, plainly, for independent reproduction (semantics.md steps 10–12).

It shares only the input types with `grading`: no rungs, paths or ledgers. Stars are sets picked
by their conditions; a quota's seats are filled in every way that nobody seated stands behind
somebody who is not; tied subjects with the same future are told apart by number only, so that
real groups can be enumerated. Where they can not, `Naive.skipped` names who was not checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Literal

from starrating.engine.grading import Band, Candidate, Grade, Moves, Standing, grade

MAX_FILLINGS = 20_000
"""Fillings that are gone through for one field of quotas that can touch each other."""

Held = dict[str, int]
Outcomes = dict[str, frozenset[int]]
Subjects = Mapping[str, tuple[Candidate, Standing]]
Reading = Literal["shown", "low", "high"]


class TooManyFillings(Exception):
    """The ways to fill the seats are too many to go through."""


@dataclass
class Naive:
    """A grader: its stars, spans, bands and states are the plain statement's, the steps that tell
    the way are `grading`'s. `skipped` gathers the codes whose quotas could not be enumerated.
    """

    skipped: set[str] = field(default_factory=set)

    def __call__(
        self,
        candidates: Sequence[Candidate],
        bands: Sequence[Band],
        moves: Moves | None = None,
        *,
        progress_run: bool = False,
    ) -> tuple[Grade, ...]:
        """Grade all candidates, in code order (see `grading.grade`)."""
        limits = moves or Moves()
        told = grade(candidates, bands, limits, progress_run=progress_run)
        by_code = {each.code: each for each in candidates if each.rated}
        spans = {way: self._spans(candidates, bands, limits, way) for way in _READINGS}
        return tuple(
            self._graded(each, by_code[each.code], bands, spans, progress_run=progress_run)
            if each.code in by_code
            else each
            for each in told
        )

    def _graded(
        self,
        told: Grade,
        candidate: Candidate,
        bands: Sequence[Band],
        spans: Mapping[Reading, Outcomes],
        *,
        progress_run: bool,
    ) -> Grade:
        found = [spans[way].get(told.code) for way in _READINGS]
        if any(each is None for each in found):
            self.skipped.add(told.code)
            return told
        shown, low, high = (each for each in found if each)
        least, most = min(*shown, *low, *high), max(*shown, *low, *high)
        if min(shown) < max(shown) or (min(low), max(low)) != (min(shown), max(shown)):
            state: Literal["undecided", "provisional", "determined"] = "undecided"
        else:
            state = "provisional" if least != most or progress_run else "determined"
        return replace(
            told,
            band=_reached(candidate.shown, bands),
            star=min(shown),
            star_low=least,
            star_high=most,
            state=state,
        )

    def _spans(
        self, candidates: Sequence[Candidate], bands: Sequence[Band], moves: Moves, way: Reading
    ) -> Outcomes:
        """What each rated subject may come to in one reading; those skipped are left out."""
        subjects = {each.code: (each, _reading(each, way)) for each in candidates}
        held = {
            code: _held(standing, bands, moves, best=way == "high")
            for code, (candidate, standing) in subjects.items()
            if candidate.rated
        }
        members = Counter(
            (rung, candidate.group[rung])
            for candidate, standing in subjects.values()
            for rung, counts in enumerate(standing.quota_member)
            if counts
        )
        found: Outcomes = {}
        for part in _parts(held, subjects, bands):
            try:
                found.update(_Fillings(subjects, bands, members).outcomes(part))
            except (TooManyFillings, RecursionError):
                continue
        return found


_READINGS: tuple[Reading, ...] = ("shown", "low", "high")


def _reading(candidate: Candidate, way: Reading) -> Standing:
    standing: Standing = getattr(candidate, way)
    return standing


# --- steps 10 and 11: one subject alone ------------------------------------------------------------


def _reached(standing: Standing, bands: Sequence[Band]) -> int:
    """The highest star whose edge is reached (or that is granted) and whose `requires` holds."""
    figure = standing.total if standing.figure is None else standing.figure
    granted = 0 if standing.direct is None else standing.direct
    return max(
        (
            band.star
            for band, required in zip(bands, standing.requires, strict=True)
            if required and (figure >= band.edge or band.star <= granted)
        ),
        default=0,
    )


def _held(standing: Standing, bands: Sequence[Band], moves: Moves, *, best: bool) -> int:
    """The star before quotas; an unknown last star is any star of the bands."""
    if standing.forbidden:
        return 0
    lasts = [standing.last.star]
    if standing.last.state == "unknown":
        lasts = [band.star for band in bands]
    ways = [_capped(_moved(standing, bands, moves, last), standing, bands) for last in lasts]
    return max(ways) if best else min(ways)


def _moved(standing: Standing, bands: Sequence[Band], moves: Moves, last: int | None) -> int:
    star = _reached(standing, bands)
    if last is None or standing.unless:
        return star
    stars = {band.star: required for band, required in zip(bands, standing.requires, strict=True)}
    if moves.rise_at_most is not None and star > last + moves.rise_at_most:
        top = last + moves.rise_at_most
        star = max((each for each, met in stars.items() if met and each <= top), default=0)
    if moves.fall_at_most is not None and star < last - moves.fall_at_most:
        floor = last - moves.fall_at_most
        fair = [each for each in stars if floor <= each <= last]
        below = [each for each in stars if each < floor]
        star = max(star, min(fair) if fair else max(below, default=0))
    return star


def _capped(star: int, standing: Standing, bands: Sequence[Band]) -> int:
    if standing.cap is None or star <= standing.cap:
        return star
    return max((band.star for band in bands if band.star <= standing.cap), default=0)


def _sums(alike: Mapping[tuple[Fraction, ...], int]) -> Iterator[int]:
    """How many stand before each key, high keys first."""
    before = 0
    for key in sorted(alike, reverse=True):
        yield before
        before += alike[key]


# --- step 12: all subjects together ----------------------------------------------------------------


def _parts(held: Held, subjects: Subjects, bands: Sequence[Band]) -> Iterator[Held]:
    """The subjects parted where no quota can be shared."""
    root: dict[object, object] = {}

    def find(key: object) -> object:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for code, star in held.items():
        candidate, standing = subjects[code]
        for rung, band in enumerate(bands):
            comes = band.star == star or (band.star < star and standing.requires[rung])
            if comes and band.quota is not None and band.quota.applied:
                root[find((rung, candidate.group[rung]))] = find(code)
    parts: dict[object, Held] = {}
    for code, star in held.items():
        parts.setdefault(find(code), {})[code] = star
    yield from parts.values()


@dataclass
class _Fillings:
    """Goes through the fillings of one part."""

    subjects: Subjects
    bands: Sequence[Band]
    members: Mapping[tuple[int, str | None], int]
    left: int = field(default_factory=lambda: MAX_FILLINGS)

    def outcomes(self, held: Held) -> Outcomes:
        """Every star that each subject gets in some filling."""
        places = sorted(
            {
                (rung, self.subjects[code][0].group[rung])
                for rung, band in enumerate(self.bands)
                if band.quota is not None and band.quota.applied
                for code in held
            },
            key=lambda place: (place[0], place[1] is not None, place[1] or ""),
        )
        return self._settle(places, held)

    def _settle(self, places: list[tuple[int, str | None]], held: Held) -> Outcomes:
        """Fill the contests in turn; a tie over the edge is filled in every way."""
        held = dict(held)
        for at, (rung, group) in enumerate(places):
            star = self.bands[rung].star
            there = [
                code
                for code, own in held.items()
                if own == star and self.subjects[code][0].group[rung] == group
            ]
            out, tied, open_seats = self._seated(there, rung, self._seats(rung, group))
            held.update((code, self._next(code, rung)) for code in out)
            if tied:
                return self._every_way(places[at + 1 :], held, rung, (tied, open_seats))
        return {code: frozenset((star,)) for code, star in held.items()}

    def _seats(self, rung: int, group: str | None) -> int:
        quota = self.bands[rung].quota
        assert quota is not None
        limits = [] if quota.share is None else [int(quota.share * self.members[rung, group])]
        return min(limits if quota.number is None else [*limits, quota.number])

    def _seated(self, there: list[str], rung: int, seats: int) -> tuple[list[str], list[str], int]:
        """Who is out for sure, who is tied over the edge, and how many seats the tied share."""
        quota = self.bands[rung].quota
        assert quota is not None
        key = {code: self._key(code, rung) for code in there}
        alike = Counter(key.values())
        better = dict(zip(sorted(alike, reverse=True), _sums(alike), strict=True))
        ahead = {code: better[key[code]] for code in there}
        level = {code: better[key[code]] + alike[key[code]] for code in there}
        if quota.on_tie == "include":
            return [code for code in there if ahead[code] >= seats], [], 0
        if quota.on_tie == "exclude":
            return [code for code in there if level[code] > seats], [], 0
        tied = [code for code in there if ahead[code] < seats < level[code]]
        out = [code for code in there if ahead[code] >= seats]
        return out, tied, seats - ahead[tied[0]] if tied else 0

    def _key(self, code: str, rung: int) -> tuple[Fraction, ...]:
        standing, quota = self.subjects[code][1], self.bands[rung].quota
        assert quota is not None
        broken = standing.tie_break[rung] if isinstance(quota.on_tie, tuple) else ()
        return (standing.total, *broken)

    def _next(self, code: str, rung: int) -> int:
        """The next star down whose `requires` holds."""
        standing = self.subjects[code][1]
        lower = range(rung + 1, len(self.bands))
        return max((self.bands[i].star for i in lower if standing.requires[i]), default=0)

    def _every_way(
        self,
        places: list[tuple[int, str | None]],
        held: Held,
        rung: int,
        tie: tuple[list[str], int],
    ) -> Outcomes:
        """All ways to give the open seats to the tied, alike ones told apart by number only."""
        tied, open_seats = tie
        alike: dict[object, list[str]] = {}
        for code in sorted(tied):
            alike.setdefault(self._future(code, rung), []).append(code)
        kinds = list(alike.values())
        found: dict[str, set[int]] = {code: set() for code in held}
        losing = len(tied) - open_seats
        for counts in product(*(range(min(len(kind), losing) + 1) for kind in kinds)):
            if sum(counts) != losing:
                continue
            self.left -= 1
            if self.left < 0:
                raise TooManyFillings
            after = dict(held)
            for kind, count in zip(kinds, counts, strict=True):
                after.update((code, self._next(code, rung)) for code in kind[:count])
            ends = self._settle(places, after)
            for kind in kinds:
                together = frozenset[int]().union(*(ends[code] for code in kind))
                ends.update(dict.fromkeys(kind, together))
            for code, stars in ends.items():
                found[code] |= stars
        return {code: frozenset(stars) for code, stars in found.items()}

    def _future(self, code: str, rung: int) -> object:
        """All that decides what becomes of a subject below a rung."""
        candidate, standing = self.subjects[code]
        below = slice(rung + 1, None)
        return (
            standing.total,
            standing.requires[below],
            candidate.group[below],
            standing.tie_break[below],
        )
