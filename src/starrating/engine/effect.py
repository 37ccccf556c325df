"""What one clause does to an item, with its story (step 6)."""

from __future__ import annotations

from dataclasses import dataclass, field

from starrating.engine.values import NIL, OPEN, YES, Interval, Truth
from starrating.origin import Origin
from starrating.rulebook.fields import Amount


@dataclass(frozen=True, slots=True)
class Effect:
    """What one clause (or one entry of its map) does to an item.

    `gain` is what it adds (deductions negative); `sets` the base it sets, if it sets one; `when`
    how surely it acts at all; `final` that it is a `score: 0`. `applies` is false where the
    clause has no due unit or the answer is 不适用. `awaits` is true where a person's number is
    missing, `lacks_facts` where a fact is. `point` is the check point of a map's entry, `condition`
    the clause's `if` as written, `set_aside` why people set the clause aside (step 16).
    """

    number: str
    origin: Origin
    form: str
    applies: bool = True
    when: Truth = YES
    gain: Interval = NIL
    sets: Interval | None = None
    final: bool = False
    quantity: Interval | None = None
    amount: Amount | None = None
    label: str = ""
    condition: str = ""
    point: str | None = None
    set_aside: str = ""
    awaits: bool = False
    lacks_facts: bool = False
    sources: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    inner: tuple[Effect, ...] = field(default=())

    @property
    def settled(self) -> bool:
        """Whether nothing about the effect is open."""
        known_set = self.sets is None or self.sets.known
        return self.gain.known and known_set and self.when is not OPEN
