"""What is measured inside one process: reading rows, one changed row, the judge's share, evaluation alone.

Each prints one JSON document: `python -m benchmarks.inside reading|changed|judge|evaluated …`
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from starrating.reviewing import Request

RULES = Path(__file__).parent / "rules"
Found = dict[str, Any]
"""The `figure` that is asked for, and what is told beside it."""


def reading(folder: Path, times: int) -> Found:
    """Rows a second of CPU out of the folder's workbook, faults included."""
    from starrating.records import read_records
    from starrating.schema import Schema

    passed = []
    for _ in range(times):
        begun = time.process_time()
        records = read_records(folder, Schema())
        passed.append(time.process_time() - begun)
    rows = sum(len(table.rows) for table in records.tables.values())
    told = f"CPU {min(passed):.2f}–{max(passed):.2f} s, {len(records.faults)} faults"
    return {"rows": rows, "figure": rows / statistics.median(passed), "told": told}


def changed(times: int) -> dict[str, Found]:
    """One organisation evaluated again after one of its rows changed, by either evaluator."""
    from starrating.engine.kernel.evaluate import review_columns
    from starrating.engine.setting import Setting
    from starrating.records import read_records
    from starrating.reviewing.prepared import prepare
    from starrating.rulebook.sheets import schema_of

    town = Path(__file__).parent.parent / "fixtures" / "town-2023"
    prepared = prepare(Request(town, town.parent.parent / "rules"))
    book = prepared.choices.chosen[-1].book
    records = read_records(town, schema_of([book]))
    code = records.organisations[0].code
    tables = {
        name: replace(table, rows=tuple(row for row in table.rows if row.organisation == code))
        for name, table in records.tables.items()
    }
    period = prepared.period
    from starrating.engine.reference import evaluate

    found: dict[str, list[float]] = {"reference": [], "kernel": []}
    for number in range(times):
        meetings = tables["组织生活"].rows
        less = replace(tables["组织生活"], rows=meetings[: len(meetings) - 1 - number % 5])
        own = replace(
            records,
            organisations=records.organisations[:1],
            tables=MappingProxyType({**tables, "组织生活": less}),
        )
        setting = Setting(book, own, period.name, period.start, period.end, period.end)
        for name, one in (("reference", evaluate), ("kernel", review_columns)):
            begun = time.process_time()
            one(setting, prefer="native")
            found[name].append(time.process_time() - begun)
    return {
        name: {
            "figure": statistics.median(own) * 1000,
            "told": f"CPU {min(own) * 1000:.0f}–{max(own) * 1000:.0f} ms, first {own[0] * 1000:.0f} ms",
        }
        for name, own in found.items()
    }


def evaluated(folder: Path) -> Found:
    """Seconds of CPU to load all parts, and to evaluate them with findings as tables."""
    from starrating.batch.opening import ground_of
    from starrating.batch.outcome import findings_table
    from starrating.batch.parts import read_part
    from starrating.batch.source import source_of
    from starrating.batch.work import roster_of
    from starrating.engine.kernel.evaluate import review_columns

    ground = ground_of(Request(folder, RULES))
    source, _ = source_of(folder, ground.setting.schema)
    loading = evaluating = 0.0
    for number in range(len(source.parts)):
        begun = time.process_time()
        read = read_part(source, number, ground.setting)
        between = time.process_time()
        columns = review_columns(ground.setting, part=read.part)
        findings_table(columns, roster_of(read, columns.codes))
        loading += between - begun
        evaluating += time.process_time() - between
    return {"load": loading, "grade": evaluating}


def judge(folder: Path) -> Found:
    """The judge's share of a batch in this process, from its start to the last file."""
    from starrating.batch import run_batch
    from starrating.engine.kernel import stages

    spent = [0.0]
    whole = stages.judge_columns

    def timed(*args: object, **kwargs: object) -> object:
        begun = time.process_time()
        try:
            return whole(*args, **kwargs)
        finally:
            spent[0] += time.process_time() - begun

    stages.judge_columns = timed
    with tempfile.TemporaryDirectory() as out:
        batch = run_batch(Request(folder, RULES), Path(out) / "out")
    passed = time.process_time()
    told = f"{spent[0]:.2f} of {passed:.2f} s of CPU, {batch.vectors} vectors judged"
    return {"figure": 100 * spent[0] / passed, "told": told}


def impact(archive: Path) -> Found:
    """A past review under 2023 and 2024: opening the archive, then the work on it."""
    from starrating.impact.past import Runs, open_past
    from starrating.impact.run import impact as found
    from starrating.rulebook.read import read_rulebook
    from starrating.rulebook.versions import find_rulebooks

    shelf = find_rulebooks(RULES.parent.parent / "rules", "rules")
    books = []
    for version in ("2023", "2024"):
        head = shelf.find("town-village", version)
        books.append(read_rulebook(head.path, head.shown, shelf.path).book)
    begun = time.process_time()
    past = open_past(archive)
    opened = time.process_time()
    found(Runs(past, past.place_of(books[1])), *books)
    done = time.process_time()
    told = (
        f"CPU; {opened - begun:.2f} s before it for the archive: verified, rules and records read"
    )
    return {"figure": done - opened, "told": told}


if __name__ == "__main__":
    asked, *rest = sys.argv[1:]
    answers = {
        "reading": lambda: reading(Path(rest[0]), int(rest[1])),
        "changed": lambda: changed(int(rest[0])),
        "judge": lambda: judge(Path(rest[0])),
        "impact": lambda: impact(Path(rest[0])),
        "evaluated": lambda: evaluated(Path(rest[0])),
    }
    sys.stdout.write(json.dumps(answers[asked]()) + "\n")
