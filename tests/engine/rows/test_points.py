"""Check points: what an inspector answered (semantics.md step 4)."""

from fractions import Fraction

import pytest

from engine.made import answers, subject
from starrating.engine.values import NIL, NO, OPEN, UNLIMITED, YES, Interval


def row(answer, day="2023-05-01", point="甲", **more):
    return {"检查项目": point, "结果": answer, "检查日期": day, **more}


def point(*rows, text="", faults=None):
    return subject(text, faults, 检查记录=list(rows)).point("甲")


@pytest.mark.parametrize(("answer", "found"), [("是", YES), ("√", YES), ("否", NO), ("无", NO)])
def test_an_answer(answer, found):
    """Yes and no, however they are written."""
    assert point(row(answer)).found is found


def test_nobody_answered():
    """A point without a row is unknown."""
    state = subject(检查记录=[]).point("甲")
    assert (state.found, state.quantity) == (OPEN, UNLIMITED)


def test_the_latest_date_counts():
    """Several answers: the one of the latest date, whatever the order of the rows."""
    rows = [row("是", "2023-03-01"), row("否", "2023-09-01"), row("是", "2023-06-01")]
    assert point(*rows).found is NO
    assert point(*rows[::-1]).found is NO


def test_different_answers_on_one_date():
    """They are a fault, and the point is unknown."""
    faults = []
    assert point(row("是"), row("否"), faults=faults).found is OPEN
    assert [fault.code for fault in faults] == ["E101"]


def test_equal_answers_on_one_date():
    """有 and √ are one answer."""
    faults = []
    assert point(row("有"), row("√"), faults=faults).found is YES
    assert faults == []


def test_different_quantities_on_one_date():
    """They are a fault, and the quantity lies between them, whatever the order of the rows."""
    rows = [row("是", 数量="4"), row("是", 数量="2")]
    for order in (rows, rows[::-1]):
        faults = []
        assert point(*order, faults=faults).quantity == Interval(Fraction(2), Fraction(4))
        assert [fault.code for fault in faults] == ["E101"]


def test_a_level_word_where_yes_or_no_is_asked():
    """It is a fault, and unknown; where a word is asked it is an answer."""
    faults = []
    assert point(row("一般"), faults=faults).found is OPEN
    assert [fault.code for fault in faults] == ["E102"]
    assert subject(检查记录=[row("一般")]).answer("甲").answer.word == "一般"


def test_quantities_are_summed_only_where_declared():
    """`checks: {count: …}` sums 数量 over the rows, yes without 数量 being 1."""
    rows = [row("是", "2023-03-01", 数量="2"), row("是", "2023-06-01"), row("否", "2023-09-01")]
    assert point(*rows).quantity == NIL
    summed = point(*rows, text="checks: {count: [甲]}\n")
    assert (summed.found, summed.quantity) == (YES, Interval.at(3))


NOT_FOUND = "checks: {unrecorded: not_found}\n"


def test_unrecorded_is_not_found_for_deductions_only():
    """The rulebook may say so; for a credit the point stays unknown."""
    facts = subject(NOT_FOUND, 检查记录=[row("是", point="乙")])
    assert facts.found("甲") is NO
    assert facts.as_credit().found("甲") is OPEN


def test_unrecorded_of_the_uninspected_is_unknown():
    """`not_found` holds for subjects with a row of 检查记录 at least."""
    assert subject(NOT_FOUND, 检查记录=[]).found("甲") is OPEN


def test_measures_of_a_credit_are_its_own():
    """A measure that reads a check point does not depend on which clause asked first."""
    text = NOT_FOUND + "measures: {有甲: {value: found 甲}}\n"
    facts = subject(text, 检查记录=[row("是", point="乙")])
    assert facts.as_credit().name("有甲") is OPEN
    assert facts.name("有甲") is NO


ELEMENTS = "lists: {清单: [甲, 乙, 丙]}\n"


@pytest.mark.parametrize(
    ("policy", "present", "lacking"),
    [("unknown", (1, 2), (1, 2)), ("present", (2, 2), (1, 1)), ("lacking", (1, 1), (2, 2))],
)
def test_elements_nobody_recorded(policy, present, lacking):
    """甲 is there, 乙 is not, of 丙 the rulebook says what it counts as."""
    text = f"{ELEMENTS}checks: {{unrecorded_elements: {policy}}}\n"
    facts = subject(text, 检查记录=answers(甲="是", 乙="否"))
    assert facts.count_of("清单", present=True) == Interval(*map(Fraction, present))
    assert facts.count_of("清单", present=False) == Interval(*map(Fraction, lacking))


def test_an_element_that_does_not_apply():
    """不适用 is no lack, and a credit given."""
    facts = subject(ELEMENTS, 检查记录=answers(甲="不适用", 乙="否", 丙="是"))
    assert facts.count_of("清单", present=True) == Interval.at(2)
    assert facts.count_of("清单", present=False) == Interval.at(1)


def test_a_level_word_as_an_element():
    """An element is asked with yes or no."""
    faults = []
    subject(ELEMENTS, faults, 检查记录=answers(甲="一般", 乙="否", 丙="是")).elements("清单")
    assert [fault.code for fault in faults] == ["E102"]
