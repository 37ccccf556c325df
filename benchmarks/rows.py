"""The rows of the performance table: each makes its data, measures, and yields its lines."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.county import county
from benchmarks.generate import generate
from benchmarks.lines import Line, of_runs
from benchmarks.measure import run
from benchmarks.past import past
from benchmarks.side_by_side import side_by_side

ROOT = Path(__file__).parent.parent
RULES = ROOT / "benchmarks" / "rules"
PY = sys.executable
COUNTRY = 5_250_000
Row = Callable[[argparse.Namespace], Iterator[Line]]


def start(asked: argparse.Namespace) -> Iterator[Line]:
    """Import and help."""
    bare, imported, helped = run(
        [PY, "-c", "pass"],
        [PY, "-c", "import starrating"],
        [PY, "-m", "starrating", "--help"],
        times=asked.times,
    )
    over = max(imported.middle - bare.middle, 0.0)
    yield Line(
        "start", "import starrating, over a bare Python", over, "s", 0.3, told=imported.spread
    )
    yield of_runs("start", "starrating --help", helped, 0.5)


def town(asked: argparse.Namespace) -> Iterator[Line]:
    """Towns: the README's first command, and forty generated branches in a workbook."""
    readme = _review(ROOT / "fixtures" / "town-2023", ROOT / "rules", asked.work / "town")
    forty = _review(_workbook(asked, 40), RULES, asked.work / "forty")
    for what, runs in zip(
        ("the README's first command, 25 branches", "40 generated branches"),
        run(readme, forty, times=asked.times),
        strict=True,
    ):
        yield of_runs("town", f"{what}, workbook in, all files out", runs, 1.5)
        yield Line("town", f"{what}, memory", runs.memory, "MB", 250)


def county_row(asked: argparse.Namespace) -> Iterator[Line]:
    """A county workbook: 6,000 branches, about 360,000 meetings; checked, and reviewed."""
    data = _workbook(asked, 6_000)
    checked = [PY, "-m", "starrating", "check", str(data), "--rules", str(RULES)]
    reviewed = _review(data, RULES, asked.work / "county-out")
    for what, command in (("checked", checked), ("reviewed, all files out", reviewed)):
        (own,) = run(command, times=1)
        yield of_runs("county", f"a workbook of 6,000 branches, {what}", own, 60)


def reading(asked: argparse.Namespace) -> Iterator[Line]:
    """Rows a second out of a workbook."""
    found = _inside("reading", str(_workbook(asked, 1_200)), str(asked.times))
    what = f"reading {found['rows']} rows of a workbook"
    yield Line(
        "reading", what, found["figure"], "rows/s", 40_000, at_least=True, told=found["told"]
    )


def changed(asked: argparse.Namespace) -> Iterator[Line]:
    """One changed row of one organisation."""
    del asked
    for name, found in _inside("changed", "20").items():
        what = f"one changed row, one organisation, in memory, by the {name}"
        yield Line("changed", what, found["figure"], "ms", 20, told=found["told"])


def impact(asked: argparse.Namespace) -> Iterator[Line]:
    """A change of rules on a past review of 1,000 organisations."""
    folder, out = asked.work / "past-40", asked.work / "past-out"
    rules = ROOT / "rules"
    if not (out / "review.zip").exists():
        past(folder, 40)
        run(_review(folder, rules, out), times=1)
    found = _inside("impact", str(out / "review.zip"))
    what = "rules impact on 1,000 organisations, both reviews and all parts"
    yield Line("impact", what, found["figure"], "s", 2, told=found["told"])
    command = [
        PY, "-m", "starrating", "rules", "impact", "town-village@2023", "town-village@2024",
        "--rules", str(rules), "--on", str(out / "review.zip"),
        "--out", str(asked.work / "impact.xlsx"),
    ]  # fmt: skip
    (own,) = run(command, times=asked.times)
    yield of_runs("impact", "rules impact, whole process with the workbook", own)


def peers(asked: argparse.Namespace) -> Iterator[Line]:
    """Other tools on the same input with the same answers, loading included; all of them printed."""
    data = _batch(asked, asked.peers_branches)
    yield from side_by_side(_review(data, RULES, asked.work / "out", workers=1), data, asked)


def judge(asked: argparse.Namespace) -> Iterator[Line]:
    """The judge's share of a batch."""
    found = _inside("judge", str(_batch(asked, asked.branches)))
    what = f"the judge's share of {asked.branches} branches"
    yield Line("judge", what, found["figure"], "%", 10, told=found["told"])


def growth(asked: argparse.Namespace) -> Iterator[Line]:
    """Ten times the branches."""
    commands = (
        _review(_batch(asked, size), RULES, asked.work / "out", workers=1)
        for size in (asked.branches // 10, asked.branches)
    )
    one, ten = run(*commands, times=asked.times)
    what = f"time of {asked.branches} branches over that of {asked.branches // 10}"
    told = f"CPU {ten.work:.2f} s and {one.work:.2f} s; {ten.memory:.0f} MB and {one.memory:.0f} MB"
    yield Line("growth", what, ten.work / one.work, "×", 11, told=told)


def answers(asked: argparse.Namespace) -> Iterator[Line]:
    """A sample of the batch by the reference evaluator: totals, stars, states, findings."""
    data, out = _batch(asked, asked.branches), asked.work / "out"
    run(_review(data, RULES, out, workers=2), times=1)
    found = json.loads(_module("answers", str(data), str(out)))
    what = f"sampled branches of {asked.branches} with the answers of the reference evaluator"
    yield Line(
        "answers", what, found["equal"], "branches", 1_000, at_least=True, told=found["told"]
    )
    what = f"findings a branch of {asked.branches}"
    yield Line("answers", what, found["findings"], "rows", 12, at_least=True)


def batch(asked: argparse.Namespace) -> Iterator[Line]:
    """A batch against the bare GROUP BY of its meetings, both in two processes."""
    data = _batch(asked, asked.branches)
    floor = [PY, "-m", "benchmarks.floor", str(data), "2"]
    own, bare = run(_review(data, RULES, asked.work / "out", workers=2), floor, times=asked.times)
    yield of_runs(
        "batch", f"{asked.branches} branches, findings and tasks written, two processes", own
    )
    yield of_runs("batch", "the bare GROUP BY of their meetings, two processes", bare)
    told = f"of wall time {own.middle / bare.middle:.1f}"
    yield Line("batch", "ratio of the two, CPU time", own.work / bare.work, "×", 2, told=told)


def country(asked: argparse.Namespace) -> Iterator[Line]:
    """All branches of a country, where it is asked for."""
    if asked.country:
        data = _batch(asked, COUNTRY)
        (own,) = run(_review(data, RULES, asked.work / "out", workers=2), times=1)
        yield of_runs("country", f"{COUNTRY} branches, two processes", own, 60)
        yield Line("country", "memory of a process", own.memory, "MB", 1_500)


def spark(asked: argparse.Namespace) -> Iterator[Line]:
    """Spark against the pool, where it is asked for."""
    if asked.spark:
        found = json.loads(_module("cluster", str(_batch(asked, asked.branches)), str(asked.times)))
        what = (
            f"Spark local[2] over a pool of two, {asked.branches} branches, wall time after start"
        )
        yield Line("spark", what, found["figure"], "×", 2, told=found["told"])


ROWS: dict[str, Row] = {
    "start": start,
    "town": town,
    "county": county_row,
    "reading": reading,
    "changed": changed,
    "impact": impact,
    "peers": peers,
    "judge": judge,
    "growth": growth,
    "answers": answers,
    "batch": batch,
    "country": country,
    "spark": spark,
}


def _review(data: Path, rules: Path, out: Path, workers: int | None = None) -> list[str]:
    command = [
        PY,
        "-m",
        "starrating",
        "review",
        str(data),
        "--rules",
        str(rules),
        "--out",
        str(out),
    ]
    return command if workers is None else [*command, "--workers", str(workers)]


def _batch(asked: argparse.Namespace, branches: int) -> Path:
    folder = Path(asked.work) / f"batch-{branches}-{asked.part}"
    if not (folder / "plan.yaml").exists():
        generate(folder, branches, asked.part)
    return folder


def _workbook(asked: argparse.Namespace, branches: int) -> Path:
    folder = Path(asked.work) / f"county-{branches}"
    if not (folder / "plan.yaml").exists():
        county(folder, branches)
    return folder


def _inside(*args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_module("inside", *args))
    return found


def _module(name: str, *args: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own module
        [PY, "-m", f"benchmarks.{name}", *args], capture_output=True, text=True, check=True
    )
    return done.stdout
