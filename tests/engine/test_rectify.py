"""Tasks from losses, and what becomes of them through the year (semantics.md step 15)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.rectify import (
    Duty,
    EarlierTask,
    LedgerEntry,
    Loss,
    LossKind,
    at_a_later_day,
    earlier_task,
    strangers,
    tasks,
    warning_faults,
)
from starrating.origin import Origin

ISSUED = date(2025, 1, 24)
AS_OF = date(2025, 1, 24)
DUTIES = {
    "default": Duty(within=(30, "day"), owner="党组织书记"),
    "2.1": Duty(task="补开党员大会", within=(10, "working day"), kind="限期整改"),
    "班子不健全": Duty(task="按程序补齐班子", within=(2, "month")),
    "V1": Duty(within=(3, "month"), kind="长期坚持"),
    "2.5": Duty(task="经常走访", kind="长期坚持"),
}


class Weekdays:
    """A calendar without holidays that knows no year after 2030."""

    def add(self, day, count, unit):
        if unit == "month":
            return date(
                day.year + (day.month - 1 + count) // 12, (day.month - 1 + count) % 12 + 1, day.day
            )
        while count:
            day += timedelta(days=1)
            if unit == "working day" and day.year > 2030:
                return None
            count -= unit == "day" or day.weekday() < 5
        return day


def item(name="2.1", code="0101", **more):
    more.setdefault("item", name)
    more.setdefault("problem", "缺一次大会")
    return Loss(code, LossKind.ITEM, name, **more)


def point(name, own_item="1.1", **more):
    return Loss("0101", LossKind.POINT, name, item=own_item, problem=name, **more)


def problem(number="W-1", **more):
    return Loss("0101", LossKind.PROBLEM, number, problem="活动室被占用", **more)


def before(key="2.1", status="整改中", period="2023", **more):
    more.setdefault("item", key if key[0].isdigit() else None)
    more.setdefault("due", date(2024, 3, 31))
    number = f"{period}-town-0101-{key}"
    return EarlierTask(number, "town", "0101", key, status, period, **more)


def made(losses=(), ledger=(), earlier=(), *, issued=ISSUED, as_of=AS_OF, duties=DUTIES):
    return tasks(
        losses,
        duties,
        ledger,
        earlier,
        issued=issued,
        as_of=as_of,
        calendar=Weekdays(),
        period="2024",
        rulebook="town",
    )


def rows(*args, **more):
    return made(*args, **more)[0]


def only(*args, **more):
    (row,) = rows(*args, **more)
    return row


class TestKeys:
    """One task a key."""

    def test_number(self):
        """period-rulebook-code-KEY."""
        losses = [
            item(order=1),
            point("班子不健全", order=2),
            Loss("0101", LossKind.JUDGEMENT, "V1", order=3, task="化解积案"),
            problem(order=4),
        ]
        assert [row.task for row in rows(losses)] == [
            "2024-town-0101-2.1",
            "2024-town-0101-point:班子不健全",
            "2024-town-0101-judgement:V1",
            "2024-town-0101-W-1",
        ]

    def test_several_losses_of_one_key_are_one_task(self):
        """Their findings and their words stand together, in order."""
        row = only(
            [
                item(order=2, findings=("0101-2.1-2",), problem="记录不全"),
                item(order=1, findings=("0101-2.1-1", "0101-2.1-2")),
            ]
        )
        assert row.findings == "0101-2.1-1; 0101-2.1-2"
        assert row.problem == "缺一次大会；记录不全"

    def test_a_check_point_without_a_duty_is_its_items(self):
        """Only a check point that `rectification:` names has a task of its own."""
        found = rows([point("分工不明确"), point("班子不健全"), item("1.1")])
        assert {row.task for row in found} == {
            "2024-town-0101-1.1",
            "2024-town-0101-point:班子不健全",
        }

    def test_a_problem_numbered_like_an_item(self):
        """Item 1 and problem 1 are two tasks of two numbers, now and when carried over."""
        found = rows([item("1", order=1), problem("1", order=2)])
        assert [row.task for row in found] == ["2024-town-0101-1", "2024-town-0101-problem:1"]
        earlier = [
            earlier_task(replace(row, task=row.task.replace("2024", "2023", 1)), "town")
            for row in found
        ]
        again = rows([item("1", order=1), problem("1", order=2)], earlier=earlier)
        assert [row.carried_from for row in again] == [task.number for task in earlier]

    def test_order(self):
        """By organisation, then the rulebook's order; tasks without a loss come last."""
        losses = [item("9.9", "0102", order=1), item("9.9", order=1), item("2.5", order=2)]
        found = rows(losses, earlier=[before("1.1")])
        assert [(row.code, row.item) for row in found] == [
            ("0101", "9.9"),
            ("0101", "2.5"),
            ("0101", "1.1"),
            ("0102", "9.9"),
        ]

    def test_no_loss_no_task(self):
        """Nothing comes from nothing."""
        assert made() == ((), ())


class TestWords:
    """Text, owner and kind."""

    def test_duty_then_loss_then_default(self):
        """The duty of the key leads; what it leaves open is filled."""
        row = only([item(task="别的", owner="副书记")])
        assert (row.task_text, row.owner, row.kind) == ("补开党员大会", "副书记", "限期整改")
        assert only([item("3.1")]).owner == "党组织书记"
        assert only([item("3.1")]).task_text == "针对“缺一次大会”整改"

    def test_judgement_brings_its_own_words(self):
        """`then: {task, within, owner}`, and a duty under the flag's name."""
        loss = Loss(
            "0101", LossKind.JUDGEMENT, "R1", task="整顿", within=(7, "day"), flag="软弱涣散"
        )
        row = only([loss])
        assert (row.task_text, row.due) == ("整顿", "2025-01-31")
        flagged = only([loss], duties={"软弱涣散": Duty(task="一支部一策", owner="镇党委")})
        assert (flagged.task_text, flagged.owner) == ("一支部一策", "镇党委")

    def test_problem_brings_its_measure(self):
        """整改措施 and 责任人 of 问题清单."""
        row = only([problem(task="腾退", owner="张三")])
        assert (row.task_text, row.owner, row.problem, row.item) == (
            "腾退",
            "张三",
            "活动室被占用",
            None,
        )


class TestDeadlines:
    """Deadlines run from the date of issue."""

    @pytest.mark.parametrize(
        ("loss", "due"),
        [
            (item("3.1"), "2025-02-23"),
            (item("2.1"), "2025-02-07"),
            (point("班子不健全"), "2025-03-24"),
            (problem(due=date(2024, 12, 1)), "2024-12-01"),
            (problem(), "2025-02-23"),
            (item("2.5"), None),
        ],
    )
    def test_due(self, loss, due):
        """Day 1 is the next (working) day; a problem's own 整改时限 is its deadline."""
        assert only([loss]).due == due

    @pytest.mark.parametrize(
        ("within", "text"),
        [
            ((30, "day"), "签发后30日内"),
            ((10, "working day"), "签发后10个工作日内"),
            ((2, "month"), "签发后2个月内"),
            ((1, "year"), "签发后1年内"),
            ((2, "week"), "签发后2周内"),
        ],
    )
    def test_length_without_issue_date(self, within, text):
        """Without a date of issue the length is printed."""
        row = only([item()], issued=None, duties={"2.1": Duty(within=within)})
        assert (row.due, row.issued, row.status) == (text, None, "未到期")

    def test_unknown_holidays(self):
        """A year without known holidays gives an open date and a warning naming the year."""
        found, warnings = made([item(), item("3.1")], issued=date(2030, 12, 27), as_of=AS_OF)
        assert [row.due for row in found] == ["签发后10个工作日内", "2031-01-26"]
        assert warnings == (("E114", (("year", "2031"), ("task", "2024-town-0101-2.1"))),)

    def test_ledger_writes_the_first_day(self):
        """Where the review knows only a length, the 整改时限 in the ledger is the deadline."""
        entry = LedgerEntry("2024-town-0101-3.1", due=date(2025, 2, 1))
        row = only([item("3.1")], [entry], issued=None, as_of=date(2025, 2, 2))
        assert (row.due, row.status) == ("2025-02-01", "逾期未完成")

    def test_deadline_changed_by_hand(self):
        """The first deadline stays, with a warning."""
        entry = LedgerEntry("2024-town-0101-3.1", due=date(2025, 6, 1))
        (row,), warnings = made([item("3.1")], [entry])
        assert row.due == "2025-02-23"
        assert [code for code, _ in warnings] == ["E151"]


class TestCarryOver:
    """What becomes of the tasks of the previous review."""

    def test_open_and_lost_again(self):
        """One task, with its first deadline and its old number."""
        row = only([item()], earlier=[before()])
        assert row.task == "2024-town-0101-2.1"
        assert row.carried_from == "2023-town-0101-2.1"
        assert (row.due, row.status, row.repeated) == ("2024-03-31", "逾期未完成", False)

    def test_open_and_not_lost(self):
        """It is still open."""
        row = only(earlier=[before(task="旧任务", owner="李四", problem="旧问题")])
        assert (row.due, row.status, row.task_text) == ("2024-03-31", "逾期未完成", "旧任务")
        assert (row.owner, row.problem, row.item) == ("李四", "旧问题", "2.1")

    def test_closed_then_and_lost_again(self):
        """A new task with a new deadline, 反复出现."""
        row = only([item("3.1")], earlier=[before("3.1", "已销号")])
        assert (row.due, row.carried_from, row.repeated) == ("2025-02-23", None, True)

    def test_closed_then_and_not_lost(self):
        """It is over."""
        assert rows(earlier=[before(status="已销号"), before("1.1", "已撤销")]) == ()

    def test_closed_since_and_not_lost(self):
        """It is shown once more, as 已销号."""
        entry = LedgerEntry("2023-town-0101-2.1", closed=date(2024, 5, 1))
        row = only([], [entry], [before()])
        assert (row.status, row.carried_from) == ("已销号", "2023-town-0101-2.1")

    def test_closed_since_and_lost_again(self):
        """A new task, 反复出现, that the old ledger row does not close."""
        entry = LedgerEntry("2023-town-0101-3.1", closed=date(2024, 5, 1))
        row = only([item("3.1")], [entry], [before("3.1")])
        assert (row.status, row.due, row.repeated) == ("未到期", "2025-02-23", True)
        assert row.carried_from is None

    def test_cancelled_and_lost_again(self):
        """A new task, but nothing had been put right before."""
        row = only([item("3.1")], earlier=[before("3.1", "已撤销")])
        assert (row.repeated, row.carried_from) == (False, None)

    def test_closed_after_the_day(self):
        """What happens later has not happened yet."""
        entry = LedgerEntry("2023-town-0101-2.1", closed=date(2025, 5, 1))
        assert only([item()], [entry], [before()]).status == "逾期未完成"

    def test_repeated_stays(self):
        """A task that was 反复出现 and is carried over still is."""
        assert only([item()], earlier=[before(repeated=True)]).repeated

    def test_another_key_another_task(self):
        """Keys match by organisation, rulebook and key."""
        others = [
            before("2.2"),
            replace(before(), rulebook="other", number="2023-other-0101-2.1"),
            replace(before(), code="0102", number="2023-town-0102-2.1"),
        ]
        found = rows([item()], earlier=others)
        assert [(row.code, row.item, row.carried_from is None) for row in found] == [
            ("0101", "2.1", True),
            ("0101", "2.2", False),
            ("0102", "2.1", False),
        ]

    def test_the_latest_review_tells(self):
        """Of several archives the newest says whether the task is open."""
        old = before(period="2022", due=date(2023, 3, 31))
        assert only([item()], earlier=[old, before(status="已销号")]).repeated
        assert only([item()], earlier=[old, before(due=old.due)]).carried_from.startswith("2023")

    def test_a_problem_closed_in_its_own_sheet(self):
        """A row of 问题清单 tells of the problem's task, in its own organisation only."""
        own = LedgerEntry("W-1", closed=date(2024, 5, 1), problem_of="0101")
        other = LedgerEntry("W-1", closed=date(2024, 5, 1), problem_of="0102")
        assert only([], [own], [before("W-1")]).status == "已销号"
        assert only([], [other], [before("W-1")]).status == "逾期未完成"

    def test_a_length_has_no_first_day(self):
        """Carried over without a day: the ledger's day, else the duty's length from now."""
        entry = LedgerEntry("2023-town-0101-3.1", due=date(2024, 3, 1))
        assert only([], [entry], [before("3.1", due=None)]).due == "2024-03-01"
        assert only([], [], [before("3.1", due=None)]).due == "2025-02-23"


class TestSameReview:
    """A later stage of one review."""

    def test_keeps_its_deadline(self):
        """The number is the same, so nothing is carried."""
        stage = before("3.1", period="2024", due=date(2025, 1, 30), issued=date(2024, 12, 31))
        row = only([item("3.1")], earlier=[stage])
        assert (row.due, row.issued, row.carried_from) == ("2025-01-30", date(2024, 12, 31), None)

    def test_goes_with_its_loss(self):
        """What an objection has set aside leaves no task."""
        assert rows(earlier=[before(period="2024")]) == ()

    def test_stays_if_it_came_from_before(self):
        """A task carried over in the first stage is carried over still."""
        stage = before(period="2024", carried_from="2023-town-0101-2.1")
        assert only(earlier=[stage]).carried_from == "2023-town-0101-2.1"

    def test_stays_closed(self):
        """Closed between the stages is closed, not repeated."""
        row = only([item()], earlier=[before(status="已销号", period="2024")])
        assert (row.status, row.repeated) == ("已销号", False)


class TestParts:
    """One problem may have several tasks."""

    LEDGER = (
        LedgerEntry("2023-town-0101-W-1(2)", task="修缮", due=date(2025, 9, 1), owner="王五"),
        LedgerEntry("2023-town-0101-W-1(1)", task="腾退", closed=date(2024, 6, 1)),
    )

    def test_split_in_the_ledger(self):
        """Each row is a task with its own text, owner, deadline and status."""
        found = rows([problem()], self.LEDGER, [before("W-1")])
        assert [(row.task, row.task_text, row.owner, row.due, row.status) for row in found] == [
            ("2024-town-0101-W-1(1)", "腾退", "党组织书记", "2024-03-31", "已销号"),
            ("2024-town-0101-W-1(2)", "修缮", "王五", "2025-09-01", "未到期"),
        ]
        assert {row.carried_from for row in found} == {"2023-town-0101-W-1"}

    def test_parts_are_carried_over(self):
        """The open parts go on; the closed ones do not come back with the problem."""
        then = [before("W-1(1)", "已销号"), before("W-1(2)", task="修缮")]
        row = only([problem()], earlier=then)
        assert (row.task, row.carried_from) == ("2024-town-0101-W-1(2)", "2023-town-0101-W-1(2)")
        assert row.task_text == "修缮"

    def test_all_parts_closed(self):
        """Then the problem that returns is one task, 反复出现."""
        row = only([problem()], earlier=[before("W-1(1)", "已销号"), before("W-1(2)", "已销号")])
        assert (row.task, row.repeated) == ("2024-town-0101-W-1", True)

    def test_a_problem_may_be_numbered_so(self):
        """A 问题编号 that looks like a part is a key of its own."""
        row = only([problem("W-1(1)")], earlier=[before("W-1(1)")])
        assert (row.task, row.carried_from) == ("2024-town-0101-W-1(1)", "2023-town-0101-W-1(1)")


class TestLater:
    """`rectify status`: the same tasks on a later day."""

    def test_statuses_from_a_ledger(self):
        """The same words by the same rules."""
        found = rows([item("3.1"), item("3.2"), item("3.3")])
        ledger = [
            LedgerEntry("2024-town-0101-3.1", closed=date(2025, 2, 20)),
            LedgerEntry("2024-town-0101-3.2", done=date(2025, 2, 20)),
        ]
        later = at_a_later_day(found, ledger, date(2025, 3, 1))
        assert [row.status for row in later] == ["已销号", "已完成待验收", "逾期未完成"]

    def test_a_length_becomes_a_day(self):
        """The ledger's 整改时限, where the review knew no day."""
        found = rows([item("3.1")], issued=None)
        ledger = [LedgerEntry("2024-town-0101-3.1", due=date(2025, 2, 20))]
        (row,) = at_a_later_day(found, ledger, date(2025, 3, 1))
        assert (row.due, row.status) == ("2025-02-20", "逾期未完成")

    def test_parts(self):
        """A split task becomes its parts."""
        found = rows([problem()])
        ledger = [LedgerEntry(f"2024-town-0101-W-1({n})", task=f"第{n}步") for n in (1, 2)]
        later = at_a_later_day(found, ledger, AS_OF)
        assert [row.task_text for row in later] == ["第1步", "第2步"]

    def test_the_same_day_changes_nothing(self):
        """With the ledger and day of the review the rows stay."""
        entry = LedgerEntry("2023-town-0101-2.1", progress="已补记", done=date(2024, 6, 20))
        found = rows([item("3.1"), problem()], [entry], [before()])
        assert at_a_later_day(found, [entry], AS_OF) == found


def test_strangers():
    """Ledger rows that no task answers to are counted; parts, problems, old numbers are known."""
    numbers = ["2023-town-0101-2.1", "2024-town-0101-3.1(2)", "2023-town-0101-1.9", "写错了"]
    ledger = [LedgerEntry(number) for number in numbers]
    ledger.append(LedgerEntry("W-9", problem_of="0101"))
    earlier = [before(), before("1.9", "已销号")]
    found = rows([item("3.1")], ledger, earlier)
    assert strangers(ledger, found, earlier) == (("E120", (("count", "1"),)),)
    assert strangers(ledger[:3], found, earlier) == ()


def test_extension_without_approval():
    """The extension counts, with a warning."""
    entry = LedgerEntry("2024-town-0101-3.1", extended_to=date(2025, 6, 30))
    (row,), warnings = made([item("3.1")], [entry])
    assert (row.status, row.due) == ("已延期", "2025-02-23")
    assert [code for code, _ in warnings] == ["E152"]
    assert made([item("3.1")], [replace(entry, approved="镇党委")])[1] == ()


def test_warnings_become_faults():
    """Every warning has a message with all its fields."""
    entry = LedgerEntry("2024-town-0101-3.1", date(2031, 6, 1), date(2031, 6, 30))
    _, warnings = made([item(), item("3.1")], [entry], issued=date(2030, 12, 27))
    warnings += strangers([LedgerEntry("写错了")], (), ())
    faults = warning_faults(warnings, Origin("整改台账.xlsx"))
    assert [fault.code for fault in faults] == ["E114", "E120", "E151", "E152"]
    assert not any("{" in fault.message for fault in faults)


DAYS = st.none() | st.dates(date(2023, 6, 1), date(2025, 12, 31))
KEYS = st.sampled_from(["2.1", "3.1", "W-1", "W-2"])


@st.composite
def reviews(draw):
    """Losses, ledger rows and earlier tasks that meet often."""
    names = draw(st.lists(KEYS, max_size=5))
    losses = [
        (item if key[0].isdigit() else problem)(key, order=number % 2, findings=(f"f{number}",))
        for number, key in enumerate(names)
    ]
    earlier = [
        before(key, status, period)
        for key, status, period in draw(
            st.lists(
                st.tuples(
                    KEYS,
                    st.sampled_from(["整改中", "已销号", "已撤销", "未到期"]),
                    st.sampled_from(["2022", "2023", "2024"]),
                ),
                max_size=5,
                unique_by=lambda task: (task[0], task[2]),
            )
        )
    ]
    ledger = draw(
        st.lists(
            st.builds(
                lambda period, key, part, **days: LedgerEntry(
                    f"{period}-town-0101-{key}{part}", **days
                ),
                st.sampled_from(["2023", "2024"]),
                KEYS,
                st.sampled_from(["", "", "(1)", "(2)"]),
                due=DAYS,
                extended_to=DAYS,
                done=DAYS,
                closed=DAYS,
                progress=st.none() | st.sampled_from(["正在办", "已撤销", "长期坚持"]),
            ),
            max_size=6,
        )
    )
    return losses, ledger, earlier


@given(review=reviews(), random=st.randoms(use_true_random=False))
def test_order_of_inputs_does_not_matter(review, random):
    """Rows of losses, ledger and earlier tasks may come in any order."""
    shuffled = [random.sample(rows_in, len(rows_in)) for rows_in in review]
    assert made(*shuffled) == made(*review)


@given(review=reviews())
def test_every_task_stands_once(review):
    """Numbers are unique; every loss has a task; an open earlier task is never lost."""
    losses, ledger, earlier = review
    found = rows(losses, ledger, earlier)
    numbers = [row.task for row in found]
    assert len(set(numbers)) == len(numbers)
    shown = " ".join(row.findings or "" for row in found).replace(";", "").split()
    assert {finding for loss in losses for finding in loss.findings} == set(shown)
    keys = {task.key for task in earlier if task.period == "2023" and task.open}
    later = {task.key for task in earlier if task.period == "2024"}
    assert all(any(key in number for number in numbers) for key in keys - later)
