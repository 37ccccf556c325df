"""Spark with two workers against a pool of two processes, both started and warm: wall time.

`python -m benchmarks.cluster FOLDER ROUNDS` reviews the same data with each in turn, after one
round that is not counted, and demands equal bytes.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from starrating.batch import run_batch
from starrating.batch.runners import Pool, Runner
from starrating.batch.spark import Spark
from starrating.batch.work import Task
from starrating.reviewing import Request

RULES = Path(__file__).parent / "rules"
WORKERS = 2


class Started(Runner):
    """A runner that was started before and is not ended after a batch."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def __exit__(self, *_: object) -> None:
        """Others will use it again."""

    def run(self, task: Task, numbers: Sequence[int]) -> Iterator[int]:
        """As the runner does."""
        return self._runner.run(task, numbers)


def main(data: Path, rounds: int) -> dict[str, Any]:
    """The medians of both, and their ratio."""
    taken: dict[str, list[float]] = {"pool": [], "spark": []}
    with tempfile.TemporaryDirectory() as folder, Pool(WORKERS) as pool:
        begun = time.perf_counter()
        with Spark(workers=WORKERS) as spark:
            start = time.perf_counter() - begun
            for number in range(rounds + 1):
                for name, runner in (("pool", pool), ("spark", spark)):
                    seconds = _once(data, Path(folder) / name, Started(runner))
                    taken[name] += [seconds] if number else []
            _same_bytes(Path(folder) / "pool", Path(folder) / "spark")
    pool_time, spark_time = (statistics.median(each) for each in taken.values())
    spread = "; ".join(f"{k} {min(v):.1f}–{max(v):.1f}" for k, v in taken.items())
    told = (
        f"{spark_time:.1f} s and {pool_time:.1f} s ({spread}); bytes equal; "
        f"Spark's start {start:.1f} s"
    )
    return {"figure": spark_time / pool_time, "told": told}


def _once(data: Path, out: Path, runner: Runner) -> float:
    begun = time.perf_counter()
    found = run_batch(Request(data, RULES), out, runner=runner)
    if found.exit_code:
        raise SystemExit(str(found.faults))
    return time.perf_counter() - begun


def _same_bytes(one: Path, two: Path) -> None:
    for path in sorted(one.rglob("*.parquet")):
        if (two / path.relative_to(one)).read_bytes() != path.read_bytes():
            raise SystemExit(f"{path} differs")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
