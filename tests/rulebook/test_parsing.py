"""Expressions: the grammar, its places, its faults, and printing back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from starrating.faults import Fault
from starrating.limits import MAX_EXPRESSION_LENGTH
from starrating.origin import Origin
from starrating.rulebook import expressions as e
from starrating.rulebook.canonical import show
from starrating.rulebook.parsing import parse
from starrating.yamltext import MappingNode, Scalar, as_data, load
from strategies import expressions

HERE = Origin("r.yaml", 3, 10)


def tree(text: str) -> e.Expr:
    """The tree of a sound expression."""
    parsed = parse(text, HERE)
    assert not isinstance(parsed, Fault), str(parsed)
    return parsed


def fault(text: str) -> Fault:
    """The fault of a wrong expression."""
    parsed = parse(text, HERE)
    assert isinstance(parsed, Fault), parsed
    return parsed


@given(expressions())
@settings(max_examples=150, deadline=None)
def test_printed_and_read_again(expr: e.Expr) -> None:
    """What `show` prints is read as the same tree."""
    assert tree(show(expr)) == expr


A, B, C = e.Name("甲"), e.Name("乙"), e.Name("丙")
ONE, TWO = e.Num(Fraction(1)), e.Num(Fraction(2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲 or 乙 and 丙", e.Or((A, e.And((B, C))))),
        ("not 甲 and 乙", e.And((e.Not(A), B))),
        ("not 甲 = 1", e.Not(e.Compare("=", A, ONE))),
        ("甲 + 乙 * 丙", e.Arith("+", A, e.Arith("*", B, C))),
        ("甲 - 乙 - 丙", e.Arith("-", e.Arith("-", A, B), C)),
        ("甲 - (乙 - 丙)", e.Arith("-", A, e.Arith("-", B, C))),
        ("-甲 * 乙", e.Arith("*", e.Negate(A), B)),
        ("甲 + 1 < 乙", e.Compare("<", e.Arith("+", A, ONE), B)),
        ("甲 and 乙 and 丙", e.And((A, B, C))),
    ],
)
def test_precedence(text: str, expected: e.Expr) -> None:
    """`or` < `and` < `not` < comparison < `+ -` < `* /` < unary minus."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("notes", e.Name("notes")),
        ("in部", e.Name("in部")),
        ("是否参评", e.Name("是否参评")),
        ("found notes", e.Found("notes")),
        ("否决 or orx", e.Or((e.Name("否决"), e.Name("orx")))),
        ("years = 1", e.Compare("=", e.Name("years"), ONE)),
        ("ＡＢ", e.Name("AB")),
    ],
)
def test_names_are_never_split(text: str, expected: e.Expr) -> None:
    """A name that begins like a reserved word stays whole; names are NFKC."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("甲 == 1", "甲 = 1"),
        ("甲 ≠ 1", "甲 != 1"),
        ("甲 <> 1", "甲 != 1"),
        ("甲 ≤ 1", "甲 <= 1"),
        ("甲≥1", "甲 >= 1"),
        ("（甲＋乙）＊2＞＝3", "(甲 + 乙) * 2 >= 3"),
        ("甲 ＝ ＇党课＇", "甲 = '党课'"),
        ("甲 includes “党课”", "甲 includes '党课'"),
        ("甲 in a，b；c、d", "甲 in a、b、c、d"),
        ("甲 < ３０％", "甲 < 0.3"),
        ("甲 = yes or 甲 = false", "甲 = 是 or 甲 = 否"),
        ("甲\n  and\n  乙", "甲 and 乙"),
        ("甲 = 2024-3-1", "甲 = 2024-03-01"),
        ("甲 + 1 months", "甲 + 1 month"),
        ("甲 + 10 working day", "甲 + 10 working days"),
        ('得分("2.1") > 0', "得分('2.1') > 0"),
        ("min(甲，乙, 1)", "min(甲, 乙, 1)"),
        ("((甲))", "甲"),
        ("found '三务公开 不及时'", "found '三务公开 不及时'"),
    ],
)
def test_other_ways_of_writing(text: str, canonical: str) -> None:
    """Full-width signs, other operators and line breaks say the same."""
    assert show(tree(text)) == canonical


def test_options_of_in() -> None:
    """Options are bare words, quoted texts, numbers and dates; 是 is a word there."""
    parsed = tree("甲 not in 农村、'其他 类', -1; 2024-03-01、是")
    assert isinstance(parsed, e.In)
    assert parsed.negated
    assert parsed.options[:3] == (e.Text("农村", bare=True), e.Text("其他 类"), e.Num(Fraction(-1)))
    assert parsed.options[4] == e.Text("是", bare=True)


def test_percent_is_a_plain_fraction() -> None:
    """70% is the number 0.7."""
    assert tree("70%") == tree("0.7") == e.Num(Fraction(7, 10))


def test_durations_follow_dates() -> None:
    """A length of time stands behind + or - only."""
    assert tree("甲 - 3 months") == e.Arith("-", A, e.Duration(3, "month"))
    assert tree("甲+10 working days") == e.Arith("+", A, e.Duration(10, "day", working=True))


def test_places_of_nodes() -> None:
    """Each node has the place of its first character."""
    parsed = tree("甲 and (乙 > 丙)")
    places = [(node.origin.line, node.origin.column) for node in e.walk(parsed)]
    assert places == [(3, 10), (3, 10), (3, 17), (3, 17), (3, 21)]


def test_places_behind_signs_that_nfkc_changes() -> None:
    """Columns are those of the text as written, even where NFKC makes one sign several."""
    parsed = tree("'㈠㈡' = 乙")
    assert isinstance(parsed, e.Compare)
    assert parsed.left == e.Text("(一)(二)")
    assert parsed.right.origin.column == 10 + 7


def test_places_inside_a_quoted_scalar() -> None:
    """A text with its place knows its quotes, escapes and folds."""
    node, _ = load("a: '类型 includes ''党课'' or )'".encode(), "r.yaml")
    assert isinstance(node, MappingNode)
    data = as_data(node)
    assert isinstance(data, dict)
    text = data["a"]
    assert isinstance(text, Scalar)
    found = parse(text, text.origin)
    assert isinstance(found, Fault)
    assert str(found.origin) == "r.yaml:1:27"


@pytest.mark.parametrize(
    ("text", "code", "column", "hint"),
    [
        ("甲 且 乙", "R104", 12, "是否想写 and？"),
        ("甲 不超过 3", "R104", 12, "是否想写 <=？"),
        ("甲 inculdes '党课'", "R104", 12, "是否想写 includes？"),
        ("1 <= 甲 <= 3", "R104", 17, "一次只比较两项"),
        ("甲 > = 3", "R104", 14, "比较号写作"),
        ("甲 = 1)", "R104", 15, "多了右括号"),
        ("甲 乙", "R104", 12, "缺少运算符"),
        ("and 甲", "R104", 10, "保留词"),
        ("found not", "R104", 16, "保留词"),
        ("甲 && 乙", "R103", 12, "是否想写 and？"),
        ("甲 × 3", "R103", 12, "是否想写 *？"),
        ("3个月 < 甲", "R103", 10, "数字开头"),
        ("甲 in 3级、二级", "R103", 15, "加引号"),
        ("甲 =", "R105", 13, "“=”之后"),
        ("(甲 = 1", "R105", 16, "缺少右括号"),
        ("甲 = 1.23456", "R106", 14, "4 位小数"),
        ("甲 > 1000000001", "R106", 14, "10 亿"),
        ("甲 = 2023-02-29", "R107", 14, "2024-03-01"),
        ("year(甲, 乙)", "R108", 10, "是否想写 years？"),
        ("平均(甲)", "R108", 10, "可用的函数"),
        ("years(甲)", "R109", 10, "应有 2 个参数"),
        ("得分(2.1)", "R109", 10, '得分("2.1")'),
        ("甲 matches '(a+)+'", "R110", 20, "{m,n}"),
        ("甲 = '党课", "R112", 14, "补上引号"),
        ("3 months < 甲", "R113", 10, "3 months < 截止日"),
        ("  ", "R102", 10, "补写"),
    ],
)
def test_faults(text: str, code: str, column: int, hint: str) -> None:
    """A wrong expression names its place and what was likely meant."""
    found = fault(text)
    assert (found.code, found.origin.line, found.origin.column) == (code, 3, column)
    assert hint in found.remedy


def test_long_and_deep_expressions_are_refused() -> None:
    """Length and nesting have limits, so that nothing recurses without end."""
    assert fault("甲" * (MAX_EXPRESSION_LENGTH + 1)).code == "R101"
    assert fault("not " * 150 + "甲").code == "R111"
    assert fault("+".join("甲" * 150)).code == "R111"
    assert fault("(甲+" * 300 + "甲" + ")" * 300).code == "R111"
    assert fault("min(" * 300 + "甲" + ")" * 300).code == "R111"
    assert tree("(" * 900 + "甲" + ")" * 900) == A
    assert show(tree("((((甲)+乙)*丙)-甲)<乙")) == "(甲 + 乙) * 丙 - 甲 < 乙"


def test_places_of_nodes_that_begin_with_parentheses() -> None:
    """A node begins with the parenthesis before its first part."""
    parsed = tree("((甲 + 乙) * 丙) - 甲")
    assert [node.origin.column for node in e.walk(parsed)] == [10, 11, 12, 12, 16, 21, 26]


def test_a_fault_of_writing_goes_before_what_cannot_be() -> None:
    """What stops the reading is told first, wherever it stands."""
    assert fault("甲 = 2023-02-29 乙").code == "R104"
    assert fault("year(甲, 乙) and 甲 = 2023-02-29").code == "R108"


def test_names_of_an_expression() -> None:
    """`names` gives every name in the order written, with its place."""
    found = e.names(tree("甲 in 农村 and 乙 + found 点 > years(丙, 甲)"))
    assert [name.name for name in found] == ["甲", "乙", "丙", "甲"]
    assert found[1].origin.column == 22
