"""DataFrames as a batch: the same bytes as Parquet parts of the same cells."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pyarrow.parquet as pq
import pytest

import starrating as sr
from batch.made import batch, rules
from batch.test_run import invented


def files(out):
    return [path.read_bytes() for path in sorted(out.rglob("*.parquet"))]


def frames(sheets, home):
    """The sheets in two parts."""
    place = {row["党组织代码"]: home(row) for row in sheets["党组织"]}
    return [
        {
            sheet: pd.DataFrame(
                [
                    row
                    for row in rows
                    if place[row["党组织代码" if sheet == "党组织" else "党组织"]] == number
                ]
            )
            for sheet, rows in sheets.items()
        }
        for number in (0, 1)
    ]


def home(row):
    return int(row["党组织代码"]) % 2


@pytest.mark.parametrize("seed", range(3))
def test_the_same_bytes_as_parquet(seed, tmp_path):
    """Decimals, dates, whole numbers with gaps, text with gaps; from a folder and from frames."""
    sheets, book = invented(40 + seed), rules(tmp_path)
    data = batch(tmp_path, sheets, 2, home=home)
    one = sr.review_batch(data, tmp_path / "one", rules=book)
    two = sr.review_batch(
        frames(sheets, home), str(tmp_path / "two"), rules=book, rulebook="small@2024", period=2024
    )
    assert files(tmp_path / "one") == files(tmp_path / "two") != []
    assert (one.subjects, one.stars, one.flags) == (two.subjects, two.stars, two.flags)


@pytest.mark.parametrize("blank", [None, "", "　 "])
def test_an_organisation_without_a_name_goes_by_its_code(blank, tmp_path):
    """As in a review, wherever the name is missing and whatever stands for nothing."""
    sheets, book = invented(45), rules(tmp_path)
    sheets["党组织"] = [
        {**row, "党组织名称": f"（{row['党组织代码']}）号村"} for row in sheets["党组织"]
    ]
    sheets["党组织"][0]["党组织名称"] = blank
    nameless = sheets["党组织"][0]["党组织代码"]
    sr.review_batch(frames(sheets, home), tmp_path / "out", rules=book, period=2024)
    (name,) = {
        row["name"]
        for path in (tmp_path / "out" / "subjects").rglob("*.parquet")
        for row in pq.read_table(path).to_pylist()
        if row["code"] == nameless
    }
    assert name == nameless


def test_a_blank_code_is_refused(tmp_path):
    """A text of spaces names nobody, as an empty cell does."""
    sheets, book = invented(46), rules(tmp_path)
    sheets["党组织"][0]["党组织代码"] = " "
    whole = {sheet: pd.DataFrame(rows) for sheet, rows in sheets.items()}
    with pytest.raises(sr.RecordsErrors) as raised:
        sr.review_batch(whole, tmp_path / "out", rules=book, period=2024)
    assert [fault.code for fault in raised.value.faults] == ["D710"]


def test_one_mapping_is_one_part(tmp_path):
    """Timestamps are days, and the index is not read."""
    sheets, book = invented(44), rules(tmp_path)
    whole = {sheet: pd.DataFrame(rows) for sheet, rows in sheets.items()}
    whole["组织生活"]["日期"] = pd.to_datetime(whole["组织生活"]["日期"])
    whole["组织生活"] = whole["组织生活"].set_index(whole["组织生活"].index + 7)
    sr.review_batch(batch(tmp_path, sheets), tmp_path / "one", rules=book)
    found = sr.review_batch(whole, tmp_path / "two", rules=book, rulebook="small", period="2024")
    assert found.parts == 1
    assert files(tmp_path / "one") == files(tmp_path / "two")


ROLL = {"党组织代码": ["0001"], "是否参评": ["是"]}


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"党组织": pd.DataFrame({**ROLL, "村集体收入": [None]}).assign(领域=[object()])},
        {"党组织": pd.DataFrame({"党组织代码": ["0001", "0002"], "领域": ["农村", 5]})},
        {"党组织": pd.DataFrame([["0001", "0002"]], columns=["党组织代码", "党组织代码"])},
        {"../党组织": pd.DataFrame(ROLL)},
    ],
    ids=["no part", "no cells", "mixed", "twice", "path"],
)
def test_wrong_frames_are_refused(wrong, tmp_path):
    """ValueError, and nothing is written."""
    with pytest.raises(ValueError, match=r"part|kinds|name"):
        sr.review_batch(wrong, tmp_path / "out", rules=rules(tmp_path), period=2024)
    assert not (tmp_path / "out").exists()


def test_what_can_not_be_reviewed_raises_with_its_faults(tmp_path):
    """A code twice is RecordsErrors; an output folder with other files is ValueError."""
    book = rules(tmp_path)
    twice = pd.DataFrame({"党组织代码": ["1", "1"], "村集体收入": [Decimal(1), Decimal(2)]})
    with pytest.raises(sr.RecordsErrors) as raised:
        sr.review_batch({"党组织": twice}, tmp_path / "out", rules=book, period=2024)
    assert [fault.code for fault in raised.value.faults] == ["D707"]
    with pytest.raises(ValueError, match="E804"):
        sr.review_batch({"党组织": twice[:1]}, tmp_path, rules=book, period=2024)
