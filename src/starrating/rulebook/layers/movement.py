"""Which way a value moves when a lower layer's rules stand in place of the superior's.

A value is a number or the truth of a condition, over whatever the records hold: `UP` means that
under the lower layer's rules it is never smaller (never less true), `DOWN` never greater, `SAME`
equal, and `MIXED` that nothing can be said. The senses are of each possible world; intervals over
worlds move likewise at both ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from starrating.origin import Origin
from starrating.rulebook.fields import Between, Span


class Sense(Enum):
    """The way a value moves."""

    SAME = 0
    UP = 1
    DOWN = -1
    MIXED = 2


@dataclass(frozen=True, slots=True)
class Cause:
    """One change that moves something: two blocks, the word that differs, and that in Chinese.

    `base` and `own` are the places of the block in the superior's and the lower layer's text;
    `base` is None for what is added, `word` empty where the block as a whole is meant.
    """

    base: Origin | None
    own: Origin
    word: str
    what: str


@dataclass(frozen=True, slots=True)
class Movement:
    """A sense, and the changes it comes from, each with the sense it has by itself."""

    sense: Sense = Sense.SAME
    causes: tuple[tuple[Cause, Sense], ...] = ()

    def __neg__(self) -> Movement:
        """The movement of what falls as this rises."""
        return Movement(_TURNED[self.sense], tuple((c, _TURNED[s]) for c, s in self.causes))

    def __and__(self, other: Movement) -> Movement:
        """The movement of what rises with both."""
        causes = tuple(dict.fromkeys((*self.causes, *other.causes)))
        if self.sense is Sense.SAME or other.sense is self.sense:
            return Movement(other.sense, causes)
        return Movement(self.sense if other.sense is Sense.SAME else Sense.MIXED, causes)

    def __sub__(self, other: Movement) -> Movement:
        """The movement of what rises with this and falls with the other."""
        return self & -other

    @property
    def moves(self) -> bool:
        """Whether anything changed."""
        return self.sense is not Sense.SAME

    def within(self, *senses: Sense) -> bool:
        """Whether it stays as it is or has one of these senses."""
        return self.sense is Sense.SAME or self.sense in senses

    @property
    def unclear(self) -> Movement:
        """The same changes where nothing can be said of the way: MIXED, unless there are none."""
        if not self.moves:
            return self
        return Movement(Sense.MIXED, tuple((cause, Sense.MIXED) for cause, _ in self.causes))

    def blame(self, cause: Cause) -> Movement:
        """The movement with a cause where it has none of its own."""
        if not self.moves or self.causes:
            return self
        return Movement(self.sense, ((cause, self.sense),))


_TURNED = {
    Sense.SAME: Sense.SAME, Sense.UP: Sense.DOWN, Sense.DOWN: Sense.UP, Sense.MIXED: Sense.MIXED,
}  # fmt: skip


def by(sense: Sense, cause: Cause) -> Movement:
    """A movement with one cause."""
    return Movement(sense, ((cause, sense),))


SAME, UP, DOWN, MIXED = (Movement(sense) for sense in Sense)


def together(movements: Iterable[Movement]) -> Movement:
    """The movement of what rises with each of these."""
    found = SAME
    for movement in movements:
        found &= movement
    return found


def number(before: Fraction | int | None, after: Fraction | int | None, none: int = 0) -> Movement:
    """How a written number moves; `none` says what nothing written is: +1 boundless above, −1
    boundless below, 0 a matter of its own."""
    if before == after:
        return SAME
    if before is None or after is None:
        if none == 0:
            return MIXED
        return UP if (after is None) == (none > 0) else DOWN
    return UP if after > before else DOWN


def amount(before: Fraction | Between, after: Fraction | Between) -> Movement:
    """How an amount moves; a person's range moves at both of its ends."""
    (low, high), (other_low, other_high) = _ends(before), _ends(after)
    moved = number(low, other_low) & number(high, other_high)
    ranged = isinstance(before, Between) is isinstance(after, Between)
    return moved if ranged else moved.unclear if moved.moves else MIXED


def _ends(value: Fraction | Between) -> tuple[Fraction, Fraction]:
    return (value.low, value.high) if isinstance(value, Between) else (value, value)


def span(before: Span | None, after: Span | None) -> Movement:
    """How a length moves; nothing written is no length. Different units cannot be compared."""
    if before == after:
        return SAME
    if before is None or after is None:
        written = before or after
        assert written is not None
        if written.count == 0:
            return SAME
        return UP if before is None else DOWN
    if (before.unit, before.working) != (after.unit, after.working):
        return MIXED
    return number(before.count, after.count)


def kept(before: object, after: object) -> Movement:
    """What has no direction: SAME or MIXED."""
    return SAME if before == after else MIXED
