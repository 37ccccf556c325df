"""What rules and ledger say of tasks: duties, rows of 整改台账, tasks that it still lists (step 15)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from starrating.engine.setting import Previous
from starrating.engine.tasks.deadlines import WORKING_DAY, Length
from starrating.engine.tasks.model import Duty, EarlierTask
from starrating.engine.tasks.status import LedgerEntry, Status
from starrating.records.model import Records, Row
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Rulebook
from starrating.schema import LEDGER, PROBLEMS


def duties(book: Rulebook) -> dict[str, Duty]:
    """The rulebook's `rectification:` entries."""
    return {
        name: Duty(
            None if duty.no_task else duty.task, length_of(duty.within), duty.owner, duty.kind
        )
        for name, duty in book.rectification.items()
    }


def length_of(span: Span | None) -> Length | None:
    """The length of a duty."""
    if span is None:
        return None
    return (span.count, WORKING_DAY if span.working else span.unit)


# --- tasks that the ledger still lists ------------------------------------------------------------


def with_ledger(previous: Previous, book: Rulebook, records: Records, period: str) -> Previous:
    """`previous` with the tasks of earlier periods that the supplied 整改台账 still lists."""
    codes = frozenset(each.code for each in records.organisations)
    found = still_listed(_listed(records), previous.tasks, codes, book, period)
    return replace(previous, tasks=(*previous.tasks, *found)) if found else previous


def still_listed(
    entries: Iterable[LedgerEntry],
    known: Iterable[EarlierTask],
    codes: Collection[str],
    book: Rulebook,
    period: str,
) -> tuple[EarlierTask, ...]:
    """The tasks of earlier periods that a ledger lists beside those `known`; `codes` are those of
    all organisations.

    They stand for the previous review's tasks where no archive of it is given: a row numbered
    `period-rulebook-code-key` of another period. Its 整改时限 is the first deadline; what the
    row says of done and closed is told by the ledger itself.
    """
    numbers = {task.number for task in known}
    items = {item.id for _, item in book.items()}
    found: list[EarlierTask] = []
    for entry in entries:
        named = None if entry.number in numbers else subject_of(entry.number, codes, book.id)
        if named is None or named[0] == period:
            continue
        earlier, code, key = named
        found.append(
            EarlierTask(
                number=entry.number,
                rulebook=book.id,
                code=code,
                key=key,
                status=Status.UNDER_WAY,
                period=earlier,
                due=entry.due,
                item=key if key in items else None,
                task=entry.task,
                owner=entry.owner,
            )
        )
    return tuple(found)


def subject_of(number: str, codes: Collection[str], rulebook: str) -> tuple[str, str, str] | None:
    """Period, organisation and key that the number of a task of this rulebook names; of several
    codes that it may begin with the longest."""
    period, sign, rest = number.partition(f"-{rulebook}-")
    code = rest if sign else ""
    while code:
        code = code.rpartition("-")[0]
        if code in codes:
            return period, code, rest.removeprefix(f"{code}-")
    return None


# --- rows of the sheets -----------------------------------------------------------------------------


def ledger(records: Records) -> Iterator[LedgerEntry]:
    """The rows of 整改台账, and those of 问题清单 as entries of their own tasks."""
    yield from _listed(records)
    yield from _problems(records)


def _listed(records: Records) -> Iterator[LedgerEntry]:
    for row in records.rows(LEDGER):
        number = _text(row, "任务编号")
        if number is not None:
            yield LedgerEntry(
                number=number,
                due=_date(row, "整改时限"),
                extended_to=_date(row, "延期至"),
                approved=_text(row, "延期批准"),
                done=_date(row, "完成日期"),
                accepted=_date(row, "验收日期"),
                closed=_date(row, "销号日期"),
                progress=_text(row, "整改进展"),
                note=_text(row, "备注"),
                task=_text(row, "整改任务"),
                owner=_text(row, "责任人"),
            )


def _problems(records: Records) -> Iterator[LedgerEntry]:
    for row in records.rows(PROBLEMS):
        number = _text(row, "问题编号")
        if number is not None and row.organisation:
            yield LedgerEntry(
                number=number,
                done=_date(row, "完成日期"),
                closed=_date(row, "销号日期"),
                progress=_text(row, "整改情况"),
                problem_of=row.organisation,
            )


def _text(row: Row, column: str) -> str | None:
    cell = row.value(column)
    return cell if isinstance(cell, str) else None


def _date(row: Row, column: str) -> date | None:
    cell = row.value(column)
    return cell if isinstance(cell, date) else None
