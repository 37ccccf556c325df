"""What is done with one part: the steps of a batch, the same for whoever carries them out.

Where no group spans parts, `whole` reviews a part at once. Else every part first tells what wide
measures compare (`tell`), then is scored and leaves what grading reads (`score`), and is finished
(`finish`) once its stars stand.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from starrating.batch.arrow import occurrences, one_array
from starrating.batch.codes import BATCH
from starrating.batch.ground import Ground
from starrating.batch.members import Roster
from starrating.batch.outcome import (
    Base,
    StarColumns,
    findings_table,
    flags_table,
    subjects_table,
)
from starrating.batch.parts import ReadPart, read_part
from starrating.batch.shelf import Shelf
from starrating.batch.source import Source
from starrating.batch.steps import (
    GROUND,
    OTHERS,
    SHELF,
    TABLES,
    Done,
    Settled,
    Step,
    Task,
    Waiting,
    shelf_of,
)
from starrating.batch.table import Unusable
from starrating.batch.tasks import Notes, Owed, tasks_table
from starrating.batch.turns import Left, graded_surely, graded_twice, left_after
from starrating.batch.written import bound, write_table
from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.arrays import Bools, Overflow
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.finishing import Ending, judged_later, kept_ending
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.groups.wide import tell
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.plan import Unlowered
from starrating.engine.kernel.program import program_of
from starrating.engine.kernel.scored import Scored, score_columns
from starrating.engine.kernel.scored import ground_of as facts_of
from starrating.engine.kernel.stages import flags_after
from starrating.engine.kernel.subjects import Given
from starrating.engine.kernel.tasks import Issue, tasks_of
from starrating.origin import Origin


def do(task: Task, number: int) -> None:
    """Carry out a step of a part; what it came to is on the shelf under `done`."""
    ground, source = _prepared(task)
    try:
        with only_new_ones_searched():
            done = _STEPS[task.step](_Part(task, number, ground, source))
    except Unusable as error:
        done = Done(number, faults=error.faults)
    except Overflow as error:
        origin = Origin(ground.chosen[task.book].path)
        done = Done(number, faults=(BATCH.fault("E302", origin, place=str(error)),))
    except Unlowered as error:
        fault = BATCH.fault("E301", error.what.origin, what=error.what.word)
        done = Done(number, faults=(fault,))
    task.shelf.put(task.done(number), done)


@contextmanager
def only_new_ones_searched() -> Iterator[None]:
    """Around what makes a part: what it leaves in cycles goes away, and only that is looked for.

    Facts and what they are facts of hold each other: without this, parts pile up.
    """
    already = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        if not already:
            gc.unfreeze()


_READ: dict[str, tuple[Ground, Source]] = {}
"""Rules and parts of the last run, by its name, read once a process: rules by whoever carries out
the batch, all others take them from the shelf."""


def prepare(run: str, ground: Ground, source: Source) -> None:
    """Let this process work with rules and parts that it has read."""
    _READ.clear()
    _READ[run] = (ground, source)


def _prepared(task: Task) -> tuple[Ground, Source]:
    if task.run not in _READ:
        ground, source = Shelf(task.work / SHELF).take(GROUND)
        prepare(task.run, ground, source)
    return _READ[task.run]


class _Part:
    """One part in one step."""

    def __init__(self, task: Task, number: int, ground: Ground, source: Source) -> None:
        self.task, self.number, self.ground, self.shelf = task, number, ground, task.shelf
        # What is read in one step only need not be kept.
        self.source = source if task.step == "whole" else replace(source, shelf=self.shelf)
        self.setting = replace(ground.settings[task.book], others=self._others())
        self.later = [each.book for each in ground.settings[task.book + 1 :]]

    def _others(self) -> Mapping[str, Mapping[str, Figures]]:
        """What rulebooks that ran before gave organisations, if this one reads it."""
        return self.shelf.take(OTHERS) if self.shelf.has(OTHERS) else {}

    def read(self) -> ReadPart:
        """The records."""
        return read_part(self.source, self.number, self.setting)

    @property
    def given(self) -> Given | None:
        """The measures that were compared over all parts."""
        name = f"given-{self.number}"
        return self.shelf.take(name) if self.shelf.has(name) else None

    @property
    def left(self) -> Left:
        """What the rulebooks before left of the part."""
        if not self.task.book:
            return Left()
        before = shelf_of(self.task.work, self.task.book - 1)
        found: Left = before.take(f"left-{self.number}")
        return found

    def file(self, table: str, book: int | None = None) -> Path:
        """The file of a table: that of the results, or, of several rulebooks, that of one."""
        folder = self.task.work if book is None else shelf_of(self.task.work, book).folder
        return folder / table / f"{self.source.parts[self.number]}.parquet"

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Write tables of the part into the working folder."""
        several = len(self.ground.settings) > 1
        for name, table in tables.items():
            write_table(table, self.file(name, self.task.book if several else None))


def roster_of(read: ReadPart, codes: tuple[str, ...]) -> Roster:
    """Of the organisations that were read those of these codes."""
    if codes is read.part.codes:
        return read.roster
    place = {code: place for place, code in enumerate(read.part.codes)}
    return read.roster.take(np.array([place[code] for code in codes], np.int64))


def _tell(part: _Part) -> Done:
    read = part.read()
    told = tell(facts_of(part.setting, read.part, part.given), part.task.tells)
    part.shelf.put(f"told-{part.number}", told)
    return Done(part.number, subjects=len(told.codes))


def _whole(part: _Part) -> Done:
    read, prefer = part.read(), part.task.request.judge
    decided = part.left.known(part.setting.previous)
    columns = review_columns(part.setting, decided, prefer, read.part, part.given)
    waiting = _scored(part, read, columns)
    stars = None if columns.grades is None else StarColumns.of(columns.grades)
    settled = Settled(stars, columns.lagging)
    return _finished(part, waiting, columns.second, columns.flags, settled)


def _score(part: _Part) -> Done:
    read, prefer = part.read(), part.task.request.judge
    decided = part.left.known(part.setting.previous)
    columns = score_columns(part.setting, decided, prefer, read.part, part.given)
    waiting = _scored(part, read, columns)
    if columns.grounds is not None:
        part.shelf.put(f"contenders-{part.number}", columns.grounds.contenders())
    part.shelf.put(f"ending-{part.number}", kept_ending(part.setting.book, columns.ending))
    part.shelf.put(f"waiting-{part.number}", waiting)
    return waiting.done


def _scored(part: _Part, read: ReadPart, columns: Scored) -> Waiting:
    """Write the findings; what is kept of a part until its stars stand."""
    ground, book = part.ground, part.task.book
    roster = roster_of(read, columns.codes)
    findings = findings_table(columns, roster)
    part.write({"findings": findings})
    base = Base.of(columns, roster, ground.digits)
    owed = Owed.of(columns, read.roster, problems=ground.answers(book))
    graded = graded_surely(ground, columns)
    twice = graded_twice(ground, book, part.left, roster, graded)
    printed = bool(columns.setting.book.sections)
    done = Done(
        part.number,
        subjects=len(columns.codes) if printed else 0,
        rated=int(columns.scores.rated.sum()) if printed else 0,
        findings=findings.num_rows,
        vectors=columns.vectors,
        faults=(*read.faults, *twice),
    )
    return Waiting(base, owed, _raising(columns.scores.first, columns), graded, done)


def _raising(first: Outcomes, columns: Scored) -> Outcomes:
    """What stage 1 found of the judgements that propose something or add a task; scores are
    settled."""
    raising = {each.id for each in columns.stages[0] if each.then.flag or each.then.task}

    def only(masks: Mapping[str, Bools]) -> dict[str, Bools]:
        return {name: mask for name, mask in masks.items() if name in raising}

    return Outcomes(only(first.sure), only(first.possible), {}, first.distinct)


def _finish(part: _Part) -> Done:
    waiting: Waiting = part.shelf.take(f"waiting-{part.number}")
    ending: Ending = part.shelf.take(f"ending-{part.number}")
    settled: Settled = part.shelf.take(f"settled-{part.number}")
    book, prefer = part.setting.book, part.task.request.judge
    span = None if settled.stars is None else settled.stars.span
    later = settled.later or judged_later(book, ending, span, prefer).found
    vectors = waiting.done.vectors + later.distinct
    waiting = replace(waiting, done=replace(waiting.done, vectors=vectors))
    flags = flags_after(ending.flags, program_of(book).stages[1], later)
    return _finished(part, waiting, later, flags, settled)


def _finished(
    part: _Part, waiting: Waiting, later: Outcomes, flags: FlagColumns, settled: Settled
) -> Done:
    """Write what only now is known of the organisations."""
    base, owed, book = waiting.base, waiting.owed, part.setting.book
    stages = [*zip(program_of(book).stages, (waiting.first, later), strict=True)]
    issue = Issue(part.setting, part.ground.calendar)
    tasks = tasks_of(owed.losses, issue, stages, flags.rejected)
    subjects = subjects_table(base, settled.stars, settled.lagging)
    tables = {
        "subjects": subjects if book.sections else subjects.slice(0, 0),
        "flags": flags_table(base, stages, flags),
        "tasks": tasks_table(book.id, tasks.columns, owed.codes),
    }
    part.write(tables)
    if part.later:
        left = left_after(part.left, part.setting.book, waiting, flags, settled.stars, part.later)
        part.shelf.put(f"left-{part.number}", left)
    return replace(
        waiting.done,
        stars=_counted(tables["subjects"], "star"),
        states=_counted(tables["subjects"], "state"),
        flags=_counted(tables["flags"], "state"),
        tasks=tasks.columns.statuses(),
        notes=Notes.of(tasks),
    )


def _bind(part: _Part) -> Done:
    """The tables of several rulebooks as one, in the order of the rulebooks."""
    for name in TABLES:
        paths = [part.file(name, book) for book in range(len(part.ground.settings))]
        write_table(bound(paths), part.file(name))
    return Done(part.number)


def _counted(table: pa.Table, name: str) -> Counter[int | str]:
    """How often each value stands in a column."""
    if name not in table.column_names:
        return Counter()
    return Counter(occurrences(one_array(table.column(name))))


_STEPS: dict[Step, Callable[[_Part], Done]] = {
    "tell": _tell,
    "whole": _whole,
    "score": _score,
    "finish": _finish,
    "bind": _bind,
}
