"""What one clause does to an item, with its story (step 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from starrating.engine.values import NIL, OPEN, YES, Interval, Truth
from starrating.origin import Origin
from starrating.rulebook.fields import Amount
from starrating.rulebook.model import Clause


@dataclass(frozen=True, slots=True)
class Story:
    """What an effect rests on, as findings tell it in Chinese (step 14): what it counts by, the
    cells read, the units and elements found lacking, rows not counted with the reasons, what is
    not known, and the clause's `if`."""

    label: str = ""
    sources: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one clause (or one entry of its map) does to an item.

    `gain` is what it adds (deductions negative); `sets` the base it sets, if it sets one; `when`
    how surely it acts at all; `final` that it is a `score: 0`. `applies` is false where the
    clause has no due unit or the answer is 不适用. `awaits` is true where a person's number is
    missing, `lacks_facts` where a fact is. `point` is the check point of a map's entry,
    `set_aside` why people set the clause aside (step 16). `story` tells what the effect rests on:
    most do nothing, and nobody asks them. `inner` are the parts of a group: the clauses of
    `worst_of` and `best_of`, of which one counts, or the entries of a map, which together come to
    `up_to` at most.
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
    point: str | None = None
    set_aside: str = ""
    awaits: bool = False
    lacks_facts: bool = False
    story: Callable[[], Story] = field(default=Story, compare=False, repr=False)
    inner: tuple[Effect, ...] = ()
    up_to: Fraction | None = None

    @classmethod
    def group(
        cls, number: str, clause: Clause, inner: Iterable[Effect], up_to: Fraction | None = None
    ) -> Effect:
        """Several effects that count together; they apply if one of them does."""
        parts = tuple(inner)
        applies = any(part.applies for part in parts)
        return cls(number, clause.origin, clause.form, applies, inner=parts, up_to=up_to)

    @property
    def parts(self) -> tuple[Effect, ...]:
        """The single effects: those of a group, else the effect itself."""
        return tuple(part for each in self.inner for part in each.parts) or (self,)

    def each(self, change: Callable[[Effect], Effect]) -> Effect:
        """The effect with every single part changed."""
        if not self.inner:
            return change(self)
        inner = tuple(part.each(change) for part in self.inner)
        return replace(self, inner=inner, applies=any(part.applies for part in inner))

    @property
    def settled(self) -> bool:
        """Whether nothing about the effect is open."""
        known_set = self.sets is None or self.sets.known
        return self.gain.known and known_set and self.when is not OPEN
