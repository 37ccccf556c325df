"""One peer in a process of its own: `python -m benchmarks.peers NAME TABLE DATA ANSWERS`.

Writes a line a branch (code, total, verdicts) into ANSWERS, and beside it as JSON what it explains, how far
a total may be off and how many seconds of CPU loading and grading took. It imports nothing of starrating: an
environment of its own needs the peers, pandas and pyarrow alone.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.peers import peer
from benchmarks.peers.table import Table


def main(name: str, table: Path, data: Path, answers: Path) -> None:
    """Load, grade, write."""
    indicators, own = Table.read(table), peer(name)
    begun = time.process_time()
    loaded = own.load(indicators, data)
    between = time.process_time()
    found = list(own.grade(indicators, loaded))
    ended = time.process_time()
    lines = (f"{a.code}\t{a.total:.2f}\t{' '.join(sorted(a.verdicts))}\n" for a in found)
    answers.write_text("".join(lines), "utf-8")
    told = {
        "trace": own.TRACE,
        "limit": str(own.LIMIT),
        "load": between - begun,
        "grade": ended - between,
    }
    answers.with_suffix(".json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    name, *paths = sys.argv[1:]
    main(name, *map(Path, paths))
