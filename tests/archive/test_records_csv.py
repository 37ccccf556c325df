"""records/ of an archive: normalised tables with the place of every cell."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.archive.canonical import is_known
from starrating.archive.records_csv import (
    PLACE_COLUMNS,
    UNREADABLE_TEXT,
    cell_of,
    file_name,
    records_csv,
    table_csv,
    table_texts,
)
from starrating.origin import Origin
from starrating.records.cells import answer
from starrating.records.model import UNREADABLE, Answer, AnswerCell, Records, Row, Table
from starrating.results.tables import table_lines
from starrating.schema import STANDARD, Column, ColumnType


def row(value, cells=None):
    origin = Origin("a.xlsx", sheet="表", cell="A7")
    return Row("0001", {"列": value, "别": None}, origin, cells or {"列": "C7"})


def texts(value, cells=None):
    return table_texts(table_csv(Table("表", ("列", "别"), (row(value, cells),))))[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (Fraction(5, 2), "2.5"),
        (Fraction(-3), "-3"),
        (Fraction(1, 3), "1/3"),
        (date(2023, 3, 5), "2023-03-05"),
        (True, "是"),
        (False, "否"),
        (AnswerCell(Answer.NO, "无"), "无"),
        (UNREADABLE, UNREADABLE_TEXT),
        ("党员大会、党课", "党员大会、党课"),
        ("=1+1", "=1+1"),
        ("'=1", "'=1"),
        (UNREADABLE_TEXT + "的", UNREADABLE_TEXT + "的"),
    ],
)
def test_values(value, text):
    """Every kind of cell has one text, and texts come back as they were."""
    assert texts(value)["列"] == text


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1)
CELLS = st.one_of(
    st.tuples(st.just(ColumnType.TEXT), WORDS),
    st.tuples(st.just(ColumnType.CODE), WORDS),
    st.tuples(st.just(ColumnType.NUMBER), st.fractions()),
    st.tuples(st.just(ColumnType.DATE), st.dates()),
    st.tuples(st.just(ColumnType.TRUTH), st.booleans()),
    st.tuples(st.just(ColumnType.ANSWER), WORDS.map(answer)),
    st.tuples(st.sampled_from(ColumnType), st.sampled_from([None, UNREADABLE])),
)


@given(CELLS)
def test_cells_come_back(made):
    """Whatever a cell holds, its column reads its text as that."""
    kind, value = made
    data = table_csv(Table("表", ("列", "别"), (row(value),)))
    (_, line) = table_lines(data)
    assert cell_of(Column("列", kind), line[len(PLACE_COLUMNS)]) == value


def test_text_that_looks_unreadable_is_told_apart():
    """A text of the mark's own letters is written otherwise than the mark."""
    table = [Table("表", ("列",), (row(v),)) for v in (UNREADABLE, UNREADABLE_TEXT)]
    assert table_csv(table[0]) != table_csv(table[1])


@pytest.mark.parametrize(
    ("cells", "places"),
    [({"列": "C7", "别": "AA7"}, "C AA"), ({"列": "C5"}, "C5 -"), ({"别": "B7"}, "- B")],
)
def test_places(cells, places):
    """Cells of the row's own line are letters; others are written out."""
    assert texts("x", cells)["各列位置"] == places


def test_files_in_schema_order():
    """One file a supplied sheet, in the order of the standard sheets; `only` picks some."""
    tables = {name: Table(name, ("党组织",), ()) for name in ("审定结果", "组织生活", "党组织")}
    records = Records(STANDARD, tables, ())
    assert list(records_csv(records)) == ["党组织.csv", "组织生活.csv", "审定结果.csv"]
    assert list(records_csv(records, only=frozenset({"审定结果"}))) == ["审定结果.csv"]


def test_heads():
    """Places come first, then the sheet's columns."""
    data = table_csv(Table("表", ("列",), ()))
    assert data.decode("utf-8-sig") == ",".join([*PLACE_COLUMNS, "列"]) + "\r\n"


@pytest.mark.parametrize("sheet", ["组织生活", "a/b", "..\\x", "50%", ".."])
def test_file_names_fit_an_archive(sheet):
    """Whatever a rulebook calls its sheet, the file name is one an archive can hold."""
    assert is_known(f"records/{file_name(sheet)}")


def test_columns_nobody_reads_are_left_out():
    """Only the columns that rulebooks read are archived, and those that name a proof."""
    columns = ("党组织", "类型", "主题", "佐证")
    records = Records(STANDARD, {"组织生活": Table("组织生活", columns, ())}, ())
    files = records_csv(records, used={"组织生活": frozenset(("党组织", "类型"))})
    heads = files["组织生活.csv"].decode("utf-8-sig").strip().split(",")
    assert heads == [*PLACE_COLUMNS, "党组织", "类型", "佐证"]
