"""What each single effect of an item rests on, of all subjects: cells, and where that is plain.

A subject's effect is *plain* where nothing about it is open, nobody is awaited and nothing was set
aside or left out: what is told of it then follows from its numbers and from the units that lack,
and only the cells are the subject's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from starrating.engine.facts import SubjectFacts
from starrating.engine.kernel.arrays import Bools, Ints
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.plan import ClausePlan
from starrating.engine.kernel.scoring.settling import condition_of
from starrating.engine.kernel.scoring.subjects import LEVEL, SubjectGround
from starrating.engine.kernel.values.marks import UNKNOWN
from starrating.engine.readout.cells import CellColumn, Cells, nowhere, where
from starrating.engine.readout.measures import MeasureStories, known
from starrating.engine.scoring.persons import RATED_IN
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Item
from starrating.schema import CHECKS, SCORES

_COMPARED = ("rank", "best", "subordinates", "group", "review")
_Settled = tuple[Effect, tuple[ClausePlan, ...]]


@dataclass
class Told:
    """What an effect, or an expression, rests on: its columns of cells, where it is plain, and
    codes that tell apart what lacks."""

    plain: Bools
    columns: list[CellColumn] = field(default_factory=list)
    lacking: list[Ints] = field(default_factory=list)


def single_effects(effect: Effect, above: tuple[ClausePlan, ...] = ()) -> Iterator[_Settled]:
    """The single effects with the clauses that settle each, its own first."""
    plan = effect.plan
    if not effect.inner:
        yield effect, (plan, *reversed(above))
    for part in effect.inner:
        yield from single_effects(part, (*above, plan) if plan.inner else above)


class Sources:
    """Looks up what effects rest on; `facts` are those of each subject, for measures that are not
    over rows."""

    def __init__(
        self, columns: tuple[MeasureStories, MeasureStories], facts: Sequence[SubjectFacts]
    ) -> None:
        self._columns, self._facts = columns, facts
        self._ground = columns[0].ground
        self._n = self._ground.n
        self._measures: dict[tuple[str, bool], Told] = {}

    def told(self, item: Item, effect: Effect, settled_by: Sequence[ClausePlan]) -> Told:
        """What one single effect of an item rests on."""
        credit = settled_by[-1].credit or effect.plan.credit
        stories = self._columns[credit]
        found = self._action(item, effect, stories)
        found.plain = found.plain & _settled(effect)
        for plan in settled_by:
            if plan.clause.if_ is not None:
                condition = self._read(stories, plan.clause.if_)
                found.columns += condition.columns
                found.plain = found.plain & condition.plain
                found.plain &= ~condition_of(stories.ground, plan).open
        return found

    def _nothing(self) -> Told:
        return Told(np.ones(self._n, bool))

    def _action(self, item: Item, effect: Effect, stories: MeasureStories) -> Told:
        """What the clause does, as `EffectReader` tells it."""
        clause = effect.plan.clause
        if clause.bands is not None:
            return self._read(stories, clause.bands.of)
        if clause.table is not None:
            return self._read(stories, *clause.table.of)
        if effect.point is not None:
            return self._found(item, effect, effect.point)
        if isinstance(clause.amount, dict):
            return self._choice(item, effect, clause.amount, stories)
        exprs = (clause.per, clause.of, clause.below, clause.above)
        found = self._read(stories, *exprs, lacking=True)
        point = clause.per.point if isinstance(clause.per, ex.Found) else None
        found.columns += self._person(item, effect.form, clause.amount, point)
        return found

    # --- clauses ----------------------------------------------------------------------------

    def _found(self, item: Item, effect: Effect, point: str) -> Told:
        assert effect.quantity is not None
        found = self._nothing()
        found.columns.append(self._answer(self._ground, point))
        there = effect.quantity.low.sign() != 0
        person = self._person(item, effect.form, effect.amounts[0], point)
        found.columns += [where(there, each) for each in person]
        return found

    def _choice(
        self, item: Item, effect: Effect, amounts: dict[str, Amount], stories: MeasureStories
    ) -> Told:
        clause, found = effect.plan.clause, self._nothing()
        if any(isinstance(each, Between) for each in amounts.values()):
            return Told(np.zeros(self._n, bool))
        if clause.by is None:
            for seat in self._ground.seats(item.id):
                row = self._ground.people.counted(item.id, LEVEL, seat)[0]
                found.columns.append(stories.sheet(SCORES).one(row, LEVEL))
        elif isinstance(clause.per, ex.Name):
            rule = self._ground.plan.book.measures.get(clause.per.name)
            sheet = rule.sheet if rule is not None and rule.sheet is not None else clause.per.name
            found.plain = nowhere(self._ground.part.rows(sheet), self._n)
        elif self._ground.cell(clause.by) is not None:
            found.columns.append(self._on_roll(clause.by, always=True))
        else:
            found.columns.append(self._answer(self._ground, clause.by))
        return found

    def _person(
        self, item: Item, form: str, amount: Amount | None, point: str | None
    ) -> list[CellColumn]:
        """The cell of a person's number."""
        if not isinstance(amount, Between):
            return []
        column, sheet = RATED_IN[form], self._columns[0].sheet(SCORES)
        seats = [
            sheet.one(self._ground.rating(item.id, column, seat).row, column)
            for seat in self._ground.seats(item.id)
        ]
        if point is None:
            return seats
        row = self._ground.point_figure(point).row
        own = self._columns[0].sheet(CHECKS).one(row, "分值")
        return [own, *(where(row < 0, each) for each in seats)]

    # --- expressions ------------------------------------------------------------------------

    def _read(self, stories: MeasureStories, *exprs: ex.Expr | None, lacking: bool = False) -> Told:
        """What expressions read, as `Evidence` tells it."""
        found = self._nothing()
        nodes = [node for expr in exprs if expr is not None for node in ex.walk(expr)]
        measures = stories.ground.plan.book.measures
        names = dict.fromkeys(node.name for node in nodes if isinstance(node, ex.Name))
        own = [self._measure(stories, name) for name in names if name in measures]
        rest = (n for n in nodes if not (isinstance(n, ex.Name) and n.name in measures))
        for part in (*own, *(self._leaf(stories.ground, node) for node in rest)):
            if part is not None:
                found.columns += part.columns
                found.plain = found.plain & part.plain
                found.lacking += part.lacking if lacking else []
        return found

    def _measure(self, stories: MeasureStories, name: str) -> Told:
        key = (name, stories is self._columns[1])
        if key not in self._measures:
            self._measures[key] = self._measured(stories, name)
        return self._measures[key]

    def _measured(self, stories: MeasureStories, name: str) -> Told:
        rule = stories.ground.plan.book.measures[name]
        if any(getattr(rule, form) is not None for form in _COMPARED):
            return Told(np.zeros(self._n, bool))
        plain = known(stories.ground.measured(name).value)
        story = stories.story(name)
        if story is not None:
            return Told(plain & story.clear, [story.cells], [story.lacking])
        credit = stories is self._columns[1]
        return Told(plain, [CellColumn(lambda: [*self._own(name, credit=credit)])])

    def _own(self, name: str, *, credit: bool) -> Iterator[Cells]:
        """The cells of a measure that is not over rows, subject by subject."""
        for facts in self._facts:
            yield (facts.as_credit() if credit else facts).measured(name).sources

    def _leaf(self, ground: SubjectGround, node: ex.Expr) -> Told | None:
        """A check point, the points of a list, or a 党组织 column."""
        if isinstance(node, ex.Found):
            plain = ~ground.point(node.point).found.open
            return Told(plain, [self._answer(ground, node.point)])
        if isinstance(node, (ex.Present, ex.Lacking)):
            return self._list(ground, node)
        if isinstance(node, ex.Name):
            state = ground.name(node.name).state
            plain = np.ones(self._n, bool) if state is None else np.asarray(state < UNKNOWN)
            return Told(plain, [self._on_roll(node.name)])
        return None

    def _list(self, ground: SubjectGround, node: ex.Present | ex.Lacking) -> Told:
        found = self._nothing()
        for name in ground.plan.book.lists[node.list]:
            point = ground.points.element(name)
            found.plain &= ~point.found.open
            found.columns.append(self._columns[0].sheet(CHECKS).one(point.row, "结果"))
            if isinstance(node, ex.Lacking):
                found.lacking.append(point.present.sure.astype(np.int64))
        return found

    def _answer(self, ground: SubjectGround, point: str) -> CellColumn:
        return self._columns[0].sheet(CHECKS).one(ground.point(point).row, "结果")

    def _on_roll(self, column: str, *, always: bool = False) -> CellColumn:
        """A cell of 党组织: where it was written, or always."""

        def read() -> Iterator[Cells]:
            for facts in self._facts:
                row = facts.organisation.row
                yield (str(row.place(column)),) if always or column in row.cells else ()

        return CellColumn(lambda: [*read()])


def _settled(effect: Effect) -> Bools:
    """Where an effect's numbers are known, nobody is awaited, no fact lacks, none is set aside."""
    found = effect.settled()
    if effect.quantity is not None:
        found = found & known(effect.quantity)
    for mask in (effect.awaits, effect.lacks, effect.aside):
        if mask is not None:
            found = found & ~mask
    return np.asarray(found)
