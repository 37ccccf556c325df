"""Stars with their quotas, moves, the lowest (docs/language/stars.md)."""

from __future__ import annotations

from typing import Any

from equality.dice import Dice
from equality.formulas import Formulas

Written = dict[str, Any]
LEVELS = ("镇", "县", "省")


def stars(dice: Dice, own: Formulas, breakers: list[str], most: float) -> Any:
    """The entry `stars`; `most` is about what a total may reach."""
    if dice.maybe(10):
        return {"one_per_section": {"from": dice.pick("60%", 3, "30%")}}
    listed = dice.some((5, 4, 3, 2, 1), 2, 5)
    edges = [round(most * place / len(listed), 1) for place in range(len(listed) - 1, -1, -1)]
    return [
        _star(dice, own, breakers, star, edge) for star, edge in zip(listed, edges, strict=True)
    ]


def _star(dice: Dice, own: Formulas, breakers: list[str], star: int, edge: float) -> Written:
    written: Written = {"star": star}
    direct = dice.maybe(10)
    if direct:
        written["if"] = own.truth(1)
    if not direct or dice.maybe(60):
        written["from"] = edge
    if dice.maybe(12):
        written["each_section"] = dice.pick("50%", 2, "20%")
    if dice.maybe(25):
        written["requires"] = own.truth(1)
    if dice.maybe(45):
        written["at_most"] = _quota(dice, own, breakers)
    if dice.maybe(8):
        written |= {"name": f"{star}星党支部", "named_by": "县委组织部"}
    return written


def _quota(dice: Dice, own: Formulas, breakers: list[str]) -> Written:
    written: Written = dice.pick({"share": "50%"}, {"number": 1}, {"share": "34%"}, {"number": 2})
    if dice.maybe(50):
        written["among"] = dice.pick("所属乡镇", "领域", "上级党组织")
    if dice.maybe(20):
        written["of"] = own.truth(1)
    if dice.maybe(60):
        some = dice.some(breakers, 1, 2) if breakers else "include"
        written["on_tie"] = dice.pick("undecided", "include", "exclude", some)
    if dice.maybe(15):
        written["level"] = dice.one(LEVELS)
    return written


def moves(dice: Dice, own: Formulas) -> Written:
    """The entry `moves`."""
    written: Written = {}
    if dice.maybe(75):
        written["rise_at_most"] = dice.whole(0, 2)
    if dice.maybe(60):
        written["fall_at_most"] = dice.whole(0, 2)
    if dice.maybe(40):
        written["unless"] = own.truth(1)
    if dice.maybe(60):
        written["after_merger"] = dice.pick("lowest", "highest", "none", "unknown")
    if dice.maybe(40):
        written["succeeds"] = "records"
    return written


def lagging(dice: Dice, own: Formulas) -> list[Written]:
    """The entry `lagging`."""
    written: Written = {"at_least": dice.pick("30%", "50%", "10%")}
    if dice.maybe(50):
        written["among"] = dice.pick("所属乡镇", "领域")
    if dice.maybe(50):
        written["where"] = own.truth(1)
    return [written]
