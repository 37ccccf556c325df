"""The grade of one subject with its way, made from the columns when somebody reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from starrating.engine.grading.model import NO_STAR, Grade, Plain, Step, StepKind
from starrating.engine.kernel.grading.columns import (
    LAST_NONE,
    LAST_NOT_RATED,
    LAST_UNKNOWN,
)
from starrating.engine.kernel.grading.grades import STATES, Grades
from starrating.engine.kernel.grading.passages import Passages

_LAST_WORDS = {LAST_NONE: "none", LAST_NOT_RATED: "not_rated"}


@dataclass(frozen=True)
class GradeReader:
    """Reads single grades out of the columns; `codes` are the subjects', `scale` the whole number
    that one point is in totals and edges."""

    grades: Grades
    codes: Sequence[str]
    scale: int

    def grade(self, subject: int) -> Grade:
        """The grade of one subject, as `engine.grading` tells it."""
        grades, code = self.grades, self.codes[subject]
        if not grades.candidates.rated[subject]:
            return Grade(code, None, None, None, None, "not_rated", False, (), {})
        return Grade(
            code,
            int(grades.band[subject]),
            int(grades.star[subject]),
            int(grades.star_low[subject]),
            int(grades.star_high[subject]),
            STATES[int(grades.state[subject])],
            bool(grades.recommended[subject]),
            tuple(self.steps(subject)),
            self.reasons(subject),
        )

    def reasons(self, subject: int) -> dict[str, Plain]:
        """Why the star is not determined."""
        grades = self.grades
        found: dict[str, Plain] = {
            "ties": tuple(self._ties(subject)) if grades.tied[subject] else (),
            "others_tie": bool(grades.others_tie[subject]),
            "proposal": bool(grades.proposal[subject]),
            "facts": bool(grades.facts[subject]),
            "progress_run": grades.progress_run,
            "inexact": bool(grades.inexact[subject]),
        }
        return {name: reason for name, reason in found.items() if reason}

    def steps(self, subject: int) -> Iterator[Step]:
        """The way to the star in the shown reading."""
        yield from self._band(subject)
        yield from self._moves(subject)
        yield from self._limits(subject)
        yield from self._quotas(subject)

    # --- steps 10 and 11 ---------------------------------------------------------------------

    def _star(self, rung: int) -> int:
        return int(self.grades.ladder.star_of[rung])

    def _points(self, number: int) -> Fraction:
        return Fraction(int(number), self.scale)

    def _band(self, subject: int) -> Iterator[Step]:
        ladder, climbs = self.grades.ladder, self.grades.shown.climbs
        standings = self.grades.candidates.shown
        reached, met = int(climbs.edge[subject]), int(climbs.band[subject])
        detail: dict[str, Plain] = {"total": self._points(standings.total[subject])}
        if climbs.granted[subject]:
            detail["direct"] = int(standings.direct[subject])
        if reached < ladder.size:
            detail["edge"] = self._points(ladder.edges[reached])
        if reached > 0:
            detail["next_star"] = ladder.stars[reached - 1]
            detail["next_edge"] = self._points(ladder.edges[reached - 1])
        yield Step("band", None, self._star(reached), detail)
        for rung in range(reached, met):
            yield Step("requires", self._star(rung), self._star(rung + 1))

    def _moves(self, subject: int) -> Iterator[Step]:
        grades = self.grades
        moves, climbs = grades.ladder.moves, grades.shown.climbs
        if moves.rise_at_most is None and moves.fall_at_most is None:
            return
        band = self._star(climbs.band[subject])
        last, taken = int(grades.candidates.shown.last[subject]), int(climbs.taken[subject])
        if taken < 0:
            yield Step("move", band, band, {"limit": "none", "last": _LAST_WORDS[last]})
            return
        told: dict[str, Plain] = {"last": taken}
        if last == LAST_UNKNOWN:
            told = {"last": "unknown", "taken_as": taken}
        limited = self._star(climbs.limited[subject])
        if grades.candidates.shown.unless[subject]:
            if limited != band:
                yield Step("move", band, band, {"limit": "unless", **told})
            return
        risen = self._star(climbs.risen[subject])
        if risen != band:
            detail = {"limit": "rise", "at_most": moves.rise_at_most, **told}
            yield Step("move", band, risen, detail)
        if limited != risen:
            detail = {"limit": "fall", "at_most": moves.fall_at_most, **told}
            yield Step("move", risen, limited, detail)

    def _limits(self, subject: int) -> Iterator[Step]:
        standings, climbs = self.grades.candidates.shown, self.grades.shown.climbs
        moved, capped = self._star(climbs.moved[subject]), self._star(climbs.capped[subject])
        if moved != capped:
            yield Step("cap", moved, capped, {"cap": int(standings.cap[subject])})
        if standings.forbidden[subject]:
            yield Step("forbid", capped, NO_STAR)

    # --- step 12 -----------------------------------------------------------------------------

    def _passages(self, subject: int) -> Passages:
        passages = self.grades.shown.passages
        first, last = np.searchsorted(passages.subject, [subject, subject + 1])
        return passages.kept(np.arange(first, last))

    def _quotas(self, subject: int) -> Iterator[Step]:
        ladder, standings = self.grades.ladder, self.grades.candidates.shown
        own = self._passages(subject)
        for row in range(len(own)):
            rung = int(own.rung[row])
            after = int(standings.met[subject, rung + 1]) if own.falls[row] else rung
            facts = self._facts(own, row)
            if own.tied[row]:
                facts["tied"] = self._tied_codes(own, row)
            kind: StepKind = "tie" if own.tied[row] or own.settled[row] else "quota"
            yield Step(kind, self._star(rung), self._star(after), facts)
        rest = int(self.grades.shown.lowest[subject])
        quota = ladder.quotas[rest] if rest < ladder.size else None
        if quota is not None and not quota.applied:
            star = self._star(rest)
            yield Step("quota", star, star, {"star": star, "applied": False})

    def _facts(self, own: Passages, row: int) -> dict[str, Plain]:
        rung, group = int(own.rung[row]), int(own.group[row])
        quota = self.grades.ladder.quotas[rung]
        assert quota is not None
        facts: dict[str, Plain] = {
            "star": self._star(rung),
            "share": quota.share,
            "number": quota.number,
            "among": quota.among,
            "group": self._group(rung, group),
            "members": int(own.members[row]),
            "seats": int(own.seats[row]),
            "holders": _range(own.holders_low[row], own.holders_high[row]),
            "ahead": _range(own.ahead_low[row], own.ahead_high[row]),
            "on_tie": quota.on_tie,
        }
        if own.tied[row]:
            facts["open_seats"] = _range(own.room_low[row], own.room_high[row])
        return {name: fact for name, fact in facts.items() if fact is not None}

    def _group(self, rung: int, group: int) -> str | None:
        return self.grades.candidates.groups.names[rung][group]

    def _tied_codes(self, own: Passages, row: int) -> tuple[str, ...]:
        passages = self.grades.shown.passages
        here = passages.tied & (passages.rung == own.rung[row])
        here &= passages.group == own.group[row]
        return tuple(sorted(self.codes[each] for each in passages.subject[here].tolist()))

    def _ties(self, subject: int) -> Iterator[dict[str, Plain]]:
        own = self._passages(subject)
        for row in np.flatnonzero(own.tied).tolist():
            rung = int(own.rung[row])
            yield {
                "star": self._star(rung),
                "group": self._group(rung, int(own.group[row])),
                "seats": _range(own.room_low[row], own.room_high[row]),
                "codes": self._tied_codes(own, row),
            }


def _range(least: int, most: int) -> Plain:
    """A number, or (least, most) where the fillings differ."""
    return int(least) if least == most else (int(least), int(most))
