"""Spark carries out the same steps: the same bytes as in this process, and nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from batch.made import batch, rules
from batch.test_reduce import OVER_EVERYTHING, drawn, home
from listening import LISTENING
from starrating.batch import run_batch
from starrating.batch.runners import NoRunner
from starrating.batch.spark import Spark
from starrating.reviewing import Request

ROOT = Path(__file__).parents[2]
HAS_SPARK = find_spec("pyspark") is not None and shutil.which("java") is not None
on_spark = [
    pytest.mark.slow,
    pytest.mark.spark,
    pytest.mark.skipif(not HAS_SPARK, reason="pyspark or Java is missing"),
]


def bytes_of(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


MAIN = """
from starrating.cli import main
main()
"""


SLOWLY = """
import time
from starrating.batch import spark
usual = spark.do
def slow(*given):
    time.sleep(60)
    return usual(*given)
spark.do = slow
"""
"""Each part takes Spark a minute."""


def command(*words, before=""):
    return [sys.executable, "-c", f"{LISTENING}{before}{MAIN}", *map(str, words)]


def environment(folder):
    return {**os.environ, "TMPDIR": str(folder), "PYTHONUTF8": "1"}


class TestOnSpark:
    pytestmark = on_spark

    def test_same_bytes_as_in_process_and_pool(self, tmp_path):
        """Groups over everything, four arbitrary parts: one process, two, and Spark with two."""
        book = rules(tmp_path, OVER_EVERYTHING)
        data = batch(tmp_path, drawn(5), 4, home=home(5, 4))
        temporary = tmp_path / "tmp"
        temporary.mkdir()
        for name, more in (
            ("one", ()),
            ("two", ("--workers", "2")),
            ("spark", ("--workers", "2", "--on", "spark")),
        ):
            words = ("review", data, "--rules", book, "--out", tmp_path / name, *more)
            done = subprocess.run(
                command(*words), capture_output=True, text=True, env=environment(temporary),
                check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            progress = ("正在评定", "评定 [")
            noise = [line for line in done.stderr.splitlines() if not line.startswith(progress)]
            assert noise == []
        one = bytes_of(tmp_path / "one")
        assert bytes_of(tmp_path / "two") == one
        assert bytes_of(tmp_path / "spark") == one
        assert list(temporary.iterdir()) == []

    def test_any_split_gives_the_same_stars(self, tmp_path):
        """A session of the caller's serves, and is left running; two parts and five agree."""
        from batch.test_run import tables

        book, sheets = rules(tmp_path, OVER_EVERYTHING), drawn(6)
        found = []
        with Spark(workers=2) as own:
            for parts in (2, 5):
                data = batch(tmp_path, sheets, parts, home=home(parts, parts))
                out = tmp_path / f"out-{parts}"
                ours = Spark(own._session)
                assert run_batch(Request(data, book), out, runner=ours).exit_code == 0
                found.append(tables(out))
        assert found[0] == found[1]

    def test_interrupting_leaves_nothing(self, tmp_path):
        """SIGINT while Spark works: exit code 130, no results, no working folder, no Java."""
        book = rules(tmp_path, OVER_EVERYTHING)
        data = batch(tmp_path, drawn(5), 4, home=home(5, 4))
        temporary = tmp_path / "tmp"
        temporary.mkdir()
        words = ("review", data, "--rules", book, "--out", tmp_path / "out", "--on", "spark")
        running = subprocess.Popen(
            command(*words, before=SLOWLY), stderr=subprocess.PIPE, text=True,
            env=environment(temporary),
        )  # fmt: skip
        for _ in range(3000):
            if (tmp_path / ".out-work").exists():
                break
            time.sleep(0.1)
        time.sleep(3)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=300)
        assert running.returncode == 130
        assert "已中断" in told
        assert "Traceback" not in told
        assert list(tmp_path.glob("*out*")) == []
        assert list(temporary.iterdir()) == []
        commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
        assert not any(str(temporary).encode() in each for each in commands)


def test_without_java_a_fault_says_so(tmp_path, monkeypatch):
    """E303, exit code 2, nothing written."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    book = rules(tmp_path)
    data = batch(tmp_path, drawn(5), 2, home=home(5, 2))
    found = run_batch(Request(data, book), tmp_path / "out", runner=Spark())
    assert ([fault.code for fault in found.faults], found.exit_code) == (["E303"], 2)
    assert list(tmp_path.glob("*out*")) == []


def test_without_pyspark_a_fault_says_so(tmp_path, monkeypatch):
    """E304 tells how to install it."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\n", "utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    for name in [each for each in sys.modules if each.split(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(NoRunner, match=r"E304 .*starrating\[spark\]"), Spark():
        pass
