"""Rows that are filled in are what XlsxWriter would have drawn, whoever reads them."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from starrating.report.workbook.layout import Column, Marked, TableSheet
from starrating.report.workbook.plain import Drawing, workbook
from starrating.report.workbook.rows import letters

COLUMNS = (
    Column("代码", align="center"),
    Column("数\n量", "组", decimals=2),
    Column("日期", "组", shaded=True),
    Column("说明", widest=12),
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
NUMBERS = st.decimals(-10_000, 10_000, places=3)
VALUES = (
    st.none()
    | TEXTS
    | st.sampled_from(["=1+1", "-2", "@x", " 前", "后 ", "两\n行", "<r>&", "长" * 33_000])
    | st.integers(0, 10**9)
    | NUMBERS
    | st.builds(Marked, NUMBERS, st.sampled_from("△◇○"))
    | st.dates(date(1900, 1, 1), date(2100, 1, 1))
)
ROWS = st.lists(st.lists(VALUES, min_size=4, max_size=4), max_size=12)
DAY = datetime.combine(date(2024, 2, 29), time())
PROPERTIES = {"created": DAY}


def made(tables, *, by_cells=False) -> bytes:
    def draw(drawing: Drawing) -> None:
        drawing.book.add_worksheet("封面").write_string(2, 1, "题目")
        for table in tables:
            (drawing.charted if by_cells else drawing.table)(table)

    return workbook(PROPERTIES, "abc", draw)


def sheets(rows, *, total: bool) -> list[TableSheet]:
    return [
        TableSheet("甲", "甲表", COLUMNS, rows, ("注",), ("尾",), 1, total=total, filtered=True),
        TableSheet("乙 & <二>", "乙表", COLUMNS[3:], [row[3:] for row in rows]),
    ]


def told(sheet):
    """All of a sheet that its rows could spoil: its cells with their looks, heights, ranges."""
    yield sheet.dimensions, sheet.auto_filter.ref, sheet.freeze_panes, sheet.print_title_rows
    yield sorted(map(str, sheet.merged_cells.ranges))
    yield {number: row.height for number, row in sheet.row_dimensions.items()}
    yield {letter: column.width for letter, column in sheet.column_dimensions.items()}
    for row in sheet.iter_rows():
        for cell in row:
            font, aligned = cell.font, cell.alignment
            yield cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.quotePrefix
            yield font.name, font.b, cell.fill.fgColor.rgb, cell.border.left.style
            yield aligned.horizontal, aligned.vertical, aligned.wrap_text


@settings(max_examples=20)
@given(ROWS, st.booleans())
def test_the_cells_looks_and_heights_are_those_of_xlsxwriter(rows, total):
    """Texts, numbers, marked numbers, dates, blanks and sums, as openpyxl reads both."""
    tables = sheets(rows, total=total)
    ours, theirs = (
        openpyxl.load_workbook(io.BytesIO(made(tables, by_cells=way))) for way in (False, True)
    )
    assert ours.sheetnames == theirs.sheetnames
    for name in ours.sheetnames:
        assert list(told(ours[name])) == list(told(theirs[name]))


@settings(max_examples=20)
@given(ROWS)
def test_calamine_reads_the_same(rows):
    """The reader of our own data, also texts with signs that XML can not hold."""
    rows = [*rows, ["\x01坏_x0041_", None, "\r\n", "\ufffe"]]
    tables = sheets(rows, total=False)
    ours, theirs = (
        CalamineWorkbook.from_filelike(io.BytesIO(made(tables, by_cells=way)))
        for way in (False, True)
    )
    for name in ours.sheet_names:
        assert (
            ours.get_sheet_by_name(name).to_python() == theirs.get_sheet_by_name(name).to_python()
        )


@pytest.mark.parametrize("count", [1, 499, 500, 501, 2_600])
def test_no_row_is_lost(count):
    """Rows are handed on in parts, and cells that are kept are let go: all rows stand, in order."""
    rows = [[f"{n}", n, None, "同"] for n in range(count)]
    sheet = openpyxl.load_workbook(io.BytesIO(made(sheets(rows, total=False))))["甲"]
    found = [row[:2] for row in sheet.iter_rows(min_row=5, max_col=2, values_only=True)]
    assert found == [*((f"{n}", n) for n in range(count)), ("尾", None)]


def test_a_style_that_comes_late_is_there():
    """The only text like a formula and the only date stand far down."""
    rows = [["x", 1, None, "文"] for _ in range(1_000)]
    rows[700] = ["=A1", Marked(Decimal(1), "△"), DAY.date(), "-"]
    sheet = openpyxl.load_workbook(io.BytesIO(made(sheets(rows, total=False))))["甲"]
    cells = sheet[5 + 700]
    assert [cell.value for cell in cells] == ["=A1", 1, DAY, "-"]
    assert [cell.quotePrefix for cell in cells] == [True, False, False, True]
    assert [cell.number_format for cell in cells[1:3]] == ['General"△"', "yyyy-mm-dd"]


def test_a_text_that_reads_as_xml_is_text():
    """XlsxWriter takes what stands between <r> and </r> for the XML of a rich text."""
    rows = [["<r>&</r>", 1, None, "<r><t>x</t></r>"]]
    for by_cells in (False, True):
        data = made(sheets(rows, total=False), by_cells=by_cells)
        first, *_, last = openpyxl.load_workbook(io.BytesIO(data))["甲"][5]
        assert [first.value.rstrip(), last.value.rstrip()] == ["<r>&</r>", "<r><t>x</t></r>"]


def test_members_keep_their_order_and_dates():
    """The clock is never read; what reads the first members to know the file finds them."""
    with zipfile.ZipFile(io.BytesIO(made(sheets([], total=False)))) as archive:
        infos = archive.infolist()
    assert infos[-1].filename == "[Content_Types].xml" or infos[0].filename == "[Content_Types].xml"
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters(column, name):
    """Columns as spreadsheets name them."""
    assert letters(column) == name
