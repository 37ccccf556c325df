"""The parts of a workbook, and the copy that calamine is given."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from starrating.records.package import Incomplete, Package
from starrating.records.workbook import read_workbook

from .books import REGISTER, rewritten, workbook

BOOK = workbook({"党组织": REGISTER, "组织生活": [("党组织",)]})
RELATED = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def opened(data: bytes) -> Package:
    return Package(zipfile.ZipFile(io.BytesIO(data)))


def with_element(element: bytes) -> bytes:
    """The book with an element in the root of its sheets."""
    return rewritten(BOOK, rb"<pageMargins", element + b"<pageMargins")


def renamed(change: dict[str, str]) -> bytes:
    """The book with other names of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(change.get(info.filename, info.filename), old.read(info))
    return out.getvalue()


def strict() -> bytes:
    """The book under the names of the strict standard."""
    data = BOOK
    for member in ("xl/", "_rels"):
        data = rewritten(
            data,
            rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            member,
        )
        data = rewritten(
            data,
            rb"http://schemas.openxmlformats.org/officeDocument/2006/",
            b"http://purl.oclc.org/ooxml/officeDocument/",
            member,
        )
    return data


def test_sheets_in_the_order_of_the_book() -> None:
    """Names and members."""
    parts = [(part.name, part.member) for part in opened(BOOK).sheets]
    assert parts == [
        ("党组织", "xl/worksheets/sheet1.xml"),
        ("组织生活", "xl/worksheets/sheet2.xml"),
    ]


@pytest.mark.parametrize(
    "target", [b"worksheets/sheet1.xml", b"./worksheets/../worksheets/sheet1.xml"]
)
def test_targets_relative_to_the_part(target: bytes) -> None:
    """Writers differ."""
    data = rewritten(BOOK, rb'Target="[^"]*sheet1.xml"', b'Target="' + target + b'"', "xl/_rels")
    assert opened(data).sheets[0].member == "xl/worksheets/sheet1.xml"
    assert read_workbook("a.xlsx", data) == read_workbook("a.xlsx", BOOK)


def test_missing_parts() -> None:
    """Told by an exception that the reader turns into a fault."""
    with pytest.raises(Incomplete):
        opened(BOOK).read("xl/none.xml")
    data = rewritten(BOOK, rb"sheet2.xml", b"sheet7.xml", "xl/_rels")
    assert [fault.code for fault in read_workbook("a.xlsx", data)[1]] == ["D106"]


def test_the_copy_holds_only_what_is_asked_for() -> None:
    """No properties, no theme; rows, shared texts, number formats and the date system."""
    package = opened(
        rewritten(BOOK, rb"<workbookPr[^>]*>", b'<workbookPr date1904="true"/>', "xl/workbook")
    )
    with zipfile.ZipFile(package.copy([b"<row/>", b""])) as copy:
        assert copy.namelist() == [
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "_rels/.rels",
        ]
        assert b"<sheetData><row/></sheetData>" in copy.read("xl/worksheets/sheet1.xml")
        assert b'date1904="1"' in copy.read("xl/workbook.xml")
        assert b"calcPr" not in copy.read("xl/workbook.xml")
        assert b"<fonts" not in copy.read("xl/styles.xml")


@pytest.mark.parametrize(
    "data",
    [
        rewritten(BOOK, rb"(<dcterms:created[^>]*>)[^<]*", rb"\1 2023/3/5 8:00", "docProps/core"),
        rewritten(
            BOOK,
            rb"<calcPr",
            b"<pivotCaches><pivotCache " + RELATED + b' cacheId="1" r:id="rId99"/></pivotCaches>'
            b"<definedNames><definedName>#REF!</definedName></definedNames><calcPr",
            "xl/workbook.xml",
        ),
        rewritten(BOOK, rb"<fills.*?</fills>", b"<fills><fill/></fills>", "xl/styles"),
        rewritten(
            BOOK,
            rb"<cellStyles.*?</cellStyles>",
            b"<cellStyles><cellStyle/></cellStyles>",
            "xl/styles",
        ),
        rewritten(BOOK, rb"<font>", b'<font><color rgb="red"/>', "xl/styles"),
        with_element(b'<autoFilter ref="A1:B3"><filterColumn colId="x"/></autoFilter>'),
        with_element(
            b'<conditionalFormatting sqref="A1"><cfRule type="new" priority="1"/>'
            b"</conditionalFormatting>"
        ),
        with_element(b'<dataValidations><dataValidation sqref="A1" type="new"/></dataValidations>'),
        with_element(
            b"<hyperlinks><hyperlink " + RELATED + b' ref="A1" r:id="rId9"/></hyperlinks>'
        ),
        with_element(b'<hyperlinks><hyperlink location="A1" ref="A1:XFD1048576"/></hyperlinks>'),
        with_element(b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>'),
        renamed({"xl/worksheets/sheet1.xml": "XL\\Worksheets\\Sheet1.xml"}),
        strict(),
    ],
    ids=[
        "properties",
        "pivot",
        "fill",
        "style",
        "colour",
        "filter",
        "format",
        "validation",
        "link",
        "far link",
        "extension",
        "names",
        "strict",
    ],
)
def test_what_is_not_asked_for_does_no_harm(data: bytes) -> None:
    """The cells are read without a word, whatever surrounds them."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_workbook("a.xlsx", data) == read_workbook("a.xlsx", BOOK)


def test_dates_of_the_strict_standard() -> None:
    """They are written in ISO 8601."""
    cell = b'<c r="A1" t="d"><v>2023-03-05</v></c><c r="B1" t="d"><v>2023-03-05T08:30:00</v></c>'
    data = rewritten(strict(), rb'<row r="1".*?</row>', b'<row r="1">' + cell + b"</row>")
    (first, _), faults = read_workbook("a.xlsx", data)
    assert faults == []
    assert [str(raw) for raw in first.rows[1].values()] == ["2023-03-05", "2023-03-05 08:30:00"]


def test_more_merged_cells_than_any_sheet_has() -> None:
    """A few bytes claim to merge all cells of a sheet."""
    data = with_element(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    (fault,) = read_workbook("a.xlsx", data)[1]
    assert fault.code == "D107"


@pytest.mark.parametrize("member", ["xl/styles", "xl/_rels", "[Content_Types]", "xl/workbook"])
def test_declarations_are_refused_in_every_part(member: str) -> None:
    """Also in parts of which little is read."""
    data = rewritten(BOOK, rb"^(<\?xml[^>]*\?>)?", b"<!DOCTYPE x>", member)
    assert [fault.code for fault in read_workbook("a.xlsx", data)[1]] == ["D108"]
