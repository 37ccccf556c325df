"""Starts the children of the judge's tests, and says whether durable_rules can be had."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import starrating

CHILD = Path(__file__).with_name("judge_child.py")


def child_environment():
    """The environment of a child: it finds starrating where this process found it."""
    return os.environ | {"PYTHONPATH": str(Path(starrating.__file__).parents[1])}


def run_child(*arguments):
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=child_environment(),
    )


@cache
def missing():
    """Why durable_rules can not be used here, or an empty text."""
    done = run_child("-c", "from durable import engine")
    return done.stderr.strip().rsplit("\n", 1)[-1]
