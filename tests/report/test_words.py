"""Words for stars, ranges and numbers."""

from decimal import Decimal

import pytest

from starrating.report.words import (
    KINDS,
    cells_word,
    decided_word,
    number_word,
    range_word,
    star_range,
    star_word,
)
from starrating.results.columns import FINDINGS


@pytest.mark.parametrize(
    ("star", "word"), [(5, "五星"), (1, "一星"), (0, "不定星"), (None, ""), (12, "12星")]
)
def test_star_words(star, word):
    """A level as words; none is empty, zero is 不定星."""
    assert star_word(star) == word


def test_own_names():
    """A rulebook's own name goes before the plain word."""
    assert star_word(5, {5: "五星级", 4: None}) == "五星级"
    assert star_word(4, {5: "五星级", 4: None}) == "四星"


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (3, 4, "三至四星"),
        (5, 5, "五星"),
        (0, 2, "不定星至二星"),
        (None, 4, "四星"),
        (None, None, ""),
    ],
)
def test_star_ranges(low, high, word):
    """A range says the word 星 once."""
    assert star_range(low, high) == word


@pytest.mark.parametrize(
    ("text", "word"), [("4", "四星"), ("四星", "四星"), ("不定星", "不定星"), (None, "")]
)
def test_decided(text, word):
    """What people wrote stays, but for plain numbers."""
    assert decided_word(text) == word


def test_numbers():
    """No needless zeros."""
    assert number_word(Decimal("4.50")) == "4.5"
    assert number_word(Decimal(100)) == "100"
    assert range_word(Decimal("0.00"), Decimal("2.50")) == "0–2.5"


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (None, None),
        ("a.xlsx!表!B2; a.xlsx!表!B5; b.csv!!C1", "a.xlsx!表!B2、B5；b.csv!!C1"),
        ("a.xlsx!表!B2; 见附件; a.xlsx!表!B3", "a.xlsx!表!B2；见附件；a.xlsx!表!B3"),
        ("2023-06-01 县纪委转来", "2023-06-01 县纪委转来"),
    ],
)
def test_cells_of_one_sheet_are_named_once(sources, words):
    """Cells that stand on one sheet share its name; other words stay."""
    assert cells_word(sources) == words


def test_every_kind_of_finding_has_a_word():
    """The kinds that 字段说明.csv lists are those that have a word."""
    note = next(column.note for column in FINDINGS.columns if column.name == "kind")
    assert [part.split(" ")[0] for part in note.split("；")] == list(KINDS)
