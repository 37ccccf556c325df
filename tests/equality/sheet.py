"""The printed sheet: items, variants, sections, the total (docs/language/items.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from equality.clauses import Clauses
from equality.dice import Dice
from equality.formulas import Formulas
from equality.measures import Measures
from equality.world import NUMBER

Written = dict[str, Any]
NOT_APPLICABLE = ("full", "leave_out", "zero")


class Sheet:
    """Writes sections with their items."""

    def __init__(self, dice: Dice, measures: Measures) -> None:
        self.dice, self.measures = dice, measures
        self.clauses = Clauses(dice, measures)
        self.formulas = Formulas(dice, measures.names())
        self.sections: list[Written] = []

    @property
    def titles(self) -> list[str]:
        """The titles of the sections."""
        return [section["title"] for section in self.sections]

    @property
    def items(self) -> list[str]:
        """The ids of the items."""
        return [item["id"] for section in self.sections for item in section["items"]]

    def draw(self, count: int) -> None:
        """So many sections, the first a base section."""
        for number in range(1, count + 1):
            kind = "base" if number == 1 else self.dice.pick("base", "bonus", "deduction")
            self.sections.append(self._section(number, kind))

    def total(self) -> str:
        """An expression for the total."""
        names = self.formulas.names.more(NUMBER, *self.titles * 3)
        own = Formulas(self.dice, replace(names, items=self.items))
        parts = [f"{title} * {self.dice.pick('30%', '1', '70%', '1 / 3')}" for title in self.titles]
        return f"{' + '.join(parts)} {self.dice.one('+-')} {own.number(1)}"

    def _section(self, number: int, kind: str) -> Written:
        items = [
            self._item(f"{number}.{place}", kind) for place in range(1, self.dice.whole(1, 3) + 1)
        ]
        points = sum(item.get("points", 0) for item in items)
        written: Written = {"title": f"第{number}部分", "items": items}
        if kind != "base" or self.dice.maybe(30):
            written["kind"] = kind
        if kind == "base" and points:
            written["points"] = points
        written |= self._limits(kind, points)
        if self.dice.maybe(15):
            written["applies_when"] = self.formulas.truth(1)
        return written

    def _limits(self, kind: str, points: float) -> Written:
        found: Written = {}
        if self.dice.maybe(15):
            found["cap"] = self.dice.pick(4, 9, 2.5)
        if self.dice.maybe(10):
            found["floor"] = self.dice.pick(-2, 0, 1)
        if self.dice.maybe(15):
            found["weight"] = self.dice.pick("70%", "0.3333", 2)
        if kind == "base" and points:
            if self.dice.maybe(15):
                found["scale_to"] = self.dice.pick(7, 30, 100)
            if self.dice.maybe(15):
                found["clamp"] = True
        return found

    def _item(self, number: str, kind: str) -> Written:
        written: Written = {"id": number, "title": f"项目{number}"}
        pointless = kind == "base" and self.dice.maybe(8)
        if kind == "base" and not pointless:
            written["points"] = self.dice.pick(6, 5, 8, 4.5)
        written["clauses"] = self._listed(kind, pointless=pointless)
        forms = {form for clause in written["clauses"] for form in clause}
        if kind == "base" and not pointless and ({"add", "best_of"} & forms or self.dice.maybe(30)):
            written["starts_at"] = self.dice.pick("full", "zero")
        if self.dice.maybe(25 if kind == "base" else 60):
            written["cap"] = self.dice.pick(5, 3, 7.5)
        if self.dice.maybe(10):
            written["floor"] = self.dice.pick(-1, 1, 0)
        if self.dice.maybe(20):
            written["applies_when"] = self.formulas.truth(1)
        if self.dice.maybe(30):
            written["not_applicable"] = self.dice.one(NOT_APPLICABLE)
        if self.dice.maybe(15):
            written["raters"] = self.dice.pick(
                {"mean": ["复核", "初评"]}, ["初评"], ["初评", "复核"]
            )
        if kind == "base" and self.dice.maybe(12):
            written["variants"] = self._variants(pointless=pointless)
        if self.dice.maybe(4):
            written |= {"basis": "第三条", "self_scored": True}
        return written

    def _listed(self, kind: str, *, pointless: bool) -> list[Written]:
        one, contests = self.clauses, {"deduct": "worst_of", "add": "best_of"}
        forms = {"base": ("deduct", "add"), "bonus": ("add",), "deduction": ("deduct",)}[kind]
        if pointless:
            forms = ("deduct",)
        made = []
        for _ in range(self.dice.whole(1, 3)):
            form = self.dice.one(forms)
            if kind == "base" and not pointless and self.dice.maybe(35):
                always = not any(
                    each.keys() & {"score", "bands", "table"} and "if" not in each for each in made
                )
                made.append(one.setting(always=always))
            elif self.dice.maybe(15):
                made.append(one.contest(contests[form], form))
            else:
                made.append(one.moving(form))
        return made

    def _variants(self, *, pointless: bool) -> Written:
        def variant(number: int) -> Written:
            own: Written = {"title": f"第{number}类"}
            if not pointless and self.dice.maybe(50):
                own["points"] = self.dice.pick(4, 10)
            if not pointless and self.dice.maybe(60):
                own |= {
                    "clauses": self._listed("base", pointless=False),
                    "starts_at": self.dice.pick("full", "zero"),
                }
            if self.dice.maybe(30):
                own["cap"] = self.dice.pick(3, 12)
            if self.dice.maybe(30):
                own["applies_when"] = self.formulas.truth(1)
            if self.dice.maybe(30):
                own["not_applicable"] = self.dice.one(NOT_APPLICABLE)
            if self.dice.maybe(10):
                own["basis"] = "第四条"
            return own

        by, keys = self.dice.pick(("领域", ("农村", "社区、机关")), ("地类", ("山区", "城郊")))
        of = {key: variant(n) for n, key in enumerate(keys, start=1)}
        return {"by": by, "of": of, **({"otherwise": variant(3)} if self.dice.maybe(40) else {})}
