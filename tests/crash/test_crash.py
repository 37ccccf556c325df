"""Kills at every write, fsync and rename: no half file that verifies, no damaged ledger.

shim.c kills a run at its n-th change of a file, SQLite's own included; driver.py does so for every
n and looks at what is left, then runs the command again.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

HERE = Path(__file__).parent
COMPILER = shutil.which("cc")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or COMPILER is None, reason="needs Linux and a C compiler"
)


@pytest.fixture
def folder(tmp_path):
    """A folder in memory where there is one: a killed process loses nothing that it wrote, so
    fsync only takes time there; the shim counts it all the same."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of a name of its own is made in it)
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(prefix="starrating-crash-", dir=memory) as made:
        yield Path(made)


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    target = tmp_path_factory.mktemp("shim") / "shim.so"
    command = [COMPILER, "-shared", "-fPIC", "-O1", "-o", str(target), str(HERE / "shim.c"), "-ldl"]
    subprocess.run(command, check=True)
    return target


def drive(scenario, folder, *more, preload=None):
    """Run the driver; what it found."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if preload is not None:
        environment["LD_PRELOAD"] = str(preload)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "driver.py"), scenario, str(folder), *more],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("scenario", "least"),
    [
        ("writing", 40),
        ("writing-over", 60),
        pytest.param("review", 40, marks=pytest.mark.slow),
        pytest.param("review-over", 60, marks=pytest.mark.slow),
        pytest.param("add", 50, marks=pytest.mark.slow),
        ("add-over", 30),
        ("reproduce", 2),
    ],
)
def test_killed_at_every_change_of_a_file(shim, folder, scenario, least):
    """Whatever the point: what is left is whole, and the next run ends as if nothing had been."""
    found = drive(scenario, folder, preload=shim)
    assert found["wrong"] == []
    assert found["kills"] >= least


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["review", "review-over", "add", "add-over", "reproduce"])
def test_killed_at_any_time(folder, scenario):
    """Forty kills a scenario, two hundred in all, at random times from outside."""
    found = drive(scenario, folder, "random", "2023", "40")
    assert found["wrong"] == []
    assert found["kills"] > 0
