"""The wide form of 检查记录."""

from __future__ import annotations

import pytest

from starrating.records.headers import Head, find_header
from starrating.records.wide import is_point, is_wide
from starrating.schema import ACTIVITIES, CHECKS, STANDARD

from .books import grid


@pytest.mark.parametrize(
    ("head", "wide"),
    [
        (("党组织", "标识", "门牌"), True),
        (("党组织", "检查日期", "标识"), True),
        (("党组织", "检查项目", "结果"), False),
        (("党组织", "检查项目", "标识"), False),
    ],
)
def test_wide_has_neither_point_nor_result(head: tuple[str, ...], wide: bool) -> None:
    """The header tells."""
    sheet = STANDARD.sheets[CHECKS]
    header = find_header(grid(head), sheet)
    assert header is not None
    assert is_wide(sheet, header) is wide
    assert not is_wide(STANDARD.sheets[ACTIVITIES], header)


@pytest.mark.parametrize(
    ("label", "point"), [("标识", True), ("序号", False), ("所属乡镇", False), ("领域", False)]
)
def test_points_are_told_from_facts_of_the_register(label: str, point: bool) -> None:
    """A wide form often repeats them."""
    assert is_point(Head(1, label)) is point
