"""Columns by their different cells."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from starrating.records.coded import Coded

CELLS = st.lists(
    st.sampled_from(
        (None, "", "1", 1, 1.0, True, Decimal(1), Decimal("1.0"), Fraction(1), False, 0, 2.5,
         date(2023, 3, 5), datetime.fromisoformat("2023-03-05T08:30"), time(8)),
    )
)  # fmt: skip


def told(cells: Any) -> list[str]:
    """Cells of equal value and different kind or spelling told apart."""
    return [repr(cell) for cell in cells]


@given(CELLS)
def test_a_column_gives_its_cells_back(cells: list[Any]) -> None:
    """Of the kind and in the spelling in which they came, each different one once."""
    column = Coded.of(cells)
    assert told(column.cells()) == told(column[row] for row in range(len(column))) == told(cells)
    assert len(set(told(column.words))) == len(column.words)
    assert told(column.words) == list(dict.fromkeys(told(cells)))


@given(CELLS, CELLS)
def test_columns_one_under_the_other(one: list[Any], other: list[Any]) -> None:
    """And the same cells again from the rows of each."""
    column = Coded.joined((Coded.of(one), Coded.of(other)))
    assert [*map(str, column.cells())] == [*map(str, [*one, *other])]
    assert column.take(range(len(one))).codes == list(column.codes[: len(one)])


def test_words_are_read_once() -> None:
    """What comes out equal is one word, unless it is of another kind."""
    asked: list[str] = []

    def read(word: str) -> object:
        asked.append(word)
        return {"1": 1, "一": 1, "是": True}[word]

    column = Coded.of(["1", "一", "1", "是", "一"]).turned(read)
    assert asked == ["1", "一", "是"]
    assert told(column.cells()) == ["1", "1", "1", "True", "1"]
    assert told(column.words) == ["1", "True"]


def test_other_cells_in_some_rows() -> None:
    """The rest stays."""
    column: Coded[Any] = Coded.of(["a", "b", "a"])
    assert list(column.replaced({2: 5, 0: None}).cells()) == [None, "b", 5]
    assert column.replaced({}) is column


def test_columns_beside_each_other() -> None:
    """The cells of a row together."""
    column = Coded.beside([Coded.of([1, 2, 1]), Coded.of(["a", "a", "a"])])
    assert list(column.cells()) == [(1, "a"), (2, "a"), (1, "a")]
    assert len(column.words) == 2


def test_rows_of_a_column() -> None:
    """Those of which something holds; those that repeat one above."""
    column = Coded.of(["a", "b", "a", "a", "b"])
    assert column.where(lambda word: word == "b") == [1, 4]
    assert list(column.repeated()) == [(2, 0), (3, 0), (4, 1)]
    assert list(Coded.of([1, 2]).repeated()) == []
