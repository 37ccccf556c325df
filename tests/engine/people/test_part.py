"""审定结果: what was decided on stars and flags (semantics.md step 16)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import inspected
from starrating.engine.people.part import decisions


def codes(faults):
    return [fault.code for fault in faults]


def decision(matter, result, day="2025-01-20", code="0001", **more):
    row = {"党组织": code, "审定事项": matter, "结果": result, "理由": "研究决定", "日期": day}
    return row | more


def decided(*rows, flags=("软弱涣散", "后进")):
    found, faults = decisions(inspected(审定结果=list(rows)), frozenset(flags))
    return found, codes(faults)


@pytest.mark.parametrize(
    ("result", "star"), [("五星", 5), ("一星级", 1), ("3", 3), ("不定星", 0), ("★★", 2)]
)
def test_a_star_is_decided(result, star):
    """In the words offices use; 0 is 不定星."""
    found, faults = decided(decision("星级", result))
    assert (found.stars["0001"].star, found.stars["0001"].confirmed, faults) == (star, None, [])


def test_what_a_decision_tells():
    """Reason, authority, document, date, the second person, and where it stands."""
    row = decision("星级", "三星", 审定机关="镇党委", 文号="〔2025〕3号", 复核人="陈某")
    one = decided(row)[0].stars["0001"]
    assert (one.code, one.matter, one.result, one.reason) == ("0001", "星级", "三星", "研究决定")
    assert (one.authority, one.document, one.date) == ("镇党委", "〔2025〕3号", date(2025, 1, 20))
    assert (one.second, str(one.origin)) == ("陈某", "case.yaml!审定结果!A2")


def test_flags_are_decided():
    """认定 and 不认定, each flag by its name; the star comes first among all."""
    rows = [
        decision("软弱涣散", "认定"),
        decision("后进", "不认定"),
        decision("星级", "二星"),
        decision("后进", "认定", code="0002"),
    ]
    found, faults = decided(*rows)
    assert {name: each.confirmed for name, each in found.flags["0001"].items()} == {
        "后进": False,
        "软弱涣散": True,
    }
    assert [each.matter for each in found.of("0001")] == ["星级", "后进", "软弱涣散"]
    assert [each.matter for each in found.of("0002")] == ["后进"]
    assert (found.of("0003"), faults) == ((), [])


def test_the_latest_decision_counts():
    """A row without a date comes first."""
    rows = [
        decision("星级", "三星", "2025-01-20"),
        decision("星级", "四星", "2025-02-01"),
        decision("星级", "一星", None),
    ]
    assert decided(*rows)[0].stars["0001"].star == 4


def test_different_decisions_of_one_date():
    """Told, and neither counts; the same twice is one."""
    rows = [
        decision("星级", "三星"),
        decision("星级", "四星"),
        decision("星级", "五星", "2025-01-01"),
    ]
    found, faults = decided(*rows)
    assert (dict(found.stars), faults) == ({}, ["E203", "E203"])
    found, faults = decided(decision("星级", "三星"), decision("星级", "3"))
    assert (found.stars["0001"].result, faults) == ("三星", [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (decision("星级", "待定"), "E115"),
        (decision("星级", "认定"), "E115"),
        (decision("软弱涣散", "三星"), "E115"),
        (decision("软弱换散", "认定"), "E204"),
    ],
)
def test_decisions_that_do_not_count(row, code):
    """Results that can not be read, and matters no rule knows."""
    found, faults = decided(row)
    assert (found.of("0001"), faults) == ((), [code])


DECISIONS = st.lists(
    st.builds(
        decision,
        st.sampled_from(["星级", "软弱涣散", "后进"]),
        st.sampled_from(["三星", "3", "认定", "不认定", "不定星"]),
        st.sampled_from([None, "2025-01-10", "2025-01-12"]),
        st.sampled_from(["0001", "0002"]),
    ),
    max_size=6,
)


@given(rows=DECISIONS, data=st.data())
def test_order_of_decisions_does_not_matter(rows, data):
    """The same decisions stand."""
    one, other = (decided(*each) for each in (rows, data.draw(st.permutations(rows))))

    def standing(found):
        return [
            (d.code, d.matter, d.star, d.confirmed) for c in ("0001", "0002") for d in found.of(c)
        ]

    assert standing(one[0]) == standing(other[0])
    assert sorted(one[1]) == sorted(other[1])


def test_a_second_person_is_asked_for():
    """Where the rulebook asks for one, a decision without 复核人 is a fault and does not count."""
    rows = [decision("星级", "二星"), decision("软弱涣散", "认定", 复核人="陈某")]
    found, faults = decisions(
        inspected(审定结果=rows), frozenset(("软弱涣散",)), ("星级", "软弱涣散")
    )
    assert (codes(faults), dict(found.stars)) == (["E206"], {})
    assert found.flags["0001"]["软弱涣散"].confirmed
