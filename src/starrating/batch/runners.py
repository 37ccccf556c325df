"""Who carries out a step on all parts: this process, or several. Which one changes no byte."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from multiprocessing import active_children, get_context
from typing import Protocol, Self

from starrating.batch.steps import Task
from starrating.batch.work import do
from starrating.faults import Fault


class NoRunner(Exception):
    """Who was asked to carry out a batch can not; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Runner(AbstractContextManager["Runner"], Protocol):
    """Carries out steps on parts; entered before the first, left after the last."""

    def run(self, task: Task, numbers: Sequence[int]) -> Iterator[int]:
        """Do a step on these parts; gives each number when it is done, in any order."""


class InProcess(Runner):
    """One part after the other, here."""

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""

    def run(self, task: Task, numbers: Sequence[int]) -> Iterator[int]:
        """Do a step on these parts in turn."""
        for number in numbers:
            do(task, number)
            yield number


class Pool(Runner):
    """Several processes, this one and others that are spawned once for all steps."""

    def __init__(self, workers: int) -> None:
        """Use so many processes, two at least."""
        self._workers = workers

    def __enter__(self) -> Self:
        self._before = set(active_children())
        self._pool = ProcessPoolExecutor(self._workers - 1, get_context("spawn"), _deaf)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for own in set(active_children()) - self._before:
                own.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, task: Task, numbers: Sequence[int]) -> Iterator[int]:
        """Do a step on these parts, several at once: the last one here, and after it from the
        end whatever nobody has begun."""
        *others, last = numbers
        jobs = {self._pool.submit(do, task, number): number for number in others}
        do(task, last)
        yield last
        for job, number in reversed(jobs.items()):
            if not job.cancel():
                break
            do(task, number)
            yield number
        for job in as_completed(job for job in jobs if not job.cancelled()):
            job.result()
            yield jobs[job]


def _deaf() -> None:
    """Leave an interrupt to the process that started this one: it ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def processes(workers: int, parts: int) -> Runner:
    """The runner for so many processes and parts."""
    count = min(workers, parts)
    return InProcess() if count == 1 else Pool(count)
