"""The plan: order, what is shared, and what is refused with its place."""

import numpy as np
import pytest

from engine.kernel.held import differences
from engine.made import book, evaluated, setting
from starrating.engine.kernel.expressions.operations import Overflow
from starrating.engine.kernel.part import encode, subset
from starrating.engine.kernel.plan import Unlowered, compile_measures
from starrating.engine.kernel.subjects import SubjectFacts
from starrating.engine.kernel.values.decode import decoded

TEXT = """
measures:
  合计: {value: 到会 + 人数}
  到会: {sheet: 组织生活, where: 类型 = '党课', sum: 实到}
  党课: {sheet: 组织生活, where: 类型 = '党课', count: rows}
  人数: {field: 党员数}
  有牌: {value: (found 挂牌) + 0}
  牌数: {value: 有牌 + 1}
"""
MEETINGS = [
    {"党组织": "b", "类型": "党课", "实到": 3, "日期": "2023-03-01"},
    {"党组织": "a", "类型": "党课", "实到": 4, "日期": "2023-03-02"},
    {"党组织": "b", "类型": "党课", "实到": 5, "日期": "2023-03-03"},
]
ROLL = [
    {"党组织代码": code, "党组织名称": f"{code}支部", "领域": "农村", "党员数": 2} for code in "ab"
]


def run(plan, part):
    """Every measure of the plan, by name, for the subjects of the part."""
    assert not plan.refused, plan.refused
    facts = SubjectFacts(plan, part)
    return {node.name: facts.measured(node.name) for node in plan.measures}


def test_each_measure_stands_after_those_it_reads():
    """Whatever the order they are written in."""
    order = [node.name for node in compile_measures(book(TEXT)).measures]
    assert order.index("合计") > max(order.index("到会"), order.index("人数"))


def test_measures_over_the_same_rows_know_each_other():
    """An equal sheet, condition and reach is one set of rows."""
    plan = compile_measures(book(TEXT))
    assert plan.node("到会").beside == ("党课",)
    assert plan.node("人数").beside == ()


def test_who_asks_for_points():
    """Itself, or through a measure."""
    plan = compile_measures(book(TEXT))
    assert [node.name for node in plan.measures if node.asks_points] == ["有牌", "牌数"]


def test_nothing_is_refused():
    """No form of measure is left to the reference."""
    assert compile_measures(book(TEXT)).refused == ()


def test_rows_stand_with_their_subjects():
    """Rows of any order are put to their subjects, and keep their place in the sheet."""
    part = encode(setting(TEXT, 党组织=ROLL, 组织生活=MEETINGS))
    rows = part.rows("组织生活")
    assert rows.subject.tolist() == [0, 1, 1]
    assert rows.place.tolist() == [1, 0, 2]
    found = run(compile_measures(book(TEXT)), part)
    assert found["合计"].value.low.num.tolist() == [6, 10]


def test_a_subset_gives_the_same():
    """The measures of those who stay do not change when others are left out."""
    part, plan = encode(setting(TEXT, 党组织=ROLL, 组织生活=MEETINGS)), compile_measures(book(TEXT))
    last = subset(part, np.array([False, True]))
    assert last.codes == ("b",)
    for name in ("合计", "到会", "党课", "人数"):
        whole, own = run(plan, part)[name].value, run(plan, last)[name].value
        assert decoded(own, 0) == decoded(whole, 1)


def test_overflow_names_the_place():
    """Numbers that could pass 2⁶³ are refused where the rules ask for them."""
    text = "measures:\n  积: {value: 党员数 * 党员数 * 党员数 * 党员数 * 党员数 * 党员数}\n"
    roll = [{**ROLL[0], "党员数": 99_999}]
    part = encode(setting(text, 党组织=roll))
    with pytest.raises(Overflow) as refused:
        run(compile_measures(book(text)), part)
    assert refused.value.origin.line == book(text).measures["积"].value.origin.line


def test_a_count_for_a_date_is_refused():
    """核查计数 is a number; for a measure that is a date the kernel names the measure."""
    text = "measures:\n  最近: {sheet: 组织生活, max: 日期}\n"
    counts = [{"党组织": "a", "指标": "最近", "数值": 3, "日期": "2023-05-01"}]
    part = encode(setting(text, 党组织=ROLL, 组织生活=MEETINGS, 核查计数=counts))
    with pytest.raises(Unlowered) as refused:
        run(compile_measures(book(text)), part)
    assert refused.value.what.origin == book(text).measures["最近"].origin


def test_points_of_a_credit():
    """What nobody recorded is not found for a deduction, and unknown for a credit."""
    text = TEXT + "checks: {unrecorded: not_found}\n"
    checks = [{"党组织": "a", "检查项目": "别的", "结果": "是"}]
    review = evaluated(text, 党组织=ROLL, 检查记录=checks)
    count, lines = differences(review)
    assert count
    assert lines == []
