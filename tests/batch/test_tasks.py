"""The tasks of a batch are those of an ordinary review, from any split, by whoever carries it out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from batch.made import BOOK, batch, flat, rules, told
from batch.test_reduce import OVER_EVERYTHING, drawn, home
from batch.test_run import invented
from starrating.api import load_rulebook
from starrating.archive.bundle import pack
from starrating.batch import run_batch
from starrating.reviewing import Request, run

ROOT = Path(__file__).parents[2]
RECTIFICATION = """\
rectification:
  default: {within: 30 days, owner: 书记}
  缺台账: {task: 补齐台账, within: 10 working days, kind: 限期整改}
  V1: {task: 约谈, within: 3 days}
"""
NUMBERED = "{period}-{rulebook}-{code}-{key}"


def tasks(out):
    """Every column of tasks.csv that is no sentence, in the order of the parts."""
    return [
        row
        for path in sorted((out / "tasks").glob("*.parquet"))
        for row in pq.read_table(path).to_pylist()
    ]


def of_batch(out, period):
    return [
        (
            NUMBERED.format(period=period, **row),
            row["code"],
            row["item"],
            "; ".join(
                f"{row['code']}-{each}" for each in (row["findings"] or "").split("; ") if each
            ),
            row["kind"],
            row["issued"],
            row["due"].isoformat() if row["due"] else row["within"],
            row["status"],
            row["carried_from"],
            row["repeated"],
        )
        for row in tasks(out)
    ]


def of_review(request):
    results = run(request).results
    assert results is not None
    return results, [
        (
            row.task, row.code, row.item, row.findings or "", row.kind, row.issued, row.due,
            row.status, row.carried_from, row.repeated,
        )
        for row in results.tasks
    ]  # fmt: skip


def points_of(results):
    """task → the points of the findings that it names."""
    worth = {row.finding: abs(row.points or 0) for row in results.findings}
    return {
        row.task: sum(worth[each] for each in row.findings.split("; "))
        for row in results.tasks
        if row.findings
    }


@pytest.mark.parametrize(
    ("fixture", "folder", "rulebook", "period"),
    [
        ("town-2023", "rules", "town-village", "2023"),
        ("county-mixed", "fixtures/county-mixed/rules", "county-star", "2023"),
    ],
)
def test_fixtures(fixture, folder, rulebook, period, tmp_path):
    """Town and county, three arbitrary parts: the tasks of a review, and the points of each."""
    book = load_rulebook(ROOT / folder / rulebook / f"{period}.yaml").rulebook
    sheets = told(ROOT / "fixtures" / fixture, book)
    plan = f'period: "{period}"\nlevel: 镇级\nrulebooks: [{rulebook}]\n'
    data = batch(tmp_path, sheets, 3, home=home(4, 3), plan=plan)
    issued = date(2024, 2, 1)
    found = run_batch(Request(data, ROOT / folder, issued=issued), tmp_path / "out")
    assert [str(fault) for fault in found.faults if fault.level.name == "FATAL"] == []
    request = Request(flat(tmp_path, sheets, plan), ROOT / folder, issued=issued)
    results, wanted = of_review(request)
    assert sorted(of_batch(tmp_path / "out", period), key=str) == sorted(wanted, key=str)
    assert wanted
    assert sum(found.tasks.values()) == len(wanted)
    worth = points_of(results)
    assert {
        NUMBERED.format(period=period, **row): row["points"]
        for row in tasks(tmp_path / "out")
        if row["findings"]
    } == worth


def later(sheets):
    """The sheets of the year after, with a ledger of what was done since."""
    number = "2024-small-{}-{}"
    rows = [
        {"任务编号": number.format("0001", "1.1"), "党组织": "0001", "销号日期": "2025-03-01"},
        {"任务编号": number.format("0002", "1.3"), "党组织": "0002", "整改进展": "在办"},
        {"任务编号": number.format("0003", "1.3(1)"), "党组织": "0003", "整改时限": "2025-04-01"},
        {"任务编号": number.format("0003", "1.3(2)"), "党组织": "0003", "整改时限": "2025-05-01"},
        {"任务编号": number.format("9999", "1.3"), "党组织": "0004", "整改进展": "在办"},
    ]
    columns = ("任务编号", "党组织", "整改时限", "整改进展", "销号日期")
    return {**sheets, "整改台账": [{name: row.get(name) for name in columns} for row in rows]}


@pytest.mark.parametrize("seed", range(3))
def test_carried_over_and_returned(seed, tmp_path):
    """The archive of the year before and a ledger: carried over, closed, split, 反复出现."""
    book = rules(tmp_path, BOOK + RECTIFICATION)
    before = run(Request(flat(tmp_path, invented(seed)), book))
    past = tmp_path / "past.zip"
    past.write_bytes(pack(before.bundle))
    after = tmp_path / "after"
    after.mkdir()
    sheets, plan = later(invented(seed + 10)), 'period: "2025"\nrulebooks: [small]\n'
    more = {"previous": (past,), "issued": date(2026, 1, 5)}
    data = batch(after, sheets, 2, home=home(seed, 2), plan=plan)
    found = run_batch(Request(data, book, **more), tmp_path / "out")
    results, wanted = of_review(Request(flat(after, sheets, plan), book, **more))
    assert sorted(of_batch(tmp_path / "out", "2025"), key=str) == sorted(wanted, key=str)
    assert any(row[-1] for row in wanted)
    assert any(row[-2] for row in wanted)
    codes = {"E114", "E120", "E151", "E152"}
    assert [f.message for f in found.faults if f.code == "E120"] == [
        f.message for f in results.faults if f.code == "E120"
    ]
    assert {f.code for f in found.faults} & codes == {f.code for f in results.faults} & codes


@pytest.mark.parametrize("text", [None, OVER_EVERYTHING], ids=["whole", "over parts"])
def test_any_split_and_runner_gives_the_same(text, tmp_path):
    """One part and four, one process and two: the same rows, the same bytes of a part."""
    book = rules(tmp_path, (text or BOOK) + RECTIFICATION)
    sheets = drawn(6)
    one, four = batch(tmp_path, sheets, 1), batch(tmp_path, sheets, 4, home=home(6, 4))
    for data, out, workers in ((one, "one", 1), (four, "four", 1), (four, "pool", 2)):
        assert run_batch(Request(data, book), tmp_path / out, workers=workers).exit_code == 0
    whole = tasks(tmp_path / "one")
    assert whole == sorted(tasks(tmp_path / "four"), key=lambda row: row["code"])
    for path in (tmp_path / "four" / "tasks").glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "pool" / "tasks" / path.name).read_bytes()


def test_earlier_tasks_of_organisations_that_are_gone_are_told(tmp_path):
    """E306: how many open tasks of the year before have nobody to go to."""
    book = rules(tmp_path, BOOK)
    before = run(Request(flat(tmp_path, invented(1)), book))
    past = tmp_path / "past.zip"
    past.write_bytes(pack(before.bundle))
    (tmp_path / "after").mkdir()
    sheets = invented(2)
    gone = sum(row.code == "0001" for row in before.results.tasks)
    sheets = {
        name: [row for row in rows if row.get("党组织代码", row.get("党组织")) != "0001"]
        for name, rows in sheets.items()
    }
    data = batch(tmp_path / "after", sheets, 2, plan='period: "2025"\nrulebooks: [small]\n')
    found = run_batch(Request(data, book, previous=(past,)), tmp_path / "out")
    assert gone
    assert [f"{gone} 项" in fault.message for fault in found.faults if fault.code == "E306"] == [
        True
    ]
