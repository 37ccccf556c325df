"""The records of an archive as columns: what reading its inputs gives, without reading them."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from engine.kernel.whole import facets
from reviews import outcome
from starrating.archive.records_csv import cell_of
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.part import encode
from starrating.engine.setting import Setting
from starrating.records.model import UNREADABLE
from starrating.results.tables import MalformedTable
from starrating.reviewing.recorded import Recorded, as_recorded
from starrating.reviewing.restored import restored
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.schema import Column, ColumnType


@cache
def both(name):
    """An archive's ground on its recorded sheets with these, and that on its inputs."""
    bundle = outcome(name).bundle
    return *as_recorded(bundle, name), restored(bundle, name)


def setting(ground, records, number):
    heading = ground.heading
    return Setting(
        ground.books[number][0],
        records,
        heading.period,
        heading.period_from,
        heading.period_until,
        heading.cut_off,
        heading.issued,
        heading.level,
        heading.stage,
    )


@pytest.mark.parametrize("name", ["town-2023", "town-2023-faults"])
@pytest.mark.parametrize("number", [0, 1])
def test_a_review_of_either_is_the_same(name, number):
    """Every facet of every organisation, for data full of faults as well."""
    ground, recorded, read = both(name)
    own = setting(ground, ground.records, number)
    other = setting(read, read.records, number)
    one = review_columns(own, part=recorded.part(own))
    two = review_columns(other, part=encode(other))
    assert one.codes == two.codes
    for place in range(len(one.codes)):
        assert facets(one, place) == facets(two, place)


def test_rows_where_somebody_asks():
    """A table is the one that was read, but for where its cells stand and what no rule reads."""
    ground, _, read = both("town-2023")
    assert set(ground.records.tables) == set(read.records.tables)
    for name, table in ground.records.tables.items():
        wanted = read.records.tables[name]
        assert [row.organisation for row in table.rows] == [row.organisation for row in wanted.rows]
        for row, other in zip(table.rows, wanted.rows, strict=True):
            assert row.origin == other.origin
            assert [row.value(c) for c in table.columns] == [other.value(c) for c in table.columns]
    assert [(o.code, o.name) for o in ground.records.organisations] == [
        (o.code, o.name) for o in read.records.organisations
    ]


def test_what_more_rules_read_does_not_fit():
    """A column that no rule read then is not here; nor is one that is declared another way."""
    ground, recorded, _ = both("town-2023")
    books = [book for book, _, _ in ground.books]
    schema = schema_of(books)
    used = columns_read(books, schema)
    assert recorded.fits(schema, used)
    assert not recorded.fits(schema, {**used, "组织生活": used["组织生活"] | {"主题"}})
    book = books[1]
    declared = book.columns["党组织"]["村集体收入"].model_copy(update={"unit": "元"})
    columns = {"党组织": {**book.columns["党组织"], "村集体收入": declared}}
    other = schema_of([books[0], book.model_copy(update={"columns": columns})])
    assert not recorded.fits(other, used)


def test_people_or_changes_are_read_again():
    """Where people corrected rows, or organisations changed, the inputs are read."""
    bundle = outcome("county-mixed").bundle
    ground, recorded = as_recorded(bundle, "county-mixed")
    assert recorded is None
    assert ground.records.organisations == restored(bundle, "county-mixed").records.organisations
    people = {
        name: data
        for name, data in bundle.people.items()
        if name not in ("核查更正.csv", "组织变更.csv")
    }
    assert isinstance(as_recorded(replace(bundle, people=people), "county-mixed")[1], Recorded)


def test_texts_of_a_column():
    """The different texts, without numbers and what can not be read."""
    _, recorded, read = both("town-2023")
    rows = read.records.rows("检查记录")
    assert recorded.written("检查记录", "检查项目") == {row.value("检查项目") for row in rows}
    assert recorded.written("党组织", "村集体收入") == frozenset()
    assert recorded.written("没有的表", "列") == frozenset()


def test_columns_are_taken_in_the_order_of_subjects():
    """A column holds the rows in order of their organisation."""
    ground, recorded, _ = both("town-2023")
    part = recorded.part(setting(ground, ground.records, 1))
    for rows in part.sheets.values():
        assert (np.diff(rows.subject) >= 0).all()


@pytest.mark.parametrize("kind", [ColumnType.TEXT, ColumnType.ANSWER, ColumnType.NUMBER])
def test_nothing_and_what_can_not_be_read(kind):
    """An empty cell is blank, the mark of the unreadable is unreadable; the same as a text is a
    text."""
    column = Column("列", kind)
    assert cell_of(column, "") is None
    assert cell_of(column, "#读不出") is UNREADABLE
    if kind is ColumnType.TEXT:
        assert cell_of(column, "'#读不出") == "#读不出"


def test_what_nobody_can_have_written_is_told():
    """A number that is none is no defect of ours."""
    bundle = outcome("town-2023").bundle
    data = bundle.records["民主测评.csv"].replace(b",66,", b",6x6,", 1)
    files = {**bundle.records, "民主测评.csv": data}
    ground, recorded = as_recorded(replace(bundle, records=files), "town")
    own = setting(ground, ground.records, 1)
    with pytest.raises(MalformedTable, match="6x6"):
        review_columns(own, part=recorded.part(own))
