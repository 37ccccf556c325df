"""Judgements, duties of rectification, checks of rows (docs/language/judgements.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from equality.clauses import table
from equality.dice import Dice
from equality.formulas import Formulas, Names, names_of_rows
from equality.world import FLAGS, POINTS, SHEETS

Written = dict[str, Any]
LENGTHS = ("30 days", "10 working days", "2 months", "1 years")
KINDS = ("限期整改", "立行立改", "长期坚持")


def judgements(
    dice: Dice, early: Names, late: Names, items: list[str], count: int
) -> list[Written]:
    """So many, of both stages; a flag is raised only by those that read flags named before it."""
    listed = []
    for number in range(1, count + 1):
        second = dice.maybe(35)
        raised = dice.whole(0, len(FLAGS) - 1)
        names = replace(
            late if second else early,
            flags=FLAGS[:raised] or ("先进",),
            judged=("flagged", "confirmed") if raised else ("flagged", "confirmed", "denied"),
        )
        own = Formulas(dice, names)
        written: Written = {"id": f"V{number}"}
        if dice.maybe(15):
            written["table"] = table(dice, own, lambda: dice.pick("是", "否"), judged=True)
        else:
            written["if"] = f"{own.truth(1)} and 总分 >= 0" if second else own.truth(1)
        written["then"] = _effects(dice, own, FLAGS[raised], items, scores=not second)
        if dice.maybe(10):
            written |= {"title": "某种情形", "basis": "第五条"}
        listed.append(written)
    return listed


def _effects(dice: Dice, own: Formulas, flag: str, items: list[str], *, scores: bool) -> Written:
    found: Written = {}
    if scores and dice.maybe(60):
        found |= dice.pick(
            {"score": 0, "item": dice.one(items)},
            {"total": 0},
            {"star_at_most": dice.whole(1, 4)},
            {"star": "none"},
        )
    if dice.maybe(50) or not found:
        found["flag"] = flag
        if dice.maybe(50):
            found["case"] = dice.pick("长期空缺", "久拖不改")
        if dice.maybe(30):
            found["amount"] = dice.pick("5000", own.number(1))
    if dice.maybe(15):
        found["deny"] = "评先"
    if dice.maybe(35):
        found["task"] = "制定整顿方案"
        if dice.maybe(60):
            found |= {"within": dice.one(LENGTHS), "owner": "党组织书记", "kind": dice.one(KINDS)}
    return found


def rectification(dice: Dice, items: list[str], points: set[str], judged: list[Written]) -> Written:
    """The entry `rectification`; `points` are the check points that some clause asks."""
    keys = ["default", *items, *(point for point in POINTS if point in points)]
    losing = set(keys)
    keys += [each["id"] for each in judged]
    keys += [flag for flag in FLAGS if any(each["then"].get("flag") == flag for each in judged)]
    return {key: _duty(dice, silent=key in losing) for key in dice.some(keys, 1, 5)}


def _duty(dice: Dice, *, silent: bool) -> Written:
    if silent and dice.maybe(15):
        return {"task": "none"}
    written: Written = {"task": "按要求补齐"} if dice.maybe(60) else {}
    if dice.maybe(60) or not written:
        written["within"] = dice.one(LENGTHS)
    if dice.maybe(40):
        written["owner"] = "支部书记"
    if dice.maybe(40):
        written["kind"] = dice.one(KINDS)
    return written


def row_checks(dice: Dice) -> list[Written]:
    """The entry `row_checks`."""
    sheet = dice.one([*SHEETS])
    written: Written = {"sheet": sheet, "if": Formulas(dice, names_of_rows(sheet)).truth(1)}
    if dice.maybe(70):
        written["severity"] = dice.pick("error", "warning", "hint")
    return [{**written, "message": "请核对"}]
