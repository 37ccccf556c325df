"""Subjects of one profile under an item: alike in all that is told of it but the cells.

A profile is a whole number: equal numbers mean equal steps, effects, states and units that lack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.arrays import Exact, Ints, Numbers, Truths
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns
from starrating.engine.readout.cells import CellColumn, together
from starrating.engine.readout.sources import Sources, single_effects

_FULL = 1 << 40
"""Before so many combinations codes are made dense again."""


@dataclass(frozen=True, eq=False)
class Profile:
    """One item of all subjects: `code` is each subject's profile, -1 where its story is its own;
    `cells` are the cells by reading and clause."""

    code: Ints
    cells: dict[tuple[int, str], CellColumn]


def profile_of(sources: Sources, before: ItemColumns, final: ItemColumns) -> Profile:
    """The profiles of one item; `before` stands before judgements set it to 0, `final` after."""
    n = len(before.reading)
    codes, cells = _Codes(n), dict[tuple[int, str], CellColumn]()
    plain = before.reading >= 0
    codes.add(before.reading, *_item(before), *_item(final))
    for number, reading in enumerate(before.readings):
        own = before.reading == number
        codes.add(reading.gone)
        for way in (reading.low,) if reading.low is reading.high else (reading.low, reading.high):
            for slot in way.slots:
                codes.add(slot.points, slot.there)
        for whole in reading.effects:
            for effect, settled_by in single_effects(whole):
                told = sources.told(reading.plan.item, effect, settled_by)
                plain = plain & (told.plain | ~own)
                codes.add(*_effect(effect), *told.lacking)
                cells[number, effect.number] = together(told.columns, n)
    return Profile(np.where(plain, codes.dense(), -1), cells)


_Part = Numbers | Truths | Exact | NDArray[np.generic] | None


def _item(item: ItemColumns) -> Iterable[_Part]:
    return (item.applies, item.inside, item.score, item.state, item.zero)


def _effect(effect: Effect) -> Iterable[_Part]:
    return (
        effect.applies, effect.when, effect.gain, effect.sets, effect.quantity, effect.choice,
    )  # fmt: skip


class _Codes:
    """One code a subject for all columns that were added."""

    def __init__(self, n: int) -> None:
        self._code: Ints = np.zeros(n, np.int64)
        self._count = 1

    def add(self, *parts: _Part) -> None:
        """Tell subjects apart by these columns."""
        for part in parts:
            for column in _arrays(part):
                self._split(column)

    def _split(self, column: NDArray[np.generic]) -> None:
        own, place = np.unique(column, return_inverse=True)
        if len(own) < 2:
            return
        if self._count * len(own) >= _FULL:
            self._code = self.dense()
        self._code = self._code * len(own) + place.reshape(-1)
        self._count *= len(own)

    def dense(self) -> Ints:
        """The codes from 0 on without gaps."""
        own, place = np.unique(self._code, return_inverse=True)
        self._count = max(len(own), 1)
        return np.asarray(place.reshape(-1), np.int64)


def _arrays(part: _Part) -> Iterable[NDArray[np.generic]]:
    """What a column is made of."""
    if part is None:
        return
    if isinstance(part, Numbers):
        yield from _arrays(part.low)
        yield from () if part.high is part.low else _arrays(part.high)
        yield from (each for each in (part.no_low, part.no_high, part.state) if each is not None)
    elif isinstance(part, Truths):
        yield part.sure
        yield part.may
    elif isinstance(part, Exact):
        yield part.num
        if not isinstance(part.den, int):
            yield part.den
    else:
        yield part
