"""How heavily a judgement weighs: more effect is stricter (semantics.md step 9)."""

from __future__ import annotations

from starrating.rulebook.layers.measures import field, unwritten
from starrating.rulebook.layers.movement import DOWN, MIXED, SAME, UP, Cause, Movement, number, span
from starrating.rulebook.model import Effect, Judgement

_WEIGHED = frozenset(("star_at_most", "star", "within", "score", "total", "deny", "origin"))


def effect(before: Judgement, after: Judgement) -> Movement:
    """How the effect moves: UP weighs more."""
    one, other = before.then, after.then
    moved = field(one, other, "star_at_most", _cap(one, other))
    moved &= field(one, other, "star", _given(one.star, other.star))
    moved &= field(one, other, "score", _given(one.score, other.score))
    moved &= field(one, other, "total", _given(one.total, other.total))
    moved &= field(one, other, "deny", _given(one.deny, other.deny))
    moved &= field(one, other, "within", _within(one, other))
    return moved & unwritten(one, other, _WEIGHED)


def _cap(before: Effect, after: Effect) -> Movement:
    if after.star is not None and before.star_at_most != after.star_at_most:
        return UP if before.star is None else SAME
    return -number(before.star_at_most, after.star_at_most, none=1)


def _given(before: object, after: object) -> Movement:
    if before == after:
        return SAME
    if before is None:
        return UP
    return DOWN if after is None else MIXED


def _within(before: Effect, after: Effect) -> Movement:
    if before.within is None or after.within is None:
        return SAME if before.within == after.within else UP if before.within is None else DOWN
    return -span(before.within, after.within)


def added(judgement: Judgement) -> Cause:
    """A judgement that the lower layer adds."""
    return Cause(None, judgement.origin, "", f"增加了判定 {judgement.id}")


def only_weighs(judgement: Judgement, *, total_floor: bool) -> bool:
    """Whether an added judgement can only make a result worse: points go to 0, never to more."""
    then = judgement.then
    zero = then.score in (None, 0) and then.total in (None, 0)
    return zero and not (then.total is not None and total_floor)
