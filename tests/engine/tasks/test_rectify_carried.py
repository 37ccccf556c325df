"""What becomes of the tasks of the previous review (semantics.md step 15)."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.tasks.task_makers import before, item, made, only, problem, rows
from starrating.engine.tasks.rectify import LedgerEntry


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
