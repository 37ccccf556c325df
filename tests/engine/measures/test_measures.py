"""Measures over rows, and their ranges (semantics.md step 4)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.made import subject
from starrating.engine.values import ANY, NONE, UNKNOWN, UNLIMITED, Interval

UNREADABLE = "某日"


def measured(declared, rows, sheet="组织生活", faults=None, **more):
    text = f"measures: {{指标: {{sheet: {sheet}, {declared}}}}}\n"
    return subject(text, faults, **{sheet: rows}, **more).measured("指标")


def held(day="2023-03-01", **more):
    return {"日期": day, "类型": "党课", **more}


def between(low, high):
    return Interval(Fraction(low), None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("declared", "rows", "value"),
    [
        ("count: rows", [held(), held(UNREADABLE)], between(1, 2)),
        ("count: rows", [], between(0, 0)),
        ("sum: 实到", [held(实到="3"), held(UNREADABLE, 实到="4")], between(3, 7)),
        ("sum: 实到", [held(实到="3"), held()], ANY),
        ("sum: 实到, skip_missing: true", [held(实到="3"), held()], between(3, 3)),
        ("average: 实到", [held(实到="3"), held(实到="4")], between("3.5", "3.5")),
        ("average: 实到", [], ANY),
        ("ratio: [实到, 应到]", [held(实到="1", 应到="2"), held(UNREADABLE, 实到="2", 应到="2")],
         between("0.5", "0.75")),
        ("share: 实到 > 2", [held(实到="3"), held(实到="1"), held()],
         Interval(Fraction(1, 3), Fraction(2, 3))),
        ("share: 实到 > 2", [], between(0, 1)),
        ("min: 实到", [held(实到="3"), held(实到="1")], between(1, 1)),
        ("max: 实到", [held(实到="3"), held(UNREADABLE, 实到="5")], between(3, 5)),
        ("max: 实到", [], NONE),
        ("max: 日期", [held("2023-03-01"), held("2023-09-01")], date(2023, 9, 1)),
        ("latest: 实到", [held("2023-03-01", 实到="3"), held("2023-09-01", 实到="1")], between(1, 1)),
        ("latest: 实到", [held(实到="3"), held(UNREADABLE, 实到="5")], between(3, 5)),
        ("latest: 实到", [held(UNREADABLE, 实到="5")], UNKNOWN),
        ("distinct: 应到", [held(应到="1"), held(应到="1"), held(应到="2")], between(2, 2)),
        ("distinct: 应到", [held(应到="1"), held(UNREADABLE, 应到="2"), held()], between(1, 3)),
        ("distinct: 应到", [held()], between(1, 1)),
        ("distinct: 应到", [held(UNREADABLE)], between(0, 1)),
        ("longest_gap: true", [held("2023-07-01")], between(183, 183)),
        ("longest_gap: true", [held(UNREADABLE)], between(182, 364)),
        ("missing: {every: half}", [held("2023-07-01"), held(UNREADABLE)], between(0, 1)),
        ("short: {every: half, at_least: 2}", [held(), held(UNREADABLE)], between(2, 3)),
    ],
)  # fmt: skip
def test_a_measure_over_rows(declared, rows, value):
    """The value, or the range over rows that may count and facts that lack."""
    assert measured(declared, rows).value == value


@pytest.mark.parametrize(
    ("declared", "columns"),
    [
        ("count: rows", ["日期"]),
        ("missing: {every: quarter}", ["日期"]),
        ("longest_gap: true", ["日期"]),
        ("sum: 实到", ["实到"]),
        ("ratio: [实到, 应到 - 请假]", ["实到", "应到", "请假"]),
        ("share: 实到 >= 党员数", ["实到"]),
        ("latest: 日期", ["日期"]),
        ("distinct: 类型", ["类型"]),
        ("late: {due: 日期, done: 日期}", ["日期"]),
        ("values: {党课: 2}, of: 类型, weighted_by: 实到, average: true", ["类型", "实到"]),
    ],
)
def test_the_cells_that_gave_the_figure_are_its_sources(declared, columns):
    """Of a figure the cells whose values make it; of rows that are only counted, their date."""
    row = held(应到="4", 实到="3", 请假="1")
    ground = subject(f"measures: {{指标: {{sheet: 组织生活, {declared}}}}}\n", 组织生活=[row])
    (read,) = ground.setting.records.rows("组织生活")
    assert ground.measured("指标").sources == tuple(str(read.place(name)) for name in columns)


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        ("count: rows", UNLIMITED),
        ("sum: 实到", ANY),
        ("max: 实到", UNKNOWN),
        ("latest: 实到", UNKNOWN),
        ("missing: {every: quarter}", between(0, 4)),
        ("short: {every: quarter, at_least: 3}", between(0, 12)),
        ("longest_gap: true", between(0, 364)),
    ],
)
def test_a_sheet_not_supplied_is_unknown(declared, value):
    """Due units bound what is missing; nothing else is known."""
    text = f"measures: {{指标: {{sheet: 组织生活, {declared}}}}}\n"
    found = subject(text).measured("指标")
    assert found.value == value
    assert found.unknown == ("未提供“组织生活”表",)


def test_skipped_rows_are_listed():
    """`skip_missing` lists the rows that lack an operand."""
    for declared in ("sum: 实到", "max: 实到", "ratio: [实到, 应到]"):
        rows = [held(实到="3", 应到="4"), held()]
        (gone,) = measured(f"{declared}, skip_missing: true", rows).not_counted
        assert "缺少所需数据" in gone


def test_rows_that_do_not_count_are_told_with_the_reason():
    """Voided rows, and rows outside the period."""
    rows = [held(状态="作废"), held("2022-03-01"), held("2024-03-01")]
    reasons = [text.split("（")[1] for text in measured("count: rows", rows).not_counted]
    assert reasons == [
        "已作废）",
        "2022-03-01 不在考核期内）",
        "2024-03-01 晚于截止日 2023-12-31）",
    ]


def test_look_back_reaches_before_the_period():
    """n years from 1 January include that day n years earlier."""
    rows = [held("2021-01-01"), held("2020-12-31")]
    assert measured("count: rows, look_back: 2 years", rows).value == Interval.at(1)


def test_the_units_that_lack_are_named():
    """As they are printed."""
    rows = [held("2023-02-01"), held("2023-08-01")]
    assert measured("missing: {every: quarter}", rows).lacking == ("2023年第2季度", "2023年第4季度")
    assert measured("short: {every: half, at_least: 2}", rows).lacking == (
        "2023年上半年缺1次",
        "2023年下半年缺1次",
    )


def test_values_of_words():
    """`values` gives words numbers, weighted; words left out do not count."""
    declared = (
        "average: true, of: 类型, values: {好: 100, 差: 50}, weighted_by: 应到, leave_out: [弃权]"
    )
    rows = [
        {"日期": "2023-03-01", "类型": word, "应到": votes}
        for word, votes in (("好", "3"), ("差", "1"), ("弃权", "9"))
    ]
    assert measured(declared, rows).value == Interval.at(Fraction(350, 4))


def test_a_word_without_a_value():
    """It is a fault, and the measure unknown."""
    faults = []
    rows = [{"日期": "2023-03-01", "类型": "妙"}]
    assert measured("average: true, of: 类型, values: {好: 1}", rows, faults=faults).value == ANY
    assert [fault.code for fault in faults] == ["E109"]


# --- 核查计数 -----------------------------------------------------------------------------------------


def count(number, day="2024-01-05"):
    return {"指标": "指标", "数值": number, "日期": day}


@pytest.mark.parametrize(
    ("rows", "counts", "value", "codes"),
    [
        ([], [count("3")], Interval.at(3), []),
        ([held()], [count("1")], Interval.at(1), []),
        ([held()], [count("3")], between(1, 3), ["E104"]),
        ([], [count("3"), count("2")], ANY, ["E105"]),
        ([], [count("3"), count("2", "2024-01-09")], Interval.at(2), []),
        ([], [count("若干")], ANY, []),
        ([held()], [count("若干")], Interval.at(1), []),
    ],
)
def test_a_count_written_down(rows, counts, value, codes):
    """It stands where no row passes; if both exist and differ the measure is between them."""
    faults = []
    assert measured("count: rows", rows, faults=faults, 核查计数=counts).value == value
    assert [fault.code for fault in faults] == codes


# --- against brute force ------------------------------------------------------------------------------

entries = st.tuples(st.booleans(), st.none() | st.integers(-3, 5))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(entries, max_size=4),
    st.sampled_from(["count: rows", "sum: 增减", "distinct: 增减", "max: 增减", "average: 增减",
                     "share: 增减 > 1"]),
)  # fmt: skip
def test_every_way_the_rows_turn_out_lies_in_the_range(rows, declared):
    """Rows that may count do or do not; unknown operands are some number."""
    columns = "columns: {组织生活: {增减: {type: number}}}\n"
    text = f"{columns}measures: {{指标: {{sheet: 组织生活, {declared}}}}}\n"

    def value(kept):
        given_rows = [
            {"日期": day, "增减": None if number is None else str(number)} for day, number in kept
        ]
        return subject(text, 组织生活=given_rows).measured("指标").value

    wide = value([("2023-03-01" if sure else UNREADABLE, number) for sure, number in rows])
    for world in ways(rows):
        sharp = value(world)
        if isinstance(wide, Interval) and isinstance(sharp, Interval):
            assert wide.low is None or wide.low <= sharp.low
            assert wide.high is None or sharp.high <= wide.high
        else:
            assert wide in (UNKNOWN, ANY) or wide == sharp or sharp is ANY or sharp == ANY


def ways(rows):
    if not rows:
        yield []
        return
    (sure, number), *rest = rows
    for others in ways(rest):
        for settled in (number,) if number is not None else (-1, 4):
            yield [("2023-03-01", settled), *others]
        if not sure:
            yield others
