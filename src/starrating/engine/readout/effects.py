"""What one clause did to one subject: numbers from the columns, the story looked up (step 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starrating.engine import effect as told
from starrating.engine.codes import CODES
from starrating.engine.effect import Story
from starrating.engine.evidence import Evidence
from starrating.engine.facts import SubjectFacts
from starrating.engine.kernel.decode import decoded
from starrating.engine.kernel.numbers import Numbers
from starrating.engine.kernel.scoring.choices import picks
from starrating.engine.kernel.scoring.effect import Effect
from starrating.engine.kernel.scoring.plan import ClausePlan
from starrating.engine.kernel.scoring.subjects import LEVEL, SubjectGround
from starrating.engine.persons import given, rating_row
from starrating.engine.quantities import counted
from starrating.engine.rows import reach
from starrating.engine.tabled import table_points
from starrating.engine.values import NIL, NO, Interval, Truth, as_interval
from starrating.records.model import UNREADABLE, AnswerCell, Cell, Row
from starrating.rulebook import expressions as ex
from starrating.rulebook.chinese import say
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Item
from starrating.rulebook.raters import Seat
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
        from starrating.engine.kernel.scoring.settling import condition_of

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
        """A map that somebody picks from."""
        clause = effect.plan.clause
        by = clause.by
        if by is None:
            return self._levels(effect, amounts)
        if isinstance(clause.per, ex.Name):
            return self._rows(effect, facts, by, clause.per.name)
        label, sources = self._picked_by(by)
        choice = int(effect.choice[self.place]) if effect.choice is not None else -1
        if choice >= 0:
            key = [*amounts][choice]
            on_roll = self.ground.cell(by) is not None
            person = self._person(effect.form, amounts[key], None if on_roll else by)
            return Story(f"{label}：{key}", (*sources, *person))
        self._refuse(by, label, amounts)
        unknown = () if self._set_apart(by) else (f"“{label}”没有可用的结果",)
        return Story(label, sources, unknown=unknown)

    def _levels(self, effect: Effect, amounts: dict[str, Amount]) -> Story:
        """The 等次 of each seat; where only one is asked, the level is told."""
        every = self.ground.seats(self.item.id)
        label, sources, unknown = LEVEL, list[str](), dict[str, None]()
        for seat in every:
            row = rating_row(self.facts, self.item.id, LEVEL, seat)
            if row is None:
                continue
            cell = row.value(LEVEL)
            sources.append(str(row.place(LEVEL)))
            choice = picks(tuple(amounts), cell)
            if choice >= 0:
                key = [*amounts][choice]
                person = self._person(effect.form, amounts[key], None, (seat,))
                sources.extend(person)
                label = f"{LEVEL}：{key}" if len(every) == 1 else LEVEL
                continue
            unknown[f"“{LEVEL}”没有可用的结果"] = None
            if cell is not None and cell is not UNREADABLE:
                refuse(self.facts, row, LEVEL, LEVEL, cell, amounts)
        return Story(label, tuple(sources), unknown=tuple(unknown))

    def _picked_by(self, by: str) -> tuple[str, tuple[str, ...]]:
        """What picks, and its cell."""
        if self.ground.cell(by) is not None:
            return by, (str(self.facts.organisation.row.place(by)),)
        return by, self._answered(by)

    def _refuse(self, by: str, label: str, amounts: dict[str, Amount]) -> None:
        """A word that the map does not list is a fault; an unreadable cell has one already."""
        row: Row | None
        if self.ground.cell(by) is not None:
            row, column = self.facts.organisation.row, by
        else:
            row, column = self.facts.answer(by).row, "结果"
        cell = row.value(column) if row is not None else None
        if row is None or cell is None or cell is UNREADABLE or self._set_apart(by):
            return
        refuse(self.facts, row, column, label, cell, amounts)

    def _set_apart(self, by: str) -> bool:
        if self.ground.cell(by) is not None:
            return False
        return bool(self.ground.point(by).not_applicable[self.place])

    def _rows(self, effect: Effect, facts: SubjectFacts, by: str, per: str) -> Story:
        rule = facts.setting.book.measures.get(per)
        sheet = rule.sheet if rule is not None and rule.sheet is not None else per
        where, look_back = (rule.where, rule.look_back) if rule is not None else (None, None)
        rows = reach(facts, sheet, where, look_back)
        assert isinstance(effect.plan.clause.amount, dict)
        for each in rows.rows:
            cell = each.row.value(by)
            if picks(tuple(effect.plan.clause.amount), cell) < 0 and cell is not UNREADABLE:
                refuse(facts, each.row, by, by, cell, effect.plan.clause.amount)
        lacks = effect.lacks is not None and bool(effect.lacks[self.place])
        return Story(
            per,
            tuple(str(each.row.place(by)) for each in rows.rows),
            (),
            tuple(f"{gone.row.origin}（{gone.reason}）" for gone in rows.not_counted),
            (f"“{sheet}”不全",) if lacks else (),
        )

    # --- cells ----------------------------------------------------------------------------------

    def _answered(self, point: str) -> tuple[str, ...]:
        """The cell of a check point's answer."""
        return self._cell(CHECKS, int(self.ground.point(point).row[self.place]), "结果")

    def _person(
        self,
        form: str,
        amount: Amount | dict[str, Amount] | None,
        point: str | None,
        of: Sequence[Seat] | None = None,
    ) -> tuple[str, ...]:
        """The cell of a person's number; what is wrong with it is reported on the way."""
        if not isinstance(amount, Between):
            return ()
        return given(self.facts, self.item, form, amount, point, of=of).sources

    def _cell(self, sheet: str, row: int, column: str) -> tuple[str, ...]:
        if row < 0:
            return ()
        place = int(self.ground.part.rows(sheet).place[row])
        found: Row = self.facts.setting.records.rows(sheet)[place]
        return (str(found.place(column)),)


def refuse(
    facts: SubjectFacts,
    row: Row,
    column: str,
    label: str,
    cell: Cell,
    amounts: dict[str, Amount],
) -> None:
    """Report a word that a map of amounts does not list."""
    word = cell.word if isinstance(cell, AnswerCell) else str(cell or "")
    choices = "、".join(amounts)
    facts.report(CODES.fault("E103", row.place(column), point=label, word=word, choices=choices))
