"""Tasks from losses, problems and judgements (semantics.md step 15)."""

from dataclasses import replace
from datetime import date

import pytest

from engine.tasks.task_makers import AS_OF, before, item, made, only, point, problem, rows
from starrating.engine.tasks.rectify import (
    Duty,
    LedgerEntry,
    Loss,
    LossKind,
    at_a_later_day,
    earlier_task,
    strangers,
    warning_faults,
)
from starrating.origin import Origin


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
