"""异议复核: what was set aside on review (semantics.md step 16)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import ROLL, inspected
from starrating.engine.people.part import aside, set_aside, unknown_targets
from starrating.rulebook.read import read_text


def codes(faults):
    return [fault.code for fault in faults]


def objection(target, verdict="调整", code="0001", day="2025-01-15", number="Y-1"):
    return {
        "编号": number,
        "党组织": code,
        "针对": target,
        "收到日期": "2025-01-12",
        "核查情况": "属实",
        "结论": verdict,
        "复核机关": "镇党委",
        "答复日期": day,
    }


BOOK = """
format: 1
id: book
version: "1"
title: 细则
in_force: {from: 2024-01-01}
period: year
defaults: {not_applicable: full}
sections:
  - title: 甲
    points: 20
    items:
      - {id: "2", title: 一, points: 10, clauses: [{deduct: 2, if: found 点甲}]}
      - id: "2.1"
        title: 二
        points: 10
        clauses:
          - {deduct: 2, if: found 点甲}
          - {deduct: {点乙: 1, 点丙: 1}}
          - worst_of: [{deduct: 1, if: found 点丁}, {deduct: {点戊: 1, 点己: 2}}]
stars: [{star: 1, from: 0}]
"""


@pytest.fixture(scope="module")
def book():
    loaded = read_text(BOOK.encode(), "book.yaml", lambda _id, _version: None)
    assert loaded.book is not None, loaded.faults
    return loaded.book


def left_out(book, *rows, roll=ROLL):
    asides, faults = set_aside(inspected(roll=roll, 异议复核=list(rows)))
    return {code: sorted(each) for code, each in aside(asides, book).items()}, codes(faults)


@pytest.mark.parametrize(
    ("target", "clauses"),
    [
        ("0001-2.1-1", [("2.1", "1")]),
        ("2.1-1", [("2.1", "1")]),
        ("0001-2-1", [("2", "1")]),
        ("0001-2.1-2.1", [("2.1", "2.1")]),
        ("0001-2.1-2", [("2.1", "2"), ("2.1", "2.1"), ("2.1", "2.2")]),
        ("2.1-3.2", [("2.1", "3.2"), ("2.1", "3.2.1"), ("2.1", "3.2.2")]),
        ("2", [("2", "1")]),
        ("0001-2.1-1、0001-2-1", [("2", "1"), ("2.1", "1")]),
        ("0001-2.1-9", []),
    ],
)
def test_what_is_set_aside(book, target, clauses):
    """A clause, a clause with its parts, or a whole item."""
    assert left_out(book, objection(target)) == ({"0001": clauses}, [])


def test_codes_with_hyphens(book):
    """The organisation's code is known, so that hyphens in it do no harm."""
    roll = [{"党组织代码": "A-1", "党组织名称": "甲村", "领域": "农村"}]
    assert left_out(book, objection("A-1-2.1-1", code="A-1"), roll=roll)[0] == {
        "A-1": [("2.1", "1")]
    }


@pytest.mark.parametrize(
    "row", [objection("0001-2.1-1", "维持"), objection("0001-2.1-1", "不予受理"), objection("星级")]
)
def test_what_sets_nothing_aside(book, row):
    """维持, 不予受理, and an objection to the star."""
    assert left_out(book, row) == ({}, [])


def test_the_latest_reply_counts(book):
    """维持 after 调整 takes it back; both on one date are told and set nothing aside."""
    upheld, adjusted = (
        objection("2-1", "维持"),
        objection("0001-2-1", day="2025-01-20", number="Y-2"),
    )
    assert left_out(book, upheld, adjusted) == ({"0001": [("2", "1")]}, [])
    assert left_out(book, upheld | {"答复日期": "2025-02-01"}, adjusted) == ({}, [])
    assert left_out(book, upheld, objection("2-1")) == ({}, ["E205", "E205"])


def test_why_it_is_set_aside(book):
    """The words of the finding, and what is kept of the objection."""
    asides, _ = set_aside(inspected(异议复核=[objection("0001-2.1-1")]))
    assert aside(asides, book)["0001"]["2.1", "1"] == "Y-1：属实"
    one = asides["0001"].objection("2.1", "1")
    assert (one.number, one.authority, one.date) == ("Y-1", "镇党委", date(2025, 1, 15))
    assert str(one.origin) == "case.yaml!异议复核!C2"
    assert asides["0001"].objection("2.1", "11") is None


@pytest.mark.parametrize(
    ("target", "known"),
    [
        ("0001-2.1-1", True),
        ("0001-2.1-2", True),
        ("2.1", True),
        ("0001-2.1-9", False),
        ("0001-2.1-clamp", False),
        ("0002-2.1-1", False),
        ("9.9", False),
    ],
)
def test_unknown_targets(target, known):
    """What no finding of the review answers to; a step that follows from others is no target."""
    asides, _ = set_aside(inspected(异议复核=[objection(target)]))
    ids = {
        "0001-2.1-base",
        "0001-2.1-1",
        "0001-2.1-2.1",
        "0001-2.1-clamp",
        "0002-2.1-1",
        "0002-9.9-1",
    }
    assert codes(unknown_targets(asides, ids)) == ([] if known else ["E118"])


@given(
    rows=st.lists(
        st.builds(
            objection,
            st.sampled_from(["0001-2-1", "2", "2.1-2", "星级"]),
            st.sampled_from(["调整", "维持", "不予受理"]),
            st.sampled_from(["0001", "0002"]),
            st.sampled_from(["2025-01-15", "2025-01-20"]),
        ),
        max_size=6,
    ),
    data=st.data(),
)
def test_order_of_objections_does_not_matter(book, rows, data):
    """The same clauses are set aside."""
    one, other = (left_out(book, *each) for each in (rows, data.draw(st.permutations(rows))))
    assert one[0] == other[0]
    assert sorted(one[1]) == sorted(other[1])
