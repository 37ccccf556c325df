"""From grids to records."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from starrating.records.assemble import assemble, sheet_names
from starrating.schema import ACTIVITIES, CHECKS, PROBLEMS, STANDARD

from .books import REGISTER, grid, read, told

HEAD = ("党组织", "日期", "类型")


def test_names_of_sheets() -> None:
    """Names and aliases, a sheet's own name first."""
    names = sheet_names(STANDARD)
    assert (names["三会一课"], names["活动阵地"], names["组织生活"]) == (
        ACTIVITIES,
        CHECKS,
        ACTIVITIES,
    )


def test_sheets_nobody_knows(tmp_path: Path) -> None:
    """Listed as unused; one whose name is nearly known is asked about, never taken."""
    records = read(tmp_path, **{"通讯录": [("单位", "电话")], "组织生活 (2)": [HEAD]})
    assert [(one.sheet, one.column) for one in records.unused] == [
        ("组织生活 (2)", ""),
        ("通讯录", ""),
    ]
    assert told(records) == [("D207", "组织生活 (2)")]
    assert not records.supplied(ACTIVITIES)


def test_not_supplied_and_supplied_empty(tmp_path: Path) -> None:
    """A header alone says that nothing happened; no sheet says nothing."""
    records = read(tmp_path, 组织生活=[HEAD])
    assert records.supplied(ACTIVITIES)
    assert not records.supplied(PROBLEMS)


def test_grids_in_any_order_give_the_same_records() -> None:
    """Files and sheets are put into an order of our own."""
    one, other, register = (
        grid(HEAD, ("0101", "2023-3-1", "党课")),
        grid(HEAD, ("0102", "2023-3-1", "党课")),
        grid(*REGISTER, sheet="党组织"),
    )
    one.file, other.file = "a.xlsx", "b.xlsx"
    first, *others = (assemble(order, STANDARD) for order in permutations((one, other, register)))
    assert all(records == first for records in others)


def test_parents_are_given_by_code(tmp_path: Path) -> None:
    """A name of the register becomes its code; others stay as written."""
    head = ("党组织代码", "党组织名称", "领域", "上级党组织")
    records = assemble(
        [
            grid(
                head,
                ("01", "甲镇党委", "农村", "某县委"),
                ("0101", "甲子村党支部", "农村", "甲镇党委"),
                sheet="党组织",
            )
        ],
        STANDARD,
    )
    assert [one.row.value("上级党组织") for one in records.organisations] == ["某县委", "01"]
    assert [row.organisation for row in records.rows("党组织")] == ["01", "0101"]


def test_changes_name_codes_where_they_are_known(tmp_path: Path) -> None:
    """A body that is gone stays as written."""
    head = ("日期", "变更类型", "原党组织", "现党组织")
    records = read(tmp_path, 组织变更=[head, ("2023-3-1", "合并", "旧村党支部", "甲子村党支部")])
    (row,) = records.rows("组织变更")
    assert (row.organisation, row.value("原党组织"), row.value("现党组织")) == (
        "",
        "旧村党支部",
        "0101",
    )
    assert records.faults == ()
