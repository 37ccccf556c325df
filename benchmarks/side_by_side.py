"""Peers beside starrating: whole processes in turn, answers compared before any time is printed."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.lines import Line, of_runs
from benchmarks.measure import Runs, run
from benchmarks.peers import PEERS
from benchmarks.peers.table import Table, of_rulebook

RULEBOOK = Path(__file__).parent / "rules" / "sixty" / "2024.yaml"
Answers = dict[str, tuple[Decimal, frozenset[str]]]


WANTED = {"openfisca-core": 1, "zen-engine": 20}
"""Peer → how many times its CPU ours should be at least."""


def side_by_side(own: list[str], data: Path, asked: argparse.Namespace) -> Iterator[Line]:
    """A line for starrating, two for each peer; a peer whose answers differ ends the command."""
    table = of_rulebook(RULEBOOK)
    place = asked.work / "table.json"
    table.save(place)
    wanted = asked.peers or list(PEERS)
    there = [name for name in wanted if _installed(asked.peers_python, name)]
    commands = {
        name: [asked.peers_python, "-m", "benchmarks.peers", name,
               str(place), str(data), str(_answers(asked, name))]
        for name in there
    }  # fmt: skip
    ours, *theirs = run(own, *commands.values(), times=asked.times)
    alone = _alone(data)
    known = of_review(asked.work / "out", table)
    size = f"{len(known)} branches × {len(table.items)} items, {len(table.verdicts)} verdicts"
    yield of_runs("peers", f"starrating, {size}, findings and tasks written", ours)
    for name, runs in zip(commands, theirs, strict=True):
        told = json.loads(_answers(asked, name).with_suffix(".json").read_text("utf-8"))
        wrong = differ(known, of_peer(_answers(asked, name)), Decimal(told["limit"]))
        yield from _lines(name, runs, ours, told, alone, wrong)
    for name in (name for name in wanted if name not in there):
        sys.stderr.write(f"{name}: not installed in {asked.peers_python}\n")


def _lines(
    name: str, runs: Runs, ours: Runs, told: dict, alone: dict, wrong: int
) -> Iterator[Line]:
    trace = f"explains: {told['trace']}" if told["trace"] else "explains nothing"
    equal = "totals and verdicts equal"
    if wrong:
        equal = f"verdicts equal, {wrong} totals off by {told['limit']} at most"
    yield Line(
        "peers", f"{name} over starrating, whole processes, CPU", runs.work / ours.work, "×",
        WANTED.get(name), at_least=True, told=f"{runs.spread}; {equal}; {trace}",
    )  # fmt: skip
    yield Line(
        "peers", f"{name} over starrating, rules alone, CPU", told["grade"] / alone["grade"], "×",
        told=f"{told['grade']:.2f} s on counted figures, ours {alone['grade']:.2f} s with counting",
    )  # fmt: skip


def _answers(asked: argparse.Namespace, name: str) -> Path:
    return Path(asked.work) / f"answers-{name}.tsv"


def _installed(python: str, name: str) -> bool:
    code = f"from benchmarks.peers import peer; peer({name!r})"
    done = subprocess.run([python, "-c", code], capture_output=True, check=False)  # noqa: S603 - the Python the caller names
    return done.returncode == 0


def _alone(data: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.inside", "evaluated", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
    return dict(json.loads(done.stdout))


# --- answers --------------------------------------------------------------------------------------


def of_peer(path: Path) -> Answers:
    """What a peer wrote."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {code: (Decimal(total), frozenset(held.split())) for code, total, held in rows}


def of_review(out: Path, table: Table) -> Answers:
    """What a batch review wrote: totals, flags, and the star that a verdict without flag denies."""
    ids = {verdict.case: verdict.id for verdict in table.verdicts}
    (denies,) = (verdict.id for verdict in table.verdicts if verdict.case == verdict.id)
    held: dict[str, set[str]] = {}
    for row in pq.read_table(out / "flags", columns=["code", "case"]).to_pylist():
        held.setdefault(row["code"], set()).add(ids[row["case"]])
    found = {}
    for row in pq.read_table(out / "subjects", columns=["code", "total_low", "star"]).to_pylist():
        own = held.get(row["code"], set()) | (set() if row["star"] else {denies})
        found[row["code"]] = (row["total_low"], frozenset(own))
    return found


def differ(known: Answers, found: Answers, limit: Decimal) -> int:
    """How many totals differ by no more than the limit; anything else is an error."""
    if known.keys() != found.keys():
        raise SystemExit(f"other branches: {sorted(known.keys() ^ found.keys())[:3]}")
    for code, (total, held) in known.items():
        other, verdicts = found[code]
        if abs(other - total) > limit or verdicts != held:
            raise SystemExit(f"{code}: {total} {set(held)} here, {other} {set(verdicts)} there")
    return sum(total != found[code][0] for code, (total, _) in known.items())
