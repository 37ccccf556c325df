"""核查更正: what a checker corrected (semantics.md step 16)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import ROLL, inspected
from starrating.engine.people.part import corrected
from starrating.origin import Origin
from starrating.records import UNREADABLE, Answer, AnswerCell
from starrating.records.assemble import assemble
from starrating.records.tables import grid_of_rows
from starrating.schema import STANDARD, Column, ColumnType


def codes(faults):
    return [fault.code for fault in faults]


def correction(source, change, day="2025-01-10"):
    return {"来源": source, "更正": change, "理由": "核实", "核查人": "林某", "日期": day}


PROBLEMS = [
    {
        "问题编号": f"W-{number}",
        "党组织": "0001",
        "问题内容": "台账漏记",
        "发现日期": f"2024-03-0{number}",
    }
    for number in (1, 2, 3)
]
MEETINGS = [
    {"党组织": "0001", "日期": "2024-02-01", "类型": "党课", "应到": "20", "实到": "15"},
    {"党组织": "0002", "日期": "2024-02-02", "类型": "党课", "应到": "20", "实到": None},
]
CHECKS = [{"党组织": "0001", "检查项目": "版面过旧", "结果": "是", "数量": "2"}]
SHEETS = {"问题清单": PROBLEMS, "组织生活": MEETINGS, "检查记录": CHECKS}


def after(*corrections, **more):
    records, faults = corrected(inspected(核查更正=list(corrections), **{**SHEETS, **more}))
    return records, codes(faults)


def values(records, sheet, column):
    return [row.value(column) for row in records.rows(sheet)]


def test_a_row_left_out():
    """By its number; the other rows keep origin and places."""
    before = inspected(核查更正=[correction("问题清单#W-2", "不计入")], **SHEETS)
    records, faults = corrected(before)
    assert records.rows("问题清单") == (before.rows("问题清单")[0], before.rows("问题清单")[2])
    assert records.rows("组织生活") == before.rows("组织生活")
    assert records.inputs is before.inputs
    assert faults == ()


@pytest.mark.parametrize(
    "source",
    [
        "case.yaml!组织生活!E2",
        "组织生活!E2",
        "组织生活!$E$2",
        "'组织生活'!e2",
        "三会一课!E2",
        "case.yaml！组织生活！E2",
    ],
)
def test_a_cell_by_its_address(source):
    """With or without the file, by the sheet's name or an alias."""
    records, faults = after(correction(source, "改为18"))
    assert values(records, "组织生活", "实到") == [Fraction(18), None]
    assert records.rows("组织生活")[0].place("实到") == Origin(
        "case.yaml", sheet="组织生活", cell="E2"
    )
    assert faults == []


@pytest.mark.parametrize(
    ("source", "change", "sheet", "column", "expected"),
    [
        ("组织生活!E3", "改为 16", "组织生活", "实到", Fraction(16)),
        ("组织生活!E2", "改为：16人", "组织生活", "实到", Fraction(16)),
        ("组织生活!E2", "改为“16”", "组织生活", "实到", Fraction(16)),
        ("组织生活!E2", "改为空", "组织生活", "实到", None),
        ("组织生活!B2", "改为2024年3月5日", "组织生活", "日期", date(2024, 3, 5)),
        ("组织生活!C2", "改为 党员大会、党课", "组织生活", "类型", "党员大会、党课"),
        ("组织生活!E2", "改为 实到=16", "组织生活", "实到", Fraction(16)),
        ("检查记录!C2", "改为否", "检查记录", "结果", AnswerCell(Answer.NO, "否")),
        ("问题清单#W-1", "改为 严重程度=严重", "问题清单", "严重程度", "严重"),
        ("问题清单#W-1", "改为 严重程度：严重", "问题清单", "严重程度", "严重"),
        ("case.yaml!问题清单#W-1", "改为 是否通报=是", "问题清单", "是否通报", True),
        ("党组织#0001", "改为 党员数=31", "党组织", "党员数", Fraction(31)),
        ("党组织#甲村党支部", "改为 上级党组织=乙村党支部", "党组织", "上级党组织", "0002"),
    ],
)
def test_a_cell_replaced(source, change, sheet, column, expected):
    """Read by the type of its column; after an id the column is named."""
    before = inspected(**SHEETS)
    records, faults = after(correction(source, change))
    assert faults == []
    changed = [
        row.value(column)
        for row, old in zip(records.rows(sheet), before.rows(sheet), strict=True)
        if row.values != old.values
    ]
    assert changed == [expected]
    assert column in records.tables[sheet].columns


def test_a_row_given_to_another_organisation():
    """党组织 by code or name."""
    records, faults = after(correction("问题清单#W-1", "改为 党组织=乙村党支部"))
    assert [row.organisation for row in records.rows("问题清单")] == ["0002", "0001", "0001"]
    assert values(records, "问题清单", "党组织")[0] == "0002"
    assert faults == []


def test_the_roll():
    """A cell that does not count is unknown; a row that does not count is no organisation."""
    records, faults = after(correction("党组织!D2", "不计入"), correction("党组织#0002", "不计入"))
    assert [(each.code, each.row.value("党员数")) for each in records.organisations] == [
        ("0001", UNREADABLE)
    ]
    assert records.rows("党组织") == (records.organisations[0].row,)
    assert faults == []
    records, _ = after(correction("党组织#0002", "改为 党组织名称=丙村党支部"))
    assert [each.name for each in records.organisations] == ["甲村党支部", "丙村党支部"]


def test_the_latest_date_wins_on_one_cell():
    """However the cell is named; a correction without a date comes first."""
    rows = [
        correction("问题清单#W-1", "改为 严重程度=严重", "2025-01-12"),
        correction("问题清单!E2", "改为 一般", "2025-01-10"),
        correction("问题清单#W-1", "改为 严重程度=轻微", None),
    ]
    named = [{**PROBLEMS[0], "严重程度": "一般"}]
    records, faults = after(*rows, 问题清单=named)
    assert values(records, "问题清单", "严重程度") == ["严重"]
    assert faults == []


def test_different_on_one_date():
    """Then the cell is not known."""
    rows = [correction("组织生活!E2", "改为16"), correction("组织生活!E2", "改为17")]
    records, faults = after(*rows)
    assert values(records, "组织生活", "实到")[0] is UNREADABLE
    assert faults == ["E202", "E202"]
    assert after(rows[0], correction("组织生活!E2", "改为 16.0"))[1] == []


@pytest.mark.parametrize(
    "source",
    [
        "问题清单#W-9",
        "问题清单!Z99",
        "没有的表!A2",
        "组织生活#1",
        "台账第三行",
        "其他.xlsx!组织生活!E2",
        "核查更正!A2",
    ],
)
def test_what_can_not_be_found(source):
    """Told, and nothing is changed."""
    records, faults = after(correction(source, "不计入"))
    assert records == inspected(核查更正=[correction(source, "不计入")], **SHEETS)
    assert faults == ["E116"]


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("组织生活!E2", "改为很多"),
        ("组织生活!E2", "应为16"),
        ("组织生活!E2", "改为"),
        ("组织生活!A2", "改为 0009"),
        ("组织生活!K2", "改为 16"),
        ("问题清单#W-1", "改为16"),
        ("问题清单#W-1", "改为 轻重=严重"),
        ("组织生活!B2", "改为 2024-02-30"),
        ("党组织#0001", "改为 党组织代码=0009"),
        ("党组织!A2", "不计入"),
    ],
)
def test_what_can_not_be_read(source, change):
    """Told, and nothing is changed."""
    records, faults = after(correction(source, change))
    assert faults == ["E117"]
    assert records == inspected(核查更正=[correction(source, change)], **SHEETS)


def test_two_files_with_one_sheet():
    """Without the file an address may mean either; the title in the file goes before the name."""
    head = ["党组织", "日期", "类型"]
    roll = grid_of_rows(
        "册.csv", "党组织", [["党组织代码", "党组织名称", "领域"], ["0001", "甲村", "农村"]]
    )
    grids = [
        grid_of_rows("一.xlsx", "三会一课", [head, ["0001", "2024-01-01", "党课"]]),
        grid_of_rows("二.xlsx", "三会一课", [head, ["0001", "2024-02-01", "党课"]]),
        grid_of_rows("二.xlsx", "组织生活", [head, ["0001", "2024-03-01", "党课"]]),
        roll,
    ]

    def left(source):
        told = [["来源", "更正", "理由", "核查人"], [source, "不计入", "重复", "林某"]]
        records = assemble([*grids, grid_of_rows("正.csv", "核查更正", told)], STANDARD)
        records, faults = corrected(records)
        return [row.value("日期").month for row in records.rows("组织生活")], codes(faults)

    assert left("三会一课!A2") == ([1, 2, 3], ["E201"])
    assert left("一.xlsx!三会一课!A2") == ([2, 3], [])
    assert left("二.xlsx!三会一课!B2") == ([1, 3], [])
    assert left("组织生活!C2") == ([1, 2], [])
    assert left("一.xlsx!组织生活!C2") == ([2, 3], [])


def test_a_wide_line_is_several_rows():
    """The cell of a check point is its row alone; the organisation's cell is the whole line."""
    wide = [["党组织", "版面过旧", "无照片"], ["0001", "是", "否"], ["0002", "是", "是"]]
    roll = [
        ["党组织代码", "党组织名称", "领域"],
        ["0001", "甲村", "农村"],
        ["0002", "乙村", "农村"],
    ]

    def points(source, change):
        told = [["来源", "更正", "理由", "核查人"], [source, change, "核实", "林某"]]
        grids = [
            grid_of_rows("a.xlsx", "党组织", roll),
            grid_of_rows("a.xlsx", "检查记录", wide),
            grid_of_rows("a.xlsx", "核查更正", told),
        ]
        records, faults = corrected(assemble(grids, STANDARD))
        assert faults == ()
        return [
            (r.organisation, r.value("检查项目"), r.value("结果").word)
            for r in records.rows("检查记录")
        ]

    first, second, *rest = points("检查记录!C2", "改为是")
    assert (first, second) == (("0001", "版面过旧", "是"), ("0001", "无照片", "是"))
    assert points("检查记录!C2", "不计入") == [first, *rest]
    assert points("检查记录!A2", "不计入") == rest


def test_units():
    """A unit that is written is converted; else numbers are in the unit the column declares."""
    schema = STANDARD.extended({"党组织": [Column("集体收入", ColumnType.NUMBER, unit="元")]}, [])
    roll = [{**ROLL[0], "集体收入": "5"}, ROLL[1]]
    for change, expected in (("改为 集体收入=3万元", 30000), ("改为 集体收入=3", 3)):
        given = inspected(schema, roll, 核查更正=[correction("党组织#0001", change)])
        records, faults = corrected(given)
        assert (records.organisations[0].row.value("集体收入"), faults) == (expected, ())


def test_no_corrections():
    """The same records."""
    records = inspected(**SHEETS)
    assert corrected(records) == (records, ())
    assert corrected(records)[0] is records


CORRECTIONS = st.lists(
    st.builds(
        correction,
        st.sampled_from(
            ["组织生活!E2", "组织生活!A2", "问题清单#W-1", "问题清单!B2", "问题清单#W-9"]
        ),
        st.sampled_from(["不计入", "改为16", "改为 严重程度=严重", "改为0002", "改为 乙村党支部"]),
        st.sampled_from([None, "2025-01-10", "2025-01-12"]),
    ),
    max_size=6,
)


@given(rows=CORRECTIONS, data=st.data())
def test_order_of_corrections_does_not_matter(rows, data):
    """The same records come out, and as many faults."""
    (one, told), (other, told_too) = (after(*r) for r in (rows, data.draw(st.permutations(rows))))
    for sheet in SHEETS:
        assert one.rows(sheet) == other.rows(sheet)
    assert sorted(told) == sorted(told_too)
