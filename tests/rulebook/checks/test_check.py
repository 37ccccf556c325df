"""All checks together: hints, waivers, and what an extended file keeps to itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from starrating.faults import Fault
from starrating.rulebook.checks import check
from starrating.rulebook.read import read_rulebook, read_text

HEAD = 'format: 1\nid: town\nversion: "1"\ntitle: 细则\nin_force: {from: 2024-01-01}\n'


def findings(text: str) -> tuple[Fault, ...]:
    """What the checks say of a book made of the head and `text`."""
    loaded = read_text((HEAD + text).encode(), "r.yaml", lambda _id, _version: None)
    assert loaded.faults == ()
    assert loaded.book is not None
    return check(loaded.book)


def judged(condition: str) -> str:
    """A book with one judgement."""
    return f"judgements:\n  - {{id: V1, if: {condition}, then: {{star: none}}}}\n"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (judged("成立日起 < 截止日"), "是否想写 成立日期？"),
        (judged("领域 = 农村"), "如果是文字，要加引号：'农村'"),
        (judged("实到 > 3"), "它是组织生活表的列"),
        (judged("found 班子不健全 or 班子不健全 > 1"), "found 班子不健全"),
        ("lists: {五统一: [甲, 乙]}\n" + judged("五统一 > 1"), "lacking 五统一"),
        (judged("什么 > 1"), "measures"),
    ],
)
def test_hints_for_unknown_names(text: str, hint: str) -> None:
    """The remedy says what was likely meant."""
    (found,) = findings(text)
    assert found.code == "R301"
    assert hint in found.remedy


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        (
            "measures:\n  会: {sheet: 组织生活, count: rows}\nsubjects: {where: 会 > 1}\n"
            + judged("会 > 1"),
            "会",
            "党组织表的列",
        ),
        (
            "measures:\n  会: {sheet: 组织生活, where: 数 > 1, count: rows}\n"
            "  数: {value: 党员数}\n" + judged("会 > 1 and 数 > 1"),
            "数",
            "组织生活表和党组织表",
        ),
        (
            "measures:\n  会: {sheet: 组织生活, where: found 点甲, count: rows}\n"
            + judged("会 > 1"),
            "found 点甲",
            "条款",
        ),
    ],
)
def test_what_is_read_too_early(text: str, name: str, hint: str) -> None:
    """Measures, check points and scores are read only where they stand."""
    (found,) = findings(text)
    assert found.code == "R306"
    assert found.message.endswith(f"还不能读“{name}”")
    assert hint in found.remedy


def two_sums(waive: str = "") -> str:
    """A book with the same warning on two sections."""
    sections = "".join(
        f"  - title: {title}\n    points: 9\n    items:\n      - {{id: '{number}', title: 项, "
        f"points: 1, clauses: [{{deduct: 1, if: found {title}情形}}]}}\n"
        for number, title in (("1.1", "甲部分"), ("2.1", "乙部分"))
    )
    return f"defaults: {{not_applicable: full}}\n{waive}sections:\n{sections}"


def test_a_waiver_turns_a_code_off() -> None:
    """With `at` only for the thing it names."""
    assert [fault.code for fault in findings(two_sums())] == ["R323", "R323"]
    assert findings(two_sums("waive: [{code: R323, reason: 照印}]\n")) == ()
    (left,) = findings(two_sums("waive: [{code: R323, reason: 照印, at: 甲部分}]\n"))
    assert "乙部分" in left.message


def test_findings_are_in_order_of_weight_and_place() -> None:
    """Errors come first, then by place."""
    text = two_sums() + judged("总分数 > 1 and 党员数 = '3'")
    assert [fault.code for fault in findings(text)] == ["R301", "R311", "R323", "R323"]


def test_an_extended_library_keeps_its_own_warnings(tmp_path: Path) -> None:
    """Measures that a book takes over and does not use are no finding of that book."""
    base = tmp_path / "base.yaml"
    base.write_text(
        HEAD.replace("town", "base")
        + "library: true\nmeasures:\n  会: {sheet: 组织生活, count: rows}\n"
        "  没用的会: {sheet: 组织生活, count: rows}\n",
        "utf-8",
    )
    own = tmp_path / "town.yaml"
    own.write_text(HEAD + 'extends: {id: base, version: "1"}\n' + judged("会 > 1"), "utf-8")
    loaded = read_rulebook(own, "rules/town/town.yaml", lambda _id, _version: base)
    assert loaded.faults == ()
    assert loaded.book is not None
    assert "没用的会" in loaded.book.measures
    assert check(loaded.book) == ()
    library = read_rulebook(base, "rules/base/base.yaml", lambda _id, _version: None)
    assert library.book is not None
    assert check(library.book) == ()
