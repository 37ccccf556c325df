"""Several rulebooks in turn: what one leaves, part by part, for those that run after it.

As in an ordinary review (`reviewing/evaluations.py`): flags that one proposes are known to those
after it, and so are its totals and stars where a measure reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from starrating.batch.ground import Ground
from starrating.batch.members import Roster
from starrating.batch.outcome import Base, StarColumns
from starrating.batch.steps import Waiting
from starrating.engine.elsewhere import Figures
from starrating.engine.flag_sets import Flags
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.scored import Scored
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.people.part import Decisions
from starrating.engine.setting import Previous
from starrating.engine.values import NONE, Interval, Value
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.reviewing.codes import CODES, TWICE
from starrating.reviewing.known import known_before
from starrating.rulebook.model import Rulebook

_NOBODY = Decisions()
"""A batch takes no decisions of people; those of earlier archives are in what they confirmed."""


@dataclass(frozen=True, eq=False)
class Left:
    """What the rulebooks so far leave of a part: flags by code, of those who have any; figures by
    rulebook and code; `graded` are those who surely have stars by one of them."""

    flags: Mapping[str, Flags] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    graded: frozenset[str] = frozenset()

    def known(self, previous: Previous) -> dict[str, Flags]:
        """The flags that stand before the next rulebook, of those who have any."""
        codes = sorted({*self.flags, *previous.flags})
        return {code: known_before(code, _NOBODY, previous, self.flags) for code in codes}


def left_after(
    left: Left,
    book: Rulebook,
    waiting: Waiting,
    flags: FlagColumns,
    stars: StarColumns | None,
    later: Sequence[Rulebook],
) -> Left:
    """What is left after one more rulebook; `later` are those still to come."""
    base = waiting.base
    codes: list[str] = base.roster.codes.to_pylist()
    masks = [mask for kind in flags.kinds() for mask in kind.values()]
    some = np.logical_or.reduce(masks) if masks else np.zeros(len(codes), np.bool_)
    own = {codes[place]: flags.at(place) for place in np.flatnonzero(some).tolist()}
    figures = dict(left.figures)
    if any(book.id in _read(each) for each in later):
        figures[book.id] = _figures(codes, base, stars)
    return Left({**left.flags, **own}, figures, left.graded | waiting.graded)


def reads_results(book: Rulebook) -> bool:
    """Whether a measure reads what another rulebook of the review gave."""
    return bool(_read(book))


def _read(book: Rulebook) -> set[str]:
    below = (measure.subordinates for measure in book.measures.values())
    return {str(each.rulebook) for each in below if each is not None and each.rulebook is not None}


def _figures(codes: Sequence[str], base: Base, stars: StarColumns | None) -> dict[str, Figures]:
    found = {}
    for place, code in enumerate(codes):
        value = decoded(base.total, place)
        assert isinstance(value, Interval)
        star: Value = NONE
        if stars is not None and base.rated[place]:
            star = Interval(Fraction(int(stars.low[place])), Fraction(int(stars.high[place])))
        found[code] = Figures(value, star)
    return found


def united(parts: Iterable[Left]) -> dict[str, dict[str, Figures]]:
    """The figures of all parts, by rulebook and code."""
    found: dict[str, dict[str, Figures]] = {}
    for part in parts:
        for book, figures in part.figures.items():
            found.setdefault(book, {}).update(figures)
    return found


def graded_surely(ground: Ground, columns: Scored) -> frozenset[str]:
    """Who surely gets stars, where more than one rulebook gives any."""
    book = columns.setting.book
    if not book.stars or sum(bool(each.book.stars) for each in ground.settings) < 2:
        return frozenset()
    where, codes = book.subjects.where, columns.codes
    if where is None:
        return frozenset(codes)
    sure = judge(where, columns.scores.ground).sure
    return frozenset(codes[place] for place in np.flatnonzero(sure).tolist())


def graded_twice(
    ground: Ground, book: int, left: Left, roster: Roster, graded: frozenset[str]
) -> tuple[Fault, ...]:
    """R503 where organisations of a part have stars by a rulebook before."""
    both = left.graded & graded
    if not both:
        return ()
    codes, names = roster.codes.to_pylist(), roster.names.to_pylist()
    again = [name for code, name in zip(codes, names, strict=True) if code in both]
    first = next(each.book for each in ground.settings if each.book.stars)
    second = ground.settings[book].book
    return (
        CODES.fault(
            TWICE, Origin(ground.chosen[book].path), first=first.reference,
            second=second.reference, name=again[0], count=len(again),
        ),
    )  # fmt: skip
