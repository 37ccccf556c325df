"""The parts of a workbook."""

from __future__ import annotations

import io
import zipfile

import pytest

from starrating.records.package import Incomplete, Package, is_date_format, unescape

from .books import REGISTER, rewritten, workbook

BOOK = workbook({"党组织": REGISTER, "组织生活": [("党组织",)]})


def opened(data: bytes) -> Package:
    return Package(zipfile.ZipFile(io.BytesIO(data)))


def test_sheets_in_the_order_of_the_book() -> None:
    """Names and members."""
    parts = [(part.name, part.hidden, part.member) for part in opened(BOOK).sheets]
    assert parts == [
        ("党组织", False, "xl/worksheets/sheet1.xml"),
        ("组织生活", False, "xl/worksheets/sheet2.xml"),
    ]


@pytest.mark.parametrize(
    "target", [b"worksheets/sheet1.xml", b"./worksheets/../worksheets/sheet1.xml"]
)
def test_targets_relative_to_the_part(target: bytes) -> None:
    """Writers differ."""
    data = rewritten(BOOK, rb'Target="[^"]*sheet1.xml"', b'Target="' + target + b'"', "xl/_rels")
    assert opened(data).sheets[0].member == "xl/worksheets/sheet1.xml"


def test_missing_parts() -> None:
    """Told by an exception that the reader turns into a fault."""
    with pytest.raises(Incomplete):
        opened(BOOK).open("xl/none.xml")


@pytest.mark.parametrize(
    ("code", "wanted"), [("yyyy-mm-dd", True), ("General", False), ("0_d", False), ('"y"0', False)]
)
def test_date_formats(code: str, wanted: bool) -> None:
    """More of them in the tests of workbooks."""
    assert is_date_format(code) is wanted


def test_unescape() -> None:
    """Only what is escaped."""
    assert unescape("a_x0041_b_xyz_") == "aAb_xyz_"
