"""Commands as processes of their own: consoles in GBK, quick help, `python -m`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
HEAVY = {
    "pandas", "numpy", "openpyxl", "xlsxwriter", "pyarrow", "pydantic", "durable",
    "chinese_calendar", "yaml",
}  # fmt: skip


def starrating(*words, encoding="utf-8", cwd=TOP):
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C", "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "starrating", *map(str, words)],
        check=False, capture_output=True, cwd=cwd, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [["--help"], ["review", "--help"], ["reveiw"], ["rules", "list"], ["rules", "show", "x"]],
    ids=" ".join,
)
def test_a_gbk_console(words):
    """A cp936 console gets GBK text, whatever it lacks; nothing crashes."""
    ended = starrating(*words, encoding="cp936")
    assert ended.returncode in {0, 2}
    text = (ended.stdout + ended.stderr).decode("gbk")
    assert "程序内部出错" not in text
    assert any("\u4e00" <= character <= "\u9fff" for character in text)


def test_a_review_on_a_gbk_console(tmp_path):
    """The summary's stars and bars survive a cp936 console."""
    ended = starrating("review", "fixtures/town-2023", "--out", tmp_path / "out", encoding="cp936")
    assert ended.returncode == 0
    assert "★★★" in ended.stdout.decode("gbk")


def test_json_is_utf8_on_a_gbk_console():
    """The document does not follow the console's encoding."""
    ended = starrating("rules", "list", "--json", encoding="cp936")
    assert "村（社区）党组织达标创星评分细则" in ended.stdout.decode("utf-8")
    json.loads(ended.stdout)


def test_help_loads_nothing_heavy():
    """`--help` imports no library that a review needs, so that it is quick."""
    code = (
        "import sys; from starrating.cli import run; run(['review', '--help']);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True,
                           encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert not HEAVY & set(ended.stderr.split())


def test_a_command_loads_no_other():
    """`review` imports neither the other commands nor the chapters of a printed rulebook."""
    code = (
        "import sys; from starrating.cli import run; run(['review', '--help']);"
        "import starrating.reviewing; print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True,
                           encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    loaded = set(ended.stderr.split())
    assert "starrating.cli.review" in loaded
    assert not loaded & {"starrating.cli.rules", "starrating.cli.archive", "starrating.cli.ledger"}
    assert "starrating.rulebook.describe.whole" not in loaded


def test_a_closed_pipe_is_quiet():
    """A reader that leaves early sees no traceback."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "starrating", "rules", "show", "town-village@2023"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TOP,
                          env=environment) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert told == b""
