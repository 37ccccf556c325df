"""What the kernel found of a part, as tables of Arrow: subjects, findings, flags.

Scores are exact decimals. Findings hold codes, not sentences: item, clause, kind, points (facts
low); a sentence is made when somebody reads the organisation (`reading.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from starrating.batch.arrow import coded, decimals, plain, table
from starrating.batch.members import Roster
from starrating.engine.flag_sets import DECIDED
from starrating.engine.kernel.arrays import Bools, Exact, Ints, Numbers, all_of
from starrating.engine.kernel.finishing import Stars
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.grading.grades import NOT_RATED, STATES, Grades
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.scored import Scored
from starrating.engine.kernel.scoring.items import NOT_APPLICABLE, ItemColumns
from starrating.engine.kernel.scoring.plan import Role
from starrating.rulebook.model import Judgement

DECIMALS = 4
"""Digits of item and finding scores."""


@dataclass(frozen=True, eq=False)
class Base:
    """The organisations of a part and their totals, in code order."""

    rulebook: str
    roster: Roster
    rated: Bools
    total: Numbers
    decimals: int

    @staticmethod
    def of(columns: Scored, roster: Roster, decimals: int) -> Base:
        """From what was scored, its organisations, and the digits that totals are written with."""
        book, scores = columns.setting.book, columns.scores
        total = scores.total.value
        return Base(book.id, roster, scores.rated, total, decimals)


@dataclass(frozen=True, eq=False)
class StarColumns:
    """What grading found of organisations."""

    band: Ints
    low: Ints
    high: Ints
    star: Ints
    state: Ints
    recommended: Bools

    @staticmethod
    def of(grades: Grades) -> StarColumns:
        """The columns of grades."""
        return StarColumns(
            grades.band, grades.star_low, grades.star_high, grades.star, grades.state,
            np.asarray(grades.recommended),
        )  # fmt: skip

    def take(self, index: slice) -> StarColumns:
        """The organisations of these places."""
        return StarColumns(*(getattr(self, each.name)[index] for each in fields(self)))

    @property
    def span(self) -> Stars:
        """The span that later conditions read."""
        return Stars(self.low, self.high)


def subjects_table(base: Base, stars: StarColumns | None, lagging: Bools) -> pa.Table:
    """subjects: a row for each organisation in scope, in code order."""
    gone, digits = ~base.rated, base.decimals
    found: dict[str, pa.Array] = {
        "rulebook": _same(base.rulebook, len(gone)),
        "code": base.roster.codes,
        "name": base.roster.names,
        "rated": plain(base.rated),
        "total_low": decimals(_scaled(base.total.low, digits), digits),
        "total_high": decimals(_scaled(base.total.high, digits), digits),
    }
    if stars is not None:
        found["band"] = _stars(stars.band, gone)
        found["star_low"] = _stars(stars.low, gone)
        found["star_high"] = _stars(stars.high, gone)
        found["star"] = _stars(stars.star, gone)
        found["state"] = coded(np.where(gone, NOT_RATED, stars.state), STATES)
        found["recommended"] = plain(stars.recommended & ~gone)
    found["lagging"] = plain(lagging)
    return pa.table(found)


def findings_table(columns: Scored, roster: Roster) -> pa.Table:
    """findings: every step of the items that took or gave points, by item, then by organisation.

    The full points of an item (`base`) are left out: the sheet says them.
    """
    items = [each.placed.item.id for each in columns.scores.items]
    clauses: dict[str, int] = {}
    kinds: dict[str, int] = {}
    steps: list[tuple[int, int, int]] = []
    found: list[tuple[Ints, Ints]] = []
    for number, item in enumerate(columns.scores.items):
        for kind, clause, moved, there in _steps(item):
            if moved.bound == 0:
                continue
            moves = moved.anywhere()
            place = np.flatnonzero(moves if there is None else there & moves)
            scaled = _scaled(moved.take(place), DECIMALS)
            # Only what is rounded may come to nothing.
            if not moved.writes(DECIMALS) and not scaled.all():
                place, scaled = place[scaled != 0], scaled[scaled != 0]
            if not len(place):
                continue
            clause_code = clauses.setdefault(clause, len(clauses))
            steps.append((number, clause_code, kinds.setdefault(kind, len(kinds))))
            found.append((place, scaled))
    counts = [len(place) for place, _ in found]
    subjects, points = _joined(found, sum(counts))
    told = np.array(steps, np.int32).reshape(-1, 3)
    item_code, clause_code_, kind_code = (np.repeat(own, counts) for own in told.T)
    return table(
        {
            "rulebook": _same(columns.setting.book.id, len(item_code)),
            "code": coded(subjects, roster.codes),
            "item": coded(item_code, items),
            "clause": coded(clause_code_, list(clauses)),
            "kind": coded(kind_code, list(kinds)),
            "points": decimals(points, DECIMALS),
        }
    )


def _joined(found: Sequence[tuple[Ints, Ints]], size: int) -> tuple[NDArray[np.int32], Ints]:
    """The places and points of all steps, one after the other."""
    subjects, points = np.empty(size, np.int32), np.empty(size, np.int64)
    end = 0
    for place, own in found:
        begin, end = end, end + len(place)
        subjects[begin:end], points[begin:end] = place, own
    return subjects, points


def _steps(item: ItemColumns) -> Iterator[tuple[str, str, Exact, Bools | None]]:
    """The slots of the reading that each organisation has, facts low."""
    several = len(item.readings) > 1
    for number, scored in enumerate(item.readings):
        own = item.reading == number if several else None
        away = scored.state == NOT_APPLICABLE
        leaves = not all_of(scored.applies.may) and bool(away.any())
        for slot in scored.low.slots:
            if slot.kind == "base":
                continue
            there = slot.there
            if own is not None:
                there = own if there is None else there & own
            if leaves:
                there = ~away if there is None else there & ~away
            clause = slot.effect.number if slot.effect is not None else ""
            yield slot.kind, clause, slot.points, there
        if leaves and scored.plan.role is Role.BASE:
            given = np.where(scored.gone, 0, 1)
            out = Exact.at(scored.out, len(away)) * Exact.whole(given)
            lost = out - Exact.at(scored.plan.points, len(away))
            yield "not_applicable", "", lost, away if own is None else away & own


def flags_table(
    base: Base, stages: Iterable[tuple[Iterable[Judgement], Outcomes]], flags: FlagColumns
) -> pa.Table:
    """flags: proposed, possible and confirmed ones, by judgement, then by organisation; then those
    that were confirmed though no judgement raised them."""
    raised: list[tuple[str, str, str]] = []
    subjects = [np.zeros(0, np.int64)]
    rest = dict(flags.confirmed)
    for judgement, sure, may in _flagging(stages):
        flag = str(judgement.then.flag)
        fired, confirmed = sure | may, flags.where(flags.confirmed, flag)
        if flag in rest:
            rest[flag] = rest[flag] & ~fired
        for state, mask in (
            ("confirmed", fired & confirmed),
            ("proposed", sure & ~confirmed),
            ("possible", may & ~sure & ~confirmed),
        ):
            subjects.append(np.flatnonzero(mask))
            raised.append((flag, judgement.then.case or judgement.id, state))
    for flag in sorted(rest):
        subjects.append(np.flatnonzero(rest[flag]))
        raised.append((flag, DECIDED, "confirmed"))
    counts = [len(each) for each in subjects[1:]]
    place = np.concatenate(subjects)
    found = {"rulebook": _same(base.rulebook, len(place))}
    found["code"] = coded(place, base.roster.codes)
    for number, name in enumerate(("flag", "case", "state")):
        words = [each[number] for each in raised]
        vocabulary = list(dict.fromkeys(words))
        codes = np.array([vocabulary.index(word) for word in words], np.int32)
        found[name] = coded(np.repeat(codes, counts), vocabulary)
    return table(found)


def _flagging(
    stages: Iterable[tuple[Iterable[Judgement], Outcomes]],
) -> Iterator[tuple[Judgement, Bools, Bools]]:
    """The judgements that raise a flag, where surely and where possibly."""
    for judgements, outcome in stages:
        for judgement in judgements:
            sure, may = (each.get(judgement.id) for each in (outcome.sure, outcome.possible))
            if judgement.then.flag is not None and sure is not None and may is not None:
                yield judgement, sure, may


# --- arrays ---------------------------------------------------------------------------------------


def _scaled(points: Exact, decimals: int) -> Ints:
    rounded = points.rounded(decimals)
    assert isinstance(rounded.den, int)
    return np.asarray(rounded.num * (10**decimals // rounded.den), np.int64)


def _stars(stars: Ints, gone: Bools) -> pa.Array:
    return plain(np.asarray(stars, np.int8), np.asarray(gone))


def _same(text: str, n: int) -> pa.Array:
    return coded(np.zeros(n, np.int32), [text])
