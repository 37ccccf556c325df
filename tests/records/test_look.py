"""The look at a worksheet's XML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records import look as module
from starrating.records.look import Odd, look
from starrating.records.raw import Broken, Span

from .test_plain import sheet


@pytest.mark.parametrize(
    "data",
    [
        sheet('<row r="1" x:a="1"><c r="A1" s="1" t="s"><f>A2</f><v>1</v></c><c r="B1"/></row>'),
        b'<?xml version="1.0" encoding="UTF-8"?>' + sheet('<row r="1"/>'),
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>it\'s a: b > c</t></is></c></row>'),
        b"\xef\xbb\xbf<worksheet><cols/><sheetData/></worksheet>",
    ],
)
def test_what_office_programs_write_stays(data: bytes) -> None:
    """Byte by byte."""
    rows = data.partition(b"<sheetData>")[2].partition(b"</sheetData>")[0]
    assert b"".join(look(data).bands) == rows


@pytest.mark.parametrize("attributes", ["", ' s="4"', ' t="n"', ' s="4" t="n"'])
@pytest.mark.parametrize(
    "body", ["><v>45318.5</v></c>", "><f>A2</f><v>5</v></c>", "/>", " />", "></c>"]
)
def test_ordinary_cells_are_passed_over(
    attributes: str, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Excel, WPS and the libraries write them; none is looked at for itself."""
    monkeypatch.setattr(module, "_instead", lambda *_: pytest.fail("looked at"))
    texts = '<c r="B1" t="s"><v>7</v></c><c r="C1" s="1" t="inlineStr"><is><t>a</t></is></c>'
    rows = f'<row r="1" spans="1:3"><c r="A1"{attributes}{body}{texts}</row><row r="2"/>'
    assert look(sheet(rows)).bands == (rows.encode(),)


@pytest.mark.parametrize(
    ("cells", "broken"),
    [
        ('<c r="B2"><v>1</v></c>', {}),
        ('<c r="B2"><f>A1</f><v>1</v></c>', {}),
        ('<c r="B2"><f>A1</f></c>', {(2, 2): ""}),
        ('<c r="B2"><f/><v/></c>', {(2, 2): ""}),
        ('<c r="B2" t="str"><f>A1</f><v></v></c>', {}),
        ('<c r="B2" t="str"><f>A1</f></c>', {(2, 2): ""}),
        ('<c r="AA2"><f>A1</f></c><c><f>A1</f></c>', {(2, 27): "", (2, 28): ""}),
        ('<c r="B2" t="e"><v>#N/A</v></c>', {(2, 2): "#N/A"}),
        ("<c/><c t='e'><f>1/0</f><v>#DIV/0!</v></c>", {(2, 2): "#DIV/0!"}),
        ('<c r="B2" t = "e"><v>#REF!</v></c>', {(2, 2): "#REF!"}),
        ('<c r="B2" t="e"/>', {}),
        ('<c r="B2" t="str"><v>t="e"</v></c>', {}),
    ],
)
def test_errors_and_formulas_without_a_result(
    cells: str, broken: dict[tuple[int, int], str]
) -> None:
    """An empty text is a result; cells may go without a name."""
    found = look(sheet(f'<row r="2">{cells}</row>'))
    assert found.broken == {place: Broken(error) for place, error in broken.items()}


@pytest.mark.parametrize(
    ("value", "outside"),
    [
        ("2958465", {}),
        ("2958465.9", {}),
        ("2958466", {(1, 1): 2958466}),
        ("-0.5", {(1, 1): -0.5}),
        ("1E+9", {(1, 1): 1e9}),
        ("1E-9", {}),
        ("123456789012345678", {(1, 1): 123456789012345678}),
    ],
)
def test_numbers_that_no_date_has(value: str, outside: dict[tuple[int, int], float]) -> None:
    """Noted as written, with 1 in their place; texts that look like them are left alone."""
    found = look(sheet(f'<row r="1"><c r="A1" s="3"><v>{value}</v></c></row>'))
    assert found.outside == outside
    assert (b'<c r="A1" s="3"><v>1</v></c>' in found.bands[0]) is bool(outside)
    assert not look(sheet(f'<row r="1"><c r="A1" t="str"><v>{value}</v></c></row>')).outside


def test_cells_beyond_the_limits() -> None:
    """They are left out; the first that holds something is told."""
    cells = '<c r="ALL1"><v>1</v></c><c r="ALM1" s="1"/><c r="ALN1"><v>2</v></c>'
    far = '<row r="1048577"><c r="A1048577"><v>3</v></c></row>'
    found = look(sheet(f'<row r="1">{cells}</row>{far}'))
    assert found.beyond == "ALN1"
    assert [b"<v>" in band for band in found.bands] == [True]
    assert b"AL" in found.bands[0]
    assert b"ALN1" not in found.bands[0]
    assert look(sheet('<row r="1"><c r="XFD1" s="1"/></row>')).beyond == ""


def test_rows_far_apart_are_not_laid_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """One cell at the bottom of a sheet costs nothing."""
    monkeypatch.setattr(module, "_BAND", 10)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (1, 10, 11, 900000))
    bands = look(sheet(rows)).bands
    assert [band.count(b"<row") for band in bands] == [2, 1, 1]
    assert b"".join(bands).decode() == rows


def test_cells_of_another_row() -> None:
    """They go where their name says, in the order of rows, and are laid out there."""
    rows = '<row r="7"><c r="A7"/><c r="A60000"><v>1</v></c></row><row r="2"><c r="B2"/></row>'
    found = look(sheet(rows))
    assert [
        [name.decode() for name in re.findall(rb'c r="(\w+)"', band)] for band in found.bands
    ] == [
        ["B2", "A7"],
        ["A60000"],
    ]


def test_rows_past_the_limits_are_left_out() -> None:
    """However many there are."""
    far = "".join(f'<row r="{10**9 + n}"><c r="A{10**9 + n}"/></row>' for n in range(9))
    assert look(sheet(far)).bands == ()


def test_merged_ranges_and_hidden_rows() -> None:
    """In the order of their first cells; a range may be written twice."""
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("$D$1", "A1:C2", "A1:C2"))
    found = look(
        sheet(
            '<row r="3" hidden= "1"/><row r="4" hidden="0"/>',
            after=f"<mergeCells>{merged}</mergeCells>",
        )
    )
    assert found.spans == (Span(1, 1, 2, 3), Span(1, 4, 1, 4))
    assert found.merged == 7
    assert found.hidden_rows == [3]


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 9), st.integers(0, 9))
def test_sizes_of_merged_ranges(row: int, column: int, down: int, right: int) -> None:
    """Letters and numbers as openpyxl writes them."""
    from openpyxl.utils import get_column_letter

    ref = f"{get_column_letter(column)}{row}:{get_column_letter(column + right)}{row + down}"
    data = sheet("", after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')
    assert look(data).merged == (down + 1) * (right + 1)


@pytest.mark.parametrize("ref", ["A:XFD", "Sheet1!A1:B2", "B2:A3", "A0:A2", ""])
def test_ranges_that_are_none(ref: str) -> None:
    """No office program writes them."""
    with pytest.raises(Odd):
        look(sheet("", after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'))
