"""csv and Parquet."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records import tables
from starrating.records.raw import Grid
from starrating.records.tables import plain_value, read_csv, read_parquet

TEXT = "党组织,日期\r\n0101,2023-3-5\r\n"
ROWS = {1: {1: "党组织", 2: "日期"}, 2: {1: "0101", 2: "2023-3-5"}}


def only(result: tuple[list[Grid], list[Any]]) -> Grid:
    grids, faults = result
    assert faults == []
    (grid,) = grids
    return grid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    """The name of the file is that of the sheet."""
    grid = only(read_csv("三会一课.csv", TEXT.encode(encoding)))
    assert (grid.file, grid.sheet, grid.rows) == ("三会一课.csv", "三会一课", ROWS)


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimiters(mark: str) -> None:
    """Taken from the first line."""
    assert only(read_csv("a.csv", TEXT.replace(",", mark).encode())).rows == ROWS


def test_quotes_and_blank_lines() -> None:
    """A row is counted as a spreadsheet would count it."""
    grid = only(read_csv("a.csv", '党组织,记录\n\n0101,"一，二\n""三"""\n'.encode()))
    assert grid.rows == {1: {1: "党组织", 2: "记录"}, 3: {1: "0101", 2: '一，二\n"三"'}}


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "D102"), (b"\xff\xff\x80", "D109"), (b"a,b\x00c", "D109"), (b'a,"b\n', "D116")],
)
def test_broken_files(data: bytes, code: str) -> None:
    """One fatal fault."""
    grids, faults = read_csv("a.csv", data)
    assert grids == []
    assert [fault.code for fault in faults] == [code]


def test_large_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits stand in limits.py."""
    monkeypatch.setattr(tables, "MAX_TABLE_BYTES", 3)
    assert [fault.code for fault in read_csv("a.csv", b"1234")[1]] == ["D107"]


def test_cells_beyond_the_limits() -> None:
    """Left out and told."""
    grid = only(read_csv("a.csv", ("a," + "," * 1000 + "z\n").encode()))
    assert grid.beyond == "ALN1"
    assert grid.rows == {1: {1: "a"}}


@given(st.binary(max_size=60))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    """No exception."""
    grids, faults = read_csv("a.csv", data)
    assert grids or faults


def test_parquet() -> None:
    """Types of columns are kept; its columns are row 1."""
    out = io.BytesIO()
    columns = {
        "党组织": ["0101", None],
        "应到": [30, None],
        "得分": [Decimal("1.10"), None],
        "日期": [date(2023, 3, 5), None],
        "是否": [True, None],
    }
    pq.write_table(pa.table(columns), out)
    grid = only(read_parquet("组织生活.parquet", out.getvalue()))
    assert grid.sheet == "组织生活"
    assert grid.rows == {
        1: dict(enumerate(columns, start=1)),
        2: {1: "0101", 2: 30, 3: Decimal("1.10"), 4: date(2023, 3, 5), 5: True},
    }


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "D102"), (b"PAR1 no", "D110"), (b"x" * 99, "D110")]
)
def test_broken_parquet(data: bytes, code: str) -> None:
    """One fatal fault."""
    assert [fault.code for fault in read_parquet("a.parquet", data)[1]] == [code]


@pytest.mark.parametrize(
    "value",
    [
        None,
        float("nan"),
        Decimal("NaN"),
        np.float64("nan"),
        np.datetime64("NaT"),
        pd.NaT,
        pd.NA,
    ],
    ids=repr,
)
def test_blank_values(value: Any) -> None:
    """Not-a-number is no number, not-a-time is no time."""
    assert plain_value(value) is None


def test_moments_and_odd_values() -> None:
    """Anything else is shown as a text."""
    assert plain_value(datetime(2023, 3, 5, 1)) == datetime(2023, 3, 5, 1)  # noqa: DTZ001
    assert plain_value([1]) == "[1]"
