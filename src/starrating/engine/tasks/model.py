"""What tasks are made from: losses, duties, and the tasks of the previous review (step 15)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from starrating.engine.tasks.deadlines import Length
from starrating.engine.tasks.status import ENDINGS
from starrating.results.model import TaskRow

DEFAULT = "default"
"""The duty that fills what other duties leave open."""

TaskWarning = tuple[str, tuple[tuple[str, str], ...]]
"""A fault's code and the fields of its message, as (name, text)."""


class LossKind(StrEnum):
    """What a loss is a loss of; it decides the key of its task."""

    ITEM = "item"
    POINT = "point"
    JUDGEMENT = "judgement"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Loss:
    """One sure loss, points not earned, open problem or sure judgement of one organisation.

    `name` is the item's id, the check point's name, the judgement's id or the 问题编号.
    `order` is its place in the rulebook (items, then judgements, then problems). `problem` is
    what is wrong, in words; `findings` the ids of the findings. A judgement may bring its own
    task, length and owner, and the flag under whose name a duty may stand; a problem its
    整改措施, 责任人 and 整改时限 (`due`), which then is the deadline.
    """

    code: str
    kind: LossKind
    name: str
    order: int = 0
    item: str | None = None
    problem: str | None = None
    findings: tuple[str, ...] = ()
    task: str | None = None
    within: Length | None = None
    owner: str | None = None
    due: date | None = None
    flag: str | None = None
    task_kind: str | None = None

    @property
    def key(self) -> str:
        """The last part of the task's number."""
        if self.kind in {LossKind.ITEM, LossKind.PROBLEM}:
            return self.name
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Duty:
    """One entry of the rulebook's `rectification:`; None is filled by the default entry."""

    task: str | None = None
    within: Length | None = None
    owner: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierTask:
    """A task of the previous review, as its archive tells; `due` is the first deadline.

    A task of 问题清单 has no `item`; its key is a 问题编号.
    """

    number: str
    rulebook: str
    code: str
    key: str
    status: str
    period: str = ""
    due: date | None = None
    issued: date | None = None
    item: str | None = None
    problem: str | None = None
    task: str | None = None
    owner: str | None = None
    kind: str | None = None
    carried_from: str | None = None
    repeated: bool = False

    @property
    def of_problem(self) -> bool:
        """Whether it came from 问题清单: its key is then a 问题编号."""
        return self.item is None and not self.key.startswith(("point:", "judgement:"))

    @property
    def open(self) -> bool:
        """Whether it was neither closed nor cancelled then."""
        return self.status not in ENDINGS


def earlier_task(row: TaskRow, rulebook: str) -> EarlierTask | None:
    """Read a row of an earlier tasks.csv; None if its number is not of that rulebook.

    A `due` that is a length (签发后30日内) is no date.
    """
    period, found, key = row.task.partition(f"-{rulebook}-{row.code}-")
    if not found or not key:
        return None
    return EarlierTask(
        number=row.task,
        rulebook=rulebook,
        code=row.code,
        key=key,
        status=row.status,
        period=period,
        due=date_of(row.due),
        issued=row.issued,
        item=row.item,
        problem=row.problem,
        task=row.task_text,
        owner=row.owner,
        kind=row.kind,
        carried_from=row.carried_from,
        repeated=row.repeated,
    )


def date_of(due: str | None) -> date | None:
    """Read the deadline of a row of tasks.csv; None for a length or nothing."""
    if due is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", due):
        return None
    return date.fromisoformat(due)
