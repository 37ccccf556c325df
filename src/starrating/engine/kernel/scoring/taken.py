"""Items and effects of some of the subjects, in another order if asked for; items one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from starrating.engine.kernel.arrays import Exact, Ints, Numbers, Truths
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns, Scored
from starrating.engine.kernel.scoring.steps import Slot, Way
from starrating.engine.kernel.values.alike import gathered
from starrating.engine.kernel.values.exact import joined

_T = TypeVar("_T")

_COLUMNS = (Effect, ItemColumns, Scored, Slot, Way)


def taken(columns: _T, at: Ints | None) -> _T:
    """The columns of the subjects at these places (None: as they are); what does not differ by
    subject stays."""
    return columns if at is None else _taken(columns, at)


def _taken(value: Any, at: Ints) -> Any:
    if isinstance(value, (Exact, Numbers, Truths)):
        return value.take(at)
    if isinstance(value, np.ndarray):
        return gathered(value, at)
    if isinstance(value, tuple):
        return tuple(_taken(each, at) for each in value)
    if isinstance(value, _COLUMNS):
        return replace(value, **{f.name: _taken(getattr(value, f.name), at) for f in fields(value)})
    return value


def one_after_another(items: Sequence[ItemColumns]) -> ItemColumns:
    """Several states of one item as one of as many subjects, for what its section reads of it:
    the readings and the state of the first stand for all."""
    first = items[0]
    return replace(
        first,
        reading=np.concatenate([each.reading for each in items]),
        state=np.concatenate([each.state for each in items]),
        points=joined([each.points for each in items]),
        applies=_truths([each.applies for each in items]),
        inside=_numbers([each.inside for each in items]),
        score=_numbers([each.score for each in items]),
        zero=None,
        base=np.concatenate([each.base for each in items]),
        on_section=np.concatenate([each.on_section for each in items]),
        gone=np.concatenate([each.gone for each in items]),
    )


def _truths(parts: Sequence[Truths]) -> Truths:
    sure = np.concatenate([each.sure for each in parts])
    if all(each.closed for each in parts):
        return Truths.known(sure)
    return Truths(sure, np.concatenate([each.may for each in parts]))


def _numbers(parts: Sequence[Numbers]) -> Numbers:
    """Scores: they have both ends."""
    low = joined([each.low for each in parts])
    if all(each.low is each.high for each in parts):
        return Numbers.known(low)
    return Numbers.between(low, joined([each.high for each in parts]))
