"""Every row of the performance table, measured in one run: `python -m benchmarks [options]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.lines import Line, markdown, summary
from benchmarks.rows import PY, ROWS


def main() -> None:
    """Measure, print a line as soon as it is known, and say at the end what falls short."""
    asked = _asked()
    asked.work.mkdir(parents=True, exist_ok=True)
    lines: list[Line] = []
    for name in asked.only or ROWS:
        for line in ROWS[name](asked):
            lines.append(line)
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{summary(lines)}\n")
    if asked.table:
        asked.table.write_text(markdown(lines), "utf-8")


def _asked() -> argparse.Namespace:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument(
        "--work", type=Path, default=Path("benchmark-data"), help="where data are made"
    )
    parse.add_argument("--only", nargs="*", choices=ROWS, metavar="ROW", help=" ".join(ROWS))
    parse.add_argument("--branches", type=int, default=100_000)
    parse.add_argument("--part", type=int, default=25_000, help="branches a Parquet file")
    parse.add_argument("--times", type=int, default=5)
    parse.add_argument("--country", action="store_true", help="5.25 million branches as well")
    parse.add_argument("--spark", action="store_true", help="Spark as well (needs Java)")
    parse.add_argument("--table", type=Path, help="write the lines as a Markdown table")
    parse.add_argument("--peers", nargs="*", help="peers to run, by name; all by default")
    parse.add_argument("--peers-branches", type=int, default=10_000)
    parse.add_argument(
        "--peers-python",
        default=PY,
        help="the Python of an environment with the peers (constraints-peers.txt)",
    )
    return parse.parse_args()


if __name__ == "__main__":
    main()
