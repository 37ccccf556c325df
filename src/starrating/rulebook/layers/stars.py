"""How easily a star is reached: UP is easier (semantics.md steps 10 to 12)."""

from __future__ import annotations

from starrating.rulebook.layers.formulas import Reads, condition
from starrating.rulebook.layers.measures import field, unwritten
from starrating.rulebook.layers.movement import (
    DOWN,
    MIXED,
    SAME,
    UP,
    Cause,
    Movement,
    Sense,
    by,
    kept,
    number,
    together,
)
from starrating.rulebook.model import AtMost, Moves, Rulebook, Star

_STAR = frozenset(
    ("from_", "requires", "at_most", "each_section", "locked", "adjustable", "origin")
)
_QUOTA = frozenset(("share", "number", "origin"))
_NO_MOVES = Moves.model_construct()


def stars(reads: Reads, base: Rulebook, own: Rulebook) -> Movement:
    """All bands, quotas and limits together; a book without stars leaves them to the lower one.

    Quotas are held as they are written. Who takes their seats is a contest that tightening the
    rules for one may win for another.
    """
    if not base.stars:
        return SAME
    others = {star.star: star for star in own.stars}
    known = {star.star for star in base.stars}
    moved = together(
        _star(reads, star, others[star.star]) if star.star in others else _gone(star, own)
        for star in base.stars
    )
    for star in own.stars:
        if star.star not in known:
            moved &= by(Sense.UP, Cause(None, star.origin, "", f"增加了 {star.star} 星"))
    return moved & _one_per_section(base, own) & _moves(reads, base, own)


def _gone(star: Star, own: Rulebook) -> Movement:
    return by(Sense.MIXED, Cause(star.origin, own.origin, "stars", f"去掉了 {star.star} 星"))


def _star(reads: Reads, before: Star, after: Star) -> Movement:
    edge = field(before, after, "from_", -number(before.from_, after.from_))
    demand = field(before, after, "requires", condition(reads, before.requires, after.requires))
    direct = SAME
    if before.if_ is not None and after.if_ is not None:
        direct = condition(reads, before.if_, after.if_).unclear
    sections = field(before, after, "each_section", _reach(before, after))
    quota = _quota(reads, before, after)
    return edge & demand & direct & sections & quota & unwritten(before, after, _STAR)


def _reach(before: Star, after: Star) -> Movement:
    one, other = before.each_section, after.each_section
    if one is None or other is None:
        return SAME if one is other else DOWN if one is None else UP
    return -number(one.number, other.number) if one.share == other.share else MIXED


def _quota(reads: Reads, before: Star, after: Star) -> Movement:
    one, other = before.at_most, after.at_most
    if one is None or other is None:
        moved = SAME if one is other else DOWN if one is None else UP
        return field(before, after, "at_most", moved)
    share = field(one, other, "share", number(one.share, other.share))
    seats = field(one, other, "number", number(one.number, other.number))
    return share & seats & _counted(reads, one, other) & unwritten(one, other, _QUOTA)


def _counted(reads: Reads, before: AtMost, after: AtMost) -> Movement:
    if before.of is None or after.of is None:
        return SAME
    return condition(reads, before.of, after.of).unclear


def _one_per_section(base: Rulebook, own: Rulebook) -> Movement:
    one, other = base.one_per_section, own.one_per_section
    if one is None or other is None:
        return field(base, own, "stars", kept(one is None, other is None))
    same_kind = one.from_.share == other.from_.share
    moved = -number(one.from_.number, other.from_.number) if same_kind else MIXED
    return field(one, other, "from_", moved)


def _moves(reads: Reads, base: Rulebook, own: Rulebook) -> Movement:
    one, other = base.moves or _NO_MOVES, own.moves or _NO_MOVES
    rise = number(one.rise_at_most, other.rise_at_most, none=1)
    fall = -number(one.fall_at_most, other.fall_at_most, none=1)
    unless = _unless(reads, one, other)
    rest = kept((one.after_merger, one.succeeds), (other.after_merger, other.succeeds))
    return field(base, own, "moves", rise & fall & unless & rest)


def _unless(reads: Reads, before: Moves, after: Moves) -> Movement:
    """The exception from the limits: without one it is never met."""
    if before.unless is None or after.unless is None:
        moved = SAME if before.unless is after.unless else UP if before.unless is None else DOWN
    else:
        moved = condition(reads, before.unless, after.unless)
    falling = before.fall_at_most is not None or after.fall_at_most is not None
    limited = before.rise_at_most is not None or falling
    return (
        moved.unclear if falling else moved if limited or after.rise_at_most is not None else SAME
    )
