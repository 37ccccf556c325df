"""The status of a rectification task, from its ledger row and a day (semantics.md step 15).

The eight words, in the order in which they are tried; a day counts once `as_of` has reached it:

1. 已撤销: 备注 or 整改进展 says so, as a phrase of its own (see CANCELLED).
2. 已销号: 销号日期. Acceptance alone closes nothing.
3. 长期坚持: 备注 or 整改进展 says so (see LONG_TERM); or the task is of that kind and is done.
4. 已完成待验收: 完成日期 or 验收日期, without 销号日期.
5. 逾期未完成: the deadline (延期至 where it is later) lies before `as_of`.
6. 长期坚持: the task is of that kind, and its deadline, if it has one, is not over.
7. 已延期: 延期至 is later than the first deadline, and not over.
8. 整改中: 整改进展 says something, or the task was issued with no deadline that is known.
9. 未到期: the rest: the deadline is not over, or the task is not issued yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """The status words of tasks.csv."""

    NOT_DUE = "未到期"
    UNDER_WAY = "整改中"
    DONE = "已完成待验收"
    CLOSED = "已销号"
    OVERDUE = "逾期未完成"
    LONG_TERM = "长期坚持"
    EXTENDED = "已延期"
    CANCELLED = "已撤销"


ENDINGS = frozenset({Status.CLOSED, Status.CANCELLED})
CANCELLED = frozenset({"撤销", "已撤销", "撤销任务", "任务撤销", "任务已撤销"})
LONG_TERM = frozenset(
    {"长期坚持", "转长期坚持", "转入长期坚持", "长期任务", "长期整改", "持续坚持"}
)
_PHRASES = re.compile(r"[\s,.;:!?()，。；：、！？（）]+")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of 整改台账; `number` is its 任务编号.

    A row of 问题清单 is an entry too, under its 问题编号, with its organisation as
    `problem_of`: 整改情况, 完成日期 and 销号日期 tell of the task the problem has become.
    """

    number: str
    due: date | None = None
    extended_to: date | None = None
    approved: str | None = None
    done: date | None = None
    accepted: date | None = None
    closed: date | None = None
    progress: str | None = None
    note: str | None = None
    task: str | None = None
    owner: str | None = None
    problem_of: str | None = None

    def says(self, words: frozenset[str]) -> bool:
        """Whether 整改进展 or 备注 holds one of the words as a phrase of its own."""
        text = f"{self.progress or ''} {self.note or ''}"
        return not words.isdisjoint(_PHRASES.split(text))


def merged(entries: Iterable[LedgerEntry]) -> LedgerEntry | None:
    """Put the rows of one task together, in whatever order they come; None without rows.

    Of several days the earliest counts (first done, first closed, first deadline), of several
    extensions the latest; texts are joined.
    """
    rows = sorted(set(entries), key=repr)
    if len(rows) < 2:
        return rows[0] if rows else None
    return LedgerEntry(
        number=rows[0].number,
        due=_first(row.due for row in rows),
        extended_to=max((row.extended_to for row in rows if row.extended_to), default=None),
        approved=_joined(row.approved for row in rows),
        done=_first(row.done for row in rows),
        accepted=_first(row.accepted for row in rows),
        closed=_first(row.closed for row in rows),
        progress=_joined(row.progress for row in rows),
        note=_joined(row.note for row in rows),
        task=_joined(row.task for row in rows),
        owner=_joined(row.owner for row in rows),
    )


def status_of(
    entry: LedgerEntry | None,
    *,
    due: date | None,
    kind: str | None,
    issued: date | None,
    as_of: date,
) -> Status:
    """Tell the status of a task on the day `as_of`; the module's text defines each word.

    `due` is the first deadline (None: not known, or only a length), `kind` the task's kind.
    """
    row = entry or LedgerEntry("")
    long_term = kind == Status.LONG_TERM
    limit = extended_limit(row, due)
    if row.says(CANCELLED):
        return Status.CANCELLED
    if _reached(row.closed, as_of):
        return Status.CLOSED
    if row.says(LONG_TERM):
        return Status.LONG_TERM
    if _reached(row.done, as_of) or _reached(row.accepted, as_of):
        return Status.LONG_TERM if long_term else Status.DONE
    if limit is not None and limit < as_of:
        return Status.OVERDUE
    if long_term:
        return Status.LONG_TERM
    if limit is not None and limit != due:
        return Status.EXTENDED
    unknown = limit is None and _reached(issued, as_of)
    return Status.UNDER_WAY if row.progress or unknown else Status.NOT_DUE


def extended_limit(row: LedgerEntry, due: date | None) -> date | None:
    """Tell the day the task must be done by: 延期至 where it is later than the first deadline."""
    days = [day for day in (due, row.extended_to) if day is not None]
    return max(days, default=None)


def _reached(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _joined(texts: Iterable[str | None]) -> str | None:
    return "；".join(dict.fromkeys(text for text in texts if text)) or None
