"""Rows kept as columns."""

from __future__ import annotations

import pickle
from pathlib import Path

from starrating.records import Row, read_records
from starrating.records.rows import Rows
from starrating.schema import STANDARD

from .books import REGISTER, read, workbook

HEAD = ("党组织", "日期", "类型", "应到")
LINES = (HEAD, ("0101", "2023-3-5", "党课", 30), ("丙寅", None, "党课", "不详"), (None, "3-5", "x"))


def test_one_row_and_all(tmp_path: Path) -> None:
    """A row asked for alone is the row that all hold; also from the end, and of what was pickled."""
    rows = read(tmp_path, 组织生活=LINES).rows("组织生活")
    again = pickle.loads(pickle.dumps(rows))  # noqa: S301 - our own bytes
    alone = [again[place] for place in range(len(again))]
    assert alone == list(rows) == list(again)
    assert again[-1] == alone[-1] == rows[-1]
    assert again[1:] == tuple(alone[1:])


def test_rows_are_equal_by_what_they_hold(tmp_path: Path) -> None:
    """Kept as columns or given one by one."""
    rows = read(tmp_path, 组织生活=LINES).rows("组织生活")
    assert isinstance(rows, Rows)
    assert rows == tuple(rows)
    assert hash(rows) == hash(Rows(rows.blocks))
    assert rows != tuple(rows)[1:]


def test_tables_by_column(tmp_path: Path) -> None:
    """What its rows say, also of several files with different columns."""
    (tmp_path / "a.xlsx").write_bytes(workbook({"党组织": REGISTER, "组织生活": LINES}))
    other = (("类型", "党组织"), ("党员大会", "0102"))
    (tmp_path / "b.xlsx").write_bytes(workbook({"组织生活": other}))
    table = read_records(tmp_path, STANDARD).tables["组织生活"]
    rows: list[Row] = list(table.rows)
    assert len(rows) == 4
    assert [table.rows[place] for place in range(4)] == rows
    for column in (*table.columns, "主题"):
        assert list(table.column(column).cells()) == [row.value(column) for row in rows]
    assert list(table.owners.cells()) == [row.organisation for row in rows]
