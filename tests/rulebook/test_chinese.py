"""Expressions as an office reads them."""

import pytest
from hypothesis import given

from starrating.origin import Origin
from starrating.rulebook.chinese import say
from starrating.rulebook.expressions import Name, walk
from starrating.rulebook.parsing import parse
from strategies import expressions


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("正式党员数 >= 7 and 是否设支委会 = 否", "正式党员数不少于7，且未设支委会"),
        ("found 记录不规范", "记录不规范"),
        ("lacking 五统一", "五统一缺项数"),
        ("书记空缺起始日期 + 2 months < 截止日", "书记空缺起始日期至截止日超过2个月"),
        ("任期届满日期 <= 截止日 + 6 months", "截止日至任期届满日期不超过6个月"),
        ("最近换届日期 < 截止日 - 5 years", "最近换届日期至截止日超过5年"),
        ("是否核实 = 是 and not 是否有场所", "核实，且没有场所"),
        ("领域 in 农村、社区", "领域属于农村、社区"),
        ("类型 includes '党课'", "类型含党课"),
        ("销号日期 is blank or 销号日期 > 整改时限", "销号日期为空或销号日期晚于整改时限"),
        ("not (甲 > 1 or 乙 > 2)", "并非（甲大于1或乙大于2）"),
        ("到会率 < 70%", "到会率小于0.7"),
        ("max(应配 - 实配, 0)", "应配－实配（最少为0）"),
        ("min(甲, 乙)", "甲、乙中最小值"),
        ("confirmed 软弱涣散", "认定为软弱涣散"),
    ],
)
def test_expressions_read_as_offices_write(text, chinese):
    """Each form has its Chinese phrase."""
    assert say(parse(text, Origin("x", 1, 1))) == chinese


@given(expressions())
def test_every_expression_can_be_said(expr):
    """Whatever can be written can be said, and every name it reads is named."""
    told = say(expr)
    named = (leaf.name for leaf in walk(expr) if isinstance(leaf, Name))
    assert all(name.removeprefix("是否") in told for name in named)
