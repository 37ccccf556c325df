"""The figures that `review` tells, from a hand-made review."""

from dataclasses import replace

import pytest

from results.sample import results
from starrating.cli import _summary
from starrating.report.workbook.view import View

FILES = ("results.xlsx", "review.zip", "subjects.csv", "字段说明.csv")


@pytest.fixture
def view():
    return View(results(), "0123456789ab")


def test_figures_count_rows(view):
    """Every figure is the number of rows it names."""
    numbers = _summary.figures(view.results, view)
    subjects = [row for row in view.results.subjects if row.rulebook == "town-village"]
    assert numbers.organisations == 30
    assert numbers.rated == sum(row.rated for row in subjects)
    assert numbers.rated + numbers.unrated == len(subjects)
    assert sum(count for _, _, count in numbers.stars) == numbers.rated
    assert sum(count for _, count in numbers.reasons) == numbers.unrated
    assert numbers.findings == len(view.results.findings)
    assert numbers.tasks == len(view.results.tasks)
    assert numbers.pending == len(view.results.pending)


def test_an_organisation_counts_once_for_a_flag(view):
    """Confirmed before proposed before possible; cases are counted apart."""
    row = view.results.flags[0]
    rows = tuple(
        replace(row, code=code, case=case, state=state)
        for code, case, state in (
            ("0001", "甲", "proposed"),
            ("0001", "乙", "proposed"),
            ("0002", "甲", "proposed"),
            ("0002", "甲", "confirmed"),
            ("0003", "丙", "possible"),
            ("0001", "丙", "possible"),
            ("0004", "丙", "rejected"),
        )
    )
    changed = replace(view.results, flags=rows)
    (flag,) = _summary.figures(changed, View(changed, "")).flags
    assert (flag.proposed, flag.proposed_cases, flag.confirmed, flag.possible) == (1, 2, 1, 1)


def test_summary_tells_what_a_user_asks(view):
    """Rulebooks with reasons, stars with bars, files and the number stand in the summary."""
    text = "\n".join(_summary.summary_lines(view.results, view, "out/", FILES))
    for book in view.results.rulebooks:
        assert book.why in text
    for word in ("定星", "不参评", "★", "整改任务", "待定事项", "数据问题", "results.xlsx"):
        assert word in text
    assert text.endswith("结果编号 0123456789ab")


def test_summary_can_be_printed_in_gbk(view):
    """Nothing of ours is outside GBK."""
    "\n".join(_summary.summary_lines(view.results, view, "out/", FILES)).encode("gbk")


def test_long_bars_are_scaled(view, monkeypatch):
    """A distribution over many organisations keeps bars that fit the screen."""
    monkeypatch.setattr(_summary, "BAR", 2)
    lines = _summary.summary_lines(view.results, view, "out/", FILES)
    assert max(line.count("★") for line in lines) == 2
    assert any("一个★代表" in line for line in lines)


def test_many_reasons_are_cut(view, monkeypatch):
    """Beyond the most frequent reasons the rest is one number."""
    monkeypatch.setattr(_summary, "REASONS", 0)
    lines = _summary.summary_lines(view.results, view, "out/", FILES)
    numbers = _summary.figures(view.results, view)
    assert f"      {numbers.unrated}  其他原因" in lines


def test_a_review_that_only_screens(view):
    """Without a rulebook that gives stars there is no distribution."""
    books = tuple(replace(book, rates=False) for book in view.results.rulebooks)
    changed = replace(view.results, rulebooks=books)
    lines = _summary.summary_lines(changed, View(changed, ""), "out/", FILES)
    assert "星级分布" not in lines


def test_the_document_has_the_same_figures(view):
    """The JSON document and the text are made from the same figures."""
    document = _summary.summary_document(view.results, view, "out", FILES)
    numbers = _summary.figures(view.results, view)
    assert document["rated"] == numbers.rated
    assert document["not_rated"]["count"] == numbers.unrated
    assert document["data_faults"]["warning"] >= 0
    assert sum(star["count"] for star in document["stars"]) == numbers.rated
