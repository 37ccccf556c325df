"""A sample of a batch beside the reference evaluator: `python -m benchmarks.answers FOLDER OUT`.

Whole superiors are drawn, so that their quotas are the same. Total, band, stars, state and every
finding of an item must be equal; a branch that differs ends the command.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from starrating.reviewing import Request, run

RULES = Path(__file__).parent / "rules"
SUPERIORS = 25
"""Forty branches each: 1,000."""
AT_ONCE = 5
"""Superiors that are reviewed together: the reference evaluator keeps the story of everybody."""
SUBJECT = ("total_low", "total_high", "band", "star_low", "star_high", "star", "state")
FINDING = ("code", "item", "kind", "clause", "points")
STEPS = {"clause", "not_earned", "clamp", "not_applicable"}


def main(data: Path, out: Path) -> dict[str, Any]:
    """How many were drawn and are equal, and the findings of a branch of the whole batch."""
    roll = pq.read_table(data / "党组织", columns=["党组织代码", "上级党组织"])
    over = roll.column("上级党组织").cast(pa.string())
    drawn = random.Random(1).sample(sorted(set(over.to_pylist())), SUPERIORS)  # noqa: S311 - a sample
    equal = 0
    for begin in range(0, SUPERIORS, AT_ONCE):
        own = pc.is_in(over, pa.array(drawn[begin : begin + AT_ONCE]))
        codes = roll.filter(own).column("党组织代码").to_pylist()
        equal += _compared(data, out, sorted(map(str, codes)))
    findings = sum(pq.read_metadata(path).num_rows for path in (out / "findings").iterdir())
    told = f"{SUPERIORS} superiors drawn; total, band, stars, state, every finding of an item"
    return {"equal": equal, "findings": findings / roll.num_rows, "told": told}


def _compared(data: Path, out: Path, codes: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = run(Request(_sample(data, codes, Path(folder)), RULES)).results
    assert results is not None
    wanted = {row.code: tuple(getattr(row, name) for name in SUBJECT) for row in results.subjects}
    found = {
        row["code"]: tuple(row[name] for name in SUBJECT) for row in _of(out, "subjects", codes)
    }
    steps = {
        tuple(getattr(row, name) or "" for name in FINDING)
        for row in results.findings
        if row.item and row.kind in STEPS and row.points
    }
    told = {tuple(row[name] for name in FINDING) for row in _of(out, "findings", codes)}
    differing = {code for code in codes if wanted.get(code) != found.get(code)}
    differing |= {row[0] for row in steps ^ told}
    if differing:
        raise SystemExit(f"other answers than the reference evaluator: {sorted(differing)[:5]}")
    return len(found)


def _sample(data: Path, codes: list[str], folder: Path) -> Path:
    """An ordinary review folder with the rows of these branches."""
    shutil.copyfile(data / "plan.yaml", folder / "plan.yaml")
    for sheet in (path for path in data.iterdir() if path.is_dir()):
        key = "党组织代码" if sheet.name == "党组织" else "党组织"
        rows = pq.read_table(sheet, filters=[(key, "in", codes)])
        pq.write_table(rows, folder / f"{sheet.name}.parquet")
    return folder


def _of(out: Path, table: str, codes: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(
        out / table, filters=[("code", "in", codes)]
    ).to_pylist()
    return rows


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n")
