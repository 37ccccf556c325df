"""Review folders and single files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from starrating.faults import Level
from starrating.records import read_records
from starrating.records.folder import closed
from starrating.schema import STANDARD

from .books import REGISTER, read, told, workbook

HEAD = ("党组织", "日期", "类型")
CSV = "党组织,日期,类型\n0102,2023-3-5,党课\n"


def test_sheets_of_one_name_are_joined(tmp_path: Path) -> None:
    """Every row keeps its file and cell; files come by name."""
    (tmp_path / "b.xlsx").write_bytes(
        workbook({"党组织": REGISTER, "三会一课": [HEAD, ("0101", "2023-3-1", "党课")]})
    )
    (tmp_path / "组织生活.csv").write_text(CSV, "utf-8")
    (tmp_path / "a.xlsx").write_bytes(workbook({"组织生活": [HEAD, ("0101", "2023-3-2", "党课")]}))
    records = read_records(tmp_path, STANDARD)
    assert records.faults == ()
    places = [(row.origin.file, row.origin.sheet) for row in records.rows("组织生活")]
    assert places == [("a.xlsx", "组织生活"), ("b.xlsx", "三会一课"), ("组织生活.csv", "组织生活")]
    assert set(records.inputs) == {"a.xlsx", "b.xlsx", "组织生活.csv"}


def test_what_is_no_data(tmp_path: Path) -> None:
    """Locks, plans and rules are silent; documents and further folders are named."""
    (tmp_path / "book.xlsx").write_bytes(workbook({"党组织": REGISTER}))
    for name in ("~$book.xlsx", ".hidden.csv", "plan.yaml", "README.md"):
        (tmp_path / name).write_text("x", "utf-8")
    for folder in ("rules", "calendar", "_old", "各镇"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "组织生活.csv").write_text(CSV, "utf-8")
    (tmp_path / "照片").mkdir()
    (tmp_path / "通知.pdf").write_bytes(b"%PDF")
    records = read_records(tmp_path, STANDARD)
    assert [(f.code, f.origin.file) for f in records.faults] == [
        ("D113", "各镇"),
        ("D115", "通知.pdf"),
    ]


def test_a_file_that_can_not_be_read_stops_the_folder(tmp_path: Path) -> None:
    """Nobody knows which rows it holds, and no row would mean that nothing happened."""
    (tmp_path / "book.xlsx").write_bytes(workbook({"党组织": REGISTER}))
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    records = read_records(tmp_path, STANDARD)
    assert [(f.code, f.level) for f in records.faults] == [("D104", Level.FATAL)]
    assert (records.organisations, dict(records.tables)) == ((), {})


def test_nothing_there(tmp_path: Path) -> None:
    """No path, no file."""
    assert [f.code for f in read_records(tmp_path / "x", STANDARD).faults] == ["D101"]
    assert [f.code for f in read_records(tmp_path, STANDARD).faults] == ["D111"]


def test_a_folder_that_the_system_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """D117 with the reason, before anything of the folder is looked at."""

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    assert closed(tmp_path) is None
    monkeypatch.setattr(Path, "iterdir", refuse)
    fault = closed(tmp_path)
    assert fault is not None
    assert fault.code == "D117"
    assert "没有权限" in fault.message


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_that_the_system_closes(tmp_path: Path) -> None:
    """A link that leads to itself can not be read."""
    (tmp_path / "a.xlsx").symlink_to("a.xlsx")
    fault = closed(tmp_path / "a.xlsx")
    assert fault is not None
    assert "链接绕成了圈" in fault.message


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("组织生活.csv", CSV.encode(), "D112"),
        ("组织生活.csv", b"", "D102"),
        ("a.parquet", b"x", "D110"),
        ("a.txt", b"x", "D118"),
        ("党组织.csv", "党组织名称,领域\n".encode(), "D119"),
    ],
)
def test_single_files(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """A file may stand alone; without organisations there is nothing to review."""
    (tmp_path / name).write_bytes(data)
    assert code in [f.code for f in read_records(tmp_path / name, STANDARD).faults]


def test_a_workbook_named_as_csv(tmp_path: Path) -> None:
    """Content goes before the name where it is plain."""
    (tmp_path / "a.csv").write_bytes(workbook({"党组织": REGISTER}))
    assert len(read_records(tmp_path / "a.csv", STANDARD).organisations) == 2


def test_columns_no_rulebook_reads(tmp_path: Path) -> None:
    """Listed when it is told which are read."""
    read(tmp_path, 组织生活=[(*HEAD, "应到"), ("0101", "2023-3-1", "党课", 30)])
    used = {"组织生活": frozenset(HEAD), "党组织": frozenset(REGISTER[0])}
    records = read_records(tmp_path / "book.xlsx", STANDARD, used)
    assert [(one.sheet, one.column, one.filled) for one in records.unused] == [
        ("组织生活", "应到", 1)
    ]


def test_the_order_of_rows_and_sheets_changes_nothing(tmp_path: Path) -> None:
    """But for places, the records are the same."""
    rows = [("0101", f"2023-3-{day}", "党课") for day in range(1, 9)]
    one = read(tmp_path, 组织生活=[HEAD, *rows])
    other = read(tmp_path, 组织生活=[HEAD, *reversed(rows)])
    assert told(one) == told(other) == []
    assert sorted(str(row.values) for row in one.rows("组织生活")) == sorted(
        str(row.values) for row in other.rows("组织生活")
    )
