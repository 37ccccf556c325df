"""What one clause does to an item of every subject (semantics.md step 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Ints, Numbers, Truths, choose, everywhere
from starrating.engine.kernel.scoring.plan import ClausePlan
from starrating.rulebook.fields import Amount


@dataclass(frozen=True, eq=False)
class Effect:
    """What one clause (or one entry of its map) does, subject by subject.

    `applies` is false where it has no due unit or the answer is 不适用. `when` is how surely it
    acts; `gain` what it adds (deductions negative); `sets` the base it sets, if it sets one;
    `final` that it is a `score: 0`. `quantity` is how often its amount counts, where that is
    counted. `choice` picks one of `amounts` (-1: none). `awaits` is where a person's number is
    missing, `lacks` where a fact is, `aside` where people set the clause aside. `inner` are the
    parts of a group, `up_to` what the entries of a map come to together.
    """

    plan: ClausePlan
    number: str
    form: str
    applies: Bools
    when: Truths
    gain: Numbers
    sets: Numbers | None = None
    final: bool = False
    quantity: Numbers | None = None
    amounts: tuple[Amount, ...] = ()
    choice: Ints | None = None
    awaits: Bools | None = None
    lacks: Bools | None = None
    aside: Bools | None = None
    point: str | None = None
    by: str | None = None
    inner: tuple[Effect, ...] = ()

    @staticmethod
    def alone(plan: ClausePlan, n: int, number: str | None = None) -> Effect:
        """An effect that acts surely, applies and does nothing."""
        return Effect(
            plan,
            number or plan.number,
            plan.clause.form,
            applies=everywhere(n),
            when=Truths.at(True, n),
            gain=Numbers.at(0, n),
        )

    @staticmethod
    def group(plan: ClausePlan, inner: Iterable[Effect], n: int) -> Effect:
        """Several effects that count together; they apply where one of them does."""
        parts = tuple(inner)
        return replace(Effect.alone(plan, n), inner=parts, applies=_any_applies(parts, n))

    def each(self, change: Callable[[Effect], Effect]) -> Effect:
        """The effect with every single part changed."""
        if not self.inner:
            return change(self)
        inner = tuple(part.each(change) for part in self.inner)
        return replace(self, inner=inner, applies=_any_applies(inner, len(self.applies)))

    def parts(self) -> Iterator[Effect]:
        """The single effects: those of a group, else the effect itself."""
        if not self.inner:
            yield self
        for part in self.inner:
            yield from part.parts()

    @property
    def n(self) -> int:
        """How many subjects."""
        return len(self.applies)

    @property
    def sharp(self) -> bool:
        """Whether nothing about it is open anywhere, told without looking at the subjects."""
        known_set = self.sets is None or self.sets.sharp
        return self.gain.sharp and self.when.closed and known_set

    def settled(self) -> Bools:
        """Where nothing about the effect is open."""
        found = self.gain.certain & ~self.when.open
        return found if self.sets is None else found & self.sets.certain


def _any_applies(parts: Sequence[Effect], n: int) -> Bools:
    found = np.zeros(n, bool)
    for part in parts:
        found |= part.applies
    return found


def or_(one: Bools | None, two: Bools | None) -> Bools | None:
    """Where either mask holds; None holds nowhere."""
    if one is None or two is None:
        return two if one is None else one
    return one | two


def end_of(interval: Numbers, high: bool) -> Exact:
    """The end that a reading takes; what has no limit is shown as what is sure, else 0."""
    end, gone = (interval.high, interval.no_high) if high else (interval.low, interval.no_low)
    if gone is None:
        return end
    other, lost = (interval.low, interval.no_low) if high else (interval.high, interval.no_high)
    nil = Exact.at(0, len(interval))
    sure = other if lost is None else choose(lost, nil, other)
    return choose(gone, sure, end)
