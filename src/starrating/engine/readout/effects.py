"""What one clause did to one subject: numbers from the columns, the story looked up (step 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starrating.engine.expressions.evidence import Evidence
from starrating.engine.facts import SubjectFacts
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.plan import ClausePlan
from starrating.engine.kernel.scoring.settling import condition_of
from starrating.engine.kernel.scoring.subjects import SubjectGround
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.kernel.values.numbers import Numbers
from starrating.engine.scoring import effect as told
from starrating.engine.scoring.choices import Choice
from starrating.engine.scoring.effect import Story
from starrating.engine.scoring.persons import given
from starrating.engine.scoring.quantities import counted
from starrating.engine.scoring.tabled import table_points
from starrating.engine.values import NIL, NO, Interval, Truth, as_interval
from starrating.records.model import Row
from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import say
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Item
from starrating.schema import CHECKS


@dataclass(frozen=True)
class EffectReader:
    """Reads the effects of one item of one subject; `place` is the subject's among the columns."""

    facts: SubjectFacts
    ground: SubjectGround
    place: int
    item: Item

    def read(self, effect: Effect) -> told.Effect:
        """One effect, with its parts."""
        return self._read(effect, ())

    def _read(self, effect: Effect, above: tuple[ClausePlan, ...]) -> told.Effect:
        plan, clause = effect.plan, effect.plan.clause
        if effect.inner:
            contest = bool(plan.inner)
            inner = [
                self._read(part, (*above, plan) if contest else above) for part in effect.inner
            ]
            up_to = None if contest else clause.up_to
            return told.Effect.group(plan.number, clause, inner, up_to)
        return self._single(effect, (plan, *reversed(above)))

    def _single(self, effect: Effect, settled_by: Sequence[ClausePlan]) -> told.Effect:
        """A single effect as the clauses around it settle it, its own first."""
        facts = self.facts.as_credit() if settled_by[-1].credit else self.facts
        facts = facts.as_credit() if effect.plan.credit else facts
        story = self._story(effect, facts)
        aside = effect.aside is not None and bool(effect.aside[self.place])
        sets = None if aside or effect.sets is None else self._interval(effect.sets)
        found = told.Effect(
            effect.number,
            effect.plan.clause.origin,
            effect.form,
            applies=bool(effect.applies[self.place]),
            when=self._truth(effect),
            gain=NIL if aside else self._interval(effect.gain),
            sets=sets,
            final=effect.final and not aside,
            quantity=self._quantity(effect),
            amount=self._amount(effect),
            point=effect.point,
            awaits=effect.awaits is not None and bool(effect.awaits[self.place]),
            lacks_facts=effect.lacks is not None and bool(effect.lacks[self.place]),
            story=lambda: story,
        )
        for plan in settled_by:
            found = self._under(found, plan, facts)
        if not aside:
            return found
        reason = self.facts.setting.aside[self.facts.code][self.item.id, effect.number]
        told_of = replace(found.story(), unknown=())
        return replace(found, when=NO, story=lambda: told_of, set_aside=reason)

    def _under(self, found: told.Effect, plan: ClausePlan, facts: SubjectFacts) -> told.Effect:
        """The story with what the clause's condition adds to it."""
        clause = plan.clause
        if clause.if_ is None:
            return found
        evidence = Evidence(facts, clause.if_)
        ground = self.ground.as_credit() if facts is not self.facts else self.ground
        open_ = bool(condition_of(ground, plan).open[self.place])
        before = found.story()
        story = replace(
            before,
            sources=tuple(dict.fromkeys((*before.sources, *evidence.sources()))),
            unknown=(*before.unknown, *(evidence.unknown() if open_ else ())),
            condition="，且".join(filter(None, (before.condition, say(clause.if_)))),
        )
        return replace(found, story=lambda: story)

    # --- numbers ------------------------------------------------------------------------------

    def _truth(self, effect: Effect) -> Truth:
        when = effect.when
        return Truth(int(when.sure[self.place]) + int(when.may[self.place]))

    def _interval(self, numbers: Numbers) -> Interval:
        value = as_interval(decoded(numbers, self.place))
        assert isinstance(value, Interval)
        return value

    def _quantity(self, effect: Effect) -> Interval | None:
        if effect.quantity is None:
            return None
        value = decoded(effect.quantity, self.place)
        return value if isinstance(value, Interval) else None

    def _amount(self, effect: Effect) -> Amount | None:
        if effect.choice is None:
            return effect.amounts[0] if effect.amounts else None
        choice = int(effect.choice[self.place])
        return effect.amounts[choice] if choice >= 0 else None

    # --- stories ------------------------------------------------------------------------------

    def _story(self, effect: Effect, facts: SubjectFacts) -> Story:
        clause = effect.plan.clause
        if clause.bands is not None:
            return self._read_story(facts, clause.bands.of)
        if clause.table is not None:
            if clause.table.hit == "unique":
                table_points(facts, clause.table)  # for its fault: two rows that hold at once
            return self._read_story(facts, *clause.table.of)
        if effect.point is not None:
            return self._found(effect, effect.point)
        if isinstance(clause.amount, dict):
            return self._choice(effect, facts, clause.amount)
        point = clause.per.point if isinstance(clause.per, ex.Found) else None
        story = self._read_story(facts, clause.per, clause.of, clause.below, clause.above)
        person = self._person(effect.form, clause.amount, point)
        return replace(
            story,
            label=counted(clause),
            sources=(*story.sources, *person),
            lacking=Evidence(facts, clause.per, clause.of, clause.below, clause.above).lacking(),
        )

    def _read_story(self, facts: SubjectFacts, *exprs: ex.Expr | None) -> Story:
        evidence = Evidence(facts, *exprs)
        return Story(
            "、".join(say(each) for each in exprs if each is not None),
            evidence.sources(),
            (),
            evidence.not_counted(),
            evidence.unknown(),
        )

    def _found(self, effect: Effect, point: str) -> Story:
        """One entry of a map of check points."""
        quantity = self._quantity(effect)
        assert quantity is not None
        self.facts.point(point)
        sources = self._answered(point)
        if quantity == NIL:
            return Story(point, sources)
        person = self._person(effect.form, effect.amounts[0], point)
        unknown = () if quantity.known else (f"检查项目“{point}”没有结果",)
        return Story(point, (*sources, *person), unknown=unknown)

    def _choice(self, effect: Effect, facts: SubjectFacts, amounts: dict[str, Amount]) -> Story:
        """A map that somebody picks from; a word that it does not list is reported on the way."""
        chosen = Choice(facts, self.item, effect.plan.clause, effect.number, amounts).effect()
        return chosen.story()

    # --- cells ----------------------------------------------------------------------------------

    def _answered(self, point: str) -> tuple[str, ...]:
        """The cell of a check point's answer."""
        return self._cell(CHECKS, int(self.ground.point(point).row[self.place]), "结果")

    def _person(
        self,
        form: str,
        amount: Amount | dict[str, Amount] | None,
        point: str | None,
    ) -> tuple[str, ...]:
        """The cell of a person's number; what is wrong with it is reported on the way."""
        if not isinstance(amount, Between):
            return ()
        return given(self.facts, self.item, form, amount, point).sources

    def _cell(self, sheet: str, row: int, column: str) -> tuple[str, ...]:
        if row < 0:
            return ()
        place = int(self.ground.part.rows(sheet).place[row])
        found: Row = self.facts.setting.records.rows(sheet)[place]
        return (str(found.place(column)),)
