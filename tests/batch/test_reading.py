"""One organisation of a batch, read with sentences: the rows of an ordinary review of all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import starrating as sr
from batch.made import BOOK, HEAD, batch, flat, rules
from batch.test_reduce import OVER_EVERYTHING, drawn, home
from batch.test_run import invented
from batch.test_tasks import RECTIFICATION
from starrating.batch.reading import review_one
from starrating.reviewing import Request, run

BELOW = (
    HEAD
    + """\
  下级缺开: {subordinates: {of: 缺开季度, take: sum, level: all}}
sections:
  - title: 基础
    points: 100
    items: [{id: "1.1", title: 大会, points: 100, clauses: [{deduct: 10, per: 缺开季度}, {deduct: 1, per: 下级缺开}]}]
"""
)


def placeless(text):
    """A text without the places of cells: each data has its own files."""
    return re.sub(r"[^\s：；（、]+\.parquet![^\s：；（、]+?![A-Z]+\d+", "某处", text or "")


def told(results, code):
    """The rows of one organisation, sources apart, which name the files."""
    return (
        [row for row in results.subjects if row.code == code],
        [
            (row.finding, row.kind, row.points, placeless(row.text))
            for row in results.findings
            if row.code == code
        ],
        [
            replace(row, problem=placeless(row.problem), task_text=placeless(row.task_text))
            for row in results.tasks
            if row.code == code
        ],
        [(row.flag, row.case, row.state) for row in results.flags if row.code == code],
    )


@pytest.mark.parametrize("text", [BOOK + RECTIFICATION, OVER_EVERYTHING, BELOW])
def test_rows_of_one_are_those_of_a_review_of_all(text, tmp_path):
    """Whatever it is compared with, and wherever that lies: subjects, findings, tasks, flags."""
    book, sheets = rules(tmp_path, text), drawn(3)
    data = batch(tmp_path, sheets, 3, home=home(3, 3))
    results = run(Request(flat(tmp_path, sheets), book)).results
    for code in ("0001", "0010", "0024"):
        found = review_one(Request(data, book), code).results
        assert told(found, code) == told(results, code)
    assert told(results, "0010")[1]


def test_only_those_compared_are_read(tmp_path):
    """A quota among superiors: the other superiors' organisations are left alone."""
    sheets = invented(2)
    found = review_one(Request(batch(tmp_path, sheets, 3), rules(tmp_path)), "第0002党支部").results
    assert [row.code for row in found.subjects] == [
        row["党组织代码"] for row in sheets["党组织"] if row["上级党组织"] == "上级1"
    ]


def test_sources_name_part_and_row(tmp_path):
    """A cell is cited where it stands: the part's file, and the row in it."""
    data = batch(tmp_path, invented(2), 3)
    found = review_one(Request(data, rules(tmp_path)), "0002").results
    cited = {
        each.split("!")[0] for row in found.findings for each in (row.sources or "").split("; ")
    }
    assert any("/part-1.parquet" in each for each in cited)


def test_an_unknown_name_is_told(tmp_path):
    """E307; as everywhere, an unknown organisation ends with 2."""
    found = review_one(Request(batch(tmp_path, invented(2)), rules(tmp_path)), "某支部")
    assert ([fault.code for fault in found.faults], found.exit_code) == (["E307"], 2)


def test_an_unknown_name_from_python(tmp_path):
    """UnknownName, as every organisation that is not known."""
    with pytest.raises(sr.UnknownName, match="E307 这批数据中没有党组织“某支部”"):
        sr.read_batch(batch(tmp_path, invented(2)), "某支部", rules=rules(tmp_path))


def test_too_many_are_told(tmp_path, monkeypatch):
    """E308: how many are compared with one another."""
    monkeypatch.setattr("starrating.batch.closure.MAX_TOLD_TOGETHER", 10)
    data, book = batch(tmp_path, drawn(3)), rules(tmp_path, OVER_EVERYTHING)
    (fault,) = review_one(Request(data, book), "0002").faults
    assert fault.code == "E308"
    assert "24 个" in fault.message
