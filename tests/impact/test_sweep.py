"""One word set to one value after another."""

import pytest

from impact.past import OLD, few, runs
from rulediff.books import shipped
from starrating.engine.kernel import scored as scoring
from starrating.impact.settings import Refused, with_settings
from starrating.impact.sweep import sweep, sweep_range
from starrating.impact.sweeptext import sweep_text, sweep_workbook


def test_range():
    """Both ends are included, and values are exact."""
    assert sweep_range("stars.5.from=85..87:0.5") == (
        "stars.5.from", ("85", "85.5", "86", "86.5", "87"),
    )  # fmt: skip
    assert sweep_range("stars.5.at_most.share=20%..30%:5%")[1] == ("20%", "25%", "30%")


@pytest.mark.parametrize(
    "text", ["a", "a=1", "a=1..2", "a=2..1:1", "a=1..2:0", "a=1..9999:1", "a=x..2:1"]
)
def test_range_refused(text):
    """What is no range is refused with a word on how it is written."""
    with pytest.raises(Refused):
        sweep_range(text)


def test_counts_and_scores_once(monkeypatch):
    """The higher the edge the fewer the stars; items are scored once for all values."""
    scored = []
    score_item = scoring.score_item

    def counting(ground, placed, section):
        scored.append(placed.item.id)
        return score_item(ground, placed, section)

    monkeypatch.setattr(scoring, "score_item", counting)
    made, book = runs(few()), shipped(OLD)
    changed = [(text, with_settings(book, {"stars.4.from": text})) for text in ("70", "80", "85")]
    found = sweep(made, book, "stars.4.from", changed)
    assert [row.distribution[4] for row in found.rows] == [1, 1, 0]
    assert [row.falling for row in found.rows] == [0, 0, 1]
    assert len(scored) == len(list(book.items()))
    assert "stars.4.from" in sweep_text(found)
    assert sweep_workbook([found]) == sweep_workbook([found])
