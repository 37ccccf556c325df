"""The command line, Chinese from end to end: one module a command group, `main` as the entry.

stdout carries what was asked for, stderr everything else; `--json` prints one canonical JSON
document on stdout. The exit codes are listed in docs/commands.md.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Run the command of this process's arguments and exit with its code."""
    from starrating.cli._terminal import leave, steady_streams

    # what else is installed has no say in how rules are read, and is not looked for
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # a run makes many values and drops few: searching for cycles took a tenth of a town's review
    gc.set_threshold(1_000_000, 20, 20)
    steady_streams()
    leave(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run one command given as its words; the exit code (docs/commands.md).

    Nothing is raised for what users do or supply; a defect of ours writes a report file and
    gives 70.
    """
    from starrating.cli._run import run_command

    return run_command(list(words))
