"""One cell read as its column says."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.limits import MAX_CELL_TEXT
from starrating.records import Answer, AnswerCell
from starrating.records.cells import as_they_stand, reader
from starrating.records.raw import Broken
from starrating.records.trouble import Trouble
from starrating.schema import Blank, Column, ColumnType

TEXT, CODE, NUMBER, DATE, TRUTH, ANSWER = ColumnType


def read(raw: Any, kind: ColumnType, **more: Any) -> Any:
    return reader(Column("列", kind, **more))(raw)


def code_of(value: Any) -> str:
    return value.code if isinstance(value, Trouble) else ""


@pytest.mark.parametrize("kind", list(ColumnType))
def test_broken_cells_are_never_blank(kind: ColumnType) -> None:
    """Formulas without a result and error values, also as texts of a csv file."""
    assert code_of(read(Broken(""), kind)) == "D302"
    assert code_of(read(Broken("#N/A"), kind)) == "D303"
    assert code_of(read("#DIV/0!", kind)) == "D303"
    assert code_of(read("#n/a", kind)) == "D303"


@pytest.mark.parametrize("kind", list(ColumnType))
@pytest.mark.parametrize("raw", [None, "", "　", "/", "—", "--"])
def test_blank_cells(kind: ColumnType, raw: Any) -> None:
    """A dash drawn through a cell is blank."""
    assert read(raw, kind) is None


def test_nothing_as_a_word() -> None:
    """无 is blank where blank means that the fact does not exist, else a text or a slip."""
    assert read("无", TEXT, blank=Blank.NONE) is None
    assert read("暂无", DATE, blank=Blank.NONE) is None
    assert read("无", TEXT) == "无"
    assert code_of(read("无", DATE)) == "D311"
    assert code_of(read("无", NUMBER, blank=Blank.NONE)) == "D304"


def test_free_text_keeps_everything() -> None:
    """A dash there may be a sentence of its own."""
    assert read("/", TEXT, free_text=True, blank=Blank.NONE) == "/"
    assert read("无", TEXT, free_text=True, blank=Blank.NONE) == "无"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (" 农村　", "农村"),
        (5, "5"),
        (True, "是"),
        (date(2023, 3, 5), "2023-03-05"),
        (time(9, 30), "09:30:00"),
    ],
)
def test_text_cells(raw: Any, wanted: str) -> None:
    """Anything can be read as a text."""
    assert read(raw, TEXT) == wanted


def test_text_too_long() -> None:
    """A cell of Excel can not hold more."""
    assert code_of(read("字" * (MAX_CELL_TEXT + 1), TEXT)) == "D318"


def test_choices() -> None:
    """Only what is listed, with the nearest named."""
    column = Column("状态", TEXT, choices=("按期", "补开"))
    assert reader(column)("补开 ") == "补开"
    trouble = reader(column)("补办")
    assert code_of(trouble) == "D317"
    assert "补开" in dict(trouble.parts)["near"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [(101, "D308"), (2.1, "D309"), ("1.1E+17", "D310"), (date(2023, 3, 1), "D321"), (True, "D321")],
)
def test_codes_are_texts(raw: Any, code: str) -> None:
    """A number there has lost what a text would have kept."""
    assert code_of(read(raw, CODE)) == code


def test_a_code_keeps_its_zeros() -> None:
    """Full-width digits become plain ones."""
    assert read("０101 ", CODE) == "0101"
    assert read("2.10", CODE) == "2.10"


@pytest.mark.parametrize("raw", ["是", "有", "√", "✓", "1", "Yes", "TRUE", 1, 1.0, True])
def test_yes(raw: Any) -> None:
    """Every way to say yes."""
    assert read(raw, TRUTH) is True
    assert read(raw, ANSWER).meaning is Answer.YES


@pytest.mark.parametrize("raw", ["否", "无", "×", "ｘ", "X", "0", "no", 0, False])
def test_no(raw: Any) -> None:
    """Every way to say no."""
    assert read(raw, TRUTH) is False
    assert read(raw, ANSWER).meaning is Answer.NO


def test_answers_keep_the_word() -> None:
    """无 is no, and also the level of a map; other words are levels."""
    assert read("无", ANSWER) == AnswerCell(Answer.NO, "无")
    assert read("不适用", ANSWER) == AnswerCell(Answer.NOT_APPLICABLE, "不适用")
    assert read("健全", ANSWER) == AnswerCell(None, "健全")
    assert read(3, ANSWER) == AnswerCell(None, "3")
    assert code_of(read(date(2023, 3, 1), ANSWER)) == "D321"


@pytest.mark.parametrize("raw", ["不适用", "已设", 2, date(2023, 3, 1)])
def test_truth_is_yes_or_no(raw: Any) -> None:
    """Nothing else."""
    assert code_of(read(raw, TRUTH)) == "D316"


def test_numbers_and_dates_by_column() -> None:
    """The same cell is read as its column says."""
    assert read(20230305, NUMBER) == Fraction(20230305)
    assert read(20230305, DATE) == date(2023, 3, 5)
    assert read("20230305", CODE) == "20230305"


def test_equal_cells_of_different_types_are_not_mixed_up() -> None:
    """True, 1 and 1.0 are equal in Python; a reader that remembers must keep them apart."""
    one = reader(Column("列", NUMBER))
    assert one(1) == Fraction(1)
    assert code_of(one(True)) == "D304"
    assert one(1.0) == Fraction(1)


@given(
    st.sampled_from(list(ColumnType)),
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.times(), st.none()
    ),
)
def test_any_cell_gives_an_answer(kind: ColumnType, raw: Any) -> None:
    """No exception, and no float comes through."""
    assert not isinstance(read(raw, kind), float)


@given(
    st.sampled_from((TEXT, CODE)),
    st.sampled_from(list(Blank)),
    st.lists(st.text("aE1.+#-/\\ 一", max_size=4), min_size=1, max_size=3),
)
def test_texts_that_stand_are_what_the_reader_makes_of_them(
    kind: ColumnType, blank: Blank, words: list[str]
) -> None:
    """Whatever is told of all texts at once holds for each of them."""
    column = Column("列", kind, blank=blank)
    if as_they_stand(column, words):
        assert [reader(column)(word) for word in words] == words


def test_plain_codes_stand() -> None:
    """A table of codes is told at once."""
    assert as_they_stand(Column("列", CODE), ["W1", "2024-003"])
