"""Every row of the performance table, measured in one run: `python -m benchmarks [options]`."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.county import county
from benchmarks.generate import generate
from benchmarks.measure import Runs, run
from benchmarks.past import past

ROOT = Path(__file__).parent.parent
RULES = ROOT / "benchmarks" / "rules"
PY = sys.executable


def review(data: Path, out: Path, workers: int) -> list[str]:
    """A batch review as a command."""
    return [
        PY, "-m", "starrating", "review", str(data), "--rules", str(RULES),
        "--workers", str(workers), "--out", str(out),
    ]  # fmt: skip


def main() -> None:
    """Make the data, measure, print a line for each row as soon as it is known."""
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument(
        "--work", type=Path, default=Path("benchmark-data"), help="where data are made"
    )
    parse.add_argument("--branches", type=int, default=100_000)
    parse.add_argument("--part", type=int, default=12_500)
    parse.add_argument("--times", type=int, default=5)
    parse.add_argument("--country", action="store_true", help="5.25 million branches as well")
    parse.add_argument("--spark", action="store_true", help="Spark as well (needs Java)")
    parse.add_argument(
        "--only",
        nargs="*",
        help="rows to measure: batch growth judge town county reading changed impact start peers",
    )
    parse.add_argument("--peers", nargs="*", help="peers to run, by name; all by default")
    parse.add_argument("--peers-branches", type=int, default=10_000)
    parse.add_argument(
        "--peers-python",
        default=PY,
        help="the Python of an environment with the peers (constraints-peers.txt)",
    )
    asked = parse.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    for name, row in ROWS.items():
        if not asked.only or name in asked.only:
            for line in row(asked):
                sys.stdout.write(f"{name}: {line}\n")
                sys.stdout.flush()


def _data(asked: argparse.Namespace, branches: int) -> Path:
    folder = asked.work / f"batch-{branches}-{asked.part}"
    if not (folder / "plan.yaml").exists():
        generate(folder, branches, asked.part)
    return folder


def batch(asked: argparse.Namespace) -> Iterator[str]:
    """A batch against the bare GROUP BY of its meetings, both in two processes."""
    data = _data(asked, asked.branches)
    ours = review(data, asked.work / "out", 2)
    if importlib.util.find_spec("duckdb") is None:
        (own,) = run(ours, times=asked.times)
        yield f"{asked.branches} branches {own}; duckdb is not installed, no floor"
        return
    floor = [PY, "-m", "benchmarks.floor", str(data), "2"]
    own, bare = run(ours, floor, times=asked.times)
    yield f"{asked.branches} branches, findings written: {own}"
    yield f"the bare GROUP BY: {bare}"
    yield f"ratio {own.work / bare.work:.1f} of CPU, {own.middle / bare.middle:.1f} of wall (reach 2.0)"
    if asked.country:
        (whole,) = run(review(_data(asked, 5_250_000), asked.work / "out", 2), times=1)
        yield f"the country, 5250000 branches: {whole} (reach 60 s, 1500 MB)"


def spark(asked: argparse.Namespace) -> Iterator[str]:
    """Spark against the pool, where it is asked for."""
    if asked.spark:
        data = _data(asked, asked.branches)
        yield f"{asked.branches} branches: " + _module("cluster", str(data), str(asked.times))


def growth(asked: argparse.Namespace) -> Iterator[str]:
    """Ten times the branches."""
    small = _data(asked, asked.branches // 10)
    large = _data(asked, asked.branches)
    one, ten = run(
        review(small, asked.work / "out", 1), review(large, asked.work / "out", 1), times=3
    )
    yield f"time({asked.branches}) / time({asked.branches // 10}) = {ten.work / one.work:.1f} of CPU (reach 11), memory {one.memory:.0f} and {ten.memory:.0f} MB"


def judge(asked: argparse.Namespace) -> Iterator[str]:
    """The judge's share."""
    yield _inside("judge", str(_data(asked, asked.branches))) + " (reach 10 %)"


def town(asked: argparse.Namespace) -> Iterator[str]:
    """The README's first command."""
    command = [PY, "-m", "starrating", "review", str(ROOT / "fixtures" / "town-2023"), "--rules", str(ROOT / "rules"), "--out", str(asked.work / "town")]  # fmt: skip
    (own,) = run(command, times=asked.times)
    yield f"{own} (reach 1.5 s, 250 MB)"


def _county(asked: argparse.Namespace, branches: int) -> Path:
    folder = asked.work / f"county-{branches}"
    if not (folder / "plan.yaml").exists():
        county(folder, branches)
    return folder


def county_row(asked: argparse.Namespace) -> Iterator[str]:
    """A county workbook: 6,000 branches, about 360,000 meetings."""
    data = _county(asked, 6_000)
    command = [PY, "-m", "starrating", "check", str(data), "--rules", str(RULES)]
    (own,) = run(command, times=1)
    yield f"6000 branches, workbook in, checked: {own} (reach 60 s whole process)"


def reading(asked: argparse.Namespace) -> Iterator[str]:
    """Rows a second out of a workbook."""
    yield _inside("reading", str(_county(asked, 1_200))) + " (reach 40000 rows/s)"


def changed(asked: argparse.Namespace) -> Iterator[str]:
    """One changed row of one organisation."""
    del asked
    yield _inside("changed", "20") + " (reach 20 ms)"


def impact(asked: argparse.Namespace) -> Iterator[str]:
    """A change of rules on a past review of 1,000 organisations."""
    folder, out = asked.work / "past-40", asked.work / "past-out"
    rules = str(ROOT / "rules")
    if not (out / "review.zip").exists():
        past(folder, 40)
        run([PY, "-m", "starrating", "review", str(folder), "--rules", rules, "--out", str(out)], times=1)  # fmt: skip
    yield _inside("impact", str(out / "review.zip")) + " (reach 2 s of work)"
    command = [PY, "-m", "starrating", "rules", "impact", "town-village@2023", "town-village@2024", "--rules", rules, "--on", str(out / "review.zip"), "--out", str(asked.work / "impact.xlsx")]  # fmt: skip
    (own,) = run(command, times=asked.times)
    yield f"rules impact, whole process with the workbook: {own}"


def start(asked: argparse.Namespace) -> Iterator[str]:
    """Import and help."""
    bare, imported, helped = run(
        [PY, "-c", "pass"],
        [PY, "-c", "import starrating"],
        [PY, "-m", "starrating", "--help"],
        times=asked.times,
    )
    yield f"import starrating {imported.middle - bare.middle:.2f} s over a bare Python (reach 0.3)"
    yield f"starrating --help {helped} (reach 0.5 s)"


def peers(asked: argparse.Namespace) -> Iterator[str]:
    """Other tools on the same input with the same answers, loading included; all of them printed."""
    from benchmarks.side_by_side import side_by_side

    data = _data(asked, asked.peers_branches)
    own = review(data, asked.work / "out", 1)
    yield from side_by_side(own, data, asked)


def _inside(*args: str) -> str:
    return _module("inside", *args)


def _module(name: str, *args: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own module
        [PY, "-m", f"benchmarks.{name}", *args], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


ROWS = {
    "start": start,
    "town": town,
    "reading": reading,
    "changed": changed,
    "impact": impact,
    "peers": peers,
    "judge": judge,
    "growth": growth,
    "batch": batch,
    "spark": spark,
    "county": county_row,
}
__all__ = ["Runs", "main"]

if __name__ == "__main__":
    main()
