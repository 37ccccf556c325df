"""What an expression says of rows, computed once for rows alike (semantics.md step 4)."""

from hypothesis import given
from hypothesis import strategies as st

from engine.made import subject
from starrating.engine.expressions.formulas import evaluate, judge
from starrating.engine.rows.facts import RowFacts, RowReadings
from starrating.rulebook.expressions import NOWHERE
from starrating.rulebook.parsing import parse

ROLL = [{"党组织代码": "0001", "党组织名称": "甲村党支部", "领域": "农村", "党员数": "30"}]
MEASURE = "measures: {开会: {sheet: 组织生活, count: rows}}\n"
CONDITIONS = (
    "类型 includes '党课'",
    "日期 < 截止日 and 日期 >= 期初",
    "实到 * 2 < 应到 or 实到 > 应到",
    "实到 is blank",
    "应到 < 党员数",
    "开会 > 1 and 类型 = '党课'",
    "found 台账 and 实到 > 2",
)
NUMBERS = st.sampled_from(("", "2", "3", "多"))
MEETINGS = st.lists(
    st.fixed_dictionaries(
        {
            "日期": st.sampled_from(("2023-03-01", "2023-12-31", "某日", "")),
            "类型": st.sampled_from(("党课", "党课、主题党日", "")),
            "应到": NUMBERS,
            "实到": NUMBERS,
        }
    ),
    max_size=6,
)


def counting(calls):
    def compute(expr, facts):
        calls.append(expr)
        return judge(expr, facts)

    return compute


def over(meetings, text, compute=judge):
    """The subject, what the condition says of each of its rows, and what it is over."""
    facts = subject(MEASURE, 组织生活=meetings, 党组织=ROLL, 检查记录=[])
    sheet = facts.setting.sheet("组织生活")
    said = RowReadings(facts.setting).over(sheet, parse(text, NOWHERE), compute)
    return facts, said, facts.setting.rows("组织生活", facts.code), sheet


@given(MEETINGS, st.sampled_from(CONDITIONS))
def test_as_if_each_row_were_asked(meetings, text):
    """Whatever is remembered, every row gets the answer that its own facts give."""
    facts, said, rows, sheet = over(meetings, text)
    asked = [judge(parse(text, NOWHERE), RowFacts(facts, sheet, row)) for row in rows]
    assert [said.of(facts, row) for row in rows] == asked


def test_rows_alike_are_asked_once():
    """Two rows agree in what the condition reads."""
    meetings = [{"日期": day, "类型": "党课"} for day in ("2023-03-01", "2023-04-01")]
    calls = []
    facts, said, rows, _ = over(meetings, "类型 includes '党课'", counting(calls))
    assert [said.of(facts, row) for row in rows] == [said.of(facts, rows[0])] * 2
    assert len(calls) == 1


def test_what_reads_the_subject_is_asked_for_each_row():
    """A check point, a measure or a column of 党组织 differs from one subject to the next."""
    meetings = [{"日期": "2023-03-01", "类型": "党课"}] * 2
    for text in CONDITIONS[4:]:
        calls = []
        facts, said, rows, _ = over(meetings, text, counting(calls))
        assert len([said.of(facts, row) for row in rows]) == len(calls)


def test_conditions_and_values_are_kept_apart():
    """A bare number is a truth where a condition is asked, and a number where a value is."""
    facts, _, rows, sheet = over([{"日期": "2023-03-01", "类型": "党课", "实到": "3"}], "实到 > 1")
    readings, expr = RowReadings(facts.setting), parse("实到", NOWHERE)
    truth, value = (
        readings.over(sheet, expr, each).of(facts, rows[0]) for each in (judge, evaluate)
    )
    assert (truth.name, value.number) == ("YES", 3)
