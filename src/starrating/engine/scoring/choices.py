"""The amount that an answer picks from a map: `by`, levels, and each row of a sheet (step 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.rows.reach import reach
from starrating.engine.scoring.effect import Effect, Story
from starrating.engine.scoring.persons import LEVEL, Given, given, mean, rating_row
from starrating.engine.values import NIL, YES, ZERO, Interval, larger
from starrating.number import plain
from starrating.records.model import UNREADABLE, Answer, AnswerCell, Cell, Row
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Clause, Item
from starrating.rulebook.raters import Seat, seats
from starrating.schema import ORGANISATIONS

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

_WORDS = {
    Answer.YES: ("是", "有", "√", "1", "Y", "yes"),
    Answer.NO: ("否", "无", "×", "0", "N", "no", "没有"),
    Answer.NOT_APPLICABLE: (),
}
"""Yes and no, however a map writes them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause of one subject whose map of amounts somebody picks from."""

    subject: SubjectFacts
    item: Item
    clause: Clause
    number: str
    amounts: Mapping[str, Amount]

    def effect(self) -> Effect:
        """What the clause does: `by` names a check point, a 党组织 column or a row's column;
        without `by` a person's 等次 for the item picks."""
        by, per = self.clause.by, self.clause.per
        if by is None:
            return self._by_level()
        if isinstance(per, ex.Name):
            return self._by_row(by, per.name)
        if self.subject.setting.sheet(ORGANISATIONS).column(by) is not None:
            row = self.subject.organisation.row
            return self._picked(by, row.value(by), row, by)
        state = self.subject.answer(by)
        if state.not_applicable:
            return self._not_applicable(by, state.sources)
        return self._picked(by, state.answer, state.row, "结果", point=by)

    # --- one cell picks --------------------------------------------------------------------

    def _by_level(self) -> Effect:
        every = seats(self.subject.setting.book, self.item)
        first, *rest = (self._level_of(seat) for seat in every)
        if not rest:
            return first
        each = (first, *rest)
        told = [one.story() for one in each]
        given = mean([Given(one.sets, one.awaits) for one in each if one.sets])
        sources = tuple(source for one in told for source in one.sources)
        unknown = tuple(dict.fromkeys(why for one in told for why in one.unknown))
        return replace(
            self._with_amount(self._named(LEVEL), given.amount, awaits=given.awaits),
            lacks_facts=any(one.lacks_facts for one in each),
            story=lambda: Story(LEVEL, sources, unknown=unknown),
        )

    def _level_of(self, seat: Seat) -> Effect:
        row = rating_row(self.subject, self.item.id, LEVEL, seat)
        if row is None:
            return self._with_amount(self._named(LEVEL), self._any(), awaits=True)
        return self._picked(LEVEL, row.value(LEVEL), row, LEVEL, of=(seat,))

    def _picked(
        self,
        label: str,
        cell: Cell,
        row: Row | None,
        column: str,
        point: str | None = None,
        of: Sequence[Seat] | None = None,
    ) -> Effect:
        """The amount of the key that the cell picks; any of them where it picks none."""
        sources = (str(row.place(column)),) if row is not None else ()
        effect = self._named(label)
        key = _key(self.amounts, cell)
        if key is None:
            if row is not None and cell is not None:
                self._refuse(row, column, label, cell)
            story = Story(label, sources, unknown=(f"“{label}”没有可用的结果",))
            effect = replace(effect, lacks_facts=True, story=lambda: story)
            return self._with_amount(effect, self._any())
        amount = self.amounts[key]
        person = given(self.subject, self.item, self.clause.form, amount, point, of=of)
        effect = replace(
            effect,
            amount=amount,
            story=lambda: Story(f"{label}：{key}", (*sources, *person.sources)),
        )
        return self._with_amount(effect, person.amount, awaits=person.awaits)

    def _not_applicable(self, label: str, sources: tuple[str, ...]) -> Effect:
        """不适用: a deduction does not apply; a credit is given whole (step 4)."""
        effect = replace(self._named(label), story=lambda: Story(label, sources))
        if self.clause.form == "deduct":
            return replace(effect, applies=False)
        most = self._any().high
        return self._with_amount(effect, Interval(most, most))

    # --- every row picks -------------------------------------------------------------------

    def _by_row(self, by: str, per: str) -> Effect:
        """Each row of a sheet (or of a count measure) picks its amount; `highest: only` takes
        the largest of them once."""
        rule = self.subject.setting.book.measures.get(per)
        sheet = rule.sheet if rule is not None and rule.sheet is not None else per
        where, look_back = (rule.where, rule.look_back) if rule is not None else (None, None)
        rows = reach(self.subject, sheet, where, look_back)
        taken = NIL
        for each in rows.rows:
            amount = self._row_amount(each.row, by)
            amount = amount if each.truth is YES else amount.hull(NIL)
            taken = larger(taken, amount) if self.clause.highest else taken + amount
        if rows.absent:
            taken = Interval(ZERO, self._any().high if self.clause.highest else None)
        effect = replace(
            self._named(per),
            quantity=Interval(Fraction(len(rows.sure)), Fraction(len(rows.rows))),
            lacks_facts=not taken.known,
            story=lambda: Story(
                per,
                tuple(str(each.row.place(by)) for each in rows.rows),
                (),
                tuple(f"{gone.row.origin}（{gone.reason}）" for gone in rows.not_counted),
                () if taken.known else (f"“{sheet}”不全",),
            ),
        )
        return self._with_amount(effect, taken)

    def _row_amount(self, row: Row, by: str) -> Interval:
        cell = row.value(by)
        key = _key(self.amounts, cell)
        if key is None:
            self._refuse(row, by, by, cell)
            return self._any().hull(NIL)
        return _interval(self.amounts[key])

    # --- parts -----------------------------------------------------------------------------

    def _named(self, label: str) -> Effect:
        clause, story = self.clause, Story(label)
        return Effect(self.number, clause.origin, clause.form, story=lambda: story)

    def _with_amount(self, effect: Effect, each: Interval, *, awaits: bool = False) -> Effect:
        effect = replace(effect, awaits=awaits)
        if self.clause.form == "score":
            return replace(effect, sets=each)
        return replace(effect, gain=-each if self.clause.form == "deduct" else each)

    def _any(self) -> Interval:
        """Any of the amounts."""
        first, *rest = (_interval(amount) for amount in self.amounts.values())
        for each in rest:
            first = first.hull(each)
        return first

    def _refuse(self, row: Row, column: str, label: str, cell: Cell) -> None:
        """A word that the map does not list is a fault; an unreadable cell has one already."""
        if cell is UNREADABLE:
            return
        word = cell.word if isinstance(cell, AnswerCell) else str(cell or "")
        choices = "、".join(self.amounts)
        place = row.place(column)
        self.subject.report(CODES.fault("E103", place, point=label, word=word, choices=choices))


def _interval(amount: Amount) -> Interval:
    return Interval(amount.low, amount.high) if isinstance(amount, Between) else Interval.at(amount)


def _key(amounts: Mapping[str, Amount], cell: Cell) -> str | None:
    """The key that a cell picks: the word itself, else yes and no however they are written."""
    words: tuple[str, ...] = ()
    if isinstance(cell, AnswerCell):
        words = (cell.word, *(_WORDS[cell.meaning] if cell.meaning is not None else ()))
    elif isinstance(cell, bool):
        words = _WORDS[Answer.YES if cell else Answer.NO]
    elif isinstance(cell, Fraction):
        words = (plain(cell),)
    elif isinstance(cell, str):
        words = (cell,)
    return next((word for word in words if word in amounts), None)
