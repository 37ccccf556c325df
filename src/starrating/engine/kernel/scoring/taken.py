"""Items and effects of some of the subjects, in another order if asked for."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from starrating.engine.kernel.arrays import Exact, Ints, Numbers, Truths
from starrating.engine.kernel.exact import gathered
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.items import ItemColumns, Scored
from starrating.engine.kernel.scoring.steps import Slot, Way

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
