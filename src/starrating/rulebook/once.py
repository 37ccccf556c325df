"""What is told of a part of the rules is found once: a rulebook is asked the same for every
organisation, a condition for every row of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

KEPT = 10_000
"""How many parts are remembered; then all are forgotten and found again."""

_Part = TypeVar("_Part")
_Told = TypeVar("_Told")


def once(told: Callable[[_Part], _Told]) -> Callable[[_Part], _Told]:
    """`told`, kept with the identity of the part: equal parts in different places are two."""
    known: dict[int, tuple[_Part, _Told]] = {}

    @wraps(told)
    def of(part: _Part) -> _Told:
        found = known.get(id(part))
        if found is None or found[0] is not part:
            if len(known) >= KEPT:
                known.clear()
            found = known[id(part)] = (part, told(part))
        return found[1]

    return of
