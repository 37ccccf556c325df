"""From losses to tasks, for all organisations of a part at once (step 15).

What a task of a key asks is the same for everybody and is asked of `engine/rectify` once a key;
the status of a problem, once for each distinct case. Organisations with a story are written one by
one (`storied`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.scored import Scored
from starrating.engine.kernel.tasks.columns import Form, TaskColumns, TaskSink
from starrating.engine.kernel.tasks.keyed import Keyed, of_items, of_judgements
from starrating.engine.kernel.tasks.losses import item_losses
from starrating.engine.kernel.tasks.problems import FIRST, Problems, problems_of
from starrating.engine.kernel.tasks.storied import (
    Roll,
    add_rows,
    ledger_of,
    problem_entries,
    problem_losses,
    storied,
)
from starrating.engine.setting import Setting
from starrating.engine.tasks.codes import UNKNOWN_HOLIDAYS
from starrating.engine.tasks.ledgers import duties, still_listed
from starrating.engine.tasks.model import Duty, EarlierTask, Loss, LossKind, TaskWarning, date_of
from starrating.engine.tasks.rectify import Calendar, tasks, whole_number
from starrating.engine.tasks.status import LedgerEntry
from starrating.results.model import TaskRow
from starrating.rulebook.model import Judgement

Stage = tuple[tuple[Judgement, ...], Outcomes]


@dataclass(frozen=True, eq=False)
class Losses:
    """What the tasks of a part are made from beside judgements; the records are no longer needed.

    Subjects are places on the `roll`, the organisations of the part in code order; `place` are
    those in scope.
    """

    roll: tuple[str, ...]
    place: Ints
    items: tuple[Keyed, ...]
    problems: Problems
    ledger: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """What tasks are issued under: the rulebook's review and the calendar of working days."""

    setting: Setting
    calendar: Calendar

    @property
    def as_of(self) -> date:
        """The day whose status is told."""
        return self.setting.issued or self.setting.cut_off

    @property
    def prefix(self) -> str:
        """What the number of every task begins with."""
        return f"{self.setting.period}-{self.setting.book.id}"

    def tasks(
        self,
        losses: Iterable[Loss],
        duties: Mapping[str, Duty],
        ledger: Iterable[LedgerEntry] = (),
        earlier: Iterable[EarlierTask] = (),
    ) -> tuple[tuple[TaskRow, ...], tuple[TaskWarning, ...]]:
        """The tasks of these losses, one by one."""
        return tasks(
            losses, duties, ledger, earlier,
            issued=self.setting.issued, as_of=self.as_of, calendar=self.calendar,
            period=self.setting.period, rulebook=self.setting.book.id,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tasks:
    """The tasks of a part, and what is to be told of them.

    `undated` is, year by year, how many have no day since its holidays are not known; `warnings`
    are what the ledger says otherwise; `strangers` the numbers in it that no task has; `earlier`
    is how many open tasks of the review before were the part's.
    """

    columns: TaskColumns
    undated: Counter[str]
    warnings: tuple[TaskWarning, ...]
    strangers: frozenset[str]
    earlier: int


def losses_of(scored: Scored, *, problems: bool) -> Losses:
    """The sure losses of a part; `problems` where the rulebook answers for 问题清单."""
    part, whole = scored.part, scored.part.whole or scored.part
    place = np.arange(part.n) if part is whole else _places(part.codes, whole.codes)
    lost = item_losses(scored.setting.book, scored.scores.items, part.n)
    asked = np.zeros(whole.n, np.bool_)
    asked[place] = problems
    return Losses(
        whole.codes,
        place,
        tuple(of_items(lost, place)),
        problems_of(whole, asked),
        ledger_of(whole),
    )


def _places(codes: Iterable[str], roll: Iterable[str]) -> Ints:
    places = {code: place for place, code in enumerate(roll)}
    return np.array([places[code] for code in codes], np.int64)


def tasks_of(
    losses: Losses, issue: Issue, stages: Iterable[Stage], rejected: Mapping[str, Bools]
) -> Tasks:
    """All tasks of a part; `stages` are the judgements of both stages and what they found,
    `rejected` where people rejected a flag."""
    fired = [(each, found.sure.get(each.id)) for own, found in stages for each in own]
    first = len(list(issue.setting.book.items()))
    judged = of_judgements(fired, first, rejected, losses.place)
    return _Writer(losses, issue, (*losses.items, *judged)).tasks()


class _Writer:
    """Plain organisations by arrays, those with a story one by one."""

    def __init__(self, losses: Losses, issue: Issue, keyed: tuple[Keyed, ...]) -> None:
        self.losses, self.issue, self.keyed = losses, issue, keyed
        self.book, self.problems = issue.setting.book, losses.problems
        self.places = Roll(losses.roll)
        self.duties = duties(self.book)
        self.sink = TaskSink()
        self.undated: Counter[str] = Counter()

    def tasks(self) -> Tasks:
        """All tasks, in order."""
        before = [
            task
            for task in self.issue.setting.previous.tasks
            if task.rulebook == self.book.id and task.code in self.places
        ]
        listed = still_listed(
            self.losses.ledger,
            self.issue.setting.previous.tasks,
            self.places,
            self.book,
            self.issue.setting.period,
        )
        told = storied(
            self.places,
            self.losses.ledger,
            (*before, *listed),
            self.problems,
            {each.asks.key for each in self.keyed},
            self.book.id,
        )
        for each in self.keyed:
            self._of_key(each.at(~told[each.subject]))
        self._of_problems(np.flatnonzero(self.problems.open & ~told[self.problems.subject]))
        rows, warnings = self._one_by_one(told, (*before, *listed)) if told.any() else ((), ())
        known = {number for row in rows for number in (row.task, row.carried_from)}
        known |= {task.number for task in (*self.issue.setting.previous.tasks, *listed)}
        numbers = {entry.number for entry in self.losses.ledger}
        return Tasks(
            self.sink.columns(self.losses.roll),
            self.undated,
            warnings,
            frozenset(each for each in numbers if not {each, whole_number(each)} & known),
            sum(task.open for task in before),
        )

    def _asked(self, loss: Loss, count: int) -> TaskRow:
        """What a task of a loss asks, of so many organisations."""
        (row,), warnings = self.issue.tasks([loss], self.duties)
        self._dated(warnings, count)
        return row

    def _dated(self, warnings: Iterable[TaskWarning], count: int = 1) -> tuple[TaskWarning, ...]:
        """Count what has no day; the other warnings."""
        rest = []
        for code, parts in warnings:
            if code == UNKNOWN_HOLIDAYS:
                self.undated[dict(parts)["year"]] += count
            else:
                rest.append((code, parts))
        return tuple(rest)

    def _of_key(self, own: Keyed) -> None:
        if not len(own.subject):
            return
        asked = self._asked(own.asks, len(own.subject))
        forms = [Form.of(asked, told.item, told.text) for told in own.tells]
        self.sink.add(own.asks.order, own.subject, own.asks.key, own.told, forms, own.points)

    def _of_problems(self, at: Ints) -> None:
        """Problems: a deadline of their own goes before that of the duty."""
        if not len(at):
            return
        own = self.problems.at(at)
        free = own.due == 0
        asked = self._asked(Loss("", LossKind.PROBLEM, ""), int(free.sum()))
        due = date_of(asked.due)
        limit = np.where(free, 0 if due is None else due.toordinal(), own.due)
        status, words = own.statuses(asked, self.issue.as_of, limit)
        cases, form = np.unique(own.due * len(words) + status, return_inverse=True)
        free_forms = [replace(Form.of(asked), status=word) for word in words]
        forms = []
        for day, said in (divmod(case, len(words)) for case in cases.tolist()):
            told = free_forms[said]
            forms.append(replace(told, due=date.fromordinal(day), within=None) if day else told)
        self.sink.add(FIRST, own.subject, (own.number, own.numbers), form, forms)

    def _one_by_one(
        self, told: Bools, earlier: tuple[EarlierTask, ...]
    ) -> tuple[tuple[TaskRow, ...], tuple[TaskWarning, ...]]:
        roll, own = self.losses.roll, [each.at(told[each.subject]) for each in self.keyed]
        at = np.flatnonzero(told[self.problems.subject])
        lost = [loss for each in own for loss in each.losses(roll)]
        rows, warnings = self.issue.tasks(
            (*lost, *problem_losses(self.problems, roll, at)),
            self.duties,
            (*self.losses.ledger, *problem_entries(self.problems, roll, at)),
            earlier,
        )
        points = {
            (roll[subject], each.asks.key): points
            for each in own
            if each.points is not None
            for subject, points in zip(each.subject.tolist(), each.points.tolist(), strict=True)
        }
        add_rows(self.sink, rows, self.places, self.issue.prefix, points)
        return rows, self._dated(warnings)
