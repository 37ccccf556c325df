"""Arrays of Arrow and of NumPy over the same memory say the same."""

from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from starrating.batch.arrow import (
    as_texts,
    coded,
    decimals,
    integers,
    low_words,
    nulls,
    occurrences,
    one_array,
    plain,
    solid,
    table,
    texts,
    truths,
    words,
)  # fmt: skip


@given(st.lists(st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1))), st.integers(0, 3))
def test_integers_with_nulls_from_any_offset(values, skipped):
    """What is null is 0, and where that is stands in `nulls`."""
    array = pa.array(values, pa.int32())[skipped:]
    gone = nulls(array)
    assert integers(array).tolist() == [value or 0 for value in values[skipped:]]
    missing = [value is None for value in values[skipped:]]
    assert missing == ([False] * len(array) if gone is None else gone.tolist())


@given(st.lists(st.one_of(st.none(), st.booleans())), st.integers(0, 9))
def test_truths_from_any_offset(values, skipped):
    """What is null is no."""
    array = pa.array(values, pa.bool_())[skipped:]
    assert truths(array).tolist() == [value is True for value in values[skipped:]]


@given(st.lists(st.text(max_size=6)), st.integers(0, 2))
def test_texts_there_and_back(values, skipped):
    """Texts of any letters, from any offset."""
    assert words(texts(values)[skipped:]) == values[skipped:]


@given(st.lists(st.integers(-(10**17), 10**17)))
def test_decimals_there_and_back(whole):
    """Exact decimals, negative ones too."""
    array = decimals(np.array(whole, np.int64), 4)
    assert [int(each * 10**4) for each in array.to_pylist()] == whole
    assert low_words(array).tolist() == whole


def test_codes_into_a_vocabulary():
    """A dictionary array reads as its words."""
    array = coded(np.array([1, 0, 1]), ["甲", "乙"])
    assert array.to_pylist() == ["乙", "甲", "乙"]
    assert words(array) == ["乙", "甲", "乙"]


def test_only_columns_that_are_named_may_lack_values():
    """Files say of no other column which of its values are there."""
    found = table({"a": plain(np.array([1])), "b": plain(np.array([2]))}, lacking=("b",))
    assert [(each.name, each.nullable) for each in found.schema] == [("a", False), ("b", True)]


def test_days_are_integers():
    """A date is the days since 1970."""
    assert integers(pa.array([date(1970, 1, 3)], pa.date32())).tolist() == [2]


def test_nulls_where_a_mask_holds():
    """Integers and truths are null where they are said to be gone."""
    gone = np.array([True, False])
    assert plain(np.array([1, 2], np.int8), gone).to_pylist() == [None, 2]
    assert plain(np.array([True, False]), gone).to_pylist() == [None, False]


def test_a_column_in_pieces_is_one_array():
    """No piece, one and several."""
    assert one_array(pa.chunked_array([], pa.int8())).to_pylist() == []
    assert one_array(pa.chunked_array([[1], [2]])).to_pylist() == [1, 2]


@given(st.lists(st.integers(0, 4)), st.integers(0, 2))
def test_coded_texts_are_their_words(places, skipped):
    """In the vocabulary's order or any other, from any offset."""
    for codes in (np.array(places, np.int64), np.arange(5)):
        array = coded(codes, ["甲", "乙", "丙", "丁", ""])[skipped:]
        assert as_texts(array).to_pylist() == array.to_pylist()


@given(st.lists(st.text(alphabet="a甲 \u3000\t", max_size=3)), st.integers(0, 2))
def test_solid_texts_are_their_own_only_word(values, skipped):
    """No blank one, and none with white space, Chinese either."""
    array, own = texts(values)[skipped:], values[skipped:]
    each = [value.split() == [value] for value in own]
    assert solid(array) == (all(each) and bool(own))
    assert solid(array, ascii_only=True) == (solid(array) and "".join(own).isascii())


@given(st.lists(st.one_of(st.none(), st.integers(0, 5))), st.booleans())
def test_occurrences_are_counted(values, as_codes):
    """Of whole numbers and of coded texts; what is null is not counted."""
    gone = np.array([value is None for value in values], np.bool_)
    held = np.array([value or 0 for value in values], np.int8)
    vocabulary = list("零一二三四五")
    array = coded(held, vocabulary, gone) if as_codes else plain(held, gone)
    there = [vocabulary[value] if as_codes else value for value in values if value is not None]
    assert occurrences(array) == Counter(there)
