"""Organisations and the finding of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.records import UNREADABLE, Records
from starrating.records.assemble import assemble
from starrating.schema import STANDARD

from .books import grid, told

HEAD = ("党组织代码", "党组织名称", "领域", "简称", "曾用名", "党员数")
A = ("0101", "甲子村党支部", "农村", "甲子村", "红旗村党支部、东风村党支部", 30)
B = ("0102", "乙丑村党支部", "农村", "乙丑村", None, 40)


def records(*register: Any, named: tuple[str, ...] = ()) -> Records:
    rows = [(name, "2023-3-1", "党课", number) for number, name in enumerate(named)]
    return assemble(
        [grid(*register, sheet="党组织"), grid(("党组织", "日期", "类型", "应到"), *rows)], STANDARD
    )


@pytest.mark.parametrize(
    "text",
    ["0101", "甲子村党支部", "甲子村", "红旗村党支部", "东风村党支部", " ０101　", "甲子村 "],
)
def test_names_that_find_an_organisation(text: str) -> None:
    """Code, name, short name, former names."""
    found = records(HEAD, A, B, named=(text,))
    assert [row.organisation for row in found.rows("组织生活")] == ["0101"]
    assert found.faults == ()


@pytest.mark.parametrize("text", ["甲于村党支部", "101", "甲子", "甲子村党支", "O101"])
def test_near_misses_are_listed_never_taken(text: str) -> None:
    """The row is kept out."""
    found = records(HEAD, A, B, named=(text,))
    assert [row.organisation for row in found.rows("组织生活")] == [""]
    (fault,) = found.faults
    assert fault.code == "D401"
    assert "是不是" in fault.message


def test_one_name_of_two_organisations() -> None:
    """Kept out, both named."""
    found = records(HEAD, A, (*B[:3], "甲子村", None, 40), named=("甲子村", "0102"))
    assert [row.organisation for row in found.rows("组织生活")] == ["", "0102"]
    assert told(found) == [("D402", "组织生活!A2")]


def test_without_codes_names_are_codes() -> None:
    """And the records say so."""
    found = records(HEAD[1:], A[1:], B[1:], named=("甲子村",))
    assert found.named
    assert [one.code for one in found.organisations] == ["乙丑村党支部", "甲子村党支部"]
    assert [row.organisation for row in found.rows("组织生活")] == ["甲子村党支部"]


def test_some_without_a_code() -> None:
    """The name stands in, with a fault."""
    found = records(HEAD, A, (None, *B[1:]))
    assert not found.named
    assert [one.code for one in found.organisations] == ["0101", "乙丑村党支部"]
    assert told(found) == [("D407", "党组织!A3")]


def test_a_code_that_lost_its_zero() -> None:
    """The name stands in; the fault is that of the cell."""
    found = records(HEAD, A, (102, *B[1:]), named=("乙丑村", "0102"))
    assert [one.code for one in found.organisations] == ["0101", "乙丑村党支部"]
    assert told(found) == [("D308", "党组织!A3"), ("D401", "组织生活!A3")]


def test_neither_code_nor_name() -> None:
    """No organisation."""
    found = records(HEAD, A, (None, None, "农村", None, None, 3))
    assert len(found.organisations) == 1
    assert told(found) == [("D301", "党组织!B3"), ("D408", "党组织!C3")]


def test_registered_twice_alike() -> None:
    """One organisation, a warning."""
    found = records(HEAD, A, A)
    assert len(found.organisations) == 1
    assert told(found) == [("D409", "党组织!A3")]


def test_registered_twice_with_differences() -> None:
    """Cells on which the rows differ are not known, whichever comes first."""
    for rows in ((A, (*A[:5], 31)), ((*A[:5], 31), A)):
        found = records(HEAD, *rows)
        (one,) = found.organisations
        assert one.row.value("党员数") is UNREADABLE
        assert one.row.value("领域") == "农村"
        assert told(found) == [("D404", "党组织!A3")]


def test_one_code_for_two_organisations() -> None:
    """Names stand in for both, and the code finds neither."""
    found = records(HEAD, A, ("0101", *B[1:]), named=("0101", "甲子村"))
    assert [one.code for one in found.organisations] == ["乙丑村党支部", "甲子村党支部"]
    assert [row.organisation for row in found.rows("组织生活")] == ["", "甲子村党支部"]
    assert told(found) == [("D403", "党组织!A2"), ("D403", "党组织!A3"), ("D402", "组织生活!A2")]


def test_one_name_for_two_codes() -> None:
    """Both stand, the name finds neither."""
    found = records(HEAD, A, ("0102", *A[1:]), named=("甲子村党支部", "0102"))
    assert [one.code for one in found.organisations] == ["0101", "0102"]
    assert [row.organisation for row in found.rows("组织生活")] == ["", "0102"]
    assert {code for code, _ in told(found)} == {"D402", "D405"}


def test_a_name_that_is_the_code_of_another() -> None:
    """The second is not taken."""
    found = records(HEAD, A, (None, "0101", "农村", None, None, 3))
    assert [one.name for one in found.organisations] == ["甲子村党支部"]
    assert "D404" in {code for code, _ in told(found)}


def test_organisations_come_in_order_of_code() -> None:
    """Not of rows."""
    assert [one.code for one in records(HEAD, B, A).organisations] == ["0101", "0102"]


WORD = st.sampled_from(["1", "2", "甲", "乙", None])
REGISTERS = st.lists(
    st.tuples(WORD, WORD, st.just("农村"), WORD, WORD, st.integers(1, 2)), min_size=1, max_size=5
)


@given(REGISTERS, st.data())
def test_the_order_of_rows_changes_nothing(register: list[Any], data: st.DataObject) -> None:
    """Codes, names and readable cells are the same whichever row comes first."""
    other = data.draw(st.permutations(register))
    one, two = (records(HEAD, *rows, named=("1", "2", "甲", "乙")) for rows in (register, other))
    assert _facts(one) == _facts(two)


def _facts(found: Records) -> list[Any]:
    return [
        [(o.code, o.name, sorted(o.row.values.items(), key=str)) for o in found.organisations],
        [row.organisation for row in found.rows("组织生活")],
    ]
