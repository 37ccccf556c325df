"""What a case says in vain makes it fail, in words."""

import pytest

from engine.made import book
from starrating.rulecases import run_case

CASE = """
sections:
  - {title: 甲, points: 5, items: [{id: "1", title: 乙, points: 5, clauses: [{deduct: 1, if: found 丙}]}]}
cases:
  - {title: 试, plan: {period: PERIOD}, given: {GIVEN}, expect: {EXPECT}}
"""


def lines(period="2024", given="检查记录: [{检查项目: 丙, 结果: 是}]", expect='items: {"1": 4}'):
    """The differences of the case."""
    text = CASE.replace("PERIOD", period).replace("GIVEN", given).replace("EXPECT", expect)
    rules = book(text)
    return run_case(rules, rules.cases[0], "native")


def test_it_passes():
    """One point found costs one."""
    assert lines() == []


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("检查纪录: [{检查项目: 丙, 结果: 是}]", "没有名为“检查纪录”的表"),
        ("检查记录: [{检查项目: 丙, 结果: 是, 数额: 2}]", "没有名为“数额”的列"),
    ],
)
def test_what_nothing_reads(given, word):
    """A sheet or a column that nothing knows does not pass in silence."""
    assert any(word in line for line in lines(given=given))


def test_what_nothing_reads_may_be_expected():
    """Unless that is what the case is about."""
    expect = 'items: {"1": 4}, faults: [{code: D216}]'
    given = "检查记录: [{检查项目: 丙, 结果: 是, 数额: 2}]"
    assert lines(given=given, expect=expect) == []


DENIED = CASE.replace(
    "cases:",
    "judgements: [{id: V, if: found 丁, then: {deny: 先进}}, {id: W, if: found 丙, then: {deny: 优秀}}]\ncases:",
)


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("deny: [优秀]", []),
        ("deny: []", ["deny：预期 没有，实际 优秀"]),
        ("deny: [先进, 优秀]", ["deny：预期 先进、优秀，实际 优秀"]),
    ],
)
def test_what_is_denied(expect, told):
    """A case lists all honours that are denied."""
    given = "检查记录: [{检查项目: 丙, 结果: 是}, {检查项目: 丁, 结果: 否}]"
    text = DENIED.replace("PERIOD", "2024").replace("GIVEN", given).replace("EXPECT", expect)
    rules = book(text)
    assert run_case(rules, rules.cases[0], "native") == told


def test_a_period_that_is_none():
    """The period is named, and how to write one."""
    (line,) = lines(period="20xx")
    assert "20xx" in line
    assert "2024Q2" in line
