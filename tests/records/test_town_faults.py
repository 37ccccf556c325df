"""The fixture town-2023-faults: every planted fault is found, and no other."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from starrating.records import AnswerCell, Cell, Records, Row, read_records
from starrating.schema import STANDARD, Column, ColumnType, DateKind

FIXTURES = Path(__file__).parents[2] / "fixtures"
SCHEMA = STANDARD.extended(
    {
        "党组织": [
            Column("村集体收入", ColumnType.NUMBER, unit="万元"),
            Column("活动场所面积", ColumnType.NUMBER, unit="平方米"),
            Column("最近发展党员日期", ColumnType.DATE, date_kind=DateKind.EVENT),
        ]
    },
    (),
)


@pytest.fixture(scope="module")
def clean() -> Records:
    return read_records(FIXTURES / "town-2023", SCHEMA)


@pytest.fixture(scope="module")
def faulty() -> Records:
    return read_records(FIXTURES / "town-2023-faults", SCHEMA)


def planted() -> list[tuple[str, ...]]:
    with (FIXTURES / "town-2023-faults/expected/planted.csv").open(encoding="utf-8") as file:
        return [tuple(line) for line in csv.reader(file)][1:]


def test_clean_town_has_no_fault(clean: Records) -> None:
    """The clean workbook reads without a word."""
    assert clean.faults == ()
    assert len(clean.organisations) == 25


def test_every_planted_fault_is_found_and_no_other(faulty: Records) -> None:
    """Code, level, file, sheet and cell agree with the list."""
    found = Counter(
        (f.code, f.level.value, f.origin.file, f.origin.sheet or "", f.origin.cell or "")
        for f in faulty.faults
    )
    wanted = Counter(planted())
    assert found - wanted == Counter()
    assert wanted - found == Counter()


def test_many_troubles_of_many_kinds_are_planted() -> None:
    """At least forty, or the fixture would prove little."""
    assert len({line[0] for line in planted()}) >= 40


def _facts(row: Row, columns: tuple[str, ...]) -> tuple[object, ...]:
    return (row.organisation, *(_meaning(row.value(column)) for column in columns))


def _meaning(value: Cell) -> object:
    """√ and 有 are one answer."""
    return (value.meaning or value.word) if isinstance(value, AnswerCell) else value


@pytest.mark.parametrize("sheet", ["组织生活", "检查记录", "问题清单", "考核评分", "民主测评"])
def test_cells_without_a_planted_fault_read_the_same(
    sheet: str, clean: Records, faulty: Records
) -> None:
    """Other ways of writing give the same values: only planted rows differ from the clean book."""
    names = {"检查记录": ("检查记录", "活动场所")}.get(sheet, (sheet, "三会一课"))
    columns = tuple(c for c in clean.tables[sheet].columns if c not in {"记录", "状态"})
    before = Counter(_facts(row, columns) for row in clean.rows(sheet))
    after = Counter(_facts(row, columns) for row in faulty.rows(sheet))
    lost = sum((before - after).values())
    late = 0 if sheet != "组织生活" else _late_without_all_columns(faulty)
    touched = len({(line[2], line[3], line[4]) for line in planted() if line[3] in names})
    wide = 10 * sum(line[0] in {"D401", "D312"} for line in planted() if line[3] == "活动场所")
    assert lost <= touched + late + (wide if sheet == "检查记录" else 0)


def _late_without_all_columns(records: Records) -> int:
    return sum(row.origin.file == "十二月补报.xls" for row in records.rows("组织生活"))


def test_dates_of_the_other_date_system_are_read_right(clean: Records, faulty: Records) -> None:
    """The late workbook counts from 1904; its dates are those of the clean book."""
    late = [row for row in faulty.rows("组织生活") if row.origin.file == "十二月补报.xls"]
    days = {(r.organisation, r.value("日期")) for r in clean.rows("组织生活")}
    assert late
    assert {(r.organisation, r.value("日期")) for r in late if r.organisation} <= days


def test_income_in_yuan_is_converted(clean: Records, faulty: Records) -> None:
    """村集体收入 in 元 gives the same exact numbers as in 万元."""
    income = {o.code: o.row.value("村集体收入") for o in clean.organisations}
    same = [o for o in faulty.organisations if income.get(o.code) == o.row.value("村集体收入")]
    assert len(same) >= 24
