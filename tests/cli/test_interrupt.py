"""Interrupting (SIGINT to all processes, as a terminal sends it) leaves nothing half-written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from batch.made import batch, rules
from batch.test_reduce import OVER_EVERYTHING, drawn, home
from listening import LISTENING

ROOT = Path(__file__).parents[2]
SLOWLY = f"""\
{LISTENING}
import sys, time
from starrating import progress
from starrating.cli import main
from starrating.batch import written
sys.argv = ["starrating", *sys.argv[1:]]
if __name__ == "__main__":
    main()
else:
    usual = written.pq.write_table
    def slow(*args, **kwargs):
        usual(*args, **kwargs)
        time.sleep(30)
    written.pq.write_table = slow
"""
"""The command, whose worker processes take half a minute for each table."""

READING = f"""\
{LISTENING}
import pathlib, sys, time
from starrating.records import folder
def slow(*args):
    pathlib.Path("reading").touch()
    time.sleep(30)
folder.read_file = slow
from starrating.cli import main
sys.argv = ["starrating", *sys.argv[1:]]
main()
"""
"""The command, which takes half a minute for each file."""


def interrupted(words, seen, folder):
    """Run the command, interrupt it when `seen` is there: (exit code, stderr, seconds it took)."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    running = subprocess.Popen(
        [sys.executable, *map(str, words)], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    for _ in range(1200):
        if seen() or running.poll() is not None:
            break
        time.sleep(0.05)
    began = time.monotonic()
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=60)
    return running.returncode, told, time.monotonic() - began


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups there")
def test_a_batch_in_a_pool(tmp_path):
    """In the midst of a step: 130, one line, no traceback, no folder, and at once."""
    book = rules(tmp_path, OVER_EVERYTHING)
    data = batch(tmp_path, drawn(4), 3, home=home(4, 3))
    script = tmp_path / "slowly.py"
    script.write_text(SLOWLY, "utf-8")
    words = [script, "review", data, "--rules", book, "--out", tmp_path / "out", "--workers", "2"]
    work = tmp_path / ".out-work" / "findings"
    code, told, took = interrupted(words, lambda: any(work.glob("*")), tmp_path)
    assert code == 130
    assert told.splitlines()[-1] == "已中断，没有写入任何结果。"
    assert "Traceback" not in told
    assert list(tmp_path.glob("*out*")) == []
    assert took < 25


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups there")
@pytest.mark.parametrize("command", ["review", "check"])
def test_an_ordinary_review(command, tmp_path):
    """While a file is read: 130, one line, no traceback, nothing written."""
    script = tmp_path / "slowly.py"
    script.write_text(READING, "utf-8")
    words = [script, command, ROOT / "fixtures" / "town-2023", "--rules", ROOT / "rules"]
    if command == "review":
        words += ["--out", tmp_path / "out"]
    code, told, _ = interrupted(words, (tmp_path / "reading").exists, tmp_path)
    assert code == 130
    assert told.splitlines()[-1] == "已中断，没有写入任何结果。"
    assert "Traceback" not in told
    assert list(tmp_path.glob("*out*")) == []
