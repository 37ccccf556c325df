"""Rectification tasks of a batch: what a part keeps until they are written, their table, and what
is to be told of them.

The number of a task is `period-rulebook-code-key`; sentences are made when somebody reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from starrating.batch.arrow import coded, decimals, ordinals, plain
from starrating.batch.codes import BATCH
from starrating.batch.members import Roster
from starrating.engine.kernel.scored import Scored
from starrating.engine.kernel.tasks import DIGITS, Losses, TaskColumns, Tasks, losses_of
from starrating.engine.setting import Setting
from starrating.engine.task_codes import UNKNOWN_HOLIDAYS, UNKNOWN_TASKS, warning_faults
from starrating.engine.task_model import TaskWarning
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.schema import LEDGER


@dataclass(frozen=True, eq=False)
class Owed:
    """The losses of a part, and the codes of its organisations."""

    losses: Losses
    codes: pa.Array

    @staticmethod
    def of(columns: Scored, roster: Roster, *, problems: bool) -> Owed:
        """From what was scored; `roster` are all organisations that were read, `problems` says
        that the rulebook answers for 问题清单."""
        return Owed(losses_of(columns, problems=problems), roster.codes)


@dataclass(frozen=True, slots=True)
class Notes:
    """What is to be told of the tasks of a part once all parts are done: see `Tasks`."""

    undated: Counter[str] = field(default_factory=Counter)
    strangers: frozenset[str] = frozenset()
    earlier: int = 0
    warnings: tuple[TaskWarning, ...] = ()

    @staticmethod
    def of(found: Tasks) -> Notes:
        """What is to be told of these."""
        return Notes(found.undated, found.strangers, found.earlier, found.warnings)


def tasks_table(rulebook: str, columns: TaskColumns, codes: pa.Array) -> pa.Table:
    """tasks: codes and days of every task, in the order of tasks.csv."""
    count, texts, numbers = len(columns), columns.texts, columns.numbers
    points, days = numbers["points"], {name: numbers[name] for name in ("issued", "due")}

    def text(name: str) -> pa.Array:
        own, words = texts[name]
        return coded(own, words, own < 0)

    return pa.table(
        {
            "rulebook": coded(np.zeros(count, np.int32), [rulebook]),
            "code": coded(columns.subject, codes),
            "key": text("key"),
            "item": text("item"),
            "findings": text("findings"),
            "points": decimals(np.maximum(points, 0), DIGITS, points < 0),
            "kind": text("kind"),
            **{name: ordinals(days[name], days[name] == 0) for name in days},
            "within": text("within"),
            "status": text("status"),
            "carried_from": text("carried_from"),
            "repeated": plain(columns.repeated),
        }
    )


def task_faults(settings: Sequence[Setting], notes: Sequence[Sequence[Notes]]) -> Iterator[Fault]:
    """What is told of the tasks of all parts, given by rulebook. One ledger serves all rulebooks:
    only a number in it that no rulebook knows is strange."""
    every = [part for own in notes for part in own]
    warnings = [each for part in every for each in part.warnings]
    undated = sum((part.undated for part in every), Counter[str]())
    for year, count in sorted(undated.items()):
        warnings.append((UNKNOWN_HOLIDAYS, (("year", year), ("task", f"{count} 项任务"))))
    unknown = [frozenset[str]().union(*(part.strangers for part in own)) for own in notes]
    if strangers := frozenset.intersection(*unknown):
        warnings.append((UNKNOWN_TASKS, (("count", str(len(strangers))),)))
    yield from warning_faults(warnings, Origin(LEDGER))
    for setting, own in zip(settings, notes, strict=True):
        before = [task for task in setting.previous.tasks if task.rulebook == setting.book.id]
        gone = sum(task.open for task in before) - sum(part.earlier for part in own)
        if gone:
            yield BATCH.fault("E306", Origin(setting.book.id), count=gone)
