"""The look at a worksheet's XML."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records.look import Odd, cut, look
from starrating.records.xmltext import Declared


def sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    return f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()


CELL = '<c r="B2"><f>A1</f><v>1</v></c>'


@pytest.mark.parametrize(
    ("cells", "formulas"),
    [
        ('<c r="B2"><v>1</v></c>', set()),
        ('<c r="B2"><f>A1</f></c>', {(2, 2)}),
        ('<c r="B2"><f/><v/></c>', {(2, 2)}),
        ('<c r="B2" t="str"><f>A1</f><v></v></c>', set()),
        ('<c r="B2" t="str"><f>A1</f></c>', {(2, 2)}),
        ('<c r="AA2"><f>A1</f></c><c><f>A1</f></c>', {(2, 27), (2, 28)}),
        ("<c/><c><f>A1</f></c>", {(2, 2)}),
        ('<x:c r="B2"><x:f>A1</x:f></x:c>', {(2, 2)}),
    ],
)
def test_formulas_that_may_lack_a_result(cells: str, formulas: set[tuple[int, int]]) -> None:
    """All but those whose result is a text, empty or not; cells may go without a name."""
    assert look(sheet(f'<row r="2">{cells}</row>')).formulas == formulas


@pytest.mark.parametrize("cell", ['<c r="B2" t="e"><v>#N/A</v></c>', "<c/><c t='e'/>"])
def test_error_values(cell: str) -> None:
    """Told from what openpyxl makes of dates."""
    assert look(sheet(f'<row r="2">{cell}</row>')).errors == {(2, 2)}


def test_rows_without_numbers() -> None:
    """They follow one another."""
    rows = "<row/><row r='5'/><row><c><f>A1</f></c></row>"
    assert look(sheet(rows)).formulas == {(6, 1)}


@pytest.mark.parametrize("rows", ["", "<row><c><v>1</v></c></row>", f"<row>{CELL}</row>"])
def test_only_cells_and_merged_ranges_are_kept(rows: str) -> None:
    """With and without something to see in the rows."""
    merged = '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="$D$1"/></mergeCells>'
    data = sheet(
        rows, before='<dimension ref="A1"/><cols><col/></cols>', after=f"<autoFilter/>{merged}<a/>"
    )
    found = look(data)
    assert found.kept == sheet(rows, after=merged)
    assert found.merged == 7


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 9), st.integers(0, 9))
def test_sizes_of_merged_ranges(row: int, column: int, down: int, right: int) -> None:
    """Letters and numbers as openpyxl writes them."""
    from openpyxl.utils import get_column_letter

    ref = f"{get_column_letter(column)}{row}:{get_column_letter(column + right)}{row + down}"
    data = sheet("", after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')
    assert look(data).merged == (down + 1) * (right + 1)


@pytest.mark.parametrize(
    "data",
    [
        sheet("<row><mergeCells/></row>"),
        sheet("<row><c><hyperlinks/></c></row>"),
        sheet("<row/><sheetData/>"),
        sheet("", before="<a><sheetData><row/></sheetData></a>"),
        sheet("", after='<mergeCells><mergeCell ref="A:XFD"/></mergeCells>'),
        sheet("", after='<mergeCells><mergeCell ref="Sheet1!A1:B2"/></mergeCells>'),
    ],
)
def test_what_no_office_program_writes(data: bytes) -> None:
    """Refused: openpyxl would heed it where this look does not."""
    with pytest.raises(Odd):
        look(data)


@pytest.mark.parametrize(
    "data",
    [
        sheet("<row/>", before="<!-- <sheetData> --><a/>", after="<a/><!-- </sheetData> -->"),
        sheet("<row/>", before="<?x <sheetData> ?><a/>"),
        sheet("<row/>", after="<a><![CDATA[</sheetData>]]></a>"),
        sheet("<row/>", before="<a/>").decode().encode("utf-16"),
    ],
)
def test_tags_that_are_none(data: bytes) -> None:
    """In comments, instructions and CDATA; and UTF-16, where bytes are no letters."""
    kept = look(data).kept
    text = kept.decode("utf-16" if b"\0" in kept else "utf-8")
    assert "<a" not in text
    assert "<sheetData><row/></sheetData>" in text


def test_broken_and_declared_text() -> None:
    """Told by exceptions that the reader turns into faults."""
    with pytest.raises(expat.ExpatError):
        look(b"<worksheet>")
    with pytest.raises(Declared):
        look(b"<!DOCTYPE a><worksheet/>")


def test_cut() -> None:
    """Any part, the elements of its root."""
    data = b"<w><a/>1<b><c/></b> <a>2</a></w>"
    assert cut(data, frozenset("b")) == b"<w><b><c/></b> </w>"
    assert cut(data, frozenset("ab")) == data
    assert cut(b"<w/>", frozenset()) == b"<w/>"
