"""Clauses of every form (docs/language/clauses.md)."""

from __future__ import annotations

from typing import Any

from equality.dice import Dice
from equality.formulas import Formulas
from equality.measures import Measures
from equality.world import LEVELLED, LEVELS, LISTS, NUMBER, POINTS, TEXT, TRUTH, words_of

Written = dict[str, Any]
AMOUNTS = (1, 2, 0.5, 3, 0.3333, 6)
MOST = (1, 2.5, 4)


class Clauses:
    """Writes the clauses of items over measures, columns and check points."""

    def __init__(self, dice: Dice, measures: Measures) -> None:
        self.dice, self.measures = dice, measures
        self.formulas = Formulas(dice, measures.names())

    def moving(self, form: str) -> Written:
        """A clause that deducts or adds."""
        own = self.dice.one(
            (self._once, self._times, self._times, self._points, self._by_answer, self._by_rows,
             self._steps, self._person)
        )(form)  # fmt: skip
        return self._more(own)

    def contest(self, word: str, form: str) -> Written:
        """A `worst_of` or `best_of`."""
        parts = [self.moving(form) for _ in range(self.dice.whole(2, 3))]
        return self._more({word: parts})

    def setting(self, *, always: bool) -> Written:
        """A clause that sets the base; only on a condition unless `always`."""
        own = self.dice.one((self._score, self._bands, self._table, self._marks, self._grade))()
        if not always and "if" not in own:
            own["if"] = self.formulas.truth(1)
        return self._more(own)

    def _more(self, own: Written) -> Written:
        """What every clause may say besides."""
        if "if" not in own and self.dice.maybe(15):
            own["if"] = self.formulas.truth(1)
        if self.dice.maybe(20):
            own["up_to"] = self.dice.one(MOST)
        if self.dice.maybe(30):
            own["if_unknown"] = self.dice.pick("as_met", "as_lost", "unassessed")
        if self.dice.maybe(4):
            own |= {"basis": "第二条", "note": "照印发的抄"}
        return own

    # --- what moves points ---

    def _amount(self) -> Any:
        return self.dice.one(AMOUNTS)

    def _range(self) -> str:
        return str(self.dice.pick("1 to 3", "0 to 2", "0.5 to 4"))

    def _once(self, form: str) -> Written:
        return {form: self._amount(), "if": self.formulas.truth(1)}

    def _times(self, form: str) -> Written:
        numbers = self.measures.numbers()
        per = self.dice.pick(
            f"found {self.dice.one(POINTS)}",
            f"{self.dice.pick('lacking', 'present')} {self.dice.one([*LISTS])}",
            self.formulas.number(1),
            self.dice.one(numbers) if numbers else "党员数",
        )
        return {form: self._amount(), "per": per}

    def _points(self, form: str) -> Written:
        held = self.dice.some(POINTS, 1, 3)
        return {
            form: {name: self._range() if self.dice.maybe(20) else self._amount() for name in held}
        }

    def _by_answer(self, form: str) -> Written:
        if self.dice.maybe(40):
            by = self.dice.pick("领域", "地类")
            words = words_of(by)
        else:
            by = self.dice.one([*LEVELLED])
            words = LEVELLED[by]
        return {form: {word: n for n, word in enumerate(self.dice.some(words, 2, 3))}, "by": by}

    def _by_rows(self, form: str) -> Written:
        counted = {name: sheet for name, sheet in self.measures.rows.items() if sheet in _GRADED}
        per = self.dice.one(["表彰奖励", *counted])
        by = _GRADED[counted.get(per, per)]
        held = self.dice.some(words_of(by), 1, 3)
        written = {form: {word: n + 1 for n, word in enumerate(held)}, "per": per, "by": by}
        return {**written, "highest": "only"} if self.dice.maybe(50) else written

    def _steps(self, form: str) -> Written:
        edge = self.formulas.number(0)
        written = {
            form: self._amount(),
            "every": self.dice.pick("1%", 1, 2, "25%"),
            "of": self.formulas.number(1),
            self.dice.pick("below", "above"): self.dice.pick("70%", 5, edge),
        }
        return {**written, "partial": "counts"} if self.dice.maybe(50) else written

    def _person(self, form: str) -> Written:
        if self.dice.maybe(40):
            return {form: self._range(), "per": f"found {self.dice.one(POINTS)}"}
        return {form: self._range()}

    # --- what sets the base ---

    def _score(self) -> Written:
        return {"score": self.dice.pick(0, 2, 4.5, 6), "if": self.formulas.truth(1)}

    def _marks(self) -> Written:
        return {"score": self.dice.pick("0 to 6", "1 to 5")}

    def _grade(self) -> Written:
        if self.dice.maybe(50):
            by = self.dice.one([*LEVELLED])
            return {"score": {word: 5 - 2 * n for n, word in enumerate(LEVELLED[by])}, "by": by}
        return {"score": {word: 5 - 2 * n for n, word in enumerate(LEVELS)}}

    def _bands(self) -> Written:
        word = self.dice.pick("from", "over", "upto")
        edges = self.dice.some(("0", "0.5", "1", "2", "5", "60"), 1, 3)
        ordered = edges if word == "upto" else edges[::-1]
        points = self.dice.some((6, 4, 3, 1, 0), len(ordered), len(ordered))
        given = dict(zip(ordered, points, strict=True))
        return {
            "bands": {
                "of": self.formulas.number(1),
                word: given,
                "otherwise": self.dice.whole(0, 2),
            }
        }

    def _table(self) -> Written:
        return {"table": table(self.dice, self.formulas, lambda: self.dice.pick(6, 4, 2.5, 1, 0))}


_GRADED = {"表彰奖励": "级别", "负面情形": "情形", "民主测评": "等次", "组织生活": "类型"}
"""Sheets whose rows may be paid by a word of theirs."""


def table(dice: Dice, formulas: Formulas, outcome: Any, *, judged: bool = False) -> Written:
    """A decision table over a number and perhaps a word or a truth."""
    kinds = [NUMBER, *dice.some((TEXT, TRUTH), 0, 2)]
    given = [
        formulas.number(1) if kind == NUMBER else dice.one(formulas.names.of(kind))
        for kind in kinds
    ]
    hit = dice.pick("first", "priority", "collect", "unique")
    rows = [
        [
            *(_cell(dice, formulas, kind, name) for kind, name in zip(kinds, given, strict=True)),
            outcome(),
        ]
        for _ in range(dice.whole(1, 4))
    ]
    if hit == "unique":
        edge = dice.pick(1, 2, 5)
        rest = ["any"] * (len(kinds) - 1)
        rows = [[f"under {edge}", *rest, outcome()], [f"from {edge}", *rest, outcome()]]
    written: Written = {"of": given, "hit": hit, "rows": rows}
    if not judged and dice.maybe(60):
        written["otherwise"] = dice.whole(0, 3)
    return written


def _cell(dice: Dice, formulas: Formulas, kind: str, name: str) -> str:
    if dice.maybe(25):
        return str(dice.pick("any", "blank"))
    if kind == TRUTH:
        return str(dice.pick("是", "否"))
    if kind == TEXT:
        words = words_of(formulas.names.columns.get(name, name))
        plain = [word for word in words if "、" not in word]
        return "、".join(dice.some(plain, 1, 2))
    return str(
        dice.pick(
            "1", "over 2", "from 1", "under 3", "upto 50%", "1 to 3", "0 to under 2", "over 1 to 5"
        )
    )
