"""The arithmetic of an item that applies, in one reading (step 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from starrating.engine.scoring.effect import Effect
from starrating.engine.scoring.readings import Reading, Step, end_of, extreme, other, summed
from starrating.engine.scoring.roles import Placed, Role
from starrating.engine.values import OPEN, YES, ZERO
from starrating.number import added

Row = tuple[str, Fraction]
"""A clause's number, and what it adds."""


def inside_steps(placed: Placed, found: Sequence[Effect], reading: Reading) -> tuple[Step, ...]:
    """The steps from the printed points to the item's score.

    A `score: 0` is final: no other clause of the item acts. One whose condition is open acts in
    the reading that it serves.
    """
    finals = [effect for effect in found if effect.final and effect.applies]
    sure = next((effect for effect in finals if effect.when is YES), None)
    if sure is not None:
        return _stopped_by(sure, placed, found)
    ways = [_stopped_by(each, placed, found) for each in finals if each.when is OPEN]
    ways.append(_all_act(placed, found, reading))
    return extreme(reading, *(ways if reading == "low" else reversed(ways)))


def _stopped_by(final: Effect, placed: Placed, found: Sequence[Effect]) -> tuple[Step, ...]:
    """A final clause takes all that the item starts with; every other clause stops at 0."""
    begin = placed.start
    parts = (part for effect in found for part in effect.parts)
    taken = (Step("clause", part.number, -begin if part is final else ZERO) for part in parts)
    return (*_begin(placed, begin, None), *taken)


def _all_act(placed: Placed, found: Sequence[Effect], reading: Reading) -> tuple[Step, ...]:
    """Base, what every clause gives or takes, and the item's limits.

    An item of a deduction section counts points lost, so that its low reading is the least loss.
    """
    acting = [effect for effect in found if effect.applies]
    base, setter = _base(acting, placed.start, reading)
    steps = list(_begin(placed, base, setter))
    sign = -1 if placed.role is Role.DEDUCTION else 1
    gains = reading if sign > 0 else other(reading)
    for number, points in _taken((each for each in found if each.sets is None), gains):
        steps.append(Step("clause", number, sign * points))
    score = summed(steps)
    kept = score if placed.cap is None else min(score, placed.cap)
    kept = kept if placed.floor is None else max(kept, placed.floor)
    if kept != score:
        steps.append(Step("clamp", None, kept - score))
    return tuple(steps)


def _begin(placed: Placed, base: Fraction, setter: str | None) -> Iterator[Step]:
    """The printed points, and what is not earned of them before any clause adds or deducts."""
    if placed.role is Role.BASE:
        yield Step("base", None, placed.printed)
    if base != placed.printed:
        yield Step("not_earned", setter, base - placed.printed)


# --- the base -------------------------------------------------------------------------------------


def _base(
    acting: Sequence[Effect], begin: Fraction, reading: Reading
) -> tuple[Fraction, str | None]:
    """The base and the clause that set it: of several true setting clauses the lowest, else the
    start. An open one sets it in the reading that it serves."""
    setters = [effect for effect in acting if effect.sets is not None and not effect.final]
    sure = [_set_by(effect, reading) for effect in setters if effect.when is YES]
    maybe = [_set_by(effect, reading) for effect in setters if effect.when is OPEN]
    if sure and reading == "high":
        return min(sure, key=_points)
    unset = [] if sure else [(begin, None)]
    if reading == "low":
        return min((*sure, *maybe, *unset), key=_points)
    return max((*unset, *maybe), key=_points)


def _set_by(effect: Effect, reading: Reading) -> tuple[Fraction, str | None]:
    assert effect.sets is not None
    return end_of(effect.sets, reading), effect.number


def _points(option: tuple[Fraction, str | None]) -> Fraction:
    return option[0]


# --- what clauses add and take --------------------------------------------------------------------


def _taken(effects: Iterable[Effect], reading: Reading) -> Iterator[Row]:
    return chain.from_iterable(_rows(effect, reading) for effect in effects)


def _rows(effect: Effect, reading: Reading) -> list[Row]:
    """What each part of an effect adds in one reading of its gain."""
    if not effect.inner:
        gain = end_of(effect.gain, reading) if effect.applies else ZERO
        return [(effect.number, gain)]
    if effect.form in _CONTESTS:
        return list(_contest(effect, reading))
    return list(_together(effect, reading))


_CONTESTS = {"worst_of": min, "best_of": max}


def _contest(effect: Effect, reading: Reading) -> Iterator[Row]:
    """Only the winner counts: the losers of worst_of and best_of appear with 0."""
    parts = [_rows(part, reading) for part in effect.inner]
    sums = [added(points for _, points in part) for part in parts]
    won = sums.index(_CONTESTS[effect.form](sums))
    for place, part in enumerate(parts):
        for number, points in part:
            yield number, points if place == won else ZERO


def _together(effect: Effect, reading: Reading) -> Iterator[Row]:
    """The entries of a map one after another, until they come to `up_to`."""
    sofar = ZERO
    for number, points in _taken(effect.inner, reading):
        after = sofar + points
        if effect.up_to is not None:
            after = max(-effect.up_to, min(after, effect.up_to))
        yield number, after - sofar
        sofar = after
