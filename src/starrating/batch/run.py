"""A batch carried out part by part, in this process or in several, into one folder.

Each part is a whole review by itself, so what runs it changes no byte. All files appear together:
they are written beside the folder and moved into place once the last part is done.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import field
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from starrating.batch.codes import BATCH
from starrating.batch.ground import Ground, beyond_parts, ground_of, groupings, overlapping
from starrating.batch.outcome import findings_table, flags_table, subjects_table
from starrating.batch.parts import ReadPart, Unusable, read_part
from starrating.batch.source import Source, source_of
from starrating.engine.kernel.arrays import HELD, Overflow, Texts
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.plan import Unlowered
from starrating.faults import Fault, Level, in_order
from starrating.lean import dataclass
from starrating.origin import Origin
from starrating.reviewing import Outcome, Request

TABLES = ("subjects", "findings", "flags")
"""The folders of a batch's results, each with a Parquet file a part."""
MARK = ".starrating-batch"
"""The file by which a folder of ours is known."""
Progress = Callable[[int, int, int], None]
"""Told after each part: parts done, parts in all, organisations so far."""


@dataclass(frozen=True, slots=True)
class Done:
    """One part: counts for the summary, its groups by column, the faults met."""

    number: int
    subjects: int
    rated: int
    findings: int
    vectors: int
    stars: Counter[int | str]
    states: Counter[int | str]
    flags: Counter[int | str]
    groups: dict[str, list[str]]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Batch:
    """What a batch came to: sums over all parts, faults in order of the parts, the exit code."""

    ground: Ground | None
    parts: int = 0
    subjects: int = 0
    rated: int = 0
    findings: int = 0
    vectors: int = 0
    stars: Counter[int | str] = field(default_factory=Counter)
    states: Counter[int | str] = field(default_factory=Counter)
    flags: Counter[int | str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    exit_code: int = 0

    def add(self, done: Done) -> None:
        """Take in one part."""
        self.parts += 1
        self.subjects += done.subjects
        self.rated += done.rated
        self.findings += done.findings
        self.vectors += done.vectors
        self.stars += done.stars
        self.states += done.states
        self.flags += done.flags
        self.faults += done.faults

    @property
    def fatal(self) -> bool:
        """Whether nothing could be written."""
        return any(fault.level is Level.FATAL for fault in self.faults)


def run_batch(
    request: Request, out: Path, *, workers: int = 1, progress: Progress | None = None
) -> Batch:
    """Review a batch folder into `out`; nothing is written where a fault is fatal."""
    ground = ground_of(request)
    if isinstance(ground, Outcome):
        return Batch(None, faults=list(ground.faults), exit_code=ground.exit_code)
    batch = Batch(ground, faults=list(ground.faults))
    source, faults = source_of(request.data, ground.setting.schema)
    batch.faults += faults
    if source is not None and len(source.parts) > 1:
        alone = beyond_parts(ground.setting.book)
        batch.faults += [alone] if alone is not None else []
    if source is None or batch.fatal:
        batch.exit_code = 3
        return batch
    work = out.with_name(f".{out.name}-work")
    shutil.rmtree(work, ignore_errors=True)
    try:
        for table in TABLES:
            (work / table).mkdir(parents=True)
        _all(batch, request, source, work, (workers, progress))
        if not batch.fatal:
            _moved(work, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    batch.faults = list(in_order(batch.faults))
    batch.exit_code = 3 if batch.fatal else 0
    return batch


def _all(
    batch: Batch,
    request: Request,
    source: Source,
    work: Path,
    how: tuple[int, Progress | None],
) -> None:
    workers, progress = how
    assert batch.ground is not None
    found: dict[int, Done] = {}
    size = 0
    for done in _parts(request, source, work, workers):
        found[done.number] = done
        size += done.subjects
        if progress is not None:
            progress(len(found), len(source.parts), size)
    seen: dict[tuple[str, str], str] = {}
    book = batch.ground.setting.book
    for number in sorted(found):
        batch.add(found[number])
        batch.faults += overlapping(book, source.parts[number], seen, found[number].groups)


def _parts(request: Request, source: Source, work: Path, workers: int) -> Iterator[Done]:
    """Every part, in the order in which they are done."""
    numbers = range(len(source.parts))
    if workers <= 1 or len(numbers) == 1:
        for number in numbers:
            yield one_part(request, number, work)
        return
    with ProcessPoolExecutor(min(workers, len(numbers)), get_context("spawn")) as pool:
        jobs: list[Future[Done]] = [pool.submit(one_part, request, n, work) for n in numbers]
        try:
            for job in as_completed(jobs):
                yield job.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@lru_cache(maxsize=1)
def _prepared(request: Request) -> tuple[Ground, Source]:
    """Rules and parts, read once a process."""
    ground = ground_of(request)
    assert isinstance(ground, Ground)
    source, _ = source_of(request.data, ground.setting.schema)
    assert source is not None
    return ground, source


def one_part(request: Request, number: int, work: Path) -> Done:
    """Review one part and write its tables into the working folder."""
    ground, source = _prepared(request)
    try:
        read = read_part(source, number, ground.setting)
        columns = review_columns(ground.setting, prefer=request.judge, part=read.part)
    except Unusable as error:
        return _nothing(number, error.faults)
    except Overflow as error:
        return _nothing(number, (BATCH.fault("E302", Origin(ground.path), place=str(error)),))
    except Unlowered as error:
        return _nothing(number, (BATCH.fault("E301", error.what.origin, what=error.what.word),))
    names = dict(zip(read.part.codes, read.names, strict=True))
    tables = {
        "subjects": subjects_table(columns, [names[code] for code in columns.codes]),
        "findings": findings_table(columns),
        "flags": flags_table(columns),
    }
    for name, table in tables.items():
        path = work / name / f"{source.parts[number]}.parquet"
        # Least and greatest texts of a column would cost more than writing it.
        numbers = [each.name for each in table.schema if pa.types.is_primitive(each.type)]
        pq.write_table(
            table,
            path,
            compression="zstd",
            compression_level=1,
            store_decimal_as_integer=True,
            write_statistics=numbers,
        )
    subjects = tables["subjects"]
    return Done(
        number,
        subjects.num_rows,
        int(columns.scores.rated.sum()),
        tables["findings"].num_rows,
        columns.vectors,
        _counted(subjects, "star"),
        _counted(subjects, "state"),
        _counted(tables["flags"], "state"),
        _groups(read, ground),
        tuple(read.faults),
    )


def _nothing(number: int, faults: tuple[Fault, ...]) -> Done:
    return Done(number, 0, 0, 0, 0, Counter(), Counter(), Counter(), {}, faults)


def _counted(table: pa.Table, name: str) -> Counter[int | str]:
    """How often each value stands in a column."""
    found: Counter[int | str] = Counter()
    if name not in table.column_names:
        return found
    for entry in table.column(name).value_counts().to_pylist():
        if entry["values"] is not None:
            found[entry["values"]] = entry["counts"]
    return found


def _groups(read: ReadPart, ground: Ground) -> dict[str, list[str]]:
    """The groups of the part, by the column that groups."""
    found: dict[str, list[str]] = {}
    for _, among in groupings(ground.setting.book):
        if among is None or among in found:
            continue
        value = read.part.organisations.value(among)
        if isinstance(value, Texts):
            held = value.codes if value.state is None else value.codes[value.state == HELD]
            found[among] = sorted(value.vocabulary[int(code)] for code in np.unique(held))
    return found


def _moved(work: Path, out: Path) -> None:
    """Put the finished folder in its place; one of ours that was there before goes away."""
    (work / MARK).write_text("starrating\n", "utf-8")
    old = out.with_name(f".{out.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)
