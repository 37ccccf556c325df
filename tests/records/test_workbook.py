"""Workbooks as calamine and the look read them, held equal to openpyxl."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from starrating.records.raw import Broken, Span
from starrating.records.workbook import read_workbook

from .books import REGISTER, rewritten, saved, workbook

FIXTURES = Path(__file__).parents[2] / "fixtures"


def cells(data: bytes, file: str = "book.xlsx") -> dict[int, dict[int, Any]]:
    grids, faults = read_workbook(file, data)
    assert faults == []
    return grids[0].rows


def one(*values: Any, **formats: str) -> bytes:
    """A workbook with these values in its first row."""

    def change(book: Workbook) -> None:
        for cell, number_format in formats.items():
            book.active[cell].number_format = number_format

    return workbook({"表": [values]}, change)


def test_cells_of_every_kind() -> None:
    """Numbers, texts, dates, truth, error values, formulas without a result."""
    row = cells(one("甲", 12, 0.5, True, "#N/A", "=1+1", date(2023, 3, 5), None, "尾"))[1]
    assert row == {
        1: "甲",
        2: 12,
        3: 0.5,
        4: True,
        5: Broken("#N/A"),
        6: Broken(""),
        7: date(2023, 3, 5),
        9: "尾",
    }


def test_a_wrong_dimension_loses_no_row() -> None:
    """WPS has been seen to write A1 for a sheet of any size."""
    data = workbook({"党组织": REGISTER})
    wrong = rewritten(data, rb'<dimension ref="[^"]*"', b'<dimension ref="A1"')
    assert cells(wrong) == cells(data)
    assert len(cells(wrong)) == len(REGISTER)


def test_cached_results_of_formulas() -> None:
    """A number, a text, and an empty text, which is blank and not a fault."""
    data = rewritten(one("=A2", "=B2", "=C2", "=D2"), rb"<v ?/>|<v></v>", b"<v/>")
    data = rewritten(data, rb'<c r="A1"[^>]*><f>A2</f><v/>', rb'<c r="A1"><f>A2</f><v>7</v>')
    data = rewritten(
        data, rb'<c r="B1"[^>]*><f>B2</f><v/>', rb'<c r="B1" t="str"><f>B2</f><v>x</v>'
    )
    data = rewritten(data, rb'<c r="C1"[^>]*><f>C2</f><v/>', rb'<c r="C1" t="str"><f>C2</f><v/>')
    assert cells(data)[1] == {1: 7, 2: "x", 4: Broken("")}


@pytest.mark.parametrize("mac", [False, True])
def test_both_date_systems(mac: bool) -> None:
    """1900 and 1904 give the same days."""
    book = Workbook()
    if mac:
        book.epoch = MAC_EPOCH
    book.active.append([date(2023, 3, 5), datetime(2023, 3, 5, 14, 30), date(1904, 1, 2)])  # noqa: DTZ001
    row = cells(saved(book))[1]
    assert row == {1: date(2023, 3, 5), 2: datetime(2023, 3, 5, 14, 30), 3: date(1904, 1, 2)}  # noqa: DTZ001


@pytest.mark.parametrize("number", [14, 27, 31, 57, 58])
def test_built_in_date_formats(number: int) -> None:
    """Those of Chinese Excel and WPS, too, which carry no code."""
    data = rewritten(
        one(44990, A1="0.00"), rb'(<cellXfs.*?numFmtId=")2"', rb'\g<1>%d"' % number, "xl/styles"
    )
    assert cells(data)[1] == {1: date(2023, 3, 5)}


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy/m/d;@", True),
        ("[DBNum1][$-804]yyyy年m月d日", True),
        ('0"days"', False),
        ("[Red]0.00", False),
        ("G/通用格式", False),
        ("0.00E+00", False),
        ("@", False),
    ],
)
def test_date_formats(code: str, is_date: bool) -> None:
    """By their letters outside quotes and brackets."""
    value = cells(one(44990, A1=code))[1][1]
    assert value == (date(2023, 3, 5) if is_date else 44990)


def test_times_and_durations() -> None:
    """They are no dates."""
    assert cells(one(time(9, 30)))[1][1] == time(9, 30)
    assert cells(one(1.5, A1="[h]:mm"))[1][1] == timedelta(days=1.5)


@pytest.mark.parametrize("code", ["yyyy-mm-dd", "0.00"])
@pytest.mark.parametrize("number", [-5, 10**9, 1e12])
def test_a_serial_outside_the_calendar_is_shown_as_excel_shows_it(number: float, code: str) -> None:
    """It is neither a date nor an error of a formula; with a format without a code, too."""
    data = one(number, A1=code)
    data = rewritten(data, rb'(<cellXfs.*?numFmtId=")2"', rb'\g<1>57"', "xl/styles")
    assert cells(data)[1][1] == Broken("########")
    assert cells(one("#VALUE!", A1="yyyy-mm-dd"))[1][1] == Broken("#VALUE!")


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (45000.5, datetime(2023, 3, 15, 12)),  # noqa: DTZ001 - cells have no zone
        (45000.999999999999, date(2023, 3, 16)),
        (0.25, time(6)),
    ],
)
@pytest.mark.parametrize("format_id", [14, 57])
def test_serials(number: float, wanted: object, format_id: int) -> None:
    """The phantom leap day of 1900, moments, times of day."""
    data = rewritten(
        one(number, A1="0.00"),
        rb'(<cellXfs.*?numFmtId=")2"',
        rb'\g<1>%d"' % format_id,
        "xl/styles",
    )
    assert cells(data)[1][1] == wanted


def test_merged_hidden_and_far_cells() -> None:
    """All that a grid tells of its sheet."""

    def change(book: Workbook) -> None:
        sheet = book["表"]
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[99].hidden = True
        sheet["AMA2"] = "远"
        book.create_sheet("藏").sheet_state = "veryHidden"

    (first, second), faults = read_workbook(
        "book.xlsx", workbook({"表": [("甲", 1), (None, 2), (None, 3)]}, change)
    )
    assert faults == []
    assert first.spans == (Span(1, 1, 3, 1),)
    assert first.hidden_rows == (2,)
    assert first.beyond == "AMA2"
    assert (first.hidden, second.hidden) == (False, True)


def test_phonetic_hints_and_escapes() -> None:
    """They are no part of the text."""
    book = workbook({"表": [("甲",)]})
    plain = rb"<is><r><t>A</t></r><rPh sb='0' eb='1'><t>jia</t></rPh><r><t>B_x000D_</t></r></is>"
    assert cells(rewritten(book, rb"<is>.*?</is>", plain))[1] == {1: "AB\r"}


def test_values_under_a_merged_range_do_not_count() -> None:
    """Only the first cell shows."""
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    data = workbook({"表": [("甲", 5), (6, 7), ("乙", 1)]})
    assert cells(rewritten(data, rb"</sheetData>", merged)) == {1: {1: "甲"}, 3: {1: "乙", 2: 1}}


def test_a_cell_in_the_last_row_costs_nothing() -> None:
    """Cells are laid out in bands; a corner to corner sheet would fill any memory."""

    def change(book: Workbook) -> None:
        book.active["ALL1"] = 1
        book.active["A1048576"] = 2

    assert cells(workbook({"表": []}, change)) == {1: {1000: 1}, 1048576: {1: 2}}


@pytest.mark.parametrize("value", ["nan", "inf", "x", "1e", "0x1", "1 2"])
def test_numbers_that_are_none(value: str) -> None:
    """No office program writes them: a fault, never a value that is no number."""
    data = rewritten(one(7), rb"<v>7</v>", b"<v>%b</v>" % value.encode())
    grids, faults = read_workbook("book.xlsx", data)
    assert (grids, [fault.code for fault in faults]) == ([], ["D106"])


def test_prefixed_names() -> None:
    """Some writers prefix every element."""
    data = workbook({"党组织": REGISTER})
    prefixed = rewritten(data, rb"<(/?)(\w+)(?=[ />])", rb"<\1x:\2")
    prefixed = rewritten(prefixed, rb" xmlns=", rb" xmlns:x=")
    assert cells(prefixed) == cells(data)


def _by_openpyxl(data: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """The cells as openpyxl's normal mode sees them."""
    written, shown = (
        openpyxl.load_workbook(io.BytesIO(data), data_only=flag) for flag in (False, True)
    )
    return {
        sheet.title: {
            (cell.row, cell.column): _plain(shown[sheet.title][cell.coordinate])
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in written
    }


def _plain(cell: Any) -> Any:
    if cell.value is None:
        return Broken("")
    if cell.data_type == "e":
        return Broken(cell.value)
    return _midnight(cell.value)


def _midnight(value: Any) -> Any:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def _by_us(data: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    grids, faults = read_workbook("book.xlsx", data)
    assert faults == []
    return {
        grid.sheet: {(row, c): raw for row, line in grid.rows.items() for c, raw in line.items()}
        for grid in grids
    }


@pytest.mark.parametrize("folder", ["town-2023", "town-2023-faults"])
def test_fixtures_read_as_openpyxl_reads_them(folder: str) -> None:
    """Cell by cell, but for what lies outside the limits."""
    data = (FIXTURES / folder / "inspection.xlsx").read_bytes()
    theirs = _by_openpyxl(data)
    theirs = {
        sheet: {place: raw for place, raw in line.items() if place[1] <= 1000}
        for sheet, line in theirs.items()
    }
    assert _by_us(data) == theirs


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9, allow_nan=False, width=32),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=8),
    st.dates(date(1910, 1, 1), date(2099, 12, 31)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), max_size=6), st.booleans())
def test_any_workbook_reads_as_openpyxl_reads_it(rows: list[list[Any]], mac: bool) -> None:
    """Both date systems."""
    book = Workbook()
    if mac:
        book.epoch = MAC_EPOCH
    for row in rows:
        book.active.append(row)
    data = saved(book)
    assert _by_us(data) == _by_openpyxl(data)


def _whole_seconds(serial: float) -> float:
    """The serial of a whole second: below a millisecond the two readers round differently."""
    return round(serial * 86_400) / 86_400


@st.composite
def written_cells(draw: st.DrawFn) -> tuple[str, Any, Any]:
    """A method of XlsxWriter, a value, and the number format or the cached result."""
    kind = draw(st.sampled_from(("number", "string", "rich", "datetime", "boolean", "formula")))
    formats = st.sampled_from(("General", "0.00", "yyyy-mm-dd", "h:mm", "[h]:mm", "@", '0"年"'))
    text = st.text("0123甲乙 &<>_x\n", min_size=1, max_size=6).filter(lambda t: t.strip() == t)
    if kind == "number":
        number = (
            st.integers(-9, 70000)
            | st.integers(-(10**12), 10**12)
            | st.floats(-5, 60000).map(_whole_seconds)
        )
        return kind, draw(number), draw(formats)
    if kind == "datetime":
        moment = draw(st.datetimes(datetime(1910, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001
        return kind, moment.replace(microsecond=0), "yyyy-mm-dd"
    if kind == "boolean":
        return kind, draw(st.booleans()), None
    if kind == "formula":
        return kind, "=A1+1", draw(st.sampled_from((1, 2.5, "甲", "#N/A", "#DIV/0!", True)))
    return kind, draw(text.filter(lambda t: "_x" not in t)), draw(text) if kind == "rich" else None


def written(
    rows: list[list[tuple[str, Any, Any]]], *, shared: bool, mac: bool, merged: bool
) -> bytes:
    """A workbook of such cells, from the second row and column on."""
    out = io.BytesIO()
    options = {"in_memory": True, "date_1904": mac, "constant_memory": not shared}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("表")
        if merged:
            sheet.merge_range("A1:C1", "题")
        for number, row in enumerate(rows, 1):
            for column, (kind, value, more) in enumerate(row, 1):
                _write(book, sheet, (number, column), kind, value, more)
    return out.getvalue()


def _write(book: Any, sheet: Any, place: tuple[int, int], kind: str, value: Any, more: Any) -> None:
    shown = book.add_format({"num_format": more}) if kind in ("number", "datetime") else None
    if kind == "rich":
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(*place, bold, value, more, bold, "尾")
    elif kind == "formula":
        sheet.write_formula(*place, value, None, more)
    else:
        getattr(sheet, f"write_{kind}")(*place, value, *([shown] if shown else []))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(written_cells(), max_size=4), max_size=4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from((None, b"A1", b"A1:XFD1048576")),
)
def test_any_written_workbook_reads_as_openpyxl_reads_it(
    rows: list[list[tuple[str, Any, Any]]], shared: bool, mac: bool, merged: bool, claimed: Any
) -> None:
    """Shared and inline texts, rich texts, formats, cached results, a wrong `<dimension>`."""
    data = written(rows, shared=shared, mac=mac, merged=merged)
    if claimed:
        data = rewritten(data, rb'<dimension ref="[^"]*"', b'<dimension ref="%b"' % claimed)
    theirs = {
        sheet: {place: _inside(raw, mac=mac) for place, raw in cells.items()}
        for sheet, cells in _by_openpyxl(data).items()
    }
    assert _by_us(data) == theirs


def _inside(value: Any, *, mac: bool) -> Any:
    """What stands for a date before the calendar, which openpyxl counts on."""
    first = date(1904, 1, 1) if mac else date(1899, 12, 30)
    day = value.date() if isinstance(value, datetime) else value
    outside = value == Broken("#VALUE!") or (isinstance(day, date) and day < first)
    return Broken("########") if outside else value


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_workbooks_never_raise(data: st.DataObject) -> None:
    """A byte changed, or the end cut off: cells or one fault, no exception."""
    book = bytearray(DAMAGED)
    place = data.draw(st.integers(0, len(book) - 1))
    if data.draw(st.booleans()):
        book = book[:place]
    else:
        book[place] = data.draw(st.integers(0, 255))
    grids, faults = read_workbook("book.xlsx", bytes(book))
    assert grids or faults


DAMAGED = workbook({"党组织": REGISTER})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_sheets_never_raise(data: st.DataObject) -> None:
    """The same inside the XML of a sheet, where no checksum tells."""
    xml = b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    place = data.draw(st.integers(0, len(xml) - 1))
    changed = xml[:place] + data.draw(st.binary(max_size=3)) + xml[place + 1 :]
    book = rewritten(DAMAGED, rb"(?s).*", changed.replace(b"\\", b"\\\\"))
    grids, faults = read_workbook("book.xlsx", book)
    assert grids or faults


def test_decimals_of_excel_are_not_binary() -> None:
    """0.1 + 0.2 as Excel keeps it is 0.3 at fifteen digits (tests of numbers)."""
    data = rewritten(one(0.25), rb"<v>0.25</v>", b"<v>0.30000000000000004</v>")
    assert Decimal(f"{cells(data)[1][1]:.15g}") == Decimal("0.3")
