"""Whole processes, measured: wall time, CPU time of it and its children, the most memory at once."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Runs:
    """Several runs of one command; seconds and MB."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    memory: float

    @property
    def middle(self) -> float:
        """The median wall time."""
        return statistics.median(self.wall)

    @property
    def work(self) -> float:
        """The median CPU time, which other work on the machine disturbs less."""
        return statistics.median(self.cpu)

    @property
    def spread(self) -> str:
        """Least and most wall time, CPU time and memory."""
        wall = f"{min(self.wall):.2f}–{max(self.wall):.2f} s"
        return f"{wall}, CPU {self.work:.2f} s, {self.memory:.0f} MB"


def run(*commands: Sequence[str], times: int) -> list[Runs]:
    """Run the commands in turn, `times` rounds, so that a busy machine disturbs all alike."""
    found: list[list[tuple[float, float, float]]] = [[] for _ in commands]
    for _ in range(times):
        for own, command in zip(found, commands, strict=True):
            own.append(_once(command))
    return [
        Runs(tuple(one[0] for one in own), tuple(one[1] for one in own), max(one[2] for one in own))
        for own in found
    ]


def _environment() -> dict[str, str]:
    """As an installed program runs: compiled files are kept, here in a folder of ours."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "starrating-pycache")}


def _once(command: Sequence[str]) -> tuple[float, float, float]:
    """One run in a child of its own, so that its children are counted with it."""
    code = (
        "import resource,subprocess,sys,time\n"
        "t=time.perf_counter()\n"
        "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE)\n"
        "if code.returncode: sys.exit(code.stderr.decode()[-2000:])\n"
        "r=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(time.perf_counter()-t,r.ru_utime+r.ru_stime,r.ru_maxrss/1024)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-c", code, *command],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    wall, cpu, memory = map(float, done.stdout.split())
    return wall, cpu, memory
