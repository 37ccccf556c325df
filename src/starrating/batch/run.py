"""A batch carried out part by part, by whatever runner, into one folder."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from starrating.batch.codes import BATCH
from starrating.batch.counts import Counts
from starrating.batch.crossing import Crossing, crossing_of
from starrating.batch.ground import Ground
from starrating.batch.opening import ground_of
from starrating.batch.place import NoPlace, taken
from starrating.batch.reduce import compare_measures, settle_stars
from starrating.batch.runners import NoRunner, Runner, processes
from starrating.batch.shelf import Shelf
from starrating.batch.source import Source, organisations, source_of
from starrating.batch.steps import GROUND, OTHERS, SHELF, TABLES, Done, Step, Task, shelf_of
from starrating.batch.table import Unusable
from starrating.batch.tasks import task_faults
from starrating.batch.turns import reads_results, united
from starrating.batch.work import prepare
from starrating.engine.kernel.arrays import Overflow
from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.progress import tell
from starrating.reviewing import Outcome, Request
from starrating.reviewing.codes import TWICE
from starrating.reviewing.request import DATA, DONE, USAGE


@dataclass(slots=True)
class Batch(Counts):
    """What a batch came to: counts over all parts, faults in order of the parts, the exit code."""

    ground: Ground | None
    parts: int = 0
    faults: list[Fault] = field(default_factory=list)
    exit_code: int = DONE

    def add(self, done: Done) -> None:
        """Take in one part under one rulebook."""
        self.count(done)
        self.faults += done.faults

    @property
    def fatal(self) -> bool:
        """Whether nothing could be written."""
        return any(fault.level is Level.FATAL for fault in self.faults)

    @property
    def ends_with(self) -> int:
        """The exit code that the faults ask for, as in an ordinary review: what is wrong with the
        data comes before what is unclear about the rulebooks."""
        fatal = {fault.code for fault in self.faults if fault.level is Level.FATAL}
        if not fatal:
            return DONE
        return USAGE if fatal == {TWICE} else DATA


def run_batch(
    request: Request,
    out: Path,
    *,
    workers: int = 1,
    runner: Runner | None = None,
) -> Batch:
    """Review a batch folder into `out`; nothing is written where a fault is fatal.

    The exit code is 2 where another run writes `out` or it holds files of others.
    `runner` carries the parts out; without one so many processes do.
    """
    ground = ground_of(request)
    if isinstance(ground, Outcome):
        return Batch(None, faults=list(ground.faults), exit_code=ground.exit_code)
    batch = Batch(ground, faults=list(ground.faults))
    source, faults = source_of(request.data, ground.setting.schema)
    batch.faults += faults
    if source is None or batch.fatal:
        batch.exit_code = DATA
        return batch
    batch.parts = len(source.parts)
    name = secrets.token_hex(8)
    prepare(name, ground, source)
    try:
        with taken(out) as place:
            _folders(place.work, len(ground.settings))
            Shelf(place.work / SHELF).put(GROUND, (ground, source))
            with runner or processes(workers, len(source.parts)) as own:
                _Steps(batch, source, own, Task(name, request, place.work, "whole")).all(ground)
            if not batch.fatal:
                shutil.rmtree(place.work / SHELF, ignore_errors=True)
                place.publish()
    except (NoRunner, NoPlace) as error:
        return Batch(ground, faults=[*batch.faults, error.fault], exit_code=USAGE)
    batch.faults = list(in_order(dict.fromkeys(batch.faults)))
    batch.exit_code = batch.ends_with
    return batch


def _folders(work: Path, books: int) -> None:
    """The folders of the results, and of what every rulebook leaves for later steps."""
    for table in TABLES:
        (work / table).mkdir()
        for book in range(books):
            (shelf_of(work, book).folder / table).mkdir(parents=True)


class _Steps:
    """The steps of one batch in their order, rulebook by rulebook; a fatal fault ends them.

    `first` is the step that every other one is made from.
    """

    def __init__(
        self,
        batch: Batch,
        source: Source,
        runner: Runner,
        first: Task,
    ) -> None:
        self.batch, self.source, self.runner, self.first = batch, source, runner, first
        self.sizes = organisations(source)
        self.passed = self.steps = 0

    def all(self, ground: Ground) -> None:
        """Find what crosses parts, then review them."""
        books = len(ground.settings)
        try:
            crossings = [crossing_of(self.source, each) for each in ground.settings]
            self.steps = sum(map(_steps, crossings)) + (books > 1)
            notes = []
            for book, crossing in enumerate(crossings):
                done = self._reviewed(book, crossing, ground)
                if self.batch.fatal:
                    return
                notes.append([each.notes for each in done])
            self.batch.faults += task_faults(ground.settings, notes)
            if books > 1:
                self._step(replace(self.first, step="bind", book=books - 1))
        except Unusable as error:
            self.batch.faults += error.faults
        except Overflow as error:
            fault = BATCH.fault("E302", Origin(ground.chosen[0].path), place=str(error))
            self.batch.faults.append(fault)

    def _reviewed(self, book: int, crossing: Crossing, ground: Ground) -> list[Done]:
        """All parts under one rulebook; the last step of each."""
        parts, setting = len(self.source.parts), ground.settings[book]
        shelf, prefer = shelf_of(self.first.work, book), self.first.request.judge
        if book and reads_results(setting.book):
            before = shelf_of(self.first.work, book - 1)
            others = united(before.take(f"left-{number}") for number in range(parts))
            shelf.put(OTHERS, others)
            setting = replace(setting, others=others)
        for names in crossing.measures:
            told = self._step(replace(self.first, step="tell", book=book, tells=names))
            if self._failed(told):
                return told
            compare_measures(shelf, parts, names, setting)
        step: Step = "score" if crossing.stars else "whole"
        done = self._step(replace(self.first, step=step, book=book))
        if crossing.stars:
            if self._failed(done):
                return done
            settle_stars(shelf, parts, setting, later=crossing.later, prefer=prefer)
            done = self._step(replace(self.first, step="finish", book=book))
        for each in done:
            self.batch.add(each)
        return done

    def _step(self, task: Task) -> list[Done]:
        """One step on all parts, in order of the parts."""
        parts = len(self.source.parts)
        for number in self.runner.run(task, range(parts)):
            self.passed += self.sizes[number]
            tell("评定", self.passed, self.steps * sum(self.sizes), "个党组织")
        return [task.shelf.take(task.done(number)) for number in range(parts)]

    def _failed(self, done: list[Done]) -> bool:
        faults = [fault for each in done for fault in each.faults]
        if any(fault.level is Level.FATAL for fault in faults):
            self.batch.faults += faults
        return self.batch.fatal


def _steps(crossing: Crossing) -> int:
    """How many steps every part goes through."""
    return len(crossing.measures) + (2 if crossing.stars else 1)
