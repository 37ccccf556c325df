"""Records from DataFrames."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd

from starrating.records import UNREADABLE, records_from_frames
from starrating.schema import STANDARD


def test_frames_read_like_sheets() -> None:
    """Types of pandas and NumPy become ours; missing values are blank."""
    register = pd.DataFrame(
        {"党组织代码": ["0101", "0102"], "党组织名称": ["甲", "乙"], "领域": ["农村", "农村"]}
    )
    diary = pd.DataFrame(
        {
            "党组织": ["0101", "0102"],
            "日期": pd.to_datetime(["2023-03-05", None]),
            "类型": pd.Categorical(["党课", "党课"]),
            "应到": [30.0, np.nan],
            "实到": pd.array([28, None], dtype="Int64"),
        }
    )
    records = records_from_frames({"组织生活": diary, "党组织": register}, STANDARD)
    first, second = records.rows("组织生活")
    assert (first.value("日期"), first.value("应到"), first.value("实到")) == (
        date(2023, 3, 5),
        Fraction(30),
        Fraction(28),
    )
    assert (second.value("应到"), second.value("实到")) == (None, None)
    assert [(f.code, f.origin.file, f.origin.cell) for f in records.faults] == [
        ("D301", "frames", "B3")
    ]
    assert dict(records.inputs) == {}


def test_numbers_as_codes_are_faults_here_too() -> None:
    """pandas reads 0101 as 101 unless it is told otherwise."""
    register = pd.DataFrame({"党组织代码": [101], "党组织名称": ["甲"], "领域": ["农村"]})
    records = records_from_frames({"党组织": register}, STANDARD)
    assert records.organisations[0].row.value("党组织代码") is UNREADABLE
    assert [f.code for f in records.faults] == ["D308"]


def test_an_empty_frame_is_supplied() -> None:
    """With its columns and no row."""
    register = pd.DataFrame({"党组织代码": ["0101"], "党组织名称": ["甲"], "领域": ["农村"]})
    diary = pd.DataFrame({"党组织": [], "日期": [], "类型": []})
    records = records_from_frames({"组织生活": diary, "党组织": register}, STANDARD)
    assert records.supplied("组织生活")
    assert records.faults == ()
