"""People's part: corrections, objections, decisions, changes of organisations, the filled ledger."""

from __future__ import annotations

from typing import Any

from equality.cells import Cells
from equality.dice import Dice
from equality.records import Given
from equality.world import FLAGS, PAST

COUNTED_OUT = "不计入"
NEW_WORDS = ("改为2", "改为2023-05-02", "改为是", "改为党课", "改为无")


def people(dice: Dice, given: Given, codes: list[str], items: list[str]) -> Given:
    """Some of the sheets of steps 15 to 17, mostly none."""
    cells = Cells(dice)
    found: Given = {}
    if dice.maybe(25):
        found["审定结果"] = [_decision(dice, cells, code) for code in dice.some(codes, 1, 3)]
    if dice.maybe(20):
        found["核查更正"] = [_correction(dice, cells, given) for _ in range(dice.whole(1, 2))]
    if items and dice.maybe(20):
        found["异议复核"] = [
            _objection(dice, cells, code, items, number)
            for number, code in enumerate(dice.some(codes, 1, 2), start=1)
        ]
    if len(codes) > 1 and dice.maybe(25):
        found["组织变更"] = [_change(dice, cells, codes)]
    if items and dice.maybe(25):
        found["整改台账"] = [_entry(dice, cells, codes, items) for _ in range(dice.whole(1, 3))]
    return found


def _decision(dice: Dice, cells: Cells, code: str) -> dict[str, str | None]:
    matter = dice.pick("星级", dice.one(FLAGS))
    result = dice.pick("四星", "2", "不定星") if matter == "星级" else dice.pick("认定", "不认定")
    return {
        "党组织": code, "审定事项": matter, "结果": result, "理由": dice.pick("研究决定", None),
        "审定机关": "虚构镇党委", "日期": cells.day(), "复核人": dice.pick("甲", None),
    }  # fmt: skip


def _correction(dice: Dice, cells: Cells, given: Given) -> dict[str, str | None]:
    sheet = dice.one(
        [name for name, rows in given.items() if rows and name != "党组织"] or ["组织生活"]
    )
    rows = given.get(sheet) or [{"日期": None}]
    if sheet == "问题清单" and dice.maybe(50):
        place = "问题清单#W1"
    else:
        # Row 1 is the header; a column of the row's own.
        column = chr(ord("A") + dice.whole(0, len(rows[0]) - 1))
        place = f"drawn.yaml!{sheet}!{column}{dice.whole(2, len(rows) + 1)}"
    return {
        "来源": place, "更正": dice.one((COUNTED_OUT, *NEW_WORDS)), "理由": "现场核对",
        "核查人": "甲", "日期": cells.day(),
    }  # fmt: skip


def _objection(
    dice: Dice, cells: Cells, code: str, items: list[str], number: int
) -> dict[str, str | None]:
    item = dice.one(items)
    against = dice.pick(f"{code}-{item}-1", f"{code}-{item}-{dice.whole(1, 3)}", item, "星级")
    return {
        "编号": f"Y{number}", "党组织": code, "针对": against, "收到日期": cells.day(),
        "核查情况": "情况属实", "结论": dice.pick("调整", "维持", "不予受理"), "答复日期": cells.day(),
    }  # fmt: skip


def _change(dice: Dice, cells: Cells, codes: list[str]) -> dict[str, str | None]:
    old, new = dice.some(codes, 2, 2)
    kind = dice.pick("合并", "拆分", "更名", "改隶", "撤销", "升格")
    return {
        "日期": cells.day(),
        "变更类型": kind,
        "原党组织": old,
        "现党组织": new,
        "文号": "〔2023〕2号",
    }


def _entry(dice: Dice, cells: Cells, codes: list[str], items: list[str]) -> dict[str, str | None]:
    code, item = dice.one(codes), dice.one(items)
    return {
        "任务编号": f"{dice.pick('2022', '2023')}-{PAST}-{code}-{item}", "党组织": code,
        "整改任务": "补齐", "整改时限": cells.day(), "完成日期": cells.day() if dice.maybe(50) else None,
        "验收日期": cells.day() if dice.maybe(40) else None,
        "销号日期": cells.day() if dice.maybe(40) else None,
        "延期至": cells.day() if dice.maybe(20) else None,
    }  # fmt: skip


def earlier(dice: Dice, codes: list[str], items: list[str]) -> dict[str, Any]:
    """What earlier reviews left: stars, confirmed flags, open tasks, totals."""
    found: dict[str, Any] = {}
    if dice.maybe(60):
        found["stars"] = {code: dice.pick(3, 5, 0, "none") for code in dice.some(codes, 1, 4)}
    if dice.maybe(30):
        found["flags"] = {
            code: {dice.one(FLAGS): dice.pick("confirmed", "rejected")}
            for code in dice.some(codes, 1, 2)
        }
    if items and dice.maybe(30):
        found["tasks"] = [_task(dice, code, dice.one(items)) for code in dice.some(codes, 1, 2)]
    if dice.maybe(50):
        found["reviews"] = [_past(dice, year, codes) for year in ("2021", "2022")]
    return found


def _task(dice: Dice, code: str, item: str) -> dict[str, Any]:
    return {
        "task": f"2022-{PAST}-{code}-{item}", "code": code, "item": item, "task_text": "补齐",
        "issued": "2023-01-20", "due": dice.pick("2023-03-31", "2024-03-31"),
        "status": dice.pick("整改中", "已销号", "逾期未完成", "长期坚持"),
        "kind": dice.pick("限期整改", "长期坚持"),
    }  # fmt: skip


def _past(dice: Dice, year: str, codes: list[str]) -> dict[str, Any]:
    some = dice.some(codes, 0, 4)
    return {
        "rulebook": PAST, "period": year, "totals": {code: dice.whole(0, 20) for code in some},
        "stars": {code: dice.whole(0, 5) for code in some}, "items": {code: {"1.1": dice.whole(0, 6)} for code in some},
    }  # fmt: skip


def other_results(dice: Dice, codes: list[str]) -> dict[str, Any]:
    """What another rulebook of the same review gave."""
    totals = {code: dice.pick(86, 60.5, {"low": 3, "high": 9}) for code in dice.some(codes, 0, 4)}
    stars = {
        code: dice.pick(4, 0, "none", {"low": 0, "high": 3}) for code in dice.some(codes, 0, 4)
    }
    return {"totals": totals, "stars": stars}
