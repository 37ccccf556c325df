"""Runs one command again and again, killed at its n-th change of a file, for every n.

`writing` is the part of `review` that changes files, without computing the same results anew.

`python driver.py SCENARIO FOLDER [random SEED COUNT]`, with shim.c loaded before libc (not needed
for random kills, which come from outside at any time). Each run is a fork of this process, which
ran the command once itself: a run imports and builds nothing that the next one would again, and is
a few times as quick as a fresh interpreter. Prints one JSON document: how many kills there were, and what was found
wrong after any of them.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from starrating.archive.bundle import verify
from starrating.cli import run
from starrating.ledger import examine
from starrating.report.output import was_written, write_files
from tiny import CHECKS, tiny

NEWER = CHECKS.replace("0001,门牌破损,否", "0001,门牌破损,是")
TORN = (0, 1)


@dataclass(frozen=True)
class Scenario:
    """A command on a folder: what it does, how the folder begins, and what must hold."""

    act: Callable[[], int]
    prepare: Callable[[], None]
    after_kill: Callable[[], list[str]]
    after_rerun: Callable[[], list[str]]


def command(*words: str) -> Callable[[], int]:
    """The command as one does it."""
    return lambda: run(list(words))


def quiet(act: Callable[[], int]) -> int:
    """Do it; what is printed goes nowhere."""
    null, out, err = os.open(os.devnull, os.O_WRONLY), os.dup(1), os.dup(2)
    os.dup2(null, 1)
    os.dup2(null, 2)
    try:
        return act()
    finally:
        sys.stdout.flush()
        os.dup2(out, 1)
        os.dup2(err, 2)
        for each in (null, out, err):
            os.close(each)


def here(act: Callable[[], int]) -> None:
    """Do it in this process, so that later forks find loaded what it loads."""
    code = quiet(act)
    assert code == 0, code


def forked(act: Callable[[], int], arm: Callable[[], None] = lambda: None) -> int:
    """Do it in a fork; gives its pid."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            arm()
            code = quiet(act)
        finally:
            os._exit(code)
    return pid


def ended(pid: int) -> int:
    """The exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def files(folder: Path) -> dict[str, bytes]:
    """All visible files of a folder."""
    if not folder.is_dir():
        return {}
    return {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}


# --- scenarios ------------------------------------------------------------------------------------


def reviewing(top: Path, *, over: bool, whole: bool) -> Scenario:
    """`review` into a new folder, or over the results of an earlier one; whole, or its writing."""
    first = [*tiny(top / "first"), "--out"]
    then = [*tiny(top / "then", 检查记录=NEWER), "--out"]
    root = top / "root"
    here(command(*first, str(top / "old")))
    here(command(*then, str(top / "new")))
    old, new = files(top / "old"), files(top / "new")
    assert "review.zip" in old
    assert old != new

    def prepare() -> None:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        if over:
            shutil.copytree(top / "old", root / "out")

    def sound() -> list[str]:
        wrong = []
        for name, data in files(root / "out").items():
            if data not in (new[name], old[name] if over else new[name]):
                wrong.append(f"half: {name}")
        for path in root.rglob("*.zip"):
            data = path.read_bytes()
            if not verify(data) and data not in (old["review.zip"], new["review.zip"]):
                wrong.append(f"a half file verifies: {path}")
        return wrong

    def done() -> list[str]:
        left = [p.name for p in root.iterdir() if p.name != "out"]
        same = files(root / "out") == new
        return [*(f"left: {name}" for name in left), *([] if same else ["not the new results"])]

    def write() -> int:
        return 0 if was_written(write_files(root / "out", new)) else 2

    act = command(*then, str(root / "out")) if whole else write
    return Scenario(act, prepare, sound, done)


def adding(top: Path, *, over: bool) -> Scenario:
    """`archive add` into a new ledger, or into one that has an entry."""
    words = [*tiny(top / "first"), "--out", str(top / "one")]
    here(command(*words))
    words = [*tiny(top / "then", 检查记录=NEWER), "--stage", "复核", "--out", str(top / "two")]
    here(command(*words))
    root = top / "root"
    one, two = top / "one" / "review.zip", top / "two" / "review.zip"
    first = ["archive", "add", str(one), "--ledger"]
    then = ["archive", "add", str(two), "--ledger"]
    if over:
        here(command(*first, str(top / "base")))
        here(command(*first, str(top / "whole")))
    here(command(*then, str(top / "whole")))
    before = examine(top / "base").head if over else None
    after = examine(top / "whole").head

    def prepare() -> None:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        if over:
            shutil.copytree(top / "base", root / "ledger")

    def sound() -> list[str]:
        found = examine(root / "ledger")
        codes = [fault.code for fault in found.faults]
        if codes == ["A401"] and not over:
            return []
        heads = (before, after) if over else ("0" * 64, after)
        return codes or ([] if found.head in heads else ["another head"])

    def done() -> list[str]:
        found = examine(root / "ledger")
        names = sorted(p.name for p in (root / "ledger" / "archives").iterdir())
        wrong = [fault.code for fault in found.faults]
        wrong += [] if found.head == after else ["not the head of a run that was not killed"]
        return wrong + [f"left: {name}" for name in names if name.startswith(".")]

    return Scenario(command(*then, str(root / "ledger")), prepare, sound, done)


def reproducing(top: Path) -> Scenario:
    """`archive reproduce`: writes nothing but below the system's temporary folder."""
    here(command(*tiny(top / "first"), "--out", str(top / "out")))
    archive, root = top / "out" / "review.zip", top / "root"
    data = archive.read_bytes()

    def prepare() -> None:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        tempfile.tempdir = str(root)

    def same() -> list[str]:
        return [] if archive.read_bytes() == data else ["the archive was touched"]

    act = command("archive", "reproduce", str(archive), "--independent")
    return Scenario(act, prepare, same, same)


SCENARIOS: dict[str, Callable[[Path], Scenario]] = {
    "review": lambda top: reviewing(top, over=False, whole=True),
    "review-over": lambda top: reviewing(top, over=True, whole=True),
    "writing": lambda top: reviewing(top, over=False, whole=False),
    "writing-over": lambda top: reviewing(top, over=True, whole=False),
    "add": lambda top: adding(top, over=False),
    "add-over": lambda top: adding(top, over=True),
    "reproduce": reproducing,
}


# --- kills ----------------------------------------------------------------------------------------


def checked(scenario: Scenario, where: str) -> list[str]:
    """What is wrong after a kill, and after the next run."""
    wrong = scenario.after_kill()
    code = ended(forked(scenario.act))
    wrong += [] if code == 0 else [f"the next run ends with {code}"]
    wrong += scenario.after_rerun()
    return [f"{where}: {each}" for each in wrong]


def at_every_point(scenario: Scenario, root: str) -> tuple[int, list[str]]:
    """Kill before the n-th change, whole and torn, until a run ends by itself."""
    shim = ctypes.CDLL(None)
    kills, wrong = 0, []
    for torn in TORN:
        for n in range(10_000):
            scenario.prepare()
            arm = partial(shim.crash_arm, root.encode(), ctypes.c_long(n), torn)
            code = ended(forked(scenario.act, arm))
            if code != -signal.SIGKILL:
                wrong += [] if code == 0 else [f"unkilled run ends with {code}"]
                break
            kills += 1
            wrong += checked(scenario, f"{n}{' torn' * torn}")
    return kills, wrong


def at_random(scenario: Scenario, seed: int, count: int) -> tuple[int, list[str]]:
    """Kill after a random time, from outside."""
    chance = random.Random(seed)
    scenario.prepare()
    began = time.monotonic()
    ended(forked(scenario.act))
    longest = time.monotonic() - began
    kills, wrong = 0, []
    for _ in range(count):
        scenario.prepare()
        pid = forked(scenario.act)
        time.sleep(chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        kills += ended(pid) == -signal.SIGKILL
        wrong += checked(scenario, "random")
    return kills, wrong


def warmed(scenario: Scenario) -> Scenario:
    """The scenario, run once in this process, and what that left in memory out of the way of forks."""
    scenario.prepare()
    here(scenario.act)
    gc.collect()
    gc.freeze()
    return scenario


def main(name: str, folder: str, *more: str) -> None:
    """Run a scenario and print what came of it."""
    top = Path(folder).resolve()
    scenario = warmed(SCENARIOS[name](top))
    if more:
        kills, wrong = at_random(scenario, int(more[1]), int(more[2]))
    else:
        kills, wrong = at_every_point(scenario, f"{top / 'root'}/")
    sys.stdout.write(json.dumps({"kills": kills, "wrong": wrong}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
