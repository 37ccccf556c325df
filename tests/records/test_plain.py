"""Worksheets and shared texts in one spelling."""

from __future__ import annotations

from xml.parsers import expat

import pytest

from starrating.records.plain import column_number, place_of, plain_texts, sheet_anew
from starrating.records.xmltext import Declared


def sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    return f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()


CELL = '<row r="2"><c r="B2" s="1" t="str"><f/><v>x</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "plain"),
    [
        ('<x:row r="2"><x:c r="B2" s="1" t="str"><x:f>A1</x:f><x:v>x</x:v></x:c></x:row>', CELL),
        ("<row r='2'><c r='B2' s='1' t='str'><f>A1</f><v>x</v></c></row>", CELL),
        ('<row r="2"><c t="str" s="1" r="B2"><v>x</v><f>A1</f></c></row>', CELL),
        ('<row r="2"><!-- <c r="A2"> --><c r="B2" s="1" t="str"><f/><v>x</v></c></row>', CELL),
        ('<row r="2"><c r="B2" s="1" t="str"><f/><v><![CDATA[x]]></v></c></row>', CELL),
        (
            '<row r="2"><c r="B2" s="1" t="str" a="<>"><f/><v>x</v></c></row>'.replace("<>", ">"),
            CELL,
        ),
        (
            "<row/><row r='5' hidden='true'/><row><c><v>1</v></c><c/></row>",
            (
                '<row r="1"></row><row r="5" hidden="1"></row>'
                '<row r="6"><c r="A6"><v>1</v></c><c r="B6"></c></row>'
            ),
        ),
        (
            '<row r="3"><c r="B2" s="1" t="str"><f/><v>x</v></c></row><row r="1"/>',
            f'<row r="1"></row>{CELL}<row r="3"></row>',
        ),
        (
            (
                '<row r="1"><c r="C1"/><c t="inlineStr"><is><r><t>a&amp;</t></r>'
                "<rPh><t>jia</t></rPh><r><t> b</t></r></is></c></row><!---->"
            ),
            (
                '<row r="1"><c r="C1"></c><c r="D1" t="inlineStr">'
                '<is><t xml:space="preserve">a&amp; b</t></is></c></row>'
            ),
        ),
    ],
)
def test_other_spellings_are_written_anew(rows: str, plain: str) -> None:
    """Prefixes, quotes, order of attributes, comments, CDATA, rows and cells without names or order."""
    data = sheet(rows, before="<cols><c/></cols>").replace(
        b"<worksheet>", b'<worksheet xmlns:x="y">', 1
    )
    assert sheet_anew(data) == sheet(plain)


def test_utf_16_and_other_encodings() -> None:
    """Bytes that are no letters."""
    cell = '<row r="1"><c r="A1" t="str"><v>é</v></c></row>'
    text = sheet(cell, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>').decode()
    assert sheet_anew(text.encode("utf-16")).decode() == text
    latin = '<?xml version="1.0" encoding="iso-8859-1"?>' + text
    assert sheet_anew(latin.encode("latin-1")).decode() == text


@pytest.mark.parametrize(
    "data",
    [
        sheet("<row/><sheetData/>"),
        sheet("", before="<a><sheetData><row/></sheetData></a>"),
        sheet("<row/>", before="<!-- <sheetData> -->", after="<!-- </sheetData> -->"),
    ],
)
def test_there_is_one_place_for_rows(data: bytes) -> None:
    """What looks like it elsewhere is none."""
    assert sheet_anew(data).count(b"<sheetData>") == 1


@pytest.mark.parametrize("read", [sheet_anew, plain_texts])
def test_declared_text(read: object) -> None:
    """Refused by an exception that the reader turns into a fault."""
    with pytest.raises(Declared):
        read(b"<!DOCTYPE a><worksheet/>")


@pytest.mark.parametrize(
    "data",
    [
        b"<worksheet>",
        sheet('<row r="1"><c r="A1"><v>1</v></c></raw>'),
        sheet('<row r="1"><c r="A1"><v>1</c></row>'),
        sheet('<row r="1"><c r="A1"><v>1</v></row>'),
    ],
)
def test_broken_text(data: bytes) -> None:
    """A start without its end is seen though nobody parses the rows."""
    with pytest.raises(expat.ExpatError):
        sheet_anew(data)


def test_shared_texts() -> None:
    """CDATA, prefixes and UTF-16 are written anew, with every text in its place."""
    usual = (
        b'<sst><si><t xml:space="preserve">a</t></si><si><t xml:space="preserve"></t></si></sst>'
    )
    assert plain_texts(usual) is usual
    odd = '<x:sst xmlns:x="y"><x:si><x:t><![CDATA[a]]></x:t></x:si><x:si/></x:sst>'
    assert plain_texts(odd.encode()) == usual
    assert plain_texts(odd.encode("utf-16")) == usual
    with pytest.raises(expat.ExpatError):
        plain_texts(b"<sst><si></sst>")


def test_names_of_cells() -> None:
    """Letters and a number."""
    assert place_of("B3") == (3, 2)
    assert place_of("XFD1048576") == (1048576, 16384)
    assert place_of("$A$1") == place_of("A0") == place_of("") == (0, 0)
    assert [column_number(name) for name in ("A", "Z", "AA", "ALL")] == [1, 26, 27, 1000]
