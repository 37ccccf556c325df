"""A batch gives what an ordinary review gives, from any split and any number of processes."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from batch.made import BOOK, batch, flat, rules
from starrating.batch import run_batch
from starrating.batch.runners import Runner
from starrating.batch.work import do
from starrating.reviewing import Request, run

YEAR = date(2024, 1, 1)


def invented(seed, size=24):
    """Records of some organisations under three superiors, with gaps."""
    pick = random.Random(seed)
    codes = [f"{number:04d}" for number in range(1, size + 1)]

    def some(rows):
        return [row for row in rows if pick.random() < 0.8]

    roll = [
        {
            "党组织代码": code,
            "党组织名称": f"第{code}党支部",
            "领域": pick.choice(["农村", "社区", None]),
            "上级党组织": f"上级{place % 3}",
            "是否参评": pick.choice(["是", "是", "是", "否"]),
            "村集体收入": pick.choice([Decimal("12.50"), Decimal(20), Decimal(50), None]),
        }
        for place, code in enumerate(codes)
    ]
    meetings = [
        {
            "党组织": code,
            "日期": YEAR + timedelta(days=pick.randrange(366)),
            "类型": pick.choice(["党员大会", "党课", "党员大会、党课"]),
            "应到": pick.choice([10, 30, None]),
            "实到": pick.randrange(4, 10),
        }
        for code in codes
        for _ in range(6)
    ]
    checks = [
        {"党组织": code, "检查项目": point, "结果": pick.choice(["是", "否", "√", "不适用"])}
        for code in codes
        for point in ("缺台账", "缺计划", "拒绝检查")
    ]
    problems = [
        {
            "问题编号": f"W{number}",
            "党组织": pick.choice(codes),
            "问题内容": "甲",
            "发现日期": YEAR + timedelta(days=5),
            "整改时限": YEAR + timedelta(days=pick.randrange(300)),
            "销号日期": pick.choice([None, YEAR + timedelta(days=310)]),
        }
        for number in range(size)
    ]
    scores = [
        {
            "党组织": code,
            "项目": "1.5",
            "评分主体": "复核",
            "得分": Decimal(pick.randrange(0, 1001)) / 100,
            "加扣分原因": "按细则",
            "日期": date(2024, 12, 1),
        }
        for code in codes
    ]
    return {
        "党组织": roll,
        "组织生活": some(meetings),
        "检查记录": some(checks),
        "问题清单": some(problems),
        "考核评分": some(scores),
    }


def tables(out: Path):
    """The rows of a batch's results, sorted."""
    found = {}
    for name in ("subjects", "findings", "flags", "tasks"):
        rows = pa.concat_tables(
            [
                pq.read_table(path).cast(_plain(path))
                for path in sorted((out / name).glob("*.parquet"))
            ]
        ).to_pylist()
        found[name] = sorted(rows, key=str)
    return found


def _plain(path):
    schema = pq.read_schema(path)
    return pa.schema(
        [
            (field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )


def reviewed(data, book, out, workers=1):
    found = run_batch(Request(data, book), out, workers=workers)
    assert [str(fault) for fault in found.faults if fault.level.name == "FATAL"] == []
    return found, tables(out)


@pytest.mark.parametrize("seed", range(6))
def test_equal_to_an_ordinary_review(seed, tmp_path):
    """Totals, bands, stars, states, findings and flags of the reference evaluator, row by row."""
    book, sheets = rules(tmp_path), invented(seed)
    _, own = reviewed(batch(tmp_path, sheets), book, tmp_path / "out")
    results = run(Request(flat(tmp_path, sheets), book)).results
    assert results is not None
    assert [
        (row["code"], row["rated"], row["total_low"], row["total_high"]) for row in own["subjects"]
    ] == [(row.code, row.rated, row.total_low, row.total_high) for row in results.subjects]
    told = ("band", "star_low", "star_high", "star", "state", "recommended", "lagging")
    assert [tuple(row[name] for name in told) for row in own["subjects"] if row["rated"]] == [
        tuple(getattr(row, name) for name in told) for row in results.subjects if row.rated
    ]
    steps = {"clause", "not_earned", "clamp", "not_applicable"}
    assert sorted(
        (row["code"], row["item"], row["kind"], row["clause"], row["points"])
        for row in own["findings"]
    ) == sorted(
        (row.code, row.item, row.kind, row.clause or "", row.points)
        for row in results.findings
        if row.item and row.kind in steps and row.points
    )
    assert sorted((row["code"], row["flag"], row["state"]) for row in own["flags"]) == sorted(
        (row.code, row.flag, row.state) for row in results.flags
    )


def test_any_split_gives_the_same_rows(tmp_path):
    """One part, two and three: the same rows."""
    book, sheets = rules(tmp_path), invented(7)
    found = [
        reviewed(batch(tmp_path, sheets, parts), book, tmp_path / f"out-{parts}")[1]
        for parts in (1, 2, 3)
    ]
    assert found[0] == found[1] == found[2]


def test_processes_give_the_same_bytes(tmp_path):
    """Two spawned processes write what one writes."""
    book = rules(tmp_path)
    data = batch(tmp_path, invented(8), 3)
    reviewed(data, book, tmp_path / "one")
    reviewed(data, book, tmp_path / "two", workers=2)
    for path in sorted((tmp_path / "one").rglob("*.parquet")):
        assert (
            tmp_path / "two" / path.relative_to(tmp_path / "one")
        ).read_bytes() == path.read_bytes()


def test_a_part_does_not_load_pandas(tmp_path):
    """It takes longer to load than many a batch; Arrow loads it wherever it is let."""
    data = batch(tmp_path, invented(8))
    code = (
        "import sys; from pathlib import Path; from starrating.batch import run_batch;"
        "from starrating.reviewing import Request;"
        f"found = run_batch(Request(Path({str(data)!r}), Path({str(rules(tmp_path))!r})),"
        f" Path({str(tmp_path / 'out')!r}));"
        "print(found.exit_code, 'pandas' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout.split() == ["0", "False"]


def test_a_worker_loads_neither_the_reference_evaluator_nor_the_checks_of_rules():
    """Every process of a batch pays for what it loads before its first part."""
    code = "import sys, starrating.batch.work; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(ended.stdout.split())
    assert "starrating.engine.kernel.scored" in loaded
    assert not loaded & {"starrating.engine.evaluation", "starrating.rulebook.checks", "pandas"}


def codes_of(data, book, out):
    return [fault.code for fault in run_batch(Request(data, book), out).faults]


class Lasting(Runner):
    """A process that serves several runs, as a cluster's do."""

    def __init__(self, pool):
        self._pool = pool

    def __exit__(self, *_):
        """The next run needs it again."""

    def run(self, task, numbers):
        yield from (
            number for number in numbers if self._pool.submit(do, task, number).result() is None
        )


def test_a_process_that_serves_several_runs_works_by_the_rules_of_each(tmp_path):
    """The same folders asked for again after a clause was changed: the new points."""
    book, sheets = rules(tmp_path), invented(3)
    request = Request(batch(tmp_path, sheets), book)
    file = book / "small" / "2024.yaml"
    found = []
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for clause in ("deduct: 10", "deduct: 1"):
            file.write_text(BOOK.replace("deduct: 10", clause), "utf-8")
            for name, runner in (("lasting", Lasting(pool)), ("here", None)):
                assert run_batch(request, tmp_path / name, runner=runner).exit_code == 0
                found.append(tables(tmp_path / name)["findings"])
    assert found[0] == found[1] != found[2] == found[3]


def test_one_organisation_in_two_parts_is_refused(tmp_path):
    """D707: nobody knows which part is meant."""
    book, sheets = rules(tmp_path), invented(9)
    data = batch(tmp_path, sheets, 2)
    first = pq.read_table(data / "党组织" / "part-0.parquet")
    second = pq.read_table(data / "党组织" / "part-1.parquet")
    both = pa.concat_tables([second, first.slice(0, 1)])
    pq.write_table(both, data / "党组织" / "part-1.parquet")
    assert codes_of(data, book, tmp_path / "out") == ["D707"]


def test_a_missing_part_is_told(tmp_path):
    """D701 names the sheet and the part."""
    book = rules(tmp_path)
    data = batch(tmp_path, invented(11), 2)
    (data / "检查记录" / "part-1.parquet").unlink()
    assert codes_of(data, book, tmp_path / "out") == ["D701"]


def test_a_broken_file_is_told(tmp_path):
    """D702, and nothing half-written."""
    book = rules(tmp_path)
    data = batch(tmp_path, invented(12), 2)
    (data / "检查记录" / "part-1.parquet").write_bytes(b"PAR1")
    assert codes_of(data, book, tmp_path / "out") == ["D702"]
    assert list(tmp_path.glob("*out*")) == []


def test_rows_of_strangers_and_unreadable_cells_are_counted(tmp_path):
    """D705 and D706 say how many, where, and an example; the rest is reviewed."""
    book, sheets = rules(tmp_path), invented(13)
    for row in sheets["考核评分"][:2]:
        row["党组织"] = "9999"
    for row in sheets["检查记录"][:3]:
        row["结果"] = "#N/A"
    found = run_batch(Request(batch(tmp_path, sheets), book), tmp_path / "out")
    told = {fault.code: fault.message for fault in found.faults}
    assert "2 行" in told["D705"]
    assert "3 格" in told["D706"]
    assert found.subjects == 24


def test_a_code_twice_is_refused(tmp_path):
    """D707: nobody knows which row is meant."""
    book, sheets = rules(tmp_path), invented(14)
    sheets["党组织"].append(dict(sheets["党组织"][0]))
    assert codes_of(batch(tmp_path, sheets), book, tmp_path / "out") == ["D707"]


def test_sheets_of_people_are_refused(tmp_path):
    """E301 names the sheet; one without rows is none."""
    book, sheets = rules(tmp_path), invented(15)
    row = {"党组织": "0001", "审定事项": "星级", "结果": "五星", "理由": "复核", "审定机关": "委"}
    data = batch(tmp_path, {**sheets, "审定结果": [row]}, 2)
    found = run_batch(Request(data, book), tmp_path / "out")
    assert [(fault.code, "审定结果" in fault.message) for fault in found.faults] == [("E301", True)]
    data = batch(tmp_path, {**sheets, "审定结果": []})
    assert run_batch(Request(data, book), tmp_path / "out").exit_code == 0
