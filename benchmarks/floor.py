"""The floor: nothing but the GROUP BY that every grading of meetings must do, by parts, in DuckDB.

`python -m benchmarks.floor FOLDER PROCESSES` counts the meetings of each branch, kind and month.
"""

from __future__ import annotations

import sys
from multiprocessing import get_context
from pathlib import Path

_QUERY = """
    SELECT count(*), sum(n) FROM (
        SELECT 党组织, 类型, month(日期) AS m, count(*) AS n
        FROM read_parquet('{path}') GROUP BY ALL
    )
"""


def part(path: str) -> tuple[int, int]:
    """Groups and rows of one part."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads TO 1")
    found = connection.execute(_QUERY.format(path=path)).fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


def main(folder: Path, processes: int) -> None:
    """All parts, in so many processes."""
    paths = [str(path) for path in sorted((folder / "组织生活").glob("*.parquet"))]
    if processes == 1:
        found = [part(path) for path in paths]
    else:
        with get_context("spawn").Pool(processes) as pool:
            found = pool.map(part, paths)
    sys.stdout.write(f"{sum(groups for groups, _ in found)} {sum(rows for _, rows in found)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
