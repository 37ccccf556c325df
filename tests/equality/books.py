"""Whole rulebooks: every word of the language stands in some of them (rules/rulebook.schema.json)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from equality.dice import Dice
from equality.formulas import ROLL_ONLY, Formulas
from equality.grades import lagging, moves, stars
from equality.measures import Measures, late_measures
from equality.sheet import NOT_APPLICABLE, Sheet
from equality.verdicts import judgements, rectification, row_checks
from equality.world import FLAGS, LISTS, NUMBER, OWN_COLUMNS, OWN_TABLES, PAST, POINTS

Written = dict[str, Any]


def rulebook(dice: Dice, size: int = 3) -> Written:
    """A rulebook; `size` is about how many sections, and so measures, it has."""
    book = _head(dice)
    measures = Measures(dice)
    measures.draw(dice.whole(1, 3 * size))
    early = measures.names()
    book["measures"] = measures.written
    if dice.maybe(8):
        book["judgements"] = judgements(dice, early, early, ["1.1"], dice.whole(1, 3))
        return _screening(book)
    sheet = Sheet(dice, measures)
    sheet.draw(dice.whole(1, size))
    book["sections"] = sheet.sections
    _total(dice, book, sheet)
    numbers = measures.numbers()
    scored = replace(early.more(NUMBER, "总分", *sheet.titles), flags=FLAGS, items=sheet.items)
    late = late_measures(measures, replace(scored.more(NUMBER, "星级"), flags=()), dice.whole(0, 2))
    if dice.maybe(85):
        at_band = Formulas(dice, scored)
        most = sum(section.get("points", 0) for section in sheet.sections)
        book["stars"] = stars(dice, at_band, numbers, most or 5)
        if dice.maybe(50):
            book["moves"] = moves(dice, at_band) or {"rise_at_most": 1}
    at_end = scored.more(NUMBER, "星级", *late) if "stars" in book else scored
    if "stars" not in book:
        for name in late:
            del measures.written[name]
    if dice.maybe(30):
        book["lagging"] = lagging(dice, Formulas(dice, at_end))
    if dice.maybe(65):
        book["judgements"] = judgements(dice, early, at_end, sheet.items, dice.whole(1, 4))
    _beside(dice, book, sheet)
    return book


def _head(dice: Dice) -> Written:
    """What stands before the measures."""
    book: Written = {
        "format": 1, "id": PAST, "version": "2023", "title": "抽出的细则", "in_force": {"from": "2020-01-01"},
    }  # fmt: skip
    if dice.maybe(10):
        book["in_force"]["until"] = "2025-12-31"
        book["issued"] = {"by": "虚构镇党委", "document": "〔2023〕1号", "date": "2023-01-05"}
    if dice.maybe(5):
        book["continues"] = "old-norms"
    before = Formulas(dice, ROLL_ONLY)
    if dice.maybe(40):
        book["subjects"] = {}
        if dice.maybe(60):
            book["subjects"]["where"] = dice.pick("领域 in 农村、社区", before.truth(1))
        if dice.maybe(70) or not book["subjects"]:
            book["subjects"]["rated_when"] = dice.pick("是否参评", before.truth(1))
    book |= {"columns": OWN_COLUMNS, "tables": OWN_TABLES}
    book["terms"] = {
        "上学期": {"from": "02-10", "until": "06-30"},
        "寒假": {"from": "12-20", "until": "02-09"},
    }
    book["lists"] = {
        **{name: [*own] for name, own in LISTS.items()},
        "类别": ["党课", "农村", "满意"],
    }
    book["defaults"] = {"not_applicable": dice.one(NOT_APPLICABLE)}
    if dice.maybe(10):
        book["period"] = dice.pick("year", "half", "quarter", "month", "上学期")
    book["raters"] = dice.pick(["复核", "初评"], ["初评"], {"mean": ["初评", "复核"]})
    if dice.maybe(40):
        book["points"] = {"decimals": dice.pick(2, 0, 1, 4)}
    if dice.maybe(60):
        book["checks"] = _checks(dice)
    return book


def _checks(dice: Dice) -> Written:
    found: Written = {}
    if dice.maybe(60):
        found["unrecorded"] = dice.pick("not_found", "unknown")
    if dice.maybe(60):
        found["unrecorded_elements"] = dice.pick("present", "lacking", "unknown")
    return found or {"unrecorded": "not_found"}


def _total(dice: Dice, book: Written, sheet: Sheet) -> None:
    if dice.maybe(25):
        book["total"] = sheet.total()
    if dice.maybe(12):
        book["total_cap"] = dice.pick(9, 20, 4.5)
    if dice.maybe(20):
        book["total_floor"] = dice.pick(-5, 2, -100)


def _screening(book: Written) -> Written:
    """A rulebook without a sheet: its judgements only flag."""
    for each in book["judgements"]:
        then = each["then"]
        for word in ("score", "item", "total", "star", "star_at_most"):
            then.pop(word, None)
        then.setdefault("flag", FLAGS[-1])
    return book


def _beside(dice: Dice, book: Written, sheet: Sheet) -> None:
    """What changes no score: duties, checks of rows, a second person, waivers; counted points."""
    asked = {point for point in POINTS if f"{point}" in str(book["sections"])}
    if asked and dice.maybe(40):
        book.setdefault("checks", {})["count"] = [dice.one(sorted(asked))]
    if dice.maybe(60):
        book["rectification"] = rectification(dice, sheet.items, asked, book.get("judgements", []))
    if dice.maybe(20):
        book["row_checks"] = row_checks(dice)
    if dice.maybe(20):
        book["second_person"] = ["星级"]
    if dice.maybe(5):
        book["waive"] = [{"code": "R351", "reason": "备用", "at": "指标1"}]
