"""Rectification: tasks from losses, problems and judgements, through the year (step 15).

A task's number is `period-rulebook-code-KEY`, KEY being an item, `point:NAME`, `judgement:ID`
or a 问题编号. A check point has a task of its own only where the rulebook's `rectification:`
names it; elsewhere its losses are its item's. Several losses of one key are one task.

What becomes of the tasks of the previous review:

- an open one is carried over under this review's number, with its first deadline, and its old
  number in `carried_from`, whether or not its loss returned; a loss of its key makes no second;
- one that the ledger has closed since is shown once more as 已销号, unless its loss returned:
  then the task is new, with a new deadline, and 反复出现 (`repeated`);
- one that was closed then and returns is 反复出现; cancelled ones leave no trace;
- one of this very period (an earlier stage of the same review) keeps its deadline and status
  while its loss stands, and goes with it.

`due` in a row is always the first deadline: the problem's own 整改时限; else the length of the
duty from the date of issue; else the 整改时限 written in the ledger (which goes before the length
where the task is carried over). The kind 长期坚持 takes no length from the default entry. Where
no day is known the length is printed. An extension shows in the status only.

One problem may have several tasks: where the ledger numbers its rows NUMBER(1), NUMBER(2) …,
each is a task of its own with the text, owner and deadline written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from starrating.engine.tasks.codes import UNKNOWN_TASKS, warning_faults
from starrating.engine.tasks.deadlines import Calendar, Length
from starrating.engine.tasks.drafts import Ledger, drafts, whole_number
from starrating.engine.tasks.model import (
    Duty,
    EarlierTask,
    Loss,
    LossKind,
    TaskWarning,
    date_of,
    earlier_task,
)
from starrating.engine.tasks.rows import TaskWriter
from starrating.engine.tasks.status import ENDINGS, LedgerEntry, Status, status_of
from starrating.results.model import TaskRow

__all__ = [
    "Calendar",
    "Duty",
    "EarlierTask",
    "LedgerEntry",
    "Length",
    "Loss",
    "LossKind",
    "Status",
    "TaskWarning",
    "at_a_later_day",
    "earlier_task",
    "status_of",
    "strangers",
    "tasks",
    "warning_faults",
    "whole_number",
]


def tasks(
    losses: Iterable[Loss],
    duties: Mapping[str, Duty],
    ledger: Iterable[LedgerEntry],
    earlier: Iterable[EarlierTask],
    *,
    issued: date | None,
    as_of: date,
    calendar: Calendar,
    period: str,
    rulebook: str,
) -> tuple[tuple[TaskRow, ...], tuple[TaskWarning, ...]]:
    """Make the tasks of one rulebook's review, ordered by organisation, then rulebook.

    `duties` are the entries of `rectification:` by their names, with `default`; `earlier` may
    hold tasks of other rulebooks, which are left alone. `as_of` is the day whose status is
    told: what the ledger says to have happened later has not happened yet. The order of the
    inputs does not matter. Warnings are fault codes with their fields: E114 (holidays of
    `year` unknown for `task`), E151 (`task`: the ledger's deadline `written` is not `due`),
    E152 (`task` is extended to `date`, and nobody is named who approved it).
    """
    book = Ledger(ledger)
    own = [task for task in earlier if task.rulebook == rulebook]
    found = sorted(
        drafts(losses, duties, own, book, as_of=as_of, period=period), key=lambda draft: draft.order
    )
    items = {draft.subject for draft in found if not draft.subject.of_problem}
    writer = TaskWriter(
        duties=duties,
        book=book,
        issued=issued,
        as_of=as_of,
        calendar=calendar,
        prefix=f"{period}-{rulebook}",
        items=items,
    )
    rows = tuple(row for draft in found for row in writer.rows(draft))
    return rows, tuple(dict.fromkeys(writer.warnings))


def strangers(
    ledger: Iterable[LedgerEntry], rows: Iterable[TaskRow], earlier: Iterable[EarlierTask]
) -> tuple[TaskWarning, ...]:
    """Warn (E120) of ledger rows whose number no task has: of this review or the one before.

    `rows` and `earlier` are those of all rulebooks, since one ledger serves them all.
    """
    known = {task.number for task in earlier}
    for row in rows:
        known.update((row.task, row.carried_from or row.task))
    numbers = {entry.number for entry in ledger if entry.problem_of is None}
    unknown = {number for number in numbers if not {number, whole_number(number)} & known}
    return ((UNKNOWN_TASKS, (("count", str(len(unknown))),)),) if unknown else ()


def at_a_later_day(
    rows: Iterable[TaskRow], ledger: Iterable[LedgerEntry], as_of: date
) -> tuple[TaskRow, ...]:
    """Tell anew the status of a review's tasks on the day `as_of`, from a ledger filled in.

    A task without a day takes the 整改时限 written in the ledger; one that the ledger has split
    becomes its parts. What the review knew as 已销号 or 已撤销 stays.
    """
    book = Ledger(ledger)
    return tuple(later for row in rows for later in _later(row, book, as_of))


def _later(row: TaskRow, book: Ledger, as_of: date) -> Iterable[TaskRow]:
    numbers = (row.task, row.carried_from or row.task)
    for part in book.parts(numbers) or ("",):
        entry = book.entry([number + part for number in numbers])
        told = entry if entry and part else LedgerEntry("")
        first = date_of(row.due) or (entry.due if entry else None)
        due = told.due or first
        yield replace(
            row,
            task=row.task + part,
            task_text=told.task or row.task_text,
            owner=told.owner or row.owner,
            due=due.isoformat() if due else row.due,
            status=row.status
            if row.status in ENDINGS
            else status_of(entry, due=due, kind=row.kind, issued=row.issued, as_of=as_of),
        )
