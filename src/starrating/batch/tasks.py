"""Rectification tasks of a batch: what a part keeps until they are written, their table, and what
is to be told of them.

The number of a task is `period-rulebook-code-key`; sentences are made when somebody reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from starrating.batch.arrow import coded, decimals, ordinals, plain, table
from starrating.batch.codes import BATCH
from starrating.batch.members import Roster
from starrating.engine.kernel.arrays import Bools
from starrating.engine.kernel.scored import Scored
from starrating.engine.kernel.tasks import DIGITS, Losses, TaskColumns, Tasks, losses_of
from starrating.engine.setting import Setting
from starrating.engine.tasks.codes import UNKNOWN_HOLIDAYS, UNKNOWN_TASKS, warning_faults
from starrating.engine.tasks.model import TaskWarning
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
    forms, form, points = columns.forms, columns.form, columns.points
    repeated = np.array([each.repeated for each in forms], np.bool_)
    return table(
        {
            "rulebook": coded(np.zeros(len(columns), np.int32), [rulebook]),
            "code": coded(columns.subject, codes),
            "key": coded(columns.key, columns.keys, columns.key < 0),
            "item": _texts([each.item for each in forms], form),
            "findings": _texts([each.findings for each in forms], form),
            "points": decimals(points, DIGITS, points < 0),
            "kind": _texts([each.kind for each in forms], form),
            "issued": _days([each.issued for each in forms], form),
            "due": _days([each.due for each in forms], form),
            "within": _texts([each.within for each in forms], form),
            "status": _texts([each.status for each in forms], form),
            "carried_from": _texts([each.carried_from for each in forms], form),
            "repeated": plain(repeated.take(form)),
        },
        lacking=_LACKING,
    )


_LACKING = (
    "key", "item", "findings", "points", "kind", "issued", "due", "within", "carried_from",
)  # fmt: skip
"""The columns of tasks in which a value may be missing."""


def _texts(told: Sequence[str | None], form: NDArray[np.integer]) -> pa.Array:
    """What the form of each task tells, as text."""
    words = list(dict.fromkeys(each for each in told if each is not None))
    if not words:
        return pa.nulls(len(form), pa.dictionary(pa.int32(), pa.string()))
    places = {word: place for place, word in enumerate(words)}
    own = np.array([-1 if each is None else places[each] for each in told], np.int32)
    return coded(own.take(form), words, _gone(own, form))


def _days(told: Sequence[date | None], form: NDArray[np.integer]) -> pa.Array:
    """What the form of each task tells, as a day."""
    if not any(told):
        return pa.nulls(len(form), pa.date32())
    own = np.array([-1 if each is None else each.toordinal() for each in told], np.int32)
    return ordinals(own.take(form), _gone(own, form))


def _gone(own: NDArray[np.integer], form: NDArray[np.integer]) -> Bools | None:
    """Which tasks have a form that tells nothing; None where there is no such form."""
    gone = own < 0
    return gone.take(form) if gone.any() else None


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
