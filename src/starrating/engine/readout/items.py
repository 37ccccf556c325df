"""The items of one subject, read out of the columns: scores, ways, effects (steps 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starrating.engine.facts import SubjectFacts
from starrating.engine.kernel.arrays import Truths
from starrating.engine.kernel.scoring.items import STATES, ItemColumns, Scored
from starrating.engine.kernel.scoring.steps import Way
from starrating.engine.kernel.scoring.subjects import SubjectGround
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.kernel.values.numbers import Numbers
from starrating.engine.readout.effects import EffectReader
from starrating.engine.scoring import items as told
from starrating.engine.scoring.readings import READINGS, Reading, Step, extreme, summed
from starrating.engine.scoring.roles import Role
from starrating.engine.values import NO, YES, Interval, Truth


@dataclass(frozen=True)
class ItemReader:
    """Reads the items of one subject; `place` is its place among the columns."""

    facts: SubjectFacts
    ground: SubjectGround
    place: int

    def both(self, before: ItemColumns, final: ItemColumns) -> tuple[told.Scored, told.Scored]:
        """One item before judgements, and after."""
        was = self.read(before)
        return was, self.final(final, was)

    def read(self, columns: ItemColumns) -> told.Scored:
        """One item before judgements set any to 0."""
        reading = int(columns.reading[self.place])
        ways = columns.readings if reading < 0 else (columns.readings[reading],)
        reader = EffectReader(self.facts, self.ground, self.place, columns.placed.item)
        first = ways[0]
        steps: dict[Reading, tuple[Step, ...]] = {
            side: extreme(side, *(tuple(self._steps(_way(each, side))) for each in ways))
            for side in READINGS
        }
        return told.Scored(
            item=first.plan.item,
            role=Role(first.plan.role.value),
            applies=self.truth(columns.applies),
            inside=self.interval(columns.inside),
            out=None if first.gone[self.place] else first.out,
            score=self.interval(columns.score),
            state=STATES[int(columns.state[self.place])],
            effects=tuple(reader.read(effect) for each in ways for effect in each.effects),
            steps=steps,
        )

    def final(self, columns: ItemColumns, before: told.Scored) -> told.Scored:
        """The item after judgements."""
        when = NO if columns.zero is None else self.truth(columns.zero)
        if when is NO:
            return before
        steps = {side: _zeroed(side, before.steps[side], when) for side in READINGS}
        return replace(
            before,
            score=self.interval(columns.score),
            inside=self.interval(columns.inside),
            state=STATES[int(columns.state[self.place])],
            steps=steps,
        )

    def truth(self, truths: Truths) -> Truth:
        """An answer of this subject."""
        return Truth(int(truths.sure[self.place]) + int(truths.may[self.place]))

    def interval(self, numbers: Numbers) -> Interval:
        """A number of this subject."""
        value = decoded(numbers, self.place)
        assert isinstance(value, Interval)
        return value

    def _steps(self, way: Way) -> Iterator[Step]:
        for slot in way.slots:
            if slot.there is None or slot.there[self.place]:
                number = slot.effect.number if slot.effect is not None else None
                yield Step(slot.kind, number, slot.points.fraction(self.place))


def _way(scored: Scored, side: Reading) -> Way:
    return scored.low if side == "low" else scored.high


def _zeroed(side: Reading, before: tuple[Step, ...], when: Truth) -> tuple[Step, ...]:
    score = summed(before)
    down = (*before, Step("zeroed", None, -score)) if score else before
    return down if when is YES else extreme(side, before, down)
