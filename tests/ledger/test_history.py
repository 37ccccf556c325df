"""One organisation through the years, through changes of its name and code."""

from dataclasses import replace

import pytest

from ledger.sample import archive
from results.sample import BOOK, results
from starrating.explain import UnknownName
from starrating.ledger import add, examine, history_of
from starrating.results.tables import table_bytes

FIRST, SECOND, THIRD = sorted({row.code for row in results(3).subjects})


def changes(*rows):
    """people/组织变更.csv."""
    head = ["日期", "变更类型", "原党组织", "现党组织"]
    return {"组织变更.csv": table_bytes([head, *rows])}


def renamed(old, new, name=None):
    """Rows of subjects with a code (and a name) put in the place of another."""

    def change(row):
        return replace(row, code=new, name=name or row.name) if row.code == old else row

    return change


def history(folder, subject):
    found = history_of(examine(folder), subject)
    return found.codes, [
        (each.entry.period, each.row.code) for each in found.standings if each.row.rulebook == BOOK
    ]


def test_a_row_a_year(tmp_path):
    """In the order of the periods, whatever the order of entering."""
    for year in (2022, 2021, 2023):
        add(tmp_path, archive(year))
    codes, rows = history(tmp_path, SECOND)
    assert codes == (SECOND,)
    assert rows == [("2021", SECOND), ("2022", SECOND), ("2023", SECOND)]


def test_a_change_of_code_is_followed(tmp_path):
    """更名 with a new code, told in the later archive: asked for by either code."""
    add(tmp_path, archive(2022))
    people = changes(["2023-04-01", "更名", FIRST, "9001"])
    add(tmp_path, archive(2023, people=people, rows=renamed(FIRST, "9001")))
    expected = ((FIRST, "9001"), [("2022", FIRST), ("2023", "9001")])
    assert history(tmp_path, FIRST) == expected
    assert history(tmp_path, "9001") == expected


def test_an_old_name_is_known(tmp_path):
    """A name of another year leads to the same organisation."""
    add(tmp_path, archive(2022, rows=renamed(FIRST, FIRST, "老名字党支部")))
    add(tmp_path, archive(2023))
    assert len(history(tmp_path, "老名字党支部")[1]) == 2


def test_a_change_may_name_names(tmp_path):
    """The old body is on no roll any more and stands in 组织变更 by its name."""
    add(tmp_path, archive(2022, rows=renamed(FIRST, FIRST, "老名字党支部")))
    people = changes(["2023-04-01", "更名", "老名字党支部", "9001"])
    add(tmp_path, archive(2023, people=people, rows=renamed(FIRST, "9001")))
    assert history(tmp_path, "9001")[0] == (FIRST, "9001")


def test_a_merger_shows_those_before_and_the_one_after(tmp_path):
    """From the new body back to both; from an old body on to the new one, not to its partner."""
    add(tmp_path, archive(2022))
    people = changes(["2023-04-01", "合并", f"{FIRST}、{SECOND}", "9001"])
    add(tmp_path, archive(2023, people=people, rows=renamed(FIRST, "9001")))
    assert set(history(tmp_path, "9001")[0]) == {FIRST, SECOND, "9001"}
    assert set(history(tmp_path, FIRST)[0]) == {FIRST, "9001"}


def test_the_changes_themselves_are_told(tmp_path):
    """Those between the codes that are shown."""
    people = changes(["2023-04-01", "更名", FIRST, "9001"], ["2023-05-01", "更名", SECOND, "9002"])
    add(tmp_path, archive(2023, people=people))
    found = history_of(examine(tmp_path), FIRST).events
    assert [(e.date, e.kind, e.old, e.new) for e in found] == [
        ("2023-04-01", "更名", FIRST, "9001")
    ]


def test_a_name_of_two_organisations_is_asked_back(tmp_path):
    """No guess which of them is meant."""
    rows = renamed(FIRST, FIRST, "同名党支部")
    add(tmp_path, archive(2023, rows=lambda row: renamed(SECOND, SECOND, "同名党支部")(rows(row))))
    with pytest.raises(UnknownName) as caught:
        history(tmp_path, "同名党支部")
    assert f"{FIRST}、{SECOND}" in str(caught.value)


def test_an_unknown_name_is_answered_with_near_ones(tmp_path):
    """As explain does."""
    add(tmp_path, archive(2023))
    with pytest.raises(UnknownName) as caught:
        history(tmp_path, THIRD.rstrip("0") + "99")
    assert "是否想写" in str(caught.value) or "请写代码" in str(caught.value)
