"""Several rulebooks of a plan in turn: what an ordinary review finds, from any split."""

from __future__ import annotations

from pathlib import Path

import pytest

import starrating as sr
from batch.made import HEAD, batch, flat, rules, told
from batch.test_reduce import drawn, home
from batch.test_run import invented, reviewed, tables
from batch.test_tasks import of_batch, of_review
from starrating.api import load_rulebook
from starrating.archive.bundle import pack
from starrating.batch import run_batch
from starrating.reviewing import Request, run

ROOT = Path(__file__).parents[2]
STEPS = {"clause", "not_earned", "clamp", "not_applicable"}
STARS = ("band", "star_low", "star_high", "star", "state", "recommended", "lagging")


def same(own, results):
    """Totals, stars, findings and flags of every rulebook are the review's."""
    assert [
        (row["rulebook"], row["code"], row["rated"], row["total_low"], row["total_high"])
        for row in sorted(own["subjects"], key=lambda row: (row["rulebook"], row["code"]))
    ] == [
        (row.rulebook, row.code, row.rated, row.total_low, row.total_high)
        for row in sorted(results.subjects, key=lambda row: (row.rulebook, row.code))
    ]
    graded = {row.rulebook for row in results.subjects if row.star is not None}
    assert sorted(
        (row["rulebook"], row["code"], *(row[name] for name in STARS))
        for row in own["subjects"]
        if row["rated"] and row["rulebook"] in graded
    ) == sorted(
        (row.rulebook, row.code, *(getattr(row, name) for name in STARS))
        for row in results.subjects
        if row.rated and row.rulebook in graded
    )
    assert sorted(
        (row["rulebook"], row["code"], row["item"], row["kind"], row["clause"], row["points"])
        for row in own["findings"]
    ) == sorted(
        (row.rulebook, row.code, row.item, row.kind, row.clause or "", row.points)
        for row in results.findings
        if row.item and row.kind in STEPS and row.points
    )
    assert sorted(
        (row["rulebook"], row["code"], row["flag"], row["state"]) for row in own["flags"]
    ) == sorted((row.rulebook, row.code, row.flag, row.state) for row in results.flags)


def test_the_town(tmp_path):
    """达标创星 after 软弱涣散排查, three arbitrary parts: everything, tasks too."""
    books = [
        load_rulebook(ROOT / "rules" / name / "2023.yaml").rulebook
        for name in ("town-village", "weak-and-lax")
    ]
    sheets = told(ROOT / "fixtures" / "town-2023", *books)
    plan = 'period: "2023"\nlevel: 镇级\nrulebooks: [town-village, weak-and-lax]\n'
    data = batch(tmp_path, sheets, 3, home=home(5, 3), plan=plan)
    found, own = reviewed(data, ROOT / "rules", tmp_path / "out")
    request = Request(flat(tmp_path, sheets, plan), ROOT / "rules")
    results, tasks = of_review(request)
    same(own, results)
    assert sorted(of_batch(tmp_path / "out", "2023"), key=str) == sorted(tasks, key=str)
    assert [each.book.id for each in found.ground.settings] == ["weak-and-lax", "town-village"]
    assert found.subjects == len(results.subjects)


SCREEN = (
    HEAD.replace("id: small", "id: screen")
    + """\
judgements:
  - {id: S1, if: 缺开季度 >= 2, then: {flag: 久不开会, case: 缺开两季, task: 补会, within: 5 days}}
"""
)
MARKS = (
    HEAD.replace("id: small", "id: marks")
    + """\
  党课次数: {sheet: 组织生活, where: 类型 includes '党课', count: rows}
sections:
  - {title: 党课, points: 10, items: [{id: "1", title: 党课, points: 10, clauses: [{deduct: 2, if: 党课次数 < 3}]}]}
judgements:
  - {id: M1, if: flagged 久不开会, then: {score: 0, item: "1"}}
"""
)
STARRED = (
    HEAD
    + """\
  下级党课: {subordinates: {rulebook: marks, of: total, take: mean, level: all}}
  下级党课差: {subordinates: {rulebook: marks, where: 总分 < 8, take: count}}
sections:
  - title: 基础
    points: 100
    items:
      - {id: "1.1", title: 大会, points: 60, clauses: [{deduct: 10, per: 缺开季度}]}
      - {id: "1.2", title: 带下级, points: 40, clauses: [{deduct: 5, if: 下级党课 < 8, if_unknown: as_met}, {deduct: 1, per: 下级党课差, if_unknown: as_met}]}
stars:
  - {star: 5, from: 70, at_most: {share: 30%}}
  - {star: 4, from: 50}
  - {star: 3, from: 0}
judgements:
  - {id: V1, if: flagged 久不开会, then: {star_at_most: 4}}
  - {id: V2, if: flagged 久不开会 and 星级 <= 4, then: {flag: 软弱涣散, case: 又差又不开会, task: 整顿}}
"""
)
PLAN = 'period: "2024"\nrulebooks: [small, marks, screen]\n'


def three(folder):
    """A folder of three rulebooks: one screens, one gives points, one stars."""
    found = rules(folder, STARRED)
    for name, text in (("screen", SCREEN), ("marks", MARKS)):
        (found / name).mkdir()
        (found / name / "2024.yaml").write_text(text, "utf-8")
    return found


@pytest.mark.parametrize("seed", range(3))
def test_three_rulebooks(seed, tmp_path):
    """Flags of one that another reads, results of one that another sums up from below, a quota over
    everything: four arbitrary parts, and one."""
    book, sheets = three(tmp_path), drawn(seed)
    results, tasks = of_review(Request(flat(tmp_path, sheets, PLAN), book))
    for parts in (4, 1):
        data = batch(tmp_path, sheets, parts, home=home(seed, parts), plan=PLAN)
        _, own = reviewed(data, book, tmp_path / f"out-{parts}")
        same(own, results)
        own_tasks = of_batch(tmp_path / f"out-{parts}", "2024")
        assert sorted(own_tasks, key=str) == sorted(tasks, key=str)
    assert {row.rulebook for row in results.flags} == {"screen", "small"}


def test_two_processes_give_the_same_bytes(tmp_path):
    """The rows of three rulebooks in one file a part, whoever writes it."""
    book = three(tmp_path)
    data = batch(tmp_path, drawn(7), 3, home=home(7, 3), plan=PLAN)
    for name, workers in (("one", 1), ("two", 2)):
        assert run_batch(Request(data, book), tmp_path / name, workers=workers).exit_code == 0
    files = sorted((tmp_path / "one").rglob("*.parquet"))
    assert len(files) == 12
    for path in files:
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert other.read_bytes() == path.read_bytes()


def test_stars_by_two_rulebooks_are_refused(tmp_path):
    """R503, as in an ordinary review."""
    book = three(tmp_path)
    (book / "other").mkdir()
    (book / "other" / "2024.yaml").write_text(STARRED.replace("id: small", "id: other"), "utf-8")
    plan = 'period: "2024"\nrulebooks: [small, other, marks, screen]\n'
    data = batch(tmp_path, invented(3), 2, plan=plan)
    found = run_batch(Request(data, book), tmp_path / "out")
    assert ({fault.code for fault in found.faults}, found.exit_code) == ({"R503"}, 2)
    assert not (tmp_path / "out").exists()
    with pytest.raises(sr.RulebookErrors, match="R503"):
        sr.review_batch(data, tmp_path / "out", rules=book)


def test_flags_that_an_archive_confirmed(tmp_path):
    """What people confirmed last year counts, and is told as confirmed."""
    book, sheets = three(tmp_path), drawn(4)
    row = {
        "党组织": "0003",
        "审定事项": "久不开会",
        "结果": "认定",
        "理由": "查实",
        "审定机关": "委",
    }
    before = run(Request(flat(tmp_path, {**sheets, "审定结果": [row]}, PLAN), book))
    past = tmp_path / "past.zip"
    past.write_bytes(pack(before.bundle))
    after = tmp_path / "after"
    after.mkdir()
    plan = PLAN.replace("2024", "2025")
    results, _ = of_review(Request(flat(after, sheets, plan), book, previous=(past,)))
    data = batch(after, sheets, 3, home=home(4, 3), plan=plan)
    assert run_batch(Request(data, book, previous=(past,)), tmp_path / "out").exit_code == 0
    same(tables(tmp_path / "out"), results)
    assert ("0003", "confirmed") in {(row.code, row.state) for row in results.flags}
