"""The plan of a review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from starrating.records import find_plan, plan_from_bytes, read_plan

WHOLE = """\
title: 某镇2023年度评定
level: 镇级
period: "2023"
cut_off: 2024-01-07
rulebooks: [town-village@2023, weak-and-lax]
stage: 初评
office: {name: 党建办, phone: ""}
publicity: {days: 5, kind: working}
"""


def test_a_whole_plan() -> None:
    """Every key is read into its field."""
    plan, faults = plan_from_bytes(WHOLE.encode())
    assert faults == ()
    assert plan is not None
    assert (plan.title, plan.level, plan.period) == ("某镇2023年度评定", "镇", "2023")
    assert plan.cut_off == date(2024, 1, 7)
    assert plan.rulebooks == (("town-village", "2023"), ("weak-and-lax", None))
    assert (plan.stage, plan.office["name"], plan.publicity["days"]) == ("初评", "党建办", "5")


@pytest.mark.parametrize("level", ["村", "乡镇", "县级", "区", "中央"])
def test_levels_go_by_several_names(level: str) -> None:
    """乡镇 is 镇, 区 is 县."""
    plan, faults = plan_from_bytes(f"level: {level}\n".encode())
    assert plan is not None
    assert plan.level in {"村", "镇", "县", "中央"}
    assert faults == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("titel: x\n", "D602", 1),
        ("title: x\nstage: 终评\n", "D605", 2),
        ("level: 组\n", "D605", 1),
        ("cut_off: 2024年1月7日\n", "D604", 1),
        ("title: [a]\n", "D603", 1),
        ("rulebooks: [a, a]\n", "D603", 1),
        ("rulebooks: [[a]]\n", "D603", 1),
        ("office: 党建办\n", "D603", 1),
        ("office: {name: [x]}\n", "D603", 1),
        ("publicity: {days: 几}\n", "D603", 1),
        ("publicity: {days: 5, kind: work}\n", "D605", 1),
        ("publicity: {day: 5}\n", "D602", 1),
    ],
)
def test_faults_name_the_line(text: str, code: str, line: int) -> None:
    """The rest of the plan is read all the same."""
    plan, faults = plan_from_bytes(text.encode())
    assert plan is not None
    assert [(fault.code, fault.origin.line) for fault in faults] == [(code, line)]


def test_a_list_is_no_plan() -> None:
    """Nothing can be made of it."""
    plan, faults = plan_from_bytes(b"- a\n")
    assert plan is None
    assert [fault.code for fault in faults] == ["D601"]


def test_broken_yaml_is_fatal() -> None:
    """The reader of YAML tells."""
    plan, faults = plan_from_bytes(b"title: [x\n")
    assert plan is None
    assert faults


def test_the_plan_of_a_folder(tmp_path: Path) -> None:
    """Only a folder can hold one."""
    assert find_plan(tmp_path) is None
    (tmp_path / "plan.yaml").write_text("title: x\n", "utf-8")
    assert find_plan(tmp_path) == tmp_path / "plan.yaml"
    assert find_plan(tmp_path / "plan.yaml") is None
    plan, faults = read_plan(tmp_path / "plan.yaml")
    assert plan is not None
    assert plan.data
    assert faults == ()


def test_a_plan_that_is_not_there(tmp_path: Path) -> None:
    """A path given by hand may be wrong."""
    plan, faults = read_plan(tmp_path / "plan.yaml")
    assert plan is None
    assert [fault.code for fault in faults] == ["D101"]


def test_a_plan_that_can_not_be_opened(tmp_path: Path) -> None:
    """A folder in its place is no exception."""
    plan, faults = read_plan(tmp_path)
    assert plan is None
    assert [fault.code for fault in faults] == ["D117"]
