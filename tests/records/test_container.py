"""Files that are no workbooks: one clear fault, never an exception."""

from __future__ import annotations

import io
import zipfile

import pytest

from starrating.records import container
from starrating.records.container import refuse
from starrating.records.workbook import read_workbook

from .books import REGISTER, rewritten, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOOK = workbook({"党组织": REGISTER})


def package(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def encrypted_member() -> bytes:
    """A zip whose members claim to be encrypted."""
    data = bytearray(package(xl__workbook=b"<x/>"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("a.xlsx", b"", "D102"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "D103"),
        ("a.xlsx", encrypted_member(), "D103"),
        ("a.xls", OLE, "D104"),
        ("a.et", OLE, "D104"),
        ("a.xlsx", OLE, "D104"),
        ("a.xlsb", package(xl__workbook_bin=b"").replace(b"workbook_bin", b"workbook.bin"), "D104"),
        ("a.ods", package(mimetype=b"ods", content=b"<x/>"), "D104"),
        ("a.xlsx", package(word__document=b"<x/>"), "D104"),
        ("a.xlsx", b"<html><table></table></html>", "D105"),
        ("a.xlsx", "党组织,日期\n".encode("gbk"), "D105"),
        ("a.xlsx", BOOK[:-40], "D106"),
        ("a.xlsx", b"PK\x03\x04 and no more", "D106"),
        ("a.xlsx", package(xl__workbook=b"<x/>"), "D106"),
        ("a.xlsx", rewritten(BOOK, rb"</row>", b"</raw>"), "D106"),
        (
            "a.xlsx",
            rewritten(BOOK, rb"(<\?xml[^>]*\?>)?<worksheet", b"<!DOCTYPE x><worksheet"),
            "D108",
        ),
    ],
)
def test_what_is_wrong_with_a_file(file: str, data: bytes, code: str) -> None:
    """Empty, encrypted, old, not a workbook, damaged, dangerous."""
    grids, faults = read_workbook(file, data)
    assert grids == []
    assert [(fault.code, fault.level.value, fault.origin.file) for fault in faults] == [
        (code, "fatal", file)
    ]


def test_entities_are_refused_wherever_they_stand() -> None:
    """Shared texts, styles, relations: every part is read by the same reader."""
    bomb = b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;">]><workbook'
    data = rewritten(BOOK, rb"<workbook", bomb, "xl/workbook.xml")
    assert [fault.code for fault in read_workbook("a.xlsx", data)[1]] == ["D108"]


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """By unpacked size, and by ratio where the size is worth it."""
    data = package(xl__workbook=bytes(1_000_000))
    monkeypatch.setattr(container, "MAX_UNPACKED_BYTES", 900_000)
    fault = refuse("a.xlsx", data)
    assert fault is not None
    assert fault.code == "D107"
    monkeypatch.undo()
    monkeypatch.setattr(container, "_SMALL", 100_000)
    fault = refuse("a.xlsx", data)
    assert fault is not None
    assert (fault.code, dict(fault.parts)["limit"]) == ("D107", "500")


def test_large_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the size of the file."""
    monkeypatch.setattr(container, "MAX_WORKBOOK_BYTES", 10)
    fault = refuse("a.xlsx", BOOK)
    assert fault is not None
    assert fault.code == "D107"


def test_a_workbook_under_an_old_name_is_read() -> None:
    """Its content tells; a hint says so."""
    grids, faults = read_workbook("a.xls", BOOK)
    assert len(grids) == 1
    assert [fault.code for fault in faults] == ["D114"]


def test_too_many_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than any office keeps."""
    monkeypatch.setattr("starrating.records.workbook.MAX_SHEETS", 0)
    assert [fault.code for fault in read_workbook("a.xlsx", BOOK)[1]] == ["D107"]


def test_a_sheet_too_large_to_lay_out(monkeypatch):
    """Rows times filled columns are limited: told with both, and nothing is read."""
    assert read_workbook("a.xlsx", BOOK)[1] == []
    monkeypatch.setattr("starrating.records.workbook.MAX_LAID_OUT", 0)
    grids, (fault,) = read_workbook("a.xlsx", BOOK)
    assert (grids, fault.code) == ([], "D107")
    assert "行 ×" in fault.message
    assert dict(fault.parts)["limit"] == "0"
