"""The nearest known name."""

from __future__ import annotations

import pytest

from starrating.rulebook.suggest import did_you_mean, nearest

KNOWN = ("缺开党员大会季度", "党员大会", "支委会", "截止日", "includes", "级别", "类别")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("缺开党员大会季", "缺开党员大会季度"),
        ("党员会", "党员大会"),
        ("会党员大", "党员大会"),
        ("支部委员会", "支委会"),
        ("日截止", "截止日"),
        ("Includes", "includes"),
        ("inculde", "includes"),
        ("党课", None),
        ("日期", None),
        ("xyz", None),
    ],
)
def test_nearest(name: str, expected: str | None) -> None:
    """Near by order, by case or width, or by shared Chinese characters."""
    assert nearest(name, KNOWN) == expected


def test_equally_near_names_are_taken_in_order() -> None:
    """The order in which names are known does not matter."""
    assert nearest("甲别", ("类别", "级别")) == nearest("甲别", ("级别", "类别"))


def test_the_question() -> None:
    """The message asks; without a near name it says what else is given."""
    assert did_you_mean("党员会", KNOWN) == "是否想写 党员大会？"
    assert did_you_mean("党课", KNOWN, "请先声明") == "请先声明"
