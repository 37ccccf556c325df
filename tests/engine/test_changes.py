"""What is kept and what passes on when organisations change (semantics.md step 17)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.changes import after_changes
from starrating.engine.setting import Previous
from starrating.engine.tasks.model import EarlierTask
from starrating.records import UNREADABLE, records_from_rows
from starrating.rulebook.model import Moves
from starrating.schema import STANDARD

CUT_OFF = date(2024, 12, 31)


def body(code, **more):
    return {"党组织代码": code, "党组织名称": f"{code}支部", "领域": "农村"} | more


def change(old, new, kind="合并", day="2024-07-01"):
    return {"日期": day, "变更类型": kind, "原党组织": old, "现党组织": new}


def meeting(code, day="2024-02-01"):
    return {"党组织": code, "日期": day, "类型": "党员大会"}


def inspected(roll, changes, **sheets):
    return records_from_rows({"党组织": roll, "组织变更": changes, **sheets}, STANDARD, "case.yaml")


def task(code, item="2.1", status="整改中"):
    return EarlierTask(f"2023-book-{code}-{item}", "book", code, item, status, item=item)


def moved(changes, roll=(), previous=None, rule="unknown", succeeds=None, *, since=None, **sheets):
    records = inspected(list(roll), changes, **sheets)
    moves = Moves(after_merger=rule, succeeds=succeeds)
    return after_changes(previous or Previous(), records, moves, CUT_OFF, since)


def codes(changed):
    return [fault.code for fault in changed.faults]


def of(changed, sheet="组织生活"):
    return [row.organisation for row in changed.records.rows(sheet)]


MERGER = [change("0001", "0003"), change("0002", "0003")]
OLD = [body("0001", 撤销日期="2024-06-30"), body("0002", 撤销日期="2024-06-30")]
ROLL = [*OLD, body("0003", 成立日期="2024-07-01")]
ARCHIVE = Previous({"0001": 4, "0002": 2}, {"0001": frozenset({"软弱涣散"})}, (task("0001"),))


# --- 更名, 改隶, 升格 -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["更名", "改隶", "升格"])
def test_a_new_code_keeps_everything(kind):
    """Last star, flags and tasks follow the body."""
    changed = moved([change("0001", "0009", kind)], [body("0009")], ARCHIVE)
    assert changed.previous.stars == {"0002": 2, "0009": 4}
    assert changed.previous.flags == {"0009": frozenset({"软弱涣散"})}
    assert [(each.code, each.number) for each in changed.previous.tasks] == [
        ("0009", "2023-book-0001-2.1")
    ]
    assert changed.successors == {"0001": "0009"}
    assert changed.faults == ()


def test_a_chain_in_order_of_date():
    """Names in between need not be on the roll."""
    changes = [
        change("0005", "0009", "更名", "2024-08-01"),
        change("0001", "0005", "更名", "2024-03-01"),
    ]
    changed = moved(changes, [body("0009")], ARCHIVE)
    assert changed.previous.stars == {"0002": 2, "0009": 4}
    assert changed.faults == ()


def test_rows_that_still_use_the_old_code():
    """They are read again, and the fault that left them out is gone."""
    changed = moved(
        [change("0001", "0009", "更名")],
        [body("0009")],
        组织生活=[meeting("0001"), meeting("0009"), meeting("9999", "2024-05-01")],
    )
    assert of(changed) == ["0009", "0009", ""]
    assert changed.records.rows("组织生活")[0].value("党组织") == "0009"
    assert changed.records.rows("组织生活")[2].value("党组织") is UNREADABLE
    told = [(fault.code, str(fault.origin)) for fault in changed.records.faults]
    assert told == [("D401", "case.yaml!组织生活!A4")]


def test_a_body_twice_on_the_roll_is_one():
    """The older code leaves the roll; the founding day and 上年度星级 are the older row's."""
    roll = [
        body("0001", 成立日期="2010-01-01", 上年度星级="三星", 撤销日期="2024-07-01"),
        body("0009", 成立日期="2024-07-01"),
    ]
    changed = moved([change("0001", "0009", "更名")], roll, 组织生活=[meeting("0001")])
    assert [each.code for each in changed.records.organisations] == ["0009"]
    assert changed.records.rows("党组织") == (changed.records.organisations[0].row,)
    assert changed.records.organisations[0].row.value("成立日期") == date(2010, 1, 1)
    assert changed.previous.stars == {"0009": 3}
    assert of(changed) == ["0009"]
    assert codes(changed) == ["E215"]


def test_the_new_rows_own_last_star_stands():
    """上年度星级 that the roll gives the new code goes before the older row's."""
    roll = [body("0001", 上年度星级="三星"), body("0009", 上年度星级="四星")]
    assert moved([change("0001", "0009", "更名")], roll).previous.stars == {"0009": 4}


def test_a_roll_that_still_has_the_old_code():
    """The body goes by the code that the roll knows."""
    changed = moved(
        [change("0001", "0009", "更名")], [body("0001")], ARCHIVE, 组织生活=[meeting("0001")]
    )
    assert changed.previous == ARCHIVE
    assert of(changed) == ["0001"]
    assert changed.faults == ()


def test_a_new_code_nobody_knows():
    """Neither code is on the roll."""
    assert codes(moved([change("0001", "0009", "更名")], [body("0004")])) == ["E211"]


def test_the_archive_may_know_the_new_code_already():
    """What it says of the new code goes before; different stars are told."""
    previous = Previous({"0001": None, "0009": 4})
    changed = moved([change("0001", "0009", "更名")], [body("0009")], previous)
    assert (changed.previous.stars, codes(changed)) == ({"0009": 4}, [])
    previous = Previous({"0001": 3, "0009": 4})
    changed = moved([change("0001", "0009", "更名")], [body("0009")], previous)
    assert (changed.previous.stars, codes(changed)) == ({"0009": 4}, ["E214"])


def test_codes_handed_on_in_a_ring():
    """Codes that archives know change hands at once; rows under them stay, and are told."""
    changes = [change("0001", "0002", "更名"), change("0002", "0001", "更名")]
    roll = [body("0001"), body("0002")]
    changed = moved(changes, roll, Previous({"0001": 4, "0002": 2}), 组织生活=[meeting("0001")])
    assert changed.previous.stars == {"0001": 2, "0002": 4}
    assert of(changed) == ["0001"]
    assert codes(changed) == ["E213", "E213"]


def test_there_and_back():
    """A body that takes its old code again is the same body."""
    changes = [
        change("0001", "0009", "更名", "2024-03-01"),
        change("0009", "0001", "更名", "2024-08-01"),
    ]
    changed = moved(changes, [body("0001")], ARCHIVE, 组织生活=[meeting("0009")])
    assert changed.previous == ARCHIVE
    assert of(changed) == ["0001"]
    assert changed.faults == ()


def test_one_move_told_twice():
    """改隶 and 更名 of one body in two rows are one move."""
    changes = [change("0001", "0009", "更名", "2024-03-01"), change("0001", "0009", "改隶")]
    changed = moved(changes, [body("0009")], ARCHIVE)
    assert (changed.previous.stars, changed.faults) == ({"0002": 2, "0009": 4}, ())


def test_one_row_one_change_of_name():
    """Two bodies in one cell can not become one by 更名; two names for one are told."""
    assert codes(moved([change("0001、0002", "0009", "更名")], [body("0009")])) == ["E216"]
    changes = [change("0001", "0009", "更名"), change("0001", "0008", "更名")]
    changed = moved(changes, [body("0009"), body("0008")], ARCHIVE)
    assert changed.previous.stars == {"0002": 2, "0008": 4}
    assert codes(changed) == ["E217"]


# --- 合并, 拆分 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "star", "unknown"),
    [
        ("lowest", 2, set()),
        ("highest", 4, set()),
        ("none", None, set()),
        ("unknown", ..., {"0003"}),
    ],
)
def test_last_star_after_a_merger(rule, star, unknown):
    """By `after_merger`; flags stay, open tasks pass."""
    changed = moved(MERGER, ROLL, ARCHIVE, rule)
    assert changed.previous.stars.get("0003", ...) == star
    assert changed.previous.unknown_stars == unknown
    assert (changed.previous.stars["0001"], changed.previous.stars["0002"]) == (4, 2)
    assert changed.previous.flags == ARCHIVE.flags
    assert [each.code for each in changed.previous.tasks] == ["0003"]
    assert changed.successors == {"0001": "0003", "0002": "0003"}
    assert changed.faults == ()


@pytest.mark.parametrize(
    ("stars", "lowest"),
    [
        ({"0001": 4, "0002": None}, 4),
        ({"0001": 4, "0002": 0}, 0),
        ({"0001": None, "0002": None}, None),
    ],
)
def test_not_rated_and_no_star_are_two_things(stars, lowest):
    """A body that was not rated is left out; one without a star counts as 0."""
    changed = moved(MERGER, ROLL, Previous(stars), "lowest")
    assert changed.previous.stars["0003"] == lowest


def test_without_an_archive_the_roll_is_the_source():
    """上年度星级 of the old bodies' rows."""
    roll = [body("0001", 上年度星级="四星"), body("0002", 上年度星级="2"), body("0003")]
    assert moved(MERGER, roll, rule="lowest").previous.stars == {"0003": 2}
    roll[1] = body("0002", 上年度星级="看情况")
    changed = moved(MERGER, roll, rule="lowest")
    assert (changed.previous.stars, changed.previous.unknown_stars) == ({}, {"0003"})


@pytest.mark.parametrize("rule", ["lowest", "unknown"])
def test_a_star_written_for_the_new_body(rule):
    """Its own 上年度星级 stands where no archive tells more."""
    roll = [*OLD, body("0003", 成立日期="2024-07-01", 上年度星级="三星")]
    assert moved(MERGER, roll, rule=rule).previous == Previous()
    expected = {"lowest": {"0001": 4, "0002": 2, "0003": 2}, "unknown": {"0001": 4, "0002": 2}}
    assert moved(MERGER, roll, ARCHIVE, rule).previous.stars == expected[rule]


def test_an_old_body_nobody_knows():
    """Neither archive nor roll: its star is not known, and it is told."""
    changed = moved([change("0001", "0003"), change("0007", "0003")], ROLL, ARCHIVE, "lowest")
    assert changed.previous.unknown_stars == {"0003"}
    assert codes(changed) == ["E212"]


def test_a_body_that_takes_in_another():
    """One that was there before counts among the old ones."""
    changed = moved([change("0002", "0001")], [body("0001"), OLD[1]], ARCHIVE, "lowest")
    assert changed.previous.stars == {"0001": 2, "0002": 2}
    assert [each.code for each in changed.previous.tasks] == ["0001"]


def test_changes_that_the_archive_has_seen():
    """Last stars already hold a merger up to `since`."""
    previous = Previous({"0001": None, "0003": 4})
    assert moved(MERGER, ROLL, previous, since=date(2024, 7, 1)).previous == previous
    assert moved(MERGER, ROLL, previous, since=date(2024, 6, 30)).previous.unknown_stars == {"0003"}


def test_merged_after_a_change_of_name():
    """A chain over a change of name, a merger and another change of name."""
    changes = [
        change("0001", "0005", "更名", "2024-03-01"),
        change("0005、0002", "0003", "合并", "2024-07-01"),
        change("0003", "0009", "更名", "2024-09-01"),
    ]
    changed = moved(changes, [body("0009")], ARCHIVE, "highest")
    assert changed.previous.stars["0009"] == 4
    assert [each.code for each in changed.previous.tasks] == ["0009"]
    same_day = [each | {"日期": "2024-07-01"} for each in changes]
    assert moved(same_day, [body("0009")], ARCHIVE, "highest").previous == changed.previous


def test_merged_under_a_name_it_no_longer_has():
    """The body is found by its former code."""
    changes = [change("0001", "0005", "更名", "2024-03-01"), change("0001", "0003")]
    changed = moved(changes, ROLL[1:], ARCHIVE, "lowest")
    assert changed.previous.stars["0003"] == 4


def test_closed_tasks_stay():
    """Only open ones pass to the successor of a merger; a new name takes all along."""
    previous = Previous(tasks=(task("0001", status="已销号"),))
    assert [t.code for t in moved(MERGER, ROLL, previous).previous.tasks] == ["0001"]
    renamed = moved([change("0001", "0003", "更名")], [ROLL[2]], previous)
    assert [t.code for t in renamed.previous.tasks] == ["0003"]


def test_rows_stay_with_the_old_bodies():
    """Unless the rulebook says `succeeds: records`; decisions on an old body stay even then."""
    sheets = {
        "组织生活": [meeting("0001"), meeting("0003")],
        "审定结果": [{"党组织": "0001", "审定事项": "星级", "结果": "三星", "理由": "研究决定"}],
    }
    kept = moved(MERGER, ROLL, **sheets)
    assert kept.records == inspected(ROLL, MERGER, **sheets)
    passed = moved(MERGER, ROLL, succeeds="records", **sheets)
    assert of(passed) == ["0003", "0003"]
    assert of(passed, "审定结果") == ["0001"]


def test_division():
    """Each part takes the old star; tasks pass to the first part by code, unless it goes on."""
    changes = [change("0001", "0008", "拆分"), change("0001", "0003", "拆分")]
    roll = [body("0001"), body("0003"), body("0008")]
    changed = moved(changes, roll, ARCHIVE, "lowest", "records", 组织生活=[meeting("0001")])
    assert changed.previous.stars == {"0001": 4, "0002": 2, "0003": 4, "0008": 4}
    assert [each.code for each in changed.previous.tasks] == ["0003"]
    assert of(changed) == ["0001"]
    goes_on = moved([*changes, change("0001", "0001", "拆分")], roll, ARCHIVE, "lowest")
    assert [each.code for each in goes_on.previous.tasks] == ["0001"]


def test_two_that_become_each_other():
    """A ring of mergers on one day comes to an end."""
    changed = moved([change("0001", "0002"), change("0002", "0001")], ROLL[:2], ARCHIVE, "lowest")
    assert {code: changed.previous.stars[code] for code in ("0001", "0002")} == {
        "0001": 2,
        "0002": 2,
    }


# --- what does not count --------------------------------------------------------------------------


def test_nothing_to_follow():
    """No row, 撤销, a later day or an unreadable cell change nothing at all."""
    for changes in (
        [],
        [change("0001", "0003", "撤销")],
        [change("0001", "0003", day="2025-01-01")],
        [change("0001", "0003", day="七月")],
        [change("0001", "0003", "并入")],
    ):
        records = inspected(ROLL, changes)
        changed = after_changes(ARCHIVE, records, None, CUT_OFF)
        assert changed.previous is ARCHIVE
        assert changed.records is records
        assert (dict(changed.successors), changed.faults) == ({}, ())


CODES = st.sampled_from(["0001", "0002", "0003", "0004", "0005"])
CHANGES = st.lists(
    st.builds(
        change,
        CODES,
        CODES,
        st.sampled_from(["更名", "合并", "拆分", "改隶"]),
        st.sampled_from(["2024-03-01", "2024-07-01"]),
    ),
    max_size=5,
)


@given(changes=CHANGES, rule=st.sampled_from(["lowest", "highest", "unknown"]), data=st.data())
def test_order_of_rows_does_not_matter(changes, rule, data):
    """Whatever is written comes to an end, and to the same end."""
    shuffled = data.draw(st.permutations(changes))
    one, other = (
        moved(each, ROLL, ARCHIVE, rule, "records", 组织生活=[meeting("0001"), meeting("0004")])
        for each in (changes, shuffled)
    )
    assert one.previous == other.previous
    assert of(one) == of(other)
    assert one.successors == other.successors
    assert one.records.organisations == other.records.organisations
    assert sorted(codes(one)) == sorted(codes(other))


@given(changes=CHANGES)
def test_nothing_is_lost(changes):
    """Every task has one owner afterwards, and no flag disappears."""
    changed = moved(changes, ROLL, ARCHIVE, "lowest")
    assert [each.number for each in changed.previous.tasks] == ["2023-book-0001-2.1"]
    assert list(changed.previous.flags.values()) == [frozenset({"软弱涣散"})]
