"""Whole reviews: a rulebook with a case beside it that gives the records, as one document."""

from __future__ import annotations

from typing import Any

from equality.books import rulebook
from equality.dice import Dice
from equality.layers import layered
from equality.people import earlier, other_results, people
from equality.records import Inspection
from equality.world import OTHER

PERIODS = {
    "year": "2023",
    "half": "2023H1",
    "quarter": "2023Q2",
    "month": "2023-05",
    "上学期": "2023上学期",
}
CODES = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")


def document(dice: Dice, size: int = 3) -> dict[str, Any]:
    """A rulebook with one case; `size` is about how many sections and organisations there are."""
    book = rulebook(dice, size)
    codes = [*CODES[: dice.whole(1, size + 2)]]
    inspection = Inspection(dice, book, codes)
    given = inspection.sheets(size * 2)
    given |= people(dice, given, codes, inspection.items)
    given = {name: [_written(row) for row in rows] for name, rows in given.items()}
    plan: dict[str, Any] = {"period": PERIODS[book.get("period", "year")]}
    if dice.maybe(30):
        plan["cut_off"] = dice.pick("2023-12-31", "2024-01-31", "2023-08-15", "2023-05-20")
    if dice.maybe(30):
        plan["level"] = dice.pick("镇", "县", "村")
    if dice.maybe(10):
        plan["stage"] = dice.pick("自评", "复核", "审定")
    case: dict[str, Any] = {
        "title": "抽出的案例",
        "plan": plan,
        "given": given,
        "expect": {"faults": []},
    }
    if dice.maybe(60):
        case["issued"] = dice.pick("2024-01-20", "2023-12-31", "2031-01-05")
    if dice.maybe(60) and (left := earlier(dice, codes, inspection.items)):
        case["previous"] = left
    if dice.maybe(70):
        case["results"] = {OTHER: other_results(dice, codes)}
    if dice.maybe(3):
        case["why"] = "随机抽出"
    written = layered(dice, book) if dice.maybe(10) else book
    return {**written, "cases": [case]}


def _written(row: dict[str, str | None]) -> dict[str, str]:
    """A row as a file holds it: what is blank is an empty cell."""
    return {column: cell or "" for column, cell in row.items()}
